"""Read posts from files, folders, globs and standard input.

`find_inputs` says what there is, `read_input` reads one file, `read` does both. A family of formats is one module
with `matches(head, name)` and `read(stream, path, ...)` and a line in `FAMILIES`; nothing else knows of it.
`docs/reading.md` has the formats and the rules.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from postscan.model import Post, PostscanError, Problem, Skipped
from postscan.reading import delimited, jsonl, text
from postscan.reading.encodings import as_utf8, check_encoding
from postscan.reading.inputs import InputFile, find_inputs, say_reason
from postscan.reading.notes import Notes
from postscan.reading.rows import check_columns
from postscan.reading.streams import DamagedError, Stream
from postscan.reading.unread import is_known_ending, kind_by_content, kind_by_ending, kind_by_magic

__all__ = ["FAMILIES", "Family", "InputFile", "Notes", "check_options", "find_inputs", "read", "read_input"]


class Family(Protocol):
    """What a module of formats offers."""

    def matches(self, head: bytes, name: str) -> bool:
        """Whether an input is of this family, by its first bytes, else by its name ("-" is standard input).

        The bytes are unpacked; text is in UTF-8, whatever it is in the file, and without its mark.
        """

    def read(
        self, stream: Stream, path: str, *, encoding: str | None, columns: Mapping[str, str], notes: Notes
    ) -> Iterator[Post | Skipped | Problem]:
        """The records, in order; raises DamagedError or OSError where the input ends before its end."""


FAMILIES: dict[str, Family] = {"jsonl": jsonl, "csv": delimited, "text": text}
"""By the name that `--format` has; asked in this order."""


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    input_format: str | None = None,
    notes: Notes | None = None,
) -> Iterator[Post | Skipped | Problem]:
    """Every post of files, folders, globs or standard input ("-"), and each input and record that is none.

    `encoding` overrides what is found, for all; `columns` maps fields of Post (and likes, shares, replies, views) to
    the input's names; `input_format` is a key of `FAMILIES`; `notes` is filled with what the summary should say.
    Raises PostscanError at once for an encoding, field or format that there is not.
    """
    encoding, columns = check_options(encoding, columns, input_format)
    notes = Notes() if notes is None else notes
    return _read_all(find_inputs(paths), encoding, columns, input_format, notes)


def read_input(
    file: InputFile,
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    input_format: str | None = None,
    notes: Notes | None = None,
    report: Callable[[int], None] | None = None,
) -> Iterator[Post | Skipped | Problem]:
    """What one file holds, in order; arguments and errors as in `read`.

    `report` is called with the number of bytes of the file, packed where it is packed, whenever some were read.
    """
    encoding, columns = check_options(encoding, columns, input_format)
    return _read_file(file, encoding, columns, input_format, Notes() if notes is None else notes, report)


def check_options(
    encoding: str | None = None, columns: Mapping[str, str] | None = None, input_format: str | None = None
) -> tuple[str | None, dict[str, str]]:
    """The options of `read` in the form that readers take; raises PostscanError for what there is not."""
    if input_format is not None and input_format not in FAMILIES:
        raise PostscanError(f"unknown format {input_format!r}; formats are {', '.join(FAMILIES)}")
    return (None if encoding is None else check_encoding(encoding)), check_columns(columns)


def _read_all(
    found: list[InputFile | Skipped | Problem],
    encoding: str | None,
    columns: dict[str, str],
    input_format: str | None,
    notes: Notes,
) -> Iterator[Post | Skipped | Problem]:
    for item in found:
        if isinstance(item, InputFile):
            yield from _read_file(item, encoding, columns, input_format, notes)
        else:
            yield item


def _read_file(
    file: InputFile,
    encoding: str | None,
    columns: dict[str, str],
    input_format: str | None,
    notes: Notes,
    report: Callable[[int], None] | None = None,
) -> Iterator[Post | Skipped | Problem]:
    stream = None
    try:
        stream = Stream(file.disk, report)
        family = _find_family(stream.head, file, input_format)
        if isinstance(family, str):
            yield Skipped(file.path, None, family)
        else:
            yield from family.read(stream, file.path, encoding=encoding, columns=columns, notes=notes)
    except DamagedError as error:
        yield Problem(file.path, None, f"{file.path}: {error}")
    except OSError as error:
        yield Problem(file.path, None, f"{file.path}: {say_reason(error)}")
    finally:
        if stream is not None:
            stream.close()


def _find_family(head: bytes, file: InputFile, input_format: str | None) -> Family | str:
    """The family that reads a file, or the kind under which it is skipped."""
    if kind := kind_by_magic(head):
        return kind
    if input_format is not None:
        return FAMILIES[input_format]
    head = as_utf8(head)
    name = file.path[:-3] if file.path[-3:].lower() == ".gz" else file.path
    name = name[name.rfind("/") + 1 :]
    for family in FAMILIES.values():
        if family.matches(head, name):
            return family
    if kind := kind_by_content(head):
        return kind
    # A file that the user named, and that nobody knows, is the post that its name does not say it is.
    return text if file.named and not is_known_ending(name) else kind_by_ending(name)
