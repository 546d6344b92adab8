"""What each word of the tables can be in a credit, as a set of signs.

The signs of a block's words together open the gate, and lead the rules to their places.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from postscan.folding import search_fold
from postscan.remembered import Remembered
from postscan.sources.outlets import clitic_forms, forms, names, needs_capital
from postscan.sources.words import WORDS, Piece, labels, phrases, read_pieces, role, role_of_all
from postscan.wordlists import attribution, outlet_rows

SPEAKS: Final = 1 << 0
"""Speech or citation."""
NAME: Final = 1 << 1
"""An outlet's first word."""
LINK: Final = 1 << 2
"""What links an outlet to what it published."""
NOUN: Final = 1 << 3
"""A speaker's noun."""
PHOTO: Final = 1 << 4
"""A label of pictures."""
SOURCE: Final = 1 << 5
"""A label of sources."""
STAFF: Final = 1 << 6
"""A label of staff."""
TIP: Final = 1 << 7
"""Thanks."""
MARK: Final = 1 << 8
"""Punctuation that credits need."""
PRESS: Final = 1 << 9
"""A medium's class noun."""
SIGN: Final = 1 << 10
"""The sign "@"."""
NEEDS: Final = 1 << 11
"""A Persian noun of speech, which needs a light verb."""
LIGHT: Final = 1 << 12
"""That verb."""
PLATFORM: Final = 1 << 13
"""Where people post."""
BY: Final = 1 << 14
"""The word "by" and its like."""
CREDIT: Final = 1 << 15
"""The word "credit" and its like."""
WHOLE: Final = 1 << 16
"""A name of one word."""
NEXT: Final = 1 << 17
"""A name's second word."""
TIPPED: Final = 1 << 18
"""The longest word of thanks."""
GIVEN: Final = 1 << 19
"""What gives a picture: "by", "courtesy"."""
REFERS: Final = 1 << 20
"""The word "the" before "agency", and its like."""
CITES: Final = 1 << 21
"""A Persian noun of citation, which needs "به"."""
TO: Final = 1 << 22
"""That preposition."""
WHO: Final = 1 << 23
"""Whatever may be in a speaker's phrase."""
REPRINT: Final = 1 << 24
"""What is said of what was printed before."""
LONG: Final = 1 << 25
"""The first word of a label of staff that needs no mark."""
THANKED: Final = 1 << 26
"""Thanks to a name."""
POINT: Final = 1 << 27
"""A colon or dash."""
AGENCIES: Final = 1 << 28
"""The word "agencies"."""
PLURAL: Final = 1 << 29
"""An Arabic verb in the plural."""
CAMERA: Final = 1 << 30
"""The sign of a camera."""
SORANI: Final = 1 << 31
"""A verb of speech or citation in Sorani; the same for the languages below."""
PASHTO: Final = 1 << 32
URDU: Final = 1 << 33
PERSIAN: Final = 1 << 34
ENGLISH: Final = 1 << 35
ARABIC: Final = 1 << 36
AFTER: Final = 1 << 37
"""The second word of a label of staff that needs no mark."""
LABEL: Final = PHOTO | SOURCE | STAFF | CREDIT
VERB: Final = SORANI | PASHTO | URDU | PERSIAN | ENGLISH | ARABIC
_ARABIC_SCRIPT: Final = "\u0600"


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
    _add_verbs(add)
    for name, sign in (("photo_label", PHOTO), ("photo_by", PHOTO), ("source_label", SOURCE), ("staff_label", STAFF)):
        add(labels(name), sign)
    add((phrase[0] for phrase in phrases("en", "staff_credit")), STAFF)
    for phrase in (*phrases("en", "staff_credit"), *role_of_all("staff_label")):
        if len(phrase) > 1:
            add(phrase[:1], LONG)
            add(phrase[1:2], AFTER)
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


_VERBS: Final = (
    ("ckb", SORANI, ("say",)),
    ("ps", PASHTO, ("say", "according")),
    ("ur", URDU, ("agent", "agent_other")),
    ("fa", PERSIAN, ("say", "cite")),
    ("en", ENGLISH, ("say", "tell", "cite", "according", "say_ing", "recount")),
)


def _add_verbs(add: Callable[[Iterable[str], int], None]) -> None:
    """Gives their signs to the words by which somebody speaks, a language each."""
    for language, sign, names_of_roles in _VERBS:
        for name in names_of_roles:
            add(role(language, name), sign)
    add(("by",), ENGLISH)
    for word in role("ar", "say") | role("ar", "cite") | {"عن"}:
        add((word, "و" + word, "ف" + word), ARABIC)


@functools.cache
def pieces() -> Remembered[Piece]:
    """What stands between two spaces, read once, each word with its signs."""
    return read_pieces(signs())


@functools.cache
def capital_only() -> Mapping[str, int]:
    """What Latin words are only with a capital somewhere: platforms, media's last words, outlets' common names."""
    found: dict[str, int] = {}
    for first, known in names().items():
        if first < _ARABIC_SCRIPT:
            first_sign = NAME if all(map(needs_capital, known)) else 0
            alone = all(needs_capital(name) for name in known if len(name.words) == 1)
            found[first] = first_sign | (WHOLE if alone else 0)
    for word in role("en", "press_names"):
        found[word] = found.get(word, 0) | PRESS
    for word, sign in signs().items():
        if word < _ARABIC_SCRIPT and sign & PLATFORM:
            found[word] = found.get(word, 0) | PLATFORM
    return found
