"""What follows a host in a link, by twitter-text's rules: port, path and query."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from postscan.entities.characters import class_of

_MAX_LENGTH = 4096
_MAX_TCO_SLUG = 40
_TCO_SLUG = re.compile(r"/[A-Za-z0-9]++")
# What a path or a query may hold and not end with.
_PATH_NO_END = "!*';:,.$%[]~@|&\N{EN DASH}"
_QUERY_NO_END = "!?*'@():;+$%[].,~|"
_PORT = re.compile(r":[0-9]++")
_QUERY = re.compile(r"\?[A-Za-z0-9!?*'@():;&=+$/%#\[\]\-_.,~|]*+")


@functools.cache
def _path() -> re.Pattern[str]:
    """A path; of round brackets it has pairs, one of which may hold another."""
    from postscan.data._twitter import PATH

    near = class_of(PATH)
    return re.compile(rf"/(?:[{near}]++|\((?:[{near}]++\)|[{near}]*+\([{near}]++\)[{near}]*+\)))*+")


class Tail(NamedTuple):
    """The end of what follows a host."""

    end: int
    has_path: bool
    met: int
    """How far the characters of a path or query go."""


def read_tail(text: str, start: int, limit: int) -> Tail:
    """Port, path and query that begin at start, before limit."""
    if start == limit or text[start] not in ":/?":
        return Tail(start, has_path=False, met=start)
    end = met = start
    has_path = False
    if text[start] == ":" and (match := _PORT.match(text, start, limit)):
        end = met = match.end()
    if match := _path().match(text, end, limit):
        has_path = True
        met = match.end()
        end += len(match[0].rstrip(_PATH_NO_END))
    if end == met and (match := _QUERY.match(text, end, limit)):
        met = match.end()
        end += len(match[0].rstrip(_QUERY_NO_END))
    return Tail(end, has_path, met)


def tco_end(text: str, host_end: int, end: int) -> int:
    """Where a t.co link ends: after its slug and the query that follows it; 0 if the slug is too long for one."""
    slug = _TCO_SLUG.match(text, host_end, end)
    if not slug:
        return end
    if slug.end() - slug.start() - 1 > _MAX_TCO_SLUG:
        return 0
    return end if text.startswith("?", slug.end(), end) else slug.end()


def is_short(url: str, scheme: int) -> bool:
    """Whether a link is not longer than twitter-text allows, in UTF-16, with its scheme counted twice as it does."""
    return len(url) < _MAX_LENGTH // 2 or scheme + len(url.encode("utf-16-le", "surrogatepass")) // 2 <= _MAX_LENGTH
