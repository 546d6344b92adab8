"""Cuts a batch of texts into pieces: stretches of letters of one script, on one side of every edge.

All of it is arrays over the batch, so that a post costs microseconds; offsets are those of the joined texts.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from postscan.languages.letters import MARK, SHARED, Letters, read_letters
from postscan.model import Block, Embed, Entity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

NONE = -1


class Spans(NamedTuple):
    """Spans in order, in the joined texts."""

    start: Ints
    end: Ints


class Layers(NamedTuple):
    """Where the spans of a batch begin and end."""

    posts: Ints
    """Where each post begins."""
    blocks: Spans
    kinds: list[str]
    """The kind of each block."""
    embeds: Spans
    bodies: Spans
    """The own words of each embedded post; empty where there are none."""
    entities: Spans
    names: Spans
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

    def find(self, at: Ints) -> Ints:
        """The piece that each offset lies in or that was last before it, or NONE."""
        import numpy as np

        return np.searchsorted(self.start, at, "right") - 1


def read_layers(
    texts: Sequence[str],
    blocks: Sequence[Sequence[Block]],
    embeds: Sequence[Sequence[Embed]],
    entities: Sequence[Sequence[Entity]],
) -> Layers:
    """The layers of a batch with offsets in the joined texts. Emoji are no edges."""
    import numpy as np

    posts = np.arange(len(texts))  # a line break parts two
    posts[1:] += np.cumsum(list(map(len, texts)))[:-1]
    aside: Sequence[Sequence[Entity]] = entities
    shown: list[tuple[int, int, int, int]] = []
    names: list[tuple[int, int]] = []
    if any(embeds):
        aside = list(entities)
        for number, (at, some) in enumerate(zip(posts.tolist(), embeds, strict=True)):
            if some:
                shown += [_read_embed(embed, at) for embed in some]
                aside[number], named = _read_attributions(texts[number], some, entities[number])
                names += [(at + start, at + end) for start, end in named]
    kinds, blocked = _join_spans(blocks, posts)
    signs, placed = _join_spans(aside, posts)
    if "emoji" in signs:
        edges = np.array([kind != "emoji" for kind in signs], np.bool_)
        placed = Spans(placed.start[edges], placed.end[edges])
    embed_start, embed_end, body_start, body_end = np.array(shown, np.int64).reshape(-1, 4).T
    return Layers(
        posts,
        blocked,
        kinds,
        Spans(embed_start, embed_end),
        Spans(body_start, body_end),
        placed,
        Spans(*np.array(names, np.int64).reshape(-1, 2).T),
    )


def _join_spans(layers: Sequence[Sequence[Block]] | Sequence[Sequence[Entity]], posts: Ints) -> tuple[list[str], Spans]:
    """The kinds of all blocks or entities of a batch, and where they are in the joined texts."""
    import numpy as np

    joined: list[Block | Entity] = list(chain.from_iterable(layers))
    base = posts.repeat(list(map(len, layers)))
    start = np.array([span.start for span in joined], np.int64)
    end = np.array([span.end for span in joined], np.int64)
    return [span.kind for span in joined], Spans(start + base, end + base)


def _read_attributions(
    text: str, embeds: Sequence[Embed], entities: Sequence[Entity]
) -> tuple[list[Entity], list[tuple[int, int]]]:
    """The entities of a text with the printed handles of its embeds, in order; and the names beside these."""
    names: list[tuple[int, int]] = []
    printed: list[Entity] = []
    for embed in embeds:
        name, *handles = _read_attribution(text, embed)
        if name[0] < name[1]:
            names.append(name)
        printed += [Entity("handle", start, end, "") for start, end in handles]
    spans = sorted((handle.start, handle.end) for handle in printed)
    printed += [entity for entity in entities if not _shares(spans, (entity.start, entity.end))]
    return sorted(printed, key=lambda entity: (entity.start, entity.end)), names


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

    text = "\n".join([*texts, ""])
    letters = read_letters(text)
    at = (letters.kind >= SHARED).nonzero()[0]
    if not len(at):
        return None
    hard = np.zeros(len(text) + 1, np.bool_)
    hard[layers.posts] = True
    for spans in (layers.blocks, layers.embeds, layers.entities):
        hard[spans.start] = hard[spans.end] = True
    soft = hard.copy()
    newlines = (letters.code == ord("\n")).nonzero()[0]
    soft[newlines + 1] = True
    for spans in (layers.names, layers.bodies):
        soft[spans.start] = soft[spans.end] = True
    sides, parts = hard.nonzero()[0], soft.nonzero()[0]
    script = _share_scripts(letters.kind.take(at), at, sides)
    first = np.ones(len(at) + 1, np.bool_)
    first[1:-1] = script[1:] != script[:-1]
    first[np.searchsorted(at, parts)] = True
    firsts = first[:-1].nonzero()[0]
    start = at[firsts]
    lasts = np.append(firsts[1:], len(at))
    embed = _place(start, layers.embeds)
    own = embed == NONE
    if len(layers.embeds.start):
        own |= (layers.bodies.start[embed] <= start) & (start < layers.bodies.end[embed])
    return Pieces(
        text,
        letters,
        layers,
        start,
        _with_marks(letters, at[lasts - 1] + 1, parts),
        lasts - firsts,
        script[firsts].astype(np.int64),
        np.searchsorted(sides, start, "right"),
        np.searchsorted(newlines, start),
        np.searchsorted(layers.posts, start, "right") - 1,
        _place(start, layers.blocks),
        embed,
        _place(start, layers.entities),
        own,
        _place(start, layers.names) != NONE,
    )


def _share_scripts(script: NDArray[np.uint8], at: Ints, sides: Ints) -> NDArray[np.uint8]:
    """Scripts of letters, where letters that scripts share take that of the letter before, or else after, them."""
    import numpy as np

    shared = (script == SHARED).nonzero()[0]
    if not len(shared) or len(shared) == len(script):
        return script
    others = (script != SHARED).nonzero()[0]
    next_one = np.searchsorted(others, shared)
    before = others[np.maximum(next_one - 1, 0)]
    after = others[np.minimum(next_one, len(others) - 1)]
    side, side_before, side_after = (np.searchsorted(sides, at[some], "right") for some in (shared, before, after))
    filled = script.copy()
    filled[shared] = np.where(side_after == side, script[after], SHARED)
    same = (side_before == side) & (before < shared)
    filled[shared[same]] = script[before[same]]
    return filled


def _with_marks(letters: Letters, end: Ints, parts: Ints) -> Ints:
    """Ends of pieces, behind the marks on their last letters."""
    import numpy as np

    marked = (letters.kind.take(end) == MARK).nonzero()[0]
    if not len(marked):
        return end
    marks = (letters.kind == MARK).nonzero()[0]
    part = np.searchsorted(parts, marks, "right")
    lasts = np.append((np.diff(marks) != 1) | (np.diff(part) != 0), True)
    behind = marks[lasts] + 1  # every run of marks of one part
    some = end[marked]
    same = np.searchsorted(parts, some, "right") == np.searchsorted(parts, some - 1, "right")
    longer = end.copy()
    longer[marked] = np.where(same, behind[np.searchsorted(behind, some, "right") % len(behind)], some)
    return longer


def _place(start: Ints, spans: Spans) -> Ints:
    """The index of the last span that each start lies in, or NONE."""
    import numpy as np

    if not len(spans.start):
        return np.full(len(start), NONE, np.int64)
    index = np.searchsorted(spans.start, start, "right") - 1
    return np.where((index >= 0) & (start < spans.end[index]), index, NONE)
