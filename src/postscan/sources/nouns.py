"""What an English noun phrase is when it speaks: official, unnamed or nobody, by its head noun."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from postscan.sources.bits import CAPITAL, NAME
from postscan.sources.outlets import mention_at
from postscan.sources.words import NO_ROLES, Words, english, is_group, phrases, role, roles

LONGEST = 12
"""Words of a speaker's phrase at most."""


@functools.cache
def _somebody() -> frozenset[str]:
    return role("en", "people") | role("en", "people_of")


@functools.cache
def _heads() -> frozenset[str]:
    return frozenset().union(
        *(role("en", name) for name in ("office", "office_tied", "institution", "people", "people_after", "people_of"))
    )


def is_head(words: Words, at: int) -> bool:
    return words.word(at) in _heads()


def is_tied(words: Words, first: int, last: int) -> bool:
    """Whether an institution, state or armed group stands among the words."""
    return any(
        words.words[i] in role("en", "institution")
        or words.words[i] in role("en", "tied_by")
        or (words.words[i] in role("en", "body") and words.capital(i))
        for i in range(first, last)
    ) or any(words.phrase(i, phrase) for i in range(first, last) for phrase in _bodies()[0].get(words.words[i], ()))


@functools.cache
def _bodies() -> tuple[Mapping[str, tuple[tuple[str, ...], ...]], Mapping[str, tuple[tuple[str, ...], ...]]]:
    """Institutions and states of several words by their first word, and by their last."""
    by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
    by_last: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases("en", "body_phrase"):
        by_first[phrase[0]] = (*by_first.get(phrase[0], ()), phrase)
        by_last[phrase[-1]] = (*by_last.get(phrase[-1], ()), phrase)
    return by_first, by_last


def body_start(words: Words, end: int) -> int:
    """Where the institution of several words begins that ends there; `end` itself where none does."""
    for phrase in _bodies()[1].get(words.word(end - 1), ()):
        first = end - len(phrase)
        if words.capital(first) and words.phrase(first, phrase):
            return first
    return end


def body_end(words: Words, first: int) -> int:
    """Where the institution of several words ends that begins there; `first` itself where none does."""
    for phrase in _bodies()[0].get(words.words[first], ()):
        end = words.phrase(first, phrase)
        if end and words.capital(first):
            return end
    return first


def kind_of(words: Words, first: int, last: int) -> str:
    """official, unnamed or nothing: what the phrase's head noun says."""
    if last <= first or last - first > LONGEST:
        return ""
    signs = words.signs
    if signs[first] & NAME and _is_outlet(words, first, last):
        return ""
    if signs[last - 1] & NAME and _is_outlet(words, last - 1, last):
        return ""
    links = role("en", "link")
    if words.words[last - 1] in links and not words.capitals(last - 1):
        return ""
    head = last - 1
    for at, word in enumerate(words.words[first + 1 : last], first):
        if word in links and word != "and":
            head = at
            break
    word = words.words[head]
    of = english().get(word, NO_ROLES)
    if head == last - 1 and (signs[head] & CAPITAL or "particle" in of):
        titled = _titled(words, first, last)
        if titled:
            return titled
    if "people_after" in of and head > first and words.word(head - 1) in _somebody():
        return "unnamed"
    if word in _somebody() and words.word(head + 1) == "with":
        known = words.words[head + 2 : min(head + 5, last)]
        if not role("en", "people_after").isdisjoint(known):
            return "unnamed"
    if "people" in of:
        return _kind_of_people(words, first, head, last)
    if word == "reports" and head > first and words.words[head - 1] in role("en", "media"):
        return "unnamed"
    if "institution" not in of and head == last - 1 > first and words.capitals(head) and 2 < len(word) < 8:
        named = english().get(words.words[head - 1], NO_ROLES)
        if "institution" in named and not words.capitals(head - 1):
            return "official"  # "the disaster agency AFAD"
    if word in _AIR and head > first and words.words[head - 1] in role("en", "on_air"):
        return "unnamed"
    if "office" in of:
        return "official"
    if "office_tied" in of:
        return "official" if is_tied(words, first, head) or is_tied(words, head + 1, last) else ""
    if "institution" in of:
        alone = head == first and head == last - 1
        if (
            "institution_tied" in of
            and alone
            and (not words.capital(head) or words.sentence_start(head - 1) or words.sentence_start(head))
            and not _named_before(words, head)
        ):
            return ""
        return "official"
    if any(
        words.phrase(head + 1 - len(phrase), phrase) == head + 1
        and first <= head + 1 - len(phrase)
        and words.capital(head)
        for phrase in _bodies()[1].get(word, ())
    ):
        return "official"
    if any(words.phrase(first, phrase) == last for phrase in _bodies()[0].get(words.words[first], ())):
        return "official" if words.capital(first) else ""
    if "body" in of or "metonym" in of:
        short = len(word) <= 3
        proper = words.capitals(head) if short or word == "who" else words.capital(head)
        alone = head == first or all(words.capital(i) or words.words[i] == "and" for i in range(first, head))
        return "official" if proper and alone and head - first < 3 else ""
    if (
        head == first
        and head == last - 1
        and words.capitals(head)
        and 2 < len(word) < 7
        and not words.capitals(head + 1)
    ):
        return "official"
    if is_group(word) and not words.capital(head):
        return "unnamed"
    return ""


def _named_before(words: Words, at: int) -> bool:
    """Whether "the department" there is one that was named shortly before: "the Meteorological Department"."""
    word = words.words[at]
    if words.word(at - 1) != "the":
        return False
    for before in range(at - 1, max(at - _NEAR, 0), -1):
        if words.words[before] == word and words.capital(before) and words.capital(before - 1):
            return words.soft(before)
    return False


_NEAR = 60
"""Words at most between an institution's name and its noun alone."""
_AIR = frozenset(("tv", "television", "radio"))
"""Media in general where what they are stands before them: "state television"."""


def _is_outlet(words: Words, at: int, last: int) -> bool:
    """Whether an outlet's name begins there; a common word only where it is the whole of what is left."""
    mention = mention_at(words, at)
    return mention is not None and (not mention.name.common or mention.last == last)


def _kind_of_people(words: Words, first: int, head: int, last: int) -> str:
    """Officials of somebody are official; all others who have no name are unnamed."""
    if words.words[head] in ("official", "officials"):
        own = [i for i in range(first, head) if words.words[i] not in role("en", "vague") and words.words[i] != "s"]
        of_one = words.word(head + 1) in ("from", "at", "of", "with", "in", "inside") and is_tied(words, head + 2, last)
        return "official" if own or of_one else "unnamed"
    return "unnamed"


def _titled(words: Words, first: int, last: int) -> str:
    """Official where an office stands before a name in capitals: "police spokeswoman Irene ..."."""
    at = last
    while (
        at > first
        and (words.capital(at - 1) or words.words[at - 1] in role("en", "particle"))
        and words.words[at - 1] not in role("en", "institution")
    ):
        at -= 1
        word = words.words[at]
        if at < last - 1 and word in role("en", "title"):
            return "official"
        if at < last - 1 and (
            word in role("en", "office") or (word in role("en", "office_tied") and is_tied(words, first, at))
        ):
            return "official"
    if first < at < last:
        word = words.words[at - 1]
        if word in role("en", "office") or (word in role("en", "office_tied") and is_tied(words, first, at - 1)):
            return "official"
    return ""


def is_followed(words: Words, verb: int) -> bool:
    """Whether the subject stands after a verb, a name or short phrase: "said Ahmed from Homs", "said a man."."""
    at = verb + 1
    while at < words.size and words.soft(at) and words.words[at] in role("en", "determiner"):
        at += 1
    last = at
    while last < words.size and last - at < _TURNED and words.soft(last):
        word = words.words[last]
        if word in roles("en", "stop", "between"):
            return last > at and words.capital(at) and word in roles("en", "name_link", "relative")
        if word.endswith("ed") and not words.capital(last):
            return False
        last += 1
    return last > at and (last == words.size or not words.soft(last))


_TURNED = 4
"""Words of a subject after its verb at most, its article left out."""
