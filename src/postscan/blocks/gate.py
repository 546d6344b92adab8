"""What the words on a line leave open, asked of each as written before any rule is: most lines are text.

Words are looked up as written and remembered, each with the signs of what rules need (see `signs`). A rule is asked
only where its sign stands on the line, and seams are looked for only where theirs do. Where a line has only words
known to be quiet, and its opening says nothing, no sign is made at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from postscan.blocks.anchors import ANYWHERE, ENDING, FOLLOWED, LABEL, LONGEST_LABEL, OPENING, WORD_BITS, both, opened
from postscan.blocks.phrases import longest_phrase, opening_phrases
from postscan.blocks.pieces import TAGS, Word, read_words, split_words, stretches
from postscan.blocks.shape import CAPITAL_LABEL, COLONS, LONGEST_DAY_LINE, LONGEST_PAGER, PAGER
from postscan.blocks.signs import (
    ALL,
    BY,
    COLON,
    DAY,
    FILE,
    HAS_DIGIT,
    HAS_MONTH,
    MARKED,
    NUMBER,
    PHRASE,
    PHRASES,
    REPORT,
    SIGNED,
    TAGGED,
    UNSURE,
    WIRE,
    WORD,
    WORDS,
    month_runs,
    opening_signs,
    quiet_opening_words,
    quiet_words,
    word_signs,
)
from postscan.folding import search_fold
from postscan.model import Entity
from postscan.remembered import Remembered
from postscan.scripts import is_letter
from postscan.wordlists import Phrases

_PLAIN_LINK = re.compile(r"(?<!\S)https?://[a-z-]+(?:\.[a-z-]+)+/([A-Za-z0-9_]*)")
_PLAIN_HANDLE = re.compile(r"(@[A-Za-z0-9_]{1,50})(?!\S)\s*+")
"""What may end a line, and what may begin it, that has no sign but what a day needs."""
_ASCII_RUN = re.compile("[a-z]{3,}")
"""No month has a shorter name in these letters."""
_NARROWED: Final = BY | COLON | DAY | FILE | NUMBER | REPORT | WIRE
"""Signs that say something only at some place of a line, or in a line of some shape."""
_FOLLOWED: Final = FOLLOWED << PHRASES
_look_up = word_signs.__getitem__
_BEGINNING: Final = 48
"""Words in which a phrase that opens a line is looked for."""
_TAG_LINE: Final = 400
"""Characters in which a line of tags must show that it is one."""


def _has_month(plain: str) -> bool:
    """Whether a month could be named in a plain link or handle."""
    return not month_runs().isdisjoint(_ASCII_RUN.findall(plain.lower()))


def _handle_signs(handle: str) -> int:
    """What a day could have of a plain handle: the month, or the day of the month, one or two digits at its end."""
    if _has_month(handle):
        return DAY
    return HAS_DIGIT if handle[-1].isdecimal() and not handle[-3:].isdecimal() else 0


def _parts_words(ch: str) -> bool:
    """Whether a word ends before a character, and the next begins behind it, however it is folded."""
    return [word.text for word in split_words(search_fold(f"a{ch}a").text)] == ["a", "a"]


_PARTING = Remembered(_parts_words, most=1 << 12, longest=1)


def read_signs(text: str, start: int, end: int, entities: Sequence[Entity]) -> int:
    """The signs of the trimmed stretch `text[start:end]`, where these entities lie within it.

    ALL where an entity begins or ends inside a word: there the words of a piece are others than those written.
    """
    first, last, following, found = start, end, end, 0
    if entities:
        for entity in entities:
            at, stop = entity.start, entity.end
            if at > start and text[at - 1] != " " and not (_PARTING[text[at - 1]] or _PARTING[text[at]]):
                return ALL
            if stop < end and text[stop] != " " and not (_PARTING[text[stop]] or _PARTING[text[stop - 1]]):
                return ALL
        head, tail = entities[0], entities[-1]
        following = head.start
        dated = end - start <= LONGEST_DAY_LINE
        if tail.end == end and tail.kind == "url" and (link := _PLAIN_LINK.fullmatch(text, tail.start, end)):
            last = tail.start
            if dated and _has_month(link[1]):
                found |= DAY
        if (
            following == start
            and head.kind == "handle"
            and (handle := _PLAIN_HANDLE.match(text, start, last))
            and handle.end(1) == head.end
        ):
            first = handle.end()
            following = entities[1].start if len(entities) > 1 else end
            if dated:
                found |= _handle_signs(handle[1])
        if start and "handle" in [entity.kind for entity in entities]:
            found |= SIGNED
    written = text[first:last].split()
    opening = opening_signs[written[0]] if written else UNSURE
    begins = opening != 0 or first + len(written[0]) > following
    if opening and not opening & ~_FOLLOWED:
        begins = _may_begin(opening, text, first, following, written)
    if not begins:
        if start or found:
            if quiet_words.issuperset(written):
                return found & ALL
        elif quiet_opening_words.issuperset(written) and text[end - 1] not in COLONS:
            return 0  # as most lines
    for signs in map(_look_up, written):
        found |= signs
    if found & HAS_MONTH and found & HAS_DIGIT:
        found |= DAY
    if found & _NARROWED:
        found = _narrow(found, opening, text, start, end)
    bits = found >> PHRASES
    lanes = both(bits) & (ANYWHERE | ENDING)
    if begins:
        if not TAGS.isdisjoint([entity.kind for entity in entities]) and not _is_lettered(text, start, entities):
            found |= TAGGED
        one = two = 0
        if len(text[first:following].split(None, 2)) > 2:  # the first two words as written are no entities
            one, two = word_signs[written[0]], word_signs[written[1]]
        if one & two & WORD and not one & WORDS:
            lanes |= opened(bits, one >> PHRASES, two >> PHRASES)
        else:
            lanes |= opened(bits, _read_head(text, start, end, entities), bits)
    if lanes and _may_hold_phrase(lanes, text, start, end, entities, marked=found & MARKED):
        found |= PHRASE
    return found & ALL


def _may_begin(opening: int, text: str, first: int, following: int, written: Sequence[str]) -> bool:
    """Whether a phrase may begin with the first of these words, because of the word that follows it.

    They begin at `first`, and the first entity behind that at `following`.
    """
    if len(text[first:following].split(None, 2)) < 3:
        return True
    two = word_signs[written[1]]
    return not two & WORD or bool(two & opening)


def _narrow(found: int, opening: int, text: str, start: int, end: int) -> int:
    """The signs without those that say nothing where they stand on the line."""
    found &= opening | ~(WIRE | FILE)
    if found & DAY and not found & COLON and end - start > LONGEST_DAY_LINE:
        found &= ~DAY
    if found & BY and not opening & BY and "contributed" not in text[start:end]:
        found &= ~BY
    if found & REPORT and not opening & REPORT and not text.endswith(("report", "reports"), start, end):
        found &= ~REPORT
    if found & NUMBER and (end - start > LONGEST_PAGER or not PAGER.fullmatch(text, start, end)):
        found &= ~NUMBER
    if (
        found & COLON
        and not (start or found & DAY)  # no place or outlet opens the first line without a day
        and text[end - 1] not in COLONS
        and not CAPITAL_LABEL.match(text, start, end)
    ):
        found &= ~COLON
    return found


def _is_lettered(text: str, start: int, entities: Sequence[Entity]) -> bool:
    """Whether a letter is known to stand between the entities, in the characters that are asked for one."""
    done = start
    for entity in entities:
        at = entity.start
        if done + 1 < at < start + _TAG_LINE and (is_letter(text[done + 1]) or is_letter(text[at - 2])):
            return True
        done = max(done, entity.end)
    return False


def _read_head(text: str, start: int, end: int, entities: Sequence[Entity]) -> int:
    """The bits of the first word that is no entity or number, and of all before it."""
    head = 0
    for stretch, sign in stretches(text[start:end], start, entities):
        for written in stretch.split():
            signs = word_signs[written]
            head |= signs >> PHRASES
            if signs & WORD:
                return head
        if sign:
            head |= WORD_BITS[sign]
    return head


def _may_hold_phrase(lanes: int, text: str, start: int, end: int, entities: Sequence[Entity], *, marked: int) -> bool:
    """Whether a phrase of these lanes could stand where it decides something; `marked`: behind some word is a sign."""
    if lanes & ANYWHERE or (marked and lanes & ENDING):
        return True
    if not (lanes & OPENING or (lanes & LABEL and (marked or _is_short(text, start, end, entities)))):
        return False
    words, whole = read_words(text[start:end], start, entities, most=_BEGINNING)
    if not whole and all(word.free for word in words[: len(words) - longest_phrase()]):
        return True
    return any(_may_decide(group, words, end) for group, end in opening_phrases(words))


def _may_decide(group: Phrases, words: Sequence[Word], end: int) -> bool:
    """Whether a phrase that opens a line and ends before `end` may decide it; a label cannot where too much follows."""
    if group.kind == "body":
        return False
    if not group.colon or group.at == "any" or group.kind in ("boilerplate", "tags") or len(words) <= LONGEST_LABEL:
        return True  # other phrases of the line count besides, or it may stand in brackets
    return [word.free for word in words[end:]].count(False) <= max(group.rest, group.sentence)


def _is_short(text: str, start: int, end: int, entities: Sequence[Entity]) -> bool:
    """Whether the words that are no entities or numbers are few enough for a phrase to fill the line."""
    written = [one for stretch, _ in stretches(text[start:end], start, entities) for one in stretch.split()]
    return sum(bool(word_signs[one] & WORD) for one in written) <= LONGEST_LABEL
