"""What neighbours decide: lists under a label, comments, buttons beside notices, picture texts before their outlet."""

from __future__ import annotations

import re

from postscan.blocks.leads import outlet_end
from postscan.blocks.page import Mark, Page
from postscan.blocks.phrased import near_phrase
from postscan.blocks.pieces import LINE
from postscan.blocks.shape import dates_in, ends_open, ends_sentence
from postscan.blocks.teasers import capital_label

_ARROW = re.compile(r"[\u2190\u2192\u00ab\u00bb\u2039\u203a]|[^\s.]{3,16} [\u2190\u2192\u00ab\u00bb\u2039\u203a]")
_IN = re.compile(r"(?:In|in|Dans|En|In der Kategorie|في) [\"\u201c\u00ab\u201e]")


def related(page: Page) -> None:
    """The titles under a label that stands alone ("Related", "Most read"), each with its day and its category."""
    if not any(_lists(mark) for mark in page.marks):
        return
    open_list = False
    last_text = max(
        (at for at, piece in enumerate(page.pieces) if page.marks[at] is None and len(piece.words) > 20), default=-1
    )
    for at, piece in enumerate(page.pieces):
        kind = page.kind(at)
        if _lists(page.marks[at]):
            open_list = len(piece.words) <= 6 and (piece.surface.endswith(":") or ends_open(piece.surface))
        elif kind is not None or piece.embed:
            open_list = False
        elif open_list and at:
            if _belongs(page, at):
                page.mark(at, "teaser", "related-item", joins=True)
            elif (
                len(piece.words) <= 20 and not ends_sentence(piece.surface) and (piece.before == LINE or at > last_text)
            ):
                page.mark(at, "teaser", "related-item")
            else:
                open_list = False


def _lists(mark: Mark | None) -> bool:
    """Whether it is a label under which other stories are listed, or one of them."""
    return mark is not None and (mark.kind == "teaser" or (mark.kind, mark.rule) == ("boilerplate", "most-read"))


def _rule(page: Page, at: int) -> str | None:
    mark = page.marks[at]
    return mark.rule if mark else None


def _belongs(page: Page, at: int) -> bool:
    """A day, or "In "category"", under a teaser's title."""
    piece = page.pieces[at]
    if piece.before != LINE or page.kind(at - 1) != "teaser" or _rule(page, at - 1) != "related-item":
        return False
    found = dates_in(piece.surface)
    return bool(_IN.match(piece.surface)) or bool(found and found[0].start == 0 and len(piece.words) <= 6)


def comments(page: Page) -> None:
    """All that follows the head of the comments, or the box about the author, to the end of the post."""
    if not any(mark is not None and mark.rule == "comments" for mark in page.marks):
        return
    begun: str | None = None
    seen_text = False
    for at, piece in enumerate(page.pieces):
        mark = page.marks[at]
        if begun:
            page.mark(at, "boilerplate", begun)
        elif mark is None:
            seen_text = seen_text or len(piece.words) > 12
        elif seen_text and mark.rule == "comments":
            begun = "comment-section"


def author_box(page: Page) -> None:
    """The line "Published by" at the foot of a blog's post, with what its author says of themselves below it."""
    foot = False
    for at, piece in enumerate(page.pieces):
        mark = page.marks[at]
        if mark is None and foot and len(piece.words) <= 6 and _PUBLISHED_BY.match(piece.surface):
            page.mark(at, "boilerplate", "author-box")
            follow = at + 1
            while follow < len(page.pieces) and page.pieces[follow].before == LINE and page.marks[follow] is None:
                page.mark(follow, "boilerplate", "author-box")
                follow += 1
        foot = foot or (mark is not None and mark.kind in ("boilerplate", "tags") and at > 0)


_PUBLISHED_BY = re.compile(
    r"(?:Published|Posted|Written) by \S|(?:Ver\u00f6ffentlicht|Geschrieben) von \S|Publi\u00e9 par \S"
    r"|Publicado por \S|Yay\u0131mlayan:? \S"
    r"|(?:نشره|نُشر بواسطة|نشر بواسطة|منشور بواسطة|منتشر شده توسط)\s\S"
)


def beside_notices(page: Page) -> None:
    """Buttons and menu words next to a notice, forward and then backward."""
    for order in (range(1, len(page.pieces)), range(len(page.pieces) - 2, -1, -1)):
        step = 1 if order.step > 0 else -1
        for at in order:
            if page.marks[at] is None and not page.pieces[at].embed and page.kind(at - step) == "boilerplate":
                if found := near_phrase(page, at):
                    page.mark(at, *found)
                elif _is_arrow_link(page.pieces[at].surface) and len(page.pieces[at].words) <= 20:
                    page.mark(at, "boilerplate", "arrow-link")


def _is_arrow_link(surface: str) -> bool:
    """Whether an arrow leads to another page; a pair of angle quotes is speech, and a sentence is text."""
    quoted = any(left in surface and right in surface for left, right in ("\u00ab\u00bb", "\u2039\u203a"))
    return bool(_ARROW.match(surface)) and not quoted and not ends_sentence(surface)


def labels_beside(page: Page) -> None:
    """Labels in capitals beside a teaser."""
    for order in (range(len(page.pieces)), range(len(page.pieces) - 1, -1, -1)):
        for at in order:
            if page.marks[at] is None and not page.pieces[at].embed and (found := capital_label(page, at)):
                page.mark(at, *found)


def picture_texts(page: Page) -> None:
    """A picture's alternative text on a short line, and on the next line its caption after an outlet's name."""
    for at in range(1, len(page.pieces) - 1):
        mark = page.marks[at]
        if mark and mark.rule == "outlet-lead" and page.marks[at + 1] is None:
            page.mark(at + 1, "caption", "outlet-caption")
            if (
                page.marks[at - 1] is None
                and page.pieces[at].before == LINE
                and page.opens(at - 1)
                and ends_open(page.pieces[at - 1].surface)
            ):
                page.mark(at - 1, "caption", "alt-text")


def outlet_caption(text: str, start: int, end: int) -> int | None:
    """Where the caption begins after an outlet's name at the start of a short line that ends without a stop."""
    if end - start > 300 or not ends_open(text[start:end]):
        return None
    return outlet_end(text, start, end)
