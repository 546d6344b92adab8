"""The values that every stage reads and makes: a post, its layers, and what could not be read.

All of them are frozen. Offsets are half-open `[start, end)` in Unicode code points of `Post.text`, which is never
altered. JSON fields have the names of these fields; `docs/record.schema.json` is the schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from postscan.frozen import quickly_made

SCHEMA = 1
"""The number of the record's schema: fields may be added within one; none is removed or changes its meaning."""

_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


class PostscanError(Exception):
    """What the user must know: the message names the input and the next step. The only exception postscan raises."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Entity:
    """A hashtag, glued_hashtag, handle, url, email, cashtag or emoji in the text."""

    kind: str
    start: int
    end: int
    value: str
    """What counts as the same: a folded tag, a case-folded handle, an absolute url (see `docs/entities.md`)."""
    expanded: str | None = None
    """The target of a short link, where the input gives it."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Embed:
    """A post of somebody else inside this one: its words and its attribution."""

    platform: str
    """x, bluesky, instagram, tiktok, facebook, telegram, mastodon, threads, reddit, youtube or other."""
    start: int
    end: int
    body_start: int | None
    """Where the embedded post's own words begin; null where none are left."""
    body_end: int | None
    name: str | None
    handle: str | None
    """Without "@", as written."""
    date: str | None
    """The day, YYYY-MM-DD."""
    url: str | None
    media: tuple[str, ...]
    """Media links as written, such as "pic.twitter.com/ID"."""
    rule: str
    """The rule that decided; a name that ends in "?" was a guess."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the post of one kind; the blocks tile the text, leaving out white space alone."""

    kind: str
    """headline, dateline, body, embed, caption, teaser, byline, boilerplate or tags."""
    start: int
    end: int
    story: int
    """Which story of a digest, from 0."""
    rule: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Language:
    """A stretch of letters of one script and one language."""

    code: str
    """ISO 639-1 where there is one, else 639-3; "und" when undecided."""
    script: str
    """ISO 15924."""
    start: int
    end: int
    score: float
    """How sure, 0 to 1, three decimals."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who is credited in the words."""

    kind: str
    """outlet, wire, domain, embed, brand, photo, staff, official, unnamed or via."""
    start: int
    end: int
    name: str | None
    """The canonical name, where there is one."""
    key: str
    """What tables count by."""
    rule: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Post:
    """A post as its input gives it."""

    id: str
    text: str
    path: str = ""
    """Relative to the folder, or the file's parent, that was given; "/" on every system."""
    record: int | None = None
    """0-based number in its file; null for a file that is one post."""
    platform: str | None = None
    author: str | None = None
    author_id: str | None = None
    channel: str | None = None
    created: str | None = None
    """ISO 8601 day or date-time as the input gives it."""
    url: str | None = None
    title: str | None = None
    reply_to: str | None = None
    repost_of: str | None = None
    quote_of: str | None = None
    counts: Mapping[str, int] = field(default_factory=lambda: _NO_COUNTS)
    """likes, shares, replies, views: whole numbers."""
    truncated: bool = False
    embeds: tuple[Embed, ...] = ()
    """Embeds that the format marks."""
    marked: tuple[Entity, ...] = ()
    """Entities that the platform marks."""

    def __reduce__(self) -> tuple[Any, ...]:
        """How to pickle it: what keeps the counts from being changed cannot be pickled itself."""
        return _with_counts, tuple(dict(self.counts) if x == "counts" else getattr(self, x) for x in self.__slots__)


def _with_counts(*values: Any) -> Post:
    post = Post(*values)
    return replace(post, counts=MappingProxyType(dict(post.counts)))


@quickly_made
@dataclass(frozen=True, slots=True)
class Skipped:
    """An input record that is no post, under a named reason."""

    path: str
    record: int | None
    reason: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Problem:
    """An input, or a record of it, that should have been a post and could not be read."""

    path: str
    record: int | None
    message: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Scan:
    """A post with all its layers."""

    post: Post
    created: str | None
    """ISO 8601 day or date-time."""
    created_from: str | None
    """metadata, id, byline, dateline, embed, name or file: what `created` was read from."""
    language: str
    """The language of the body; "mul", "und" or "zxx" (no letters)."""
    main: str | None
    """The language of most decided letters, also of a mixed post."""
    blocks: tuple[Block, ...]
    embeds: tuple[Embed, ...]
    entities: tuple[Entity, ...]
    languages: tuple[Language, ...]
    sources: tuple[Source, ...]

    @property
    def body(self) -> str:
        """The running text of the stories, without embeds, teasers, bylines and boilerplate."""
        return self.text_of("body")

    def text_of(self, *kinds: str) -> str:
        """The surfaces of all blocks of these kinds, in their order, with an empty line between two."""
        return "\n\n".join(self.surface(block) for block in self.blocks if block.kind in kinds)

    def surface(self, span: Block | Embed | Entity | Language | Source) -> str:
        """The characters of a span, as they stand in the text."""
        return self.post.text[span.start : span.end]

    def inside(self, span: Block | Embed) -> tuple[Embed | Entity | Language | Source, ...]:
        """Whatever of the other layers lies wholly inside a block or an embed, by start."""
        layers: tuple[Embed | Entity | Language | Source, ...] = (
            *self.embeds,
            *self.entities,
            *self.languages,
            *self.sources,
        )
        found = [x for x in layers if span.start <= x.start and x.end <= span.end and x != span]
        return tuple(sorted(found, key=lambda x: (x.start, x.end)))

    def to_dict(self) -> dict[str, Any]:
        """The record, as `--jsonl` writes it; its fields and their order are a contract (`docs/record.schema.json`)."""
        post = self.post
        return {
            "schema": SCHEMA,
            "id": post.id,
            "path": post.path,
            "record": post.record,
            "platform": post.platform,
            "author": post.author,
            "author_id": post.author_id,
            "channel": post.channel,
            "url": post.url,
            "title": post.title,
            "reply_to": post.reply_to,
            "repost_of": post.repost_of,
            "quote_of": post.quote_of,
            "counts": dict(post.counts),
            "truncated": post.truncated,
            "text": post.text,
            "created": self.created,
            "created_from": self.created_from,
            "language": self.language,
            "main": self.main,
            "blocks": [_fields(x) for x in self.blocks],
            "embeds": [_fields(x) | {"media": list(x.media)} for x in self.embeds],
            "entities": [_fields(x) for x in self.entities],
            "languages": [_fields(x) for x in self.languages],
            "sources": [_fields(x) for x in self.sources],
        }

    def _repr_html_(self) -> str:
        """The text with its blocks coloured and its entities underlined, for a notebook, light or dark as that is."""
        from importlib import resources

        from postscan.annotate import annotated_html

        theme = resources.files("postscan.data").joinpath("notebook.css").read_text(encoding="utf-8")
        return f"<style>{theme}</style>{annotated_html(self)}"


def _fields(value: Block | Embed | Entity | Language | Source) -> dict[str, Any]:
    """The fields of a value by name, in their order (`dataclasses.asdict` copies deeply, and slowly)."""
    return {name: getattr(value, name) for name in value.__slots__}
