"""Mastodon and its kin: the outbox of one's own download (ActivityPub), and statuses of the interface."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from postscan.model import Entity, Problem
from postscan.reading.documents import Document, Keys, Value
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
_LISTS = ("statuses", "ancestors", "descendants")
"""What holds statuses in the answer to a search, around a status, and in the files of mastodon-archive."""
_OTHERS = {"favourites": "favourite", "bookmarks": "bookmark", "mentions": "notification"}
"""What lies beside them in the latter, and what each is called."""


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is a collection of activities, or one of the first objects is a status."""
    found = peek(head)
    return found is not None and any(_is_outbox(row) or is_status(row) or _holds_statuses(row) for row in found.rows)


def is_status(row: Row) -> bool:
    """Whether an object is a status of the interface."""
    account = row.get("account")
    return isinstance(row.get("content"), str) and isinstance(account, dict) and "username" in account


def _holds_statuses(row: Row) -> bool:
    lists = (row.get(name) for name in _LISTS)
    return any(isinstance(each, list) and each and isinstance(each[0], dict) and is_status(each[0]) for each in lists)


def read(opened: Opened) -> Items:
    """A post an activity that made one, or a status; boosts without text are skipped by name."""
    found = peek(as_utf8(opened.stream.head))
    if found is not None and is_status(found.rows[0]):
        yield from read_each(opened, status_fields, alone)
        return
    records = Records(opened.path, opened.notes)
    document = Document(opened.stream, opened.encoding)
    if found is not None and any(_holds_statuses(row) for row in found.rows):
        yield from _take_lists(walk(document.walk(_opens_lists), records), records)
    else:
        yield from take_each(walk(document.walk(_opens), records), records, _activity_fields, whole=False)


def _take_lists(values: Iterable[Value | Problem], records: Records) -> Items:
    for each in values:
        if isinstance(each, Problem):
            yield each
        elif len(each.keys) == 2 and each.keys[0] in _OTHERS:
            yield records.skip(_OTHERS[each.keys[0]])
        elif len(each.keys) == 2:
            yield records.take(_listed_fields, each.value)
    yield from records.ended()


def _listed_fields(value: Any, records: Records) -> Fields | str:
    if not isinstance(value, dict):
        raise FieldError("not an object")
    return status_fields(value, records)


def _is_outbox(row: Row) -> bool:
    kind = row.get("type")
    return kind in ("OrderedCollection", "OrderedCollectionPage", "Collection") and any(n in row for n in _OUTBOX)


def _opens(keys: Keys, sign: str) -> bool:
    return keys == () or (sign == "[" and keys[-1] in _OUTBOX)


def _opens_lists(keys: Keys, sign: str) -> bool:
    return keys == () or (sign == "[" and len(keys) == 1 and keys[0] in (*_LISTS, *_OTHERS))


def _activity_fields(activity: Any, records: Records) -> Fields | str:
    if isinstance(activity, str):  # of likes, bookmarks, followers
        return "only an address"
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
    account = _find_account(actor, text_in(said, "url"))
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
        "counts": {**_total(said, "likes"), **_total(said, "shares")},
        "marked": marked,
    }


def _find_account(actor: str | None, url: str | None) -> re.Match[str] | None:
    """Name and host of an actor; newer servers number actors, and have the name only in the address of the page."""
    account, page = _ACCOUNT.match(actor or ""), _ACCOUNT.match(url or "")
    numbered = account is not None and "/ap/users/" in account[0]
    return page if numbered and page and account and page["host"] == account["host"] else account


def _total(said: Row, name: str) -> dict[str, int]:
    """How many likes or shares a post has, where it says so; else only where they can be asked for."""
    value = said.get(name)
    return counts_in(value, **{name: "totalItems"}) if isinstance(value, dict) else {}


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
        "quote_of": _find_quote(said),
        "counts": counts,
        "marked": marked,
    }


def _find_quote(said: Row) -> str | None:
    """What a status quotes: inside it, in an object that says whether it may be shown, or only by its id."""
    quote = said.get("quote")
    if not isinstance(quote, dict):
        return text_in(said, "quote_id")
    quoted = quote.get("quoted_status")
    return text_in(quoted if isinstance(quoted, dict) else quote, "uri", "quoted_status_id", "id")


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
