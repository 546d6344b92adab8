"""What Zeeschuimer collects and 4CAT hands on as NDJSON: each platform's own objects, with where they came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from postscan.reading import bluesky, mastodon, reddit, x_api
from postscan.reading.collected import SHAPES
from postscan.reading.opened import Items, Opened
from postscan.reading.peek import peek
from postscan.reading.records import Fields, Records, alone, read_each
from postscan.reading.rows import FieldError
from postscan.reading.values import Row, counts_in, from_epoch, object_in, objects_in, text_in, words_in

BEGINS = b"{"

ROWS_ARE_LINES = True
"""A stretch of whole lines can be read alone."""


def matches(head: bytes, name: str) -> bool:  # noqa: ARG001
    """Whether the first objects say where they were collected."""
    found = peek(head)
    return found is not None and found.form == "lines" and _is_item(found.rows[0])


def _is_item(row: Row) -> bool:
    return isinstance(row.get("__import_meta"), dict) or (
        "source_platform" in row and isinstance(row.get("data"), dict)
    )


def read(opened: Opened) -> Items:
    """A post a line, by the shape of its object."""
    yield from read_each(opened, _fields, alone)


def _fields(row: dict[str, Any], records: Records) -> Fields | str:
    about = object_in(row, "__import_meta") or row
    platform = text_in(about, "source_platform") or ""
    item = object_in(row, "data") if "__import_meta" not in row else row
    for known, fields in _SHAPES:
        if known(item):
            found = fields(item, records)
            if not isinstance(found, str):
                site = platform.removeprefix("www.").removesuffix("-comments")
                name = site.rpartition(".")[0] or site
                found["platform"] = _NAMES.get(name, name) or found["platform"]
            return found
    raise FieldError(f"an object of {platform or 'an unknown platform'} whose form is not known; export it as CSV")


def _is_tiktok(row: Row) -> bool:
    return "desc" in row and "createTime" in row


def _tiktok(row: Row, records: Records) -> Fields:  # noqa: ARG001
    person = row.get("author")
    person = person if isinstance(person, dict) else {"uniqueId": person}
    name, number = text_in(person, "uniqueId"), text_in(row, "id")
    stats = object_in(row, "stats") or object_in(row, "statsV2")
    return {
        "id": number,
        "text": words_in(row, "desc") or "",
        "platform": "tiktok",
        "author": name,
        "author_id": text_in(person, "id") or text_in(row, "authorId"),
        "created": from_epoch(row.get("createTime")),
        "url": f"https://www.tiktok.com/@{name}/video/{number}" if name and number else None,
        "counts": counts_in(stats, likes="diggCount", shares="shareCount", replies="commentCount", views="playCount"),
    }


def _is_instagram(row: Row) -> bool:
    return "taken_at" in row and ("caption" in row or "code" in row)


def _instagram(row: Row, records: Records) -> Fields:  # noqa: ARG001
    person = object_in(row, "user") or object_in(row, "owner")
    name, code = text_in(person, "username"), text_in(row, "code")
    threads = object_in(row, "text_post_app_info")
    if threads:
        url = f"https://www.threads.com/@{name}/post/{code}" if name and code else None
        counts = {**counts_in(row, likes="like_count"), **counts_in(threads, shares="repost_count")}
        counts |= counts_in(threads, replies="direct_reply_count")
    else:
        url = f"https://www.instagram.com/p/{code}/" if code else None
        counts = counts_in(row, likes="like_count", replies="comment_count", views="play_count")
    return {
        "id": code or text_in(row, "id", "pk"),
        "text": words_in(object_in(row, "caption"), "text") or "",
        "platform": "threads" if threads else "instagram",
        "author": name,
        "author_id": text_in(person, "pk", "id"),
        "created": from_epoch(row.get("taken_at")),
        "url": url,
        "quote_of": text_in(object_in(threads, "share_info", "quoted_post"), "code"),
        "counts": counts,
    }


def _is_instagram_graph(row: Row) -> bool:
    return "shortcode" in row and "edge_media_to_caption" in row


def _instagram_graph(row: Row, records: Records) -> Fields:  # noqa: ARG001
    captions = objects_in(row, "edge_media_to_caption", "edges")
    person, code = object_in(row, "owner") or object_in(row, "user"), text_in(row, "shortcode")
    likes = object_in(row, "edge_media_preview_like") or object_in(row, "edge_liked_by")
    comments = object_in(row, "edge_media_to_comment") or object_in(row, "edge_media_preview_comment")
    return {
        "id": code,
        "text": words_in(object_in(captions[0], "node"), "text") or "" if captions else "",
        "platform": "instagram",
        "author": text_in(person, "username"),
        "author_id": text_in(person, "id"),
        "created": from_epoch(row.get("taken_at_timestamp")),
        "url": f"https://www.instagram.com/p/{code}/" if code else None,
        "counts": {
            **counts_in(likes, likes="count"),
            **counts_in(comments, replies="count"),
        },
    }


def _is_bluesky(row: Row) -> bool:
    return "app.bsky." in str(row.get("uri", "")) or isinstance(row.get("post"), dict)


_SHAPES: tuple[tuple[Callable[[Row], bool], Callable[[Row, Records], Fields | str]], ...] = (
    (x_api.is_known, x_api.fields_of),
    *SHAPES,
    (_is_tiktok, _tiktok),
    (_is_instagram, _instagram),
    (_is_instagram_graph, _instagram_graph),
    (mastodon.is_status, mastodon.status_fields),
    (_is_bluesky, bluesky.fields_of),
    (reddit.is_entry, reddit.fields_of),
)
"""By what an object of a platform is known, and its fields; asked in this order."""
_NAMES = {"twitter": "x", "bsky": "bluesky"}
