"""Who wrote or published it, and when: names after "By", days, signatures."""

from __future__ import annotations

import functools
import re

from postscan.blocks.page import Page
from postscan.blocks.pieces import HANDLE, LINE
from postscan.blocks.shape import (
    DASHES,
    LONGEST_DAY_LINE,
    NAMES,
    WIRES,
    dates_in,
    ends_sentence,
    has_capital,
    tells_time,
)
from postscan.blocks.signs import BAR, BY, DAY, FORWARDED, PHRASE, REPORT, SIGNED, WIRE
from postscan.wordlists import embed_words

_SPACE = r"[ \u00a0]"
_BY_WORD = r"(?:By|BY|by|Von|VON|von|Par|PAR|par|Por|POR|por|Yazan|Di|Door)"
_BY = re.compile(
    rf"""[(\[]? {_BY_WORD} (?:{_SPACE}|:)+
    {NAMES} (?: ,?{_SPACE}? (?:,|and|&|und|et|y|e|ve|with) {_SPACE} {NAMES} ){{0,8}}
    {_SPACE}* (?:[(\[]@[A-Za-z0-9_.-]{{1,40}}[)\]]{_SPACE}*)?  # a handle
    (?: $ | [)\]|/\u2022\u00b7\u2013\u2014,-]  # the end, or what sets off the rest
    | (?:in|for|at|on|from|of|f\u00fcr|pour|para|en|\u00e0|avec|mit|with|con){_SPACE} )  # or a place, an employer
    """,
    re.VERBOSE,
)
_BY_DATED = re.compile(rf"{_BY_WORD}{_SPACE}[^.,;:!?]{{2,40}}{_SPACE}?[|/,\u2022\u00b7\u2013\u2014-]")
_BY_AFTER = re.compile(rf"{_SPACE}*[-|,\u2013\u2014\u00b7]?{_SPACE}*{_BY_WORD}{_SPACE}\S")
_BY_OR_DASH = re.compile(rf"^[{DASHES}]|{_BY_WORD}{_SPACE}\S")
"""What a line of a day has where nothing else stands in the post."""
_REPORTING = re.compile(
    r"""[(\[]? (?:(?:(?:With|with)[ ])?(?:Additional|additional|Original|Further)[ ])?
    (?:(?<=[ ])reporting|(?<=[ ])editing|(?<=[ ])writing
    |Reporting|Writing|Editing|Reported|Written|Edited|Compiled|Produced|Translated|Filming|Photography|Words|Text|Story
    |Research|Graphics|Illustrations?) (?:[ ]and[ ][a-z]+)? [ ]by:?[ \u00a0][A-Z\u00c0-\u00de@]""",
    re.VERBOSE,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:reporting |writing |research )?(?:to|for) (?:this|the) (?:report|story|article|piece|dispatch)"
    r"(?: from [A-Z][^.]{1,60})?\.?[)\]]?$"
)
_AGENCY_LINE = re.compile(
    rf"[(\[]?(?:With|with|WITH|Avec|avec|Mit|mit|Con|con|Com|com|From|Source:?|Agencies|Agences){_SPACE}"
    rf"(?:(?:{WIRES}|agencies|agences|agencias|wires|news{_SPACE}agencies|Agenturen|input(?:s)?{_SPACE}from)"
    rf"(?:,?{_SPACE}?(?:,|and|et|und|y|e|/|&)?{_SPACE}?)?){{1,6}}[)\]]?\.?$"
)
_BRAND_REPORT = re.compile(
    rf"[#@][^\s#@]{{2,60}}{_SPACE}+(?:report|reports|reporting|reported|exclusive|desk|newsdesk|staff|update)(?![a-z])",
    re.IGNORECASE,
)
_BAR = re.compile(r"[^\s|]{0,6}\s?\|[ \u00a0]?\S.{0,60}$", re.DOTALL)
_BRACKETS = re.compile(r"\([^()]{4,120}\)$")
_OUTSIDE = re.compile(r"[^\s,.:;|/()\u2013\u2014\u00b7\u060c-]+")
_HEAD = 3
"""How many pieces may stand before a day at the head."""


def by_names(page: Page, at: int) -> tuple[str, str] | None:
    """A short line of "By" and capitalised names, perhaps with a place, an employer or a day."""
    surface = page.pieces[at].surface
    if len(surface) > 160 or ends_sentence(surface):
        return None
    match = _BY.match(surface)
    if match and len(surface[match.end() :].split()) <= 12:
        return "byline", "by-names"
    return ("byline", "by-names") if _BY_DATED.match(surface) and dates_in(surface) else None


def reporting(page: Page, at: int) -> tuple[str, str] | None:
    """A line that begins with "Reporting by" or one of its sisters, or that says who contributed to the report."""
    piece = page.pieces[at]
    contributed = has_capital(piece.surface[:2]) and _CONTRIBUTED.search(piece.surface)
    if not (contributed or _REPORTING.match(piece.surface)) or not piece.whole:
        return None
    if len(piece.words) > 40 and not _REPORTING.match(piece.surface):
        return None
    return "byline", "reporting"


def agency_line(page: Page, at: int) -> tuple[str, str] | None:
    """A line that says from whose wire it comes: "(with AFP)", "Avec Reuters"."""
    surface = page.pieces[at].surface
    return ("byline", "agency-line") if len(surface) <= 80 and _AGENCY_LINE.match(surface) else None


def credit_brackets(page: Page, at: int) -> tuple[str, str] | None:
    """A whole line in brackets that begins with a word for those who write or edit."""
    piece = page.pieces[at]
    if len(piece.words) > 16 or not _BRACKETS.match(piece.surface) or ends_sentence(piece.surface):
        return None
    roles = ("author", "dated", "source-line", "courtesy")
    found = any(cue.group.rule in roles and not cue.start for cue in page.cues_of(at))
    return ("byline", "credit-brackets") if found else None


def forward_line(page: Page, at: int) -> tuple[str, str] | None:
    """The head of a message that is a forward as a whole: "Forwarded from" and a name on the first line."""
    surface = page.pieces[at].surface
    if at or len(surface) > 120 or len(page.pieces) < 2 or page.pieces[1].embed:
        return None
    return ("byline", "forward-line") if _forwarded().match(surface.casefold()) else None


@functools.cache
def _forwarded() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase.casefold()) for phrase in embed_words()["telegram"]["forwarded"])
    return re.compile(rf"\[?\s?(?:{phrases}):?\s\S")


def brand_report(page: Page, at: int) -> tuple[str, str] | None:
    """The poster's own tag and "report", perhaps with a day: "#HarbourDesk report ... Published: Sept.04: 2022:"."""
    surface = page.pieces[at].surface
    match = _BRAND_REPORT.match(surface)
    if match and (len(surface) - match.end() < 3 or (len(surface) < 160 and tells_time(surface))):
        return "byline", "brand-report"
    return None


def signature(page: Page, at: int) -> tuple[str, str] | None:
    """A channel's signature: a symbol, a bar and its name with its handle, or the handle on the line after that."""
    piece = page.pieces[at]
    words = piece.words
    if len(words) == 1 and words[0].text == HANDLE and piece.before == LINE and at and page.kind(at - 1) == "byline":
        return "byline", "signature"
    if len(words) > 8 or not _BAR.match(piece.surface) or ends_sentence(piece.surface):
        return None
    later = page.pieces[at + 1].words if at + 1 < len(page.pieces) else ()
    signed = any(word.text == HANDLE for word in words) or (len(later) == 1 and later[0].text == HANDLE)
    return ("byline", "signature") if signed else None


def day_line(page: Page, at: int) -> tuple[str, str] | None:
    """A line of hardly more than a day: near the head, before "by", or after a dash and a name under a text."""
    piece = page.pieces[at]
    surface = piece.surface
    if (
        len(surface) > LONGEST_DAY_LINE
        or (len(page.pieces) == 1 and not _BY_OR_DASH.search(surface))
        or ends_sentence(surface)
    ):
        return None
    found = dates_in(surface)
    if not found or not piece.words or piece.tags:
        return None
    outside = _OUTSIDE.findall(surface[: found[0].start] + " " + surface[found[-1].end :])
    others = sum(not word[0].isdecimal() for word in outside)
    if surface[0] in DASHES and others <= 6:
        return "byline", "signed-day"
    if found[0].start == 0 and others <= 4 and _BY_AFTER.match(surface, found[0].end):
        return "byline", "day-line"
    near_head = at <= _HEAD and len(page.pieces) > 1 and found[0].year is not None and found[0].start <= 24
    return ("byline", "day-line") if near_head and others <= (7 if found[0].start == 0 else 4) else None


RULES = (
    ("by-names", BY, by_names),
    ("reporting", BY, reporting),
    ("agency-line", WIRE, agency_line),
    ("forward-line", FORWARDED, forward_line),
    ("brand-report", REPORT, brand_report),
    ("signature", BAR | SIGNED, signature),
    ("credit-brackets", PHRASE, credit_brackets),
    ("day-line", DAY, day_line),
)
