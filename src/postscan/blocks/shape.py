"""The shape of a line: how it ends, what its words look like. No rule decides here."""

from __future__ import annotations

import re

from postscan.dates import DateSpan, find_dates
from postscan.scripts import is_letter

_CLOSING = (
    "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
)
_CLOSING += "\N{LEFT DOUBLE QUOTATION MARK})]} \N{NO-BREAK SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}*"
_STOPS = ".!\N{ARABIC FULL STOP}\N{IDEOGRAPHIC FULL STOP}\N{DEVANAGARI DANDA}"
_QUESTIONS = "?\N{ARABIC QUESTION MARK}\N{FULLWIDTH QUESTION MARK}"
_ELLIPSES = ("...", "..", "\N{HORIZONTAL ELLIPSIS}")

COLONS = ":\N{FULLWIDTH COLON}"
DASHES = "-\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}"

_CAPITAL_WORD = r"[A-Z\u00c0-\u00de\u0100-\u017f][A-Za-z\u00c0-\u024f0-9_.'\u2019&-]*+"
_PARTICLE = r"(?:de|da|di|van|von|der|den|bin|al|el|du|la|le|y)(?![A-Za-z\u00c0-\u024f])"
_NEXT_NAME = rf"[ \u00a0](?:{_CAPITAL_WORD}|{_PARTICLE})"
NAMES = rf"{_CAPITAL_WORD}(?:{_NEXT_NAME}){{1,5}}[ \u00a0]?"
"""Two to six capitalised words (particles among them): a person, an agency."""

WIRES = (
    r"(?:REUTERS|Reuters|AFP|AP|EPA|EFE|dpa|DPA|ANSA|AAP|PA|Getty[ ]Images|Getty|Shutterstock|Unsplash|Alamy|Anadolu|AA"
    r"|Xinhua|TASS|IMAGO|imago)"
)
"""Agencies as they print themselves under texts and pictures."""

CAPITAL_LABEL = re.compile(r"[A-Z][A-Z'\u2019&/-]+(?: [A-Z'\u2019&/-]+){0,3}:")
"""One to four words in capitals, and a colon."""

PAGER = re.compile(
    r"[0-9|\u00b7,\u2026.\u00bb\u00ab\u203a\u2039\u2192\u2190<>/ \u00a0A-Za-z\u00c0-\u024f\u0620-\u06ff-]+"
)
"""What a row of page numbers is made of."""
LONGEST_PAGER = 120
LONGEST_DAY_LINE = 120

_CLOCK = re.compile(
    r"[0-9]{1,2}[:.h][0-9]{2}(?![0-9])|[0-9]{1,2} ?[ap]\.?m(?![a-z])|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}",
    re.IGNORECASE,
)
_AGO = re.compile(r"(?:^|\s)(?:ago|vor [0-9]+|il y a|hace [0-9]+|\u00f6nce|قبل|منذ|پیش|پہلے)(?:\s|$)", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-Z\u00c0-\u00de\u0100-\u017f\u0400-\u042f]")


def ends_sentence(surface: str) -> bool:
    """Whether it ends in a full stop, exclamation mark or danda; three dots and questions are none.

    >>> [ends_sentence(s) for s in ("He left.", "“He left.”", "Loading...", "Who left?", "الخبر")]
    [True, True, False, False, False]
    """
    bare = surface[-12:].rstrip(_CLOSING)
    return bare.endswith(tuple(_STOPS)) and not bare.endswith(_ELLIPSES)


def ends_open(surface: str) -> bool:
    """Whether it ends with no stop of any kind: no full stop, colon, comma, three dots.

    >>> [ends_open(s) for s in ("Bridge closed", "Bridge closed?", "Here is why:", "and then …")]
    [True, True, False, False]
    """
    bare = surface[-12:].rstrip(_CLOSING)
    return not bare.endswith(
        (*_STOPS, *_ELLIPSES, *COLONS, ",", ";", "\N{ARABIC COMMA}", "\N{ARABIC SEMICOLON}", *DASHES)
    )


def asks(surface: str) -> bool:
    """Whether it ends in a question mark."""
    return surface[-12:].rstrip(_CLOSING).endswith(tuple(_QUESTIONS))


def has_capital(surface: str) -> bool:
    """Whether a capital letter is in it."""
    return bool(_CAPITAL.search(surface))


def is_latin(surface: str) -> bool:
    """Whether its first letters are Latin ones.

    >>> is_latin("(AP) Kabul"), is_latin("كابل (AP) -")
    (True, False)
    """
    return next((ch < "\u0250" for ch in surface[:200] if is_letter(ch)), False)


def dates_in(surface: str, limit: int = 240) -> list[DateSpan]:
    """The printed days in its first characters."""
    return find_dates(surface, 0, min(len(surface), limit))


def tells_time(surface: str) -> bool:
    """Whether a day, a clock time or "... ago" is in its first characters."""
    head = surface[:240]
    return bool(_CLOCK.search(head) or _AGO.search(head) or dates_in(head))
