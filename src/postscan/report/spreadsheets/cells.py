"""Columns of a table as plain Python values, and values as words: what every kind of file is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_AT_ONCE = 10_000
EXACT = 10**15
"""Whole numbers below it are exact in a spreadsheet, which keeps 15 digits."""


def plain_rows(frame: DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows with values as str, int, float, bool, date, datetime or list, None where there is none.

    Times of a column that all stand at the beginning of a day, in no zone, are days.
    """
    days = {name for name in frame.columns if _are_days(frame[name])}
    for start in range(0, len(frame), _AT_ONCE):
        part = frame.iloc[start : start + _AT_ONCE]
        yield from zip(*(_plain(part[name], days=name in days) for name in part.columns), strict=True)


def _are_days(column: Series[Any]) -> bool:
    if column.dtype.kind != "M" or column.dt.tz is not None:
        return False
    times = column.dropna()
    return bool((times == times.dt.normalize()).all())


def _plain(column: Series[Any], *, days: bool) -> list[Any]:
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    if column.dtype.kind != "M":
        return values
    return [value and (value.date() if days else value.to_pydatetime(warn=False)) for value in values]


def in_words(value: Any) -> str:
    """A number, a day, a truth, a list or nothing as text; a number reads back as the same.

    >>> in_words(12), in_words(0.1), in_words(2.0), in_words(None), in_words(True), in_words(dt.date(2026, 7, 1))
    ('12', '0.1', '2', '', 'true', '2026-07-01')
    """
    if type(value) is int:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(float(value))
    return spelled(value)


def spelled(variants: Any) -> str:
    """Variants and their counts in one line: "Kabul 12, KABUL 3".

    >>> spelled({"Kabul": 12, "KABUL": 3}), spelled([{"written": "Kabul", "uses": 12}]), spelled(["a", "b"])
    ('Kabul 12, KABUL 3', 'Kabul 12', 'a, b')
    """
    if isinstance(variants, Mapping):
        return ", ".join(f"{name} {count}" for name, count in variants.items())
    values = variants.tolist() if hasattr(variants, "tolist") else variants
    if not isinstance(values, list | tuple):
        return str(values)
    return ", ".join(
        " ".join(map(str, part.values() if isinstance(part, Mapping) else part))
        if isinstance(part, Mapping | tuple | list)
        else str(part)
        for part in values
    )
