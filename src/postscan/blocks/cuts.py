"""The pieces of a post: its embeds, its lines, and what seams cut off inside a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from postscan.blocks.gate import read_signs
from postscan.blocks.leads import is_lead_line, outlet_end
from postscan.blocks.page import Mark, Page
from postscan.blocks.phrased import phrase
from postscan.blocks.pieces import PARAGRAPH, SEAM, Piece, cut_lines, trim_span, within
from postscan.blocks.regions import outlet_caption
from postscan.blocks.seams import find_seams
from postscan.blocks.shape import ends_open
from postscan.blocks.signs import COLON, PHRASE, SEAMS
from postscan.model import Embed, Entity

_TITLE = 5
"""Words of a title at least."""

ReadSigns = Callable[[str, int, int, Sequence[Entity]], int]
"""The signs of a stretch of the text with the entities within it."""

_HEAD_PIECES, _HEAD_LINE = 6, 200
"""A head is at most so many pieces, each of a line shorter than so many characters."""


def cut_page(
    text: str,
    embeds: Sequence[Embed],
    entities: Sequence[Entity],
    *,
    opening: int | None = None,
    read: ReadSigns = read_signs,
) -> Page:
    """The page of a post, with marks for its embeds and for what the seams themselves decide.

    `read` says what the words of a stretch leave open; one that leaves everything open changes no answer. `opening` is
    what it says of the first line, where that is known.
    """
    page = Page(text, [], [])
    pieces, marks = page.pieces, page.marks
    rules = {embed.start: embed.rule for embed in embeds} if embeds else {}
    headed, at, count = True, 0, len(entities)
    for start, end, before, is_embed in cut_lines(text, embeds):
        if is_embed:
            pieces.append(Piece(start, end, before, text[start:end], (), 0, embed=True))
            marks.append(Mark("embed", rules[start]))
            headed = False
            continue
        while at < count and entities[at].start < start:
            at += 1
        since = at
        if at < count and entities[-1].end <= end:
            at = count
        while at < count and entities[at].start < end:
            at += 1
        inside = entities[since:at]
        if inside and inside[-1].end > end:
            inside = inside[:-1]
        signs = read(text, start, end, inside) if opening is None or pieces else opening
        if signs & SEAMS:
            line = _Line(text, start, end, inside, signs, read)
            titled = before == PARAGRAPH and bool(pieces) and _may_be_title(pieces[-1])
            cuts = _cuts(line, first=not pieces, headed=headed and bool(pieces), titled=titled)
        if signs & SEAMS and len(cuts) > 1:
            for n, (first, last, kind, rule) in enumerate(_stretches(text, cuts, end)):
                pieces.append(line.piece(first, last, before if n == 0 else SEAM))
                marks.append(Mark(kind, rule) if kind else None)
        else:
            pieces.append(Piece(start, end, before, text[start:end], inside, signs))
            marks.append(None)
        headed = headed and end - start < _HEAD_LINE and len(pieces) < _HEAD_PIECES
    return page


class _Line(NamedTuple):
    """A line that may have seams."""

    text: str
    start: int
    end: int
    entities: Sequence[Entity]
    signs: int
    read: ReadSigns

    def piece(self, start: int, end: int, before: int) -> Piece:
        """A trimmed part of it."""
        inside = within(self.entities, start, end)
        signs = self.read(self.text, start, end, inside)
        return Piece(start, end, before, self.text[start:end], inside, signs)

    def is_tail(self, at: int, stop: int) -> bool:
        """Whether a part of it is a notice or teaser by its words."""
        tail = self.piece(*trim_span(self.text, at, stop), SEAM)
        found = phrase(Page(self.text, [tail], [None]), 0) if tail.signs & PHRASE else None
        return found is not None and found[0] in ("teaser", "boilerplate")


def _cuts(line: _Line, *, first: bool, headed: bool, titled: bool) -> list[tuple[int, str, str]]:
    """Where the pieces of a line begin, each with the kind and rule that the seam decides."""
    text, start, end = line.text, line.start, line.end
    if line.signs & COLON:
        if is_lead_line(text[start:end]):
            return [(start, "", "")]
        caption = None if first else outlet_caption(text, start, end)
        if caption:
            return [(start, "dateline", "outlet-lead"), (caption, "", "")]
        outlet = outlet_end(text, start, end) if titled else None
        if outlet:
            inside = within(line.entities, outlet, end)
            rest = line._replace(start=outlet, entities=inside, signs=line.read(text, outlet, end, inside))
            return [(start, "dateline", "lead"), *_cuts(rest, first=False, headed=False, titled=False)]
    cuts = list(find_seams(text, start, end, line.signs, first=first, headed=headed, is_tail=line.is_tail))
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
