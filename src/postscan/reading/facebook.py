"""The download of one's own posts, comments and posts in groups that Facebook gives, as JSON."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from postscan.reading.documents import Document, Keys
from postscan.reading.meta_downloads import mender
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, take_each, walk
from postscan.reading.rows import FieldError
from postscan.reading.values import Row, from_epoch, object_in, objects_in, text_in, words_in

BEGINS = b"[{"

_PARTS = frozenset(("timestamp", "data", "attachments", "title", "tags", "place", "fbid"))
_LISTS = (
    "comments_v2",
    "comments",
    "group_posts_v2",
    "group_posts_v3",
    "status_updates",
    "your_posts",
    "wall_posts_sent_to_you",
)
Mend = Callable[[str | None], str | None]


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether all of the first objects have fields of the download alone, a time and something said among them."""
    found = peek(head)
    if found is None:
        return False
    if found.form != "array":
        return any(isinstance(found.rows[0].get(name), list) for name in _LISTS)
    return all(_is_entry(row) for row in found.rows) or (len(found.rows) > 1 and _is_entry(found.rows[0]))


def _is_entry(row: Row) -> bool:
    return row.keys() <= _PARTS and "timestamp" in row and len(row) > 1


def read(opened: Opened) -> Items:
    """A post an entry that says something; what only shows or shares is skipped."""
    records = Records(opened.path, opened.notes)
    mend = mender(opened.stream.head, records)
    values = walk(Document(opened.stream, opened.encoding).walk(_opens), records)
    yield from take_each(values, records, functools.partial(_fields, mend=mend), whole=False)


def _opens(keys: Keys, sign: str) -> bool:
    return keys == () or (sign == "[" and len(keys) == 1)


def _fields(entry: Any, records: Records, *, mend: Mend) -> Fields | str:
    if not isinstance(entry, dict):
        raise FieldError("not an object")
    said = objects_in(entry, "data")
    comment = next((object_in(each, "comment") for each in said if "comment" in each), None)
    text = next((words_in(each, "post") for each in said if each.get("post")), None)
    if comment is not None:
        text = words_in(comment, "comment")
    created = from_epoch(entry.get("timestamp")) or from_epoch((comment or {}).get("timestamp"))
    if created is None and "timestamp" in entry:
        records.note("created", example=repr(str(entry["timestamp"])[:40]))
    return {
        "text": mend(text) or "",
        "platform": "facebook",
        "author": mend(text_in(comment or {}, "author")),
        "channel": mend(text_in(comment or {}, "group")),
        "created": created,
        "title": mend(text_in(entry, "title")),
    }
