"""Lines that a phrase of the table decides, where their shape is the one that the phrase needs."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from postscan.blocks.page import Page
from postscan.blocks.phrases import TRAILING, Cue
from postscan.blocks.pieces import HANDLE, LINK, Piece
from postscan.blocks.shape import COLONS, DASHES, ends_sentence, has_capital, is_latin, tells_time

_LABEL_ENDS = (
    *COLONS,
    "|",
    *DASHES[1:],
    "\N{HORIZONTAL ELLIPSIS}",
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    ">",
    "\N{BULLET}",
    "...",
)
"""What makes a phrase before it a label; a hyphen with a space before it is read as a dash."""

_LONG = 8
"""A group that lets this many other words into a sentence is sure of its phrases."""

_ROW = 3
"""Words of menus and buttons in a row that need no neighbour."""

_NEVER = ("tags", "body")
"""Kinds that have rules of their own, or that are only exceptions to rules."""


def phrase(page: Page, at: int) -> tuple[str, str] | None:
    """A line that the first group of the table whose needs it meets makes a notice, teaser, byline or caption."""
    piece, cues = page.pieces[at], page.cues_of(at)
    if not cues:
        return None
    counted = _counted(piece)
    for cue in cues:
        if cue.group.kind not in _NEVER and cue.group.needs != "near" and _fits(piece, cue, cues, counted):
            return cue.group.kind, cue.group.rule
    covered = _covered(piece, "boilerplate", cues, whole=False)
    if len(covered) >= _ROW and piece.whole and not _rest(counted, covered) and not ends_sentence(piece.surface):
        return "boilerplate", "menu-row"
    return None


def near_phrase(page: Page, at: int) -> tuple[str, str] | None:
    """A line that is a common word of menus and buttons, beside a notice."""
    cues = page.cues_of(at)
    for cue in cues:
        if cue.group.needs == "near" and _fits(page.pieces[at], cue, cues, _counted(page.pieces[at])):
            return cue.group.kind, cue.group.rule
    return None


def label_end(piece: Piece, cue: Cue) -> int | None:
    """The word after a label that a colon or a sign like it ends; the line's end ends one too. Null: no label."""
    last = min(cue.end + (TRAILING if cue.open else 0), len(piece.words))
    for end in range(cue.end, last + 1):
        if piece.words[end - 1].mark.startswith(_LABEL_ENDS):
            return end
    return cue.end if cue.end == len(piece.words) and piece.whole else None


def _fits(piece: Piece, cue: Cue, cues: Sequence[Cue], counted: Sequence[int]) -> bool:
    group = cue.group
    sentence = ends_sentence(piece.surface)
    most = group.sentence if sentence else group.rest
    if group.at == "start" and cue.start > (counted[0] if counted else 0):
        return False  # it only accounts for words
    if most < 0 or not (piece.whole or most > 60):
        return False
    if group.colon:
        end = label_end(piece, cue)
        return end is not None and _rest(counted, range(cue.start, end)) <= most and _meets(piece, cue, end)
    covered = _covered(piece, group.kind, cues, whole=not sentence)
    rest = _rest(counted, covered)
    if rest and cue.end - cue.start == 1 and len(covered) <= TRAILING + 1 and not _may_be_alone(piece, cue):
        return False  # a word alone decides nothing but a line of its own
    if sentence and most < _LONG and 2 * rest > len(covered):
        return False  # in a sentence, the phrases must be most of it
    return rest <= most and _meets(piece, cue, cue.end)


def _may_be_alone(piece: Piece, cue: Cue) -> bool:
    """Whether a phrase of one word has a colon, a link or names to go with it."""
    return cue.group.needs in ("link", "names") or piece.words[cue.end - 1].mark.startswith(_LABEL_ENDS)


def _counted(piece: Piece) -> list[int]:
    """The words that are neither entities nor numbers."""
    return [at for at, word in enumerate(piece.words) if not word.free]


def _covered(piece: Piece, kind: str, cues: Sequence[Cue], *, whole: bool) -> set[int]:
    """The words that phrases of a kind account for; `whole`: with those that an open phrase may go on to."""
    covered: set[int] = set()
    for cue in cues:
        if cue.group.kind == kind:
            covered.update(range(cue.start, min(len(piece.words), cue.end + (TRAILING if cue.open and whole else 0))))
    return covered


def _rest(counted: Sequence[int], covered: Container[int]) -> int:
    """How many of the words that count are not covered."""
    return len([at for at in counted if at not in covered])


def _meets(piece: Piece, cue: Cue, end: int) -> bool:
    """What the group needs besides."""
    needs = cue.group.needs
    if needs == "link":
        return any(word.text in (LINK, HANDLE) for word in piece.words)
    if needs == "time":
        return tells_time(piece.surface)
    if needs == "names":
        return names_follow(piece, end)
    if needs == "end":
        set_off = not cue.start or bool(piece.words[cue.start - 1].mark)
        return set_off and cue.end < len(piece.words) <= cue.end + 8 and piece.words[end - 1].mark[:1] in COLONS
    if needs == "number":
        return piece.surface[0] in "0123456789" or piece.words[0].text.isdecimal()
    return True


_SMALL_WORD = re.compile(
    r"""(?<![A-Za-z0-9_\u00c0-\u024f'])
    (?! (?:and|und|et|y|ve|by|for|in|the|of|von|van|de|da|di|al|el|bin|du|la|le|der|with|at|via)
    (?![a-z\u00df-\u00ff]) )
    [a-z\u00df-\u00ff]{2,}""",
    re.VERBOSE,
)
"""A word without a capital that is not one of those between names."""


def names_follow(piece: Piece, end: int) -> bool:
    """Whether what stands after a label looks like names: capitals where there are any, else few words."""
    rest = len(piece.words) - end
    after = piece.surface.partition(":")[2] if ":" in piece.surface else piece.surface
    if not after.strip() or rest <= 0:
        return end < len(piece.words) or piece.words[end - 1].mark.startswith(_LABEL_ENDS)
    if rest <= 2 and after is not piece.surface:
        return True
    if is_latin(after):
        return has_capital(after.strip()[:2]) and len(_SMALL_WORD.findall(after)) <= 2
    return rest <= 8
