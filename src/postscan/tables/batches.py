"""A batch as its tables need it: each layer of all posts end to end, and where each span of it stands.

What holds for every row (the key of its post, its number there, its block) is asked of numpy for all rows at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from postscan.dates import clock, find_chains
from postscan.languages import code_mixing_index, integration_index, word_languages
from postscan.model import Block, Embed, Entity, Language, Post, Problem, Scan, Skipped, Source
from postscan.scripts import count_letters
from postscan.tables.arrays import arrow_array, named, numbered, portions
from postscan.tables.digests import OWN, post_keys
from postscan.tables.owners import find_branded, find_poster, mark_brands

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

_Span = TypeVar("_Span", Block, Embed, Entity, Language, Source)

_ROLES = ("own", "embedded", "other", "brand")
_OWN, _EMBEDDED, _OTHER, _BRAND = range(len(_ROLES))
_ROLE_OF = {**dict.fromkeys(OWN, _OWN), "embed": _EMBEDDED}
_TEXT_BITS = 32
"""The texts of a batch are thought of as 2**32 characters apart, so that one search looks through all of them."""


class Batch:
    """The scans, problems and skipped records of a batch, and what more than one column is made from."""

    def __init__(self, items: Iterable[Scan | Problem | Skipped]) -> None:
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
        self.posts: list[Post] = [scan.post for scan in scans]
        self.keys: NDArray[np.int64] = post_keys(self.posts)
        self.posters: list[tuple[str | None, str | None]] = [find_poster(post) for post in self.posts]
        self.created: list[str | None] = [scan.created for scan in scans]
        dates = find_chains(scans)
        self.dates_of: list[int] = dates[0]
        """The number of the post of each date."""
        self.links: list[str] = dates[1]
        """What it was read from."""
        self.dates: list[str] = dates[2]
        self.clocks: Clocks = Clocks([*self.created, *self.dates])
        self.blocks: Layer[Block] = Layer(self.keys, [scan.blocks for scan in scans])
        self.embeds: Layer[Embed] = Layer(self.keys, [scan.embeds for scan in scans])
        self.entities: Layer[Entity] = Layer(self.keys, [scan.entities for scan in scans])
        self.languages: Layer[Language] = Layer(self.keys, [scan.languages for scan in scans])
        self.sources: Layer[Source] = Layer(self.keys, [scan.sources for scan in scans])
        self.entity_kinds: list[str] = [entity.kind for entity in self.entities.values]
        self.source_kinds: list[str] = [source.kind for source in self.sources.values]
        self.codes: tuple[NDArray[np.int32], list[str]] = numbered([span.code for span in self.languages.values])
        self.written_entities: list[str] = self.written(self.entities)
        self.mixing: NDArray[np.float64] = self._mixing()
        """CMI and I-index of each post, as two rows."""
        places = Places(self.blocks)
        self.roles: NDArray[np.int32] = places.roles[:-1]
        self.kinds: pa.Array = named(places.numbers[:-1], places.kinds)
        self.embeds_at: Place = places.find(self.embeds)
        self.entities_at: Place = places.find(self.entities, self._brands())
        self.languages_at: Place = places.find(self.languages)
        self.sources_at: Place = places.find(
            self.sources, [n for n, kind in enumerate(self.source_kinds) if kind == "brand"]
        )

    def written(self, layer: Layer[_Span]) -> list[str]:
        """The characters of each span of a layer."""
        texts = [post.text for post in self.posts]
        return [texts[n][span.start : span.end] for n, span in zip(layer.post.tolist(), layer.values, strict=True)]

    def count_letters(self) -> NDArray[np.int32]:
        """How many letters each stretch of one language has."""
        import numpy as np

        texts = [post.text for post in self.posts]
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        found = [np.zeros(0, np.int32)]
        for some in portions(texts):
            base = np.cumsum(sizes[some]) - sizes[some]
            rows = slice(*np.searchsorted(self.languages.post, (some.start, some.stop)).tolist())
            post = self.languages.post[rows] - some.start
            begin, end = (
                base[post] + np.minimum(at[rows], sizes[some][post])
                for at in (self.languages.start, self.languages.end)
            )
            found.append(count_letters("".join(texts[some]), begin, end))
        return np.concatenate(found)

    def in_entities(self) -> NDArray[np.bool_]:
        """Whether each stretch of one language begins in an entity, emoji apart."""
        import numpy as np

        chosen = np.array([kind != "emoji" for kind in self.entity_kinds], np.bool_)
        return _search(self.entities.first[chosen], self.entities.last[chosen], self.languages.first) >= 0

    def _brands(self) -> list[int]:
        """The numbers of the entities that are the poster's own."""
        import numpy as np

        first = np.searchsorted(self.entities.post, np.arange(len(self.scans))).tolist()
        return [
            number
            for n in find_branded(self.scans)
            for number, brand in enumerate(mark_brands(self.scans[n]), first[n])
            if brand
        ]

    def _mixing(self) -> NDArray[np.float64]:
        import numpy as np

        found = np.zeros((2, len(self.scans)))  # most posts have one language, and need no words cut
        numbers, codes = self.codes
        decided = numbers != (codes.index("und") if "und" in codes else -1)
        code, post = numbers[decided], self.languages.post[decided]
        changes = (code[1:] != code[:-1]) & (post[1:] == post[:-1])
        for n in np.unique(post[1:][changes]).tolist():
            found[:, n] = _mix(self.scans[n])
        return found


class Clocks:
    """Day, time and offset of many dates, of which many are the same."""

    def __init__(self, dates: Sequence[str | None]) -> None:
        import pyarrow as pa

        self._at, different = numbered(dates)
        clocks = [clock(date) for date in different]
        self._days = arrow_array([day for day, _, _ in clocks], pa.date32())
        self._times = arrow_array([time for _, time, _ in clocks], pa.timestamp("us"))
        self._offsets = arrow_array([offset for _, _, offset in clocks], pa.int32())

    def days(self, which: slice) -> pa.Array:
        """The days of some of the dates."""
        return self._days.take(self._at[which])

    def times(self, which: slice) -> pa.Array:
        """Their times of day."""
        return self._times.take(self._at[which])

    def offsets(self, which: slice) -> pa.Array:
        """Their seconds east of UTC."""
        return self._offsets.take(self._at[which])


class Layer(Generic[_Span]):
    """A layer of all posts of a batch, end to end; its arrays have a number for each span."""

    def __init__(self, keys: NDArray[np.int64], layers: Sequence[Sequence[_Span]]) -> None:
        import numpy as np

        self.values: list[_Span] = list(itertools.chain.from_iterable(layers))
        count = len(self.values)
        sizes = np.fromiter(map(len, layers), np.int64, len(layers))
        self.post: NDArray[np.int64] = np.repeat(np.arange(len(layers)), sizes)
        """Which post of the batch it is of."""
        self.keys: NDArray[np.int64] = keys[self.post]
        """That post's key."""
        n = np.arange(count) - (np.cumsum(sizes) - sizes)[self.post]
        self.n: NDArray[np.int32] = n.astype(np.int32)
        """Its number in that post, from 0."""
        self.start: NDArray[np.int32] = np.fromiter([span.start for span in self.values], np.int32, count)
        self.end: NDArray[np.int32] = np.fromiter([span.end for span in self.values], np.int32, count)
        self.first: NDArray[np.int64] = (self.post << _TEXT_BITS) + self.start
        """Where it begins in the batch."""
        self.last: NDArray[np.int64] = (self.post << _TEXT_BITS) + self.end
        """Where it ends in the batch."""


class Place:
    """Columns of the rows of a layer: where each stands. Outside all blocks (of a hand-made scan) two are null."""

    def __init__(self, block: pa.Array, story: pa.Array, role: pa.Array) -> None:
        self.block = block
        self.story = story
        self.role = role


class Places:
    """The blocks of a batch, to be searched; after the last one stands what is outside of all of them."""

    def __init__(self, blocks: Layer[Block]) -> None:
        import numpy as np

        self._blocks = blocks
        numbers, self.kinds = numbered([block.kind for block in blocks.values])
        self.numbers: NDArray[np.int32] = np.append(numbers, np.int32(-1))
        """The number of each one's kind among `kinds`."""
        roles = np.array([*[_ROLE_OF.get(kind, _OTHER) for kind in self.kinds], _OTHER], np.int32)
        self.roles: NDArray[np.int32] = roles[self.numbers]
        self._stories = np.array([*[block.story for block in blocks.values], 0], np.int32)

    def find(self, layer: Layer[_Span], brands: Sequence[int] = ()) -> Place:
        """Where each span of a layer stands; `brands` are the numbers of the poster's own, unless they are embedded."""
        import numpy as np
        import pyarrow as pa

        at = _search(self._blocks.first, self._blocks.last, layer.first)
        outside = at < 0
        at[outside] = len(self._blocks.values)
        roles = self.roles[at]
        own = np.array(brands, np.int64)
        roles[own[roles[own] != _EMBEDDED]] = _BRAND
        stories = pa.array(self._stories[at], mask=outside if outside.any() else None)
        return Place(named(self.numbers[at], self.kinds), stories, role_names(roles))


def role_names(roles: NDArray[np.int32]) -> pa.Array:
    """The names of roles: own, embedded, other, brand."""
    return named(roles, _ROLES)


def _search(first: NDArray[np.int64], last: NDArray[np.int64], offsets: NDArray[np.int64]) -> NDArray[np.intp]:
    """The number of the span that each offset lies in, of spans in order of their starts; -1 where it is in none."""
    import numpy as np

    at = np.searchsorted(first, offsets, side="right") - 1
    at[offsets >= np.append(last, 0)[at]] = -1
    return at


def _mix(scan: Scan) -> tuple[float, float]:
    """CMI and I-index of all words of a post, three decimals; 0 where tags and links alone have another language."""
    marked = {(e.start, e.end) for e in scan.entities}
    if len({s.code for s in scan.languages if s.code != "und" and (s.start, s.end) not in marked}) < 2:
        return 0.0, 0.0
    words = word_languages(scan.post.text, scan.languages, scan.entities)
    return round(code_mixing_index(words), 3), round(integration_index(words), 3)
