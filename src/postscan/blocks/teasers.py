"""Links to other stories, in words: a label in capitals and a title."""

from __future__ import annotations

from postscan.blocks.page import Page
from postscan.blocks.phrased import label_end
from postscan.blocks.shape import CAPITAL_LABEL, ends_sentence


def capital_label(page: Page, at: int) -> tuple[str, str] | None:
    """A label in capitals that the table does not know, beside a teaser that it does know."""
    piece = page.pieces[at]
    match = CAPITAL_LABEL.match(piece.surface)
    if not match or ends_sentence(piece.surface) or len(piece.words) > 26 or is_news_label(page, at):
        return None
    beside = any(page.kind(i) == "teaser" for i in (at - 1, at + 1))
    return ("teaser", "capital-label?") if beside else None


def is_news_label(page: Page, at: int) -> bool:
    """Whether it begins with a label that opens news ("BREAKING:"), not a link to other news."""
    piece = page.pieces[at]
    return any(
        cue.group.rule == "news-label" and not cue.start and label_end(piece, cue) is not None
        for cue in page.cues_of(at)
    )
