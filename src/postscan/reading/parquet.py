"""Parquet: a post a row, its columns found as those of any table; batches of rows, in bounded memory."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Iterator
from typing import IO, Any

from postscan.model import Skipped
from postscan.reading.cells import cells_at
from postscan.reading.exact import mend_all
from postscan.reading.opened import Items, Opened
from postscan.reading.spool import spool
from postscan.reading.streams import DamagedError
from postscan.reading.table import read_table
from postscan.reading.unread import NO_RECORDS

BEGINS = b"P"

_MAGIC = b"PAR1"
_BATCH = 256
"""Rows in memory at once."""
_SAMPLED = 200
_SIMPLE = (str, int, float, bool, type(None), list, dict)


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first bytes are those of Parquet."""
    return head.startswith(_MAGIC)


def read(opened: Opened) -> Items:
    """A post a row, numbered from 0; or one Problem that lists the columns."""
    with spool(opened.stream) as file:
        table = _Columns(file, opened)
        if table.header and table.count:
            yield from read_table(table, opened, unit="record")
        else:
            yield Skipped(opened.path, None, NO_RECORDS)


class _Columns:
    """The columns of a Parquet file; raises DamagedError where it cannot be read."""

    __slots__ = ("_bounds", "_file", "_notes", "_path", "count", "header", "sample")

    def __init__(self, file: IO[bytes], opened: Opened) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            self._file = pq.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
            self.header: list[str] = list(self._file.schema_arrow.names)
            self.count: int = self._file.metadata.num_rows
        except (pa.ArrowException, OSError, ValueError, UnicodeDecodeError) as error:
            raise DamagedError(_what_failed(error)) from None
        self._path, self._notes, self._bounds = opened.path, opened.notes, opened.stream.bounds
        self.sample: list[list[Any]] = []
        with contextlib.suppress(DamagedError):  # it is said where the rows are read, if a column that is used has it
            for _, cells, fault in self.rows(range(len(self.header))):
                if fault is None:
                    self.sample.append(cells)
                if len(self.sample) == _SAMPLED:
                    break

    def column(self, at: int) -> Iterator[Any]:
        """The cells of one column."""
        return cells_at(at, self.rows((at,)))

    def rows(self, used: Collection[int]) -> Iterator[tuple[int, list[Any], str | None]]:
        """Every row, with its number; the columns that nobody looks at are not read."""
        places = sorted(used)
        for begin, columns in self._batches([self.header[at] for at in places]):
            for number, found in enumerate(zip(*columns, strict=True), begin):
                cells: list[Any] = [None] * len(self.header)
                for at, cell in zip(places, found, strict=True):
                    cells[at] = cell
                yield number, *self._look(cells)

    def _look(self, cells: list[Any]) -> tuple[list[Any], str | None]:
        """A row's cells as a table has them, and what is wrong with them."""
        for at, cell in enumerate(cells):
            kind = type(cell)
            if kind is bytes:
                try:
                    cells[at] = cell.decode()
                except UnicodeDecodeError:
                    return cells, f'"{self.header[at]}" is not UTF-8; write it as text'
            elif kind is str:
                if len(cell) > self._bounds.signs:
                    return cells, self._bounds.too_long("cell")
            elif kind in (list, dict):
                cells[at], mended = mend_all(cell)
                if mended:
                    self._notes.add("surrogate", "", self._path, times=mended)
            elif kind not in _SIMPLE:
                cells[at] = say_time(cell)
        return cells, None

    def _batches(self, names: list[str]) -> Iterator[tuple[int, list[list[Any]]]]:
        """The number of the first row of each batch, and its columns; raises DamagedError after all that can be read.

        Of a group of rows that breaks, the rest is left out.
        """
        import pyarrow as pa

        begin, damage = 0, None
        for group in range(self._file.num_row_groups):
            number = begin
            begin += self._file.metadata.row_group(group).num_rows
            try:
                for batch in self._file.iter_batches(_BATCH, columns=names, row_groups=[group]):
                    yield number, [_values(column) for column in batch.columns]
                    number += batch.num_rows
            except (pa.ArrowException, OSError, ValueError) as error:
                damage = damage or _what_failed(error)
        if damage is not None:
            raise DamagedError(damage)


def say_time(value: object) -> str:
    """A moment, day, or anything else that is no text and no number, as ISO 8601 writes it.

    >>> say_time(dt.datetime(2021, 8, 6, 10, 30, tzinfo=dt.UTC)), say_time(dt.date(2021, 8, 6))
    ('2021-08-06T10:30:00Z', '2021-08-06')
    """
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


def _values(column: Any) -> list[Any]:
    """The values of a column: moments to the microsecond, bytes where they are no text."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    try:
        found: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        found = column.cast(pa.large_binary()).to_pylist()
    except (ValueError, OverflowError):  # a moment beyond the calendar
        found = [_value(each) for each in column]
    return found


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return str(getattr(scalar, "value", scalar))


def _what_failed(error: Exception) -> str:
    said = str(error).split("\n", 1)[0][:200]
    return f"the Parquet file is damaged ({said}); what can be read of it is read, write it again"
