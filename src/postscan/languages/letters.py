"""What each code point is to the language layer, as arrays over a whole batch of texts.

The answers come from `scripts.py`'s pinned table, asked once for each code point that turns up and kept.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from postscan.scripts import is_letter, script_of, script_runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BREAK, SILENT, MARK, SHARED = 1, 2, 3, 4
"""What parts words; what is looked through (ZWJ, bidi controls); a mark on a letter; a letter that scripts share
(tatweel). Every higher number is a script, in the order in which it was met."""

_SILENT = ((0x00AD, 0x00AD), (0x200D, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF))
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
    spelling: NDArray[np.uint32]
    """The lower-case letter that profiles count; 0 for what they leave out."""


class _Table:
    """Arrays over all code points, filled for those that were met."""

    def __init__(self) -> None:
        import numpy as np

        self.kind = np.zeros(0x110000, np.uint8)
        self.spelling = np.zeros(0x110000, np.uint32)
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
                self.spelling[code] = code  # vowel signs are letters to the profiles
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
        self.spelling[code] = ord(_SPELLINGS.get(lower, lower)) if len(lower) == 1 else code


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
    return Letters(codes, kind, table.spelling.take(row))


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

    letters: NDArray[np.uint32]
    """The letters of all words."""
    first: NDArray[np.int64]
    """Where each word begins in them."""
    size: NDArray[np.int64]
    start: NDArray[np.int64]
    """Where each word begins in the text."""

    def spell(self, chosen: NDArray[np.int64]) -> list[str]:
        """The chosen words as strings."""
        first, size = self.first[chosen], self.size[chosen]
        if not len(chosen):
            return []
        text = self.letters.tobytes().decode("utf-32-le")
        return [text[at:end] for at, end in zip(first.tolist(), (first + size).tolist(), strict=True)]


def find_turns(values: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Where values begin that are others than the one before them; the first of all is one."""
    import numpy as np

    first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first.nonzero()[0]


def find_words(letters: Letters, stretch: NDArray[np.integer[Any]]) -> Words:
    """The words of a text.

    Words end at anything but letters and marks, and where the number of the stretch changes; letters in a stretch
    below 0 are left out. A letter that stands more than twice in a row is written twice ("sooooo").
    """
    import numpy as np

    at = ((letters.spelling != 0) & (stretch >= 0)).nonzero()[0]
    spelled = letters.spelling.take(at)
    first = np.ones(len(at), np.bool_)
    first[1:] = at[1:] - at[:-1] != 1  # something lies between, which parts words if it is a break
    gaps = first.nonzero()[0][1:]
    parted = letters.kind[at[gaps] - 1] == BREAK  # a space before the word, as nearly always
    first[gaps] = parted
    if not parted.all():
        gaps = gaps[~parted]
        breaks = np.cumsum(letters.kind == BREAK, dtype=np.int32)
        first[gaps] = breaks[at[gaps]] != breaks[at[gaps - 1]]
    turns = np.searchsorted(at, (stretch[1:] != stretch[:-1]).nonzero()[0] + 1)
    turns = turns[(turns > 0) & (turns < len(at))]
    first[turns] |= stretch[at[turns]] != stretch[at[turns - 1]]
    again = np.zeros(len(at), np.bool_)
    again[1:] = (spelled[1:] == spelled[:-1]) & ~first[1:]
    again[1:] &= again[:-1].copy()
    if again.any():
        at, spelled, first = at[~again], spelled[~again], first[~again]
    firsts = first.nonzero()[0]
    words = Words(spelled, firsts, np.append(firsts[1:], len(at)) - firsts, at[firsts])
    signs = letters.kind[words.start] == MARK  # no word begins with a vowel sign
    if signs.any():
        words = Words(spelled, *(column[~signs] for column in words[1:]))
    return words


def read_words(text: str, script: str) -> list[str]:
    """The words of a text in one script, as profiles count them.

    >>> read_words("Sooooo good: كتـــاب", "Latn")
    ['soo', 'good']
    """
    import numpy as np

    letters = read_letters(text)
    words = find_words(letters, letters.kind)
    names = np.array([script_name(kind) == script for kind in letters.kind[words.start].tolist()], np.bool_)
    return words.spell(names.nonzero()[0])
