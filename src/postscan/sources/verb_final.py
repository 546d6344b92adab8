"""Who speaks in Persian, Urdu, Pashto and Sorani, whose verbs of speech stand at the end of what they belong to."""

from __future__ import annotations

import functools

from postscan.sources.eastern import cites_by
from postscan.sources.mentions import Found
from postscan.sources.outlets import mention_at
from postscan.sources.words import Words, phrases, role, roles

_REACH = 26
_LONGEST = 7


def find_persian(words: Words, at: int) -> list[Found]:
    """The speakers by a Persian verb of speech, or after "به گفته", "به نقل از"."""
    word = words.words[at]
    if word in role("fa", "cite") and cites_by(words, at):
        ahead = at + 1
        if words.word(ahead) in ("از", "ي"):
            ahead += 1
        if ahead < words.size and not words.gaps[ahead].isspace() and words.gaps[ahead].strip()[:1] not in _QUOTES:
            return []  # a link or comma stands between
        return persian_phrase(words, ahead, "according-to")
    if word in role("fa", "say") and (
        word not in role("fa", "needs_light") or words.word(at + 1) in role("fa", "say_light")
    ):
        start = _past_tags(words, _clause_start(words, at), at)
        found = persian_phrase(words, start, "says")
        found = _name_before(words, start, found[0]) if found else []
        if found and found[0].last > at:
            return []
        return found + _listener(words, at) if found else []
    return []


_QUOTES = frozenset(('"', "'", "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"))


def _clause_start(words: Words, at: int) -> int:
    start = at
    while start > 0 and at - start < _REACH:
        if words.gaps[start].strip() == "\N{ARABIC COMMA}" and _persian_kind(words.words[start]):
            break
        if words.sentence_start(start) or words.gaps[start].strip()[-1:] in ("»", '"'):
            break
        if words.words[start - 1] in ("ولي", "اما", "همچنين") or (words.words[start - 1] == "كه" and at - start < 6):
            break
        start -= 1
    return start


def _name_before(words: Words, at: int, office: Found) -> list[Found]:
    """The speaker, by his name where that opens the sentence and commas set off his office."""
    asides = words.gaps[at].strip(), words.gaps[office.last].strip()
    first = at
    while first > 0 and not words.sentence_start(first) and at - first <= _NAME:
        first -= 1
    some = words.words[first:at]
    named = (
        asides == ("\N{ARABIC COMMA}", "\N{ARABIC COMMA}")
        and (words.words[at] in role("fa", "office") or words.words[at].removesuffix("ي") in role("fa", "office"))
        and 1 < len(some) <= _NAME
        and words.sentence_start(first)
        and all(words.soft(i) for i in range(first + 1, at))
        and not any(word in _no_names() or word.isdigit() for word in some)
    )
    return [Found("official", first, at, 0, None, office.rule)] if named else [office]


@functools.cache
def _no_names() -> frozenset[str]:
    return roles("fa", "stop", "say", "skip", "institution", "office", "people", "press", "call")


_NAME = 4
"""Words of a person's name at most."""


def _past_tags(words: Words, start: int, verb: int) -> int:
    """Where the clause begins that tags may stand before; a tag that names the speaker is its first word."""
    while start < verb and words.gaps[start][-1:] == "#":
        last = start + 1
        while last < verb and words.gaps[last] == "_":
            last += 1
        if _persian_kind(words.words[start]) and not _persian_kind(words.words[last]):
            break
        start = last
    return start


def _persian_kind(word: str) -> str:
    """What a phrase is that begins with the word, with or without the ezafe after it."""
    for form in (word, word.removesuffix("ي")):
        if form in role("fa", "people"):
            return "unnamed"
        if form in role("fa", "office") or form in role("fa", "institution"):
            return "official"
    return ""


def persian_phrase(words: Words, at: int, rule: str) -> list[Found]:
    """The speaker whose phrase begins there: its head is its first word."""
    while at < words.size and (words.words[at] in role("fa", "skip") or words.words[at].isdigit()):
        at += 1
    if at >= words.size or mention_at(words, at):
        return []
    kind = _persian_kind(words.words[at])
    if not kind:
        return []
    last = at + 1
    while last < words.size and last - at < _LONGEST and words.soft(last):
        word = words.words[last]
        tied = kind == "unnamed" and _ties(words, last)
        if not tied and (word in roles("fa", "stop", "say") or word.isdigit() or _opens_object(words, last)):
            break
        if kind == "unnamed" and word in _PRONOUNS:
            break
        if tied and word == "در" and words.words[at].startswith(_OFFICIAL):
            kind = "official"
        last += 1
    if last == at + 1 and words.words[at] in _TOO_BARE:
        return []
    if kind == "unnamed" and last > at + 1 and words.words[last - 1] in role("fa", "state_of"):
        kind = "official" if words.words[at].startswith(_OFFICIAL[0]) else kind
    return [Found(kind, at, last, 0, None, rule)]


_PRONOUNS = frozenset(("او", "وي", "ايشان"))
_OFFICIAL = ("مقام", "مسئول", "مسوول")
"""People who are official where they are of an institution."""


def _ties(words: Words, at: int) -> bool:
    """Whether "to" or "in" there says whom a source is near or of: "نزدیک به دولت", "در وزارت نفت"."""
    word, after = words.words[at], words.word(at + 1)
    if not words.soft(min(at + 1, words.size - 1)) or after in role("fa", "stop"):
        return False
    if word == "به":
        return words.words[at - 1] == "نزديك" and not mention_at(words, at + 1)
    return word == "در" and (after in role("fa", "institution") or after.removesuffix("ي") in role("fa", "institution"))


def _opens_object(words: Words, at: int) -> bool:
    """Whether what was done begins there, "این خبر را تکذیب کرد"; "رئیس این موسسه" is one speaker."""
    word = words.words[at]
    if word not in role("fa", "skip"):
        return False
    return word not in ("اين", "ان") or "را" in words.words[at + 2 : at + 5]


_TOO_BARE = frozenset(["گروه", "شركت", "سازمان", "مركز", "دفتر", "بنياد", "موسسه", "انجمن", "اداره"])
"""Institutions that say nothing alone: "this group said"."""


def _listener(words: Words, verb: int) -> list[Found]:
    """Whom "به ... گفت" tells, after an official or unnamed: an outlet of two or three words that no table has."""
    for first in range(verb - 2, max(verb - 5, 0), -1):
        if words.words[first - 1] == "به":
            name = words.words[first:verb]
            if (
                words.word(first - 2) in role("fa", "about")
                or len(name) < 2
                or set(name) & (roles("fa", "not_told", "people", "office", "stop"))
            ):
                return []
            if (
                mention_at(words, first)
                or not all(words.soft(i) for i in range(first, verb + 1))
                or words.words[first] in role("fa", "press")
            ):
                return []
            return [Found("outlet", first, verb, 0, words.surface(first, verb), "told?")]
    return []


def find_urdu(words: Words, at: int) -> list[Found]:
    """The speakers before "نے ... کہا", "کا کہنا ہے" and "کے مطابق"."""
    word, after = words.words[at], words.word(at + 1)
    if word in role("ur", "agent"):
        rule = "says"
        verbs = words.words[at + 1 : at + _REACH]
        stops = next((i for i in range(at + 1, min(at + _REACH, words.size)) if words.sentence_start(i)), words.size)
        if not any(w in role("ur", "say") for w in verbs[: stops - at - 1]):
            return []
        first = next(i for i in range(at + 1, stops) if words.words[i] in role("ur", "say"))
        if words.words[first] in role("ur", "needs_light") and words.word(first + 1) not in role("ur", "say_light"):
            return []
        if words.word(first + 2) in ("گيا", "گئي"):
            return []  # "was described": what the phrase before did is no speech
    elif word in role("ur", "agent_other") and after in role("ur", "according"):
        rule = "according-to"
    elif word in ("كا", "كي") and after == "كهنا":
        rule = "says"
    else:
        return []
    return _phrase_before(words, at, "ur", rule)


def _phrase_before(words: Words, end: int, language: str, rule: str) -> list[Found]:
    """The speaker whose phrase ends there: its head is anywhere in it."""
    start = end
    while start > 0 and end - start < _LONGEST:
        if start < end and not words.soft(start):
            break
        word = words.words[start - 1]
        if word in role(language, "stop") or word in role(language, "say"):
            break
        start -= 1
    if not words.soft(end) or start == end:
        return []
    while start < end and words.words[start] in role("ur", "agent_other"):
        start += 1
    while start < end and (words.words[start] in role("ur", "pre") or words.words[start].isdigit()):
        start += 1
    if any(mention_at(words, i) for i in range(start, end)):
        return []
    for name, kind in (("many", "official"), ("many_unnamed", "unnamed")):
        if any(words.phrase(end - len(phrase), phrase) for phrase in phrases("ur", name)):
            return [Found(kind, start, end, 0, None, rule)]
    some = words.words[start:end]
    if some and some[-1] in role(language, "sources"):
        return [Found("unnamed", start, end, 0, None, rule)]
    if not set(some).isdisjoint(role(language, "office")) or not set(some).isdisjoint(role(language, "institution")):
        return [Found("official", start, end, 0, None, rule)]
    if not set(some).isdisjoint(role(language, "people")):
        tied = language == "ur" and some[0] in role("ur", "state_of") and some[-1] in _OFFICIALS
        return [Found("official" if tied else "unnamed", start, end, 0, None, rule)]
    return []


_OFFICIALS = frozenset(("حكام", "عهديدار", "عهديداروں", "اهلكار", "اهلكاروں"))
"""Urdu nouns of officials, which are official where a state stands before them."""


def find_pashto(words: Words, at: int) -> list[Found]:
    """The speakers before "وویل" and "وايي", and after "د ... په وینا"."""
    word = words.words[at]
    end = at
    if word in role("ps", "according"):
        if words.word(at - 1) != "په":
            return []
        end = at - 1
        rule = "according-to"
    else:
        rule = "says"
    if words.word(end - 1) in role("ps", "told"):
        end = next((i for i in range(end - 2, max(end - 6, -1), -1) if _names_outlet(words, i, end - 1)), end)
    start = end
    while start > 0 and end - start < _LONGEST:
        if start < end and not words.soft(start):
            break
        if words.words[start - 1] in role("ps", "stop") or words.words[start - 1][0].isdigit():
            break
        start -= 1
    if start < end and words.words[start] in role("ps", "lead"):
        start += 1
    if not words.soft(end) or start >= end or any(mention_at(words, i) for i in range(start, end)):
        return []
    some = set(words.words[start:end])
    if not some.isdisjoint(role("ps", "office")) or not some.isdisjoint(role("ps", "institution")):
        return [Found("official", start, end, 0, None, rule)]
    if not some.isdisjoint(role("ps", "people")):
        return [Found("unnamed", start, end, 0, None, rule)]
    return []


def _names_outlet(words: Words, first: int, last: int) -> bool:
    mention = mention_at(words, first)
    return mention is not None and mention.last == last


def find_sorani(words: Words, at: int) -> list[Found]:
    """The speakers before "گوتی" and "ڕایگەیاند"."""
    start = at
    while start > 0 and at - start < _LONGEST and (start == at or words.soft(start)):
        if words.words[start - 1] in role("ckb", "stop"):
            break
        start -= 1
    some = set(words.words[start:at])
    if not words.soft(at) or start == at or any(mention_at(words, i) for i in range(start, at)):
        return []
    if not some.isdisjoint(role("ckb", "office")) or not some.isdisjoint(role("ckb", "institution")):
        return [Found("official", start, at, 0, None, "says")]
    if not some.isdisjoint(role("ckb", "people")):
        return [Found("unnamed", start, at, 0, None, "says")]
    return []
