"""Rows of cells from text that a delimiter divides: CSV, TSV and their sisters.

Quoting is taken strictly, and a row that breaks it is told: a lenient reader would drop quotation marks from the text,
or read all rows up to the next quotation mark as one.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from postscan.reading.bounds import Bounds
from postscan.reading.encodings import decode, find_encoding, is_wide
from postscan.reading.guesses import may_be_header, may_be_text
from postscan.reading.opened import Opened
from postscan.reading.spool import NumberedLines
from postscan.reading.streams import HEAD
from postscan.reading.unread import ending_of

DELIMITERS = ",;\t|"
CellRow = tuple[int, list[Any], str | None]
"""The number of a row's first line, its cells, and what is wrong with it."""

_SEP = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
_SAMPLE_ROWS = 20
_MOST_SAMPLED = 500
_ABOVE = 2
"""Cells that a line above the header may have."""


def cells_at(at: int, rows: Iterable[CellRow]) -> Iterator[Any]:
    """The cells of one column, of all rows that are whole."""
    for _, cells, fault in rows:
        if fault is None:
            yield cells[at]


class BrokenHeaderError(Exception):
    """The first row cannot be read; the message says why. Stays inside `reading`."""


class Cells:
    """A table in text: its header, the first rows as a sample, and all rows, once."""

    __slots__ = (
        "_bounds", "_encoding", "_end", "_lines", "_opened", "_parser", "_source", "_width", "header", "sample", "wide",
    )  # fmt: skip

    def __init__(self, opened: Opened) -> None:
        """Begin a table; raises BrokenHeaderError, DamagedError and OSError where nothing can be read."""
        stream = opened.stream
        self._bounds = stream.bounds
        self._opened = opened
        name, guessed = (opened.encoding, False) if opened.encoding else find_encoding(stream.head, whole=False)
        if guessed:
            opened.notes.add("encoding", name, opened.path)
        # The module's limit is the process's; it is only ever raised, and `_Lines` keeps a row within its bounds.
        csv.field_size_limit(max(csv.field_size_limit(), stream.bounds.signs))
        text = stream.head.decode(name, "replace").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        self._end = "\r" if "\n" not in text and "\r" in text else "\n"
        lines = text.split(self._end)
        said = _SEP.match(lines[0])
        lines = lines[1:] if said else lines
        above = 0 if said else find_header(lines[: 2 * _SAMPLE_ROWS], opened.path, opened.columns.values())
        lines = lines[above:]
        self.wide = is_wide(name)
        self._encoding = "utf-8" if self.wide else name
        delimiter = said[1] if said else find_delimiter(lines[:_SAMPLE_ROWS], opened.path, opened.columns.values())
        whole = len(stream.head) < HEAD
        self.sample = _read_sample(lines if whole else lines[:-1] or lines, delimiter, self._end)
        self._source = NumberedLines(enumerate(stream.lines(name, self._end.encode()), 1))
        self._lines = _Lines(self._source, self._encoding, self._end, self._bounds)
        for _ in range(1 if said else above):
            next(self._lines)
            self._lines.begin()
        self._parser = csv.reader(self._lines, delimiter=delimiter, strict=True)
        try:
            header = next((cells for cells in self._parser if any(cells)), [])
        except csv.Error as error:
            raise BrokenHeaderError(f"the header is broken ({error}); the first line must name the columns") from None
        self.header = [name.strip() for name in header]
        """The names of the columns; empty where there is no row at all."""
        self._width = len(header)

    def column(self, at: int) -> Iterator[str]:
        """The cells of one column, of all rows that are whole; the rows can still be read after it."""
        self._source.keep()
        yield from cells_at(at, self._rows())
        self._source.again()
        self._lines = _Lines(self._source, self._encoding, self._end, self._bounds)
        self._parser = csv.reader(self._lines, self._parser.dialect)

    def rows(self, used: Collection[int] = ()) -> Iterator[CellRow]:  # noqa: ARG002  all cells are there anyway
        """Every row that is not blank, as wide as the header, or what is wrong with it."""
        yield from self._rows()
        if self._lines.mended:
            self._opened.notes.add("surrogate", "", self._opened.path, times=self._lines.mended)

    def _rows(self) -> Iterator[CellRow]:
        lines, parser, width = self._lines, self._parser, self._width
        begin = lines.begin
        while True:
            begin()
            try:
                cells = next(parser)
            except StopIteration:
                return
            except csv.Error as error:
                fault = _reason(error)
                if width > 1:  # in a table of one column, any line of the row would pass for a row
                    advice = lines.give_back()
                    if advice is None:
                        continue
                    fault += advice
                yield lines.first, [], lines.fault or fault
                continue
            if lines.fault is not None:
                yield lines.first, cells, lines.fault
            elif len(cells) == width:
                if any(cells):
                    yield lines.first, cells, None
            elif any(cells) and not lines.is_given_back:
                yield lines.first, cells, self._fit(cells)

    def _fit(self, cells: list[str]) -> str | None:
        """Make a row as wide as the header where cells without a name, or without contents, make the difference."""
        width, found = self._width, len(cells)
        if found > width:
            if any(cells[width:]):
                return f"{found} cells under {width} columns; quote cells that hold the delimiter"
            del cells[width:]
        elif any(self.header[found:]):
            return f"{found} cells under {width} columns; write all cells, and quote those that hold a line end"
        else:
            cells += [""] * (width - found)
        return None


def find_delimiter(lines: Sequence[str], name: str, wanted: Collection[str] = ()) -> str:
    """The delimiter that gives the header a text's column and the rows as many cells as the header."""
    order = DELIMITERS if ending_of(name) not in ("tsv", "tab") else "\t,;|"
    best, best_score = order[0], (False, 0.0, 0)
    for delimiter in order:
        widths: list[int] = []
        names: list[str] = []
        try:
            for cells in csv.reader((f"{line}\n" for line in lines), delimiter=delimiter):
                if cells or names:
                    names = names or cells
                    widths.append(len(cells))
        except csv.Error:
            widths = widths or [1]
        if not widths:
            continue
        same = sum(width == widths[0] for width in widths[:-1]) / max(1, len(widths) - 1)
        found = widths[0] > 1 and may_be_text((cell.strip() for cell in names), wanted)
        score = (found, same if widths[0] == 1 else 1 + same, widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def find_header(lines: Sequence[str], name: str, wanted: Collection[str] = ()) -> int:
    """How many lines stand above the header, which programs write to say of what and when a table is.

    There are some only where the first line names no text, and all above the header have two cells at most, fewer than
    it has; it is the first that names a column of texts.
    """
    most = 0
    for above, line in enumerate(lines[:_SAMPLE_ROWS]):
        rest = lines[above : above + _SAMPLE_ROWS]
        delimiter = find_delimiter(rest, name, wanted)
        cells = _split(line, delimiter)
        if may_be_header([cell.strip() for cell in cells], wanted):
            return above if len(cells) > max(most, _ABOVE) else 0
        most = max(most, *(sum(map(bool, _split(line, each))) for each in DELIMITERS))
        if most > _ABOVE:
            break
    return 0


def _split(line: str, delimiter: str) -> list[str]:
    """The cells of a line, without strictness."""
    try:
        return next(csv.reader((f"{line}\n",), delimiter=delimiter), [])
    except csv.Error:
        return []


def first_rows(head: bytes, name: str, most: int = 2) -> list[list[str]]:
    """The first rows of what may be a table, as they are read without strictness; `head` is in UTF-8."""
    lines = head[: 1 << 14].decode("utf-8", "replace").splitlines(keepends=True)
    if lines and _SEP.match(lines[0]):
        del lines[0]
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(lines, delimiter=find_delimiter(lines[:_SAMPLE_ROWS], name)):
            if any(cells):
                rows.append([cell.strip() for cell in cells])
                if len(rows) == most:
                    break
    except csv.Error:
        pass  # of a cell longer than the module's limit; what stands before tells enough
    return rows


def _read_sample(lines: Sequence[str], delimiter: str, end: str) -> list[list[str]]:
    """The first rows after the header, read without strictness: for what only their contents can tell."""
    rows: list[list[str]] = []
    try:
        for cells in csv.reader((line + end for line in lines), delimiter=delimiter):
            if any(cells):
                rows.append(cells)
                if len(rows) > _MOST_SAMPLED:
                    break
    except csv.Error:
        del rows[-1:]  # the row before it may be cut
    return [row for row in rows[1:] if len(row) == len(rows[0])]


_Line = tuple[int, str, str | None]


class _Lines:
    """Lines of text for the CSV parser, with what is wrong with those of the current row, and a way back."""

    __slots__ = (
        "_ahead", "_bounds", "_credit", "_encoding", "_end", "_given_back", "_lines", "_most", "_size", "_taken",
        "fault", "first", "mended",
    )  # fmt: skip

    def __init__(self, lines: NumberedLines, encoding: str, end: str, bounds: Bounds) -> None:
        self._end = end
        self._bounds, self._most = bounds, bounds.signs
        self._lines = lines
        self._encoding = encoding
        self._ahead: deque[_Line] = deque()
        self._taken: list[_Line] = []
        self._given_back = 0
        self._credit = 0
        self._size = 0
        self.first = 0
        """The number of the current row's first line, from 1."""
        self.fault: str | None = None
        """What is wrong with a line of the current row."""
        self.mended = 0
        """Lone surrogates that were replaced."""

    @property
    def is_given_back(self) -> bool:
        """Whether the current row lies in a row that was broken."""
        return bool(self._taken) and self._taken[-1][0] <= self._given_back

    def begin(self) -> None:
        """Begin a row."""
        self._taken.clear()
        self._size, self.fault = 0, None

    def give_back(self) -> str | None:
        """Have the lines after the broken row's first one read as rows of their own; what to say of it, if anything.

        Each line that is read pays for four that are given back, so hostile input takes linear time.
        """
        inside = self.is_given_back
        rest = self._taken[1:]
        size = sum(len(text) for _, text, _ in rest)
        if size > self._credit:
            return f"; left out up to line {rest[-1][0]}, mend its quotation marks"
        self._credit -= size
        self._ahead.extendleft(reversed(rest))
        if rest:
            self._given_back = max(self._given_back, rest[-1][0])
        if inside:
            return None
        if not rest:
            return "; mend its quotation marks"
        return f"; up to line {rest[-1][0]} rows are read where there are any, mend its quotation marks"

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._ahead:
            line = self._ahead.popleft()
            fault = line[2]
        else:
            number, data = next(self._lines)
            fault = None
            if data is None:
                text = self._end
                fault = self._bounds.too_large("line")
            else:
                self._credit += 4 * len(data) + 4
                if number == 1 or b"\0" in data:
                    text, fault = self._look(number, data)
                else:
                    try:
                        text = data.decode(self._encoding) + self._end
                    except UnicodeError:
                        text, fault = self._look(number, data)
            line = (number, text, fault)
        if not self._taken:
            self.first = line[0]
        self._taken.append(line)
        if fault is not None:
            self.fault = self.fault or fault
        self._size += len(line[1])
        if self._size > self._most:
            raise csv.Error(self._bounds.too_long("row"))
        return line[1]

    def _look(self, number: int, data: bytes) -> tuple[str, str | None]:
        """The text of a line, and what is wrong with it; it is still parsed, so that its row ends where it should."""
        fault = None
        try:
            text, mended = decode(data, self._encoding)
            self.mended += mended
        except UnicodeError:
            text = data.decode(self._encoding, "replace")
            fault = f"not {self._encoding}; repair it, or name the file's encoding with --encoding NAME"
        if "\0" in text:
            fault = "NUL bytes in the row; export the table again, or remove them with tr -d '\\000'"
        if number == 1:
            text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        return text + self._end, fault


def _reason(error: csv.Error) -> str:
    said = str(error)
    if "unexpected end" in said:
        return "a quotation mark that nothing closes"
    if "expected after" in said:
        return "text after a closing quotation mark; double the marks inside a cell"
    return "a bare carriage return in a cell without quotation marks" if "new-line" in said else said
