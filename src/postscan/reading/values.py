"""What platforms write in their fields, its type checked; a wrong type is a FieldError that names the field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from postscan.reading.rows import FieldError, say_kind

Row = Mapping[str, Any]

_NOTHING: Row = {}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_X_TIME = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}) ([+-][0-9]{2})([0-9]{2}) ([0-9]{4})"
)
_MOST = 10**18
_LAST_SECOND = 253_402_300_799  # the last of the year 9999


def text_in(row: Row, *names: str) -> str | None:
    """The first of these fields that has something, as text; whole numbers keep all their digits.

    >>> text_in({"id_str": None, "id": 1423600000000000000}, "id_str", "id")
    '1423600000000000000'
    """
    for name in names:
        value = row.get(name)
        if value is None or value == "":
            continue
        if type(value) is str:
            return value
        if type(value) is int:
            return str(value)
        raise FieldError(f'"{name}" is {say_kind(value)}, not text')
    return None


def words_in(row: Row, name: str) -> str | None:
    """The text of a post under this name, which must be text where it is there."""
    value = row.get(name)
    if value is not None and type(value) is not str:
        raise FieldError(f'"{name}" is {say_kind(value)}, not text')
    return value


def object_in(row: Row, *names: str) -> Row:
    """The object under these names, one inside the other; empty where there is none.

    >>> object_in({"user": {"legacy": None}}, "user", "legacy")
    {}
    """
    for name in names:
        value = row.get(name)
        if type(value) is dict:
            row = value
            continue
        if value is None:
            return _NOTHING
        if not isinstance(value, dict):
            raise FieldError(f'"{name}" is {say_kind(value)}, not an object')
        row = value
    return row


def objects_in(row: Row, *names: str) -> list[Row]:
    """The objects in the list under the last of these names, which are one inside the other; what is none is left."""
    value = (object_in(row, *names[:-1]) if len(names) > 1 else row).get(names[-1])
    if value is None:
        return []
    if not isinstance(value, list):
        raise FieldError(f'"{names[-1]}" is {say_kind(value)}, not a list')
    return [each for each in value if isinstance(each, dict)]


def count_in(row: Row, name: str) -> int | None:
    """The whole number under a name, written as a number or as text; None for what is none."""
    value = row.get(name)
    if type(value) is int and 0 <= value < _MOST:
        return value
    return int(value) if type(value) is str and re.fullmatch("[0-9]{1,18}", value) else None


def counts_in(row: Row, **names: str) -> dict[str, int]:
    """Likes, shares, replies and views by the names that the platform has for them, where they are there.

    >>> counts_in({"favorite_count": "3"}, likes="favorite_count", shares="retweet_count")
    {'likes': 3}
    """
    found: dict[str, int] = {}
    for count, name in names.items():
        value = row.get(name)
        if type(value) is not int or not 0 <= value < _MOST:
            value = count_in(row, name)
        if value is not None:
            found[count] = value
    return found


def from_epoch(value: object) -> str | None:
    """The moment, in UTC, of seconds or thousandths of seconds since 1970, written as a number or as text.

    Numbers from 10**11 on are thousandths. None for what is no such moment.

    >>> from_epoch("1628245800"), from_epoch(1628245800123), from_epoch(-1)
    ('2021-08-06T10:30:00Z', '2021-08-06T10:30:00.123Z', None)
    """
    if type(value) is float and value == value and abs(value) < 10**15:  # noqa: PLR0124  not NaN
        value = int(value)
    if type(value) is str:
        value = int(value) if re.fullmatch("[0-9]{1,15}", value) else None
    if type(value) is not int or value < 0:
        return None
    seconds, rest = divmod(value, 1000) if value >= 10**11 else (value, 0)
    if seconds > _LAST_SECOND:
        return None
    when = dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{when.rjust(19, '0')}.{rest:03}Z" if rest else f"{when.rjust(19, '0')}Z"


def from_x_time(written: str) -> str | None:
    """The moment of X's own way to write it, with its zone; None for anything else.

    >>> from_x_time("Fri Aug 06 10:30:00 +0000 2021")
    '2021-08-06T10:30:00Z'
    """
    found = _X_TIME.fullmatch(written)
    if not found or found[1] not in _MONTHS:
        return None
    zone = "Z" if found[4][1:] + found[5] == "0000" else f"{found[4]}:{found[5]}"
    return f"{found[6]}-{_MONTHS.index(found[1]) + 1:02}-{found[2]}T{found[3]}{zone}"
