"""What yt-dlp writes of a video (`--write-info-json`, `--dump-json`): its description, and comments if asked for."""

from __future__ import annotations

from typing import Any

from postscan.model import Problem
from postscan.reading.documents import ITEM, Document, Keys
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, walk
from postscan.reading.rows import FieldError
from postscan.reading.values import Row, counts_in, from_epoch, text_in, words_in

BEGINS = b"{"

_PLATFORMS = {
    "youtube": "youtube", "tiktok": "tiktok", "twitter": "x", "instagram": "instagram", "facebook": "facebook",
    "reddit": "reddit", "telegram": "telegram", "bluesky": "bluesky",
}  # fmt: skip
_ABOUT = frozenset((
    "id", "title", "description", "extractor_key", "webpage_url", "uploader", "uploader_id", "channel", "channel_id",
    "timestamp", "upload_date", "view_count", "like_count", "comment_count", "repost_count",
))  # fmt: skip
_ROOT = "root"
"""What an answer to the video itself answers to."""


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether it is an object with the formats of a video, or with how and where yt-dlp found it."""
    found = peek(head)
    if found is None or found.form == "array":
        return False
    row = found.rows[0]
    formats = row.get("formats")
    first = formats[0] if isinstance(formats, list) and formats else None
    offered = isinstance(first, dict) and "format_id" in first and "title" in row
    return offered or {"extractor_key", "webpage_url", "title"} <= row.keys()


def read(opened: Opened) -> Items:
    """A post a comment, then one of the video's description; comments have no time, since only their age is known."""
    records = Records(opened.path, opened.notes)
    video: dict[str, Any] = {}
    for found in walk(Document(opened.stream, opened.encoding).walk(_opens), records):
        if isinstance(found, Problem):
            yield found
        elif found.keys == ("comments", ITEM):
            yield records.take(_comment_fields, (found.value, video))
        elif len(found.keys) == 1 and found.keys[0] in _ABOUT:
            if found.keys[0] in video:  # the next one begins
                yield records.take(_video_fields, video)
                video = {}
            video[found.keys[0]] = found.value
    if video:
        yield records.take(_video_fields, video)
    yield from records.ended()


def _opens(keys: Keys, sign: str) -> bool:
    return keys == () or (sign == "[" and keys == ("comments",))


def _platform(video: Row) -> str | None:
    return _PLATFORMS.get((text_in(video, "extractor_key") or "").casefold())


def _video_fields(video: Row, records: Records) -> Fields:  # noqa: ARG001
    """Those of the video; one without a description has its title as text."""
    title = words_in(video, "title")
    day = text_in(video, "upload_date") or ""
    created = from_epoch(video.get("timestamp"))
    if created is None and len(day) == 8 and day.isdecimal():
        created = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return {
        "id": text_in(video, "id"),
        "text": words_in(video, "description") or title or "",
        "platform": _platform(video),
        "author": text_in(video, "uploader", "channel"),
        "author_id": text_in(video, "channel_id", "uploader_id"),
        "channel": text_in(video, "channel"),
        "created": created,
        "url": text_in(video, "webpage_url"),
        "title": title,
        "counts": counts_in(
            video, likes="like_count", views="view_count", replies="comment_count", shares="repost_count"
        ),
    }


def _comment_fields(item: tuple[Any, Row], records: Records) -> Fields:
    comment, video = item
    if not isinstance(comment, dict):
        raise FieldError("not an object")
    age = text_in(comment, "_time_text", "time_text")
    if age:  # the time beside it is reckoned from it
        records.note("created", example=repr(age[:40]))
    parent = text_in(comment, "parent")
    return {
        "id": text_in(comment, "id"),
        "text": words_in(comment, "text") or "",
        "platform": _platform(video),
        "author": text_in(comment, "author"),
        "author_id": text_in(comment, "author_id"),
        "channel": text_in(video, "channel"),
        "created": None if age else from_epoch(comment.get("timestamp")),
        "reply_to": text_in(video, "id") if parent in (None, _ROOT) else parent,
        "counts": counts_in(comment, likes="like_count"),
    }
