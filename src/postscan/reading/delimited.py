"""CSV and TSV: a header, then a row a post, separated by comma, semicolon, tab or bar."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from postscan.model import Problem, Skipped
from postscan.reading.cells import BrokenHeaderError, Cells, first_rows
from postscan.reading.guesses import are_names, is_name
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.rows import list_names
from postscan.reading.table import is_damaged, read_table
from postscan.reading.unread import NO_RECORDS, ending_of

CellsByName = dict[str, str]
_FIRST_CELL = re.compile(rb'\s*(?:sep=.\s*\n)?"?([^,;\t|"\n#@!?]{1,80}+)"?[ ]?[,;\t|]')


def matches(head: bytes, name: str) -> bool:
    """Whether an input is a table: by its ending, or because all columns of its first row are fields of a post."""
    if ending_of(name) in ("csv", "tsv", "tab", "psv"):
        return True
    first = _FIRST_CELL.match(head)
    if first is None or not is_name(first[1].decode("utf-8", "replace")):
        return False
    rows = first_rows(head, name)
    return len(rows) > 1 and len(rows[0]) > 1 and len(rows[1]) == len(rows[0]) and are_names(rows[0])


def read(opened: Opened) -> Items:
    """A post a row, numbered from 0 after the header; or one Problem that lists the columns."""
    cells = _begin(opened)
    if isinstance(cells, Cells):
        yield from read_table(cells, opened)
    else:
        yield cells


def read_export(
    opened: Opened,
    *,
    prepare: Callable[[Cells], Callable[[CellsByName, Records], Fields | str]],
    needs: Collection[str],
    ids: Collection[str],
) -> Items:
    """A post a row of an export whose columns are known; where the user names columns, a table like any other.

    `prepare` gives the function from a row, its cells by name, to the fields of its post; `needs` are the columns that
    there must be; the cells of `ids` are empty where a spreadsheet damaged them.
    """
    cells = _begin(opened)
    if not isinstance(cells, Cells):
        yield cells
        return
    if opened.columns:
        yield from read_table(cells, opened)
        return
    if missing := [name for name in needs if name not in cells.header]:
        has = f"the columns are {list_names(cells.header)}"
        message = f"{opened.path}: no column {list_names(missing)}; {has}; read it with --format csv"
        yield Problem(opened.path, None, message)
        return
    records = Records(opened.path, opened.notes)
    fields, header = prepare(cells), cells.header
    numbers = [name for name in header if name in ids]
    for line, found, fault in cells.rows():
        if fault is not None:
            yield records.problem(fault, line=line)
            continue
        row: CellsByName = dict(zip(header, found, strict=True))
        for name in numbers:
            if is_damaged(row[name]):
                records.note("id", example=row[name])
                row[name] = ""
        yield records.take(fields, row)
    yield from records.ended()


def _begin(opened: Opened) -> Cells | Skipped | Problem:
    try:
        cells = Cells(opened)
    except BrokenHeaderError as error:
        return Problem(opened.path, None, f"{opened.path}: {error}")
    return cells if cells.header else Skipped(opened.path, None, NO_RECORDS)
