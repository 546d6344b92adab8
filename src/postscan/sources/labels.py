"""Speakers who open a line before a colon, "Police: three held", or close it after one, in each language."""

from __future__ import annotations

from postscan.sources import arabic_institutions, arabic_phrases, nouns, verb_final
from postscan.sources.cues import after_stop
from postscan.sources.gate import INSIDE
from postscan.sources.mentions import Found
from postscan.sources.outlets import mention_at
from postscan.sources.words import Words, label_end, role, roles

_QUOTES = " \"'\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK})"
_KNOWN = ("institution", "office", "body", "people", "metonym")
"""Roles of speakers that one word may name."""
_AROUND = 80
"""Words on both sides of an acronym among which its article may stand."""
_HEARS = 5
"""Words of a listener at most."""
_FARTHEST = 40
"""Words after which the colon of a label stands at the latest, its listener between, with room to spare."""


def label_places(words: Words) -> list[int]:
    """Where a label may begin: at the start, after a line's end, a stop, a bar, a colon or a dash.

    In a text without a colon a label only closes a line, after a dash.
    """
    gaps = words.gaps[:-1]
    places = [at for at, gap in enumerate(gaps) if gap != " " and at and ("\n" in gap or gap.rstrip()[-1:] in _BEFORE)]
    if ":" in "".join(words.gaps):
        return [0, *places] if gaps else []
    return [at for at in places if gaps[at].strip() in _CLOSES]


_BEFORE = frozenset("|:-.\N{EN DASH}\N{EM DASH}")
_CLOSES = frozenset(":-\N{EN DASH}\N{EM DASH}")


def find_label(words: Words, at: int) -> list[Found]:
    """The speaker whom the label names that begins there."""
    if ":" not in "".join(words.gaps[at + 1 : at + _FARTHEST]):
        return [] if words.line_start(at) else _closing_label(words, at)
    found = _find_english(words, at)
    return found if found or words.raw.isascii() else _find_arabic(words, at) or _find_persian(words, at)


def _find_english(words: Words, at: int) -> list[Found]:
    """The speaker that opens a line before a colon ("Police: three held"), or closes a line after one."""
    opens = words.line_start(at) or words.gaps[at].rstrip()[-1:] == "|"
    inside = not opens and after_stop(words, at)
    if not (opens or inside):
        return _closing_label(words, at)
    last = at
    while last < words.size and last - at < (INSIDE if inside else 7) and (last == at or words.soft(last)):
        last += 1
    if inside and (not words.capital(at) or words.words[at] in role("en", "determiner") or words.word(last).isdigit()):
        return []
    first = at + 1 if words.words[at] in role("en", "article") else at
    after = words.gaps[last]
    if after[:1] != ":" or last >= words.size or after[1:2] not in (" ", '"', "'") or _counts(words, last):
        return []
    if label_end(words, at, "source_label"):
        return []
    if (words.words[last - 1] in ("office", "department", "bank") and not _is_name(words, first, last)) or any(
        words.words[i] in role("en", "stop") and not words.capitals(i) for i in range(first, last)
    ):
        return []
    kind = nouns.kind_of(words, first, last)
    return (
        [Found(kind, first, last, 0, None, "label")]
        if kind and words.words[last - 1] not in role("en", "metonym") and not _calls(words, first, last)
        else []
    )


def _is_name(words: Words, first: int, last: int) -> bool:
    """Whether every word has a capital, "Meteorological Department"; "Office phone" and "Office:" have no name."""
    return last - first > 1 and all(words.capital(i) for i in range(first, last))


def _counts(words: Words, at: int) -> bool:
    """Whether a number there makes the label a place's or a side's, "Iran: 2", and not an institution's."""
    if not words.words[at].isdigit():
        return False
    label = words.words[at - 1]
    institution = label in roles("en", "institution", "office") or (
        label in role("en", "body") and words.capitals(at - 1) and label not in role("en", "state_acronym")
    )
    return not institution or words.line_end(at + 1)


def _calls(words: Words, first: int, last: int) -> bool:
    """Whether the label is one word in capitals that may be any: "WATCH:", "CALLER:".

    An acronym is one that the tables have, or one that its article or brackets show near it.
    """
    word = words.words[first]
    if last - first > 1 or not words.capitals(first) or word in roles("en", *_KNOWN):
        return False
    for at in range(max(0, first - _AROUND), min(words.size, first + _AROUND)):
        if (
            words.words[at] == word
            and words.capitals(at)
            and (words.word(at - 1) == "the" or words.gaps[at][-1:] == "(")
        ):
            return False
    return True


def _closing_label(words: Words, at: int) -> list[Found]:
    """The speaker who stands alone after a colon or dash at the end of a line: "Three held: police"."""
    if at < 3 or words.gaps[at].strip() not in _CLOSES:
        return []
    last = at
    while last < words.size and last - at < 5 and (last == at or words.soft(last)):
        last += 1
    if not words.line_end(last) or words.gaps[last].strip():
        return []
    first = at + 1 if words.words[at] in role("en", "article") else at
    if words.gaps[at] == "-" or words.word(first) in role("en", "link"):
        return []  # "shut by Al-Wasat police", "shut by sailors - and by officials"
    if any(words.words[i] in roles("en", "stop", but="link") and not words.capitals(i) for i in range(first, last)):
        return []
    alone = last - first == 1 and words.words[first] in role("en", "closing")
    kind = "official" if alone else nouns.kind_of(words, first, last)
    return [Found(kind, first, last, 0, None, "label")] if kind and not _calls(words, first, last) else []


def _find_arabic(words: Words, at: int) -> list[Found]:
    """The speaker that opens a line before a colon."""
    opens = words.line_start(at) or words.gaps[at].strip()[-1:] == "|"
    inside = not opens and after_stop(words, at)
    if not (opens or inside):
        return []
    kind, skip = arabic_phrases.kind_of(words, at)
    if not kind or mention_at(words, at):
        return []
    last = at + 1
    while (
        last < words.size
        and last - at < (INSIDE if inside else 7)
        and words.soft(last)
        and not arabic_institutions.is_listener(words, last)
        and words.words[last] != "ل"
        and words.words[last] not in role("ar", "audience")
    ):
        if arabic_phrases.says(words.words[last]) or words.words[last] in role("ar", "that"):
            return []
        last += 1
    close = _listener_end(words, last)
    if close >= words.size or words.gaps[close].strip(_QUOTES)[:1] != ":" or "\n" in words.gaps[close]:
        return []
    if any(label_end(words, at, name) == last for name in ("source_label", "photo_label", "staff_label")):
        return []
    return [Found(kind, at, last, skip, None, "label")]


def _listener_end(words: Words, at: int) -> int:
    """Where the listener ends that begins there, "to the agency X" or "to reporters"; the place itself without one."""
    if at >= words.size:
        return at
    press = words.words[at] in role("ar", "audience")
    first = at + (press or words.words[at] == "ل")
    mention = mention_at(words, first) if first < words.size and (first > at or words.soft(at)) else None
    if mention:
        return mention.last
    last = first if press else at
    while press and last < words.size and last - at < _HEARS and words.soft(last):
        last += 1
    return last


def _find_persian(words: Words, at: int) -> list[Found]:
    """The speaker that opens a line before a colon, in Persian."""
    found = verb_final.persian_phrase(words, at, "label") if words.line_start(at) else []
    if not found or any(label_end(words, at, name) for name in ("source_label", "photo_label", "staff_label")):
        return []
    gap = words.gaps[found[0].last] if found[0].last < words.size else ""
    return found if gap.strip()[:1] == ":" and "\n" not in gap else []
