"""Time zones as a table: from when on a zone is how far from UTC. The database joins it and needs nothing else.

The zones are those of the package tzdata, whatever the system has: with the same version of it, the same figures.
"""

from __future__ import annotations

import datetime as dt
import functools
from importlib import resources
from zoneinfo import ZoneInfo

from postscan.model import PostscanError

YEARS = (1989, 2101)
"""For times before and after, the first and the last of a zone's offsets holds; their days are implausible anyway."""


def check_zone(name: str) -> str:
    """The name itself; raises PostscanError, with names that are near, for a zone that there is not."""
    if name in zone_names():
        return name
    import difflib

    folded = {each.casefold(): each for each in zone_names()}
    cities = {each.rpartition("/")[2]: each for each in folded}
    found = difflib.get_close_matches(name.casefold().replace(" ", "_"), [*folded, *cities], n=3, cutoff=0.7)
    near = list(dict.fromkeys(folded[cities.get(each, each)] for each in found))
    advice = f"did you mean {' or '.join(near)}?" if near else "write an IANA name such as Asia/Beirut or UTC"
    raise PostscanError(f"tz={name!r}: is no time zone; {advice}")


@functools.cache
def zone_names() -> frozenset[str]:
    """The names of all zones."""
    return frozenset(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


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
