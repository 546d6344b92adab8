"""What follows an Arabic institution's first word: what it is for, what makes it one, and whom it tells."""

from __future__ import annotations

from postscan.sources.outlets import mention_at
from postscan.sources.words import Words, phrases, role, roles


def is_listener(words: Words, at: int) -> bool:
    """Whether the word there is an outlet or "us" with "to" before it."""
    mention = mention_at(words, at)
    return bool(mention and mention.clitic.endswith("ل")) or words.words[at] in ("لنا", "لي", "لهم", "لوسائل")


def says_what_for(words: Words, head: int, at: int) -> bool:
    """Whether the word there says in an institution's name what it is for: "للأرصاد", "لكرة القدم".

    An army or a government needs no such word: what follows it is when or to whom it speaks.
    """
    word = words.words[at]
    if (
        words.words[head].removeprefix("و") not in role("ar", "general")
        or word in role("ar", "audience")
        or is_listener(words, at)
    ):
        return False
    if word.startswith("لل"):
        return "ال" + word[2:] not in role("ar", "occasion")
    construct = word.startswith("ل") and len(word) > _SHORT and word[1:] not in role("ar", "everybody")
    return construct and at > head + 1 and _definite_after(words, at)


_SHORT = 3
"""Letters of a word with "ل" on it that is no purpose: "له", "لها"."""


def _definite_after(words: Words, at: int) -> bool:
    """Whether a definite word, none that says when, follows the one there."""
    after = words.word(at + 1)
    return after.startswith("ال") and words.soft(at + 1) and after not in roles("ar", "stop", "adverb")


def is_for_something(words: Words, at: int) -> bool:
    """Whether an adjective and what it is for follow the noun there: "الشبكة السورية لحقوق الإنسان"."""
    last = at + 2
    if last >= words.size or not words.soft(last) or not _definite_after(words, at):
        return False
    return words.words[last] in role("ar", "purpose") or says_what_for(words, at, last)


def refers(words: Words, at: int) -> bool:
    """Whether "the agency" there stands for one named before; "الوكالة الوطنية للإعلام" has a name of its own."""
    if words.words[at] in role("ar", "institution_tied"):
        return not is_for_something(words, at)
    return words.words[at] != "الوكاله" or not _definite_after(words, at)


def names_institution(words: Words, at: int) -> bool:
    """Whether a common name of an outlet there is an institution's first word: "الاتحاد السعودي" is no paper."""
    return words.words[at] in role("ar", "general") and _definite_after(words, at)


def place_end(words: Words, at: int) -> int:
    """Where "in" and a place end that stand there and say where an institution is; the place itself without them."""
    if words.word(at) != "في" or not words.soft(at):
        return at
    noun = words.word(at + 1) in role("ar", "place_noun")
    last = at + 3 if noun else max((words.phrase(at + 1, place) for place in phrases("ar", "place")), default=0)
    inside = at < last <= words.size and all(words.soft(i) for i in range(at + 1, last))
    return last if inside and words.words[last - 1] not in roles("ar", "stop", "that") else at
