"""From marked pieces to blocks: which story a piece belongs to, and what is one block."""

from __future__ import annotations

from postscan.blocks.page import Mark, Page
from postscan.model import Block

_JOINING = ("body", "boilerplate", "byline", "dateline", "tags")
"""Kinds of which consecutive paragraphs are one block."""

_TEXT = Mark("body", "text")


def join_blocks(page: Page) -> tuple[Block, ...]:
    """The blocks: undecided pieces are body, a headline after body text opens the next story."""
    blocks: list[Block] = []
    story, text_seen = 0, False
    for piece, mark in zip(page.pieces, page.marks, strict=True):
        kind, rule, joins = (mark.kind, mark.rule, mark.joins) if mark else (_TEXT.kind, _TEXT.rule, False)
        if kind == "headline" and text_seen:
            story, text_seen = story + 1, False
        text_seen = text_seen or kind == "body"
        last = blocks[-1] if blocks else None
        if last and last.kind == kind and last.story == story and (kind in _JOINING or joins):
            blocks[-1] = Block(kind, last.start, piece.end, story, last.rule)
        else:
            blocks.append(Block(kind, piece.start, piece.end, story, rule))
    return tuple(blocks)
