"""The only way through: posts in, scans out, in the order of the layers.

`scan_many` takes posts in batches because some stages gain from them; the answers do not depend on the batch.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from postscan.blocks import find_blocks
from postscan.dates import find_created
from postscan.embeds import find_embeds
from postscan.entities import find_entities
from postscan.languages import find_languages
from postscan.model import Post, Scan
from postscan.sources import find_sources

BATCH = 512


def scan_many(
    posts: Iterable[Post],
    *,
    batch: int = BATCH,
    detect: Sequence[str] | None = None,
    language_engine: str = "profiles",
) -> Iterator[Scan]:
    """Scans of posts, in their order; `batch` changes the speed alone.

    `detect` names the languages that may be chosen (ISO 639 codes); `language_engine` is "profiles" or "langdetect".
    """
    posts = iter(posts)
    while some := list(itertools.islice(posts, batch)):
        yield from _scan_batch(some, detect, language_engine)


def _scan_batch(posts: Sequence[Post], detect: Sequence[str] | None, engine: str) -> Iterator[Scan]:
    texts = [post.text for post in posts]
    entities = find_entities(texts)
    embeds = [find_embeds(p.text, found, p.embeds) for p, found in zip(posts, entities, strict=True)]
    blocks = [find_blocks(text, m, e) for text, m, e in zip(texts, embeds, entities, strict=True)]
    languages = find_languages(texts, blocks, embeds, entities, detect=detect, engine=engine)
    for p, e, m, b, spoken in zip(posts, entities, embeds, blocks, languages, strict=True):
        sources = find_sources(p, b, m, e)
        created, created_from = find_created(p, b, m)
        yield Scan(p, created, created_from, spoken.language, spoken.main, b, m, e, spoken.segments, sources)


def scan(text: str | Post, *, detect: Sequence[str] | None = None, language_engine: str = "profiles") -> Scan:
    """The scan of one text or Post.

    >>> scan("Smoke over #Kabul, witnesses said").entities[0].value
    'kabul'
    """
    post = text if isinstance(text, Post) else Post("", text)
    return next(scan_many([post], detect=detect, language_engine=language_engine))
