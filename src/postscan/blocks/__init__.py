"""The blocks of a post: headline, dateline, body, embed, caption, teaser, byline, boilerplate, tags.

The post is cut into pieces: lines between the embeds, and what a seam cuts off inside a line. Then the rules look at
them in the order below; the first that fits decides, and what none decides is body, so that the blocks tile the text.
Words, shape, place and neighbours decide together, never a word alone: losing body text is the worse error.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

from postscan.blocks import bylines, captions, headlines, leads, notices, phrased, regions, stories, tags
from postscan.blocks.cuts import cut_page
from postscan.blocks.gate import read_signs
from postscan.blocks.page import Page, Rule
from postscan.blocks.signs import COLON, PHRASE, TAGGED
from postscan.model import Block, Embed, Entity

LINE_RULES: tuple[tuple[str, int, Rule], ...] = (
    ("tag-line", TAGGED, tags.tag_line),
    ("tag-list", PHRASE, tags.tag_list),
    *bylines.RULES,
    *notices.RULES,
    ("lead-line", COLON, leads.lead_line),
    *captions.RULES,
    ("phrase", PHRASE, phrased.phrase),
)
"""What a piece says of itself, each with the signs of which it needs one; the first rule that fits decides."""

NEIGHBOUR_RULES = (
    regions.picture_texts,
    regions.author_box,
    regions.comments,
    regions.related,
    regions.labels_beside,
    regions.beside_notices,
)
"""What the decided pieces, embeds left out, say of their neighbours; titles come last."""

_TELLING = frozenset(("boilerplate", "tags", "teaser"))
"""Kinds beside which, or below which, a piece may be something else than it says; outlets before captions besides."""

_ANY = functools.reduce(operator.or_, (needs for _, needs, _ in LINE_RULES))


def find_blocks(text: str, embeds: Sequence[Embed], entities: Sequence[Entity]) -> tuple[Block, ...]:
    r"""The blocks of a text: sorted, disjoint, with nothing but white space between them.

    Embeds and entities are those of the text, sorted by start. Each embed is a block with its own start and end.

    >>> blocks = find_blocks("Bridge closed\n\nBy Ana Roe\n\nThe bridge is closed.", (), ())
    >>> [(block.kind, block.story, block.rule) for block in blocks]
    [('headline', 0, 'first-line'), ('byline', 0, 'by-names'), ('body', 0, 'text')]
    """
    signs = None  # of a text of one line, as most short posts are
    if text and not (embeds or "\n" in text or text[0].isspace() or text[-1].isspace()):
        signs = read_signs(text, 0, len(text), entities)
        if not signs:
            return (Block("body", 0, len(text), 0, "text"),)
    page = cut_page(text, embeds, entities, opening=signs)
    decide(page)
    return stories.join_blocks(page)


def decide(page: Page) -> None:
    """Marks the pieces that a rule decides; the others are text."""
    for at, piece in enumerate(page.pieces):
        if piece.signs & _ANY and page.marks[at] is None:
            _decide(page, at, piece.signs)
    if len(page.pieces) > 1:
        if any(mark is not None and (mark.kind in _TELLING or mark.rule == "outlet-lead") for mark in page.marks):
            for rule in NEIGHBOUR_RULES:
                rule(page)
        headlines.mark_headlines(page)


def _decide(page: Page, at: int, signs: int) -> None:
    for _, needs, rule in LINE_RULES:
        if signs & needs and (found := rule(page, at)):
            page.mark(at, *found)
            return
