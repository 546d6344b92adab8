"""Whether a block could credit anybody, asked of its words before anything costly is done.

Words are looked up as written and remembered: a word is folded at its first sight alone. What a word can be is a set of
signs; a block is read only where its signs together could make a credit. The same signs lead the rules to their places.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable

from postscan.folding import search_fold
from postscan.sources.outlets import clitic_forms, forms, names
from postscan.sources.words import WORDS, labels, phrases, role
from postscan.wordlists import attribution, outlet_rows

(
    SPEAKS, NAME, LINK, NOUN, PHOTO, SOURCE, STAFF, TIP, MARK, PRESS, SIGN, NEEDS, LIGHT, PLATFORM, BY, CREDIT, WHOLE,
    NEXT, TIPPED, GIVEN, REFERS,
) = (1 << n for n in range(21))  # fmt: skip
LABEL = PHOTO | SOURCE | STAFF | CREDIT
"""Speech or citation; an outlet's first word; what links one; a speaker's noun; labels of pictures, sources and staff;
thanks; punctuation that credits need; a medium's class noun; "@"; a Persian noun of speech, and the light verb that it
needs; a platform; "by" and its like; "credit"; a name of one word; a name's second word; the longest word of thanks;
what gives a picture ("by", "courtesy"); "the" and its like before "agency"."""
_REMEMBERED = 200_000
"""How many words are remembered before all are forgotten; memory stays bounded."""
_LONGEST = 40
_MARKS = frozenset(":()[]|/\N{EN DASH}\N{EM DASH}\N{COPYRIGHT SIGN}+")
CAMERAS = frozenset("\N{CAMERA}\N{CAMERA WITH FLASH}")
_UNREAD = ("http://", "https://")
_ALWAYS = frozenset(("byline", "caption", "dateline"))


@functools.cache
def signs() -> dict[str, int]:
    """The signs of every folded word of the tables."""
    found: dict[str, int] = {}

    def add(words: Iterable[str], sign: int) -> None:
        for word in words:
            found[word] = found.get(word, 0) | sign

    languages = attribution()
    for name in ("say", "tell", "according", "cite", "staff_credit"):
        for language in languages:
            add((phrase[0] for phrase in phrases(language, name)), SPEAKS)
    add(role("en", "reprint"), SPEAKS)
    light = role("fa", "needs_light")
    for word in light:
        found[word] = found[word] & ~SPEAKS | NEEDS
    add(role("fa", "say_light"), LIGHT)
    for word in role("ar", "say") | role("ar", "cite") | role("ar", "carried"):
        add((word, "و" + word, "ف" + word), SPEAKS)
    add(forms(), NAME)
    for form, (first, _, _) in forms().items():
        for known in names()[first]:
            if len(known.words) == 1:
                add((form,), WHOLE)
            else:
                add(known.words[1:2], NEXT)
    for name in (
        "publish",
        "before_to",
        "before_by",
        "before_in",
        "before_from",
        "before_with",
        "before_for",
        "before_on",
        "press_people",
    ):
        add(role("en", name), LINK)
    add(
        role("ar", "talk") | role("fa", "press") | role("ur", "press") | frozenset({"گفتگو", "گفتوگو", "مصاحبه"}),
        LINK,
    )
    for word in role("ar", "press_plain"):
        add((word, *(form for form, _, _ in clitic_forms(word))), PRESS)
    add(role("en", "press_names") | role("fa", "press"), PRESS)
    for language in languages:
        for name in ("office", "office_tied", "institution", "people", "body", "agencies", "title"):
            add(role(language, name), NOUN)
    for word in role("ar", "office") | role("ar", "institution") | role("ar", "people"):
        add(("و" + word,), NOUN)
    for name, sign in (("photo_label", PHOTO), ("photo_by", PHOTO), ("source_label", SOURCE), ("staff_label", STAFF)):
        add(labels(name), sign)
    add((phrase[0] for phrase in phrases("en", "staff_credit")), STAFF)
    add(("credit", "credits", "courtesy"), CREDIT)
    add(("in", "from", "on", "by"), BY)
    add(labels("hat_tip"), TIP)
    add((max(phrase, key=len) for some in labels("hat_tip").values() for phrase in some), TIPPED)
    add(("by", "courtesy", "credit", "از", "via", "بشكريه"), GIVEN)
    add({"the"} | role("ar", "refer") | role("ar", "refer_back"), REFERS)
    for platform in outlet_rows().platforms:
        add(WORDS.findall(search_fold(platform).text)[:1], PLATFORM)
    return found


class _Remembered(dict[str, int]):
    """The signs of words as written, with the punctuation on them."""

    def __missing__(self, written: str) -> int:
        found = 0
        if not written.startswith(_UNREAD):
            known = signs()
            for word in WORDS.findall(search_fold(written).text):
                found |= known.get(word, 0)
            if not _MARKS.isdisjoint(written) or written in ("-", "--"):
                found |= MARK
            if "@" in written:
                found |= SIGN
            if not CAMERAS.isdisjoint(written):
                found |= PHOTO | MARK
        if len(written) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[written] = found
        return found


_remembered = _Remembered()


def signs_of(text: str) -> int:
    """All the signs of a text's words together."""
    found = 0
    for written in text.split():
        found |= _remembered[written]
    return found


@functools.cache
def _pairs() -> frozenset[tuple[str, str]]:
    """The first two words of every name that has more than one."""
    return frozenset(
        (form, known.words[1])
        for form, (first, _, _) in forms().items()
        for known in names()[first]
        if len(known.words) > 1
    )


def _has_pair(text: str) -> bool:
    words = WORDS.findall(search_fold(text).text)
    return not _pairs().isdisjoint(itertools.pairwise(words))


def may_credit(text: str, found: int, kind: str) -> bool:
    """Whether a block of the kind, of whose words `found` are the signs, could credit anybody."""
    if found & SPEAKS or (found & NEEDS and found & LIGHT):
        return True
    if found & MARK and found & (NOUN | LABEL | TIPPED):
        return True
    if found & TIPPED and found & (SIGN | PLATFORM):
        return True
    if found & PHOTO and found & (SIGN | GIVEN):
        return True
    if found & PRESS and found & LINK and found & BY:
        return True
    if kind in _ALWAYS and found & (LABEL | NAME | TIP | NOUN):
        return True
    linked = found & (LINK | MARK | PHOTO | SOURCE | PRESS | TIPPED)
    return bool(linked) and bool(found & WHOLE or (found & NAME and found & NEXT and _has_pair(text)))
