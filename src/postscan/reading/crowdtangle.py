"""CrowdTangle's tables of posts on Facebook (pages and groups) and Instagram.

A post's own words are its message, on Instagram its description. What stands beside it (the text in a picture, the
title and description of a linked page) was written by others or by machines, and is left out.
"""

from __future__ import annotations

import re

from postscan.reading.cells import first_rows
from postscan.reading.delimited import CellsByName, read_export
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.rows import find_when

_NEEDS = ("Post Created", "URL")
_OWNERS = ("Page Name", "Group Name", "Account")
_SHIFTS = {"EDT": "-04:00", "EST": "-05:00", "PDT": "-07:00", "PST": "-08:00", "UTC": "Z", "GMT": "Z"}
"""Of the zones that the export writes behind its times."""
_TIME = re.compile(r"(\S+ \S+) ([A-Z]{3})")
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_FACEBOOK = re.compile(r"facebook\.com/(?:groups/)?([0-9]+)/(?:posts|videos|permalink)/([0-9]+)")
_INSTAGRAM = re.compile(r"instagram\.com/(?:p|reel|tv)/([A-Za-z0-9_-]+)")


def matches(head: bytes, name: str) -> bool:
    """Whether the first row names a post's moment, its address and the owner of its page as CrowdTangle does."""
    if b"Post Created" not in head[: 1 << 13]:
        return False
    header = next(iter(first_rows(head, name, 1)), [])
    return set(_NEEDS) <= set(header) and any(owner in header for owner in _OWNERS)


def read(opened: Opened) -> Items:
    """A post a row; one without words of its own is skipped."""
    yield from read_export(opened, prepare=lambda _: _fields, needs=_NEEDS, ids=("Facebook Id",))


def _fields(row: CellsByName, records: Records) -> Fields:
    get = row.get
    counts = {
        "likes": _number(get("Likes")),
        "shares": _number(get("Shares")),
        "replies": _number(get("Comments")),
        "views": _number(get("Post Views") or get("Views")),
    }
    instagram = "Account" in row
    owner = next((row[name] for name in _OWNERS if get(name)), None)
    return {
        "id": _identifier(row["URL"]),
        "text": get("Description", "") if instagram else get("Message", ""),
        "platform": "instagram" if instagram else "facebook",
        "author": None if "Group Name" in row else get("User Name") or owner,
        "author_id": None if "Group Name" in row else get("Facebook Id") or None,
        "channel": owner,
        "created": _moment(row["Post Created"].strip(), records),
        "url": row["URL"] or None,
        "title": (get("Title") or None) if instagram else None,
        "counts": {name: count for name, count in counts.items() if count is not None},
    }


def _moment(written: str, records: Records) -> str | None:
    found = _TIME.fullmatch(written)
    shift = _SHIFTS.get(found[2]) if found else ""
    when = None if shift is None else find_when((found[1] if found else written) + shift)
    if when is None and written:
        records.note("created", example=repr(written[:40]))
    return when


def _number(cell: str | None) -> int | None:
    return int(cell.replace(",", "")) if cell and len(cell) < 19 and _NUMBER.fullmatch(cell) else None


def _identifier(url: str) -> str | None:
    """The platform's own id of a post, where its address has it."""
    if found := _FACEBOOK.search(url):
        return f"{found[1]}_{found[2]}"
    found = _INSTAGRAM.search(url)
    return found[1] if found else None
