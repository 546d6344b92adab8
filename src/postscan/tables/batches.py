"""A batch as its tables need it: each layer of all posts end to end, and where each span of it stands.

What holds for every row (the key of its post, its number there, its block) is asked of numpy for all rows at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from postscan.dates import clock, find_chain
from postscan.languages import code_mixing_index, integration_index, word_languages
from postscan.model import Block, Embed, Entity, Language, Problem, Scan, Skipped, Source
from postscan.tables.arrays import arrow_array
from postscan.tables.digests import OWN, post_key
from postscan.tables.owners import find_poster, mark_brands

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Value = TypeVar("_Value")
_Span = TypeVar("_Span", Block, Embed, Entity, Language, Source)

_ROLES = ("own", "embedded", "other", "brand")
_EMBEDDED, _OTHER, _BRAND = 1, 2, 3
_TEXT_BITS = 32
"""The texts of a batch are thought of as 2**32 characters apart, so that one search looks through those of all posts."""


class Batch:
    """The scans, problems and skipped records of a batch, and what more than one column is made from."""

    def __init__(self, items: Iterable[Scan | Problem | Skipped]) -> None:
        import numpy as np

        self.scans: list[Scan] = []
        self.problems: list[Problem] = []
        self.skipped: list[Skipped] = []
        for item in items:
            if isinstance(item, Scan):
                self.scans.append(item)
            elif isinstance(item, Problem):
                self.problems.append(item)
            else:
                self.skipped.append(item)
        scans = self.scans
        self.posts = [scan.post for scan in scans]
        self.keys = np.array([post_key(post.path, post.record) for post in self.posts], np.int64)
        self.posters = [find_poster(post) for post in self.posts]
        self.mixing = [_mixing(scan) for scan in scans]
        self.dates = Rows(self.keys, [find_chain(scan).items() for scan in scans])
        dates = {scan.created for scan in scans}.union([created for _, created in self.dates.values])
        self.clocks = {created: clock(created) for created in dates}
        """Day, time and offset of each date of a post."""
        self.blocks = Rows(self.keys, [scan.blocks for scan in scans])
        self.embeds = Rows(self.keys, [scan.embeds for scan in scans])
        self.entities = Rows(self.keys, [scan.entities for scan in scans])
        self.languages = Rows(self.keys, [scan.languages for scan in scans])
        self.sources = Rows(self.keys, [scan.sources for scan in scans])
        blocks = Blocks(self.blocks)
        self.embeds_at = Places(blocks, self.embeds)
        brands = [brand for scan in scans for brand in mark_brands(scan)]
        self.entities_at = Places(blocks, self.entities, brands)
        self.languages_at = Places(blocks, self.languages)
        self.sources_at = Places(blocks, self.sources, [source.kind == "brand" for source in self.sources.values])

    def written(self, layer: Rows[_Span]) -> list[str]:
        """The characters of each span of a layer."""
        texts = [post.text for post in self.posts]
        return [
            texts[post][span.start : span.end] for post, span in zip(layer.post.tolist(), layer.values, strict=True)
        ]

    def in_entities(self) -> NDArray[np.bool_]:
        """Whether each stretch of one language begins in an entity, emoji apart."""
        import numpy as np

        chosen = np.array([entity.kind != "emoji" for entity in self.entities.values], np.bool_)
        first, last = _offsets(self.entities)
        return _search(first[chosen], last[chosen], _offsets(self.languages)[0]) >= 0


class Rows(Generic[_Value]):
    """What all posts of a batch have of something, end to end."""

    def __init__(self, keys: NDArray[np.int64], layers: Sequence[Collection[_Value]]) -> None:
        import numpy as np

        self.values = [value for layer in layers for value in layer]
        sizes = np.array([len(layer) for layer in layers], np.int64)
        self.post = np.repeat(np.arange(len(layers)), sizes)
        """Which post of the batch each is of."""
        self.keys = keys[self.post]
        """The key of that post."""
        self.n = np.arange(len(self.values)) - (np.cumsum(sizes) - sizes)[self.post]
        """The number of each in its post, from 0."""


class Blocks:
    """The blocks of a batch, made ready to be searched; behind the last stands what is outside of all of them."""

    def __init__(self, blocks: Rows[Block]) -> None:
        import numpy as np
        import pyarrow as pa

        self.first, self.last = _offsets(blocks)
        self.kinds = arrow_array([*(block.kind for block in blocks.values), None], pa.string())
        self.stories = np.array([*(block.story for block in blocks.values), 0], np.int32)
        self.roles = np.array([*(_ROLES.index(role_of(block.kind)) for block in blocks.values), _OTHER], np.int8)


class Places:
    """The block, the story and the role of each row of a layer; those of blocks are null outside all blocks."""

    def __init__(self, blocks: Blocks, layer: Rows[_Span], brands: Sequence[bool] = ()) -> None:
        import numpy as np
        import pyarrow as pa

        at = _search(blocks.first, blocks.last, _offsets(layer)[0])
        outside = at < 0
        at[outside] = len(blocks.first)
        self.block = blocks.kinds.take(pa.array(at))
        self.story = pa.array(blocks.stories[at], mask=outside if outside.any() else None)
        roles = blocks.roles[at]
        if any(brands):
            roles[np.array(brands, np.bool_) & (roles != _EMBEDDED)] = _BRAND
        self.role = pa.array(_ROLES).take(pa.array(roles))


def role_of(kind: str) -> str:
    """The role of what stands in a block of this kind."""
    return "own" if kind in OWN else "embedded" if kind == "embed" else "other"


def _offsets(layer: Rows[_Span]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the spans of a layer begin and end in the batch."""
    import numpy as np

    text = layer.post << _TEXT_BITS
    starts = np.array([span.start for span in layer.values], np.int64)
    return text + starts, text + np.array([span.end for span in layer.values], np.int64)


def _search(first: NDArray[np.int64], last: NDArray[np.int64], offsets: NDArray[np.int64]) -> NDArray[np.intp]:
    """The number of the span that each offset lies in, of spans in order of their starts; -1 where it is in none."""
    import numpy as np

    at = np.searchsorted(first, offsets, side="right") - 1
    at[offsets >= np.append(last, 0)[at]] = -1
    return at


def _mixing(scan: Scan) -> tuple[float, float]:
    """CMI and I-index of all words of a post, three decimals; most posts have one language, and need no words cut."""
    if len({s.code for s in scan.languages if s.code != "und"}) < 2:
        return 0.0, 0.0
    marked = {(e.start, e.end) for e in scan.entities}
    if len({s.code for s in scan.languages if s.code != "und" and (s.start, s.end) not in marked}) < 2:
        return 0.0, 0.0
    words = word_languages(scan.post.text, scan.languages, scan.entities)
    return round(code_mixing_index(words), 3), round(integration_index(words), 3)
