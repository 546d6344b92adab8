"""What common words say as wholes, where that is more than their letters say.

A model of four letters does not know that a word is common: Arabic "عاجل" (breaking) is made of letters that follow
each other as often in Pashto. A word that was counted is as likely as its share of the words of the language, less a
fifth that is left to the words that were not; so a post of three words is told by what its words are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from postscan.languages.logarithms import CERTAIN, CERTAIN_BITS, log_thousandths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_UNHEARD = -(1 << 30)
"""Less than any word's letters say."""
_KNOWN = (4, 5)
"""The share of the words of a text that were counted."""


class Lexicon:
    """How common whole words are in each of some languages."""

    def __init__(self, counts: Sequence[Mapping[str, int]], totals: Sequence[int]) -> None:
        """From how often each word was counted among how many words, a mapping and a number for each language."""
        import numpy as np

        words = sorted({word for some in counts for word in some})
        self._rows = {word: row for row, word in enumerate(words, 1)}  # row 0 is any word that was not counted
        self._table = np.full((len(words) + 1, len(counts)), _UNHEARD, np.int32)
        for column, (some, total) in enumerate(zip(counts, totals, strict=True)):
            times = np.fromiter(some.values(), np.int64, len(some))
            chance = (times << CERTAIN_BITS) * _KNOWN[0] // (_KNOWN[1] * total)
            rows = np.fromiter((self._rows[word] for word in some), np.int64, len(some))
            self._table[rows, column] = log_thousandths(np.maximum(chance, 1)) - CERTAIN

    def look_up(self, words: Sequence[str]) -> NDArray[np.int32]:
        """For each word, the logarithm of its chance in each language, in thousandths of a bit."""
        import numpy as np

        rows = np.fromiter((self._rows.get(word, 0) for word in words), np.int64, len(words))
        return self._table[rows]
