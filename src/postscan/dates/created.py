"""When a post was made: what the input says, else the id, else the latest day of a byline, dateline or embed."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from postscan.dates.grammar import find_dates
from postscan.model import Block, Embed, Post, Scan

X_EPOCH = 1_288_834_974_657  # milliseconds; ids have carried the time since November 2010
X_FIRST = 30_000_000_000  # smaller ids were counted up and carry none
TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
LINKS = ("metadata", "id", "byline", "dateline", "embed", "name")
"""What a date can be read from; a post is made when the first of them says, "name" only where it is asked for."""
_DATED = frozenset(("byline", "dateline"))
_COMPACT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])")
_SEPARATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[ .]([0-9]{2})[ .]([0-9]{2})(?![0-9])")
_PLAUSIBLE = {"x": 2010, "tiktok": 2014, "bluesky": 2019}  # no post is older than its platform
_STAMP = re.compile(
    r"([0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9])"
    r"(?:[T ]([0-9][0-9]:[0-9][0-9](?::[0-9][0-9](?:\.[0-9]+)?)?)\s?(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?",
)
_CLEAN = re.compile(
    r"(?!0000)[0-9][0-9][0-9][0-9]-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z"
)
"""A stamp that stays as it is; every month has these days."""
_UTC = frozenset(("Z", "UTC", "+00:00", "+0000", "-00:00", "-0000"))


def id_time(platform: str, identifier: str) -> dt.datetime | None:
    """The time, in UTC, that an id carries: X and TikTok ids and Bluesky record keys do; else null.

    >>> id_time("x", "1715314866287825572")
    datetime.datetime(2023, 10, 20, 10, 31, 47, tzinfo=datetime.timezone.utc)
    """
    key = identifier.rsplit("/", 1)[-1]
    seconds: int
    if platform == "bluesky" and len(key) == 13 and all(letter in TID_LETTERS for letter in key):
        value = 0
        for letter in key:
            value = value * 32 + TID_LETTERS.index(letter)
        seconds = (value >> 10) // 1_000_000
    elif platform in ("x", "tiktok") and key.isascii() and key.isdigit() and X_FIRST <= int(key[:20]) < 2**63:
        seconds = ((int(key[:20]) >> 22) + X_EPOCH) // 1000 if platform == "x" else int(key[:20]) >> 32
    else:
        return None
    if seconds >= dt.datetime(2101, 1, 1, tzinfo=dt.UTC).timestamp():
        return None
    time = dt.datetime.fromtimestamp(seconds, dt.UTC)
    return time if time.year >= _PLAUSIBLE[platform] else None


def id_day(platform: str, identifier: str) -> str | None:
    """The UTC day, YYYY-MM-DD, that an id carries, or null.

    >>> id_day("x", "1715314866287825572")
    '2023-10-20'
    >>> id_day("bluesky", "3lbvgzfgyxs2c")
    '2024-11-27'
    >>> id_day("instagram", "CSPh7Fqn9Jx") is None
    True
    """
    time = id_time(platform, identifier)
    return time.date().isoformat() if time else None


def find_created(post: Post, blocks: Sequence[Block], embeds: Sequence[Embed]) -> tuple[str | None, str | None]:
    """When the post was made, and what that was read from: metadata, id, byline, dateline or embed; else two nulls.

    The input's own time stays as it is given, UTC written "Z". From text it is a day: the latest with a year.

    >>> find_created(Post("1", "By A | December 2, 2025"), [Block("byline", 0, 23, 0, "by")], [])
    ('2025-12-02', 'byline')
    """
    if post.created and (stamp := clean_stamp(post.created)):
        return stamp, "metadata"
    for link, created in _unsaid(post, blocks, embeds):
        return created, link
    return None, None


def find_chain(scan: Scan) -> dict[str, str]:
    """Every date that a post has, by what it was read from (`LINKS`); the one by which it was made stands as it is.

    >>> post = Post("1", "By A | December 2, 2025", "2025-12-03/a.txt")
    >>> byline = Block("byline", 0, 23, 0, "by")
    >>> find_chain(Scan(post, "2025-12-02", "byline", "en", "en", (byline,), (), (), (), ()))
    {'byline': '2025-12-02', 'name': '2025-12-03'}
    """
    post, created, link = scan.post, scan.created, scan.created_from
    found: dict[str, str] = {}
    if created and link == "metadata":
        found[link] = created
    elif post.created and (stamp := clean_stamp(post.created)):
        found["metadata"] = stamp
    found.update(_unsaid(post, scan.blocks, scan.embeds))
    if day := name_day(post.path):
        found["name"] = day
    if created and link:
        found[link] = created
    return found


def find_chains(scans: Sequence[Scan]) -> tuple[list[int], list[str], list[str]]:
    """What `find_chain` says of each scan, as three lists: the scan's number, what a date was read from, the date."""
    numbers: list[int] = []
    links: list[str] = []
    dates: list[str] = []
    for n, scan in enumerate(scans):
        post, blocks, created, link = scan.post, scan.blocks, scan.created, scan.created_from
        if (
            len(blocks) == 1
            and blocks[0].kind not in _DATED
            and not scan.embeds
            and not post.platform
            and ((created and link == "metadata") if link else not post.created)
            and not name_day(post.path)
        ):  # as for most posts: there is the date that the input gives, or none
            if created and link:
                numbers.append(n)
                links.append(link)
                dates.append(created)
            continue
        for read_from, date in find_chain(scan).items():
            numbers.append(n)
            links.append(read_from)
            dates.append(date)
    return numbers, links, dates


def _unsaid(post: Post, blocks: Sequence[Block], embeds: Sequence[Embed]) -> Iterable[tuple[str, str]]:
    """What the dates of a post, beside what its input says, were read from, with each date."""
    for block in blocks:
        if block.kind in _DATED:
            break
    else:
        if not post.platform and not embeds:
            return ()  # as for most posts
    return _read_unsaid(post, blocks, embeds)


def _read_unsaid(post: Post, blocks: Sequence[Block], embeds: Sequence[Embed]) -> Iterator[tuple[str, str]]:
    if post.platform and (time := id_time(post.platform, post.id)):
        yield "id", time.strftime("%Y-%m-%dT%H:%M:%SZ")
    dated = [block for block in blocks if block.kind in _DATED]
    for kind in ("byline", "dateline") if dated else ():
        spans = [(block.start, block.end) for block in dated if block.kind == kind]
        if day := _latest([date.iso for start, end in spans for date in find_dates(post.text, start, end)]):
            yield kind, day
    if embeds and (day := _latest([embed.date for embed in embeds])):
        yield "embed", day


@functools.lru_cache(4096)
def name_day(path: str) -> str | None:
    """The day in a file's name, else in that of the nearest folder that has one; null where a name has two days.

    >>> name_day("news/2021/08/06/a.txt"), name_day("posts_20210806.jsonl"), name_day("2021-08-01_2021-08-31.csv")
    ('2021-08-06', '2021-08-06', None)
    """
    *folders, name = path.split("/")
    for part in (name, *reversed(folders), "/".join(folders)):
        text = _COMPACT.sub(r"\1-\2-\3", part).replace("_", " ")
        days = {date.iso for date in find_dates(_SEPARATED.sub(r"\1-\2-\3", text)) if date.iso}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def clean_stamp(stamp: str) -> str | None:
    """An ISO 8601 day or date-time with "T" before the time and "Z" for UTC, or null for anything else.

    >>> clean_stamp("2021-08-06 10:00:00+00:00"), clean_stamp("2021-08-06"), clean_stamp("yesterday")
    ('2021-08-06T10:00:00Z', '2021-08-06', None)
    """
    if _CLEAN.fullmatch(stamp):
        return stamp
    match = _STAMP.fullmatch(stamp.strip())
    if not match:
        return None
    day, time, zone = match.groups("")
    try:
        dt.date.fromisoformat(day)
    except ValueError:  # the 31st of June
        return None
    return f"{day}T{time}{'Z' if zone in _UTC else zone}" if time else str(day)


def _latest(days: Iterable[str | None]) -> str | None:
    return max((day for day in days if day), default=None)
