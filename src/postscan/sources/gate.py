"""Whether a block could credit anybody, asked of its words before anything costly is done.

Words are looked up as written and remembered: a word is folded at its first sight alone. What a word can be is a set of
signs; a block is read only where its signs together could make a credit. The same signs lead the rules to their places.
"""

from __future__ import annotations

import functools
import itertools
import operator
import re
from collections.abc import Callable, Iterable, Mapping

from postscan.folding import search_fold
from postscan.sources.outlets import clitic_forms, forms, names, needs_capital
from postscan.sources.words import WORDS, is_group, labels, phrases, role, role_of_all
from postscan.wordlists import attribution, outlet_rows

(
    SPEAKS, NAME, LINK, NOUN, PHOTO, SOURCE, STAFF, TIP, MARK, PRESS, SIGN, NEEDS, LIGHT, PLATFORM, BY, CREDIT, WHOLE,
    NEXT, TIPPED, GIVEN, REFERS, CITES, TO, WHO, REPRINT, LONG, THANKED, POINT, AGENCIES, PLURAL, CAMERA,
) = (1 << n for n in range(31))  # fmt: skip
LABEL = PHOTO | SOURCE | STAFF | CREDIT
"""Speech or citation; an outlet's first word; what links one; a speaker's noun; labels of pictures, sources and staff;
thanks; punctuation that credits need; a medium's class noun; "@"; a Persian noun of speech, and the light verb that it
needs; a platform; "by" and its like; "credit"; a name of one word; a name's second word; the longest word of thanks;
what gives a picture ("by", "courtesy"); "the" and its like before "agency"; a Persian noun of citation, and the "به"
that it needs; whatever may be in a speaker's phrase; what is reprinted; a label of staff that needs no mark; thanks to
a name; a colon or dash; "agencies"; an Arabic verb in the plural; the sign of a camera."""
_SPOKEN = WHO | PRESS | REPRINT | LONG | PLURAL
"""One of these stands in whatever is spoken or cited by somebody who counts."""
_REMEMBERED = 200_000
"""How many words are remembered before all are forgotten; memory stays bounded."""
_LONGEST = 40
_ARABIC = "\u0600"
_ACRONYM = re.compile("[A-Z]{3}")
_POINT = re.compile(r"(?<![0-9]):|:(?![0-9])|^-|-$|[\N{EN DASH}\N{EM DASH}]")
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
    add(role("en", "reprint") | role("en", "say_ing") | role("en", "recount"), SPEAKS)
    add((word + it for word in role("ar", "say") for it in ("ه", "ها")), SPEAKS)
    light = role("fa", "needs_light")
    for word in light:
        found[word] = found[word] & ~SPEAKS | NEEDS
    add(role("fa", "cite"), CITES)
    add(("به",), TO)
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
    _add_speakers(add)
    for name, sign in (("photo_label", PHOTO), ("photo_by", PHOTO), ("source_label", SOURCE), ("staff_label", STAFF)):
        add(labels(name), sign)
    add((phrase[0] for phrase in phrases("en", "staff_credit")), STAFF)
    add(
        (phrase[0] for phrase in (*phrases("en", "staff_credit"), *role_of_all("staff_label")) if len(phrase) > 1), LONG
    )
    add(role("en", "reprint"), REPRINT)
    add(("h", "ht", "hat", "hattip", "بشكريه"), THANKED)
    add(role("ar", "plural"), PLURAL)
    add(("credit", "credits", "courtesy"), CREDIT)
    add(("in", "from", "on", "by"), BY)
    add(labels("hat_tip"), TIP)
    add((max(phrase, key=len) for some in labels("hat_tip").values() for phrase in some), TIPPED)
    add(("by", "courtesy", "credit", "از", "via", "بشكريه"), GIVEN)
    add({"the"} | role("ar", "refer") | role("ar", "refer_back"), REFERS)
    for platform in outlet_rows().platforms:
        add(WORDS.findall(search_fold(platform).text)[:1], PLATFORM)
    return found


def _add_speakers(add: Callable[[Iterable[str], int], None]) -> None:
    """Gives their signs to the words that can be in a speaker's phrase."""
    for name in ("office", "office_tied", "institution", "people", "body", "title", "metonym", "people_of"):
        add(role("en", name), WHO)
    add(("reports",), WHO)
    for name in ("body_phrase", "refer", "refer_back"):
        add((phrase[-1] for phrase in phrases("en", name)), WHO)
    add(role("ar", "refer") | role("ar", "refer_back"), WHO)
    for name in ("office", "institution", "people"):
        for word in role("ar", name):
            add((word, *(form for form, _, _ in clitic_forms(word))), WHO)
        for word in role("fa", name):
            add((word, word + "ي"), WHO)
        for language in ("ur", "ps", "ckb"):
            add(role(language, name), WHO)
    for language in attribution():
        add(role(language, "agencies"), AGENCIES)


@functools.cache
def _capital_only() -> Mapping[str, int]:
    """What Latin words are only with a capital somewhere: platforms, media's last words, outlets' common names."""
    found: dict[str, int] = {}
    for first, known in names().items():
        if first < _ARABIC:
            first_sign = NAME if all(map(needs_capital, known)) else 0
            alone = all(needs_capital(name) for name in known if len(name.words) == 1)
            found[first] = first_sign | (WHOLE if alone else 0)
    for word in role("en", "press_names"):
        found[word] = found.get(word, 0) | PRESS
    for word, sign in signs().items():
        if word < _ARABIC and sign & PLATFORM:
            found[word] = found.get(word, 0) | PLATFORM
    return found


_LINKED = LINK | PHOTO | SOURCE | PRESS | TIPPED | MARK
_ANY = SPEAKS | NEEDS | CITES | _LINKED
"""Without one of these nobody is credited in running words."""


class _Remembered(dict[str, int]):
    """The signs of words as written, with the punctuation on them."""

    def __missing__(self, written: str) -> int:
        found = 0
        if not written.startswith(_UNREAD):
            known = signs()
            tag = written[0] in "#@"
            lower = not tag and written == written.lower()
            is_word = tag and "_" not in written
            for word in WORDS.findall(search_fold(written).text):
                sign = known.get(word, 0)
                if lower:
                    sign &= ~_capital_only().get(word, 0)
                elif is_word and word in role("en", "press_names"):
                    sign &= ~PRESS
                found |= sign | (WHO if is_group(word) else 0)
            if _ACRONYM.search(written):
                found |= WHO
            if _POINT.search(written):
                found |= POINT
            if not _MARKS.isdisjoint(written) or written in ("-", "--"):
                found |= MARK
            if "@" in written:
                found |= SIGN
            if not CAMERAS.isdisjoint(written):
                found |= PHOTO | MARK | CAMERA
        if len(written) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[written] = found
        return found


_remembered = _Remembered()


def signs_of(written: list[str]) -> list[int]:
    """The signs of each word as written."""
    return list(map(_remembered.__getitem__, written))


@functools.cache
def _pairs() -> frozenset[tuple[str, str]]:
    """The first two words of every name that has more than one."""
    return frozenset(
        (form, known.words[1])
        for form, (first, _, _) in forms().items()
        for known in names()[first]
        if len(known.words) > 1
    )


def _has_name(written: list[str], signs: list[int], found: int) -> bool:
    """Whether an outlet's name stands there: a name of one word, or the first two words of a longer one."""
    if found & WHOLE:
        return True
    if not (found & NAME and found & NEXT):
        return False
    for at, (sign, after) in enumerate(zip(signs, [*signs[1:], 0], strict=True)):
        if sign & NAME and (sign | after) & NEXT:
            words = WORDS.findall(search_fold(" ".join(written[at : at + 2])).text)
            if not _pairs().isdisjoint(itertools.pairwise(words)):
                return True
    return False


def may_credit(text: str, kind: str) -> int:
    """The signs of a block's words together where it could credit anybody; 0 where it could not.

    What the signs together leave open, their places decide: a label has its mark beside it, thanks are followed by whom
    they go to.
    """
    written = text.split()
    signs = signs_of(written)
    found = functools.reduce(operator.or_, signs, 0)
    if not found & _ANY and kind not in _ALWAYS:
        return 0
    return found if _opens(written, signs, found, kind) else 0


def _opens(written: list[str], signs: list[int], found: int, kind: str) -> bool:
    if kind in _ALWAYS and found & (LABEL | NAME | TIP | NOUN):
        return True
    spoken = _speaks(signs, found)
    if spoken and found & _SPOKEN:
        return True
    if found & MARK and found & (NOUN | LABEL | THANKED) and _is_labelled(signs, found):
        return True
    if found & TIPPED and found & (SIGN | PLATFORM) and _near(signs, TIPPED, SIGN | PLATFORM, 3, 6):
        return True
    if found & PHOTO and (found & CAMERA or (found & (SIGN | GIVEN) and _near(signs, PHOTO, SIGN | GIVEN, 0, 5))):
        return True
    if found & PRESS and found & LINK and found & BY:
        return True
    if not (spoken or found & _LINKED) or not _has_name(written, signs, found):
        return False
    if spoken:
        return True
    if found & (LINK | PHOTO | SOURCE | PRESS) or (found & TIPPED and _near(signs, TIPPED, NAME, 4, 6)):
        return True
    return bool(found & MARK) and _near(signs, NAME, MARK, 2, 8)


def _speaks(signs: list[int], found: int) -> bool:
    """Whether words of speech or citation stand there as they must."""
    if found & SPEAKS:
        return True
    if found & NEEDS and found & LIGHT and _near(signs, NEEDS, LIGHT, 0, 1):
        return True
    return bool(found & CITES and found & TO) and _near(signs, TO, CITES, 0, 1)


def _is_labelled(signs: list[int], found: int) -> bool:
    """Whether a label or speaker has the colon, dash or bracket beside it that makes it one."""
    if found & (PHOTO | LONG | THANKED | AGENCIES):
        return True
    if found & NOUN and found & POINT and _near(signs, POINT, NOUN, 12, 6):
        return True
    return bool(found & LABEL) and _near(signs, LABEL, MARK, 1, 4)


def _near(signs: list[int], one: int, other: int, before: int, after: int) -> bool:
    """Whether a word of the one sign has a word of the other within so many words before or after it, or is both."""
    for at, sign in enumerate(signs):
        if sign & one and any(near & other for near in signs[max(0, at - before) : at + after + 1]):
            return True
    return False
