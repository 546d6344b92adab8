"""Mastodon and its kin: the outbox of one's own download (ActivityPub), and statuses of the interface."""

from __future__ import annotations

import re
from typing import Any

from postscan.model import Entity
from postscan.reading.documents import Document, Keys
from postscan.reading.encodings import as_utf8
from postscan.reading.marks import mark
from postscan.reading.markup import Link, flatten, parse_html
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, alone, read_each, take_each, walk
from postscan.reading.rows import FieldError, find_when
from postscan.reading.values import Row, counts_in, object_in, objects_in, text_in, words_in

BEGINS = b"[{"

_ACCOUNT = re.compile(r"https?://(?P<host>[^/\s]+)/(?:users/|@|@?ap/users/)(?P<name>[^/\s]+)/?")
_OUTBOX = ("orderedItems", "items")


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is a collection of activities, or one of the first objects is a status."""
    found = peek(head)
    return found is not None and any(_is_outbox(row) or is_status(row) for row in found.rows)


def is_status(row: Row) -> bool:
    """Whether an object is a status of the interface."""
    account = row.get("account")
    return isinstance(row.get("content"), str) and isinstance(account, dict) and "username" in account


def read(opened: Opened) -> Items:
    """A post an activity that made one, or a status; boosts without text are skipped by name."""
    found = peek(as_utf8(opened.stream.head))
    if found is not None and is_status(found.rows[0]):
        yield from read_each(opened, status_fields, alone)
        return
    records = Records(opened.path, opened.notes)
    values = walk(Document(opened.stream, opened.encoding).walk(_opens), records)
    yield from take_each(values, records, _activity_fields, whole=False)


def _is_outbox(row: Row) -> bool:
    kind = row.get("type")
    return kind in ("OrderedCollection", "OrderedCollectionPage", "Collection") and any(n in row for n in _OUTBOX)


def _opens(keys: Keys, sign: str) -> bool:
    return keys == () or (sign == "[" and keys[-1] in _OUTBOX)


def _activity_fields(activity: Any, records: Records) -> Fields | str:
    if not isinstance(activity, dict):
        raise FieldError("not an object")
    kind = text_in(activity, "type") or "activity"
    said = activity.get("object")
    if kind == "Announce":
        return "boost without its text"
    if not isinstance(said, dict):
        return f"{kind} without a post"
    if text_in(said, "type") == "Tombstone":
        return "tombstone: deleted"
    actor = text_in(activity, "actor") or text_in(said, "attributedTo")
    account = _ACCOUNT.match(actor or "")
    text, marked = _read_content(said, [text_in(each, "name") or "" for each in objects_in(said, "tag")], records)
    if any(text_in(each, "name") for each in objects_in(said, "attachment")):
        records.note("alt")
    return {
        "id": text_in(said, "id") or text_in(activity, "id"),
        "text": text,
        "platform": "mastodon",
        "author": f"{account['name']}@{account['host']}" if account else actor,
        "author_id": actor,
        "created": _find_moment(text_in(said, "published") or text_in(activity, "published"), records),
        "url": text_in(said, "url") or text_in(said, "id"),
        "title": text_in(said, "summary"),
        "reply_to": text_in(said, "inReplyTo"),
        "quote_of": text_in(said, "quote", "quoteUrl", "quoteUri", "_misskey_quote"),
        "marked": marked,
    }


def status_fields(row: Row, records: Records) -> Fields | str:
    """The fields of a status; a boost has the words of the status that it repeats."""
    said = object_in(row, "reblog") or row
    account = object_in(row, "account")
    tags = [f"#{text_in(each, 'name')}" for each in objects_in(said, "tags")]
    names = [f"@{text_in(each, 'acct', 'username')}" for each in objects_in(said, "mentions")]
    text, marked = _read_content(said, [*tags, *names], records)
    if any(text_in(each, "description") for each in objects_in(said, "media_attachments")):
        records.note("alt")
    counts = counts_in(row, likes="favourites_count", shares="reblogs_count", replies="replies_count")
    quoted = row.get("quote")
    return {
        "id": text_in(row, "uri", "id"),
        "text": text,
        "platform": "mastodon",
        "author": text_in(account, "acct", "username"),
        "author_id": text_in(account, "uri", "url", "id"),
        "created": _find_moment(text_in(row, "created_at"), records),
        "url": text_in(row, "url", "uri"),
        "title": text_in(said, "spoiler_text"),
        "reply_to": text_in(row, "in_reply_to_id"),
        "repost_of": text_in(said, "uri", "id") if said is not row else None,
        "quote_of": text_in(quoted, "uri", "id") if isinstance(quoted, dict) else None,
        "counts": counts,
        "marked": marked,
    }


def _find_moment(written: str | None, records: Records) -> str | None:
    when = None if written is None else find_when(written)
    if written is not None and when is None:
        records.note("created", example=repr(written[:40]))
    return when


def _read_content(row: Row, names: list[str], records: Records) -> tuple[str, tuple[Entity, ...]]:
    """The text of a post's HTML, and what its links are; a link is a tag or a name if the post lists it as one."""
    content = words_in(row, "content")
    if not content:
        forms = [each for each in object_in(row, "contentMap").values() if isinstance(each, str)]
        content = forms[0] if forms else ""
    text, links = flatten(parse_html(content))
    listed = {name.casefold() for name in names}
    listed |= {name.rpartition("@")[0] for name in listed if name.startswith("@") and name.count("@") > 1}
    marked = tuple(_mark(text, link, listed) for link in links)
    seen = {text[each.start : each.end].casefold() for each in marked}
    for name in names:
        plain = name.casefold()
        if plain not in seen and not (plain[:1] == "@" and plain.rpartition("@")[0] in seen):
            records.note("mark-lost", "hashtag" if plain[:1] == "#" else "handle", example=repr(name))
    return text, marked


def _mark(text: str, link: Link, listed: set[str]) -> Entity:
    surface = text[link.start : link.end]
    known = "mention" in link.classes.split() or surface.casefold() in listed
    if known and surface[:1] == "#":
        return mark("hashtag", surface, link.start, link.end)
    if known and surface[:1] == "@":
        return mark("handle", surface, link.start, link.end)
    return mark("url", surface, link.start, link.end, link.href or None)
