"""Which posts count, and how their time is read: one value, which every count, period and evidence is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from postscan.corpus.moments import find_span
from postscan.dates import LINKS
from postscan.dates.zones import check_zone
from postscan.model import PostscanError

REPOSTS = ("with", "without", "only")
DUPLICATES = ("with", "without")
DATES = ("metadata", "id", "byline", "dateline")
"""What a post's date is read from where nothing else is said: the first of these that it has."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which posts count, and how their time is read."""

    since: tuple[str, ...] = ()
    """Days, periods or moments; a post is of none of the time before them."""
    until: tuple[str, ...] = ()
    """The same for the time after them."""
    reposts: str = "with"
    duplicates: str = "with"
    where: tuple[str, ...] = ()
    """Conditions in SQL over the columns of `posts`; all must hold."""
    tz: str | None = None
    """The zone of all times; without one each post's own."""
    dates: tuple[str, ...] = DATES
    """What a post's date is read from: the first of these that it has."""
    gaps: tuple[tuple[str, str], ...] = ()
    """First and last days of times that the input does not cover."""


def narrow(
    selection: Selection,
    *,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    reposts: str = "with",
    duplicates: str = "with",
    where: str | None = None,
    tz: str | None = None,
    dates: Sequence[str] | None = None,
    gaps: Sequence[tuple[str | dt.date, str | dt.date]] = (),
) -> Selection:
    """The selection with these conditions too; raises PostscanError for a value that cannot be, with those that can.

    A zone and dates that are given take the place of the selection's own.
    """
    check("reposts", reposts, REPOSTS)
    check("duplicates", duplicates, DUPLICATES)
    if {selection.reposts, reposts} == {"without", "only"}:
        raise PostscanError(
            f"reposts={reposts!r}: they are chosen as {selection.reposts!r} already; select from the whole corpus"
        )
    found = replace(
        selection,
        since=selection.since + _written(since),
        until=selection.until + _written(until),
        reposts=reposts if reposts != "with" else selection.reposts,
        duplicates=duplicates if duplicates != "with" else selection.duplicates,
        where=selection.where + ((where,) if where else ()),
        tz=selection.tz if tz is None else check_zone(tz),
        dates=selection.dates if dates is None else _checked_dates(dates),
        gaps=selection.gaps + tuple(_gap(*gap) for gap in gaps),
    )
    start, end = bounds(found)
    if start and end and start >= end:
        raise PostscanError(f"since={found.since[-1] if found.since else ''!r}: is after until={found.until[-1]!r}")
    return found


def check(name: str, value: Any, known: Collection[str]) -> None:
    """Raise PostscanError, with the values that an option can have, for another one."""
    if value not in known:
        raise PostscanError(f"{name}={value!r}: it can be {', '.join(known)}")


def _written(moment: str | dt.date | None) -> tuple[str, ...]:
    if moment is None:
        return ()
    return (moment if isinstance(moment, str) else moment.isoformat(),)


def _checked_dates(dates: Sequence[str]) -> tuple[str, ...]:
    chosen = tuple(dates.split(",")) if isinstance(dates, str) else tuple(dates)
    if "file" in chosen:
        raise PostscanError(
            f"dates='file': the times of files are not kept, for copying changes them; it can be {', '.join(LINKS)}"
        )
    for link in chosen:
        check("dates", link, LINKS)
    if not chosen or len(set(chosen)) < len(chosen):
        raise PostscanError(f"dates={','.join(chosen)!r}: name each once, the first choice first: {', '.join(LINKS)}")
    return chosen


def _gap(first: str | dt.date, last: str | dt.date) -> tuple[str, str]:
    days = tuple(_written(first) + _written(last))
    start, end = find_span(days[0], "gaps")[0], find_span(days[1], "gaps")[1]
    if start.tzinfo or end.tzinfo or start >= end:
        raise PostscanError(f"gaps={'..'.join(days)!r}: write its first and its last day, 2021-08-10 and 2021-08-12")
    return days[0], days[1]


def bounds(selection: Selection) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The moment from which posts count, and the one before which they do, in the zone of the selection."""
    starts = [_local(find_span(each, "since")[0], selection.tz, f"since={each!r}") for each in selection.since]
    ends = [_local(find_span(each, "until")[1], selection.tz, f"until={each!r}") for each in selection.until]
    return max(starts, default=None), min(ends, default=None)


def gap_spans(selection: Selection) -> list[tuple[dt.datetime, dt.datetime]]:
    """From when to when the input covers nothing."""
    return [(find_span(first, "gaps")[0], find_span(last, "gaps")[1]) for first, last in selection.gaps]


def _local(moment: dt.datetime, tz: str | None, name: str) -> dt.datetime:
    if moment.tzinfo is None:
        return moment
    if tz is None:
        raise PostscanError(f"{name}: has a zone, and posts are in their own; name one for all, such as tz='UTC'")
    from postscan.dates.zones import find_zone

    return moment.astimezone(find_zone(tz)).replace(tzinfo=None)
