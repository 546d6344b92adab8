"""Outlets that are credited in running words: told, cited, quoted, reporting.

A name alone is no credit. What stands beside it decides, and a name that is a common word needs more beside it.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass
from typing import Final

from postscan.sources.arabic_institutions import refers
from postscan.sources.arabic_phrases import pair_skip
from postscan.sources.bits import BY, NAME, PRESS, REFERS
from postscan.sources.cues import asks, enclosed_rule, english_right, english_rule, label_rule
from postscan.sources.eastern import arabic_rule, eastern_rule, persian_rule, press_noun, says, strip
from postscan.sources.outlets import Mention, mention_at
from postscan.sources.words import ARABIC_SCRIPT, OPENING, Words, phrases, role, roles


@dataclass(slots=True)
class Found:
    """A source in the words of a block; not frozen, for many are made."""

    kind: str
    first: int
    last: int
    skip: int
    name: str | None
    rule: str


_NAMED: Final = NAME | PRESS | BY


def find_outlets(words: Words, marked: list[int], kind: str) -> list[Found]:
    """Outlets that the block credits, known ones and those that their class noun or last word shows."""
    places: list[tuple[int, int, int, str, str | None, str]] = []
    free = 0
    signs = words.signs
    for at in marked:
        sign = signs[at]
        if at < free or not sign & _NAMED:
            continue
        mention = mention_at(words, at) if sign & NAME else None
        place = _known(words, mention, kind) if mention else None
        if place is None and sign & PRESS:
            place = _unknown_english(words, at) or _unknown_arabic(words, at)
        if place is None and sign & BY and words.word(at - 1) in _REPRINTS:
            place = _reprinted(words, at)
        if place is None:
            free = mention.last if mention else 0
            continue
        if not (
            places
            and places[-1][4] == place[4] is not None
            and places[-1][1] == place[0]
            and words.gaps[place[0]].strip() == "("
        ):
            places.append(place)
        free = place[1]
    if len(places) > 1:
        places = _coordinated(words, places)
    return [Found(kind, first, last, skip, name, rule) for first, last, skip, kind, name, rule in places if rule]


def find_references(words: Words, marked: list[int]) -> list[Found]:
    """Where "the agency said" credits an outlet that was named before.

    The rule is "refers-back", or "refers-back:" for words that do so only where one was named.
    """
    found: list[Found] = []
    signs = words.signs
    for at in marked:
        if not signs[at] & REFERS:
            continue
        if words.words[at] == "the":
            for phrase, rule in _references().get(words.word(at + 1), ()):
                end = words.phrase(at, phrase)
                if end and english_right(words, end, strong=True):
                    found.append(Found("outlet", at + 1, end, 0, None, rule))
            continue
        for name, rule in _REFERENCES:
            if (
                words.words[at] in role("ar", name)
                and words.soft(at)
                and says(words.word(at - 1))
                and refers(words, at)
            ):
                found.append(Found("outlet", at, at + 1, 0, None, rule))
    return found


_REFERENCES: Final = (("refer", "refers-back"), ("refer_back", "refers-back:"))


@functools.cache
def _references() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The phrases that refer back in English, with their rules, by their second word."""
    found: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for name, rule in _REFERENCES:
        for phrase in phrases("en", name):
            found[phrase[1]] = (*found.get(phrase[1], ()), (phrase, rule))
    return found


@functools.cache
def referring() -> frozenset[str]:
    """One of these stands wherever words refer back."""
    return frozenset(_references()).union(*(role("ar", name) for name, _ in _REFERENCES))


def _coordinated(
    words: Words, places: list[tuple[int, int, int, str, str | None, str]]
) -> list[tuple[int, int, int, str, str | None, str]]:
    """The places, a name that "and" or a comma joins to a credited one being credited too."""
    for step in (1, -1):
        run = places[::step]
        for one, other in itertools.pairwise(run):
            left, right = (one, other) if step == 1 else (other, one)
            between = words.words[left[1] : right[0]]
            joined = (
                between in ([], ["and"], ["or"], ["the"], ["and", "the"], ["و"], ["اور"])
                and "\n" not in words.gaps[right[0]]
                and (between or not _is_adjective(words, left[1], right[0]))
            )
            if one[5] and not other[5] and joined and not any(ch in words.gaps[right[0]] for ch in ".:;?!"):
                at = places.index(other)
                places[at] = (*other[:5], one[5])
                run = places[::step]
    return places


def _is_adjective(words: Words, last: int, first: int) -> bool:
    """Whether nothing but a space parts an Arabic name from the next: "الحكومة العراقية لرويترز" names one outlet."""
    return words.soft(first) and words.words[last - 1][0] >= ARABIC_SCRIPT and words.words[first][0] != "و"


def _known(words: Words, mention: Mention, block: str) -> tuple[int, int, int, str, str | None, str] | None:
    """An outlet of the table, with the rule that credits it or an empty one."""
    first, last, name = mention.first, mention.last, mention.canonical
    if mention.name.common:
        longer = _longer_name(words, mention)
        if longer:
            first, last = longer
            name = words.surface(first, last, mention.skip)
        elif mention.name.latin and (_capital_before(words, first) or _capital_after(words, last)):
            return None
    rule = label_rule(words, first, last, block, inside=not mention.name.common) or _rule(words, first, last, mention)
    if rule in ("reports", "told") and asks(words, first):
        rule = ""
    if not mention.name.latin:
        last = _without_state(words, first, last, mention)
    else:
        first = _with_the(words, first, name or "")
    kind = "outlet"
    if rule == "credit":
        agency = mention.name.outlet is not None and mention.name.outlet.kind == "agency"
        kind = "wire" if agency else "outlet"
    return first, last, mention.skip, kind, name, rule


def _without_state(words: Words, first: int, last: int, mention: Mention) -> int:
    """Where a name ends that says whose the paper is: "صحيفة الخبر الجزائرية" is called "الخبر"."""
    outlet = mention.name.outlet
    if outlet is None or outlet.kind == "agency" or last - first < 2:
        return last
    state = words.words[last - 1]
    tied = state.endswith("ه") and state.removeprefix("ال")[:-1] in role("ar", "officials_tied")
    return last - 1 if tied and press_noun(words, first - 1)[0] else last


def _longer_name(words: Words, mention: Mention) -> tuple[int, int] | None:
    """A common name in Arabic with a definite word after it that is no relative adjective: another outlet's name."""
    last = mention.last
    if mention.name.latin or last >= words.size or not words.soft(last):
        return None
    word = words.words[last]
    if word.startswith("ال") and not word.endswith(("ي", "يه")) and len(word) > 4 and word not in role("ar", "stop"):
        return mention.first, last + 1
    return None


def _capital_before(words: Words, first: int) -> bool:
    before = words.word(first - 1)
    return (
        words.soft(first)
        and words.capital(first - 1)
        and before not in role("en", "article")
        and not words.sentence_start(first - 1)
        and before not in role("en", "cite")
        and not (words.capitals(first - 1) and words.capitals(first))
    )


def _capital_after(words: Words, last: int) -> bool:
    return (
        last < words.size
        and words.soft(last)
        and "'" not in words.gaps[last]
        and words.capital(last)
        and words.words[last] not in roles("en", "say", "press")
    )


def _with_the(words: Words, first: int, name: str) -> int:
    """The name's first word, or the capital "The" before it where that belongs to the name."""
    if words.word(first - 1) != "the" or not words.soft(first) or not words.capital(first - 1):
        return first
    return first - 1 if not words.sentence_start(first - 1) or name.startswith("The ") else first


def _class_first(words: Words, at: int) -> tuple[int, int, int, str, str | None, str] | None:
    """A name in capitals that begins with a medium's word, where something credits it: "told Radio Quay"."""
    last = at + 1
    while (
        last < words.size
        and last - at < _CLASS_FIRST
        and words.gaps[last] == " "
        and words.capital(last)
        and words.words[last] not in roles("en", "say", "stop", "press_names")
    ):
        last += 1
    if last == at + 1 or mention_at(words, at + 1):
        return None
    rule = english_rule(words, at, last, strong=True)
    return (at, last, 0, "outlet", words.surface(at, last), rule) if rule else None


_CLASS_FIRST = 3
"""Words at most of a name that begins with its class."""


def _unknown_english(words: Words, at: int) -> tuple[int, int, int, str, str | None, str] | None:
    """A name in capitals that ends in a medium's word ("Nautical Gazette"), where something credits it."""
    if words.words[at] in role("en", "press_first") and words.capital(at) and words.capital(at + 1):
        return None if _capital_before(words, at) else _class_first(words, at)
    if (
        words.words[at] not in role("en", "press_names")
        or not words.capital(at)
        or (words.capital(at + 1) and words.soft(at + 1))
    ):
        return None
    first = at
    while (
        first > 0
        and at - first < 4
        and words.soft(first)
        and words.capital(first - 1)
        and not _no_name(words.words[first - 1])
    ):
        first -= 1
    if first == at or (
        words.words[at] in ("tv", "television", "radio") and words.words[at - 1] in role("en", "on_air")
    ):
        return None
    rule = english_rule(words, first, at + 1, strong=True)
    if not rule:
        return None
    first = _with_the(words, first, "The ")
    return first, at + 1, 0, "outlet", words.surface(first, at + 1), rule


def _reprinted(words: Words, at: int) -> tuple[int, int, int, str, str | None, str] | None:
    """The name in capitals after "originally published in", "republished from"."""
    if words.word(at - 1) in ("published", "appeared") and words.word(at - 2) not in ("originally", "first"):
        return None
    first = at + 1
    if words.word(first) == "the":
        first += 1
    last = first
    while last < words.size and last - first < 4 and words.capital(last) and words.soft(last):
        last += 1
    if last == first or mention_at(words, first):
        return None
    first = _with_the(words, first, "The ")
    return first, last, 0, "outlet", words.surface(first, last), "appeared-in?"


_REPRINTS = frozenset(("published", "appeared", "republished", "reprinted", "reposted"))


def _no_name(word: str) -> bool:
    return word in role("en", "article") or word in role("en", "stop") or word in role("en", "cite")


def _unknown_arabic(words: Words, at: int) -> tuple[int, int, int, str, str | None, str] | None:
    """What a class noun names ("صحيفة ..."), where something credits it; "a local newspaper" is nobody's name."""
    if words.words[at] in role("fa", "press"):
        return _unknown_persian(words, at)
    noun, clitic = press_noun(words, at)
    if not noun or at + 1 >= words.size or mention_at(words, at + 1) or pair_skip(words, at) >= 0:
        return None
    if words.words[at + 1] in _OF_NEWS and at + 2 < words.size and mention_at(words, at + 2):
        return None
    quoted = words.gaps[at + 1].strip() and words.gaps[at + 1].strip()[-1] in OPENING
    if not quoted and not words.soft(at + 1):
        return None
    last = _name_end(words, at + 1, quoted=bool(quoted))
    rule = arabic_rule(words, at, last, clitic, strong=True)
    if words.word(at - 1).removeprefix("و") in role("ar", "weak") and not quoted:
        return None
    if not rule or last == at + 1 or words.words[at + 1] in role("ar", "canals"):
        return None
    if words.words[at + 1].endswith("يه") and not words.words[at + 1].startswith("ال"):
        _, skip = strip(words.words[at], role("ar", "press_plain"))
        return at, at + 2, skip, "unnamed", None, rule
    return at + 1, last, 0, "outlet", words.surface(at + 1, last), rule + "?"


def _unknown_persian(words: Words, at: int) -> tuple[int, int, int, str, str | None, str] | None:
    """What a Persian class noun names, where something credits it: "روزنامه ... نوشت"."""
    last = at + 1
    ends = roles("fa", "stop", "say", "press")
    while last < words.size and last - at < 5 and words.soft(last) and words.words[last] not in ends:
        last += 1
    if last == at + 1 or any(mention_at(words, i) for i in range(at + 1, last)):
        return None
    rule = persian_rule(words, at, last, strong=True)
    return (at + 1, last, 0, "outlet", words.surface(at + 1, last), rule + "?") if rule else None


_OF_NEWS = frozenset(("انباء", "الانباء", "اخبار", "نيوز"))


def _name_end(words: Words, first: int, *, quoted: bool) -> int:
    """Where a name of at most four words ends that begins there."""
    last = first
    while last < words.size and last - first < 4:
        if last > first and not words.soft(last):
            break
        word = words.words[last]
        if not quoted and (word in role("ar", "stop") or word in role("ar", "that") or word in role("ar", "say")):
            break
        if last > first and not quoted and word.startswith("ال") and word.endswith(("ي", "يه")) and last - first > 1:
            break
        last += 1
    return last


_WEAK = frozenset(("", "credit", "label"))
"""Rules that yield to words of speech beside the name."""


def _rule(words: Words, first: int, last: int, mention: Mention) -> str:
    """The rule that credits a known outlet's name that is no label, or nothing."""
    common = mention.name.common
    rule = enclosed_rule(words, first, last, common=common)
    if mention.name.latin:
        rule = english_rule(words, first, last, strong=not common) or rule
        if rule in _WEAK and not words.raw.isascii():
            rule = eastern_rule(words, first, last, "", common=common) or rule
        return rule
    return eastern_rule(words, first, last, mention.clitic, common=common) or rule
