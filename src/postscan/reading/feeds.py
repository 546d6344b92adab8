"""RSS and Atom: an item is a post; its text is that of its HTML, other people's posts in it marked."""

from __future__ import annotations

import datetime as dt
import email.utils
import html
import re
from typing import Any

from postscan.reading.fragments import fragment_text
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.rows import find_when
from postscan.reading.xml import children, elements, local_name, title_above, words_of

_FEED = re.compile(rb"<(?:rss|(?:\w+:)?RDF|(?:\w+:)?feed)[\s>]")
_BEFORE = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>)?(?:\s*<!--.*?-->|\s*<\?[^>]*\?>|\s*<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*\s*", re.DOTALL
)
_CUT = re.compile(
    r"\[(?:\N{HORIZONTAL ELLIPSIS}|\.\.\.|&#8230;|&hellip;)\](?:\s*</p>)?"
    r"(?:\s*<p>(?:(?!</?p\b).){0,800}</a>[^<>]{0,40}</p>)?\s*\Z",
    re.DOTALL,
)
"""At the end, or above the line with links that WordPress puts under an item."""
_ADDRESS = re.compile(r"[^\s()]+@[^\s()]+\s*\((?P<name>[^()]*[^()\s])\)")
_NO_POSTS = frozenset(("page", "comment", "settings", "template", "draft", "deleted post"))
_TAGGED = re.compile(r"<[a-zA-Z/!][^>]*>|&(?:#\w+|\w+);")


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first element is that of a feed."""
    before = _BEFORE.match(head)
    return _FEED.match(head, before.end() if before else 0) is not None


def read(opened: Opened) -> Items:
    """A post an item, in the order of the feed."""
    records = Records(opened.path, opened.notes)
    for element in elements(opened.stream, frozenset(("item", "entry"))):
        yield records.take(_fields, element)
    yield from records.ended()


def _fields(element: Any, records: Records) -> Fields | str:  # noqa: ARG001
    """The fields of an item of RSS or an entry of Atom; the name of what is no post in Blogger's export."""
    if (kind := _kind(element)) in _NO_POSTS:
        return kind
    if local_name(element) == "item":
        source = words_of(element, "encoded", space="content") or words_of(element, "description") or ""
        identifier, link = words_of(element, "guid"), words_of(element, "link")
        author = words_of(element, "creator") or _name(words_of(element, "author"))
        channel = title_above(element)
        when = _first(element, "pubDate", "date", "issued", "modified")
    else:
        source = next(filter(None, map(_content, children(element, "content", "summary"))), "") or _described(element)
        links = (each.get("href") for each in children(element, "link") if each.get("rel", "alternate") == "alternate")
        identifier, link = words_of(element, "id"), next(links, None)
        above = next(children(element, "source"), element.getparent())
        writers = (*children(element, "author"), *(children(above, "author") if above is not None else ()))
        author = next(filter(None, (words_of(each, "name") for each in writers)), None)
        channel = next(filter(None, (words_of(each, "title") for each in children(element, "source"))), None)
        channel = channel or title_above(element)
        when = _first(element, "published", "issued", "updated", "modified")
    text, embeds = html_or_plain(source)
    title = plain(words_of(element, "title"))
    return {
        "id": identifier or link,
        "text": text or title or "",
        "embeds": embeds if text else (),
        "title": title,
        "url": link,
        "author": author,
        "channel": plain(channel),
        "created": find_time(when),
        "truncated": bool(_CUT.search(source)),
    }


def _kind(element: Any) -> str:
    """What an entry of Blogger's export is, which has the settings, the template and the comments of a blog too."""
    kinds = (each.get("term", "") for each in children(element, "category") if each.get("scheme", "").endswith("#kind"))
    kind = next(kinds, "").rpartition("#")[2] or (words_of(element, "type", space="blogger") or "post").lower()
    status = (words_of(element, "status", space="blogger") or "").lower()
    if kind == "post" and status not in ("", "live"):
        return "draft" if status == "draft" else "deleted post"
    draft = any(words_of(each, "draft") == "yes" for each in children(element, "control"))
    return "draft" if draft and kind == "post" else kind


def _first(element: Any, *names: str) -> str | None:
    return next(filter(None, (words_of(element, name) for name in names)), None)


def _name(author: str | None) -> str | None:
    """Whose name it is: RSS has an address, with the name in brackets."""
    found = _ADDRESS.fullmatch(author or "")
    return found["name"] if found else author


def _described(entry: Any) -> str:
    """The words of a video, which stand in its media group alone."""
    groups = (words_of(group, "description") for group in children(entry, "group"))
    return html.escape(next(filter(None, groups), ""), quote=False).replace("\n", "<br>")


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
    if time.tzinfo is None and "-0000" in written:  # RFC 5322: in UTC, wherever that was
        time = time.replace(tzinfo=dt.UTC)
    if time.tzinfo is not None and time.utcoffset() == dt.timedelta():
        time = time.astimezone(dt.UTC)
    return time.isoformat().replace("+00:00", "Z")
