"""What a reader gets, an input that was opened, and what it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postscan.model import Post, Problem, Skipped
from postscan.reading.notes import Notes
from postscan.reading.streams import Stream

Items = Iterator[Post | Skipped | Problem]
"""The records of an input, in order."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An input that is read: its bytes, the path of its records, and what the user said of it."""

    stream: Stream
    path: str
    encoding: str | None
    """What the user says; None where it is to be found out."""
    columns: Mapping[str, str]
    """The input's names by fields of Post; for formats whose fields are the user's."""
    notes: Notes
    """To be filled."""
