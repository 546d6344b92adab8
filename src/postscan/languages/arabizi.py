"""Finds Arabic that is written in Latin letters and digits ("ana 3ayez aroo7"): the digit rule.

The digits 2 3 5 6 7 9 stand for ء ع خ ط ح ص. A word with one between or before letters is rarely anything else once
ordinals, units and model numbers are taken out. What has no such word stays undecided or wrong: precision comes first.
"""

from __future__ import annotations

import functools
import re
import string
from bisect import bisect_right
from typing import TYPE_CHECKING

from postscan.languages.pieces import NONE, Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DIGITS = 8
"""Digits from 2 to 9."""
_REACH = 32
_WORD = re.compile(f"[A-Za-z0-9']{{0,{_REACH}}}")
_FEW = 6
# One of the digits between letters, or before at least three; or 7, 3, 5 after at least two.
_SHAPE = re.compile(
    r"(?=(?:[0-9']*[a-z]){3})(?:[a-z]+'?[235679]+(?:[a-z]+[235679]?)+|[235679][a-z]{3,}[a-z235679]*|[a-z]{3,}7)"
)
_ENGLISH = re.compile(
    r"""
    [0-9]+(?:st|nd|rd|th|am|pm|min|mins|sec|secs|hrs?|km|kg|cm|mm|ml|mph|kph|ft|yo|yrs?|days?|gb|mb|tb|bn|px|fps|ers?)
    | [a-z][0-9][a-z]                           # b2b, p2p
    | [0-9](?:day|nite|night|morrow|some|fold|ever|way|star|pack|step|point|door|seater|person|piece)s?
    | [0-9](?:year|week|month|hour)s?
    | [a-z]+[0-9](?:d|g|k|m|x|v|s|p)            # mp3s, web3d
    | (?:mp|ps|wi?n|bmw|top|route|web|cov|covid|channel|class|team|area|page|step|level|phase|day|week|part)[0-9][a-z]*
    """,
    re.VERBOSE,
)


def _is_arabizi(word: str) -> bool:
    return bool(_SHAPE.fullmatch(word)) and not _ENGLISH.fullmatch(word)


def find_arabizi(
    pieces: Pieces, group: NDArray[np.int64], votes: NDArray[np.bool_], sizes: NDArray[np.int64]
) -> set[int]:
    """The groups whose Latin letters are Arabic: two such words, or one in at most six; `sizes` counts their words."""
    import numpy as np

    codes = pieces.letters.code
    digits = (codes - np.uint32(ord("2")) < _DIGITS).nonzero()[0]  # what is less than "2" is a great number then
    sides = (codes[np.minimum(digits + 1, len(codes) - 1)] | 32, codes[np.maximum(digits - 1, 0)] | 32)
    near = [(ord("a") <= side) & (side <= ord("z")) for side in sides]
    digits = digits[(near[0] | near[1]) & (codes[digits] != ord("4")) & (codes[digits] != ord("8"))]
    if len(pieces.layers.entities.start):
        digits = digits[~_end_aside(pieces, digits)]
    found: dict[int, set[str]] = {}
    starts, end = pieces.start.tolist() if len(digits) else [], 0
    for at in digits.tolist():
        if at < end:
            continue  # in the word before
        begin, end = _find_word(pieces.text, at)
        piece = bisect_right(starts, end - 1) - 1  # the one that is open at the word's end
        word = pieces.text[begin:end].lower()
        if votes[piece] and _is_arabizi(word):
            found.setdefault(int(group[piece]), set()).add(word)
    return {key for key, words in found.items() if len(words) > 1 or sizes[key] <= _FEW}


def _end_aside(pieces: Pieces, digits: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which digits are of a word that ends in an entity, as in most links: nothing else can come of it."""
    import numpy as np

    entity = pieces.entity[pieces.find(digits)]
    spans = pieces.layers.entities
    begins, ends = spans.start[entity], spans.end[entity]
    goes_on = _word_codes()[np.minimum(pieces.letters.code[ends], len(_word_codes()) - 1)]
    aside: NDArray[np.bool_] = (entity != NONE) & (begins <= digits) & (digits < ends) & ~goes_on
    return aside


@functools.cache
def _word_codes() -> NDArray[np.bool_]:
    """Which code points below 128 are of words; the last stands for all others."""
    import numpy as np

    letters = string.ascii_letters + string.digits + "'"
    return np.array([chr(code) in letters for code in range(128)], np.bool_)


def _find_word(text: str, at: int) -> tuple[int, int]:
    """The letters, digits and apostrophes around an offset, as far as a word may reach."""
    before, after = _WORD.match(text[max(0, at - _REACH) : at][::-1]), _WORD.match(text, at)
    return at - (before.end() if before else 0), after.end() if after else at
