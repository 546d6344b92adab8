"""What stands beside an outlet's name and credits it in Arabic, Persian, Urdu and Pashto."""

from __future__ import annotations

from postscan.sources.cues import label_rule, opens_line
from postscan.sources.words import CLOSING, OPENING, Words, role, roles, verbs_with_object

_QUOTES = " \"'\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK})"
_REACH = 14
"""How many words back a verb of telling may stand from the listener it takes."""


_JOINED = frozenset("وفلب")
"""The letters that every clitic begins with."""


def strip(word: str, nouns: frozenset[str]) -> tuple[str, int]:
    """The clitic before a noun of the role, and its length; -1 where the word is none."""
    if word in nouns:
        return "", 0
    if word[:1] not in _JOINED:
        return "", -1
    for clitic in ("و", "ف", "ل", "ب", "ول", "وب"):
        if word.startswith(clitic) and word[len(clitic) :] in nouns:
            return clitic, len(clitic)
    return "", -1


def press_noun(words: Words, at: int) -> tuple[bool, str]:
    clitic, skip = strip(words.word(at), role("ar", "press_plain"))
    return skip >= 0, clitic


def eastern_rule(words: Words, first: int, last: int, clitic: str, *, common: bool) -> str:
    quoted = bool(words.gaps[first].strip()) and words.gaps[first].strip()[-1] in OPENING
    at, noun = first, False
    for back in range(first - 1, max(first - 5, -1), -1):
        if not (words.soft(back + 1) or (back + 1 == first and quoted)):
            break
        is_noun, noun_clitic = press_noun(words, back)
        if is_noun or words.words[back] in role("fa", "press"):
            at, noun, clitic = back, True, noun_clitic
            break
        if not (words.words[back].startswith("ال") or words.words[back] in ("انباء", "نيوز")):
            break
    if noun and label_rule(words, at, last):
        return "label"
    return (
        arabic_rule(words, at, last, clitic, strong=noun or quoted or not common)
        or persian_rule(words, at, last, strong=noun or quoted or not common)
        or _urdu_rule(words, last)
    )


def arabic_rule(words: Words, at: int, last: int, clitic: str, *, strong: bool) -> str:
    """The rule that credits a name whose class noun or first word stands at `at`."""
    if last < words.size and words.words[last] in _PASSED_ON and passes_on(words, at, last):
        return "label"
    before = words.word(at - 1)
    if before[:1] in ("و", "ف") and before[1:] in role("ar", "cite"):
        before = before[1:]
    if before == "ل" and words.gaps[at].strip() != "":
        at, clitic, before = at - 1, "ل", words.word(at - 2)
    touching = at > 0 and (words.soft(at) or words.gaps[at].strip() in OPENING)
    if before in role("ar", "of_it"):
        verb, of_whom = words.word(at - 2), before in ("به", "بها")
        if of_whom and verb in role("ar", "kept_for"):
            return "told"
        if says(verb) and (of_whom or words.word(at - 3) in role("ar", "what")):
            return "reports"
    said = touching and says(before)
    that = last < words.size and words.words[last] in role("ar", "that")
    if said and before.removeprefix("و") in _REPORTED and words.word(last)[:1] == "ب" and last < words.size:
        return "reports"
    if (
        not strong
        and not that
        and words.soft(min(last, words.size - 1))
        and last < words.size
        and words.words[last] not in role("ar", "stop")
    ):
        return ""
    if clitic.endswith("ل") and not strong:
        return (
            "told" if said or that or before in role("ar", "talk") or words.gaps[last].strip(_QUOTES)[:1] == ":" else ""
        )
    if clitic.endswith("ل"):
        if touching and before in role("ar", "cite"):
            return "according-to"
        if said or before in role("ar", "talk") or words.word(last) in role("ar", "that"):
            return "told"
        if touching and words.gaps[last].strip(_QUOTES)[:1] == ":":
            return "told"
        return "told" if _verb_before(words, at) else ""
    if touching and before.removeprefix("و") in role("ar", "learn") and words.word(last) in ("من", "علي", "ان"):
        return "reports"
    if said or (touching and (before in role("ar", "carried") or _carries_it(before))):
        return "reports"
    if touching and before in role("ar", "cite"):
        return "according-to"
    if (
        touching
        and before in ("عن", "الي", "لما")
        and (
            words.word(at - 2).removeprefix("و") in role("ar", "cite")
            or (before == "عن" and any(_carries(w) for w in words.words[max(0, at - 8) : at - 1]))
        )
    ):
        return "according-to"
    if touching and before == "مع" and {words.word(at - 2), words.word(at - 3)} & role("ar", "talk"):
        return "told"
    last += words.word(last) == "قد" and last + 1 < words.size
    after = words.word(last)
    beside = last < words.size and (words.soft(last) or words.gaps[last].strip() in CLOSING)
    return "reports" if strong and beside and says(after) else ""


_PASSED_ON = frozenset(("عن", "نقلا"))


def passes_on(words: Words, first: int, last: int) -> bool:
    """Whether the name opens a line and passes on before a colon what others say: "رويترز عن مسؤولين: ..."."""
    at = last + (words.word(last) == "نقلا")
    if words.word(at) != "عن" or at + 1 >= words.size or not (words.soft(last) and words.soft(at)):
        return False
    while first > 0 and words.soft(first) and press_noun(words, first - 1)[0]:
        first -= 1
    if not (opens_line(words, first) or (words.word(first - 1) in role("ar", "call") and words.line_start(first - 1))):
        return False
    if strip(words.words[at + 1], roles("ar", "people", "office", "institution"))[1] < 0:
        return False
    close = at + 1
    while close < words.size and close - last < _LABEL and words.soft(close):
        if says(words.words[close]):
            return False
        close += 1
    return close < words.size and words.gaps[close].strip(_QUOTES)[:1] == ":"


_LABEL = 7
"""Words at most of whom a label cites."""


def says(word: str) -> bool:
    return strip(word, role("ar", "say"))[1] in (0, 1)


_REPORTED = frozenset(("افاد", "افادت", "يفيد", "تفيد"))
"""Verbs whose object is written on to "ب": "reported the line's repair"."""


def _carries_it(word: str) -> bool:
    """Whether the word is a verb of speech with its object on it: "what it said", "announced it"."""
    return any(word.endswith(it) and says(word.removesuffix(it)) for it in ("ه", "ها"))


def _carries(word: str) -> bool:
    return strip(word, frozenset({"نقل", "نقلت", "نقلا", "ينقل", "تنقل"}))[1] >= 0


def _verb_before(words: Words, at: int) -> bool:
    """Whether a verb of saying stands before `at` in its sentence, near enough to take it as listener."""
    for back in range(at - 1, max(at - _REACH, -1), -1):
        if says(words.words[back]) or words.words[back] in verbs_with_object():
            return True
        if words.sentence_start(back):
            return False
    return False


def persian_rule(words: Words, at: int, last: int, *, strong: bool) -> str:
    before, second = words.word(at - 1), words.word(at - 2)
    if at > 0 and words.soft(at):
        if before in role("fa", "cite") and cites_by(words, at - 1):
            return "according-to"
        if before == "از" and second in role("fa", "cite"):
            return "according-to"
        if before == "به" and any(w in role("fa", "say") for w in words.words[last : last + 3]):
            return "told"
        if before == "با" and second in role("fa", "talk"):
            return "told"
    quotes = strong and words.word(last) == "به" and words.words[last : last + 3] == _QUOTING
    if quotes and opens_line(words, at) and _colon_ahead(words, last + 3):
        return "label"
    if strong and (words.sentence_start(at) or (words.gaps[at - 1][-1:] == "#" and words.sentence_start(at - 1))):
        for ahead in range(last, min(last + 16, words.size)):
            if ahead > last and words.sentence_start(ahead):
                break
            if _persian_says(words, ahead):
                return "reports"
    return ""


_QUOTING = ["به", "نقل", "از"]


def _colon_ahead(words: Words, at: int) -> bool:
    """Whether a colon closes the label whose last words begin there."""
    last = at + 1
    while last < words.size and last - at < _LABEL and words.soft(last):
        last += 1
    return last < words.size and words.gaps[last].strip(_QUOTES)[:1] == ":"


def cites_by(words: Words, at: int) -> bool:
    """Whether the noun of citation there follows "by": "به گزارش", "بر اساس گزارش", "طبق اعلام"."""
    before = words.word(at - 1)
    return before in role("fa", "by") or (before == "بر" and words.word(at - 2) == "بنا")


def _persian_says(words: Words, at: int) -> bool:
    word = words.words[at]
    if word not in role("fa", "say"):
        return False
    after = words.word(at + 1)
    if word in ("نوشته", "گفته") and after == "كه":
        return True
    return word not in role("fa", "needs_light") or after in role("fa", "say_light")


def _urdu_says(words: Words, at: int) -> bool:
    """Whether a verb of speech stands there: "کہا", "خبر دی", not "خبر" alone."""
    word = words.words[at]
    light = word not in role("ur", "needs_light") or words.word(at + 1) in role("ur", "say_light")
    return word in role("ur", "say") and light


def _urdu_rule(words: Words, last: int) -> str:
    at = last
    if words.word(at) in role("ur", "press") and words.soft(at):
        at += 1
    if at >= words.size or not words.soft(at):
        return ""
    word, after = words.words[at], words.word(at + 1)
    if word in role("ur", "told") and any(w in role("ur", "say") for w in words.words[at + 1 : at + 4]):
        return "told"
    if word in role("ur", "agent") and any(_urdu_says(words, i) for i in range(at + 1, min(at + 25, words.size))):
        return "reports"
    if word in role("ur", "agent_other") and (after in role("ur", "according") or after in role("ur", "say")):
        return "according-to"
    if word == "سي" and after in ("بات", "گفتگو"):
        return "told"
    if word in role("ps", "told") and after in role("ps", "say"):
        return "told"
    return "reports" if word in role("ps", "say") else ""
