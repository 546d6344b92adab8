"""RSS and Atom: an item is a post; its text is that of its HTML, other people's posts in it marked."""

from __future__ import annotations

import datetime as dt
import email.utils
import functools
import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from postscan.model import Post, Problem, Skipped
from postscan.reading.fragments import fragment_text
from postscan.reading.notes import Notes
from postscan.reading.records import Fields, Records
from postscan.reading.rows import find_when
from postscan.reading.streams import Stream
from postscan.reading.xml import elements, local_name, words_of

_FEED = re.compile(rb"<(?:rss|(?:\w+:)?RDF|(?:\w+:)?feed)[\s>]")
_BEFORE = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>)?(?:\s*<!--.*?-->|\s*<\?[^>]*\?>|\s*<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*\s*", re.DOTALL
)
_CUT = re.compile(r"\[(?:\N{HORIZONTAL ELLIPSIS}|\.\.\.|&#8230;|&hellip;)\]\s*\Z")
_TAGGED = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:#\w+|\w+);")


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first element is that of a feed."""
    before = _BEFORE.match(head)
    return _FEED.match(head, before.end() if before else 0) is not None


def read(
    stream: Stream,
    path: str,
    *,
    encoding: str | None,  # noqa: ARG001  XML says it itself
    columns: Mapping[str, str],  # noqa: ARG001
    notes: Notes,
) -> Iterator[Post | Skipped | Problem]:
    """A post an item, in the order of the feed."""
    records = Records(path, notes)
    channel: str | None = None
    for name, element in elements(stream, frozenset(("item", "entry", "title"))):
        if name == "title":
            parent = element.getparent()
            if parent is not None and local_name(parent) in ("channel", "feed"):
                channel = "".join(element.itertext()).strip() or None
            else:
                _keep(element)
            continue
        yield records.take(functools.partial(_fields, channel=channel), element)
    yield from records.ended()


def _fields(element: Any, records: Records, *, channel: str | None) -> Fields:  # noqa: ARG001
    fields = item_fields if local_name(element) == "item" else entry_fields
    return {**fields(element), "channel": channel}


def _keep(element: Any) -> None:
    """An item's title is needed once the item is whole: it is kept in an attribute, for the element is emptied."""
    element.getparent().set("postscan-title", "".join(element.itertext()).strip())


def item_fields(item: Any) -> Fields:
    """The fields of an item of RSS."""
    source = words_of(item, "encoded", space="content") or words_of(item, "description") or ""
    text, embeds = html_or_plain(source)
    title = plain(item.get("postscan-title"))
    link = words_of(item, "link")
    return {
        "id": words_of(item, "guid") or link,
        "text": text or title or "",
        "embeds": embeds if text else (),
        "title": title,
        "url": link,
        "author": words_of(item, "creator") or words_of(item, "author"),
        "created": find_time(words_of(item, "pubDate") or words_of(item, "date")),
        "truncated": bool(_CUT.search(source.rstrip().removesuffix("</p>"))),
    }


def entry_fields(entry: Any) -> Fields:
    """The fields of an entry of Atom."""
    source = ""
    for name in ("content", "summary"):
        child = next((c for c in entry if isinstance(c.tag, str) and local_name(c) == name), None)
        if child is not None and (source := _content(child)):
            break
    text, embeds = html_or_plain(source)
    links = [c for c in entry if isinstance(c.tag, str) and local_name(c) == "link"]
    link = next((c.get("href") for c in links if c.get("rel", "alternate") == "alternate"), None)
    author = next((c for c in entry if isinstance(c.tag, str) and local_name(c) == "author"), None)
    title = plain(entry.get("postscan-title"))
    return {
        "id": words_of(entry, "id") or link,
        "text": text or title or "",
        "embeds": embeds if text else (),
        "title": title,
        "url": link,
        "author": words_of(author, "name") if author is not None else None,
        "created": find_time(words_of(entry, "published") or words_of(entry, "updated")),
        "truncated": bool(_CUT.search(source.rstrip().removesuffix("</p>"))),
    }


def _content(element: Any) -> str:
    """The HTML of a content element: escaped, as elements, or plain text made HTML."""
    kind = element.get("type", "text")
    if kind == "xhtml":
        from lxml import etree

        return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in element)
    words = "".join(element.itertext())
    return words if kind in ("html", "text/html") else html.escape(words, quote=False)


def html_or_plain(source: str) -> tuple[str, Any]:
    """The text of what may be HTML or plain text, and the embeds in it."""
    if not _TAGGED.search(source):
        return source.strip(), ()
    return fragment_text(source)


def plain(title: str | None) -> str | None:
    """A title without the HTML that feeds escape twice."""
    if not title:
        return None
    return html_or_plain(title)[0].replace("\n", " ").strip() or None


def find_time(written: str | None) -> str | None:
    """A time as ISO 8601, of RFC 2822 or ISO; None for anything else.

    >>> find_time("Sun, 08 Aug 2021 10:00:00 +0300"), find_time("2021-08-08T09:00:00+03:00"), find_time("soon")
    ('2021-08-08T10:00:00+03:00', '2021-08-08T09:00:00+03:00', None)
    """
    if not written:
        return None
    if when := find_when(written):
        return when
    try:
        time = email.utils.parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if time.tzinfo is not None and time.utcoffset() == dt.timedelta():
        time = time.astimezone(dt.UTC)
    return time.isoformat().replace("+00:00", "Z")
