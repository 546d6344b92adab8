"""Plain rows, which are most of what a file of JSON Lines has, made into posts in one go.

A row is plain where all its fields are: texts that are not empty, a moment in UTC written in full, counts in whole
numbers, and nothing of which something is still to be said. Every other row goes through `RowReader.post`, which says
what is wrong; both make the same post. The fields are written out, since a loop over them takes three times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from postscan.model import Post, Problem, Skipped
from postscan.reading.posts import NO_COUNTS, OpenPost
from postscan.reading.rows import COUNTS

ENDED = object()
"""In place of a row: there are no more."""
_COUNTS = frozenset(COUNTS)
_MOST = 2**30 - 1
"""Greater counts are rare, and compared slowly by Python."""
_SIGNS = slice(4, None, 3)
_moment = datetime.fromisoformat


def take_plain(
    rows: Iterator[Any], known: set[str], path: str, record: int, taken: list[Post | Skipped | Problem]
) -> Any:
    """The first row that is not plain; `ENDED` without one, None where its JSON is broken.

    The posts of those before it, numbered from `record`, are added to `taken`. `known` are names of fields that need
    no word.
    """
    add = taken.append
    row = None
    try:
        for row in rows:
            if type(row) is not dict or not known.issuperset(row):
                return row
            get = row.get
            text, identifier, created, counts = get("text"), get("id"), get("created"), get("counts")
            platform, author, author_id = get("platform"), get("author"), get("author_id")
            channel, url, title = get("channel"), get("url"), get("title")
            reply_to, repost_of, quote_of = get("reply_to"), get("repost_of"), get("quote_of")
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
                return row
            if created is not None:
                if type(created) is not str or created[_SIGNS] != "--T::Z":
                    return row
                _moment(created)
            if counts is None:
                counts = NO_COUNTS
            elif type(counts) is not dict or not _COUNTS.issuperset(counts):
                return row
            else:
                for count in counts.values():
                    if type(count) is not int or not 0 <= count <= _MOST:
                        return row
            post = OpenPost()
            post.id, post.text = identifier, text
            post.path, post.record = path, record
            post.platform, post.author, post.author_id = platform, author, author_id
            post.channel, post.created, post.url = channel, created, url
            post.title, post.reply_to = title, reply_to
            post.repost_of, post.quote_of = repost_of, quote_of
            post.counts, post.truncated = counts, False
            post.embeds, post.marked = (), ()
            post.__class__ = Post
            add(post)
            record += 1
    except orjson.JSONDecodeError:
        return None
    except ValueError:  # of a moment
        return row
    return ENDED
