"""What a word could be in the phrases of the tables, as bits, so that a line's words tell which phrases it cannot hold.

Of the words that a phrase must have, two are asked for: its two rarest, or where it must open the line, its first and
the one that must follow, or else the rarest. Phrases are dealt into lanes, a bit for each of the two in each lane, and
a line can hold a phrase only where some lane has both. Which words are taken for rare changes how often lines are read
in vain, and no answer.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable
from typing import Final

from postscan.blocks.phrases import Slot, find_candidates, phrase_groups, read_phrase
from postscan.blocks.pieces import is_free
from postscan.remembered import Remembered
from postscan.wordlists import Phrases

_LANES: Final = 8
_ANYWHERE, _ENDING, _OPENING, _LABEL, _FOLLOWED, _FOLLOWED_LABEL = range(6)
WIDTH: Final = 6 * _LANES
"""How far above the bits of the rarest words those of the other ones are."""
_ONES: Final = (1 << _LANES) - 1

ANYWHERE: Final = _ONES << _ANYWHERE * _LANES
"""The lanes of phrases that may stand anywhere."""
ENDING: Final = _ONES << _ENDING * _LANES
"""Those that may stand anywhere, with a sign that makes them a label behind them."""
OPENING: Final = _ONES << _OPENING * _LANES | _ONES << _FOLLOWED * _LANES
"""Those that decide something only where they begin with the first word that is no entity or number."""
LABEL: Final = _ONES << _LABEL * _LANES | _ONES << _FOLLOWED_LABEL * _LANES
"""Those that besides need a sign that makes them a label behind them, or end the line."""
FOLLOWED: Final = _ONES << _FOLLOWED * _LANES | _ONES << _FOLLOWED_LABEL * _LANES
"""Those of the last two of which a certain word must follow the first one."""

LONGEST_LABEL: Final = 16
"""Words, entities and numbers left out, of a line that a phrase of LABEL fills to the end, and of one in brackets."""

_SELDOM_PREFIX: Final = 20
"""How much more often than a word the beginning of words is met."""


def _lanes_of(group: Phrases) -> int:
    """Which of the four a group's phrases belong to, by what rules ask of them.

    Words too common to decide alone decide in a row from the first word on. A row of menus may begin with any notice,
    and a list of tags with any label.
    """
    if group.at == "any" and group.needs != "near":
        return _ENDING if group.colon and group.needs == "end" else _ANYWHERE
    return _LABEL if group.colon and group.kind not in ("boilerplate", "tags") else _OPENING


def _find_bits(word: str) -> int:
    """The lanes in which a folded word is the rarest of a phrase, and above them those in which it is the other one."""
    found = 0
    for _, _, slots, _ in find_candidates(word):
        found |= _first_bits().get(slots, 0)
    found |= _later_words().get(word, 0)
    for start, bits in _later_starts():
        if word.startswith(start):
            found |= bits
    return found


WORD_BITS = Remembered(_find_bits, most=1 << 15, longest=40)
"""The bits of each folded word."""


def both(found: int) -> int:
    """The lanes that have both words."""
    return found & (found >> WIDTH)


def opened(found: int, head: int, near: int) -> int:
    """The lanes that have their first word in the head of a line, and the other one in it, or near the head."""
    return ((found & ~FOLLOWED) | (near & FOLLOWED)) & (head >> WIDTH)


_Bits = tuple[dict[tuple[Slot, ...], int], dict[str, int], dict[str, int]]


@functools.cache
def _tables() -> _Bits:
    """The bits of the first words by phrase, since they have a look-up of their own, and of later words and starts."""
    rows = [(_lanes_of(g), read_phrase(phrase)) for g in phrase_groups() if g.kind != "body" for phrase in g.phrases]
    met = Counter(word for _, slots in rows for slot in slots for word in (*slot.words, *slot.starts))
    rarity = _rarity(met)
    first: dict[tuple[Slot, ...], int] = {}
    words: dict[str, int] = {}
    starts: dict[str, int] = {}
    dealt: Counter[int] = Counter()
    for asked, slots in rows:
        lanes = asked
        needed = sorted((slot for slot in slots if _is_asked(slot)), key=rarity)
        other = needed[min(1, len(needed) - 1)]
        if lanes in (_OPENING, _LABEL):
            other = slots[0]
            if len(slots) > 1 and _is_asked(slots[1]):
                lanes, needed = lanes + 2, [slots[1]]
        bit = 1 << (lanes * _LANES + dealt[lanes] % _LANES)
        dealt[lanes] += 1
        for slot, bits in ((needed[0], bit), (other, bit << WIDTH)):
            if slot is slots[0]:
                first[slots] = first.get(slots, 0) | bits
                continue
            for table, keys in ((words, slot.words), (starts, slot.starts)):
                for key in keys:
                    table[key] = table.get(key, 0) | bits
    return first, words, starts


def _is_asked(slot: Slot) -> bool:
    """Whether a line must have one of its words; entities are none that a line is asked for."""
    return not (slot.optional or slot.gap or any(map(is_free, slot.words)))


def _rarity(met: Counter[str]) -> Callable[[Slot], float]:
    """How common the words of a slot are: short words, and those of many phrases, are."""

    def rarity(slot: Slot) -> float:
        common = math.fsum(met[word] / len(word) ** 4 for word in slot.words)
        return common + _SELDOM_PREFIX * math.fsum(met[start] / len(start) ** 4 for start in slot.starts)

    return rarity


def _first_bits() -> dict[tuple[Slot, ...], int]:
    return _tables()[0]


def _later_words() -> dict[str, int]:
    return _tables()[1]


@functools.cache
def _later_starts() -> tuple[tuple[str, int], ...]:
    return tuple(_tables()[2].items())
