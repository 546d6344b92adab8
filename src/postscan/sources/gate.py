"""Whether a block could credit anybody, asked of its words before anything costly is done.

Words are looked up as written and remembered: a word is folded at its first sight alone. What a word can be is a set of
signs; a block is read only where its signs together could make a credit. The same signs lead the rules to their places.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping
from typing import Final

from postscan.folding import search_fold
from postscan.remembered import Remembered
from postscan.sources.bits import (
    AFTER,
    AGENCIES,
    BY,
    CAMERA,
    CITES,
    GIVEN,
    LABEL,
    LIGHT,
    LINK,
    LONG,
    MARK,
    NAME,
    NEEDS,
    NEXT,
    NOUN,
    PHOTO,
    PLATFORM,
    PLURAL,
    POINT,
    PRESS,
    PUT,
    REPRINT,
    SECONDS,
    SHARES,
    SIGN,
    SOURCE,
    SPEAKS,
    THANKED,
    TIP,
    TIPPED,
    TO,
    TOLL,
    WHO,
    WHOLE,
)
from postscan.sources.hushed import nobody_speaks, read_hushed
from postscan.sources.outlets import forms, names
from postscan.sources.signs import capital_only, pieces, signs
from postscan.sources.words import ARABIC_SCRIPT, WORDS, is_group, roles, without_dots

_SPOKEN: Final = WHO | PRESS | REPRINT | LONG | PLURAL
"""One of these stands in whatever is spoken or cited by somebody who counts."""
_OTHERS: Final = PRESS | REPRINT | LONG | PLURAL
"""Of those, the ones that need no word beside a verb of speech."""
_MANY: Final = 200_000
"""How many words are remembered before all are forgotten; memory stays bounded."""
_LONGEST: Final = 40
_ACRONYM = re.compile("[A-Z]{3}")
_POINT = re.compile(r"(?<![0-9]):|:(?![0-9])|^-|-$|[\N{EN DASH}\N{EM DASH}]")
_MARKS = frozenset(":()[]|/\N{EN DASH}\N{EM DASH}\N{COPYRIGHT SIGN}+")
CAMERAS = frozenset("\N{CAMERA}\N{CAMERA WITH FLASH}")
_UNREAD: Final = ("http://", "https://")
_ALWAYS = frozenset(("byline", "caption", "dateline"))
_LINKED: Final = LINK | PHOTO | SOURCE | PRESS | TIPPED | MARK
_ANY: Final = SPEAKS | NEEDS | CITES | PUT | _LINKED
"""Without one of these nobody is credited in running words."""


def _read_signs(written: str) -> int:
    """The signs of a word as written, with the punctuation on it; it is noted where nobody is credited by it."""
    if written.startswith(_UNREAD):
        return 0
    known = signs()
    tag = written[0] in "#@"
    lower = not tag and written == written.lower()
    is_word = tag and "_" not in written
    found = 0
    plain = without_dots(written)
    words = WORDS.findall(search_fold(plain).text)
    for word in words:
        sign = known.get(word, 0)
        if lower:
            sign &= ~capital_only().get(word, 0)
        elif is_word and word in roles("en", "press_names", "press_first"):
            sign &= ~PRESS
        found |= sign | _parts().get(word, 0) | (WHO if is_group(word) else 0)
    if not _pairs().isdisjoint(itertools.pairwise(words)):
        found |= WHOLE
    if _ACRONYM.search(plain):
        found |= WHO
    if _POINT.search(written):
        found |= POINT
    if (
        not _MARKS.isdisjoint(written)
        or written[-1] == "-"
        or (found & NAME and "-" in written and lower and words[0] > ARABIC_SCRIPT)
    ):
        found |= MARK
    if "@" in written:
        found |= SIGN | _union(list(pieces()[written].signs)) & (NAME | WHOLE)
    if not CAMERAS.isdisjoint(written):
        found |= PHOTO | MARK | CAMERA
    if not found & _ANY and len(written) <= _LONGEST:
        if len(_silent) >= _MANY:
            _silent.clear()
            _remembered.clear()  # else what is remembered would not be noted again
        _silent.add(written)
    return found | read_hushed(written, found)


_silent: set[str] = set()
"""Words that nobody is credited by, as far as they were met."""
_remembered = Remembered(_read_signs, most=_MANY, longest=_LONGEST, never=_UNREAD)


_is_silent = _silent.issuperset
_sign_of = _remembered.__getitem__


def signs_of(written: list[str]) -> list[int]:
    """The signs of each word as written."""
    return list(map(_sign_of, written))


@functools.cache
def _pairs() -> frozenset[tuple[str, str]]:
    """The first two words of every name that has more than one."""
    return frozenset(
        (form, known.words[1])
        for form, (first, _, _) in forms().items()
        for known in names()[first]
        if len(known.words) > 1
    )


@functools.cache
def _parts() -> Mapping[str, int]:
    """The signs of the first and second words of names: which of `SHARES` shares of the second ones follow or are it.

    A name can stand only where words of the same share stand, which few texts have that have both parts of any name.
    """
    seconds = sorted({second for _, second in _pairs()})
    share = {second: (SECONDS & -SECONDS) << at % SHARES for at, second in enumerate(seconds)}
    found = dict(share)
    for first, second in _pairs():
        found[first] = found.get(first, 0) | share[second] << SHARES
    return found


def _has_name(written: list[str], signs: list[int], found: int) -> bool:
    """Whether an outlet's name stands there: a name of one word, or the first two words of a longer one."""
    if found & WHOLE:
        return True
    if not _may_name(found):
        return False
    for at in [at for at, sign in enumerate(signs[:-1]) if sign & NAME]:
        if signs[at + 1] & NEXT:
            words = [word for some in written[at : at + 2] for word in pieces()[some].words]
            if not _pairs().isdisjoint(itertools.pairwise(words)):
                return True
    return False


def _may_name(found: int) -> bool:
    """Whether the signs leave it open that a name of several words stands there."""
    return found >> SHARES & found & SECONDS != 0


def may_credit(text: str, kind: str) -> int:
    """The signs of a block's words together where it could credit anybody; 0 where it could not.

    What the signs together leave open, their places decide: a label has its mark beside it, thanks are followed by whom
    they go to.
    """
    written = text.split()
    while written and written[-1].startswith(_UNREAD):
        written.pop()
    always = kind in _ALWAYS
    if not always and _is_silent(written):
        return 0
    signs = signs_of(written)
    found = 0
    for sign in signs:
        found |= sign
    hushed = False
    if found & SPEAKS and found & _SPOKEN:
        hushed = not found & _OTHERS and nobody_speaks(text, written, signs, found)
        if not hushed:
            return found
    elif not always and not (found & _ANY and _may_open(found)):
        return 0
    return found if _opens(text, written, signs, found, kind, hushed=hushed) else 0


def _opens(text: str, written: list[str], signs: list[int], found: int, kind: str, *, hushed: bool) -> bool:
    """Whether the places of the signs leave open that somebody is credited."""
    if kind in _ALWAYS and found & (LABEL | NAME | TIP | NOUN):
        return True
    spoken = found & SPEAKS != 0
    if not spoken or hushed:
        light = _speaks_together(signs, found)
        if light and found & _SPOKEN:
            return True
        spoken = spoken or light  # by what is no speaker's word an outlet may still be told
    elif found & _SPOKEN:
        return True
    if found & MARK and found & (NOUN | LABEL | THANKED) and _is_labelled(text, signs, found):
        return True
    if found & TIPPED and found & (SIGN | PLATFORM) and _near(signs, TIPPED, SIGN | PLATFORM, 0, 6):
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


def _may_open(found: int) -> bool:
    """Whether the signs leave it open, wherever they stand."""
    return bool(
        found & (WHOLE | PRESS)
        or found >> SHARES & found & SECONDS
        or (found & MARK and found & (NOUN | LABEL | THANKED))
        or (found & (TIPPED | PHOTO) and found & (SIGN | PLATFORM | GIVEN | CAMERA))
        or (
            found & _SPOKEN
            and (
                found & SPEAKS
                or (found & NEEDS and found & LIGHT)
                or (found & CITES and found & TO)
                or (found & PUT and found & TOLL)
            )
        )
    )


def _speaks_together(signs: list[int], found: int) -> bool:
    """Whether two words that speak or cite only together stand together."""
    if found & NEEDS and found & LIGHT and _near(signs, NEEDS, LIGHT, 0, 1):
        return True
    if found & PUT and found & TOLL and _near(signs, PUT, TOLL, 0, 4):
        return True
    return bool(found & CITES and found & TO) and _near(signs, TO, CITES, 0, 1)


def _is_labelled(text: str, signs: list[int], found: int) -> bool:
    """Whether a label or speaker has the colon, dash or bracket beside it that makes it one."""
    if found & (PHOTO | THANKED | AGENCIES):
        return True
    if found & LONG and (found & WHO or (found & AFTER and _near(signs, LONG, AFTER, 0, 1))):
        return True
    if found & NOUN and found & POINT and _near(signs, POINT, NOUN, 12, 6) and _speaks_in_label(text, signs):
        return True
    return bool(found & LABEL) and _near(signs, LABEL, MARK, 1, 4)


def _speaks_in_label(text: str, signs: list[int]) -> bool:
    """Whether a speaker stands before a colon that opens the text, or after one that ends it; any line may be one's."""
    if "\n" in text or "|" in text:
        return True
    last = len(signs) - _CLOSING
    stops = ". " in text
    for at, sign in enumerate(signs):
        if sign & POINT and (
            (stops and _union(signs[max(0, at - INSIDE) : at + 1]) & (NOUN | WHO))
            or (at <= _OPENING and _union(signs[: at + 1]) & (NOUN | WHO))
            or (at >= last and _union(signs[at:]) & (NOUN | WHO))
        ):
            return True
    return False


_OPENING: Final = 12
_CLOSING: Final = 7
INSIDE: Final = 4
"""How many words a speaker's label has at most, at a text's start, at its end, and after a full stop inside it."""


def _union(signs: list[int]) -> int:
    found = 0
    for sign in signs:
        found |= sign
    return found


def _near(signs: list[int], one: int, other: int, before: int, after: int) -> bool:
    """Whether a word of the one sign has a word of the other within so many words before or after it, or is both."""
    for at in [at for at, sign in enumerate(signs) if sign & one]:
        for near in signs[max(0, at - before) : at + after + 1]:
            if near & other:
                return True
    return False
