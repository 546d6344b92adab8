r"""What is written differently and counts as the same: keys of hashtags, and text folded for search.

Arabic and Persian letters are folded as Lucene's ArabicNormalizer and PersianNormalizer do. Both folds give the same on
every supported Python: characters that came after Unicode 14 are left as they are, and for the others NFKC and case
folding are stable by Unicode's policy.
"""

from __future__ import annotations

import functools
import itertools
import sys
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LETTERS = {
    "\N{ARABIC LETTER ALEF}": "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}\N{ARABIC LETTER ALEF WITH HAMZA BELOW}"
    "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}\N{ARABIC LETTER ALEF WASLA}",
    "\N{ARABIC LETTER YEH}": "\N{ARABIC LETTER ALEF MAKSURA}\N{ARABIC LETTER FARSI YEH}\N{ARABIC LETTER YEH BARREE}",
    "\N{ARABIC LETTER KAF}": "\N{ARABIC LETTER KEHEH}",
    "\N{ARABIC LETTER HEH}": "\N{ARABIC LETTER TEH MARBUTA}\N{ARABIC LETTER HEH GOAL}"
    "\N{ARABIC LETTER HEH WITH YEH ABOVE}\N{ARABIC LETTER TEH MARBUTA GOAL}",
}
"""Each letter with those that are written as it."""
_MARKS = frozenset(map(chr, (*range(0x64B, 0x660), 0x670, 0x640)))
"""Harakat and tatweel: they belong to the letter before them."""
_HIDDEN = frozenset(map(chr, (0x61C, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Joiners and bidi controls."""
_SELECTORS = frozenset(map(chr, (0x180B, 0x180C, 0x180D, 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_QUOTES = {
    "'": "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"
    "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}\N{PRIME}",
    '"': "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
    "\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}\N{DOUBLE PRIME}",
}
_BLANKS = (
    "\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}\N{IDEOGRAPHIC SPACE}"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
_PRESENTATION_FORMS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF))


@functools.cache
def _newer() -> frozenset[str]:
    """The characters that Unicode 14 does not have."""
    from postscan.data._scripts import NEWER

    pairs = (item.partition("-") for item in NEWER.split())
    return frozenset(chr(cp) for first, _, last in pairs for cp in range(int(first, 16), int(last or first, 16) + 1))


@functools.cache
def _digits() -> dict[str, str]:
    """The ASCII digit for each decimal digit of any script."""
    from postscan.data._scripts import ZEROS

    return {chr(int(zero, 16) + n): str(n) for zero in ZEROS.split() for n in range(10)}


@functools.cache
def _key_table() -> dict[int, str]:
    """What the Arabic fold makes of a character of a tag."""
    table = {ord(ch): letter for letter, forms in _LETTERS.items() for ch in forms}
    table |= {ord(ch): "" for ch in _MARKS | _HIDDEN | _SELECTORS}
    return table | {ord(ch): digit for ch, digit in _digits().items()}


def hashtag_key(tag: str) -> str:
    r"""What counts as the same hashtag: NFKC, case fold, the Arabic fold, ASCII digits, in this order, without "#".

    Harakat, tatweel, joiners, bidi controls and variation selectors go; the forms of alef, yeh, kaf and heh become one
    each. A tag of which nothing would be left keeps its case-folded form.

    >>> [hashtag_key(tag) for tag in ("#AceNewsDesk", "#أَفْغَانِسْتَان", "#می\N{ZERO WIDTH NON-JOINER}خواهم", "#کووید_۱۹")]
    ['acenewsdesk', 'افغانستان', 'ميخواهم', 'كوويد_19']
    """
    tag = tag.removeprefix("#").removeprefix("\N{FULLWIDTH NUMBER SIGN}")
    if tag.isascii():
        return tag.lower()
    if _newer().isdisjoint(tag):
        plain = unicodedata.normalize("NFKC", tag).casefold()
    else:  # piece by piece, so that every Python leaves the newer characters alone
        plain = "".join(ch if ch in _newer() else unicodedata.normalize("NFKC", ch).casefold() for ch in tag)
    return plain.translate(_key_table()) or plain


class _Folds(dict[int, str]):
    """What each character becomes in text folded for search; filled as characters are met."""

    def __init__(self) -> None:
        super().__init__(_key_table())
        for plain, forms in {**_QUOTES, " ": _BLANKS}.items():
            self.update(dict.fromkeys(map(ord, forms), plain))
        self.update({point: chr(point).lower() for point in range(128)})

    def __missing__(self, point: int) -> str:
        ch = chr(point)
        if any(point in forms for forms in _PRESENTATION_FORMS):
            folded = unicodedata.normalize("NFKC", ch).translate(_key_table()) if ch not in _newer() else ch
        else:
            folded = ch if ch in _newer() else ch.casefold()
        self[point] = folded
        return folded


@functools.cache
def _folds() -> _Folds:
    return _Folds()


class Folded:
    """A text folded for search, and the way back to the original's offsets."""

    __slots__ = ("_origins", "_source", "text")

    def __init__(self, source: str, text: str) -> None:
        self._source = source
        self._origins: list[int] | None = None
        self.text = text
        """The folded text."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the folded text came from, marks on its last letter included."""
        if self._source.isascii():
            return start, end
        if self._origins is None:
            folds = _folds()
            self._origins = [at for at, ch in enumerate(self._source) for _ in folds[ord(ch)]]
        origins, length = self._origins, len(self._source)
        first = origins[start] if start < len(origins) else length
        if end <= start:
            return first, first
        last = origins[end - 1] + 1
        while last < length and self._source[last] in _MARKS:
            last += 1
        return first, last


def search_fold(text: str) -> Folded:
    """The text as words are looked up in it: case-folded, without harakat, tatweel, joiners and bidi controls.

    Alef, yeh, kaf and heh are folded as in a hashtag's key, joined Arabic presentation forms are taken apart, curly
    quotes become straight, exotic spaces a space, digits ASCII. Line breaks and dashes stay.

    >>> folded = search_fold("قالت «وكالةُ» الأنباء: “Reuters”")
    >>> folded.text
    'قالت «وكاله» الانباء: "reuters"'
    >>> at = folded.text.index("وكاله")
    >>> folded.span(at, at + 5)
    (6, 12)
    """
    return Folded(text, text.lower() if text.isascii() else text.translate(_folds()))


_UNMET, _GONE, _SEVERAL = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SPACE, _LINE = ord(" "), ord("\n")


class _Points:
    """What each code point becomes in `folded_words`: arrays over all code points, filled for those that were met."""

    def __init__(self) -> None:
        import numpy as np

        self.folded = np.full(sys.maxunicode + 1, _UNMET, np.uint32)
        """The code point that it becomes; _GONE, or _SEVERAL for those that `several` has."""
        self.several: dict[int, list[int]] = {}

    def read(self, points: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """What these become, one number for each."""
        import numpy as np

        folded = self.folded.take(points, mode="clip")  # all are in range: the mode saves a copy
        unmet = np.flatnonzero(folded == _UNMET)
        if len(unmet):
            for point in np.unique(points[unmet]).tolist():
                made = [_SPACE if ch.isspace() else ord(ch) for ch in _folds()[point]]
                self.folded[point] = made[0] if len(made) == 1 else _SEVERAL if made else _GONE
                self.several[point] = made
            folded = self.folded.take(points, mode="clip")
        return folded

    def resolve(self, folded: NDArray[np.uint32], points: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """What `read` says of these points, with all code points of those that become several and none of the gone."""
        import numpy as np

        longer = np.flatnonzero(folded == _SEVERAL)
        if len(longer):
            made = [self.several[point] for point in points[longer].tolist()]
            sizes = np.ones(len(points), np.int64)
            sizes[longer] = [len(some) for some in made]
            folded = np.repeat(folded, sizes)
            folded[folded == _SEVERAL] = list(itertools.chain.from_iterable(made))
        left: NDArray[np.uint32] = folded[folded != _GONE]
        return left


@functools.cache
def _points() -> _Points:
    return _Points()


def folded_words(texts: Sequence[str]) -> list[bytes]:
    r"""Each text folded for search, in UTF-8, with one space for each stretch of white space and none around it.

    All are folded together, in arrays of some ten bytes a character. As no line end is left in any, lines part them.

    >>> [words.decode() for words in folded_words([" قالت  وكالةُ\nالأنباء ", "The  Gate"])]
    ['قالت وكاله الانباء', 'the gate']
    """
    import numpy as np

    if not texts:
        return []
    points = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)[:-1] - 1
    table = _points()
    folded = table.read(points)
    folded[ends] = _LINE
    if folded.max(initial=0) >= _SEVERAL:
        folded = table.resolve(folded, points)
    space = folded == _SPACE
    again = space[1:] & space[:-1]
    if again.any():
        folded = np.delete(folded, np.flatnonzero(again) + 1)
    words = folded.tobytes().decode("utf-32-le", "surrogatepass").encode("utf-8", "surrogatepass")
    return [some.strip(b" ") for some in words.split(b"\n")]
