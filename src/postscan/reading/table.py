"""The rows of a table of any format as posts: its columns found, its dates read in the order that all of them tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from postscan.model import Post, Problem, Skipped
from postscan.reading.days import Order, find_order, find_written, is_ordered, read_when
from postscan.reading.exact import parse_exactly
from postscan.reading.guesses import Found, find_fields, say_guess
from postscan.reading.notes import Notes
from postscan.reading.opened import Items, Opened
from postscan.reading.posts import NO_COUNTS, OpenPost
from postscan.reading.rows import COUNTS, RECORD_FIELDS, TEXTS, InexactError, RowReader
from postscan.reading.unread import NO_RECORDS

_JSON_CELLS = ("counts", "embeds", "marked")
_IDS = ("id", "author_id", "reply_to", "repost_of", "quote_of")
_PLAIN_TEXTS = tuple(name for name in TEXTS if name not in _IDS)
_DAMAGED = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]+|[0-9]{16,}\.0+")
_AS_FLOAT = re.compile(r"([0-9]{1,15})\.0+")
_NOTHING = frozenset(("NA", "N/A", "#N/A", "NaN", "nan", "NaT", "NULL", "null", "None", "[]", "{}"))
"""What R, pandas and databases write where there is nothing; as a text it is one."""
_SHORT = max(map(len, _NOTHING))
_PROTECTED = re.compile(r"(?:=?\"|')([0-9]{5,20})\"?")
"""An id that was kept from being made a number by a spreadsheet."""
_COUNT = re.compile(r"[0-9]{1,18}")
_new = object.__new__


class Table(Protocol):
    """What a format of tables offers."""

    @property
    def header(self) -> list[str]:
        """The names of the columns."""

    @property
    def sample(self) -> Sequence[Sequence[Any]]:
        """The first rows."""

    def column(self, at: int) -> Iterator[Any]:
        """The cells of one column, of all rows; asked for before `rows`, if at all."""

    def rows(self, used: Collection[int]) -> Iterator[tuple[int, list[Any], str | None]]:
        """Where each row stands, its cells, as many as the header has, and what is wrong with it.

        Cells are texts, numbers, booleans, None, or what JSON has; only those at `used` are looked at.
        """


def read_table(table: Table, opened: Opened, *, unit: str = "line") -> Items:
    """A post a row, numbered from 0; or one Problem that lists the columns.

    `unit` is what a row's place is counted in, for messages.
    """
    found = find_fields(table.header, table.sample, opened.columns)
    if isinstance(found, str):
        yield Problem(opened.path, None, f"{opened.path}: {found}")
        return
    rows = RowReader(opened.path, opened.columns, opened.notes, unit=unit)
    _note_columns(table, rows, found)
    make = _Maker(rows, found.places, _decide(table, rows, found)).post
    record = 0
    for line, cells, fault in table.rows(set(found.places.values())):
        if unit == "record":  # places are numbers, and those that cannot be read have theirs
            record = line
        yield make(cells, record, line) if fault is None else rows.problem(record, line, fault)
        record += 1
    if not record:
        yield Skipped(opened.path, None, NO_RECORDS)


def note_order(order: Order, path: str, notes: Notes) -> None:
    """Say which way the dates of a file are read, where any needed it."""
    if order.first is not None and order.example is not None:
        other = f"{order.first} first"
        notes.add("order", other, path, example=repr(order.example[:40]))


def _note_columns(table: Table, rows: RowReader, found: Found) -> None:
    if found.guessed:
        rows.notes.add("guess", say_guess(table.header, table.sample, found), rows.path)
    used = set(found.places.values())
    for at, name in enumerate(table.header):
        if at not in used and name.casefold() not in RECORD_FIELDS:
            rows.unused(name or f"column {at + 1}")


def _decide(table: Table, rows: RowReader, found: Found) -> Order | None:
    """What stands first in the dates, where the first rows have such that need it; the whole column tells."""
    at = found.places.get("created")
    if at is None or not any(type(row[at]) is str and is_ordered(row[at]) for row in table.sample if at < len(row)):
        return None
    order = find_order(cell for cell in table.column(at) if type(cell) is str)
    note_order(order, rows.path, rows.notes)
    return order


class _Maker:
    """Makes posts of rows: quickly of those whose cells are plain, else through `RowReader`."""

    __slots__ = ("_counts", "_created", "_ids", "_order", "_others", "_places", "_plain", "_rows", "_text")

    def __init__(self, rows: RowReader, places: Mapping[str, int], order: Order | None) -> None:
        self._rows = rows
        self._places = places
        self._order = order
        self._text = places["text"]
        self._created = places.get("created", -1)
        self._plain = [(name, places[name]) for name in _PLAIN_TEXTS if name in places]
        self._ids = [(name, places[name]) for name in _IDS if name in places]
        self._counts = [(name, places[name]) for name in COUNTS if name in places]
        self._others = any(name in places for name in (*_JSON_CELLS, "truncated"))

    def post(self, cells: list[Any], record: int, line: int) -> Post | Skipped | Problem:
        text = cells[self._text]
        if type(text) is str and text and not text.isspace() and not self._others:
            post = self._quick(cells, text, record)
            if post is not None:
                return post
        return self._read(cells, record, line)

    def _quick(self, cells: list[Any], text: str, record: int) -> Post | None:
        """The post of a row in which each cell is plain text, as most rows are; else None."""
        post: Any = _new(OpenPost)
        post.id = post.platform = post.author = post.author_id = post.channel = post.created = post.url = None
        post.title = post.reply_to = post.repost_of = post.quote_of = None
        for name, at in self._plain:
            cell = cells[at]
            if type(cell) is not str:
                return None
            if cell and (len(cell) > _SHORT or cell not in _NOTHING) and not cell.isspace():
                setattr(post, name, cell)
        for name, at in self._ids:
            cell = cells[at]
            if type(cell) is not str:
                return None
            if cell:
                if "+" in cell or ".0" in cell or cell[0] in "=\"'" or cell.isspace():
                    return None
                if len(cell) > _SHORT or cell not in _NOTHING:
                    setattr(post, name, cell)
        if self._created >= 0:
            cell = cells[self._created]
            if type(cell) is not str:
                return None
            if cell:
                post.created = read_when(cell, self._order.first if self._order else None)
                if post.created is None:
                    return None
        post.counts = NO_COUNTS
        if self._counts:
            counts = {}
            for name, at in self._counts:
                cell = cells[at]
                if type(cell) is not str or (cell and not _COUNT.fullmatch(cell)):
                    return None
                if cell:
                    counts[name] = int(cell)
            if counts:
                post.counts = counts
        post.text, post.path, post.record = text, self._rows.path, record
        post.id = post.id or f"{post.path}#{record}"
        post.truncated, post.embeds, post.marked = False, (), ()
        post.__class__ = Post
        made: Post = post
        return made

    def _read(self, cells: list[Any], record: int, line: int) -> Post | Skipped | Problem:
        row: dict[str, Any] = {}
        for field, at in self._places.items():
            cell = cells[at]
            blank = cell is None or (type(cell) is str and (not cell or cell.isspace()))
            blank = blank or (field != "text" and type(cell) is str and cell.strip() in _NOTHING)
            if field == "text":
                row[field] = cell if type(cell) is str else None if blank else say_cell(cell)
            elif blank:
                row[field] = None
            elif field in _IDS:
                row[field] = self._id(field, cell)
            elif field == "created":
                row[field] = self._when(say_cell(cell))
            elif field in _PLAIN_TEXTS:
                row[field] = say_cell(cell)
            elif field in _JSON_CELLS and type(cell) is str:
                try:
                    row[field], mended = parse_exactly(cell.encode())
                except (ValueError, RecursionError):
                    return self._rows.problem(record, line, f'"{field}" is not JSON; leave the column out')
                if mended:
                    self._rows.notes.add("surrogate", "", self._rows.path, times=mended)
            else:
                row[field] = cell
        try:
            return self._rows.post(row, record, line, names=row)
        except InexactError as error:
            return self._rows.problem(record, line, str(error))

    def _id(self, field: str, cell: Any) -> str | None:
        """An id as text; None, noted, where a spreadsheet or a number of a fixed size took its last digits."""
        written = say_cell(cell)
        if is_damaged(written):
            self._rows.notes.add("id", "", self._rows.path, example=written)
            return None
        if protected := _PROTECTED.fullmatch(written):
            return protected[1]
        whole = _AS_FLOAT.fullmatch(written) if field != "id" else None
        return whole[1] if whole else written

    def _when(self, written: str) -> str | None:
        """A date in ISO 8601; what cannot be read is noted, and left out."""
        order = self._order
        when = read_when(written, order.first if order else None)
        if when is not None:
            return when
        found = find_written(written)
        if order is not None and order.first is None and found is not None and not found.year_first:
            self._rows.notes.add("undated", order.reason, self._rows.path, example=repr(written[:40]))
            return None
        return written


def say_cell(cell: Any) -> str:
    """A cell as text; numbers as spreadsheets show them, so that what lost digits is seen.

    >>> say_cell(3.0), say_cell(1423600000000000000.0), say_cell(True)
    ('3', '1.4236E+18', 'true')
    """
    if type(cell) is float:
        return f"{cell:.15G}"
    return str(cell).lower() if type(cell) is bool else str(cell)


def is_damaged(identifier: str) -> bool:
    """Whether an id is a number that lost its last digits in a spreadsheet or a data frame.

    >>> is_damaged("1.4236E+18"), is_damaged("1423600000000000000.0"), is_damaged("1423600000000000000")
    (True, True, False)
    """
    return _DAMAGED.fullmatch(identifier) is not None
