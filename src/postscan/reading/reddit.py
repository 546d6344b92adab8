"""Dumps of Reddit (Pushshift, Arctic Shift): submissions and comments, an object a line."""

from __future__ import annotations

from postscan.reading.marks import unescape
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, alone, read_each
from postscan.reading.values import Row, counts_in, from_epoch, text_in, words_in

BEGINS = b"{"

ROWS_ARE_LINES = True
"""A stretch of whole lines can be read alone."""

_GONE = frozenset(("[deleted]", "[removed]", "[deleted by user]", "[removed by moderator]", "[ Removed by Reddit ]"))


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether one of the first objects is a submission or a comment in a subreddit."""
    found = peek(head)
    return found is not None and found.form == "lines" and any(is_entry(row) for row in found.rows)


def is_entry(row: Row) -> bool:
    """Whether an object is a submission or a comment."""
    return "subreddit" in row and (("title" in row and "selftext" in row) or ("body" in row and "link_id" in row))


def read(opened: Opened) -> Items:
    """A post a submission or comment; what was deleted or removed is skipped."""
    yield from read_each(opened, fields_of, alone)


def fields_of(row: Row, records: Records) -> Fields | str:
    """The fields of a submission, its title before its text as on the page, or of a comment."""
    comment = "body" in row
    words = words_in(row, "body" if comment else "selftext") or ""
    title = unescape(words_in(row, "title") or "").strip()
    if words.strip() in _GONE or title in _GONE:
        return "tombstone: deleted or removed"
    text = unescape(words)
    number = text_in(row, "id")
    prefix = "t1_" if comment else "t3_"
    author = text_in(row, "author")
    link = text_in(row, "permalink")
    created = from_epoch(row.get("created_utc"))
    if created is None and row.get("created_utc") is not None:
        records.note("created", example=repr(str(row["created_utc"])[:40]))
    return {
        "id": text_in(row, "name") or (prefix + number if number else None),
        "text": text if comment else f"{title}\n\n{text}" if text.strip() else title,
        "platform": "reddit",
        "author": None if author in _GONE else author,
        "author_id": text_in(row, "author_fullname"),
        "channel": text_in(row, "subreddit"),
        "created": created,
        "url": f"https://www.reddit.com{link}" if link and link.startswith("/") else link,
        "title": title or None,
        "reply_to": text_in(row, "parent_id") if comment else None,
        "repost_of": text_in(row, "crosspost_parent"),
        "counts": counts_in(row, likes="score", replies="num_comments"),
    }
