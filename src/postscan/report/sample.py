"""The posts that a page shows: all of a small corpus, else a sample that is the same everywhere.

`post`, the key that tables join on, is a digest: its order is as good as chance and does not depend on the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from postscan.model import Block, Embed, Entity, Language, Post, Scan, Source
from postscan.report.behind import Behind

if TYPE_CHECKING:
    from postscan.corpus import Corpus

EACH = 5
"""Every charted bar keeps so many of its posts, where it has them."""
LONGEST = 10_000
"""Characters of a post that are read; the store has the rest."""

_FIELDS: dict[str, type] = {
    "blocks": Block, "embeds": Embed, "entities": Entity, "languages": Language, "sources": Source
}  # fmt: skip
_SPANS = '"start" < '


@dataclass(frozen=True, slots=True)
class Shown:
    """A post of the page, and what it stands behind."""

    key: int
    """What tables join on."""
    scan: Scan
    """Cut at `LONGEST` characters."""
    length: int
    """Characters of the whole post."""
    behind: frozenset[Behind]


def find_sample(
    corpus: Corpus, uses: Mapping[str, str], bars: Iterable[Sequence[Behind]], wanted: Iterable[Behind], most: int
) -> list[Shown]:
    """Posts that count, in input order: some for every charted bar, and others until there are `most`.

    `uses` has, by the name of a table of counts, a query for post, group and key of whatever the table counts. A bar
    stands for the posts that are behind all of its parts. `wanted` is what shall be known of the posts.
    """
    chosen: dict[int, None] = {}
    for name, alike in _by_names(bars).items():
        chosen |= dict.fromkeys(_behind_bars(corpus, uses, name, alike))
    if len(chosen) < most:
        chosen |= dict.fromkeys(_numbers(corpus, f"SELECT post FROM counted ORDER BY post LIMIT {int(most)}"))  # noqa: S608
        chosen = dict.fromkeys(list(chosen)[:most])
    return _shown(corpus, list(chosen), _known(corpus, uses, list(chosen), frozenset(wanted)))


def _by_names(bars: Iterable[Sequence[Behind]]) -> dict[tuple[str, ...], list[Sequence[Behind]]]:
    """Bars by the tables that their parts are of."""
    found: dict[tuple[str, ...], list[Sequence[Behind]]] = {}
    for bar in bars:
        found.setdefault(tuple(name for name, _, _ in bar), []).append(bar)
    return found


def _behind_bars(
    corpus: Corpus, uses: Mapping[str, str], names: Sequence[str], bars: Sequence[Sequence[Behind]]
) -> list[int]:
    """Up to `EACH` posts for each of these bars, whose parts are of the same tables."""
    values = ", ".join(
        f"({at}, {', '.join(f'{_quoted(group)}, {_quoted(key)}' for _, group, key in bar)})"
        for at, bar in enumerate(bars)
    )
    columns = ", ".join(f"g{n}, k{n}" for n in range(len(names)))
    joined = " ".join(
        f'JOIN ({uses[name]}) u{n} ON u{n}."group" = g{n} AND u{n}.key = k{n}'
        + (f" AND u{n}.post = u0.post" if n else "")
        for n, name in enumerate(names)
    )
    return _numbers(
        corpus,
        f"""SELECT post FROM (SELECT DISTINCT bar, u0.post FROM (VALUES {values}) bars(bar, {columns}) {joined})
        QUALIFY row_number() OVER (PARTITION BY bar ORDER BY post) <= {EACH} ORDER BY bar, post""",  # noqa: S608
    )


def _known(
    corpus: Corpus, uses: Mapping[str, str], posts: Sequence[int], wanted: frozenset[Behind]
) -> dict[int, set[Behind]]:
    """What each of these posts stands behind, of what is wanted."""
    found: dict[int, set[Behind]] = {}
    if posts:
        for name in sorted({name for name, _, _ in wanted}):
            rows = corpus.sql(f'SELECT DISTINCT post, "group", key FROM ({uses[name]}) WHERE {_one_of(posts)}')  # noqa: S608
            for post, group, key in rows.fetchall():
                if (behind := (name, str(group), str(key))) in wanted:
                    found.setdefault(int(post), set()).add(behind)
    return found


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\0", "") + "'"


def _one_of(posts: Sequence[int]) -> str:
    return f"post IN ({', '.join(map(str, posts))})"


def _numbers(corpus: Corpus, sql: str) -> list[int]:
    return [int(post) for (post,) in corpus.sql(sql).fetchall()]


def _shown(corpus: Corpus, posts: Sequence[int], behind: Mapping[int, set[Behind]]) -> list[Shown]:
    """These posts with their layers, as they were scanned, read back from the tables."""
    if not posts:
        return []
    chosen = _one_of(posts)
    heads = _rows(
        corpus,
        f"""SELECT posts.* REPLACE (substr(text, 1, {LONGEST}) AS text), length(text) AS length
        FROM posts JOIN counted USING (post) WHERE {chosen} ORDER BY seq""",  # noqa: S608
    )
    layers: dict[str, dict[int, list[Any]]] = {}
    for name, kind in _FIELDS.items():
        rows = layers.setdefault(name, {})
        for row in _rows(corpus, f'SELECT * FROM {name} WHERE {chosen} AND "start" < {LONGEST} ORDER BY post, n'):  # noqa: S608
            rows.setdefault(row["post"], []).append(_value(kind, row))
    return [
        Shown(
            head["post"],
            cut(_scan(head, {name: tuple(rows.get(head["post"], ())) for name, rows in layers.items()}), LONGEST),
            head["length"],
            frozenset(behind.get(head["post"], ())),
        )
        for head in heads
    ]


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


def cut(scan: Scan, end: int) -> Scan:
    """The scan of a post's first `end` characters: what begins after them is left out, what ends after them is cut."""
    if len(scan.post.text) <= end and all(block.end <= end for block in scan.blocks):
        return scan

    def first(spans: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(replace(span, end=min(span.end, end)) for span in spans if span.start < end)

    embeds = [
        embed
        if embed.body_end is None or embed.body_end <= end
        else replace(embed, body_end=max(end, embed.body_start or 0))
        for embed in scan.embeds
    ]
    return replace(
        scan,
        post=replace(scan.post, text=scan.post.text[:end]),
        blocks=first(scan.blocks),
        embeds=first(embeds),
        entities=first(scan.entities),
        languages=first(scan.languages),
        sources=first(scan.sources),
    )
