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
    opened, begun, start, end, since = "", "", 0, 0, 0
    for piece, mark in zip(page.pieces, page.marks, strict=True):
        kind, rule, joins = _TEXT if mark is None else mark
        if kind == "headline" and text_seen:
            story, text_seen = story + 1, False
        text_seen = text_seen or kind == "body"
        if opened == kind and since == story and (kind in _JOINING or joins):
            end = piece.end
            continue
        if opened:
            blocks.append(Block(opened, start, end, since, begun))
        opened, begun, start, end, since = kind, rule, piece.start, piece.end, story
    if opened:
        blocks.append(Block(opened, start, end, since, begun))
    return tuple(blocks)
