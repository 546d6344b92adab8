"""JSON that is no platform's: an array of posts, an object that holds one, or one post; the fields are ours."""

from __future__ import annotations

from typing import Any

from postscan.model import Post, Problem, Skipped
from postscan.reading.documents import ITEM, Document, Fault, Keys
from postscan.reading.encodings import as_utf8
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import Peek, peek
from postscan.reading.rows import InexactError, RowReader
from postscan.reading.unread import JSON, NO_RECORDS

BEGINS = b"[{"

_NAMES = ("posts", "items", "data", "rows", "results", "records", "messages")


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is an array of objects, or one object over many lines."""
    found = peek(head)
    return found is not None and (found.form != "lines" or _list_in(found, "text") is not None)


def read(opened: Opened) -> Items:
    """A post an object, numbered from 0; skipped where nothing at its beginning has a text."""
    found = peek(as_utf8(opened.stream.head))
    wanted = opened.columns.get("text", "text")
    inside = _list_in(found, wanted) if found is not None else None
    if found is not None and inside is None and not any(wanted in row for row in found.rows):
        yield Skipped(opened.path, None, JSON)
        return
    rows = RowReader(opened.path, opened.columns, opened.notes, unit="record")
    record = 0

    def opens(keys: Keys, sign: str) -> bool:
        return (keys == () and (sign == "[" or inside is not None)) or (sign == "[" and keys == (inside,))

    for each in Document(opened.stream, opened.encoding).walk(opens):
        if isinstance(each, Fault):
            yield rows.problem(record, record, each.message)
        elif each.keys == () or each.keys[-1] == ITEM:
            if each.mended:
                opened.notes.add("surrogate", "", opened.path, times=each.mended)
            yield _make(rows, each.value, record)
        else:
            continue
        record += 1
    if not record:
        yield Skipped(opened.path, None, NO_RECORDS)


def _list_in(found: Peek, wanted: str) -> str | None:
    """The name of the list in an object whose first entry has the wanted field."""
    if found.form == "array" or wanted in found.rows[0]:
        return None
    for name in _NAMES:
        value = found.rows[0].get(name)
        if isinstance(value, list) and value and isinstance(value[0], dict) and wanted in value[0]:
            return name
    return None


def _make(rows: RowReader, row: Any, record: int) -> Post | Skipped | Problem:
    if not isinstance(row, dict):
        return rows.problem(record, record, 'not a JSON object; write a post as {"text": "..."}')
    try:
        return rows.post(rows.mapped(row) if rows.columns else row, record, record, names=row)
    except InexactError as error:
        return rows.problem(record, record, str(error))
