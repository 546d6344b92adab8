"""The download of one's own posts, comments and posts in groups that Facebook gives, as JSON."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from postscan.reading.documents import Document, Keys
from postscan.reading.encodings import as_utf8
from postscan.reading.meta_downloads import mender
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, take_each, walk
from postscan.reading.rows import FieldError
from postscan.reading.values import Row, from_epoch, object_in, objects_in, text_in, words_in

BEGINS = b"[{"

_PARTS = frozenset(("timestamp", "data", "attachments", "title", "tags", "place", "fbid"))
_LABELLED = frozenset(("timestamp", "media", "label_values", "fbid"))
_MESSAGE = "Message"
"""What newer downloads call one's own words; under other labels ("Caption") stand those of others."""
_LISTS = (
    "archived_stories_v2",
    "comments_v2",
    "comments",
    "group_comments_v2",
    "group_comments",
    "group_posts_v2",
    "group_posts_v3",
    "status_updates",
    "your_posts",
    "wall_posts_sent_to_you",
)
_MENTION = re.compile(r"@\[[0-9]+:[0-9]+:([^\[\]\n]{1,200})\]")
"""Who is named in a post, as it is written in the download; on the page it is the name alone."""
Mend = Callable[[str | None], str | None]


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether all of the first objects have fields of the download alone, a time and something said among them."""
    found = peek(head)
    if found is None:
        return False
    if found.form != "array":
        row = found.rows[0]
        if _is_alone(row):
            return True
        lists = [row[name] for name in _LISTS if isinstance(row.get(name), list)]
        old = row.get("group_posts")
        lists += [old["activity_log_data"]] if isinstance(old, dict) and "activity_log_data" in old else []
        return any(_are_entries(each) or (not each and len(row) == 1) for each in lists)
    return all(_is_entry(row) for row in found.rows) or (len(found.rows) > 1 and _is_entry(found.rows[0]))


def _are_entries(found: Any) -> bool:
    """Whether a list in an object begins with an entry; those in a list may lack the time."""
    first = found[0] if isinstance(found, list) and found else None
    return isinstance(first, dict) and first.keys() <= _PARTS and not first.keys().isdisjoint(("timestamp", "data"))


def _is_alone(row: Row) -> bool:
    """Whether an object is an entry, the only one of its file, that says something."""
    said = row.get("data")
    parts = said if isinstance(said, list) and row.keys() <= _PARTS and "timestamp" in row else []
    return any(isinstance(each, dict) and not each.keys().isdisjoint(("post", "comment")) for each in parts)


def _is_entry(row: Row) -> bool:
    if "label_values" in row:
        return row.keys() <= _LABELLED and _label(row) is not None
    return row.keys() <= _PARTS and "timestamp" in row and len(row) > 1


def _label(row: Row) -> Row | None:
    """The part of an entry of newer downloads in which one's own words stand."""
    values = row["label_values"]
    if not isinstance(values, list):
        return None
    return next((each for each in values if isinstance(each, dict) and each.get("label") == _MESSAGE), None)


def read(opened: Opened) -> Items:
    """A post an entry that says something; what only shows or shares is skipped."""
    records = Records(opened.path, opened.notes)
    mend = mender(opened.stream.head, records)
    found = peek(as_utf8(opened.stream.head))
    alone = found is not None and found.form != "array" and _is_alone(found.rows[0])
    values = walk(Document(opened.stream, opened.encoding).walk(_opens_none if alone else _opens), records)
    yield from take_each(values, records, functools.partial(_fields, mend=mend), whole=alone)


def _opens_none(keys: Keys, sign: str) -> bool:  # noqa: ARG001
    return False


def _opens(keys: Keys, sign: str) -> bool:
    if keys[:1] == ("group_posts",):  # older downloads have the list in an object
        return len(keys) == 1 or (sign == "[" and len(keys) == 2)
    return keys == () or (sign == "[" and len(keys) == 1)


def _fields(entry: Any, records: Records, *, mend: Mend) -> Fields | str:
    if not isinstance(entry, dict):
        raise FieldError("not an object")
    comment = next((object_in(each, "comment") for each in objects_in(entry, "data") if "comment" in each), None)
    text = _own_words(entry) if comment is None else words_in(comment, "comment")
    created = from_epoch(entry.get("timestamp")) or from_epoch((comment or {}).get("timestamp"))
    if created is None and "timestamp" in entry:
        records.note("created", example=repr(str(entry["timestamp"])[:40]))
    return {
        "id": text_in(entry, "fbid"),
        "text": _MENTION.sub(r"\1", mend(text) or ""),
        "platform": "facebook",
        "author": mend(text_in(comment or {}, "author")),
        "channel": mend(text_in(comment or {}, "group")),
        "created": created,
        "title": mend(text_in(entry, "title")),
    }


def _own_words(entry: Row) -> str | None:
    """The post; without one a note, an event of one's life, or what stands below the pictures, each once."""
    if "label_values" in entry:
        return words_in(_label(entry) or {}, "value")
    post = next((words_in(each, "post") for each in objects_in(entry, "data") if each.get("post")), None)
    if post is not None:
        return post
    parts: list[str | None] = []
    for attached in objects_in(entry, "attachments"):
        for each in objects_in(attached, "data"):
            note, event = object_in(each, "note"), object_in(each, "life_event")
            parts += [words_in(note, "title"), words_in(note, "text")]
            parts += [words_in(event, "title"), words_in(event, "description")]
            parts.append(words_in(object_in(each, "media"), "description"))
    return "\n\n".join(dict.fromkeys(part for part in parts if part))
