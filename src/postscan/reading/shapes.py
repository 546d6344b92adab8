"""Rows that have the same names as one before: most rows of a file, made into posts in one go.

A row is taken so only where all its fields are of the plain kind: texts that are not empty, a moment in UTC written in
full, counts in whole numbers. Every other row, and the first of its shape, goes through `RowReader.post`, which says
what is wrong; both make the same post. The fields are written out, since a loop over them takes three times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from postscan.model import Post
from postscan.reading.posts import NO_COUNTS, OpenPost

_OTHERS = frozenset(("likes", "shares", "replies", "views", "truncated", "embeds", "marked"))
_COUNTS = frozenset(("likes", "shares", "replies", "views"))
_MOST_SHAPES = 256
_MOST = 10**18
_new = object.__new__
_moment = datetime.fromisoformat


class Shapes:
    """The shapes of rows that one file has had so far."""

    __slots__ = ("_path", "_shapes")

    def __init__(self, path: str) -> None:
        self._path = path
        self._shapes: set[tuple[str, ...]] = set()

    def learn(self, row: Mapping[str, Any]) -> None:
        """Take in the shape of a row that was read field by field."""
        if not _OTHERS & row.keys():
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            self._shapes.add(tuple(row))

    def post(self, row: Any, record: int) -> Post | None:
        """The post of a row of a known shape, all of it plain; else None."""
        if type(row) is not dict or tuple(row) not in self._shapes:
            return None
        get = row.get
        text, identifier, created, counts = get("text"), get("id"), get("created"), get("counts")
        platform, author, author_id, channel = get("platform"), get("author"), get("author_id"), get("channel")
        url, title, reply_to = get("url"), get("title"), get("reply_to")
        repost_of, quote_of = get("repost_of"), get("quote_of")
        if not (
            type(text) is str
            and text
            and not text.isspace()
            and type(identifier) is str
            and identifier
            and "+" not in identifier  # a spreadsheet may have cut it
            and (author is None or (type(author) is str and author))
            and (author_id is None or (type(author_id) is str and author_id))
            and (platform is None or (type(platform) is str and platform))
            and (url is None or (type(url) is str and url))
            and (channel is None or (type(channel) is str and channel))
            and (title is None or (type(title) is str and title))
            and (reply_to is None or (type(reply_to) is str and reply_to))
            and (repost_of is None or (type(repost_of) is str and repost_of))
            and (quote_of is None or (type(quote_of) is str and quote_of))
        ):
            return None
        if created is not None:
            if type(created) is not str or created[4::3] != "--T::Z":
                return None
            try:
                _moment(created)
            except ValueError:
                return None
        if counts is None:
            counts = NO_COUNTS
        elif type(counts) is not dict or not counts.keys() <= _COUNTS:
            return None
        else:
            for count in counts.values():
                if type(count) is not int or not 0 <= count < _MOST:
                    return None
        post: Any = _new(OpenPost)
        post.id, post.text, post.path, post.record = identifier, text, self._path, record
        post.platform, post.author, post.author_id, post.channel = platform, author, author_id, channel
        post.created, post.url, post.title = created, url, title
        post.reply_to, post.repost_of, post.quote_of = reply_to, repost_of, quote_of
        post.counts, post.truncated, post.embeds, post.marked = counts, False, (), ()
        post.__class__ = Post
        made: Post = post
        return made
