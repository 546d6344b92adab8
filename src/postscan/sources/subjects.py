"""The noun phrase of an English speaker: before a verb, after one, beside a name, or at the head of the sentence."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from postscan.sources.mentions import Found
from postscan.sources.nouns import LONGEST, body_end, body_start, is_followed, is_head, is_tied, kind_of
from postscan.sources.outlets import mention_at
from postscan.sources.words import ARABIC_SCRIPT, NO_ROLES, Words, english, phrases, role, roles

_REACH = 40
"""How many words back the head of a sentence may stand from the verb that takes it up again."""


def speakers_before(words: Words, verb: int) -> list[Found]:
    """The speakers whose phrase ends before the verb."""
    if "," in words.gaps[verb]:
        found = _appositive(words, verb, verb)
        if found:
            return found
    at = _before_adverbs(words, verb)
    if at is None:
        return []
    if not words.soft(at):
        return _appositive(words, at, verb) if "," in words.gaps[at] else []
    if words.words[at - 1] == "statement" and at > 1 and words.gaps[at - 1] == " ":
        at -= 1  # "a ministry statement said"
    return _joined_before(words, at) or _before_clause(words, at)


def _before_clause(words: Words, end: int) -> list[Found]:
    """The people before a clause that says who they are: "two people who saw the letter said"."""
    near = words.words[max(end - _CLAUSE, 0) : end]
    quoted = _before_quoted(words, end) if "by" in near else 0
    if quoted:
        return _joined_before(words, quoted)
    if "who" not in near or words.words[end - 1] in role("en", "stop"):
        return []
    for at in range(end - 2, max(end - _CLAUSE, 0), -1):
        if not words.soft(at + 1):
            return []
        if words.words[at] == "who":
            found = _joined_before(words, at) if words.soft(at) else []
            return [one for one in found if one.kind == "unnamed"]
    return []


def _before_quoted(words: Words, end: int) -> int:
    """Where speakers end whom an outlet quotes: "officials quoted by Reuters said"; 0 where none do."""
    for at in range(end - 3, max(end - _QUOTER, 0), -1):
        if words.words[at] in ("quoted", "cited") and words.words[at + 1] == "by":
            mention = mention_at(words, at + 2 + (words.words[at + 2] == "the"))
            return at if mention and mention.last == end and words.soft(at) else 0
    return 0


_QUOTER = 8
_CLAUSE = 14
"""Words of such a clause at most."""


def _joined_before(words: Words, at: int) -> list[Found]:
    """The speakers, joined by "and", whose phrase ends there."""
    found: list[Found] = []
    while True:
        start = phrase_start(words, at)
        kind = kind_of(words, start, at)
        if not kind:
            return found
        found.append(Found(kind, start, at, 0, None, "says"))
        before = _article_before(words, start)
        link = words.word(before - 1)
        if link in ("nor", "neither"):
            return []
        if link != "and" or not words.soft(before):
            return found
        at = before - 1


def _article_before(words: Words, start: int) -> int:
    while start > 0 and words.words[start - 1] in role("en", "determiner") and words.soft(start):
        start -= 1
    return start


def _before_adverbs(words: Words, verb: int) -> int | None:
    """Where the subject's phrase ends: before adverbs, helping verbs and "in a statement"."""
    at = verb
    while at > 0:
        if not words.soft(at) and "," not in words.gaps[at]:
            return None
        word = words.words[at - 1]
        if word in role("en", "between") and words.soft(at):
            at -= 1
            continue
        for phrase in _between_phrases().get(word, ()):
            if words.phrase(at - len(phrase), phrase):
                at -= len(phrase)
                break
        else:
            return at
    return None


@functools.cache
def _between_phrases() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Phrases that stand between a subject and its verb, by their last word."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases("en", "between_phrase"):
        found[phrase[-1]] = (*found.get(phrase[-1], ()), phrase)
    return found


def phrase_start(words: Words, end: int) -> int:
    """Where the noun phrase begins that ends there, its article and numbers left out."""
    at = body_start(words, end)
    known = english()
    gaps = words.gaps
    while at > 0 and end - at < LONGEST:
        if at < end and gaps[at] != " " and not words.soft(at):
            break
        word = words.words[at - 1]
        of = known.get(word, NO_ROLES)
        if word >= ARABIC_SCRIPT:
            break
        if "determiner" in of:
            link = words.word(at - 2)  # "and" before an article joins another speaker
            if link == "and" or not (link in role("en", "link") and words.soft(at - 1) and _holds(words, at - 3, link)):
                break
        elif "link" in of:
            if not (_holds(words, at - 2, word) if word != "and" else _one_name(words, at, end)):
                break
        elif "stop" in of or word.isdigit():
            if not (word in ("us", "who", "it") and words.capitals(at - 1)):
                break
        elif "say" in of and "say_after" not in of:
            break
        at -= 1
    while at < end and words.words[at] in role("en", "link") and not words.capitals(at):
        at += 1
    return at


def _holds(words: Words, at: int, link: str) -> bool:
    """Whether the word there goes on with the link: a speaker's noun, or a place before "of" its name."""
    return is_head(words, at) or (link == "of" and words.word(at) in role("en", "place"))


def _one_name(words: Words, at: int, end: int) -> bool:
    """Whether "and" before the word there joins parts of one name: "the US and UK governments", not "Iran and Iraq"."""
    parts = words.capital(at - 2) and words.capital(at) and words.soft(at - 1)
    if words.word(at + 1) == "s" and words.gaps[at + 1] == "'":
        return False  # "WHO and Syria's health ministry"
    return parts and words.words[end - 1] not in role("en", "body")


def speakers_after(words: Words, at: int, rule: str) -> list[Found]:
    """The speakers whose phrase begins there."""
    while at < words.size and words.words[at] in role("en", "determiner") and (words.soft(at) or at == 0):
        at += 1
    if at >= words.size or not words.touches(at):
        return []
    if words.words[at] in role("en", "paper") and words.word(at + 1) in role("en", "paper_by") and words.soft(at + 1):
        return speakers_after(words, at + 2, rule)
    named = _name_after(words, at)
    if named and named < words.size and "," in words.gaps[named] and _office_after(words, named):
        return [Found("official", at, named, 0, None, rule)]
    last = body_end(words, at)
    while last < words.size and last - at < LONGEST and (last == at or words.soft(last)):
        word = words.words[last]
        if word in role("en", "link") and last > at:
            if not _holds(words, last - 1, word) and word != "and":
                break
            if (
                any(words.phrase(last, phrase) for phrase in phrases("en", "between_phrase"))
                or words.word(last + 1).isdigit()
            ):
                break
            if words.word(last + 1) in roles("en", "clock", "between"):
                break
        elif word in role("en", "determiner") and last > at:
            if words.words[last - 1] not in role("en", "link"):
                break
        elif (word in role("en", "stop") or word in roles("en", "say", but="say_after")) and not (
            last == at and words.capitals(at)
        ):
            break
        last += 1
    if last < words.size and "," in words.gaps[last] and words.capital(last):
        named = _name_after(words, last)
        if named and kind_of(words, at, last) == "official":
            return [Found("official", at, named, 0, None, rule)]
    while last > at + 1 and words.words[last - 1] in role("en", "link") and not words.capitals(last - 1):
        last -= 1
    end = last
    while end > at:
        kind = kind_of(words, at, end) if end >= words.size or words.gaps[end] != "-" else ""
        if kind and end < last and _is_modifier(words, end):
            return []
        if kind and (
            end == last
            or kind == "official"
            or words.words[end].endswith(("ed", "ing", "ly"))
            or words.words[end] in ("who", "last")
        ):
            return [Found(kind, at, end, 0, None, rule), *_also(words, end, rule)]
        end -= 1
    return []


def _is_modifier(words: Words, end: int) -> bool:
    """Whether what ends there only says more of the next word: "the state agency SANA", "court papers"."""
    outlet = words.words[end - 1] in role("en", "press") and mention_at(words, end) is not None
    return outlet or (words.words[end] in role("en", "document") and words.soft(end))


def _also(words: Words, at: int, rule: str) -> list[Found]:
    """What "and" joins to a speaker."""
    if words.word(at) == "and" and at < words.size and words.soft(at):
        return speakers_after(words, at + 1, rule)
    return []


def _name_after(words: Words, at: int) -> int:
    """Where the person's name ends that begins there; 0 where none does, or no comma or verb follows."""
    end = at
    while end < words.size and words.capital(end) and (end == at or words.soft(end)):
        end += 1
    return end if 1 < end - at < 5 else 0


def _office_after(words: Words, at: int) -> bool:
    """Whether an office is named within four words after an article or none: "a spokeswoman for ..."."""
    while at < words.size and words.words[at] in role("en", "article"):
        at += 1
    for end in range(at, min(at + 4, words.size)):
        if (end > at and not words.soft(end)) or words.words[end] in role("en", "stop"):
            return False
        if words.words[end] in role("en", "office"):
            return True
    return False


def _appositive(words: Words, comma: int, verb: int) -> list[Found]:
    """The speaker before a comma: all of "Office, Name, said", the name of "Name, a commander of ..., said"."""
    start = comma - 1
    while start > 0 and comma - start < 14 and "," not in words.gaps[start] and not words.sentence_start(start):
        start -= 1
    if "," not in words.gaps[start]:
        return []
    first = phrase_start(words, start)
    if first == start:
        return []
    inner = start
    while inner < comma and words.words[inner] in role("en", "article"):
        inner += 1
    if (
        all(words.capital(i) or words.words[i] in role("en", "particle") for i in range(start, comma))
        and comma - start < 6
    ):
        if kind_of(words, first, start) == "official":
            return [Found("official", first, comma, 0, None, "says")]
        return []
    kind = kind_of(words, first, start)
    if words.words[start] in role("en", "clause_open"):
        return [Found(kind, first, start, 0, None, "says")] if kind else []
    if kind and _is_aside(words, start, comma) and _is_subject(words, first, start) and not is_followed(words, verb):
        return [Found(kind, first, start, 0, None, "says")]
    if all(words.capital(i) or words.words[i] in role("en", "particle") for i in range(first, start)):
        head = next((i for i in range(inner, comma) if words.words[i] in role("en", "link")), comma)
        for end in range(head, inner, -1):
            if words.words[end - 1] in role("en", "office") or (
                is_tied(words, inner, comma) and words.words[end - 1] in role("en", "office_tied")
            ):
                return [Found("official", first, start, 0, None, "says")]
        for end in range(inner, head):
            if words.words[end] in role("en", "office"):
                return [Found("official", first, start, 0, None, "says")]
    return []


def _is_aside(words: Words, start: int, comma: int) -> bool:
    """Whether what stands there between two commas says more of the speaker: "Residents, many of them old, said"."""
    if not words.gaps[start].strip() == "," == words.gaps[comma].strip():
        return False
    if words.capital(start):
        return words.gaps[start + 1] == "'" and words.words[start + 1] == "s"  # "Oxfam, Leith's largest charity"
    return words.words[start] not in roles("en", "clause", "no_aside")


def _is_subject(words: Words, first: int, last: int) -> bool:
    """Whether the phrase opens its clause and holds no verb: not "the gate was shut by police, a first, said ..."."""
    at = _article_before(words, first)
    opens = words.sentence_start(at) or not words.soft(at) or words.words[at - 1] in roles("en", "clause", "between")
    return opens and not any(
        not words.capital(i) and (words.words[i] in role("en", "finite") or words.words[i].endswith("ed"))
        for i in range(first, last)
    )


def speakers_again(words: Words, verb: int) -> list[Found]:
    """The official who opened the sentence and is taken up again: "The ministry shut the gate, saying that ..."."""
    before = words.word(verb - 1)
    if not (
        (before in ("and", "but") and words.soft(verb))
        or (words.words[verb] == "saying" and (words.gaps[verb].strip() == "," or before == "statement"))
    ):
        return []
    start = verb - 1
    while start > 0 and verb - start < _REACH and not words.sentence_start(start):
        start -= 1
    while start < verb and words.words[start] in role("en", "determiner"):
        start += 1
    if any(words.words[i] in role("en", "clause") for i in range(start, verb - 1)):
        return []
    for end in range(min(start + LONGEST, verb - 1), start, -1):
        opens = words.words[end] in role("en", "finite") or words.words[end].endswith("ed")
        if opens and all(words.soft(i) for i in range(start + 1, end + 1)) and _is_plain(words, start, end):
            return [Found("official", start, end, 0, None, "says")]
    return []


def _is_plain(words: Words, start: int, end: int) -> bool:
    """Whether an official's phrase stands there, with no verb or particle in it."""
    inner = [words.words[i] for i in range(start, end) if words.words[i] not in role("en", "link")]
    return role("en", "stop").isdisjoint(inner) and kind_of(words, start, end) == "official"
