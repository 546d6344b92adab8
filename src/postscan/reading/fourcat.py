"""Tables that 4CAT makes of its sources: `id`, `thread_id`, `author`, `body`, `timestamp`, and what each has more."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from postscan.reading.cells import first_rows
from postscan.reading.collected import join_title, linkedin_moment
from postscan.reading.delimited import CellsByName, read_export
from postscan.reading.marks import unescape
from postscan.reading.markup import flatten, parse_html
from postscan.reading.opened import Items, Opened
from postscan.reading.records import Fields, Records
from postscan.reading.rows import find_when
from postscan.reading.values import count_in, from_epoch

_NEEDS = ("id", "body", "timestamp")
_EITHER = frozenset(("thread_id", "unix_timestamp"))
"""Of these, each table has one more; those of 9gag, Imgur and Facebook have no thread."""
_IDS = ("id", "author_id", "quote_tweet_id")
_COUNTS = {
    "likes": ("like_count", "num_likes", "likes", "amount_likes", "upvotes", "score", "reactions_count",
              "reactions", "reaction_count", "digg_count"),
    "shares": ("retweet_count", "num_shares", "shares", "amount_shares", "reposts", "forwards", "share_count",
               "reposts_count", "reblogs_count", "repost_count",
               "reblog_count"),
    "replies": ("reply_count", "num_comments", "comments", "amount_comments", "replies", "comment_count",
                "replies_count", "post_comments"),
    "views": ("impression_count", "num_views", "views", "plays", "amount_plays", "play_count"),
}  # fmt: skip
_AUTHORS = ("author_username", "author", "account_username", "author_nickname", "author_screen_name", "author_name")
_AUTHOR_IDS = ("author_id", "account_id", "author_user_id")
_CHANNELS = ("chat", "subreddit", "channel", "board", "group_title")
_LINKS = ("url", "post_url", "link", "tweet_url", "tiktok_url", "permalink")
_HOSTS = {
    "x.com": "x", "twitter.com": "x", "tiktok.com": "tiktok", "instagram.com": "instagram", "threads.net": "threads",
    "threads.com": "threads", "facebook.com": "facebook", "t.me": "telegram", "reddit.com": "reddit",
    "bsky.app": "bluesky", "youtube.com": "youtube", "linkedin.com": "linkedin", "9gag.com": "9gag",
    "imgur.com": "imgur", "gab.com": "gab", "truthsocial.com": "truthsocial", "pinterest.com": "pinterest",
    "xiaohongshu.com": "xiaohongshu", "douyin.com": "douyin", "vk.com": "vk", "tumblr.com": "tumblr",
}  # fmt: skip
_SIGNS = {
    "tiktok_url": "tiktok", "retweet_count": "x", "is_retweet": "x", "subreddit": "reddit", "shortcode": "instagram",
    "author_forwarded_from_username": "telegram",
}  # fmt: skip
"""Columns that one source alone has."""
_REPOST = re.compile(r"RT @([A-Za-z0-9_]{1,20}):? ")
_WALL = re.compile(r"/wall(-?[0-9]+_[0-9]+)")
_YES = frozenset(("yes", "true", "1"))


def matches(head: bytes, name: str) -> bool:
    """Whether the first row has the columns that every table of 4CAT has."""
    if not any(column.encode() in head[:4096] for column in _EITHER):
        return False
    header = set(next(iter(first_rows(head, name, 1)), []))
    return set(_NEEDS) <= header and not _EITHER.isdisjoint(header)


def read(opened: Opened) -> Items:
    """A post a row; its subject stands before its body, as on the page."""
    yield from read_export(opened, prepare=lambda _: _fields, needs=_NEEDS, ids=_IDS)


def _fields(row: CellsByName, records: Records) -> Fields:
    get = row.get
    link = next((row[name] for name in _LINKS if row.get(name, "").startswith("http")), None)
    platform = _platform(row, link)
    if platform == "reddit" and _host_platform(link) != "reddit":  # what a submission links to
        link = None
    title, body = _words(row, platform)
    chat, person = get("chat"), get("author_username")
    return {
        "id": _find_id(row, chat, platform, link),
        "text": join_title(title, body),
        "platform": platform,
        "author": _first(row, _AUTHORS),
        "author_id": _first(row, _AUTHOR_IDS) or (get("author") if person else None) or None,
        "channel": _first(row, _CHANNELS),
        "created": (linkedin_moment(row["id"]) if platform == "linkedin" else None) or _moment(row, records),
        "url": link,
        "title": title.strip() or None,
        "reply_to": _reply(row, chat),
        "repost_of": _repost(row, body),
        "quote_of": get("quote_tweet_id") or None,
        "counts": _counts(row),
    }


def _first(row: CellsByName, names: tuple[str, ...]) -> str | None:
    return next((row[name] for name in names if row.get(name)), None)


def _find_id(row: CellsByName, chat: str | None, platform: str | None, link: str | None) -> str | None:
    """The id of a post; on VK its number is one of its wall alone."""
    wall = _WALL.search(link) if link and platform == "vk" else None
    return wall[1] if wall else _within(chat, row["id"])


def _words(row: CellsByName, platform: str | None) -> tuple[str, str]:
    """The title and the text of a post, as its platform shows them; 4CAT leaves them as the platform sends them."""
    body, title = row["body"], row.get("subject", "")
    if platform == "x":
        return title, unescape(body)
    if platform == "truthsocial":
        return title, flatten(parse_html(body))[0]
    if platform == "douyin":  # the kind of the post
        return "", body
    return (title or row.get("title", "") if platform == "xiaohongshu" else title), body


def _reply(row: CellsByName, chat: str | None) -> str | None:
    """What is answered: a message of the same chat, the video or comment that is the thread of a comment, a parent."""
    if chat:
        return _within(chat, row.get("reply_to"))
    above = row.get("thread_id") if "is_comment_on_comment" in row else row.get("parent_id")
    return above if above and above != row["id"] else None


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
    when = find_when(row.get("created_at", "")) or find_when(written) or from_epoch(written)
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
    return next((platform for name, platform in _SIGNS.items() if name in row), None) or _host_platform(link)


def _host_platform(link: str | None) -> str | None:
    try:
        host = urlsplit(link or "").hostname or ""
    except ValueError:
        host = ""
    while host:
        if host in _HOSTS:
            return _HOSTS[host]
        host = host.partition(".")[2]
    return None
