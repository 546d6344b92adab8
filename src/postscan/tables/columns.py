"""The tables: each column's name and type, and what fills it for all posts of a batch at once.

A column is a list or an array over all rows; no row is ever made. What two columns or more are made from is made once,
by `batches.Batch`. `docs/store.md` says what each column holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from postscan.entities import suspicious
from postscan.remembered import Remembered
from postscan.tables.arrays import named
from postscan.tables.batches import Batch, role_names
from postscan.tables.digests import words_keys
from postscan.tables.owners import link_domain

if TYPE_CHECKING:
    from postscan.tables.arrays import Values

_Columns: TypeAlias = Mapping[str, "Callable[[Batch], Values]"]

_TAGS = frozenset({"hashtag", "glued_hashtag"})
_SUSPICIOUS = Remembered(suspicious, most=1 << 13, longest=60)

_POSTS: _Columns = {
    "post:int64": lambda b: b.keys,
    "path:string": lambda b: [p.path for p in b.posts],
    "record:int64": lambda b: [p.record for p in b.posts],
    "id:string": lambda b: [p.id for p in b.posts],
    "platform:string": lambda b: [p.platform for p in b.posts],
    "author:string": lambda b: [p.author for p in b.posts],
    "author_id:string": lambda b: [p.author_id for p in b.posts],
    "channel:string": lambda b: [p.channel for p in b.posts],
    "url:string": lambda b: [p.url for p in b.posts],
    "title:string": lambda b: [p.title for p in b.posts],
    "reply_to:string": lambda b: [p.reply_to for p in b.posts],
    "repost_of:string": lambda b: [p.repost_of for p in b.posts],
    "quote_of:string": lambda b: [p.quote_of for p in b.posts],
    "likes:int64": lambda b: [p.counts.get("likes") for p in b.posts],
    "shares:int64": lambda b: [p.counts.get("shares") for p in b.posts],
    "replies:int64": lambda b: [p.counts.get("replies") for p in b.posts],
    "views:int64": lambda b: [p.counts.get("views") for p in b.posts],
    "truncated:bool": lambda b: [p.truncated for p in b.posts],
    "text:string": lambda b: [p.text for p in b.posts],
    "created:string": lambda b: b.created,
    "created_from:string": lambda b: [s.created_from for s in b.scans],
    "day:date32": lambda b: b.clocks.days(slice(len(b.created))),
    "language:string": lambda b: [s.language for s in b.scans],
    "main:string": lambda b: [s.main for s in b.scans],
    "poster:string": lambda b: [poster for poster, _ in b.posters],
    "poster_from:string": lambda b: [known_from for _, known_from in b.posters],
    "words_key:int64": lambda b: words_keys(b.scans),
    "cmi:float64": lambda b: b.mixing[0],
    "i_index:float64": lambda b: b.mixing[1],
    "stories:int32": lambda b: [
        1 if len(s.blocks) == 1 else len({block.story for block in s.blocks}) or 1 for s in b.scans
    ],
}
_BLOCKS: _Columns = {
    "post:int64": lambda b: b.blocks.keys,
    "n:int32": lambda b: b.blocks.n,
    "kind:name": lambda b: b.kinds,
    "start:int32": lambda b: b.blocks.start,
    "end:int32": lambda b: b.blocks.end,
    "story:int32": lambda b: [x.story for x in b.blocks.values],
    "rule:string": lambda b: [x.rule for x in b.blocks.values],
    "role:name": lambda b: role_names(b.roles),
}
_EMBEDS: _Columns = {
    "post:int64": lambda b: b.embeds.keys,
    "n:int32": lambda b: b.embeds.n,
    "platform:string": lambda b: [x.platform for x in b.embeds.values],
    "start:int32": lambda b: b.embeds.start,
    "end:int32": lambda b: b.embeds.end,
    "body_start:int32": lambda b: [x.body_start for x in b.embeds.values],
    "body_end:int32": lambda b: [x.body_end for x in b.embeds.values],
    "name:string": lambda b: [x.name for x in b.embeds.values],
    "handle:string": lambda b: [x.handle for x in b.embeds.values],
    "date:string": lambda b: [x.date for x in b.embeds.values],
    "url:string": lambda b: [x.url for x in b.embeds.values],
    "media:strings": lambda b: [x.media for x in b.embeds.values],
    "rule:string": lambda b: [x.rule for x in b.embeds.values],
    "account:string": lambda b: [(x.handle or x.name or "").casefold() or None for x in b.embeds.values],
    "story:int32": lambda b: b.embeds_at.story,
}
_ENTITIES: _Columns = {
    "post:int64": lambda b: b.entities.keys,
    "n:int32": lambda b: b.entities.n,
    "kind:string": lambda b: b.entity_kinds,
    "start:int32": lambda b: b.entities.start,
    "end:int32": lambda b: b.entities.end,
    "value:string": lambda b: [x.value for x in b.entities.values],
    "expanded:string": lambda b: [x.expanded for x in b.entities.values],
    "written:string": lambda b: b.written_entities,
    "domain:string": lambda b: [
        link_domain(x.expanded or x.value) if x.kind == "url" else None for x in b.entities.values
    ],
    "suspicious:string": lambda b: [
        _SUSPICIOUS[written] if kind in _TAGS else None
        for kind, written in zip(b.entity_kinds, b.written_entities, strict=True)
    ],
    "block:name": lambda b: b.entities_at.block,
    "story:int32": lambda b: b.entities_at.story,
    "role:name": lambda b: b.entities_at.role,
}
_LANGUAGES: _Columns = {
    "post:int64": lambda b: b.languages.keys,
    "n:int32": lambda b: b.languages.n,
    "code:name": lambda b: named(*b.codes),
    "script:string": lambda b: [x.script for x in b.languages.values],
    "start:int32": lambda b: b.languages.start,
    "end:int32": lambda b: b.languages.end,
    "score:float64": lambda b: [x.score for x in b.languages.values],
    "letters:int32": lambda b: b.count_letters(),
    "entity:bool": lambda b: b.in_entities(),
    "block:name": lambda b: b.languages_at.block,
    "story:int32": lambda b: b.languages_at.story,
    "role:name": lambda b: b.languages_at.role,
}
_SOURCES: _Columns = {
    "post:int64": lambda b: b.sources.keys,
    "n:int32": lambda b: b.sources.n,
    "kind:string": lambda b: b.source_kinds,
    "start:int32": lambda b: b.sources.start,
    "end:int32": lambda b: b.sources.end,
    "name:string": lambda b: [x.name for x in b.sources.values],
    "key:string": lambda b: [x.key for x in b.sources.values],
    "rule:string": lambda b: [x.rule for x in b.sources.values],
    "written:string": lambda b: b.written(b.sources),
    "block:name": lambda b: b.sources_at.block,
    "story:int32": lambda b: b.sources_at.story,
    "role:name": lambda b: b.sources_at.role,
}
_DATES: _Columns = {
    "post:int64": lambda b: b.keys[b.dates_of],
    "link:string": lambda b: b.links,
    "created:string": lambda b: b.dates,
    "day:date32": lambda b: b.clocks.days(slice(len(b.created), None)),
    "time:timestamp": lambda b: b.clocks.times(slice(len(b.created), None)),
    "offset:int32": lambda b: b.clocks.offsets(slice(len(b.created), None)),
}
TABLES: Mapping[str, _Columns] = {
    "posts": _POSTS,
    "blocks": _BLOCKS,
    "embeds": _EMBEDS,
    "entities": _ENTITIES,
    "languages": _LANGUAGES,
    "sources": _SOURCES,
    "dates": _DATES,
    "problems": {
        "path:string": lambda b: [x.path for x in b.problems],
        "record:int64": lambda b: [x.record for x in b.problems],
        "message:string": lambda b: [x.message for x in b.problems],
    },
    "skipped": {
        "path:string": lambda b: [x.path for x in b.skipped],
        "record:int64": lambda b: [x.record for x in b.skipped],
        "reason:string": lambda b: [x.reason for x in b.skipped],
    },
}
"""What fills each column of each table, by the column's name and type."""
