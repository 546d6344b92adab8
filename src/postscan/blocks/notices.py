"""Notices that need no phrase: copyright signs, trails of a menu, page numbers."""

from __future__ import annotations

import itertools
import re

from postscan.blocks.page import Page
from postscan.blocks.shape import LONGEST_PAGER, PAGER, ends_sentence
from postscan.blocks.signs import ARROW, COPYRIGHT, NUMBER

_SPACES = r"[ \u00a0]*"
_YEAR = r"(?:19|20|\u0661\u0669|\u0662\u0660|\u06f1\u06f9|\u06f2\u06f0)[0-9\u0660-\u0669\u06f0-\u06f9]{2}"
_COPYRIGHT = re.compile(
    rf"""(?: (?:Copyright|COPYRIGHT|copyright){_SPACES} )? (?: \u00a9 | \([cC]\){_SPACES}(?={_YEAR}|[A-Z]) )
    | (?:Copyright|COPYRIGHT)[ \u00a0] {_SPACES} (?:\([cC]\)[ ]?)? {_YEAR}""",
    re.VERBOSE,
)
_SIGN_AS_WORD = re.compile(r"\u00a9 [a-z]")
_SIGN_AND_YEAR = re.compile(rf"\u00a9{_SPACES}{_YEAR}|{_YEAR}{_SPACES}\u00a9")
_ARROW = re.compile(r"[\u00bb\u203a\u2192>\u00ab\u2039]")
_NUMBER = re.compile(r"[0-9]{1,4}")
_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f\u0620-\u06ff]+")


def copyright_sign(page: Page, at: int) -> tuple[str, str] | None:
    """A short line that begins with a copyright sign, or has one beside a year."""
    piece = page.pieces[at]
    if not piece.whole or len(piece.words) > 40:
        return None
    if _SIGN_AS_WORD.match(piece.surface) and ends_sentence(piece.surface):
        return None
    signed = "\N{COPYRIGHT SIGN}" in piece.surface and len(piece.words) <= 24
    found = _COPYRIGHT.match(piece.surface) or (signed and _SIGN_AND_YEAR.search(piece.surface))
    return ("boilerplate", "copyright-sign") if found else None


def trail(page: Page, at: int) -> tuple[str, str] | None:
    """A trail of a menu: three short items or more with arrows between them; quotation marks and tags are none."""
    surface = page.pieces[at].surface
    if len(surface) > 160 or "<" in surface or ("\u00ab" in surface and "\u00bb" in surface):
        return None
    items = [item for item in _ARROW.split(surface) if item.strip()]
    return ("boilerplate", "trail") if len(items) >= 3 and all(len(i.split()) <= 6 for i in items) else None


def pager(page: Page, at: int) -> tuple[str, str] | None:
    """A row of page numbers: three or more counting up, with at most three words."""
    surface = page.pieces[at].surface
    if len(surface) > LONGEST_PAGER or not PAGER.fullmatch(surface) or len(_LETTERS.findall(surface)) > 3:
        return None
    numbers = [int(number) for number in _NUMBER.findall(surface)[:3]]
    counting = len(numbers) == 3 and all(b == a + 1 for a, b in itertools.pairwise(numbers))
    return ("boilerplate", "pager") if counting else None


RULES = (("copyright-sign", COPYRIGHT, copyright_sign), ("trail", ARROW, trail), ("pager", NUMBER, pager))
