"""Titles: the first line of a post, and lines after text that open another story."""

from __future__ import annotations

import itertools
import re

from postscan.blocks.page import Page
from postscan.blocks.pieces import HANDLE, LINE, LINK, PARAGRAPH, SEAM, TAG, Piece
from postscan.blocks.shape import asks, ends_open, ends_sentence
from postscan.embeds.voices import is_first_person
from postscan.scripts import is_letter

_GREETING = 4
"""Words of a line that greets at most: "Dear neighbours"."""
_SENTENCES = 2
"""Paragraphs that end as sentences at least, in a post whose paragraphs do."""


def mark_headlines(page: Page) -> None:
    """Marks the title of the post, then the titles of later stories."""
    first = next(
        (at for at, mark in enumerate(page.marks) if mark is None or mark.kind not in ("boilerplate", "tags")), None
    )
    if first is not None and page.marks[first] is None and _titles_post(page, first):
        page.mark(first, "headline", "first-line")
    careful = _is_punctuated(page)
    flat = first is not None and page.kind(first) == "headline" and _is_flat(page)
    bullets = _title_bullets(page)
    text_before = False
    for at in range(len(page.pieces)):
        if page.marks[at] is None:
            if at in bullets and (text_before or page.kind(at - 1) == "headline"):
                page.mark(at, "headline", "bullet-title")
                text_before = False
            elif text_before and careful and _opens_story(page, at, flat=flat):
                page.mark(at, "headline", "later-title")
                text_before = False
            else:
                text_before = True


def _titles_post(page: Page, at: int) -> bool:
    """Whether the first line is a title: short, no final stop, alone, and text after it."""
    piece = page.pieces[at]
    if piece.embed or piece.end == len(page.text) or not ends_open(piece.surface) or not _is_short(piece):
        return False
    if len(piece.words) <= _GREETING and any(c.group.rule == "greeting" and not c.start for c in page.cues_of(at)):
        return False
    later = range(at + 1, len(page.pieces))
    if not any(page.marks[i] is None and not page.pieces[i].embed for i in later):
        return False
    follow = at + 1
    if page.pieces[follow].before == SEAM:
        return page.kind(follow) == "byline"
    if page.pieces[follow].before == PARAGRAPH and not page.pieces[follow].embed:
        return _has_text(page, follow)
    if page.pieces[follow].embed:
        return False
    if page.kind(follow) in ("byline", "dateline", "caption"):
        return True
    following = page.pieces[follow]
    newsy = len(piece.words) >= 4 and len(following.words) >= 6 and not is_first_person(piece.surface)
    if newsy and _goes_on_in_sentences(page, follow):
        return True
    long_enough = len(following.surface) >= 60 and len(following.surface) >= 1.5 * len(piece.surface)
    return (
        page.marks[follow] is None and long_enough and (ends_sentence(following.surface) or _bullet(piece) is not None)
    )


def _goes_on_in_sentences(page: Page, at: int) -> bool:
    """Whether two lines or more follow that no rule decides, and all of them end as sentences."""
    ends = [
        ends_sentence(page.pieces[i].surface)
        for i in range(at, len(page.pieces))
        if page.marks[i] is None and not page.pieces[i].embed
    ]
    return len(ends) >= 2 and all(ends)


def _has_text(page: Page, at: int) -> bool:
    """Whether running text stands at or after a place: an undecided piece that is more than a title."""
    return any(
        page.marks[i] is None
        and not page.pieces[i].embed
        and (ends_sentence(page.pieces[i].surface) or len(page.pieces[i].words) > 8)
        for i in range(at, min(len(page.pieces), at + 8))
    )


_QUOTED = re.compile(
    r"[\"'\u201c\u00ab\u2018].{4,200}[\"'\u201d\u00bb\u2019.]\s*[\u2013\u2014\u2015-]\s*\S[^.!?]{1,60}$", re.DOTALL
)
_INNER_STOP = re.compile(r"[a-z\u00df-\u00ff\u0620-\u06ff]{2}[.!\u06d4]\s+\S")


def _is_short(piece: Piece) -> bool:
    surface = piece.surface
    if len(surface) > 220 or _QUOTED.match(surface) or _INNER_STOP.search(surface) or _begins_small(surface):
        return False
    words = piece.words
    return piece.whole and 1 <= len(words) <= 32 and words[-1].text != LINK  # a link ends text, not a title


def _is_punctuated(page: Page) -> bool:
    """Whether the paragraphs of a post end as sentences, so that one which does not is something else.

    A paragraph that ends in dots, a link or a tag says nothing about that.
    """
    open_pieces = [p for p, m in zip(page.pieces, page.marks, strict=True) if m is None and not p.embed]
    if sum(ends_sentence(p.surface) for p in open_pieces) < _SENTENCES:
        return False
    ends = [ends_sentence(p.surface) for p in open_pieces if len(p.words) > 8 and not _trails_off(p)]
    return sum(ends) >= _SENTENCES and len(ends) >= 3 and sum(ends) >= 0.6 * len(ends)


def _trails_off(piece: Piece) -> bool:
    return piece.surface.endswith(("\N{HORIZONTAL ELLIPSIS}", "...", "..")) or (
        piece.whole and piece.words[-1].text.startswith("<")
    )


def _is_flat(page: Page) -> bool:
    """Whether no blank line parts the paragraphs of a post, so that each of its lines is one."""
    pairs = itertools.pairwise(page.pieces)
    return all(below.before != PARAGRAPH or above.embed or below.embed for above, below in pairs)


def _stands_alone(page: Page, at: int, *, flat: bool) -> bool:
    """Whether a line is a paragraph: blank lines around it, or on a page without any, sentences above and below."""
    if page.pieces[at].before == SEAM or not at:
        return False
    if not flat:
        return page.opens(at) and page.closes(at)
    above = page.pieces[at - 1]
    if is_first_person(page.pieces[at].surface):
        return False
    return (above.embed or ends_sentence(above.surface) or page.kind(at - 1) not in (None, "headline")) and (
        at + 1 < len(page.pieces)
        and (page.kind(at + 1) in ("dateline", "byline") or ends_sentence(page.pieces[at + 1].surface))
    )


def _opens_story(page: Page, at: int, *, flat: bool) -> bool:
    """Whether a line after text is a title: a clause of its own paragraph, without a stop, with text after it."""
    piece = page.pieces[at]
    if piece.embed or not _is_short(piece) or not _stands_alone(page, at, flat=flat):
        return False
    if (
        not ends_open(piece.surface)
        or asks(piece.surface)
        or len(piece.words) < 6
        or piece.words[0].text in (HANDLE, TAG)
        or piece.surface[-1] in "\"'\N{RIGHT DOUBLE QUOTATION MARK})]"
    ):
        return False
    return (
        at + 1 < len(page.pieces)
        and page.kind(at + 1) in (None, "dateline", "byline", "caption", "embed")
        and _has_text(page, at + 1)
    )


def _begins_small(surface: str) -> bool:
    first = surface.lstrip("\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}([")[:1]
    return first.islower()


def _bullet(piece: Piece) -> str | None:
    """The symbol that a line begins with, where it is no letter, digit, quote or bracket."""
    first = piece.surface[0]
    return (
        first
        if first >= "\u2190" and not is_letter(first) and piece.surface[1:2] != "\N{COMBINING ENCLOSING KEYCAP}"
        else None
    )


def _title_bullets(page: Page) -> set[int]:
    """Lines with a symbol in front, short, over a longer line that has none: titles where there are two or more."""
    found = {
        at
        for at in range(len(page.pieces) - 1)
        if page.marks[at] is None
        and page.opens(at)
        and _bullet(page.pieces[at])
        and _is_short(page.pieces[at])
        and ends_open(page.pieces[at].surface)
        and page.pieces[at + 1].before == LINE
        and page.marks[at + 1] is None
        and _bullet(page.pieces[at + 1]) is None
        and len(page.pieces[at + 1].surface) > 1.5 * len(page.pieces[at].surface)
    }
    return found if len(found) >= 2 else set()
