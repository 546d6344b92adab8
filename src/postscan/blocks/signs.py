"""What a word as written says of what rules need, each as a bit, made at its first sight and remembered.

The signs are necessary, never sufficient: a rule is asked only where its sign stands, and what it means for a line is
decided by the rule alone. Some mean something only in the word that opens a line, and phrases besides (see `anchors`).
"""

from __future__ import annotations

import functools
import re
from typing import Final

from postscan.blocks.anchors import ANYWHERE, ENDING, LABEL, OPENING, WIDTH, WORD_BITS
from postscan.blocks.pieces import split_words
from postscan.blocks.shape import WIRES
from postscan.dates import month_words
from postscan.dates.grammar import DIGIT, LETTER
from postscan.folding import hashtag_key, search_fold
from postscan.remembered import Remembered
from postscan.scripts import is_letter
from postscan.wordlists import embed_words

COLON: Final = 1 << 0
"""A colon that is not a link's."""
BRACKET: Final = 1 << 1
"""An opening bracket, round or square."""
DASH: Final = 1 << 2
"""A word that ends with a dash, or is one."""
GLUED: Final = 1 << 3
"""A stop, and no space between it and what may begin a sentence."""
REPORT: Final = 1 << 4
"""A word such as "report" or "desk", behind a tag or handle that opens the line, or at its end."""
BY: Final = 1 << 5
"""A word such as "by" in a line that begins as a byline may, or "contributed"."""
WIRE: Final = 1 << 6
"""An agency's name, or a word for agencies, in a line that begins as one of agencies may."""
BAR: Final = 1 << 7
SIGNED: Final = 1 << 8
"""A handle, not in the first line."""
TAGGED: Final = 1 << 9
"""A hashtag, and no letter known outside of tags."""
DAY: Final = 1 << 10
"""What a printed day needs: digits as in one, or the name of a month and a digit."""
COPYRIGHT: Final = 1 << 11
ARROW: Final = 1 << 12
NUMBER: Final = 1 << 13
"""A word with a number that may stand in a row of page numbers."""
FILE: Final = 1 << 14
SLASH: Final = 1 << 15
"""A slash between what may be names."""
PAGE: Final = 1 << 16
"""The word "page", or a day in digits alone."""
FORWARDED: Final = 1 << 17
"""A word that begins "forwarded from"."""
PHRASE: Final = 1 << 18
"""The words of a phrase of the tables, where it may decide something."""
ALL: Final = (1 << 19) - 1

SEAMS: Final = COLON | BRACKET | DASH | GLUED | REPORT
"""Without one of these a line is one piece."""

WORD: Final = 1 << 19
"""A word that is no number."""
HAS_DIGIT: Final = 1 << 20
HAS_MONTH: Final = 1 << 21
MARKED: Final = 1 << 22
"""A sign that makes the phrase before it a label."""
WORDS: Final = 1 << 23
"""Two words or more, with signs between them alone."""
UNSURE: Final = 1 << 23
"""Of what an opening word says: a word that may not be the first of its line that is no entity or number."""
PHRASES: Final = 24
"""Where the bits of `anchors` begin."""

_BY_WORD = r"(?:By|BY|by|Von|VON|von|Par|PAR|par|Por|POR|por|Yazan|Di|Door)"
_PATTERNS: Final = (
    (COLON, re.compile(r"\uff1a|:(?!//)|(?<!http)(?<!https):")),
    (BRACKET, re.compile(r"[(\[]")),
    (DASH, re.compile(r"[-\u2013\u2014\u2015]$")),
    (GLUED, re.compile(r"[.!?\u061f\u06d4][\"'\u201d\u2019\u00bb)]?[A-Z\u00c0-\u00de\u201c\"\u0620-\u06ff\u00ab]")),
    (REPORT, re.compile(r"^(?:report|exclusive|desk|newsdesk|staff|update)", re.IGNORECASE)),
    (BY, re.compile(rf"^[(\[]?{_BY_WORD}(?:$|:)|contributed")),
    (WIRE, re.compile(rf"^(?:{WIRES}|[aA]gen[ct]|wires|news|input)")),
    (BAR, re.compile(r"\|")),
    (COPYRIGHT, re.compile(r"\u00a9|\([cC]\)|^(?:C|c)opyright|^COPYRIGHT")),
    (ARROW, re.compile(r"[\u00bb\u203a\u2192>\u00ab\u2039]")),
    (
        NUMBER,
        re.compile(r"^[|\u00b7,\u2026.\u00bb\u00ab\u203a\u2039\u2192\u2190<>/A-Za-z\u00c0-\u024f\u0620-\u06ff-]*[0-9]"),
    ),
    (FILE, re.compile(r"^(?:FILE|File)")),
    (SLASH, re.compile(r"[A-Za-z\u00c0-\u024f0-9&.'\u2019-]/[A-Z]")),
    (PAGE, re.compile(r"^page$|^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}$")),
    (HAS_DIGIT, re.compile(f"[{DIGIT}]")),
    (DAY, re.compile(f"[{DIGIT}]\\W?[-/.][{DIGIT}]{{1,2}}\\W?[-/.][{DIGIT}]|[\u5e74\ub144]")),
)
"""What each sign needs of a word as written; each holds for the same word inside a line."""

_OPENING_PATTERNS: Final = (
    (
        BY,
        re.compile(
            rf"""[(\[]? (?: {_BY_WORD}(?:$|:)
            | (?:With|with|Additional|additional|Original|Further|Reporting|Writing|Editing|Reported|Written|Edited
            |Compiled|Produced|Translated|Filming|Photography|Words|Text|Story|Research|Graphics|Illustrations?)$ )""",
            re.VERBOSE,
        ),
    ),
    (
        WIRE,
        re.compile(r"[(\[]?(?:With|with|WITH|Avec|avec|Mit|mit|Con|con|Com|com|From|Source:?|Agencies|Agences)$"),
    ),
    (FILE, re.compile("FILE|File")),
    (COLON, re.compile("[A-Z][A-Z'\u2019&/-]+(?:$|:)")),
    (REPORT, re.compile(r"report|exclusive|desk|newsdesk|staff|update|[#@]", re.IGNORECASE)),
)
"""What the first word of a line must be, for its rule: behind a handle the line's second one for "@desk report"."""

_AS_LABEL = re.compile(r"[:\uff1a|\u2013\u2014\u2015\u2026\u00bb>\u2022]|\.[^\w\s]|(?:^|\s)[-.]")
_RUN = re.compile(f"[{LETTER}]+")
_BEFORE_MONTH = ("", "st", "nd", "rd", "th", "er", "\N{ARABIC LETTER YEH}", "report", "reports", "news")
"""What rules pass over, though no space follows, before they look for a month: "8thMay", "#desk newsMay"."""
_LONG_TAG = re.compile(rf"[#@][A-Za-z0-9_\u0620-\u06ff]*+[{LETTER}]|[#@].{{60}}")
"""A tag or handle inside which a rule may begin to look for a day."""

_ALWAYS: Final = (
    BRACKET | DASH | GLUED | BAR | DAY | COPYRIGHT | ARROW | NUMBER | SLASH | PAGE | FORWARDED
    | (ANYWHERE | ENDING) << PHRASES
)  # fmt: skip
_NOISY: Final = _ALWAYS | COLON | HAS_MONTH
_NOISY_OPENING: Final = _ALWAYS | HAS_DIGIT
_LAST = ("report", "reports")
"""Ends of the word that says something at the end of a line."""
_MOST: Final = 1 << 16
_LONGEST: Final = 40
_NEVER: Final = ("http",)

quiet_words: set[str] = set()
"""Of the remembered words those that leave nothing open in a line unless they open it."""
quiet_opening_words: set[str] = set()
"""Those that leave nothing open in the first line of a post, where no digit stands before them and no colon ends it.

A month says nothing without a digit; nor does a colon, where nothing opens the line as places, outlets and labels do.
"""


def _read_word(written: str) -> int:
    """The signs of one word as written."""
    found = 0
    for sign, pattern in _PATTERNS:
        if pattern.search(written):
            found |= sign
    if written.casefold().removeprefix("[") in _forwarding():
        found |= FORWARDED
    if _LONG_TAG.match(written) or not month_runs().isdisjoint(map(hashtag_key, _RUN.findall(written))):
        found |= HAS_MONTH
    folded = search_fold(written).text
    words = split_words(folded)
    if not words or _AS_LABEL.search(folded):
        found |= MARKED
    if len(words) > 1:
        found |= WORDS
    for word in words:
        found |= WORD_BITS[word.text] << PHRASES
        if not word.free:
            found |= WORD
    if len(written) <= _LONGEST and not written.startswith(_NEVER):
        if len(word_signs) >= _MOST:  # all are about to be forgotten
            quiet_words.clear()
            quiet_opening_words.clear()
        if "contributed" not in written and not written.endswith(_LAST):
            if not found & _NOISY:
                quiet_words.add(written)
            if not found & _NOISY_OPENING:
                quiet_opening_words.add(written)
    return found


word_signs = Remembered(_read_word, most=_MOST, longest=_LONGEST, never=_NEVER)
"""The signs of each word as written."""


def _read_opening(written: str) -> int:
    found = 0
    for sign, pattern in _OPENING_PATTERNS:
        if pattern.match(written):
            found |= sign
    signs = word_signs[written]
    if not signs & WORD or signs & WORDS or not is_letter(written[0]):
        found |= UNSURE
    return found | (signs >> PHRASES >> WIDTH & (OPENING | LABEL)) << PHRASES


opening_signs = Remembered(_read_opening, most=1 << 14, longest=_LONGEST, never=_NEVER)
"""What each word as written says where it opens a line: signs, and the lanes of phrases that it may begin.

UNSURE where it may not be the first word that is no entity or number, or begins with no letter.
"""


@functools.cache
def month_runs() -> frozenset[str]:
    """The letters in a row, folded as a tag's key, behind which the rest of a day may stand."""
    return frozenset(before + word for before in _BEFORE_MONTH for word in month_words())


@functools.cache
def _forwarding() -> frozenset[str]:
    return frozenset(phrase.casefold().split()[0] for phrase in embed_words()["telegram"]["forwarded"])
