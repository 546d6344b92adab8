"""The download of one's own posts, reels, stories and comments that Instagram gives, as JSON."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from postscan.reading.documents import Document, Keys
from postscan.reading.encodings import as_utf8
from postscan.reading.meta_downloads import mender
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, take_each, walk
from postscan.reading.rows import FieldError, find_when
from postscan.reading.values import Row, from_epoch, object_in, objects_in, text_in, words_in

BEGINS = b"[{"

Mend = Callable[[str | None], str | None]
_LISTS = ("ig_", "comments_", "text_post_app_")
"""How the names of lists in an object begin: of posts, of comments, of posts on Threads."""
_OLD_LISTS = ("photos", "videos", "stories", "media_comments", "live_comments")
"""Those of downloads until 2020."""
_OLD_COMMENT = 3
"""A moment, the words, and whose post it is about."""


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first objects have media with a time, or a comment as the download writes it."""
    found = peek(head)
    if found is None:
        return False
    row = found.rows[0]
    if found.form != "array":
        lists = [value for name, value in row.items() if isinstance(value, list) and name.startswith(_LISTS)]
        if _is_entry(row) or any(each and isinstance(each[0], dict) and _is_entry(each[0]) for each in lists):
            return True
        old = [each for name in _OLD_LISTS if isinstance(each := row.get(name), list) and each]
        return any(_is_old(each[0]) for each in old)
    return _is_entry(row)


def _is_old(entry: Any) -> bool:
    """Whether it is a picture or a comment as downloads until 2020 write them."""
    if isinstance(entry, list):
        return len(entry) == _OLD_COMMENT and isinstance(entry[0], str) and find_when(entry[0]) is not None
    return isinstance(entry, dict) and {"caption", "taken_at", "path"} <= entry.keys()


def _is_entry(row: Row) -> bool:
    media, said = row.get("media"), row.get("string_map_data")
    if isinstance(said, dict):
        return "Comment" in said or ("media_list_data" in row and _find_comment(said) is not None)
    first = media[0] if isinstance(media, list) and media else row if "uri" in row else None
    return isinstance(first, dict) and "creation_timestamp" in first


def _find_comment(said: Row) -> tuple[Row, Row, Row] | None:
    """A comment, whose post it is about and its time: in this order, under names in the language of the account."""
    parts = [each for each in said.values() if isinstance(each, dict)]
    if len(parts) not in (2, 3) or len(parts) != len(said):
        return None
    comment, time = parts[0], parts[-1]
    if "value" not in comment or comment.get("timestamp") or not time.get("timestamp") or time.get("value"):
        return None
    return comment, parts[1] if len(parts) == 3 else {}, time


def read(opened: Opened) -> Items:
    """A post an entry; its caption is its text."""
    records = Records(opened.path, opened.notes)
    mend = mender(opened.stream.head, records)
    found = peek(as_utf8(opened.stream.head))
    alone = found is not None and found.form != "array" and _is_entry(found.rows[0])

    def opens(keys: Keys, sign: str) -> bool:
        return not alone and (keys == () or (sign == "[" and len(keys) == 1))

    values = walk(Document(opened.stream, opened.encoding).walk(opens), records)
    yield from take_each(values, records, functools.partial(_fields, mend=mend), whole=alone)


def _fields(entry: Any, records: Records, *, mend: Mend) -> Fields | str:
    if isinstance(entry, list) or (isinstance(entry, dict) and "taken_at" in entry):
        return _old_fields(entry, records, mend=mend)
    if not isinstance(entry, dict):
        raise FieldError("not an object")
    said = object_in(entry, "string_map_data")
    found = None if "Comment" in said else _find_comment(said)
    if found is not None:
        comment, owner, time = found
        text, channel = text_in(comment, "value"), text_in(owner, "value")
        when: object = time.get("timestamp")
    elif said:
        text = text_in(object_in(said, "Comment"), "value")
        when = object_in(said, "Time").get("timestamp")
        channel = text_in(object_in(said, "Media Owner"), "value")
    else:
        media = objects_in(entry, "media") or [entry]
        # A post of several pictures has its caption beside them, one of a single picture has it there.
        text = words_in(entry, "title") or next((words_in(each, "title") for each in media if each.get("title")), None)
        when = entry.get("creation_timestamp") or media[0].get("creation_timestamp")
        channel = None
    created = from_epoch(when)
    if created is None and when is not None:
        records.note("created", example=repr(str(when)[:40]))
    return {"text": mend(text) or "", "platform": "instagram", "channel": mend(channel), "created": created}


def _old_fields(entry: Any, records: Records, *, mend: Mend) -> Fields:
    """Those of a picture or a comment of downloads until 2020."""
    row: Row = entry if isinstance(entry, dict) else dict(zip(("taken_at", "caption", "owner"), entry, strict=False))
    written = text_in(row, "taken_at")
    created = find_when(written) if written else None
    if written and created is None:
        records.note("created", example=repr(written[:40]))
    text, owner = words_in(row, "caption"), text_in(row, "owner")
    return {"text": mend(text) or "", "platform": "instagram", "channel": mend(owner), "created": created}
