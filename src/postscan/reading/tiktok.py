"""The download of one's own data that TikTok gives (user_data.json): captions of videos, and comments."""

from __future__ import annotations

import re
from typing import Any

from postscan.model import Problem
from postscan.reading.documents import ITEM, Document, Keys
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, walk
from postscan.reading.rows import FieldError, find_when
from postscan.reading.streams import DamagedError
from postscan.reading.values import Row, count_in, text_in

BEGINS = b"{"

_VIDEOS, _COMMENTS = "VideoList", "CommentsList"
_OWN = frozenset(("Videos", "Posts"))
"""Where a list of videos is of one's own; others are of what was watched."""
_TOP = frozenset(("Video", "Post", "Comment", "Activity", "Your Activity", "Profile", "Direct Messages"))
_NAMES = frozenset(("userName", "UserName"))
_ID = re.compile(r"/video/([0-9]{6,20})")


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is one object with the parts of the download."""
    found = peek(head)
    if found is None or found.form == "array":
        return False
    row = found.rows[0]
    known = [value for name, value in row.items() if name in _TOP and isinstance(value, dict)]
    inside = {name for part in known for name in part}
    return len(known) > 1 or bool(inside & {"Videos", "Posts", "Comments", "Profile Info", "Profile Information"})


def read(opened: Opened) -> Items:
    """A post a video with a caption or a comment; each other list is skipped by its name, as one."""
    records = Records(opened.path, opened.notes)
    author = None
    found: list[tuple[str, Any]] = []
    problems: list[Problem] = []
    others: list[str] = []
    damage: DamagedError | OSError | None = None
    values = walk(Document(opened.stream, opened.encoding).walk(_opens), records)
    while True:
        try:
            each = next(values, None)
        except (DamagedError, OSError) as error:
            damage = error  # told after what could be read
            break
        if each is None:
            break
        if isinstance(each, Problem):
            problems.append(each)
        elif len(each.keys) > 1 and each.keys[-1] == ITEM:
            name = each.keys[-2]
            if name == _COMMENTS or (name == _VIDEOS and not _OWN.isdisjoint(each.keys)):
                found.append((name, each.value))
            elif name not in others:
                others.append(name)
        elif each.keys and each.keys[-1] in _NAMES and isinstance(each.value, str):
            author = each.value
    yield from problems
    for kind, value in found:
        yield records.take(_fields, (kind, value, author))
    for name in others:
        yield records.skip(f"TikTok list without posts: {name}")
    if damage is not None:
        raise damage
    yield from records.ended()


def _opens(keys: Keys, sign: str) -> bool:  # noqa: ARG001
    return len(keys) < 5 and ITEM not in keys


def _fields(item: tuple[str, Any, str | None], records: Records) -> Fields | str:
    kind, entry, author = item
    if not isinstance(entry, dict):
        raise FieldError("not an object")
    row: Row = {name.casefold(): value for name, value in entry.items()}
    words = text_in(row, "comment") if kind == _COMMENTS else text_in(row, "title", "caption", "description")
    if words is None and kind == _VIDEOS:
        return "video without a caption"
    written = text_in(row, "date")
    when = find_when(written.removesuffix(" UTC") + "Z" if written.endswith(" UTC") else written) if written else None
    if written and when is None:
        records.note("created", example=repr(written[:40]))
    link = text_in(row, "link", "url")
    number = _ID.search(link or "") if kind == _VIDEOS else None
    likes = count_in(row, "likes")
    return {
        "id": number[1] if number else None,
        "text": words or "",
        "platform": "tiktok",
        "author": author,
        "created": when,
        "url": link,
        "counts": {} if likes is None else {"likes": likes},
    }
