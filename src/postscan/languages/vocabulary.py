"""Keeps what the words that were met say in each language: texts repeat their words, so most are summed once.

A speed, never an answer: what is kept is what `Profiles.sum_words` says of the word alone. Short words, which are most,
are packed into one number, exactly, and found in a table of numbers for a whole batch at once; longer ones by spelling.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from postscan.languages.letters import Words
from postscan.languages.profiles import Profiles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Rows = NDArray[np.int32]

_NEW = -1
_KEPT = 1 << 16
"""Words of a script that are kept before all are forgotten together."""
_SLOT_BITS = 18
_FACTOR = 0x9E3779B97F4A7C15
"""2**64 divided by the golden ratio (Knuth's multiplicative hashing)."""


class Vocabulary:
    """The words of one script that were met, and what they say."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles
        self._forget()

    def _forget(self) -> None:
        import numpy as np

        self._keys = np.zeros(1 << _SLOT_BITS, np.int64)
        self._rows = np.zeros(1 << _SLOT_BITS, np.int64)
        self._long: dict[str, int] = {}
        self._sums = np.zeros((_KEPT, len(self._profiles.codes)), np.int32)
        self._used = 0

    def sum_words(self, words: Words, chosen: Ints) -> Rows:
        """What the chosen words say: a row for each, a column a language."""
        import numpy as np

        parts = [self._sum_some(words, chosen[at : at + _KEPT]) for at in range(0, len(chosen), _KEPT)]
        return np.concatenate(parts) if len(parts) != 1 else parts[0]

    def _sum_some(self, words: Words, chosen: Ints) -> Rows:
        import numpy as np

        keys = self._profiles.pack_words(words.letters, words.first[chosen], words.size[chosen])
        short = keys.nonzero()[0]
        long = (keys == 0).nonzero()[0].tolist()
        spelled = words.spell(chosen[long])
        found = self._find(keys[short])
        known = [self._long.get(word, _NEW) for word in spelled]
        if _NEW in known or (found < 0).any():
            new_keys, firsts = np.unique(keys[short[found < 0]], return_index=True)
            new_long = [word for word in dict.fromkeys(spelled) if word not in self._long]
            if self._used + len(new_keys) + len(new_long) > _KEPT and self._used:
                self._forget()
                return self._sum_some(words, chosen)
            self._add(new_keys, words.spell(chosen[short[found < 0][firsts]]), new_long)
            found = self._find(keys[short])
            known = [self._long[word] for word in spelled]
        rows = np.empty(len(chosen), np.int64)
        rows[short] = found
        rows[long] = known
        return self._sums.take(rows, axis=0)

    def _add(self, keys: Ints, short: Sequence[str], long: Sequence[str]) -> None:
        """Sum new words: short ones, whose keys these are, and long ones."""
        import numpy as np

        base, middle, end = self._used, self._used + len(short), self._used + len(short) + len(long)
        self._sums[base:end] = self._profiles.sum_words([*short, *long])
        self._insert(keys, np.arange(base, middle))
        self._long.update(zip(long, range(middle, end), strict=True))
        self._used = end

    def _slots(self, keys: Ints) -> Ints:
        import numpy as np

        hashed = keys.astype(np.uint64) * np.uint64(_FACTOR)
        return (hashed >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)

    def _find(self, keys: Ints) -> Ints:
        """The row of each key, or _NEW: linear probing, all keys at once."""
        import numpy as np

        slots = self._slots(keys)
        there = self._keys[slots]
        rows = np.where(there == keys, self._rows[slots], _NEW)
        left = ((there != keys) & (there != 0)).nonzero()[0]
        while len(left):
            slots[left] = (slots[left] + 1) & ((1 << _SLOT_BITS) - 1)
            there = self._keys[slots[left]]
            hit = there == keys[left]
            rows[left[hit]] = self._rows[slots[left[hit]]]
            left = left[~hit & (there != 0)]
        return rows

    def _insert(self, keys: Ints, rows: Ints) -> None:
        """Put new keys into the first free slots; of those that want one slot the last gets it, the others go on."""
        import numpy as np

        slots = self._slots(keys)
        left = np.arange(len(keys))
        while len(left):
            free = left[self._keys[slots[left]] == 0]
            self._keys[slots[free]] = keys[free]
            self._rows[slots[free]] = rows[free]
            left = left[self._keys[slots[left]] != keys[left]]
            slots[left] = (slots[left] + 1) & ((1 << _SLOT_BITS) - 1)


@functools.cache
def shared_vocabulary(profiles: Profiles) -> Vocabulary:
    """The one of this process for these profiles."""
    return Vocabulary(profiles)
