"""Tables that 4CAT makes of its sources: `id`, `thread_id`, `author`, `body`, `timestamp`, and what each has more."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from postscan.reading.cells import first_rows
from postscan.reading.delimited import CellsByName, read_export
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.rows import find_when
from postscan.reading.values import count_in, from_epoch

_NEEDS = ("id", "thread_id", "body", "timestamp")
_IDS = ("id", "author_id", "quote_tweet_id")
_COUNTS = {
    "likes": ("like_count", "num_likes", "likes", "amount_likes", "score", "reactions_count"),
    "shares": ("retweet_count", "num_shares", "shares", "amount_shares", "reposts", "forwards"),
    "replies": ("reply_count", "num_comments", "comments", "amount_comments", "replies"),
    "views": ("impression_count", "num_views", "views", "plays", "amount_plays"),
}
_LINKS = ("url", "post_url", "link", "tweet_url", "tiktok_url", "permalink")
_HOSTS = {
    "x.com": "x", "twitter.com": "x", "tiktok.com": "tiktok", "instagram.com": "instagram", "threads.net": "threads",
    "threads.com": "threads", "facebook.com": "facebook", "t.me": "telegram", "reddit.com": "reddit",
    "bsky.app": "bluesky", "youtube.com": "youtube",
}  # fmt: skip
_SIGNS = {
    "tiktok_url": "tiktok", "retweet_count": "x", "is_retweet": "x", "subreddit": "reddit", "shortcode": "instagram",
    "author_forwarded_from_username": "telegram",
}  # fmt: skip
"""Columns that one source alone has."""
_REPOST = re.compile(r"RT @([A-Za-z0-9_]{1,20}):? ")
_YES = frozenset(("yes", "true", "1"))


def matches(head: bytes, name: str) -> bool:
    """Whether the first row has the columns that every table of 4CAT has."""
    return b"thread_id" in head[:4096] and set(_NEEDS) <= set(next(iter(first_rows(head, name, 1)), []))


def read(opened: Opened) -> Items:
    """A post a row; its subject stands before its body, as on the page."""
    yield from read_export(opened, prepare=lambda _: _fields, needs=_NEEDS, ids=_IDS)


def _fields(row: CellsByName, records: Records) -> Fields:
    body, subject = row["body"], row.get("subject", "")
    before = "" if not subject.strip() or body.startswith(subject) else f"{subject}\n\n" if body.strip() else subject
    link = next((row[name] for name in _LINKS if row.get(name, "").startswith("http")), None)
    get = row.get
    chat, person = get("chat"), get("author_username")
    return {
        "id": _within(chat, row["id"]),
        "text": before + (body if body.strip() else ""),
        "platform": _platform(row, link),
        "author": person or get("author") or None,
        "author_id": get("author_id") or (get("author") if person else None) or None,
        "channel": chat or get("subreddit") or get("channel") or get("board") or None,
        "created": _moment(row, records),
        "url": link,
        "title": subject.strip() or None,
        "reply_to": _within(chat, get("reply_to")) if chat else None,
        "repost_of": _repost(row, body),
        "quote_of": get("quote_tweet_id") or None,
        "counts": _counts(row),
    }


def _within(chat: str | None, number: str | None) -> str | None:
    """The id of a message: its number is one of its chat alone."""
    return f"{chat}/{number}" if chat and number else number or None


def _counts(row: CellsByName) -> dict[str, int]:
    found = {
        count: next((value for name in names if (value := count_in(row, name)) is not None), None)
        for count, names in _COUNTS.items()
    }
    return {count: value for count, value in found.items() if value is not None}


def _moment(row: CellsByName, records: Records) -> str | None:
    """The moment in UTC where the table has it; else as the timestamp is written, without a zone."""
    written = row["timestamp"].strip()
    if found := from_epoch(row.get("unix_timestamp", "").strip().removesuffix(".0")):
        return found
    when = find_when(written) or from_epoch(written)
    if when is None and written:
        records.note("created", example=repr(written[:40]))
    return when


def _repost(row: CellsByName, body: str) -> str | None:
    """What is repeated: "@name", since the table has no id of it."""
    found = _REPOST.match(body)
    if found:
        return f"@{found[1]}"
    name = row.get("retweeted_user", "") if row.get("is_retweet", "").lower() in _YES else ""
    name = name or row.get("author_forwarded_from_username", "")
    return f"@{name.removeprefix('@')}" if name else row.get("author_forwarded_from_name") or None


def _platform(row: CellsByName, link: str | None) -> str | None:
    if link:
        try:
            host = urlsplit(link).hostname or ""
        except ValueError:
            host = ""
        while host:
            if host in _HOSTS:
                return _HOSTS[host]
            host = host.partition(".")[2]
    return next((platform for name, platform in _SIGNS.items() if name in row), None)
