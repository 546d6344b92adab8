"""Posts made quickly: their fields are set one by one, and none of them is checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from postscan.model import Post, open_form

NO_COUNTS: Mapping[str, int] = MappingProxyType({})
_DEFAULTS: tuple[tuple[str, Any], ...] = tuple(
    (field.name, NO_COUNTS if field.name == "counts" else field.default)
    for field in dataclasses.fields(Post)
    if field.name not in ("id", "text", "path", "record")
)


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
    for name, default in _DEFAULTS:
        setattr(post, name, get(name, default))
    post.__class__ = Post
    made: Post = post
    return made
