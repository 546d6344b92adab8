"""Datelines: place, day, agency or brand before the text, and where they end."""

from __future__ import annotations

import functools
import re

from postscan.blocks.page import Page
from postscan.blocks.shape import COLONS
from postscan.dates import match_date
from postscan.wordlists import lead_words

_LONGEST = 140
"""Characters in which a lead must end."""

_DASH = r"[-\u2013\u2014\u2015]"
_SPACE = r"[ \u00a0]"
_CAPITAL = r"[A-Z\u00c0-\u00de]"
_AFTER = r"(?=[\"'\u201c\u2018A-Z\u00c0-\u00de])"
_ARABIC = r"[\u0620-\u06ff]"
_NAME = r"[A-Za-z0-9_\u0620-\u06ff]{2,60}"

_AGENCY = re.compile(
    rf"""(?: (?P<place>[^\s():,\u060c.|\#@<>0-9] (?: [^():|\#@<>\n0-9]{{0,50}}? [^\s():,\u060c|\#@<>0-9] )?)  # KOSTI
    (?: [,\u060c]{_SPACE}? (?P<date>[^()\n|]{{2,40}}?) )? {_SPACE}? )?  # , Italy, Aug 8, 2023
    \( (?P<agency>[^()\n]{{2,40}}) \) {_SPACE}*  # (Reuters)
    (?P<dash>\.?{_SPACE}?{_DASH}{{1,2}}|:)? {_SPACE}*""",
    re.VERBOSE,
)
_CAPITAL_PLACE = re.compile(
    rf"""(?P<place>{_CAPITAL}[A-Z\u00c0-\u00de.'\u2019/ -]{{2,40}}?)
    (?: ,{_SPACE} (?P<rest>[^\n:()]{{2,40}}?) )? {_SPACE}* {_DASH}{{1,2}} {_SPACE}+ {_AFTER}""",
    re.VERBOSE,
)
_TITLE_PLACE = re.compile(
    rf"""{_CAPITAL}[^\s,:.()\u2013\u2014]+ (?: ,?{_SPACE} {_CAPITAL}[^\s,:()\u2013\u2014]+ ){{0,3}}
    {_SPACE}? [\u2013\u2014] {_SPACE} {_AFTER}""",
    re.VERBOSE,
)
_ARABIC_PLACE = re.compile(
    rf"""{_ARABIC}+ (?: [ \u200c/]+ {_ARABIC}+ ){{0,2}} {_SPACE}
    (?: {_DASH} {_SPACE} {_ARABIC}+ (?: {_SPACE} {_ARABIC}+ )? {_SPACE}? )?  # an agency between two dashes
    {_DASH}{{1,2}} {_SPACE} (?=\S)""",
    re.VERBOSE,
)
_BRAND = re.compile(rf"[#@]{_NAME}(?:{_SPACE}(?:report|reports|news))?{_SPACE}*[-\u2013\u2014:|]{{0,2}}{_SPACE}*")
_PLACE_FIRST = re.compile(r"[A-Z][A-Z. ]{1,20}:\s?")
_HANDLE_AFTER = re.compile(rf"{_SPACE}?[#@]{_NAME}{_SPACE}*[:\u2013\u2014-]?{_SPACE}*")
_SPACES = re.compile(rf"{_SPACE}*")


def lead_end(text: str, start: int, end: int, *, headed: bool) -> int | None:
    """Where the dateline at the start of a line ends and its text begins; null where there is none.

    `headed`: a headline, bylines and captions stand before and nothing else, so that a bare place before a dash is one.

    >>> line = "KOSTI, Aug 8 (Reuters) - The river rose."
    >>> line[lead_end(line, 0, len(line), headed=False):]
    'The river rose.'
    """
    stop = min(end, start + _LONGEST)
    for find in (_agency, _brand, _capital_place):
        if found := find(text, start, stop):
            return found
    if not headed:
        return None
    match = _TITLE_PLACE.match(text, start, stop) or _ARABIC_PLACE.match(text, start, stop)
    return match.end() if match else None


def _agency(text: str, start: int, stop: int) -> int | None:
    """As in "KOSTI, Aug 8 (Reuters) -": before a dash any name in brackets, else an agency that the table has.

    Without a dash the place is one word or two and a sentence begins after the brackets, for in "The River Agency (RA)
    said" they give a short form.
    """
    match = _AGENCY.match(text, start, stop) if text.find("(", start, stop) >= 0 else None
    if not match or len((match["place"] or "").split()) > 5:
        return None
    if match["date"] and not _is_place_or_day(match["date"]):
        return None
    if match["place"] and match["dash"] and match["dash"] not in COLONS:
        return match.end()
    if match["agency"].casefold().strip() not in lead_words()["wires"]:
        return None
    if not match["dash"] and (len((match["place"] or "").split()) > 2 or text[match.end() : match.end() + 1].islower()):
        return None
    return match.end()


def _is_place_or_day(words: str) -> bool:
    """Whether what stands between a place and its agency is a region of a few words, a day, or both."""
    region, _, day = words.replace("\u060c", ",").partition(",")
    return any(
        (match_date(rest, 0) is not None or len(rest.split()) <= 3) and len(head.split()) <= 3
        for head, rest in (("", words), (region, day.strip()))
    )


def _brand(text: str, start: int, stop: int) -> int | None:
    """As in "#HarbourReport – Aug.07:", "Aug.23,2021: @harbour", "USA:Jan.24:", the day being what makes it a lead."""
    if all(text.find(colon, start, stop) < 0 for colon in COLONS):
        return None
    opened = _BRAND.match(text, start, stop) or _PLACE_FIRST.match(text, start, stop)
    day = match_date(text, opened.end() if opened else start)
    if day is None or day.end > stop:
        return None
    after = _skip(text, day.end, stop)
    if after >= stop or text[after] not in COLONS:
        return None
    handle = _HANDLE_AFTER.match(text, after + 1, stop)
    return _skip(text, handle.end() if handle else after + 1, stop)


def _skip(text: str, at: int, stop: int) -> int:
    match = _SPACES.match(text, at, stop)
    return match.end() if match else at


def _capital_place(text: str, start: int, stop: int) -> int | None:
    """As in "BEIRUT —", "PARIS, Texas -"."""
    match = _CAPITAL_PLACE.match(text, start, stop)
    if not match or match["place"].strip() in lead_words()["labels"] or len(match["place"].split()) > 4:
        return None
    rest = match["rest"]
    return match.end() if rest is None or match_date(rest, 0) or len(rest.split()) <= 3 else None


@functools.cache
def _outlet() -> re.Pattern[str]:
    words, staff = ("|".join(map(re.escape, lead_words()[name])) for name in ("outlets", "staff"))
    return re.compile(
        rf"""(?: (?: [A-Z][A-Za-z0-9&.'-]*{_SPACE} ){{0,4}} (?:{words}) | (?P<initials>[A-Z]{{2,6}}) | Reuters | Getty )
        {_SPACE}?:
        (?: {_SPACE}? (?:{staff}) {_SPACE}?: )? {_SPACE}*""",
        re.VERBOSE,
    )


@functools.cache
def _lead_line() -> re.Pattern[str]:
    staff = "|".join(map(re.escape, lead_words()["staff"]))
    return re.compile(
        rf"""(?: [^\s:][^:\n]{{1,40}}:{_SPACE}?(?:{staff}){_SPACE}?:  # Courier News: Staff:
        | [^\s:\u2013\u2014-][^:\n\u2013\u2014-]{{1,24}}{_SPACE}{_DASH}{_SPACE}[^:\n]{{2,40}}: )$  # Sfar – Courier:""",
        re.VERBOSE,
    )


def outlet_end(text: str, start: int, end: int) -> int | None:
    """Where an outlet's name and colon at the start of a line end, before a caption."""
    match = _outlet().match(text, start, min(end, start + _LONGEST))
    if not match or match.end() >= end:
        return None
    initials = match["initials"]  # "WATCH:" is none
    return match.end() if initials is None or initials.casefold() in lead_words()["wires"] else None


def is_lead_line(surface: str) -> bool:
    """Whether a whole line is a dateline: an outlet and "Staff:", a place and an outlet before a colon."""
    return len(surface) <= 80 and surface[-1] in COLONS and bool(_lead_line().match(surface))


def lead_line(page: Page, at: int) -> tuple[str, str] | None:
    """A whole line that is a dateline."""
    return ("dateline", "lead-line") if is_lead_line(page.pieces[at].surface) else None
