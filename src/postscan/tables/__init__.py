"""A run's tables and records: what a scan becomes in Parquet and in JSON Lines.

Tables join on `post`, the 64-bit BLAKE2b of path, NUL and record. What counting needs stands in each row (`block`,
`story`, `role`, `written`, `domain`), so that every figure is a query over the tables and scans nothing again.
"""

from __future__ import annotations

import bisect
import functools
import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from postscan.dates import clock, find_chain, find_day
from postscan.entities import suspicious
from postscan.folding import folded_words
from postscan.languages import code_mixing_index, integration_index, word_languages
from postscan.model import SCHEMA, Block, Problem, Scan, Skipped
from postscan.scripts import count_letters
from postscan.tables.owners import SHORT_LINK, find_brands, find_poster, is_brand, link_domain
from postscan.tables.records import mended, record_line

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "COLUMNS", "OWN", "SCHEMA", "SHORT_LINK", "VERSION", "link_domain", "post_key", "record_line", "rows", "schemas",
]  # fmt: skip

VERSION = 4
"""The number of the tables; it is a part of every slice's key."""

_LAYER = "post:int64 n:int32"
_PLACE = "block:string story:int32 role:string"
COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    name: tuple((column, kind) for column, _, kind in (c.partition(":") for c in columns.split()))
    for name, columns in {
        "posts": "post:int64 path:string record:int64 id:string platform:string author:string author_id:string "
        "channel:string url:string title:string reply_to:string repost_of:string quote_of:string likes:int64 "
        "shares:int64 replies:int64 views:int64 truncated:bool text:string created:string created_from:string "
        "day:date32 language:string main:string poster:string poster_from:string words_key:int64 cmi:float64 "
        "i_index:float64 stories:int32",
        "blocks": f"{_LAYER} kind:string start:int32 end:int32 story:int32 rule:string role:string",
        "embeds": f"{_LAYER} platform:string start:int32 end:int32 body_start:int32 body_end:int32 name:string "
        "handle:string date:string url:string media:strings rule:string account:string story:int32",
        "entities": f"{_LAYER} kind:string start:int32 end:int32 value:string expanded:string written:string "
        f"domain:string suspicious:string {_PLACE}",
        "languages": f"{_LAYER} code:string script:string start:int32 end:int32 score:float64 letters:int32 "
        f"entity:bool {_PLACE}",
        "sources": f"{_LAYER} kind:string start:int32 end:int32 name:string key:string rule:string written:string "
        f"{_PLACE}",
        "dates": "post:int64 link:string created:string day:date32 time:timestamp offset:int32",
        "problems": "path:string record:int64 message:string",
        "skipped": "path:string record:int64 reason:string",
    }.items()
}
"""Columns of each table and their types; `docs/store.md` says what each holds."""

OWN = frozenset({"headline", "dateline", "body", "caption", "tags"})
"""Blocks that are the post's own words; embed blocks are embedded, the others (teaser, byline, boilerplate) other."""
_TAGS = frozenset({"hashtag", "glued_hashtag"})
_COUNTS = ("likes", "shares", "replies", "views")
_MOST = 2**63

_Rows = dict[str, list[tuple[Any, ...]]]


@functools.cache
def schemas() -> dict[str, pa.Schema]:
    """The Arrow schema of each table, pinned: no metadata, no dictionary types."""
    import pyarrow as pa

    types = {name: pa.type_for_alias(name) for name in ("int32", "int64", "float64", "string", "bool", "date32")}
    types["timestamp"] = pa.timestamp("us")
    types["strings"] = pa.list_(pa.field("element", pa.string()))
    return {t: pa.schema([pa.field(c, types[kind]) for c, kind in columns]) for t, columns in COLUMNS.items()}


def post_key(path: str, record: int | None) -> int:
    """What tables join on: BLAKE2b of path, NUL and record (nothing for null), 64 bits read as a signed number.

    >>> post_key("a.txt", None) == post_key("a.txt", 0)
    False
    """
    return _digest64(f"{path}\0{'' if record is None else record}")


def _digest64(text: str) -> int:
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


def rows(items: Iterable[Scan | Problem | Skipped]) -> dict[str, pa.RecordBatch]:
    """One Arrow batch a table for these scans, problems and skipped records, in their order."""
    import pyarrow as pa

    found: _Rows = {name: [] for name in COLUMNS}
    for item in items:
        if isinstance(item, Scan):
            _add_scan(item, found)
        elif isinstance(item, Problem):
            found["problems"].append((item.path, item.record, item.message))
        else:
            found["skipped"].append((item.path, item.record, item.reason))
    batches = {}
    for name, schema in schemas().items():
        columns: list[Sequence[Any]] = [*zip(*found[name], strict=True)] or [()] * len(schema)
        arrays = [_array(column, field.type) for column, field in zip(columns, schema, strict=True)]
        batches[name] = pa.RecordBatch.from_arrays(arrays, schema=schema)
    return batches


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:  # a hand-made post with a lone surrogate: each becomes one U+FFFD
        return pa.array([mended(value) for value in values], kind)


def _add_scan(scan: Scan, found: _Rows) -> None:
    text = scan.post.text
    key = post_key(scan.post.path, scan.post.record)
    place = _placer(scan.blocks)
    brands = find_brands(scan)
    found["posts"].append((key, *_post_row(scan)))
    found["dates"] += [(key, link, created, *clock(created)) for link, created in _chain(scan).items()]
    for n, b in enumerate(scan.blocks):
        found["blocks"].append((key, n, b.kind, b.start, b.end, b.story, b.rule, _role(b.kind)))
    for n, m in enumerate(scan.embeds):
        found["embeds"].append(
            (key, n, m.platform, m.start, m.end, m.body_start, m.body_end, m.name, m.handle, m.date, m.url, m.media,
             m.rule, (m.handle or m.name or "").casefold() or None, place(m.start).story)
        )  # fmt: skip
    for n, e in enumerate(scan.entities):
        at = place(e.start)
        if at.role != "embedded" and is_brand(e.kind, e.value, brands):
            at = at._replace(role="brand")
        domain = link_domain(e.expanded or e.value) if e.kind == "url" else None
        written = text[e.start : e.end]
        reason = suspicious(written) if e.kind in _TAGS else None
        found["entities"].append((key, n, e.kind, e.start, e.end, e.value, e.expanded, written, domain, reason, *at))
    spans = [(e.start, e.end) for e in scan.entities if e.kind != "emoji"]
    for n, s in enumerate(scan.languages):
        letters = count_letters(text[s.start : s.end])
        nearest = bisect.bisect_right(spans, (s.start, len(text))) - 1
        entity = nearest >= 0 and s.start < spans[nearest][1]
        found["languages"].append((key, n, s.code, s.script, s.start, s.end, s.score, letters, entity, *place(s.start)))
    for n, c in enumerate(scan.sources):
        at = place(c.start)
        if c.kind == "brand" and at.role != "embedded":
            at = at._replace(role="brand")
        found["sources"].append((key, n, c.kind, c.start, c.end, c.name, c.key, c.rule, text[c.start : c.end], *at))


class _Place(NamedTuple):
    block: str | None
    story: int | None
    role: str


def _role(kind: str) -> str:
    return "own" if kind in OWN else "embedded" if kind == "embed" else "other"


def _placer(blocks: Sequence[Block]) -> Callable[[int], _Place]:
    """A function from an offset to its block's kind, story and role; outside all blocks (of a hand-made scan) other."""
    starts = [b.start for b in blocks]
    places = [_Place(b.kind, b.story, _role(b.kind)) for b in blocks]

    def place(offset: int) -> _Place:
        at = bisect.bisect_right(starts, offset) - 1
        return places[at] if at >= 0 and offset < blocks[at].end else _Place(None, None, "other")

    return place


def _post_row(scan: Scan) -> tuple[Any, ...]:
    p = scan.post
    counts = [p.counts.get(name) for name in _COUNTS]
    return (
        p.path, p.record, p.id, p.platform, p.author, p.author_id, p.channel, p.url, p.title, p.reply_to, p.repost_of,
        p.quote_of, *[n if n is not None and -_MOST <= n < _MOST else None for n in counts], p.truncated, p.text,
        scan.created, scan.created_from, find_day(scan.created), scan.language, scan.main, *find_poster(scan),
        words_key(scan), *_mixing(scan), len({b.story for b in scan.blocks}) or 1,
    )  # fmt: skip


def _mixing(scan: Scan) -> tuple[float, float]:
    """CMI and I-index of all words of a post, three decimals; most posts have one language, and need no words cut."""
    if len({s.code for s in scan.languages if s.code != "und"}) < 2:
        return 0.0, 0.0
    marked = {(e.start, e.end) for e in scan.entities}
    if len({s.code for s in scan.languages if s.code != "und" and (s.start, s.end) not in marked}) < 2:
        return 0.0, 0.0
    words = word_languages(scan.post.text, scan.languages, scan.entities)
    return round(code_mixing_index(words), 3), round(integration_index(words), 3)


def _chain(scan: Scan) -> dict[str, str]:
    """Every date of a post by its link; the record's own stands as it is."""
    chain = find_chain(scan.post, scan.blocks, scan.embeds)
    if scan.created and scan.created_from:
        chain[scan.created_from] = scan.created
    return chain


def words_key(scan: Scan) -> int | None:
    """A digest of the folded body (of all own words where there is none), equal for exact duplicates; null if empty."""
    body = [b for b in scan.blocks if b.kind == "body"] or [b for b in scan.blocks if b.kind in OWN]
    words = " ".join([stretch for b in body if (stretch := folded_words(scan.post.text[b.start : b.end]))])
    return _digest64(words) if words else None
