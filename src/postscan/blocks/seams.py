"""Where a line is more than one piece: a lead before the text, a signature or a teaser glued behind it.

A missing space alone is no seam. What is cut off must look like a piece of its own: a title with a label or a quote
after its colon, a label in capitals, a phrase of the table that fills the rest of the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from postscan.blocks.leads import lead_end
from postscan.blocks.shape import ends_open
from postscan.blocks.signs import BRACKET, COLON, DASH, DAY, GLUED, REPORT
from postscan.wordlists import lead_words

_BRAND_TAIL = re.compile(r"(?<=\S)\s(?=#[^\s#@]{2,60}\s+reports?$)")
_GLUED = re.compile(
    r"""(?<=[a-z\u00df-\u00ff\u0620-\u06ff)\]"'\u201d\u2019\u00bb0-9%][.!?\u061f\u06d4])
    (?=[A-Z\u00c0-\u00de\u201c"\u0620-\u06ff\u00ab])
    | (?<=[.!?\u061f\u06d4]["'\u201d\u2019\u00bb)]) (?=[A-Z\u00c0-\u00de\u201c\u0620-\u06ff])""",
    re.VERBOSE,
)
_STOPS = ".!?\u061f\u06d4"
_INNER_LABEL = re.compile(
    r"(?<=[a-z\u00df-\u00ff\u201d\"'\u2019?!.)])(?=[A-Z][A-Z'\u2019&/-]+(?: [A-Z'\u2019&/-]+){0,3}: ?\S)"
)
_LABEL = re.compile(r"[A-Z][A-Z'\u2019&/-]+(?: [A-Z'\u2019&/-]+){0,3}: ")
_TITLE = re.compile(r"[^:.!\n]{3,90}: ?[^\n]{4,}")
_LONGEST, _SHORTEST = 200, 40
"""Characters of a title behind a seam at most, and of the text before it at least."""

IsTail = Callable[[int, int], bool]
"""Whether the stretch of the text is a notice or teaser by its words."""


def find_seams(
    text: str, start: int, end: int, signs: int, *, first: bool, headed: bool, is_tail: IsTail
) -> Iterator[tuple[int, str, str]]:
    """`(offset, kind, rule)` of each seam inside a line, in order; what begins there is of that kind ("" undecided).

    `signs`: what the words of the line leave open; `first`: whether it is the first line of the post; `headed`: whether
    only short lines stand before it.
    """
    if signs & (BRACKET | DASH) or (signs & COLON and signs & DAY):
        lead = lead_end(text, start, end, headed=headed)
        if lead and lead < end:
            yield start, "dateline", "lead"
            yield lead, "", ""
            start = lead
    if (
        first
        and signs & REPORT
        and text.endswith(("report", "reports"), start, end)
        and (match := _BRAND_TAIL.search(text, max(start, end - 90), end))
        and match.start() > start + 20
    ):
        yield match.end(), "byline", "brand-report"
        return
    if signs & COLON:
        yield from _labels(text, start, end)
    if signs & GLUED:
        yield from _glued(text, start, end, is_tail, alone=first and not text[end:].strip())


def _labels(text: str, start: int, end: int) -> Iterator[tuple[int, str, str]]:
    """Labels in capitals in a row, or glued to the end of a title: "PROFILE: ANALYSIS: How ...ON THE GROUND: ..."."""
    first = _LABEL.match(text, start, end)
    if not first or end - start > 4 * _LONGEST:
        return
    at = first.end()
    while second := _LABEL.match(text, at, end):
        yield at, "", ""
        at = second.end()
    for match in _INNER_LABEL.finditer(text, at, end):
        yield match.start(), "teaser", "glued-label"


def _glued(text: str, start: int, end: int, is_tail: IsTail, *, alone: bool) -> Iterator[tuple[int, str, str]]:
    """A title with a colon, or a notice or teaser by its words, glued to the last sentence of a paragraph.

    A post of one paragraph (`alone`) is body, unless words make it something else.
    """
    if not ends_open(text[max(start, end - 12) : end]):
        return
    first = max(start + 20, end - _LONGEST)
    tail = text[first - 2 : end]
    if not any(stop in tail for stop in _STOPS):
        return
    for at in [m.start() for m in _GLUED.finditer(text, first, end)]:
        if at - start < _SHORTEST:
            continue
        if is_tail(at, end):
            yield at, "", ""
            return
        if not alone and is_title(text[at:end]):
            yield at, "teaser", "glued-title"
            return


def is_title(stretch: str) -> bool:
    """Whether a stretch looks like the title of another story: one clause, a colon, a quote or a capital after it.

    >>> is_title("Ferry moves to the north pier: “We wait”"), is_title("The old captain added: “We wait”")
    (True, False)
    """
    match = _TITLE.fullmatch(stretch)
    if not match or len(stretch.split()) > 22:
        return False
    head, _, tail = stretch.partition(":")
    tail = tail.strip()
    words = head.casefold().split()
    if len(words) < 3 or words[-1] in lead_words()["speech"] or _SENTENCE_END.search(tail[:-1].rstrip(_QUOTES)):
        return False
    return tail[0] in _QUOTES or tail[0].isupper()


_QUOTES = (
    "\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
)
_SENTENCE_END = re.compile(r"[.!?\u061f\u06d4](?=\s|$)")
