"""Lines made of tags."""

from __future__ import annotations

from postscan.blocks.page import Page
from postscan.blocks.pieces import stretches
from postscan.blocks.shape import ends_sentence
from postscan.scripts import is_letter


def tag_line(page: Page, at: int) -> tuple[str, str] | None:
    """A line that is nothing but hashtags and what separates them."""
    piece = page.pieces[at]
    if not piece.tags:
        return None
    free = "".join([stretch for stretch, _ in stretches(piece.surface, piece.start, piece.entities)])
    lettered = any(is_letter(ch) or ch.isdecimal() for ch in "".join(free.split())[:400])
    return None if lettered else ("tags", "tag-line")


def tag_list(page: Page, at: int) -> tuple[str, str] | None:
    """A line that a label ("Tags:", "Filed under") opens, followed by short items with signs between them."""
    piece = page.pieces[at]
    cue = next((cue for cue in page.cues_of(at) if cue.group.kind == "tags" and not cue.start), None)
    if cue is None or ends_sentence(piece.surface) or not piece.whole or len(piece.words) > 40:
        return None
    labelled = bool(piece.words[cue.end - 1].mark) or cue.end == len(piece.words) or piece.tags
    run = longest = marks = 0
    for word in piece.words[cue.end :]:
        run += 1
        longest = max(longest, run)
        if word.mark:
            run, marks = 0, marks + 1
    opened = piece.words[cue.end - 1].mark[:1]
    if labelled and opened not in (",", "\N{ARABIC COMMA}", ".") and longest <= 5:
        return "tags", "tag-list"
    if not labelled and cue.end > 0 and marks >= 2 and longest <= 3 and page.whole_words(at)[0] in _BARE:
        return "tags", "tag-list"
    return None


_BARE = frozenset({"tagged", "filed", "posted", "tags"})
"""Labels that WordPress prints without a colon."""
