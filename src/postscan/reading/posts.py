"""Posts made quickly: their fields are set one by one, and none of them is checked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from postscan.frozen import open_form
from postscan.model import Post

NO_COUNTS: Mapping[str, int] = MappingProxyType({})


OpenPost = open_form(Post)
"""A Post that can still be filled: where rows are many, assigning to it in place saves the call of `Post`."""


def make_post(path: str, record: int | None, values: Mapping[str, Any]) -> Post:
    """The post of these fields by name; without an id it has its place, `path#record`.

    >>> make_post("a.jsonl", 3, {"text": "Rain", "author": "N. Rahimi"}).id
    'a.jsonl#3'
    """
    post = OpenPost()
    get = values.get
    post.id = get("id") or (path if record is None else f"{path}#{record}")
    post.text, post.path, post.record = values["text"], path, record
    post.platform, post.author, post.author_id = get("platform"), get("author"), get("author_id")
    post.channel, post.created, post.url = get("channel"), get("created"), get("url")
    post.title, post.reply_to = get("title"), get("reply_to")
    post.repost_of, post.quote_of = get("repost_of"), get("quote_of")
    post.counts, post.truncated = get("counts", NO_COUNTS), get("truncated", False)
    post.embeds, post.marked = get("embeds", ()), get("marked", ())
    post.__class__ = Post
    made: Post = post
    return made
