"""Agencies of a dateline or credit: "KABUL (AP) -", "BEIRUT - Xinhua -", "(وكالات)"."""

from __future__ import annotations

import functools
from typing import Final

from postscan.sources.bits import AGENCIES, NAME, PRESS
from postscan.sources.mentions import Found
from postscan.sources.outlets import Mention, mention_at
from postscan.sources.words import ARABIC_SCRIPT, Words, role, roles
from postscan.wordlists import attribution

DASHES = "-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HORIZONTAL BAR}"


@functools.cache
def agencies() -> frozenset[str]:
    return frozenset().union(
        *(role(language, "agencies") for language in attribution() if "agencies" in attribution()[language])
    )


_AFTER_DAY = frozenset(DASHES)
_START: Final = 24
"""How many words of a text may hold its dateline."""


def find_wires(words: Words, kind: str) -> list[Found]:
    """Agencies in a dateline: in brackets or between dashes near the start of the text; "agencies" too."""
    found = []
    gaps = words.gaps
    for at in [at for at, sign in enumerate(words.signs[:_START]) if sign & (NAME | AGENCIES | PRESS)]:
        if gaps[at] == " " and not (_after_day(words, at) and at < _START - 1):
            continue
        mention = _agency_after(words, at) if words.signs[at] & PRESS and words.gaps[at][-1:] in _OPEN else None
        mention = mention or mention_at(words, at)
        last = mention.last if mention else at + 1
        if not (mention or words.words[at] in agencies()) or not _set_off(words, at, last, kind):
            continue
        if not _dateline(words, at):
            break
        skip, name = (mention.skip, mention.canonical) if mention else (0, None)
        found.append(Found("wire", mention.first if mention else at, last, skip, name, "dateline-credit"))
    return found


def _after_day(words: Words, at: int) -> bool:
    """Whether the word there stands between a number and a dash: "BEIRUT, 12 March 2020 Xinhua -"."""
    return words.gaps[at + 1][:1] in _AFTER_DAY and words.words[at - 1].isdigit()


def _agency_after(words: Words, at: int) -> Mention | None:
    """The agency whose class noun opens brackets there: "(وكالة رويترز)"."""
    first = at
    while (
        first < at + _CLASS and words.word(first) in _class_nouns() and words.word(first + 1) and words.soft(first + 1)
    ):
        first += 1
    return mention_at(words, first) if first > at else None


@functools.cache
def _class_nouns() -> frozenset[str]:
    return role("ar", "press_plain") | role("fa", "press") | {"خبري", "انباء", "الانباء"}


_OPEN = frozenset("([")
_CLASS = 2
"""Words at most that say what an agency is."""


def _set_off(words: Words, first: int, last: int, kind: str) -> bool:
    """Whether brackets or dashes stand on both sides."""
    before, after = words.gaps[first].strip(" #@"), words.gaps[last].strip()
    if first == 0 and not before and last < words.size:
        mention = mention_at(words, first)
        parted = after[:1] != "" and (after in DASHES or (after == "/" and _slashed(words, last)))
        return parted and mention is not None and not mention.name.common
    if before == "/" and not after and words.words[first][0] >= ARABIC_SCRIPT:
        ends = (words.line_end(last) and (last < words.size or kind == "dateline")) or _speaks(words, last)
        return ends and first <= _PLACE_WORDS and _is_agency(words, first) and not mention_at(words, 0)
    if not before and after[:1] in tuple(DASHES) and words.words[first - 1].isdigit():
        return _is_agency(words, first)
    if last == words.size and before[-1:] in tuple(DASHES) and before and not after:
        alone = kind == "headline" and first <= _PLACE_WORDS and words.words[first][0] >= ARABIC_SCRIPT
        return kind == "dateline" or (alone and _is_agency(words, first))
    if before[-1:] in ("(", "[", "/") or (before[-1:] == "," and "(" in "".join(words.gaps[max(0, first - 3) : first])):
        return after[:1] in (")", "]", "/", ",", "\N{ARABIC COMMA}")
    if before[-1:] in tuple(":" + DASHES) and before and after[:1] == ":" and words.words[first] in agencies():
        return True
    if before[-1:] in tuple(DASHES) and before and after[:1] == ":" and _is_agency(words, first):
        return _calls().isdisjoint(words.words[:first])
    return before[-1:] != "" and before[-1:] in DASHES and after[:1] != "" and after[0] in DASHES


def _slashed(words: Words, at: int) -> bool:
    """Whether a slash stands there as dashes do in a dateline: "شفق نيوز/ أفاد", "السومرية نيوز/ بغداد" on a line."""
    if words.words[at][0] < ARABIC_SCRIPT or mention_at(words, at):
        return False
    return _speaks(words, at) or (at + 1 < words.size and words.line_end(at + 1))


def _speaks(words: Words, at: int) -> bool:
    return at < words.size and words.words[at] in role("ar", "say")


_PLACE_WORDS: Final = 3
"""Words at most of the place before an agency that a slash parts from it."""


def _is_agency(words: Words, at: int) -> bool:
    mention = mention_at(words, at)
    return mention is not None and mention.name.outlet is not None and mention.name.outlet.kind == "agency"


@functools.cache
def _calls() -> frozenset[str]:
    """What calls for attention stands where a place would: "عاجل - رويترز: ..."."""
    return frozenset().union(*(role(language, "call") for language in attribution()))


def _dateline(words: Words, at: int) -> bool:
    """Whether no more than a place and a date stands before the word there in its line: no verb, no sentence."""
    first = at
    while first > 0 and not words.line_start(first):
        first -= 1
    before = words.words[first:at]
    if len(before) > 9 or (not before and at and words.gaps[at].strip(" #@")[-1:] not in ("(", "[", "/")):
        return False
    names = (mention_at(words, i) for i in range(first, at)) if words.gaps[at].strip() in ("(", "[") else ()
    if any(name is not None and name.last == at for name in names):
        return False  # "The Associated Press (AP) reported": brackets with the short form of the name before them
    latin = [i for i in range(first, at) if words.words[i][0] < "\u0530"]
    if any(
        word in roles("ar", "press", "stop", "cite") or word in roles("fa", "press", "cite") or _carried(word)
        for i, word in enumerate(before, first)
        if not (word == "في" and words.words[i + 1].isdigit())  # "الدوحة في 12 مارس"
    ):
        return False
    if any(not words.capital(i) and words.words[i].isalpha() and words.words[i] not in _PLACE for i in latin):
        return False
    return len(before) <= 4 or any(word.isdigit() for word in before) or bool(latin)


def _carried(word: str) -> bool:
    """Whether the Arabic word says or cites, perhaps with "and" before it."""
    bare = word[1:] if word[:1] in ("و", "ف") else word
    return bare in role("ar", "say") or bare in role("ar", "cite") or bare in role("ar", "press")


_PLACE = frozenset(["de", "la", "le", "el", "al", "of", "and", "the", "in", "on", "du", "san", "am", "pm"])
