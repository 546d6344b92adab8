"""Time zones: as a table, from when on a zone is how far from UTC, and the offset of a time that has no zone.

The zones are those of the package tzdata, whatever the system has: with the same version of it, the same figures.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from importlib import resources
from zoneinfo import ZoneInfo

from postscan.model import PostscanError

YEARS = (1989, 2101)
"""For times before and after, the first and the last of a zone's offsets holds; their days are implausible anyway."""
_SHIFT = re.compile(r"([+-])(0[0-9]|1[0-4]):([0-5][0-9])")
_WITHOUT_ZONE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?")


def check_zone(name: str, *, option: str = "tz", example: str = "UTC") -> str:
    """The name itself; raises PostscanError, with names that are near, for a zone that there is not."""
    if name in zone_names():
        return name
    import difflib

    folded = {each.casefold(): each for each in zone_names()}
    cities = {each.rpartition("/")[2]: each for each in folded}
    found = difflib.get_close_matches(name.casefold().replace(" ", "_"), [*folded, *cities], n=3, cutoff=0.7)
    near = list(dict.fromkeys(folded[cities.get(each, each)] for each in found))
    advice = f"did you mean {' or '.join(near)}?" if near else f"write an IANA name such as Asia/Beirut or {example}"
    raise PostscanError(f"{option}={name!r}: is no time zone; {advice}")


@functools.cache
def zone_names() -> frozenset[str]:
    """The names of all zones."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


def check_input_zone(name: str) -> dt.tzinfo:
    """The zone of a name, or of hours and minutes from UTC ("+04:30"); raises PostscanError for what is neither."""
    if shift := _SHIFT.fullmatch(name):
        distance = dt.timedelta(hours=int(shift[2]), minutes=int(shift[3]))
        return dt.timezone(-distance if shift[1] == "-" else distance)
    return find_zone(check_zone(name, option="input_tz", example="hours from UTC such as +03:00"))


def place(created: str, zone: dt.tzinfo) -> str:
    """The date-time with the offset that a zone has then; a day, and a time that has a zone, as they are.

    Of two times that one clock shows when it is put back it is the first; one that is skipped when the clock is put
    forward has the offset from before (the rule of PEP 495 where nothing is said).

    >>> place("2021-10-30T23:30", find_zone("Asia/Beirut")), place("2021-03-28T00:30", find_zone("Asia/Beirut"))
    ('2021-10-30T23:30+03:00', '2021-03-28T00:30+02:00')
    >>> place("2021-08-06", find_zone("Asia/Beirut")), place("2021-01-06T10:30:15.25", find_zone("Europe/London"))
    ('2021-08-06', '2021-01-06T10:30:15.25Z')
    """
    if not _WITHOUT_ZONE.fullmatch(created):
        return created
    try:
        offset = dt.datetime.fromisoformat(created).replace(tzinfo=zone).utcoffset()
    except ValueError:  # no day or time, which is for others to say
        return created
    minutes = round(offset.total_seconds() / 60) if offset else 0  # before 1972 some zones had seconds
    sign = "-" if minutes < 0 else "+"
    return created + (f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "Z")


@functools.lru_cache(64)
def find_zone(name: str) -> ZoneInfo:
    """The zone of a name in `zone_names`."""
    with resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


@functools.lru_cache(64)
def transitions(name: str) -> tuple[tuple[dt.datetime, int], ...]:
    """From when on, in UTC, the zone is how many seconds east; the first stands for all time before.

    >>> transitions("Asia/Kabul")
    ((datetime.datetime(1989, 1, 1, 0, 0), 16200),)
    """
    zone = find_zone(name)
    begin, end = (int(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp()) for year in YEARS)
    found = [(begin, _offset(zone, begin))]
    for day in range(begin, end, 86400):  # no zone changes twice within a day
        before, after = _offset(zone, day), _offset(zone, day + 86400)
        if before != after:
            low, high = day, day + 86400
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
            found.append((high, after))
    return tuple((dt.datetime.fromtimestamp(second, dt.UTC).replace(tzinfo=None), offset) for second, offset in found)


def _offset(zone: ZoneInfo, second: int) -> int:
    offset = dt.datetime.fromtimestamp(second, zone).utcoffset()
    return round(offset.total_seconds()) if offset else 0
