"""What Reddit's interface, and those of its mirrors, answer: listings, threads with replies, pages of a search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, read_each
from postscan.reading.reddit import fields_of, is_entry
from postscan.reading.values import Row, object_in, objects_in, text_in

BEGINS = b"[{"

_LISTING = "Listing"


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first object is a listing, a page of entries, or, in an array or alone, an entry."""
    found = peek(head)
    if found is None:
        return False
    row = found.rows[0]
    return _is_listing(row) or _is_page(row) or (found.form != "lines" and is_entry(row))


def read(opened: Opened) -> Items:
    """A post a submission or comment, each before its replies; what was deleted or removed is skipped."""
    yield from read_each(opened, _fields, _unfold)


def _is_listing(row: Row) -> bool:
    data = row.get("data")
    return row.get("kind") == _LISTING and isinstance(data, dict) and isinstance(data.get("children"), list)


def _is_page(row: Row) -> bool:
    data = row.get("data")
    return isinstance(data, list) and bool(data) and isinstance(data[0], dict) and is_entry(data[0])


def _unfold(row: dict[str, Any], records: Records) -> Iterator[Row]:  # noqa: ARG001
    """What is in an object, the replies to a comment behind it; each has its kind where the interface says it."""
    if isinstance(row.get("data"), list):
        yield from objects_in(row, "data")
        return
    waiting = [row]
    while waiting:
        thing = waiting.pop()
        data = object_in(thing, "data") if "kind" in thing else thing
        if thing.get("kind") == _LISTING:
            waiting += [dict(each) for each in reversed(objects_in(data, "children"))]
            continue
        yield data if is_entry(data) else {"kind": text_in(thing, "kind")}
        replies = data.get("replies")
        if isinstance(replies, dict):
            waiting.append(replies)


def _fields(row: Row, records: Records) -> Fields | str:
    if is_entry(row):
        return fields_of(row, records)
    kind = text_in(row, "kind")
    return "comments that were not fetched" if kind == "more" else f"no submission or comment: {kind or 'object'}"
