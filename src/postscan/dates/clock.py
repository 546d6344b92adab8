"""What a date or date-time says: its day, its time of day, and how far its zone is from UTC."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeAlias

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)", re.ASCII)
_LOCAL = re.compile(
    r"(?P<local>\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?)"
    r"(?P<zone>Z|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))?",
    re.ASCII,
)
_DAY_LENGTH = 24 * 3600

Clock: TypeAlias = tuple[dt.date | None, dt.datetime | None, int | None]
"""Day, local time and seconds east of UTC."""


def find_day(created: str | None) -> dt.date | None:
    """The day of an ISO date or date-time as written, in its own zone; null where it has no whole day.

    >>> find_day("2021-08-08T23:30:00-05:00"), find_day("2021-08")
    (datetime.date(2021, 8, 8), None)
    """
    if created is None or not (match := _DAY.match(created)):
        return None
    try:
        return dt.date.fromisoformat(match[0])
    except ValueError:  # the 31st of June
        return None


def clock(created: str | None) -> Clock:
    """Day, local time and seconds east of UTC of an ISO date or date-time; null what it does not say.

    A time that no clock shows is none; a zone that is a day away from UTC is none.

    >>> clock("2021-08-08T23:30:00-05:00")
    (datetime.date(2021, 8, 8), datetime.datetime(2021, 8, 8, 23, 30), -18000)
    >>> clock("2021-08-08"), clock("2021-08-08T24:10")
    ((datetime.date(2021, 8, 8), None, None), (datetime.date(2021, 8, 8), None, None))
    """
    match = _LOCAL.fullmatch(created) if created else None
    try:
        time = dt.datetime.fromisoformat(match["local"]) if match else None
    except ValueError:  # the 31st of June
        return None, None, None
    if match is None or time is None:
        return find_day(created), None, None
    return time.date(), time, _offset(match)


def _offset(match: re.Match[str]) -> int | None:
    if not match["sign"]:
        return 0 if match["zone"] else None
    seconds = 3600 * int(match["hours"]) + 60 * int(match["minutes"])
    return None if seconds >= _DAY_LENGTH else -seconds if match["sign"] == "-" else seconds
