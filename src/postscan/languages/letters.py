"""What each code point is to the language layer, as arrays over a whole batch of texts.

The answers come from `scripts.py`'s pinned table, asked once for each code point that turns up and kept.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from postscan.scripts import is_letter, script_of, script_runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BREAK, SILENT, MARK, SHARED = 1, 2, 3, 4
"""What parts words; what is looked through (ZWJ, bidi controls); a mark on a letter; a letter that scripts share
(tatweel). Every higher number is a script, in the order in which it was met."""

ODD = 255
"""The number of letters that have none of their own."""
_LETTERS, _MARKS = range(1, 160), range(160, ODD)
"""The numbers of the letters of a script, and those of the marks of all."""
_SILENT = ((0x00AD, 0x00AD), (0x200D, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF))
_REPEATED = re.compile(r"(.)\1\1+", re.DOTALL)
_SPELLINGS = {
    "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}": "i",
    "\N{LATIN SMALL LETTER S WITH COMMA BELOW}": "\N{LATIN SMALL LETTER S WITH CEDILLA}",
    "\N{LATIN SMALL LETTER T WITH COMMA BELOW}": "\N{LATIN SMALL LETTER T WITH CEDILLA}",
}
"""As langdetect's profiles spell them."""


class Letters(NamedTuple):
    """One row a code point of a text."""

    code: NDArray[np.uint32]
    kind: NDArray[np.uint8]
    """BREAK, SILENT, MARK, SHARED or a script's number."""
    number: NDArray[np.uint8]
    """What stands, in a script, for the lower-case letter that profiles count; 0 for what they leave out, or ODD."""


class _Table:
    """Arrays over all code points, filled for those that were met."""

    def __init__(self) -> None:
        import numpy as np

        self.kind = np.zeros(0x110000, np.uint8)
        self.spelling = np.zeros(0x110000, np.uint32)
        self.number = np.zeros(0x110000, np.uint8)
        self.numbers: dict[int, dict[int, int]] = {}
        """By kind, the numbers of the letters that were met: one byte each, so that eight letters are one key."""
        self.capital = np.zeros(0x110000, np.bool_)
        self.scripts = ["", "", "", "", "Zyyy"]

    def add(self, code: int) -> None:
        ch = chr(code)
        if any(low <= code <= high for low, high in _SILENT):
            self.kind[code] = SILENT
        elif is_letter(ch):
            self._add_letter(code, ch)
        elif script_runs("a" + ch)[0][1] == 2:  # a mark goes with the letter before it
            self.kind[code] = MARK
            if script_of(ch) not in ("Zyyy", "Zinh", "Arab", "Hebr"):
                self._spell(code, code, _MARKS)  # vowel signs are letters to the profiles
        else:
            self.kind[code] = BREAK

    def _add_letter(self, code: int, ch: str) -> None:
        script = script_of(ch)
        if script in ("Zyyy", "Zinh"):
            self.kind[code] = SHARED
            return
        if script not in self.scripts:
            self.scripts.append(script)
        self.kind[code] = self.scripts.index(script)
        plain = unicodedata.normalize("NFKC", ch)  # presentation forms, bold and script letters
        plain = plain if len(plain) == 1 else ch
        self.capital[code] = plain.lower() != plain
        lower = _SPELLINGS.get(plain) or plain.lower()
        self._spell(code, ord(_SPELLINGS.get(lower, lower)) if len(lower) == 1 else code, _LETTERS)

    def _spell(self, code: int, spelled: int, free: range) -> None:
        """Keep how a code point is spelled, and the number of that; only so many are numbered."""
        numbers = self.numbers.setdefault(int(self.kind[code]), {})
        if spelled not in numbers and len(numbers) < len(free):
            numbers[spelled] = free[len(numbers)]
        self.spelling[code], self.number[code] = spelled, numbers.get(spelled, ODD)


@functools.cache
def _table() -> _Table:
    return _Table()


def read_letters(text: str) -> Letters:
    """What each code point of a text is."""
    import numpy as np

    table = _table()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    row = codes.astype(np.intp)  # once: as an index, every other type is converted anew, and slowly
    kind = table.kind.take(row)
    if not kind.all():
        for code in np.unique(codes[kind == 0]).tolist():
            table.add(code)
        kind = table.kind.take(row)
    return Letters(codes, kind, table.number.take(row))


def are_capitals(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which of the code points of a text that was read are capital letters."""
    return _table().capital.take(codes)


def script_name(kind: int) -> str:
    """The ISO 15924 code of a kind that stands for a script; "Zyyy" for SHARED."""
    return _table().scripts[kind]


def script_names() -> list[str]:
    """The code of every kind; those that stand for no script have none."""
    return _table().scripts


class Words(NamedTuple):
    """The words of a text as profiles spell them, one row a word."""

    code: NDArray[np.uint32]
    """The code points of the text."""
    at: NDArray[np.int64]
    """Where the letters of all words are in it."""
    eight: NDArray[np.uint64]
    """The numbers of eight letters from each of them on, a byte each, the first in the lowest."""
    first: NDArray[np.int64]
    """Where each word begins in them."""
    size: NDArray[np.int64]
    start: NDArray[np.int64]
    """Where each word begins in the text."""
    stretch: NDArray[np.int64]
    """The stretch that each word lies in."""

    odd: NDArray[np.bool_]
    """Words whose letters are to be spelled: some have no number, or stand more than twice in a row."""

    def choose(self, chosen: NDArray[np.int64]) -> Words:
        """Some of the words."""
        first, size, start, stretch = (column[chosen] for column in (self.first, self.size, self.start, self.stretch))
        return Words(self.code, self.at, self.eight, first, size, start, stretch, self.odd[chosen])

    def spell(self, chosen: NDArray[np.int64]) -> list[str]:
        """The chosen words as strings; a letter that stands more than twice in a row is written twice ("sooooo")."""
        import numpy as np

        sizes = self.size[chosen]
        ends = np.cumsum(sizes)
        letters = np.arange(sizes.sum()) + np.repeat(self.first[chosen] - (ends - sizes), sizes)
        text = _table().spelling.take(self.code[self.at[letters]]).tobytes().decode("utf-32-le")
        words = [text[end - size : end] for end, size in zip(ends.tolist(), sizes.tolist(), strict=True)]
        for word in self.odd[chosen].nonzero()[0].tolist():
            words[word] = _REPEATED.sub(r"\1\1", words[word])
        return words


def find_turns(values: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Where values begin that are others than the one before them; the first of all is one."""
    import numpy as np

    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first.nonzero()[0]


def find_words(letters: Letters, start: NDArray[np.int64], read: NDArray[np.bool_] | None = None) -> Words:
    """The words of a text from where the first stretch starts, or of those stretches that are to be read.

    Words end at anything but letters and marks, and where a stretch starts.
    """
    import numpy as np

    at = (letters.number != 0).nonzero()[0]
    number = letters.number.take(at)
    first = _find_firsts(letters, at, start)
    firsts = first.nonzero()[0]
    begins = at[firsts]
    edges = np.searchsorted(begins, start)
    stretch = np.repeat(np.arange(-1, len(start)), np.diff(edges, prepend=0, append=len(begins)))
    size = np.diff(firsts, append=len(at))
    same = number[1:] == number[:-1]
    again = (same[1:] & same[:-1]).nonzero()[0] + 2
    again = again[~(first[again] | first[again - 1])]
    odd = np.zeros(len(firsts), np.bool_)
    odd[np.searchsorted(firsts, np.append(again, (number == ODD).nonzero()[0]), "right") - 1] = True
    words = Words(letters.code, at, _join_numbers(number), firsts, size, begins, stretch, odd)
    kept = (letters.kind[begins] != MARK) & (stretch >= 0)  # no word begins with a vowel sign
    if read is not None:
        kept &= read[stretch]
    return words if kept.all() else words.choose(kept.nonzero()[0])


def _find_firsts(letters: Letters, at: NDArray[np.int64], start: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the counted letters, whose places these are, are the first of a word."""
    import numpy as np

    first = np.ones(len(at) + 1, np.bool_)  # one more for a stretch that no letter is counted of
    first[1:-1] = at[1:] - at[:-1] != 1  # something lies between, which parts words if it is a break
    gaps = first[:-1].nonzero()[0][1:]
    parted = letters.kind[at[gaps] - 1] == BREAK  # a space before the word, as nearly always
    if not parted.all():
        gaps = gaps[~parted]
        breaks = np.cumsum(letters.kind == BREAK, dtype=np.int32)
        first[gaps] = breaks[at[gaps]] != breaks[at[gaps - 1]]
    glued = start[letters.kind[start - 1] != BREAK]
    first[np.searchsorted(at, glued)] = True
    return first[:-1]


def _join_numbers(number: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The numbers of eight letters from each letter on in one; eight more, so that there is one eight letters on."""
    import numpy as np

    padded = np.zeros(len(number) + 16, np.uint8)
    padded[: len(number)] = number
    return np.ndarray((len(number) + 8,), np.dtype("<u8"), padded, 0, (1,)).astype(np.uint64)


def read_words(text: str, script: str) -> list[str]:
    """The words of a text in one script, as profiles count them.

    >>> read_words("Sooooo good: كتـــاب", "Latn")
    ['soo', 'good']
    """
    import numpy as np

    letters = read_letters(text)
    at = letters.number.nonzero()[0]
    words = find_words(letters, at[find_turns(letters.kind[at])])
    names = np.array([script_name(kind) == script for kind in letters.kind[words.start].tolist()], np.bool_)
    return words.spell(names.nonzero()[0])
