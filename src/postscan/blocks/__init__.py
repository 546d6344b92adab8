"""The blocks of a post: headline, dateline, body, embed, caption, teaser, byline, boilerplate, tags.

The post is cut into pieces: lines between the embeds, and what a seam cuts off inside a line. Then the rules look at
them in the order below; the first that fits decides, and what none decides is body, so that the blocks tile the text.
Words, shape, place and neighbours decide together, never a word alone: losing body text is the worse error.
"""

from __future__ import annotations

from collections.abc import Sequence

from postscan.blocks import bylines, captions, headlines, leads, notices, phrased, regions, stories, tags
from postscan.blocks.cuts import cut_page
from postscan.blocks.page import Page, Rule
from postscan.model import Block, Embed, Entity

LINE_RULES: tuple[tuple[str, Rule], ...] = (
    ("tag-line", tags.tag_line),
    ("tag-list", tags.tag_list),
    *bylines.RULES,
    *notices.RULES,
    ("lead-line", leads.lead_line),
    *captions.RULES,
    ("phrase", phrased.phrase),
)
"""What a piece says of itself; the first rule that fits decides."""

NEIGHBOUR_RULES = (
    regions.picture_texts,
    regions.author_box,
    regions.comments,
    regions.related,
    regions.labels_beside,
    regions.beside_notices,
    headlines.mark_headlines,
)
"""What the decided pieces say of their neighbours."""


def find_blocks(text: str, embeds: Sequence[Embed], entities: Sequence[Entity]) -> tuple[Block, ...]:
    r"""The blocks of a text: sorted, disjoint, with nothing but white space between them.

    Embeds and entities are those of the text, sorted by start. Each embed is a block with its own start and end.

    >>> blocks = find_blocks("Bridge closed\n\nBy Ana Roe\n\nThe bridge is closed.", (), ())
    >>> [(block.kind, block.story, block.rule) for block in blocks]
    [('headline', 0, 'first-line'), ('byline', 0, 'by-names'), ('body', 0, 'text')]
    """
    page = cut_page(text, embeds, entities)
    for at in range(len(page.pieces)):
        if page.marks[at] is None:
            _decide(page, at)
    if len(page.pieces) > 1:
        for rule in NEIGHBOUR_RULES:
            rule(page)
    return stories.join_blocks(page)


def _decide(page: Page, at: int) -> None:
    for _, rule in LINE_RULES:
        if found := rule(page, at):
            page.mark(at, *found)
            return
