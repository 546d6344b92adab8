"""Who speaks in English: the noun phrase beside a verb of speech, and what its head noun says about it."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from postscan.sources.mentions import Found
from postscan.sources.nouns import LONGEST, PARTICLES, is_head, is_tied, kind_of
from postscan.sources.outlets import mention_at
from postscan.sources.words import CLOSING, Words, label_end, phrases, role


def find_speakers(words: Words, at: int) -> list[Found]:
    """The officials and unnamed who speak by the English word there, which is a verb of speech or opens a phrase."""
    word = words.words[at]
    if word in role("en", "according"):
        return _right(words, at + 2, "according-to") if words.word(at + 1) == "to" and words.soft(at + 1) else []
    if word in role("en", "cite"):
        return _right(words, at + 1, "citing")
    if word == "by":
        return _right(words, at + 1, "reported-by") if _passive(words, at) else []
    if word == "as":
        return []
    if not _speaks(words, at):
        return []
    found = _left(words, at)
    if not found and _inverted(words, at):
        found = [one for one in _right(words, at + 1, "says") if _closed(words, one.last)]
    return found


def _speaks(words: Words, at: int) -> bool:
    """Whether the verb there is followed by speech: not "said nothing", nor "report cards"."""
    word, after = words.words[at], words.word(at + 1)
    if after in role("en", "silent"):
        return False
    if word in role("en", "say_that"):
        return after in ("that", "in", "on") or (
            not words.gaps[at + 1].strip(" ").isalnum() and words.gaps[at + 1] != " "
        )
    if word in role("en", "say_after"):
        return (
            after
            in (
                "that",
                "the",
                "a",
                "an",
                "no",
                "it",
                "they",
                "he",
                "she",
                "at",
                "more",
                "some",
                "there",
                "heavy",
                "on",
                "of",
                "fighting",
            )
            or after.isdigit()
        )
    return True


def _passive(words: Words, at: int) -> bool:
    """Whether "by" there follows a report: "was confirmed by", "confirmed to Reuters by"."""
    verbs = role("en", "before_by") | {"confirmed", "announced", "denied", "said", "told"}
    back = at - 1
    if words.word(back) in verbs - {
        "interview",
        "story",
        "footage",
        "video",
        "data",
        "piece",
        "asked",
        "contacted",
        "approached",
        "survey",
        "poll",
        "written",
        "posted",
        "filmed",
        "produced",
        "seen",
        "heard",
        "carried",
        "obtained",
        "first",
    }:
        return words.soft(at)
    for start in range(back, max(back - 4, -1), -1):
        mention = mention_at(words, start)
        if mention and mention.last == at:
            return words.word(start - 1) == "to" or words.word(start - 2) == "to"
    return False


def _inverted(words: Words, at: int) -> bool:
    """Whether the subject may stand after the verb: after a comma, a quotation, or at the start of a sentence."""
    gap = words.gaps[at].strip()
    return at > 0 and bool(gap) and (gap[-1] in "," + CLOSING) and words.words[at] not in role("en", "say_after")


def _closed(words: Words, at: int) -> bool:
    """Whether a subject after its verb ends there: what follows is no verb of its own."""
    return (
        at >= len(words)
        or not words.soft(at)
        or words.words[at] in role("en", "stop") - _FINITE
        or words.words[at] in _LATER
    )


_FINITE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
    ]
)
_LATER = frozenset(["and", "during", "earlier", "late", "later", "citing", "adding", "speaking", "last", "early"])


def _left(words: Words, verb: int) -> list[Found]:
    """The speakers whose phrase ends before the verb."""
    if "," in words.gaps[verb]:
        found = _appositive(words, verb)
        if found:
            return found
    at = _before_adverbs(words, verb)
    if at is None:
        return []
    if not words.soft(at):
        return _appositive(words, at) if "," in words.gaps[at] else []
    found = []
    while True:
        start = _phrase_start(words, at)
        kind = kind_of(words, start, at)
        if not kind:
            return found
        found.append(Found(kind, start, at, 0, None, "says"))
        before = _article_before(words, start)
        if words.word(before - 1) != "and" or not words.soft(before):
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
        if words.words[at - 1] in role("en", "between") and words.soft(at):
            at -= 1
            continue
        for phrase in _between_phrases().get(words.words[at - 1], ()):
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


def _phrase_start(words: Words, end: int) -> int:
    """Where the noun phrase begins that ends there, its article and numbers left out."""
    at = end
    while at > 0 and end - at < LONGEST:
        word = words.words[at - 1]
        if at < end and not words.soft(at):
            break
        if word in role("en", "determiner"):
            if not (words.word(at - 2) in role("en", "link") and words.soft(at - 1) and is_head(words, at - 3)):
                break
        elif word in role("en", "link"):
            if not (is_head(words, at - 2) if word != "and" else _one_name(words, at, end)):
                break
        elif word in role("en", "stop") or word.isdigit():
            if not (word in ("us", "who", "it") and words.capitals(at - 1)):
                break
        elif word in role("en", "say") and word not in role("en", "say_after"):
            break
        at -= 1
    while at < end and words.words[at] in role("en", "link") and not words.capitals(at):
        at += 1
    return at


def _one_name(words: Words, at: int, end: int) -> bool:
    """Whether "and" before the word there joins parts of one name: "the US and UK governments", not "Iran and Iraq"."""
    parts = words.capital(at - 2) and words.capital(at) and words.soft(at - 1)
    return parts and words.words[end - 1] not in role("en", "body")


def _right(words: Words, at: int, rule: str) -> list[Found]:
    """The speakers whose phrase begins there."""
    while at < len(words) and words.words[at] in role("en", "determiner") and (words.soft(at) or at == 0):
        at += 1
    if at >= len(words) or not words.soft(at):
        return []
    named = _name_after(words, at)
    if named and named < len(words) and "," in words.gaps[named] and _office_after(words, named):
        return [Found("official", at, named, 0, None, rule)]
    last = at
    while last < len(words) and last - at < LONGEST and (last == at or words.soft(last)):
        word = words.words[last]
        if word in role("en", "link") and last > at:
            if not is_head(words, last - 1) and word != "and":
                break
            if (
                any(words.phrase(last, phrase) for phrase in phrases("en", "between_phrase"))
                or words.word(last + 1).isdigit()
            ):
                break
            if words.word(last + 1) in role("en", "clock") | role("en", "between"):
                break
        elif word in role("en", "determiner") and last > at:
            if words.words[last - 1] not in role("en", "link"):
                break
        elif (word in role("en", "stop") or word in role("en", "say") - role("en", "say_after")) and not (
            last == at and words.capitals(at)
        ):
            break
        last += 1
    if last < len(words) and "," in words.gaps[last] and words.capital(last):
        named = _name_after(words, last)
        if named and kind_of(words, at, last) == "official":
            return [Found("official", at, named, 0, None, rule)]
    while last > at + 1 and words.words[last - 1] in role("en", "link") and not words.capitals(last - 1):
        last -= 1
    end = last
    while end > at:
        kind = kind_of(words, at, end)
        if kind and (
            end == last
            or kind == "official"
            or words.words[end].endswith(("ed", "ing", "ly"))
            or words.words[end] in ("who", "last")
        ):
            return [Found(kind, at, end, 0, None, rule), *_also(words, end, rule)]
        end -= 1
    return []


def _also(words: Words, at: int, rule: str) -> list[Found]:
    """What "and" joins to a speaker."""
    if words.word(at) == "and" and at < len(words) and words.soft(at):
        return _right(words, at + 1, rule)
    return []


def _name_after(words: Words, at: int) -> int:
    """Where the person's name ends that begins there; 0 where none does, or no comma or verb follows."""
    end = at
    while end < len(words) and words.capital(end) and (end == at or words.soft(end)):
        end += 1
    return end if 1 < end - at < 5 else 0


def _office_after(words: Words, at: int) -> bool:
    """Whether an office is named within four words after an article or none: "a spokeswoman for ..."."""
    while at < len(words) and words.words[at] in role("en", "article"):
        at += 1
    for end in range(at, min(at + 4, len(words))):
        if (end > at and not words.soft(end)) or words.words[end] in role("en", "stop"):
            return False
        if words.words[end] in role("en", "office"):
            return True
    return False


def _appositive(words: Words, comma: int) -> list[Found]:
    """The speaker before a comma: all of "Office, Name, said", the name of "Name, a commander of ..., said"."""
    start = comma - 1
    while start > 0 and comma - start < 14 and "," not in words.gaps[start] and not words.sentence_start(start):
        start -= 1
    if "," not in words.gaps[start]:
        return []
    first = _phrase_start(words, start)
    if first == start:
        return []
    inner = start
    while inner < comma and words.words[inner] in role("en", "article"):
        inner += 1
    if all(words.capital(i) or words.words[i] in PARTICLES for i in range(start, comma)) and comma - start < 6:
        if kind_of(words, first, start) == "official":
            return [Found("official", first, comma, 0, None, "says")]
        return []
    kind = kind_of(words, first, start)
    if words.words[start] in (
        "who",
        "which",
        "speaking",
        "citing",
        "that",
        "whose",
        "quoting",
        "quoted",
        "however",
        "too",
        "meanwhile",
    ):
        return [Found(kind, first, start, 0, None, "says")] if kind else []
    if all(words.capital(i) or words.words[i] in PARTICLES for i in range(first, start)):
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


def find_label(words: Words, at: int) -> list[Found]:
    """The speaker that opens a line before a colon ("Police: three held"), or closes a line after one."""
    if not words.line_start(at):
        return _closing_label(words, at)
    if label_end(words, at, "source_label"):
        return []
    last = at
    while last < len(words) and last - at < 7 and (last == at or words.soft(last)):
        last += 1
    first = at + 1 if words.words[at] in role("en", "article") else at
    after = words.gaps[last]
    if after[:1] != ":" or last >= len(words) or after[1:2] not in (" ", '"', "'") or words.words[last].isdigit():
        return []
    if words.words[last - 1] in ("office", "department", "bank") or any(
        words.words[i] in role("en", "stop") for i in range(first, last)
    ):
        return []
    kind = kind_of(words, first, last)
    return (
        [Found(kind, first, last, 0, None, "label")]
        if kind and words.words[last - 1] not in role("en", "metonym")
        else []
    )


def _closing_label(words: Words, at: int) -> list[Found]:
    """The speaker who stands alone after a colon or dash at the end of a line: "Three held: police"."""
    last = at
    while last < len(words) and last - at < 5 and (last == at or words.soft(last)):
        last += 1
    before = words.gaps[at].strip()
    if (
        at < 3
        or before not in (":", "\N{EN DASH}", "\N{EM DASH}", "-")
        or not words.line_end(last)
        or words.gaps[last].strip()
    ):
        return []
    first = at + 1 if words.words[at] in role("en", "article") else at
    kind = kind_of(words, first, last)
    return [Found(kind, first, last, 0, None, "label")] if kind else []
