"""The pieces of a post: its embeds, its lines, and what seams cut off inside a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postscan.blocks.leads import is_lead_line, outlet_end
from postscan.blocks.page import Mark, Page
from postscan.blocks.phrased import phrase
from postscan.blocks.pieces import PARAGRAPH, SEAM, Piece, cut_lines, cut_piece, trim_span
from postscan.blocks.regions import outlet_caption
from postscan.blocks.seams import find_seams
from postscan.blocks.shape import ends_open
from postscan.model import Embed, Entity

_TITLE = 5
"""Words of a title at least."""

_HEAD_PIECES, _HEAD_LINE = 6, 200
"""A head is at most so many pieces, each of a line shorter than so many characters."""


def cut_page(text: str, embeds: Sequence[Embed], entities: Sequence[Entity]) -> Page:
    """The page of a post, with marks for its embeds and for what the seams themselves decide."""
    pieces: list[Piece] = []
    marks: list[Mark | None] = []
    rules = {embed.start: embed.rule for embed in embeds}
    headed = True
    for start, end, before, is_embed in cut_lines(text, embeds):
        if is_embed:
            pieces.append(
                Piece(start, end, before, text[start:end], (), whole=False, tags=0, letters_free="", embed=True)
            )
            marks.append(Mark("embed", rules[start]))
            headed = False
            continue
        titled = before == PARAGRAPH and bool(pieces) and _may_be_title(pieces[-1])
        cuts = _cuts(text, start, end, entities, first=not pieces, headed=headed and bool(pieces), titled=titled)
        for n, (first, last, kind, rule) in enumerate(_stretches(text, cuts, end)):
            pieces.append(cut_piece(text, first, last, before if n == 0 else SEAM, entities))
            marks.append(Mark(kind, rule) if kind else None)
        headed = headed and end - start < _HEAD_LINE and len(pieces) < _HEAD_PIECES
    return Page(text, pieces, marks)


def _cuts(
    text: str, start: int, end: int, entities: Sequence[Entity], *, first: bool, headed: bool, titled: bool
) -> list[tuple[int, str, str]]:
    """Where the pieces of a line begin, each with the kind and rule that the seam decides."""
    if is_lead_line(text[start:end]):
        return [(start, "", "")]
    caption = None if first else outlet_caption(text, start, end)
    if caption:
        return [(start, "dateline", "outlet-lead"), (caption, "", "")]
    outlet = outlet_end(text, start, end) if titled else None

    def is_tail(at: int, stop: int) -> bool:
        tail = cut_piece(text, *trim_span(text, at, stop), SEAM, entities)
        found = phrase(Page(text, (tail,), [None]), 0)
        return found is not None and found[0] in ("teaser", "boilerplate")

    if outlet:
        return [
            (start, "dateline", "lead"),
            *_cuts(text, outlet, end, entities, first=False, headed=False, titled=False),
        ]
    cuts = list(find_seams(text, start, end, first=first, headed=headed, is_tail=is_tail))
    return cuts if cuts and cuts[0][0] == start else [(start, "", ""), *cuts]


def _may_be_title(piece: Piece) -> bool:
    """Whether a piece could be the title of what follows: a paragraph of some words without a stop."""
    return not piece.embed and piece.before == PARAGRAPH and len(piece.words) >= _TITLE and ends_open(piece.surface)


def _stretches(text: str, cuts: Sequence[tuple[int, str, str]], end: int) -> Iterator[tuple[int, int, str, str]]:
    """The trimmed stretches between cuts that are not empty."""
    for (cut, kind, rule), stop in zip(cuts, [*(at for at, _, _ in cuts[1:]), end], strict=True):
        first, last = trim_span(text, cut, stop)
        if first < last:
            yield first, last, kind, rule
