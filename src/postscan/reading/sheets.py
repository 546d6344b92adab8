"""Excel workbooks (xlsx): every sheet with a column of texts, a post a row.

A workbook is a zip archive of XML. Before openpyxl opens it, the sizes in its list are checked, and that none of its
parts has a document type, without which XML has no entities to expand. Numbers have 15 digits there: an id of more has
lost the others, and is left out. Dates that are dates are taken as such, whatever their cells show.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import IO, Any

from postscan.model import Skipped
from postscan.reading.bounds import Bounds, say_size
from postscan.reading.cells import cells_at
from postscan.reading.guesses import find_fields
from postscan.reading.opened import Items, Opened
from postscan.reading.parquet import say_time
from postscan.reading.spool import spool
from postscan.reading.streams import DamagedError
from postscan.reading.table import read_table
from postscan.reading.unread import NO_RECORDS, is_workbook

BEGINS = b"P"

NO_TEXTS = "sheet without a column of texts"
_LOADED = 4
"""Records that a part may be as large as that is no sheet, for it is loaded whole."""
_MOST_PARTS = 10_000
_ROOT = re.compile(rb"<[A-Za-z_]")
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY|<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8|utf-?16|us-ascii)", re.IGNORECASE)
_ROWS, _COLUMNS = 1_048_576, 1000
"""The rows that a sheet can have, and the columns in which a header is looked for."""
_TOP = 20
"""Rows among which the header is."""
_NARROW = 2
"""Cells of a row above the header, which may say what the post is that the table's comments are on."""
_SAMPLED = 200
_STEP = 256
_EXACT = 10**15
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")
"""How workbooks write control characters, a carriage return for one; openpyxl leaves them so (tried with 3.1.5)."""
_ERRORS = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first bytes are those of an archive with the parts of a workbook."""
    return is_workbook(head)


def read(opened: Opened) -> Items:
    """A post a row; where several sheets have rows, each is `path/Sheet` with its own numbers."""
    with spool(opened.stream) as file:
        _check(file, opened.stream.bounds)
        book = _open(file)
        try:
            sheets = [each for each in (_Sheet(sheet, opened.columns) for sheet in book.worksheets) if each.header]
            if not sheets:
                yield Skipped(opened.path, None, NO_RECORDS)
            has_texts = any(sheet.has_texts for sheet in sheets)
            for sheet in sheets:
                where = opened.path if len(sheets) == 1 else f"{opened.path}/{sheet.name}"
                if has_texts and not sheet.has_texts:
                    yield Skipped(where, None, NO_TEXTS)
                else:
                    yield from read_table(sheet, dataclasses.replace(opened, path=where), unit="row")
        finally:
            book.close()


class _Sheet:
    """One sheet: its header is the first row that names a column of texts, else the first that has anything."""

    __slots__ = ("_begin", "_sheet", "has_texts", "header", "name", "sample")

    def __init__(self, sheet: Any, columns: Mapping[str, str]) -> None:
        self._sheet = sheet
        self.name: str = sheet.title.replace("/", "_")
        sheet.reset_dimensions()
        top = list(zip(range(1, _SAMPLED + _TOP), _rows(sheet, _COLUMNS), strict=False))
        top = [(number, cells) for number, cells in top if any(cell is not None for cell in cells)]
        self.header: list[str] = []
        self.sample: list[Sequence[Any]] = []
        self.has_texts = False
        self._begin = 1
        for place, (number, cells) in enumerate(top[:_TOP]):
            header = _names(cells)
            sample: list[Sequence[Any]] = [row for _, row in top[place + 1 :]]
            has_texts = not isinstance(find_fields(header, sample, columns), str)
            wide = sum(map(bool, header)) > _NARROW
            if not self.header or (has_texts and (wide or not self.has_texts)):
                self.header, self.sample, self._begin, self.has_texts = header, sample, number, has_texts
            if has_texts and wide:
                break

    def column(self, at: int) -> Iterator[Any]:
        """The cells of one column."""
        return cells_at(at, self.rows((at,)))

    def rows(self, used: Collection[int]) -> Iterator[tuple[int, list[Any], str | None]]:
        """Every row below the header that has anything, with its number in the sheet, from 1."""
        for number, cells in enumerate(_rows(self._sheet, len(self.header)), 1):
            if number > self._begin and any(cell is not None for cell in cells):
                wrong = next((cells[at] for at in used if cells[at] in _ERRORS), None)
                yield number, cells, f"a cell is {wrong}, an error of the spreadsheet; mend the cell" if wrong else None


def _names(cells: Sequence[Any]) -> list[str]:
    """The header's names, without the empty cells after the last one."""
    names = ["" if cell is None else str(cell).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _rows(sheet: Any, width: int) -> Iterator[list[Any]]:
    """The rows of a sheet, its cells as a table has them; raises DamagedError where it breaks."""
    cells = sheet.iter_rows(max_row=_ROWS, max_col=width)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                step = list(itertools.islice(cells, _STEP))
        except Exception as error:  # noqa: BLE001  openpyxl lets through whatever its parsers raise
            raise DamagedError(_what_failed(error)) from None
        if not step:
            return
        for row in step:
            yield [_plain(cell) for cell in row]


def _plain(cell: Any) -> Any:
    """What is in a cell, as a table has it: dates as ISO 8601, numbers that cannot be exact as they are shown."""
    value = cell.value
    kind = type(value)
    if kind is str:
        return (_ESCAPED.sub(_character, value) if "_x" in value else value) or None
    if value is None:
        return None
    if kind is bool:
        return value
    if kind is int:
        return float(value) if abs(value) >= _EXACT else value
    if kind is dt.datetime:
        day = value.time() == dt.time() and "h" not in cell.number_format.lower()
        return say_time(value.date() if day else value)
    return value if kind is float else say_time(value)


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _open(file: IO[bytes]) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # noqa: BLE001  as above
        raise DamagedError(_what_failed(error)) from None


def _check(file: IO[bytes], bounds: Bounds) -> None:
    """Raise DamagedError for a workbook that would unpack to too much, or whose XML declares entities."""
    size = file.seek(0, io.SEEK_END)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_sizes(archive.infolist(), bounds.most_unpacked(size), bounds)
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_part(archive, part)
    except DamagedError:
        raise
    except Exception as error:  # noqa: BLE001  the errors of zipfile and of what unpacks have no common name
        raise DamagedError(_what_failed(error)) from None
    file.seek(0)


def _check_sizes(parts: Sequence[zipfile.ZipInfo], most: int, bounds: Bounds) -> None:
    loaded = max((part.file_size for part in parts if not part.filename.startswith("xl/worksheets/")), default=0)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > most:
        raise DamagedError(bounds.bomb())
    if loaded > _LOADED * bounds.record:
        said = f"has a part of more than {say_size(_LOADED * bounds.record)}; save the table as CSV"
        raise DamagedError(f"{said}, or raise --max-record, {_LOADED} times which it may take")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as opened:
        head = opened.read(1 << 16).replace(b"\0", b"")
    root = _ROOT.search(head)
    if head and root is None:
        raise DamagedError(f"{part.filename} is no XML of a workbook; save the table again, or as CSV")
    if root is not None and _DOCTYPE.search(head, 0, root.start()):
        raise DamagedError(f"{part.filename} declares XML entities, which no workbook does; it is not opened")


def _what_failed(error: Exception) -> str:
    said = str(error).split("\n", 1)[0][:200] or type(error).__name__
    return f"the workbook is damaged ({said}); open and save it again, or save the table as CSV"
