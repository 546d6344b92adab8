"""What YouTube's interface answers: comments in threads, one by one, and videos; pages of them, or each alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from postscan.reading.markup import flatten, parse_html
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, read_each
from postscan.reading.rows import find_when
from postscan.reading.values import Row, counts_in, object_in, objects_in, text_in, words_in

BEGINS = b"[{"

_KINDS = frozenset((
    "youtube#commentThreadListResponse", "youtube#commentListResponse", "youtube#commentThread", "youtube#comment",
    "youtube#videoListResponse", "youtube#video",
))  # fmt: skip
_MARKUP = re.compile(r"<br ?/?>|</[ab]>|&(?:#39|quot|amp|lt|gt);")
"""What the displayed text has where it is HTML, which is up to who asked for it."""


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first object says that it is comments or videos of the interface."""
    found = peek(head)
    kind = found.rows[0].get("kind") if found is not None else None
    return isinstance(kind, str) and kind in _KINDS


def read(opened: Opened) -> Items:
    """A post a comment, its answers behind it, or a video with its description."""
    yield from read_each(opened, _fields, _unfold)


def _unfold(row: dict[str, Any], records: Records) -> Iterator[Row]:  # noqa: ARG001
    for item in objects_in(row, "items") if "items" in row else [row]:
        thread = object_in(item, "snippet", "topLevelComment")
        if not thread:
            yield item
            continue
        count = object_in(item, "snippet").get("totalReplyCount")
        yield {**thread, "replyCount": count}
        yield from objects_in(item, "replies", "comments")


def _fields(item: Row, records: Records) -> Fields | str:
    said, number = object_in(item, "snippet"), item.get("id")
    kind = text_in(item, "kind")
    if kind not in ("youtube#comment", "youtube#video"):
        return f"no comment or video: {kind or 'object'}"
    written = text_in(said, "publishedAt")
    created = find_when(written) if written else None
    if written and created is None:
        records.note("created", example=repr(written[:40]))
    fields = {"id": text_in(item, "id") if not isinstance(number, dict) else None, "platform": "youtube"}
    if kind == "youtube#video":
        title, counts = words_in(said, "title"), object_in(item, "statistics")
        return fields | {
            "text": words_in(said, "description") or title or "",
            "author": text_in(said, "channelTitle"),
            "author_id": text_in(said, "channelId"),
            "channel": text_in(said, "channelTitle"),
            "created": created,
            "title": title,
            "counts": counts_in(counts, likes="likeCount", views="viewCount", replies="commentCount"),
        }
    counts = counts_in(said, likes="likeCount") | counts_in(item, replies="replyCount")
    return fields | {
        "text": words_in(said, "textOriginal") or _plain(words_in(said, "textDisplay") or ""),
        "author": text_in(said, "authorDisplayName"),
        "author_id": text_in(object_in(said, "authorChannelId"), "value"),
        "created": created,
        "reply_to": text_in(said, "parentId", "videoId"),
        "counts": counts,
    }


def _plain(shown: str) -> str:
    return flatten(parse_html(shown))[0] if _MARKUP.search(shown) else shown
