"""Which phrase of the table stands in a piece: words alone, no decision about shape or place.

A phrase is a row of slots (see `Phrases.phrases`). Phrases are looked up by their first word, so that the time does
not grow with the table, and a match looks at a bounded number of words, so that it is linear.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from postscan.blocks.pieces import Word, split_words
from postscan.folding import search_fold
from postscan.remembered import Remembered
from postscan.wordlists import Phrases, read_phrases, read_toml

_TABLES = ("phrases_credits", "phrases_teasers", "phrases_notices")

_GAP = 6
"""Words that a `...` in a phrase may stand for."""

TRAILING = 6
"""Words that may belong to a phrase that ends in `...`, behind it."""

_AND = "\N{ARABIC LETTER WAW}"
"""Arabic writes "and" as a letter in front of the word."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a phrase."""

    words: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    def fits(self, word: str) -> bool:
        return word in self.words or (bool(self.starts) and word.startswith(self.starts))


class Cue(NamedTuple):
    """A phrase found: its group and the words `[start, end)` of the piece that it covers."""

    group: Phrases
    start: int
    end: int
    open: bool
    """Whether the phrase ends in `...`: more words may belong to it."""


_Entry = tuple[int, Phrases, tuple[Slot, ...], Slot | None]
"""A phrase: its group's place and the group, its slots, and the one that must follow the first, where one must."""


@dataclass(frozen=True, slots=True)
class _Index:
    exact: dict[str, list[_Entry]]
    starts: dict[str, list[_Entry]]
    lengths: tuple[int, ...]


def find_cues(words: Sequence[Word]) -> list[Cue]:
    """The longest match of every group at every word, in the order of the table, then of the words.

    A group that wants its phrase at the start is also looked for after signs, where another clause starts.

    >>> [(cue.group.rule, cue.start, cue.end) for cue in find_cues(split_words("all rights reserved"))]
    [('rights', 0, 3)]
    """
    found: dict[tuple[int, int], Cue] = {}
    first, mark = _first(words), ""
    for at, (word, following_mark, _) in enumerate(words):
        candidates = _CANDIDATES[word] if at <= first or mark else _INNER[word]
        mark = following_mark
        for order, group, slots, second in candidates:
            if second is not None and not (at + 1 < len(words) and second.fits(words[at + 1].text)):
                continue
            is_open = slots[-1].gap
            end = _match(slots[:-1] if is_open else slots, 0, words, at)
            known = found.get((order, at))
            if end > at and (known is None or (end, is_open) > (known.end, known.open)):
                found[order, at] = Cue(group, at, end, is_open)
    return [found[key] for key in sorted(found)]


def opening_phrases(words: Sequence[Word]) -> list[tuple[Phrases, int]]:
    """The group of each phrase that begins with the first word that is no entity or number, or before it.

    With each is the word behind the last that may belong to it.

    >>> [(group.rule, end) for group, end in opening_phrases(split_words("12 likes"))]
    [('like-widget', 2), ('notice-item', 2)]
    >>> opening_phrases(split_words("the rights reserved"))
    []
    """
    found = []
    for at, word in enumerate(words[: _first(words) + 1]):
        for _, group, slots, _ in _CANDIDATES[word.text]:
            if (end := _match(slots, 0, words, at)) > at:
                found.append((group, end + TRAILING if slots[-1].gap else end))
    return found


def _first(words: Sequence[Word]) -> int:
    """The first word that is neither an entity nor a number."""
    return next((at for at, word in enumerate(words) if not word.free), 0)


def find_candidates(word: str) -> tuple[_Entry, ...]:
    """The phrases that may begin with a word."""
    index = _index()
    found = [*index.exact.get(word, ())]
    if word[:1] == _AND and len(word) > 3:
        found += index.exact.get(word[1:], ())
    for length in index.lengths:
        found += index.starts.get(word[:length], ())
    return tuple(found)


def _find_inner(word: str) -> tuple[_Entry, ...]:
    """Those of them that may stand anywhere."""
    return tuple(entry for entry in _CANDIDATES[word] if entry[1].at != "start")


_CANDIDATES = Remembered(find_candidates, most=1 << 15, longest=40)
_INNER = Remembered(_find_inner, most=1 << 15, longest=40)


def _match(slots: Sequence[Slot], slot_at: int, words: Sequence[Word], at: int) -> int:
    """Where the slots from `slot_at` on end, or -1; the first word is taken as found."""
    if slot_at == len(slots):
        return at
    slot = slots[slot_at]
    if slot.gap:
        ends = (_match(slots, slot_at + 1, words, at + skip) for skip in range(_GAP + 1))
        return next((end for end in ends if end >= 0), -1)
    if at < len(words) and (slot_at == 0 or slot.fits(words[at].text)):
        end = _match(slots, slot_at + 1, words, at + 1)
        if end >= 0:
            return end
    return _match(slots, slot_at + 1, words, at) if slot.optional else -1


@functools.cache
def _index() -> _Index:
    exact: dict[str, list[_Entry]] = {}
    starts: dict[str, list[_Entry]] = {}
    for order, group in enumerate(phrase_groups()):
        for phrase in group.phrases:
            slots = read_phrase(phrase)
            second = slots[1] if len(slots) > 1 and not (slots[1].optional or slots[1].gap) else None
            for word in slots[0].words:
                exact.setdefault(word, []).append((order, group, slots, second))
            for start in slots[0].starts:
                starts.setdefault(start, []).append((order, group, slots, second))
    return _Index(exact, starts, tuple(sorted({len(start) for start in starts})))


@functools.cache
def longest_phrase() -> int:
    """How many words a phrase of the tables may cover at most."""
    phrases = (read_phrase(phrase) for group in phrase_groups() for phrase in group.phrases)
    return max(sum(_GAP if slot.gap else 1 for slot in slots) for slots in phrases)


@functools.cache
def phrase_groups() -> tuple[Phrases, ...]:
    """The groups of the tables, in the order in which they decide."""
    return tuple(group for name in _TABLES for group in read_phrases(read_toml(name)))


def read_phrase(phrase: str) -> tuple[Slot, ...]:
    """The slots of a phrase; raises ValueError where it begins with a gap or with what may be missing.

    >>> [sorted(slot.words) for slot in read_phrase("follow|like us")]
    [['follow', 'like'], ['us']]
    """
    slots = [slot for part in phrase.split() for slot in _read_slots(part)]
    if slots[0].optional or slots[0].gap or not (slots[0].words or slots[0].starts):
        raise ValueError(f"phrase {phrase!r} must begin with a word")
    return tuple(slots)


def _read_slots(part: str) -> list[Slot]:
    if part == "...":
        return [Slot(gap=True)]
    optional = part.endswith("?")
    words: set[str] = set()
    starts: set[str] = set()
    for alternative in part.removesuffix("?").split("|"):
        folded = alternative if alternative.startswith("<") else search_fold(alternative.removesuffix("*")).text
        pieces = [folded] if folded.startswith("<") else [word.text for word in split_words(folded)]
        if len(pieces) > 1 and "|" not in part and not optional:
            return [Slot(frozenset({piece})) for piece in pieces]
        if len(pieces) != 1:
            raise ValueError(f"{part!r} in a phrase is not one word between each two bars")
        (starts if alternative.endswith("*") else words).add(pieces[0])
    return [Slot(frozenset(words), tuple(sorted(starts)), optional)]
