"""Plain rows, which are most of what a file of JSON Lines has, made into posts in one go.

A row is plain where all its fields are: texts that are not empty, a moment in UTC written in full, counts in whole
numbers, and nothing of which something is still to be said. msgspec parses and checks a row of which the fields are
known in less time than it takes to parse any row into a dictionary. Every other row goes through `RowReader.post`,
which says what is wrong; both make the same post. The fields are written out, since a loop over them takes three times
as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal

from postscan.model import Post, Problem, Skipped
from postscan.reading.posts import NO_COUNTS, OpenPost
from postscan.reading.rows import PLAIN_FIELDS, TEXTS

MOST_OTHERS = 128
"""Names beside our own that rows may have: one that is not where it is looked for first is compared with all."""
_NAME = re.compile(r'[^\0-\x1f"\\\ud800-\udfff]{0,100}')
"""What msgspec looks for as it is written."""
_SIGNS = slice(4, None, 3)
_moment = datetime.fromisoformat


def plain_parser(known: Iterable[str] = ()) -> Callable[[Any], Any] | None:
    """What parses a plain row, which may have fields of these names besides our own; None for too many names.

    It raises ValueError, RecursionError or, for None, TypeError where a row is not plain.
    """
    others = tuple(name for name in known if name not in PLAIN_FIELDS and _NAME.fullmatch(name))
    return _parser(others) if len(others) <= MOST_OTHERS else None


@lru_cache(maxsize=16)  # files of one folder mostly have the same fields, and making it takes as long as 100 rows
def _parser(others: tuple[str, ...]) -> Callable[[Any], Any]:
    from msgspec import Meta, defstruct
    from msgspec.json import Decoder

    some = Annotated[str, Meta(min_length=1)]
    whole = Annotated[int, Meta(ge=0, lt=10**18)]
    counts = dict[Literal["likes", "shares", "replies", "views"], whole]  # as in `rows.COUNTS`
    renamed = {f"other{number}": name for number, name in enumerate(others)}
    fields: list[tuple[str, Any] | tuple[str, Any, None]] = [
        ("text", some),
        *((name, some | None, None) for name in TEXTS),
        ("created", str | None, None),
        ("counts", counts | None, None),
        *((name, Any, None) for name in renamed),  # checked to be JSON, as all is
    ]
    row = defstruct("Row", fields, rename=renamed, forbid_unknown_fields=True, gc=False)
    return Decoder(row).decode


def take_plain(rows: Iterator[Any], path: str, record: int, taken: list[Post | Skipped | Problem]) -> bool:
    """Whether there are no more rows; else the one that was taken last is not plain.

    The posts of those before it, numbered from `record`, are added to `taken`. `rows` are what a `plain_parser` gives.
    """
    add = taken.append
    try:
        for row in rows:
            text, identifier, created = row.text, row.id, row.created
            if text.isspace():
                return False
            if identifier is None:
                identifier = f"{path}#{record}"
            elif "+" in identifier:  # a spreadsheet may have cut it
                return False
            if created is not None:
                if created[_SIGNS] != "--T::Z":
                    return False
                _moment(created)
            post = OpenPost()
            post.id, post.text = identifier, text
            post.path, post.record = path, record
            post.platform, post.author, post.author_id = row.platform, row.author, row.author_id
            post.channel, post.created, post.url = row.channel, created, row.url
            post.title, post.reply_to = row.title, row.reply_to
            post.repost_of, post.quote_of = row.repost_of, row.quote_of
            post.counts, post.truncated = row.counts or NO_COUNTS, False
            post.embeds, post.marked = (), ()
            post.__class__ = Post
            add(post)
            record += 1
    except (ValueError, RecursionError, TypeError):
        return False
    return True
