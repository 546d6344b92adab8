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
from postscan.reading.rows import FieldError
from postscan.reading.values import Row, from_epoch, object_in, objects_in, text_in, words_in

BEGINS = b"[{"

Mend = Callable[[str | None], str | None]


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first objects have media with a time, or a comment as the download writes it."""
    found = peek(head)
    if found is None:
        return False
    row = found.rows[0]
    if found.form != "array":
        lists = [value for name, value in row.items() if isinstance(value, list) and name.startswith("ig_")]
        return _is_entry(row) or any(each and isinstance(each[0], dict) and _is_entry(each[0]) for each in lists)
    return _is_entry(row)


def _is_entry(row: Row) -> bool:
    media, said = row.get("media"), row.get("string_map_data")
    if isinstance(said, dict):
        return "Comment" in said
    first = media[0] if isinstance(media, list) and media else row if "uri" in row else None
    return isinstance(first, dict) and "creation_timestamp" in first


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
    if not isinstance(entry, dict):
        raise FieldError("not an object")
    said = object_in(entry, "string_map_data")
    if said:
        text = text_in(object_in(said, "Comment"), "value")
        when: object = object_in(said, "Time").get("timestamp")
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
