"""What each word of the tables can be in a credit, as a set of signs.

The signs of a block's words together open the gate, and lead the rules to their places.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from postscan.folding import search_fold
from postscan.remembered import Remembered
from postscan.sources.bits import (
    AFTER,
    AGENCIES,
    ARABIC,
    BY,
    CITES,
    CREDIT,
    ENGLISH,
    GIVEN,
    LIGHT,
    LINK,
    LONG,
    NAME,
    NEEDS,
    NEXT,
    NOUN,
    PASHTO,
    PERSIAN,
    PHOTO,
    PLATFORM,
    PLURAL,
    PRESS,
    PUT,
    REFERS,
    REPRINT,
    SORANI,
    SOURCE,
    SPEAKS,
    STAFF,
    THANKED,
    TIP,
    TIPPED,
    TO,
    TOLL,
    URDU,
    WHO,
    WHOLE,
)
from postscan.sources.outlets import accounts, clitic_forms, forms, names, needs_capital
from postscan.sources.words import (
    ARABIC_SCRIPT,
    WORDS,
    Piece,
    labels,
    phrases,
    read_pieces,
    role,
    role_of_all,
    roles,
    verbs_with_object,
)
from postscan.wordlists import attribution, outlet_rows


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
    add(roles("en", "put", "raised"), PUT)
    add(role("en", "toll"), TOLL)
    add(role("en", "post"), SPEAKS)
    add(role("fa", "by") | {"بر"}, TO)
    add(role("fa", "say_light") | role("fa", "that") | role("ur", "say_light"), LIGHT)
    for word in roles("ar", "say", "cite", "carried", "learn", "statement"):
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
    add(roles("en", "press_names", "press_first") | role("fa", "press"), PRESS)
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
    for name in ("many", "many_unnamed"):
        add((phrase[-2] for phrase in phrases("ur", name)), WHO)
    add(role("ar", "refer") | role("ar", "refer_back"), WHO)
    for name in ("office", "institution", "people"):
        for word in role("ar", name):
            add((word, *(form for form, _, _ in clitic_forms(word))), WHO)
        for word in role("fa", name):
            add((word, word + "ي"), WHO)
        for language in ("ur", "ps", "ckb"):
            add(role(language, name), WHO)
    for first in {pair[0] for pair in phrases("ar", "institution_pair")}:
        add((first, *(form for form, _, _ in clitic_forms(first))), WHO)
    for language in attribution():
        add(role(language, "agencies"), AGENCIES)


_VERBS: Final = (
    ("ckb", SORANI, ("say",)),
    ("ps", PASHTO, ("say", "according")),
    ("ur", URDU, ("agent", "agent_other")),
    ("fa", PERSIAN, ("say", "cite")),
    ("en", ENGLISH, ("say", "tell", "cite", "according", "say_ing", "recount", "put", "raised", "post")),
)


def _add_verbs(add: Callable[[Iterable[str], int], None]) -> None:
    """Gives their signs to the words by which somebody speaks, a language each."""
    for language, sign, names_of_roles in _VERBS:
        for name in names_of_roles:
            add(role(language, name), sign)
    add(("by",), ENGLISH)
    add(verbs_with_object(), ARABIC | SPEAKS)
    for word in roles("ar", "say", "cite", "learn", "statement") | {"عن"}:
        add((word, "و" + word, "ف" + word), ARABIC)


@functools.cache
def pieces() -> Remembered[Piece]:
    """What stands between two spaces, read once, each word with its signs."""
    return read_pieces(signs(), dict.fromkeys(accounts(), NAME | WHOLE))


@functools.cache
def capital_only() -> Mapping[str, int]:
    """What Latin words are only with a capital somewhere: platforms, media's last words, outlets' common names."""
    found: dict[str, int] = {}
    for first, known in names().items():
        if first < ARABIC_SCRIPT:
            first_sign = NAME if all(map(needs_capital, known)) else 0
            alone = all(needs_capital(name) for name in known if len(name.words) == 1)
            found[first] = first_sign | (WHOLE if alone else 0)
    for word in roles("en", "press_names", "press_first"):
        found[word] = found.get(word, 0) | PRESS
    for word, sign in signs().items():
        if word < ARABIC_SCRIPT and sign & PLATFORM:
            found[word] = found.get(word, 0) | PLATFORM
    return found
