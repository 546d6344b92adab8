"""Keeps what the words that were met say in each language: texts repeat their words, so most are summed once.

A speed, never an answer: what is kept is what `Profiles.sum_words` says of the word alone. Short words, which are most,
are packed into two numbers, exactly, and found in a table for a whole batch at once; longer ones by spelling.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from postscan.languages.letters import Words
from postscan.languages.profiles import Profiles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Keyed = NDArray[np.uint64]
    Bools = NDArray[np.bool_]
    Rows = NDArray[np.int32]

_NEW = 0
"""The row of words that are not kept."""
_KEPT = 1 << 16
"""Words of a script that are kept before all are forgotten together."""
_SLOT_BITS = 18
_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)
"""Odd numbers that spread keys over all bits (Knuth's multiplicative hashing)."""
_PACKED = 16
"""Letters of the longest word that is packed."""


class Keys(NamedTuple):
    """Words as two numbers each: a byte a letter, and no byte behind the last."""

    low: Keyed
    high: Keyed

    def choose(self, chosen: Ints | Bools) -> Keys:
        """Some of them."""
        return Keys(self.low[chosen], self.high[chosen])

    def slots(self) -> Ints:
        """Where to look for each first."""
        import numpy as np

        mixed = (self.low + self.high * np.uint64(_FACTORS[1])) * np.uint64(_FACTORS[0])
        return (mixed >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)


def pack_words(words: Words, chosen: Ints) -> tuple[Keys, Bools]:
    """The keys of the chosen words, which stand for them alone, and which words are too long or odd for that."""
    import numpy as np

    masks = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
    first, size = words.first[chosen], words.size[chosen]
    low = words.eight.take(first) & masks.take(np.minimum(size, 8))
    high = words.eight.take(first + np.minimum(size, 8)) & masks.take(np.clip(size - 8, 0, 8))
    return Keys(low, high), (size > _PACKED) | words.odd[chosen]


class Vocabulary:
    """The words of one script that were met, and what they say."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles
        self._forget()

    def _forget(self) -> None:
        import numpy as np

        self._slots = np.full(1 << _SLOT_BITS, _NEW, np.int64)
        self._keys = Keys(np.zeros(_KEPT + 1, np.uint64), np.zeros(_KEPT + 1, np.uint64))
        self._long: dict[str, int] = {}
        self._sums = np.zeros((_KEPT + 1, len(self._profiles.codes)), np.int32)
        self._used = 1

    def sum_words(self, words: Words, chosen: Ints) -> Rows:
        """What the chosen words say: a row for each, a column a language."""
        import numpy as np

        parts = [self._sum_some(words, chosen[at : at + _KEPT]) for at in range(0, len(chosen), _KEPT)]
        return np.concatenate(parts) if len(parts) != 1 else parts[0]

    def _sum_some(self, words: Words, chosen: Ints) -> Rows:
        keys, left = pack_words(words, chosen)
        rows = self._find(keys)
        long = left.nonzero()[0]
        spelled = words.spell(chosen[long])
        rows[long] = [self._long.get(word, _NEW) for word in spelled]
        new = (rows == _NEW).nonzero()[0]
        if len(new):
            short = new[~left[new]]
            short = short[find_first(keys.choose(short))]
            new_long = [word for word in dict.fromkeys(spelled) if word not in self._long]
            if self._used + len(short) + len(new_long) > _KEPT + 1 and self._used > 1:
                self._forget()
                return self._sum_some(words, chosen)
            self._add(keys.choose(short), words.spell(chosen[short]), new_long)
            rows[new] = self._find(keys.choose(new))
            rows[long] = [self._long[word] for word in spelled]
        return self._sums.take(rows, axis=0)

    def _add(self, keys: Keys, short: Sequence[str], long: Sequence[str]) -> None:
        """Sum new words: short ones, whose keys these are, and long ones."""
        import numpy as np

        base, middle, end = self._used, self._used + len(short), self._used + len(short) + len(long)
        self._sums[base:end] = self._profiles.sum_words([*short, *long])
        self._keys.low[base:middle], self._keys.high[base:middle] = keys
        self._insert(keys.slots(), np.arange(base, middle))
        self._long.update(zip(long, range(middle, end), strict=True))
        self._used = end

    def _find(self, keys: Keys) -> Ints:
        """The row of each key, or _NEW: linear probing, all keys at once."""
        slots = keys.slots()
        rows = self._slots.take(slots)
        left = self._are_others(rows, keys).nonzero()[0]
        while len(left):
            slots[left] = (slots[left] + 1) & ((1 << _SLOT_BITS) - 1)
            rows[left] = self._slots.take(slots[left])
            left = left[self._are_others(rows[left], keys.choose(left))]
        return rows

    def _are_others(self, rows: Ints, keys: Keys) -> Bools:
        """Where rows are those of other keys."""
        others: Bools = (self._keys.low.take(rows) != keys.low) | (self._keys.high.take(rows) != keys.high)
        others &= rows != _NEW
        return others

    def _insert(self, slots: Ints, rows: Ints) -> None:
        """Put new rows into the first free slots; of those that want one slot the last gets it, the others go on."""
        import numpy as np

        left = np.arange(len(rows))
        while len(left):
            free = left[self._slots[slots[left]] == _NEW]
            self._slots[slots[free]] = rows[free]
            left = left[self._slots[slots[left]] != rows[left]]
            slots[left] = (slots[left] + 1) & ((1 << _SLOT_BITS) - 1)


def find_first(keys: Keys) -> Ints:
    """Where each of the keys stands first."""
    import numpy as np

    order = np.lexsort(keys)
    low, high = keys.choose(order)
    turns = np.ones(len(order), np.bool_)
    turns[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return order[turns]


@functools.cache
def shared_vocabulary(profiles: Profiles) -> Vocabulary:
    """The one of this process for these profiles."""
    return Vocabulary(profiles)
