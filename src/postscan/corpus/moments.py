"""Periods as they are written, from a year to a second, and the moments between which they lie."""

from __future__ import annotations

import datetime as dt
import re

from postscan.model import PostscanError

_MOMENT = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-W(?P<week>\d\d)|-(?P<month>\d\d)"
    r"(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,6}))?)?)?"
    r"(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?",
    re.ASCII,
)
HOW_TO_WRITE = "write 2021, 2021-08, 2021-W32, 2021-08-06, 2021-08-06T14 or 2021-08-06T14:30"


def find_span(written: str, name: str) -> tuple[dt.datetime, dt.datetime]:
    """When a written period begins, and when the next one does; with a zone where it names one.

    Weeks are those of ISO 8601, from Monday. Raises PostscanError, naming the option `name`, for what is no period.

    >>> find_span("2021-W32", "period")
    (datetime.datetime(2021, 8, 9, 0, 0), datetime.datetime(2021, 8, 16, 0, 0))
    >>> find_span("2021-08-06T14:30", "since")[1]
    datetime.datetime(2021, 8, 6, 14, 31)
    """
    match = _MOMENT.fullmatch(written.strip())
    try:
        return _span(match) if match else _refuse(written, name)
    except (ValueError, OverflowError):  # the 31st of June, the end of the year 9999
        return _refuse(written, name)


def _refuse(written: str, name: str) -> tuple[dt.datetime, dt.datetime]:
    raise PostscanError(f"{name}={written!r}: is no day or time; {HOW_TO_WRITE}")


def _span(match: re.Match[str]) -> tuple[dt.datetime, dt.datetime]:
    year = int(match["year"])
    if match["week"]:
        start = dt.datetime.combine(dt.date.fromisocalendar(year, int(match["week"]), 1), dt.time())
        return start, start + dt.timedelta(days=7)
    day = dt.date(year, int(match["month"] or 1), int(match["day"] or 1))
    fraction = int((match["fraction"] or "").ljust(6, "0"))
    clock = dt.time(int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0), fraction)
    zone = dt.datetime.fromisoformat(f"2000-01-01T00:00{match['zone']}").tzinfo if match["zone"] else None
    start = dt.datetime.combine(day, clock, zone)
    if not match["month"]:
        return start, start.replace(year=year + 1)
    if not match["day"]:
        return start, (start + dt.timedelta(days=31)).replace(day=1)
    for part, length in (
        ("fraction", dt.timedelta(microseconds=1)),
        ("second", dt.timedelta(seconds=1)),
        ("minute", dt.timedelta(minutes=1)),
        ("hour", dt.timedelta(hours=1)),
    ):
        if match[part]:
            return start, start + length
    return start, start + dt.timedelta(days=1)


def write_bound(moment: dt.datetime, *, end: bool = False) -> str:
    """A moment as a sentence says it: the day where it is midnight, of an `end` the day before.

    >>> write_bound(dt.datetime(2021, 8, 10), end=True), write_bound(dt.datetime(2021, 8, 9, 14))
    ('2021-08-09', '2021-08-09 14:00')
    """
    if moment.time() == dt.time():
        return (moment.date() - dt.timedelta(days=1) if end else moment.date()).isoformat()
    return moment.isoformat(" ", "minutes" if not (moment.second or moment.microsecond) else "auto")
