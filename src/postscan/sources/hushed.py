"""Words of speech by which nobody can speak, as the word beside them shows: "he said", "voice notes", "he told me".

All is decided of words as written that have nothing but spaces around them, so that it can be remembered of each.
"""

from __future__ import annotations

import functools
from typing import Final

from postscan.sources.arabic import before_speakers
from postscan.sources.arabic_phrases import stem
from postscan.sources.bits import ARABIC, BACK, ENGLISH, LINK, SPEAKS, VERB, WHO
from postscan.sources.mentions import referring
from postscan.sources.signs import pieces
from postscan.sources.words import NO_ROLES, english, phrases, role, roles

_SAYS: Final = 1 << 42
"""An English verb of speech before which its speaker stands."""
_WANTS: Final = 1 << 43
"""An English verb that says nothing before a plain word that is not "that"."""
_SAID: Final = 1 << 44
"""An Arabic verb of speech."""
_AND_SAID: Final = 1 << 45
"""The same with "and" before it."""
_UNSPEAKING: Final = 1 << 46
"""An English word that ends no speaker's phrase."""
_PLAIN: Final = 1 << 47
"""A word before which `_WANTS` says nothing."""
_NOBODY: Final = 1 << 48
"""An Arabic word that begins no speaker's phrase, nor what is said."""
_HEAD: Final = 1 << 49
"""An Arabic speaker's noun."""
_HUSHED: Final = _SAYS | _WANTS | _SAID | _AND_SAID
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
        if word > "\u0600" and (sign & WHO or stem(word, heads) >= 0):
            found |= _HEAD
    word = piece.word
    if not word or piece.head or piece.after != " " or len(word) > _LONGEST:
        return found
    if word < "\u0600":
        of = english().get(word, NO_ROLES)
        if word not in ("that", "in", "on"):
            found |= _PLAIN
        if word in _unspeaking() and not sign & WHO:
            found |= _UNSPEAKING
        if sign & SPEAKS and not sign & ~(SPEAKS | ENGLISH | LINK) and of.isdisjoint(("cite", "according")):
            found |= _SAYS
            if "say_that" in of and of.isdisjoint(("recount", "tell", "say_ing")):
                found |= _WANTS
    elif sign == SPEAKS | ARABIC:
        bare = word[1:]
        cites = roles("ar", "cite", "learn")
        if word in role("ar", "say") and word not in cites:
            found |= _SAID
        elif word[0] in "وف" and bare in role("ar", "say") and word not in cites and bare not in cites:
            found |= _AND_SAID
    elif not found and word not in _opens_speech():
        found |= _NOBODY
    return found


def nobody_speaks(text: str, written: list[str], signs: list[int], found: int) -> bool:
    """Whether each word of speech is one by which nobody can speak, and no other word makes another speak by it."""
    if found & BACK or not found & _HUSHED:
        return False
    if found & _WANTS and " ".join(written) not in text:
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
    if sign & _SAYS:
        return bool((at and signs[at - 1] & _UNSPEAKING) or (sign & _WANTS and after & _PLAIN))
    if not after & _NOBODY:
        return False
    opening = signs[max(at - _FIRST_WORDS, 0) : at]
    return bool(sign & _AND_SAID or (sign & _SAID and not any(before & _HEAD for before in opening)))
