"""The posts that a page shows: all of a small corpus, else a sample that is the same everywhere.

`post`, the key that tables join on, is a digest: its order is as good as chance and does not depend on the machine.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postscan.model import Block, Embed, Entity, Language, Post, Scan, Source

if TYPE_CHECKING:
    from pandas import DataFrame

    from postscan.corpus import Corpus

EACH = 5
"""Every charted bar keeps so many of its posts, where it has them."""
LONGEST = 20_000
"""Longer posts are left out of the page; the store has them."""

_FIELDS: dict[str, type] = {
    "blocks": Block, "embeds": Embed, "entities": Entity, "languages": Language, "sources": Source
}  # fmt: skip

_TAGGED = """SELECT DISTINCT post FROM entities JOIN counted USING (post)
    WHERE kind IN ('hashtag', 'glued_hashtag') AND role = 'own' AND value = """
_CREDITED = "SELECT DISTINCT post FROM sources JOIN counted USING (post) WHERE key = "


@dataclass(frozen=True, slots=True)
class Shown:
    """A post of the page, and the rows of the tables that it stands behind."""

    scan: Scan
    keys: tuple[str, ...]
    """"tag:" or "source:" and a key."""


def find_sample(corpus: Corpus, tags: Sequence[str], sources: Sequence[str], most: int) -> list[Shown]:
    """Up to `most` posts that count, in input order; first of all some for every charted tag and source."""
    wanted: dict[int, None] = {}
    for query in (*(_TAGGED + _quoted(key) for key in tags), *(_CREDITED + _quoted(key) for key in sources)):
        wanted |= dict.fromkeys(_posts(corpus, query))
    if len(wanted) < most:
        wanted |= dict.fromkeys(_posts(corpus, "SELECT post FROM counted", most))
    return _shown(corpus, list(wanted)[:most])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\0", "") + "'"


def _posts(corpus: Corpus, sql: str, most: int = EACH) -> list[int]:
    found = corpus.sql(
        f"SELECT post FROM ({sql}) SEMI JOIN (SELECT post FROM posts WHERE length(text) <= {LONGEST}) USING (post) "  # noqa: S608
        f"ORDER BY post LIMIT {int(most)}"
    )
    return [int(post) for (post,) in found.fetchall()]


def _shown(corpus: Corpus, posts: Sequence[int]) -> list[Shown]:
    """These posts with their layers, as they were scanned, read back from the tables."""
    if not posts:
        return []
    chosen = f"post IN ({', '.join(map(str, posts))})"
    heads = _rows(corpus, f"SELECT posts.* FROM posts JOIN counted USING (post) WHERE {chosen} ORDER BY seq")  # noqa: S608
    layers: dict[str, dict[int, list[Any]]] = {}
    keys: dict[int, dict[str, None]] = {}
    for name, kind in _FIELDS.items():
        rows = layers.setdefault(name, {})
        for row in _rows(corpus, f"SELECT * FROM {name} WHERE {chosen} ORDER BY post, n"):  # noqa: S608
            rows.setdefault(row["post"], []).append(_value(kind, row))
            if name == "sources":
                keys.setdefault(row["post"], {})[f"source:{row['key']}"] = None
            elif name == "entities" and row["kind"] in ("hashtag", "glued_hashtag") and row["role"] == "own":
                keys.setdefault(row["post"], {})[f"tag:{row['value']}"] = None
    return [
        Shown(_scan(head, {name: tuple(rows.get(head["post"], ())) for name, rows in layers.items()}),
              tuple(keys.get(head["post"], ())))
        for head in heads
    ]  # fmt: skip


def _rows(corpus: Corpus, sql: str) -> list[dict[str, Any]]:
    relation = corpus.sql(sql)
    names = relation.columns
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


def _value(kind: type, row: dict[str, Any]) -> Any:
    values = {name: row[name] for name in kind.__slots__}  # type: ignore[attr-defined]
    if kind is Embed:
        values["media"] = tuple(values["media"] or ())
    return kind(**values)


def _scan(head: dict[str, Any], layers: dict[str, Any]) -> Scan:
    own = ("id", "text", "path", "record", "platform", "author", "author_id", "channel", "url", "title")
    post = Post(**{name: head[name] for name in own}, repost_of=head["repost_of"], reply_to=head["reply_to"])
    fixed: dict[str, Any] = {name: head[name] for name in ("created", "created_from", "language", "main")}
    return Scan(post=post, **fixed, **layers)


def keys_attribute(keys: Sequence[str]) -> str:
    """Keys as JSON, for the page's script to filter by."""
    return json.dumps(list(keys), ensure_ascii=False)


def shown_rows(frame: DataFrame, most: int) -> list[dict[str, Any]]:
    """The first rows of a table as plain values; rows that this count does not use are left out."""
    used = frame[frame["posts"] > 0].head(most)
    return [dict(zip(used.columns, row, strict=True)) for row in used.itertuples(index=False, name=None)]
