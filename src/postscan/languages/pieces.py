"""Cuts a batch of texts into pieces: stretches of letters of one script, on one side of every edge.

All of it is arrays over the batch, so that a post costs microseconds; offsets are those of the joined texts.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from postscan.languages.letters import MARK, SHARED, Letters, read_letters
from postscan.model import Block, Embed, Entity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

NONE = -1


class Layers(NamedTuple):
    """Where the spans of a batch begin and end in the joined texts, in order."""

    posts: list[int]
    blocks: list[tuple[int, int, str]]
    embeds: list[tuple[int, int, int, int]]
    """Start, end, and where the embedded post's own words begin and end."""
    entities: list[tuple[int, int]]
    names: list[tuple[int, int]]
    """The names in attributions."""


class Pieces(NamedTuple):
    """One row a piece, in the order of the text."""

    text: str
    letters: Letters
    layers: Layers
    start: Ints
    end: Ints
    size: Ints
    """How many letters."""
    script: Ints
    """The number that stands for its script."""
    side: Ints
    """Changes at every edge of a block, an embed, an entity or a post: segments stop there."""
    line: Ints
    post: Ints
    block: Ints
    """Index in layers, or NONE; so too embed and entity."""
    embed: Ints
    entity: Ints
    own: NDArray[np.bool_]
    """Not in an attribution: the words of the post, or those of the embedded one."""
    name: NDArray[np.bool_]
    stretch: NDArray[np.int32]
    """For each code point, the piece that it lies in or that was last."""


def read_layers(
    texts: Sequence[str],
    blocks: Sequence[Sequence[Block]],
    embeds: Sequence[Sequence[Embed]],
    entities: Sequence[Sequence[Entity]],
) -> Layers:
    """The layers of a batch with offsets in the joined texts. Emoji are no edges."""
    layers = Layers([], [], [], [], [])
    at = 0
    for text, some_blocks, some_embeds, some_entities in zip(texts, blocks, embeds, entities, strict=True):
        layers.posts.append(at)
        if some_blocks:
            layers.blocks.extend([(at + b.start, at + b.end, b.kind) for b in some_blocks])
        if some_entities or some_embeds:
            layers.entities.extend(_read_marked(text, some_embeds, some_entities, at, layers))
        at += len(text) + 1
    return layers


def _read_marked(
    text: str, embeds: Sequence[Embed], entities: Sequence[Entity], at: int, layers: Layers
) -> list[tuple[int, int]]:
    """The entities of a text that stand aside, and the printed handles of its embeds, which go to `layers`."""
    marked = [(at + e.start, at + e.end) for e in entities if e.kind != "emoji"]
    if not embeds:
        return marked
    printed: list[tuple[int, int]] = []
    for embed in embeds:
        layers.embeds.append(_read_embed(embed, at))
        name, *handles = _read_attribution(text, embed)
        if name[0] < name[1]:
            layers.names.append((at + name[0], at + name[1]))
        printed += [(at + start, at + end) for start, end in handles]
    printed.sort()
    return sorted([*(span for span in marked if not _shares(printed, span)), *printed])


def _shares(spans: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether one of the spans, sorted and apart, shares a character with a span."""
    before = bisect.bisect_left(spans, (span[1], 0)) - 1
    return before >= 0 and spans[before][1] > span[0]


def _read_embed(embed: Embed, at: int) -> tuple[int, int, int, int]:
    if embed.body_start is None or embed.body_end is None:
        return at + embed.start, at + embed.end, at + embed.start, at + embed.start
    return at + embed.start, at + embed.end, at + embed.body_start, at + embed.body_end


def _read_attribution(text: str, embed: Embed) -> list[tuple[int, int]]:
    """The name (empty where there is none), then the handle that is printed in an attribution."""
    found = [(0, 0)]
    after = embed.start if embed.body_end is None else embed.body_end
    if embed.name and (at := text.find(embed.name, after, embed.end)) >= 0:
        found = [(at, at + len(embed.name))]
    if embed.handle and (at := text.find("@" + embed.handle, after, embed.end)) >= 0:
        found.append((at, at + 1 + len(embed.handle)))
    return found


def cut_pieces(texts: Sequence[str], layers: Layers) -> Pieces | None:
    """The pieces of a batch; None where it has no letter."""
    import numpy as np

    text = "\n".join(texts) + "\n"
    letters = read_letters(text)
    at = np.flatnonzero(letters.kind >= SHARED)
    if not len(at):
        return None
    size = len(text) + 1
    hard = np.zeros(size, np.int32)
    hard[layers.posts] = 1
    for spans in (layers.blocks, layers.embeds, layers.entities):
        hard[[span[0] for span in spans]] = 1
        hard[[span[1] for span in spans]] = 1
    soft = hard.copy()
    newlines = np.flatnonzero(letters.code == ord("\n"))
    soft[newlines + 1] = 1
    for begin, end in (*layers.names, *((e[2], e[3]) for e in layers.embeds)):
        soft[begin] = soft[end] = 1
    sides, parts = np.cumsum(hard, dtype=np.int32), np.cumsum(soft, dtype=np.int32)
    script = _share_scripts(letters.kind[at], at, sides)
    first = np.ones(len(at) + 1, np.bool_)
    first[1:-1] = script[1:] != script[:-1]
    first[np.searchsorted(at, np.flatnonzero(soft))] = True
    first = first[:-1]
    firsts = np.flatnonzero(first)
    start = at[firsts]
    lasts = np.append(firsts[1:], len(at))
    stretch = np.zeros(len(text), np.int32)
    stretch[start] = 1
    own, embed = _place(start, layers.embeds)
    body = np.array([(NONE, NONE), *((e[2], e[3]) for e in layers.embeds)], np.int64)[embed + 1]
    return Pieces(
        text,
        letters,
        layers,
        start,
        _with_marks(letters, at[lasts - 1] + 1, parts),
        lasts - firsts,
        script[firsts].astype(np.int64),
        sides[start].astype(np.int64),
        np.searchsorted(newlines, start),
        np.searchsorted(np.array(layers.posts, np.int64), start, "right") - 1,
        _place(start, layers.blocks)[1],
        embed,
        _place(start, layers.entities)[1],
        own | ((body[:, 0] <= start) & (start < body[:, 1])),
        ~_place(start, layers.names)[0],
        np.cumsum(stretch, dtype=np.int32) - 1,
    )


def _share_scripts(script: NDArray[np.uint8], at: Ints, sides: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Scripts of letters, where letters that scripts share take that of the letter before, or else after, them."""
    import numpy as np

    shared = np.flatnonzero(script == SHARED)
    others = np.flatnonzero(script != SHARED)
    if not len(shared) or not len(others):
        return script
    next_one = np.searchsorted(others, shared)
    before = others[np.maximum(next_one - 1, 0)]
    after = others[np.minimum(next_one, len(others) - 1)]
    filled = script.copy()
    filled[shared] = np.where(sides[at[after]] == sides[at[shared]], script[after], SHARED)
    same = (sides[at[before]] == sides[at[shared]]) & (before < shared)
    filled[shared[same]] = script[before[same]]
    return filled


def _with_marks(letters: Letters, end: Ints, parts: NDArray[np.int32]) -> Ints:
    """Ends of pieces, behind the marks on their last letters."""
    import numpy as np

    marked = letters.kind[end] == MARK
    if not marked.any():
        return end
    marks = np.flatnonzero(letters.kind == MARK)
    lasts = np.append((np.diff(marks) != 1) | (np.diff(parts[marks]) != 0), True)
    behind = marks[lasts] + 1  # every run of marks of one part
    longer = np.where(parts[end] == parts[end - 1], behind[np.searchsorted(behind, end, "right") % len(behind)], end)
    return np.where(marked, longer, end)


def _place(
    start: Ints, spans: Sequence[tuple[int, ...]] | Sequence[tuple[int, int, str]]
) -> tuple[NDArray[np.bool_], Ints]:
    """Whether each start lies outside all spans, and the index of the last span that it lies in, or NONE."""
    import numpy as np

    if not spans:
        return np.ones(len(start), np.bool_), np.full(len(start), NONE, np.int64)
    begins = np.array([span[0] for span in spans], np.int64)
    ends = np.array([span[1] for span in spans], np.int64)
    index = np.searchsorted(begins, start, "right") - 1
    inside = (index >= 0) & (start < ends[index])
    return ~inside, np.where(inside, index, NONE)
