"""Bluesky: posts as its interface and its repositories give them, with what its facets mark, in bytes of UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from postscan.model import Entity
from postscan.offsets import from_utf8
from postscan.reading.marks import mark
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, read_each
from postscan.reading.rows import find_when
from postscan.reading.values import Row, count_in, counts_in, from_epoch, object_in, objects_in, text_in, words_in

BEGINS = b"[{"

_POST = "app.bsky.feed.post"
_LISTS = ("feed", "posts", "records")
_KINDS = {"tag": "hashtag", "mention": "handle", "link": "url"}
_NAMES = {"repost": "repost without its text", "like": "like"}
_EVENTS = ("identity", "account", "sync", "info")
"""What the stream says of accounts, beside records."""
_SNAKE = re.compile("_([a-z])")
_DEEPEST = 12
_URI = re.compile(r"at://(?P<did>[^/\s]+)/(?P<kind>[^/\s]+)/(?P<key>[^/\s]+)")


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether one of the first objects is a post of Bluesky, has one inside, or is an event of its stream."""
    found = peek(head)
    return found is not None and any(_is_known(row) for row in found.rows)


def read(opened: Opened) -> Items:
    """A post a record; likes, follows and reposts without text are skipped by name."""
    yield from read_each(opened, fields_of, _unfold)


def _is_known(row: Row) -> bool:
    if "app.bsky." in str(row.get("$type", row.get("py_type", ""))) or _find_event(row) is not None:
        return True
    if "app.bsky." in str(row.get("uri", "")):  # a table of posts with names of its own is read by its columns
        return "text" not in row or "createdAt" in row or "created_at" in row
    for name in ("record", "value", "post", "commit", "thread"):
        inside = row.get(name)
        if isinstance(inside, dict) and (
            "app.bsky." in str(inside.get("$type", ""))
            or "app.bsky." in str(inside.get("uri", ""))
            or "app.bsky." in str(inside.get("collection", ""))
        ):
            return True
    lists = (row.get(name) for name in _LISTS)
    return any(isinstance(each, list) and each and isinstance(each[0], dict) and _is_known(each[0]) for each in lists)


def _unfold(row: dict[str, Any], records: Records) -> Iterator[Row]:  # noqa: ARG001
    name = next((name for name in _LISTS if isinstance(row.get(name), list)), None)
    if name is not None:
        yield from objects_in(row, name)
    elif isinstance(row.get("thread"), dict):
        yield from _posts_of(row["thread"])
    else:
        yield row


def _posts_of(thread: Row) -> Iterator[Row]:
    """The posts of a thread: those above the one that was asked for, from the first on, it, and all its answers."""
    above: list[Row] = []
    parent = thread.get("parent")
    while isinstance(parent, dict):
        above.append(parent)
        parent = parent.get("parent")
    yield from reversed(above)
    left = [thread]
    while left:
        one = left.pop()
        yield one
        left += reversed(objects_in(one, "replies"))


def _find_event(row: Row) -> str | None:
    """What an event of the stream that is about an account, and has no record, is called."""
    kind = row.get("kind")
    known = isinstance(kind, str) and kind in _EVENTS and isinstance(row.get(kind), dict)
    return kind if known and str(row.get("did")).startswith("did:") else None


def _of_sdk(row: Row) -> bool:
    """Whether fields have the names of Python's atproto, as its `model_dump` writes them, or of tables made with it."""
    inside = row.get("post")
    return any("py_type" in each or "created_at" in each for each in (row, inside) if isinstance(each, dict))


def _renamed(value: Any, depth: int = 0) -> Any:
    """A row of that kind with the names of the interface, as deep as anything that is read lies in it."""
    if depth > _DEEPEST:
        return value
    if isinstance(value, list):
        return [_renamed(each, depth + 1) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        "$type" if name == "py_type" else _SNAKE.sub(lambda found: found[1].upper(), name): _renamed(each, depth + 1)
        for name, each in value.items()
    }


def fields_of(row: Row, records: Records) -> Fields | str:
    """The fields of a post: a view of one, an entry of a feed, a record of a repository, or an event of the stream."""
    if _of_sdk(row):
        row = _renamed(row)
    entry, row = row, object_in(row, "post") or _from_tap(row)
    if str(row.get("$type", "")).endswith(("#notFoundPost", "#blockedPost")):
        return "tombstone: deleted or blocked"
    if event := _find_event(row):
        return f"Bluesky event: {event}"
    commit = object_in(row, "commit")
    record = object_in(row, "record") or object_in(row, "value") or object_in(commit, "record") or row
    kind = text_in(record, "$type") or text_in(commit, "collection") or _POST
    if kind != _POST:
        name = kind.rpartition(".")[2]
        return _NAMES.get(name, f"Bluesky record: {name}")
    if text_in(commit, "operation") == "delete":
        return "tombstone: delete"
    author = _find_author(row)
    did = text_in(author, "did") or text_in(row, "did")
    key = text_in(commit, "rkey")
    uri = text_in(row, "uri") or (f"at://{did}/{_POST}/{key}" if did and key else None)
    place = _URI.fullmatch(uri or "")
    did = did or (place["did"] if place else None)
    created = text_in(record, "createdAt")
    when = find_when(created) if created else from_epoch((count_in(row, "time_us") or -1000) // 1000)
    if created and when is None:
        records.note("created", example=repr(created[:40]))
    embed = object_in(record, "embed")
    if any(text_in(image, "alt") for image in _pictures(embed)):
        records.note("alt")
    text = words_in(record, "text") or ""
    fields = {
        "id": uri,
        "text": text,
        "platform": "bluesky",
        "author": text_in(author, "handle") or did,
        "author_id": did,
        "created": when,
        "url": f"https://bsky.app/profile/{text_in(author, 'handle') or did}/post/{place['key']}" if place else None,
        "reply_to": text_in(object_in(record, "reply", "parent"), "uri") or text_in(record, "replyTo"),
        "quote_of": _find_quote(embed),
        "counts": counts_in(row, likes="likeCount", shares="repostCount", replies="replyCount"),
        "marked": _find_marks(text, record, records),
    }
    reason = object_in(entry, "reason")
    if "by" in reason:
        by = object_in(reason, "by")
        when = text_in(reason, "indexedAt")
        fields |= {
            "id": text_in(reason, "uri"),
            "repost_of": uri,
            "author": text_in(by, "handle") or text_in(by, "did"),
            "author_id": text_in(by, "did"),
            "created": find_when(when) if when else None,
            "reply_to": None,
        }
    return fields


def _find_author(row: Row) -> Row:
    """Who posted; in tables of posts only a name or did stands there."""
    if not isinstance(row.get("author"), str):
        return object_in(row, "author")
    return {"did" if row["author"].startswith("did:") else "handle": row["author"]}


def _from_tap(row: Row) -> Row:
    """An event of a tap, which holds the record one level deeper, as one of the stream; another row as it is."""
    event = object_in(row, "record")
    if "collection" not in event or "action" not in event:
        return row
    return {**event, "commit": {**event, "operation": event["action"]}}


def _find_quote(embed: Row) -> str | None:
    """The post that is quoted; lists, feeds and packs are shown in the same way, and are no posts."""
    uri = text_in(object_in(embed, "record"), "uri") or text_in(object_in(embed, "record", "record"), "uri")
    place = _URI.fullmatch(uri or "")
    return uri if place and place["kind"] == _POST else None


def _pictures(embed: Row) -> list[Row]:
    return objects_in(embed, "images") or objects_in(object_in(embed, "media"), "images")


def _find_marks(text: str, record: Row, records: Records) -> tuple[Entity, ...]:
    """What the facets mark, where they lie in the text."""
    found: dict[tuple[int, int], Entity] = {}
    size = len(text.encode("utf-8", "surrogatepass"))
    for facet in objects_in(record, "facets"):
        index = object_in(facet, "index")
        start, end = index.get("byteStart"), index.get("byteEnd")
        for feature in objects_in(facet, "features"):
            kind = _KINDS.get((text_in(feature, "$type") or "").rpartition("#")[2])
            if kind is None:
                continue
            if type(start) is not int or type(end) is not int or not 0 <= start < end <= size:
                records.note("mark-lost", kind, example=repr(text_in(feature, "tag", "uri", "did")))
                continue
            [span] = from_utf8(text, [(start, end)])
            surface = text[span[0] : span[1]]
            if surface != surface.strip() or not surface or (kind != "url" and surface[0] not in "#＃@＠"):
                records.note("mark-lost", kind, example=repr(surface))
                continue
            found.setdefault(span, mark(kind, surface, *span, text_in(feature, "uri")))
    return tuple(found[span] for span in sorted(found))
