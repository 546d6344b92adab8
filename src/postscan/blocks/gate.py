"""What the words on a line leave open, asked of each as written before any rule is: most lines are text.

Words are looked up as written and remembered, each with the signs of what rules need: a colon, a bracket, a word that
may begin a byline. A rule is asked only where its sign stands on the line, and seams are looked for only where theirs
do. The signs are necessary, never sufficient: what they mean for a line is decided by the rules alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from postscan.blocks.anchors import ANYWHERE, ENDING, LABEL, LONGEST_LABEL, OPENING, WORD_BITS, both, opened
from postscan.blocks.phrases import begins_phrase, is_free, longest_phrase
from postscan.blocks.pieces import TAGS, read_words, split_words, stretches
from postscan.blocks.shape import WIRES
from postscan.dates import month_words
from postscan.dates.grammar import DIGIT, LETTER
from postscan.folding import hashtag_key, search_fold
from postscan.model import Entity
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
"""A word such as "report" or "desk"."""
BY: Final = 1 << 5
"""A word such as "by", or "contributed"."""
WIRE: Final = 1 << 6
"""An agency's name, or a word for agencies."""
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

_WORD: Final = 1 << 19
"""A word that is no number."""
_DIGIT: Final = 1 << 20
_MONTH: Final = 1 << 21
_MARK: Final = 1 << 22
"""A sign that makes the phrase before it a label."""
_WORDS: Final = 1 << 23
"""Two words or more, with signs between them alone."""
_PHRASES: Final = 24
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
    (_DIGIT, re.compile(f"[{DIGIT}]")),
    (DAY, re.compile(f"[{DIGIT}]\\W?[-/.][{DIGIT}]{{1,2}}\\W?[-/.][{DIGIT}]|[\u5e74\ub144]")),
)
"""What each sign needs of a word as written; each holds for the same word inside a line."""

_AS_LABEL = re.compile(r"[:\uff1a|\u2013\u2014\u2015\u2026\u00bb>\u2022]|\.[^\w\s]|(?:^|\s)[-.]")
_RUN = re.compile(f"[{LETTER}]+")
_BEFORE_MONTH = ("", "st", "nd", "rd", "th", "er", "\N{ARABIC LETTER YEH}", "report", "reports", "news")
"""What rules pass over, though no space follows, before they look for a month: "8thMay", "#desk newsMay"."""
_LONG_TAG = re.compile(rf"[#@][A-Za-z0-9_\u0620-\u06ff]*+[{LETTER}]|[#@].{{60}}")
"""A tag or handle inside which a rule may begin to look for a day."""
_PLAIN_LINK = re.compile(r"(?<!\S)https?://[a-z-]+(?:\.[a-z-]+)+/([A-Za-z0-9_]*)")
_PLAIN_HANDLE = re.compile(r"@[A-Za-z0-9_]{1,50}(?!\S)")
"""What may end a line, and what may begin it, that has no sign but what a day needs."""
_ASCII_RUN = re.compile("[a-z]{3,}")
"""No month has a shorter name in these letters."""
_BEGINNING: Final = 48
"""Words in which a phrase that opens a line is looked for."""
_TAG_LINE: Final = 400
"""Characters in which a line of tags must show that it is one."""


def _read_signs(written: str) -> int:
    """The signs of one word as written."""
    found = 0
    for sign, pattern in _PATTERNS:
        if pattern.search(written):
            found |= sign
    if written.casefold().removeprefix("[") in _forwarding():
        found |= FORWARDED
    if _LONG_TAG.match(written) or not _month_runs().isdisjoint(map(hashtag_key, _RUN.findall(written))):
        found |= _MONTH
    folded = search_fold(written).text
    words = split_words(folded)
    if not words or _AS_LABEL.search(folded):
        found |= _MARK
    if len(words) > 1:
        found |= _WORDS
    for word in words:
        found |= WORD_BITS[word.text] << _PHRASES
        if not is_free(word.text):
            found |= _WORD
    return found


_signs = Remembered(_read_signs, most=1 << 16, longest=40, never=("http",))
_look_up = _signs.__getitem__


@functools.cache
def _month_runs() -> frozenset[str]:
    """The letters in a row, folded as a tag's key, behind which the rest of a day may stand."""
    return frozenset(before + word for before in _BEFORE_MONTH for word in month_words())


@functools.cache
def _forwarding() -> frozenset[str]:
    return frozenset(phrase.casefold().split()[0] for phrase in embed_words()["telegram"]["forwarded"])


def _has_month(plain: str) -> bool:
    """Whether a month could be named in a plain link or handle."""
    return not _month_runs().isdisjoint(_ASCII_RUN.findall(plain.lower()))


def _parts_words(ch: str) -> bool:
    """Whether a word ends before a character, and the next begins behind it, however it is folded."""
    return [word.text for word in split_words(search_fold(f"a{ch}a").text)] == ["a", "a"]


_PARTING = Remembered(_parts_words, most=1 << 12, longest=1)


def read_signs(text: str, start: int, end: int, entities: Sequence[Entity]) -> int:
    """The signs of the trimmed stretch `text[start:end]`, where these entities lie within it.

    ALL where an entity begins or ends inside a word: there the words of a piece are others than those written.
    """
    first, last, following, found = start, end, end, 0
    if entities:
        found = _entity_signs(text, start, end, entities)
        if found == ALL:
            return ALL
        head, tail = entities[0], entities[-1]
        following = head.start
        if tail.kind == "url" and tail.end == end and (link := _PLAIN_LINK.fullmatch(text, tail.start, end)):
            last = tail.start
            if _has_month(link[1]):
                found |= DAY
        if following == start and head.kind == "handle" and _PLAIN_HANDLE.fullmatch(text, start, head.end):
            first = head.end
            following = entities[1].start if len(entities) > 1 else end
            found |= DAY if _has_month(text[start:first]) else _DIGIT
    written = text[first:last].split()
    for signs in map(_look_up, written):
        found |= signs
    if found < _DIGIT:
        return found & ALL
    if found & _MONTH and found & _DIGIT:
        found |= DAY
    if bits := found >> _PHRASES:
        lanes = both(bits) & (ANYWHERE | ENDING)
        one = two = 0
        if len(text[first:following].split(None, 2)) > 2:  # the first two words as written are no entities
            one, two = _signs[written[0]], _signs[written[1]]
        if one & two & _WORD and not one & _WORDS:
            lanes |= opened(bits, one >> _PHRASES, two >> _PHRASES)
        else:
            lanes |= opened(bits, _read_head(text, start, end, entities), bits)
        if lanes and _may_hold_phrase(lanes, text, start, end, entities, marked=found & _MARK):
            found |= PHRASE
    return found & ALL


def _entity_signs(text: str, start: int, end: int, entities: Sequence[Entity]) -> int:
    """What tags and handles mean by being there; ALL where an entity begins or ends inside a word."""
    found, done, lettered = 0, start, False
    for entity in entities:
        at, stop, kind = entity.start, entity.end, entity.kind
        if at > start and text[at - 1] != " " and not (_PARTING[text[at - 1]] or _PARTING[text[at]]):
            return ALL
        if stop < end and text[stop] != " " and not (_PARTING[text[stop]] or _PARTING[text[stop - 1]]):
            return ALL
        if not lettered and done + 1 < at < start + _TAG_LINE:
            lettered = is_letter(text[done + 1]) or is_letter(text[at - 2])
        if kind in TAGS:
            found |= TAGGED
        elif start and kind == "handle":
            found |= SIGNED
        done = max(done, stop)
    return found & ~TAGGED if lettered else found


def _read_head(text: str, start: int, end: int, entities: Sequence[Entity]) -> int:
    """The bits of the first word that is no entity or number, and of all before it."""
    head = 0
    for stretch, sign in stretches(text[start:end], start, entities):
        for written in stretch.split():
            signs = _signs[written]
            head |= signs >> _PHRASES
            if signs & _WORD:
                return head
        if sign:
            head |= WORD_BITS[sign]
    return head


def _may_hold_phrase(lanes: int, text: str, start: int, end: int, entities: Sequence[Entity], *, marked: int) -> bool:
    """Whether a phrase of these lanes could stand where it decides something; `marked`: behind some word is a sign."""
    if lanes & ANYWHERE or (marked and lanes & ENDING):
        return True
    if not (lanes & OPENING or (lanes & LABEL and (marked or _is_short(text, start, end, entities)))):
        return False
    words, whole = read_words(text[start:end], start, entities, most=_BEGINNING)
    if not whole and all(is_free(word.text) for word in words[: len(words) - longest_phrase()]):
        return True
    return begins_phrase(words)


def _is_short(text: str, start: int, end: int, entities: Sequence[Entity]) -> bool:
    """Whether the words that are no entities or numbers are few enough for a phrase to fill the line."""
    written = [one for stretch, _ in stretches(text[start:end], start, entities) for one in stretch.split()]
    return sum(bool(_signs[one] & _WORD) for one in written) <= LONGEST_LABEL
