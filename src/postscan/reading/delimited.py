"""CSV and TSV: a header, then a row a post, separated by comma, semicolon, tab or bar.

Quoting is taken strictly, and a row that breaks it is a Problem: a lenient reader would drop quotation marks from the
text, or read all rows up to the next quotation mark as one.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from postscan.model import Post, Problem, Skipped
from postscan.reading.encodings import as_utf8, decode, find_encoding, is_wide
from postscan.reading.exact import parse_exactly
from postscan.reading.notes import Notes
from postscan.reading.rows import FIELDS, RECORD_FIELDS, RowReader, list_names
from postscan.reading.streams import LARGEST_RECORD, DamagedError, Stream
from postscan.reading.unread import NO_RECORDS, ending_of

DELIMITERS = ",;\t|"
_SEP = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
_JSON_CELLS = ("counts", "embeds", "marked")
_OWN = frozenset((*FIELDS, *RECORD_FIELDS))
_SAMPLE_ROWS = 20
_ROW_LIMIT = LARGEST_RECORD >> 2
"""16 MiB: a quotation mark that nothing closes takes no more than this."""


class _Line(NamedTuple):
    number: int
    text: str
    fault: str | None


def matches(head: bytes, name: str) -> bool:
    """Whether an input is a table: by its ending, or because all columns of its first row are fields of a post."""
    if ending_of(name) in ("csv", "tsv"):
        return True
    if b"text" not in head[:500].partition(b"\n")[0].lower():
        return False
    lines = head[:4096].decode("utf-8", "replace").splitlines(keepends=True)
    header, *rows = csv.reader(lines, delimiter=_find_delimiter(lines, name))
    names = {cell.strip().casefold() for cell in header}
    return len(header) > 1 and "text" in names <= _OWN and bool(rows) and len(rows[0]) == len(header)


def read(
    stream: Stream, path: str, *, encoding: str | None, columns: Mapping[str, str], notes: Notes
) -> Iterator[Post | Skipped | Problem]:
    """A post a row, numbered from 0 after the header; or one Problem that lists the columns."""
    name, guessed = (encoding, False) if encoding else find_encoding(stream.head, whole=False)
    if guessed:
        notes.add("encoding", name, path)
    lines = _Lines(stream, name)
    delimiter = lines.sniff(path)
    # The module's limit is the process's; it is only ever raised, and `_Lines` keeps a row within `_ROW_LIMIT`.
    csv.field_size_limit(max(csv.field_size_limit(), _ROW_LIMIT))
    parser = csv.reader(lines, delimiter=delimiter, strict=True)
    rows = RowReader(path, columns, notes)
    try:
        header = next((cells for cells in parser if any(cells)), None)
    except csv.Error as error:
        yield Problem(path, None, f"{path}: the header is broken ({error}); the first line must name the columns")
        return
    if header is None:
        yield Skipped(path, None, NO_RECORDS)
        return
    fields = _find_fields(header, rows)
    if isinstance(fields, str):
        yield Problem(path, None, f"{path}: {fields}")
        return
    yield from _read_rows(parser, lines, rows, fields, len(header))


def _read_rows(
    parser: Iterator[list[str]], lines: _Lines, rows: RowReader, fields: Mapping[str, int], width: int
) -> Iterator[Post | Skipped | Problem]:
    record = 0
    while True:
        lines.begin()
        cells: list[str] = []
        problem = None
        try:
            cells = next(parser)
        except StopIteration:
            break
        except csv.Error as error:
            problem = _reason(error)
            if width > 1:  # in a table of one column, any line of the row would pass for a row
                advice = lines.give_back()
                if advice is None:
                    continue
                problem += advice
        problem = lines.fault or problem
        if problem is None:
            if not any(cells) or (len(cells) != width and lines.is_given_back):
                continue
            if len(cells) > width:
                problem = f"{len(cells)} cells under {width} columns; quote cells that hold the delimiter"
            elif len(cells) <= fields["text"]:
                problem = f"{len(cells)} cells under {width} columns, none for text; write all cells"
        if problem is None:
            yield _read_cells(cells, rows, fields, record, lines.first)
        else:
            yield rows.problem(record, lines.first, problem)
        record += 1
    if not record:
        yield Skipped(rows.path, None, NO_RECORDS)


def _read_cells(
    cells: list[str], rows: RowReader, fields: Mapping[str, int], record: int, line: int
) -> Post | Skipped | Problem:
    row: dict[str, object] = {}
    for field, at in fields.items():
        cell = cells[at] if at < len(cells) else ""
        row[field] = cell if field == "text" or not (not cell or cell.isspace()) else None
        if field in _JSON_CELLS and row[field] is not None:
            try:
                row[field], mended = parse_exactly(cell.encode())
            except (ValueError, RecursionError):
                return rows.problem(record, line, f'"{field}" is not JSON; leave the column out')
            if mended:
                rows.notes.add("surrogate", "", rows.path, times=mended)
    return rows.post(row, record, line, names=row)


def _find_fields(header: list[str], rows: RowReader) -> dict[str, int] | str:
    """Where each field stands, or what is wrong with the header."""
    header = [name.strip() for name in header]
    plain = [name.casefold() for name in header]
    given = {name.casefold() for name in rows.columns.values()}
    found: dict[str, int] = {}
    has = f"the columns are {list_names(header)}"
    for field in FIELDS:
        name = rows.columns.get(field)
        if name is None and field in given and field != "text":
            continue  # the user gave this column to another field
        names, wanted = (plain, field) if name is None else (header, name)
        times = names.count(wanted)
        if times > 1:
            return f'the column "{wanted}" is there {times} times; {has}; leave one'
        if times:
            found[field] = names.index(wanted)
        elif name is not None:
            return f'no column "{name}" for {field}; {has}'
        elif field == "text":
            return f'no column "text"; {has}; name the one to read: --column text=NAME'
    used = set(found.values())
    for at, name in enumerate(header):
        if at not in used and plain[at] not in RECORD_FIELDS:
            rows.unused(name or f"column {at + 1}")
    return found


class _Lines:
    """Lines of text for the CSV parser, with what is wrong with those of the current row, and a way back."""

    def __init__(self, stream: Stream, encoding: str) -> None:
        head = as_utf8(stream.head)
        end = "\r" if b"\n" not in head and b"\r" in head else "\n"
        self._end = end
        self._lines = enumerate(stream.lines(encoding, end.encode()), 1)
        self._encoding = "utf-8" if is_wide(encoding) else encoding
        self._ahead: deque[_Line] = deque()
        self._damage: DamagedError | OSError | None = None
        self._taken: list[_Line] = []
        self._given_back = 0
        self._credit = 0
        self._size = 0
        self.fault: str | None = None
        """What is wrong with a line of the current row."""

    @property
    def first(self) -> int:
        """The number of the current row's first line, from 1."""
        return self._taken[0].number

    @property
    def is_given_back(self) -> bool:
        """Whether the current row lies in a row that was broken."""
        return bool(self._taken) and self._taken[-1].number <= self._given_back

    def begin(self) -> None:
        """Begin a row."""
        self._taken, self._size, self.fault = [], 0, None

    def sniff(self, name: str) -> str:
        """The delimiter, by the first rows; a first line "sep=;" says it and is passed over."""
        try:
            for _ in range(_SAMPLE_ROWS):
                if (line := self._next()) is None:
                    break
                self._ahead.append(line)
        except (DamagedError, OSError) as error:
            self._damage = error  # what stands before is read first
        if self._ahead and (said := _SEP.match(self._ahead[0].text)):
            self._ahead.popleft()
            return said[1]
        return _find_delimiter([line.text for line in self._ahead], name)

    def give_back(self) -> str | None:
        """Have the lines after the broken row's first one read as rows of their own; what to say of it, if anything.

        Each line that is read pays for four that are given back, so hostile input takes linear time.
        """
        inside = self.is_given_back
        rest = self._taken[1:]
        size = sum(len(line.text) for line in rest)
        if size > self._credit:
            return f"; left out up to line {rest[-1].number}, mend its quotation marks"
        self._credit -= size
        self._ahead.extendleft(reversed(rest))
        if rest:
            self._given_back = max(self._given_back, rest[-1].number)
        if inside:
            return None
        if not rest:
            return "; mend its quotation marks"
        return f"; up to line {rest[-1].number} rows are read where there are any, mend its quotation marks"

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._next()
        if line is None:
            raise StopIteration
        self._size += len(line.text)
        self._taken.append(line)
        self.fault = self.fault or line.fault
        if self._size > _ROW_LIMIT:
            raise csv.Error(f"more than {_ROW_LIMIT >> 20} MiB")
        return line.text

    def _next(self) -> _Line | None:
        """The next line; one with a fault is still parsed, so that its row ends where it should."""
        if self._damage is not None:
            raise self._damage
        number, data = next(self._lines, (0, b""))
        if number == 0:
            return None
        if data is None:
            return _Line(number, self._end, f"more than {LARGEST_RECORD >> 20} MiB in one line; left out")
        self._credit += 4 * len(data) + 4
        fault = None
        try:
            text = decode(data, self._encoding)[0]
        except UnicodeError:
            text = data.decode(self._encoding, "replace")
            fault = f"not {self._encoding}; repair it, or name the file's encoding with --encoding NAME"
        if "\0" in text:
            fault = "NUL bytes in the row; export the table again, or remove them with tr -d '\\000'"
        if number == 1:
            text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        return _Line(number, text + self._end, fault)


def _find_delimiter(lines: Sequence[str], name: str) -> str:
    """The delimiter that gives the header a text column and the rows as many cells as the header."""
    order = DELIMITERS if ending_of(name) != "tsv" else "\t,;|"
    best, best_score = order[0], (False, 0.0, 0)
    for delimiter in order:
        widths: list[int] = []
        names: list[str] = []
        try:
            for cells in csv.reader(lines, delimiter=delimiter):
                names = names or cells
                widths.append(len(cells))
        except csv.Error:
            widths = widths or [1]
        if not widths:
            continue
        same = sum(width == widths[0] for width in widths[:-1]) / max(1, len(widths) - 1)
        found = "text" in (cell.strip().casefold() for cell in names)
        score = (found and widths[0] > 1, same if widths[0] == 1 else 1 + same, widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _reason(error: csv.Error) -> str:
    said = str(error)
    if "unexpected end" in said:
        return "a quotation mark that nothing closes"
    if "expected after" in said:
        return "text after a closing quotation mark; double the marks inside a cell"
    return "a bare carriage return in a cell without quotation marks" if "new-line" in said else said
