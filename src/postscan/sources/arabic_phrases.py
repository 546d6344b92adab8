"""The phrase of an Arabic speaker: what its first word makes of it, and where it ends."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from postscan.sources.arabic_institutions import is_for_something, is_listener, says_what_for
from postscan.sources.bits import WHO
from postscan.sources.words import COMMAS, Words, phrases, role, roles

LONGEST = 10
SHARED_OFFICES = frozenset(("والدفاع", "والداخليه", "والخارجيه", "والامن"))
"""Fields that one ministry may share with another; what else follows "and" is a speaker of its own."""
_WHEN = frozenset(
    [
        "امس",
        "اليوم",
        "في",
        "صباح",
        "مساء",
        "يوم",
        "خلال",
        "السبت",
        "الاحد",
        "الاثنين",
        "الثلاثاء",
        "الاربعاء",
        "الخميس",
        "الجمعه",
        "بدوره",
        "بدورها",
        "ايضا",
        "لاحقا",
    ]
)
TOWARDS = frozenset(("الي", "علي"))
"""What stands between a verb and "that": "pointed to that", "insisted on that"."""
_POSTS = frozenset(("علي", "عبر"))
_CLITICS = ("و", "ف", "ل", "ب", "ول", "وب")
_JOINED = frozenset("وفلب")
"""The letters that every clitic begins with."""


def stem(word: str, nouns: frozenset[str]) -> int:
    """Letters of clitics before a noun of the set; -1 where the word is none of them."""
    if word in nouns:
        return 0
    if word[0] not in _JOINED:
        return -1
    for clitic in _CLITICS:
        if word.startswith(clitic):
            rest = word[len(clitic) :]
            if rest in nouns:
                return len(clitic)
            if clitic.endswith("ل") and "ا" + rest in nouns:
                return len(clitic)
    return -1


def says(word: str) -> bool:
    """Whether the word is a verb of speech, perhaps with "and" before it."""
    verbs = role("ar", "say")
    return word in verbs or (word[:1] in ("و", "ف") and word[1:] in verbs)


def ends_name(words: Words, at: int) -> bool:
    """Whether the word there is in no name; "علي" is a name that the fold makes of a preposition."""
    word = words.words[at]
    if word == "علي":
        return words.surface(at, at + 1).endswith("\N{ARABIC LETTER ALEF MAKSURA}")
    if _is_first_name(words, at):
        return False
    return word in roles("ar", "stop", "that", "people") or says(word)


def _is_first_name(words: Words, at: int) -> bool:
    """Whether "morning" is somebody's first name there: "صباح النعمان", not "صباح الأحد"."""
    after = words.word(at + 1)
    return (
        words.words[at] == "صباح"
        and after.startswith("ال")
        and words.soft(at + 1)
        and after not in roles("ar", "stop", "adverb")
        and after not in role("ar", "morning")
    )


def past_asides(words: Words, end: int) -> int:
    """Where "that" stands after what commas set off there, "X, in a statement, that"; `end` itself where none does."""
    at = end
    for _ in range(_ASIDES):
        if at >= words.size or words.gaps[at].strip() not in COMMAS:
            return end
        if words.words[at] in role("ar", "that"):
            return at
        if not (words.gaps[at].strip() and (_opens_aside(words, at) or _tells_more(words, at))):
            return end
        last = at + 1
        while last < words.size and last - at < _ASIDE and words.soft(last):
            if words.words[last] in role("ar", "that"):
                return last
            if says(words.words[last]):
                return end  # another speaks there: "فيما قالت الوزارة إن"
            last += 1
        at = last
    return end


_ASIDES = 4
_ASIDE = 9
"""How many asides may stand between a speaker and what he says, and how many words one has."""


def _opens_aside(words: Words, at: int) -> bool:
    """Whether the word there says when, where or how, and begins no name."""
    return words.words[at] in roles("ar", "stop", "adverb") and (words.words[at] != "علي" or ends_name(words, at))


def _tells_more(words: Words, at: int) -> bool:
    """Whether an office or a listener stands there after a comma: "العميد خالد حمود، مدير مرور حلب، لرويترز أن"."""
    return words.words[at] in role("ar", "office") or is_listener(words, at)


def _of_institution(words: Words, at: int) -> bool:
    """Whether an institution follows "in" or "at" there: "مسؤول في وزارة ...", "مسؤول بوزارة ..."."""
    word = words.word(at)
    if word in ("في", "داخل"):
        return words.word(at + 1) in role("ar", "institution")
    return word[:1] == "ب" and word[1:] in role("ar", "institution")


_CITES_TO = frozenset(("وفقا", "ووفقا", "طبقا", "وطبقا", "استنادا", "واستنادا"))
"""Words that cite whoever "to" is written on to."""


def kind_of(words: Words, at: int) -> tuple[str, int]:
    """official, unnamed or nothing by the phrase's first word, and the letters of clitics before it."""
    word = words.words[at]
    if word.startswith(("لل", "ولل")) and not _takes_to(words, at):
        return "", 0  # whom somebody tells
    skip = stem(word, role("ar", "people"))
    if skip >= 0:
        if word[skip:] in role("ar", "officials") and (
            words.word(at + 1) in role("ar", "officials_tied") or _of_institution(words, at + 1)
        ):
            return "official", skip
        if word[skip:] == "وسائل" and words.word(at + 1) not in role("ar", "media_after"):
            return "", 0
        return "unnamed", skip
    for name in ("office", "institution"):
        skip = stem(word, role("ar", name))
        if skip >= 0:
            bare = word[skip:]
            guardian = bare == "ولي" and words.word(at + 1) != "العهد"
            network = bare in role("ar", "institution_tied") and not is_for_something(words, at)
            return ("", 0) if guardian or network else ("official", skip)
    skip = pair_skip(words, at)
    return ("official", skip) if skip >= 0 else ("", 0)


def _takes_to(words: Words, at: int) -> bool:
    """Whether "to" on the word there says whose words are cited: "وفقا للشرطة", "بيان للشرطة", "بلاغ رسمي للشرطة"."""
    before = words.word(at - 1)
    if before in role("ar", "statement_kind"):
        before = words.word(at - 2)
    return before in _CITES_TO or before in role("ar", "statement")


@functools.cache
def _pairs() -> Mapping[str, frozenset[str]]:
    """The first words of institutions that two words name, with their second ones."""
    found: dict[str, set[str]] = {}
    for first, second in phrases("ar", "institution_pair"):
        found.setdefault(first, set()).add(second)
    return {first: frozenset(some) for first, some in found.items()}


@functools.cache
def _first_of_pairs() -> frozenset[str]:
    return frozenset(_pairs())


@functools.cache
def _second_of_pairs() -> frozenset[str]:
    return frozenset().union(*_pairs().values())


def pair_skip(words: Words, at: int) -> int:
    """Letters of clitics before the institution that two words name there; -1 where they name none."""
    if not words.signs[at] & WHO or words.word(at + 1) not in _second_of_pairs() or not words.soft(at + 1):
        return -1
    skip = stem(words.words[at], _first_of_pairs())
    return skip if skip >= 0 and words.words[at + 1] in _pairs()[words.words[at][skip:]] else -1


def _ties(words: Words, at: int) -> bool:
    """Whether "from", "on" or "in" after an adjective says whom a source is of: "مقرب من الحكومة", "أمني في وزارة"."""
    word, adjective = words.words[at], words.words[at - 1]
    if word == "من":
        return adjective.startswith(("مقرب", "قريب")) or words.word(at + 1) in role("ar", "place_noun")
    return adjective.startswith("مطلع") if word == "علي" else word in ("في", "داخل") and _of_institution(words, at)


def _names_hospital(words: Words, at: int) -> bool:
    """Whether the word there is whose an institution is that has no article: "في مستشفى ناصر"."""
    if at >= words.size or not words.soft(at) or ends_name(words, at) or is_listener(words, at):
        return False
    institution, word = words.words[at - 1], words.words[at]
    return (
        institution in roles("ar", "institution", "place_noun")
        and not institution.startswith("ال")
        and word[0] not in _JOINED
        and word not in roles("ar", "adverb", "unwilling", "audience")
    )


def subject_end(words: Words, at: int, end: int) -> int:
    """Where a subject ends that its object may follow at once: one definite noun and adjectives."""
    last = at + 1
    if not words.words[at].startswith("ال"):
        if last < end and words.soft(last) and not words.words[last].startswith("ال"):
            last += 1
        if last < end and words.soft(last) and words.words[last].startswith("ال"):
            last += 1
    while last < end and words.soft(last):
        word = words.words[last]
        adjective = word.startswith("ال") and (word.endswith("يه") or words.surface(last, last + 1).endswith("ي"))
        if not adjective and word not in SHARED_OFFICES:
            break
        last += 1
    return last


def phrase_end(words: Words, at: int, kind: str) -> tuple[int, bool, bool]:
    """Where the phrase ends at the latest; whether a particle closes it there; whether "that" does."""
    last = at + 1
    while last < words.size and last - at < LONGEST:
        word = words.words[last]
        if not words.soft(last):
            return last, True, words.gaps[last].strip()[:1] == ":"
        if word in role("ar", "that"):
            return last, True, True
        if word == "ل":
            return last, True, True
        if kind == "unnamed" and _wants_no_name(words, last):
            return last, True, True
        if word[:1] == "و" and word not in SHARED_OFFICES and kind_of(words, last)[1] == 1 and kind_of(words, last)[0]:
            return last, True, any(words.words[i] in role("ar", "that") for i in range(last, min(last + 6, words.size)))
        if (says(word) and not _carries(words, at, last)) or word in role("ar", "audience") or is_listener(words, last):
            return last, True, True
        if (
            word in role("ar", "people_link")
            and (kind == "unnamed" or _of_institution(words, last))
            and (last == at + 1 or (kind == "unnamed" and last == at + 2 and _ties(words, last)))
            and words.word(last + 1) not in role("ar", "stop")
        ):
            last = min(last + 2, words.size)
            last += _names_hospital(words, last)
            while (
                last < words.size
                and words.soft(last)
                and words.words[last].startswith(("ال", "لل"))
                and words.words[last] not in role("ar", "stop")
            ):
                last += 1
            return last, True, kind == "official"
        if word in role("ar", "stop") and not (words.words[at] in role("ar", "office") and _is_first_name(words, last)):
            after = words.word(last + 1)
            if word in TOWARDS and after in role("ar", "that"):
                return last, True, True
            talk = word == "في" and after in role("ar", "talk")
            posts = word in _POSTS and after in role("ar", "post_place")
            that = (word in _WHEN or posts) and any(
                words.words[i] in role("ar", "that") and words.word(i - 1) not in ("بعد", "قبل", "منذ")
                for i in range(last, min(last + 5, words.size))
            )
            return last, talk or that, talk or that
        last += 1
    return last, last >= words.size, False


def _carries(words: Words, at: int, last: int) -> bool:
    """Whether the word there, which is a verb elsewhere, says what an institution carries: "شركة نقل الركاب"."""
    return words.words[last] == "نقل" and last == at + 1 and words.words[at].endswith("ه")


def _wants_no_name(words: Words, at: int) -> bool:
    """Whether a source asks there not to be named: "طلب عدم ذكر اسمه"."""
    return words.words[at] in role("ar", "unwilling") and words.word(at + 1) in role("ar", "naming")


def definite_run(words: Words, at: int, end: int) -> int:
    """Where the phrase ends that no particle closes: after the definite words that follow its head."""
    last = at + 1
    if last < end and not words.words[last].startswith(("ال", "لل")) and not words.words[at].startswith("ال"):
        last += 1
        while last < end and words.words[last] in role("ar", "institution") and not words.words[last].startswith("ال"):
            last += 1
        if words.words[at].endswith("وسائل") and last < end and words.words[last].endswith("يه"):
            last += 1
    relative = after_link = False
    while last < end:
        word = words.words[last]
        purpose = word in role("ar", "purpose") or says_what_for(words, at, last)
        linked = word == "باسم" or purpose or (word.startswith("ل") and stem(word, role("ar", "institution")) > 0)
        if not (linked or after_link or word.startswith(("ال", "لل", "وال"))):
            last += last == at + 2 and word in role("ar", "place")
            break
        adjective = word.endswith(("ي", "يه", "يين")) or word.startswith("وال")
        if relative and not adjective and not linked:
            break
        relative = (adjective or relative) and not linked
        after_link = word == "باسم" or (purpose and not word.startswith("لل"))
        last += 1
    return last


def with_name(words: Words, end: int) -> int:
    """Where a speaker "Office, Name," ends: after the name where speech follows it."""
    if end >= words.size or words.gaps[end].strip() not in COMMAS or not words.gaps[end].strip():
        return end
    if _opens_aside(words, end) or words.words[end] in roles("ar", "office", but="titled"):
        return end
    if says(words.words[end]):
        return end
    last = end + 1
    while last < words.size and last - end < 6 and words.soft(last):
        if words.words[last] in role("ar", "that"):
            return last
        if says(words.words[last]):
            return end
        last += 1
    closed = last < words.size and words.gaps[last].strip() in COMMAS and words.gaps[last].strip() != ""
    that = closed and (words.words[last] in role("ar", "that") or past_asides(words, last) != last)
    return last if that and last - end < 6 else end
