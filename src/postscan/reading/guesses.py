"""Which column of a table holds which field of a post: what the user says, our own names, else a guess by the names.

The names are in `data/columns.toml`. A text is guessed only where one column alone can be it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from postscan.folding import hashtag_key
from postscan.reading.rows import FIELDS, RECORD_FIELDS, list_names
from postscan.wordlists import read_toml

_BETWEEN = re.compile(r"[\s_./:\-]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHOWN = 40
_SHOWN_ROWS = 3
_LINE = 240
"""Characters that the sentence about a guess may have."""


class Found(NamedTuple):
    """Where each field stands in a row, and which of them are guesses."""

    places: dict[str, int]
    guessed: tuple[str, ...]


def plain_name(name: str) -> str:
    """A name of a column as it is compared: without case, Arabic marks, and signs between words.

    >>> plain_name("Post_Text"), plain_name("createdAt"), plain_name("نَصّ المنشور")
    ('post text', 'created at', 'نص المنشور')
    """
    return hashtag_key(_BETWEEN.sub(" ", _HUMP.sub(" ", name)).strip())


def find_fields(header: Sequence[str], sample: Sequence[Sequence[Any]], columns: Mapping[str, str]) -> Found | str:
    """Where each field stands, or what is wrong with the header; `columns` is what the user says.

    `sample` are the first rows: of two columns that may be the text, one that is empty there is none.
    """
    lower = [name.casefold() for name in header]
    given = {name.casefold() for name in columns.values()}
    has = f"the columns are {list_names(header)}"
    places: dict[str, int] = {}
    for field in FIELDS:
        name = columns.get(field)
        if name is None and field in given and field != "text":
            continue  # the user gave this column to another field
        names, wanted = (lower, field) if name is None else (header, name)
        times = names.count(wanted)
        if times > 1:
            return f'the column "{wanted}" is there {times} times; {has}; leave one'
        if times:
            places[field] = names.index(wanted)
        elif name is not None:
            return f'no column "{name}" for {field}; {has}'
    guessed: list[str] = []
    taken = set(places.values()) | {at for at, name in enumerate(lower) if name in given}
    plain = [None if at in taken or not name else plain_name(name) for at, name in enumerate(header)]
    if "text" not in places:
        candidates = _find_texts(plain, sample)
        if len(candidates) != 1:
            may = f"{list_names(header[at] for at in candidates)} may all be it" if candidates else 'none is "text"'
            return f"which column is the text? {may}; {has}; name the one to read: --column text=NAME"
        places["text"] = candidates[0]
        guessed.append("text")
        plain[candidates[0]] = None
    for field, names in _names().items():
        if field not in places and field != "text":
            at = next((plain.index(name) for name in names if name in plain), None)
            if at is not None and _has_some(at, sample):
                places[field] = at
                guessed.append(field)
                plain[at] = None
    return Found(places, tuple(guessed))


def may_be_text(names: Iterable[str], wanted: Collection[str] = ()) -> bool:
    """Whether one of the names is the text's for sure, or one that the user gave."""
    sure = _text_names()[0]
    return any(name in wanted or plain_name(name) in sure for name in names)


def may_be_header(names: Sequence[str], wanted: Collection[str] = ()) -> bool:
    """Whether a row names a column of texts: for sure, or by a weaker name beside that of another field."""
    weak = _text_names()[1]
    return may_be_text(names, wanted) or (
        any(plain_name(name) in weak for name in names) and sum(map(is_name, names)) > 1
    )


def are_names(header: Sequence[str]) -> bool:
    """Whether all of a row are names of fields, the text's among them: a header for sure."""
    return may_be_text(header) and all(map(is_name, header))


def is_name(cell: str) -> bool:
    """Whether a cell is the name of a field, our own or one that stands for it."""
    return cell.strip().casefold() in _OWN or plain_name(cell) in _known_names()


def say_guess(header: Sequence[str], sample: Sequence[Sequence[Any]], found: Found) -> str:
    """What was guessed, with the first rows, in a line."""
    taken = ", ".join(
        f"{'text is' if field == 'text' else field} {'taken ' if field == 'text' else ''}from {header[at]!r}"
        for field, at in found.places.items()
        if field in found.guessed
    )
    at = found.places["text"]
    rows = [_shorten(row[at]) for row in sample[:_SHOWN_ROWS] if at < len(row)]
    taken = taken if len(taken) < _LINE - 60 else taken[: _LINE - 61] + "…"
    return f"{taken} (guessed)" + (f"; first rows: {' | '.join(rows)}" if rows else "")


_OWN = frozenset((*FIELDS, *RECORD_FIELDS))


def _find_texts(plain: Sequence[str | None], sample: Sequence[Sequence[Any]]) -> list[int]:
    """The columns that may be the text."""
    for names in _text_names():
        places = [at for at, name in enumerate(plain) if name in names]
        if len(places) > 1:
            places = [at for at in places if _has_some(at, sample)] or places
        if places:
            return places
    return []


def _has_some(at: int, sample: Sequence[Sequence[Any]]) -> bool:
    """Whether a column has something in the first rows, or there are none."""
    return not sample or any(at < len(row) and row[at] not in (None, "") for row in sample)


def _shorten(cell: object) -> str:
    words = " ".join(str(cell)[: 4 * _SHOWN].split())
    words = "".join(sign if sign.isprintable() else " " for sign in words)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


@functools.cache
def _names() -> dict[str, tuple[str, ...]]:
    table = read_toml("columns")
    return {field: tuple(plain_name(name) for name in names["sure"]) for field, names in table.items()}


@functools.cache
def _text_names() -> tuple[frozenset[str], frozenset[str]]:
    table = read_toml("columns")["text"]
    sure, weak = (frozenset(map(plain_name, table[kind])) for kind in ("sure", "weak"))
    return sure, weak


@functools.cache
def _known_names() -> frozenset[str]:
    return frozenset(name for names in _names().values() for name in names)
