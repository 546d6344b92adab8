"""The only way through: posts in, scans out, in the order of the layers.

`scan_many` takes posts in batches because some stages gain from them; the answers do not depend on the batch.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from postscan.blocks import find_blocks
from postscan.dates import find_created
from postscan.embeds import find_embeds
from postscan.entities import find_entities
from postscan.entities.marks import compare_marks, take_targets, without_fragments
from postscan.languages import find_languages
from postscan.model import Entity, Post, Scan
from postscan.sources import find_sources

if TYPE_CHECKING:
    from postscan.reading import Notes

BATCH = 1024


def scan_many(
    posts: Iterable[Post],
    *,
    batch: int = BATCH,
    detect: Sequence[str] | None = None,
    language_engine: str = "profiles",
    notes: Notes | None = None,
) -> Iterator[Scan]:
    """Scans of posts, in their order; `batch` changes the speed alone.

    `detect` names the languages that may be chosen (ISO 639 codes); `language_engine` is "profiles" or "langdetect".
    What a platform marks, and what is found, is compared in `notes`.
    """
    posts = iter(posts)
    while some := list(itertools.islice(posts, batch)):
        yield from _scan_batch(some, detect, language_engine, notes)


def _scan_batch(
    posts: Sequence[Post], detect: Sequence[str] | None, engine: str, notes: Notes | None
) -> Iterator[Scan]:
    texts = [post.text for post in posts]
    entities = [
        _beside_marks(post, found, notes) if post.marked else found
        for post, found in zip(posts, find_entities(texts), strict=True)
    ]
    embeds = [find_embeds(p.text, found, p.embeds) for p, found in zip(posts, entities, strict=True)]
    blocks = [find_blocks(text, m, e) for text, m, e in zip(texts, embeds, entities, strict=True)]
    languages = find_languages(texts, blocks, embeds, entities, detect=detect, engine=engine)
    for p, e, m, b, spoken in zip(posts, entities, embeds, blocks, languages, strict=True):
        sources = find_sources(p, b, m, e)
        created, created_from = find_created(p, b, m)
        yield Scan(p, created, created_from, spoken.language, spoken.main, b, m, e, spoken.segments, sources)


def _beside_marks(post: Post, found: tuple[Entity, ...], notes: Notes | None) -> tuple[Entity, ...]:
    """The entities with the targets that the platform gives, and none that was cut; every other difference is noted."""
    if post.truncated:
        found = without_fragments(post.text, found, post.marked)
    if notes is not None:
        for kind, what, surface in compare_marks(post.text, found, post.marked):
            notes.add(kind, what, post.path, example=repr(surface[:60]))
    return take_targets(found, post.marked)


def scan(text: str | Post, *, detect: Sequence[str] | None = None, language_engine: str = "profiles") -> Scan:
    """The scan of one text or Post.

    >>> scan("Smoke over #Kabul, witnesses said").entities[0].value
    'kabul'
    """
    post = text if isinstance(text, Post) else Post("", text)
    return next(scan_many([post], detect=detect, language_engine=language_engine))
