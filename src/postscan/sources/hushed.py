"""Words of speech by which nobody can speak, as the word beside them shows: "he said", "voice notes", "he told me".

All is decided of words as written that have nothing but spaces around them, so that it can be remembered of each.
"""

from __future__ import annotations

import functools
from typing import Final

from postscan.sources.arabic import before_speakers
from postscan.sources.arabic_phrases import stem
from postscan.sources.bits import (
    AND_SAID,
    ARABIC,
    BACK,
    ENGLISH,
    HEAD,
    LINK,
    NOBODY,
    PLAIN,
    SAID,
    SAYS,
    SPEAKS,
    UNSPEAKING,
    VERB,
    WANTS,
    WHO,
)
from postscan.sources.mentions import referring
from postscan.sources.signs import pieces
from postscan.sources.words import ARABIC_SCRIPT, NO_ROLES, english, phrases, role, roles

_HUSHED: Final = SAYS | WANTS | SAID | AND_SAID
_LONGEST: Final = 40
"""Letters of a word beside a verb at most; longer ones are not remembered either."""
_FIRST_WORDS: Final = 6
"""Words before an Arabic verb, at most, of the subject that opens its sentence."""


@functools.cache
def _unspeaking() -> frozenset[str]:
    """Particles that no speaker's phrase ends in, and that do not stand between one and its verb."""
    between = {phrase[-1] for phrase in phrases("en", "between_phrase")}
    apart = roles("en", "link", "determiner", "between", "press", "press_people", "part")
    others = {"is", "are", "was", "were", "been", "and", "but", "us", "who", "it", "both"}
    return role("en", "stop") - apart - between - others


@functools.cache
def _opens_speech() -> frozenset[str]:
    """Arabic words after a verb that may begin a speaker's phrase with a title or an adverb, or what is said."""
    return before_speakers() | roles("ar", "titled", "that", "audience") | {"في", "لنا", "العكس"}


def read_hushed(written: str, sign: int) -> int:
    """The signs of a word that say whether it or the verb beside it is one by which nobody speaks."""
    piece = pieces()[written]
    found = 0
    heads = roles("ar", "people", "office", "institution")
    for word in piece.words:
        if word in referring():
            found |= BACK
        if word > ARABIC_SCRIPT and (sign & WHO or stem(word, heads) >= 0):
            found |= HEAD
    word = piece.word
    if not word or piece.head or piece.after != " " or len(word) > _LONGEST:
        return found
    if word < ARABIC_SCRIPT:
        of = english().get(word, NO_ROLES)
        if word not in ("that", "in", "on"):
            found |= PLAIN
        if word in _unspeaking() and not sign & WHO:
            found |= UNSPEAKING
        if sign & SPEAKS and not sign & ~(SPEAKS | ENGLISH | LINK) and of.isdisjoint(("cite", "according")):
            found |= SAYS
            if "say_that" in of and of.isdisjoint(("recount", "tell", "say_ing")):
                found |= WANTS
    elif sign == SPEAKS | ARABIC:
        bare = word[1:]
        cites = roles("ar", "cite", "learn")
        if word in role("ar", "say") and word not in cites:
            found |= SAID
        elif word[0] in "وف" and bare in role("ar", "say") and word not in cites and bare not in cites:
            found |= AND_SAID
    elif not found and word not in _opens_speech():
        found |= NOBODY
    return found


def nobody_speaks(text: str, written: list[str], signs: list[int], found: int) -> bool:
    """Whether each word of speech is one by which nobody can speak, and no other word makes another speak by it."""
    if found & BACK or not found & _HUSHED:
        return False
    if found & WANTS and " ".join(written) not in text:
        return False  # more than a space between words may stand for a colon
    for at, sign in enumerate(signs):
        if sign & SPEAKS:
            if not _is_hushed(signs, at):
                return False
        elif sign & VERB:
            return False
    return True


def _is_hushed(signs: list[int], at: int) -> bool:
    """Whether nobody can speak by the word of speech there."""
    sign = signs[at]
    after = signs[at + 1] if at + 1 < len(signs) else 0
    if sign & SAYS:
        return bool((at and signs[at - 1] & UNSPEAKING) or (sign & WANTS and after & PLAIN))
    if not after & NOBODY:
        return False
    opening = signs[max(at - _FIRST_WORDS, 0) : at]
    return bool(sign & AND_SAID or (sign & SAID and not any(before & HEAD for before in opening)))
