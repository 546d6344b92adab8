"""An embedded post outside its page: what the embed codes of all platforms are made into.

Each embed becomes the lines that a reader sees, with the spans of its words and what its attributes say exactly: the
link to the post, its id, and so its day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import SplitResult, urlsplit

from postscan.dates import id_day, match_date
from postscan.model import Embed
from postscan.postlinks import match_post_link

_MEDIA = re.compile(r"(?:https?://)?pic\.(?:twitter|x)\.com/\w+\s*\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Lifted:
    """An embed outside its page: its text, and an Embed whose offsets are those of this text."""

    text: str
    embed: Embed

    def placed(self, at: int) -> Embed:
        """The embed where its text begins at an offset."""
        e = self.embed
        body = (None, None) if e.body_start is None or e.body_end is None else (e.body_start + at, e.body_end + at)
        return replace(e, start=at, end=at + len(self.text), body_start=body[0], body_end=body[1])


def address_of(url: str) -> SplitResult:
    """The parts of an address; empty ones where a page has none that is one."""
    try:
        address = urlsplit(url)
        _ = address.hostname
    except ValueError:
        return urlsplit("")
    return address


def bare(platform: str, url: str, place: str | None, number: str = "") -> Lifted:
    """An embed of which the page has the link alone."""
    handle = place.partition("/")[0] if place else None
    day = id_day(platform, number) if number else None
    return Lifted(url, Embed(platform, 0, len(url), None, None, None, handle, day, url, (), "page-link"))


def linked(address: str) -> Lifted | None:
    """The same by an address that may be that of a post; nothing where it is none."""
    link = match_post_link(address, 0)
    if link is None or link.end < len(address) or not address.startswith(("https://", "http://")):
        return None
    return Lifted(
        link.url,
        Embed(link.platform, 0, len(link.url), None, None, None, link.handle, link.day, link.url, (), "page-link"),
    )


def linked_plainly(address: str) -> Lifted | None:
    """The same without what counts clicks, unless that says of which post it is."""
    return linked(address.partition("?")[0]) or linked(address)


def link_below(element: Any, part: str) -> str | None:
    """The last link below an element whose address has this in it, without what counts clicks."""
    for a in reversed(list(element.iter("a"))):
        href = str(a.get("href") or "")
        if part in href:
            return href.partition("?")[0].partition("#")[0]
    return None


def day_of(printed: str | None, platform: str, number: str | None) -> str | None:
    """The day that the id carries, else the printed one."""
    if number and (day := id_day(platform, number)):
        return day
    span = match_date(printed, 0) if printed else None
    return f"{span.year:04}-{span.month:02}-{span.day:02}" if span and span.year else None


def made(
    platform: str,
    text: str,
    body: tuple[int, int] | None,
    *,
    name: str | None,
    handle: str | None,
    date: str | None,
    url: str | None,
) -> Lifted:
    """The lifted embed, its own trailing picture link left out of its words."""
    media: tuple[str, ...] = ()
    if body is not None:
        first, last = body
        while found := _MEDIA.search(text, first, last):
            media = (found[0].strip(), *media)
            last = found.start()
        last = first + len(text[first:last].rstrip())
        body = (first, last) if last > first else None
    elif handle is None and url and (link := match_post_link(url, 0)):
        handle = link.handle
    start, end = body or (None, None)
    return Lifted(text, Embed(platform, 0, len(text), start, end, name or None, handle, date, url, media, "page"))
