"""Stretches of one script, and what a letter is, by one pinned Unicode version.

The interpreter's own tables move with its version; `data/_scripts.py` does not. Scripts are ISO 15924 codes (UAX 24):
"Arab", "Latn", "Zyyy" (Common) and so on; "Zzzz" for what the pinned version does not know.
"""

from __future__ import annotations

import functools
import re
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COMMON = frozenset(("Zyyy", "Zinh"))
# In a text written as classes, each letter is the sign of its script (chr(_FIRST + n)); the others are these:
_OTHER, _MARK, _SHARED = "-", "m", "c"
_FIRST = 0x100
_ASCII_RUN = re.compile(r"[A-Za-z](?:[^A-Za-z]*+[A-Za-z]++)*+")
_RUN = re.compile(
    r"""
    (?:c[-mc]*+)?            # letters that scripts share (tatweel), before the first of a script
    ([^-mc])                 # a letter
    (?:[-mc]*+\1++)*+        # all that follow in the same script, with what lies between
    (?:[-mc]*c)?             # shared letters after it
    m*+                      # and the marks on the last letter
    | c(?:[-mc]*c)?m*+       # shared letters alone
    """,
    re.VERBOSE,
)


class _Table:
    """The pinned ranges, sorted, with the code and kind (L letter, M mark, O other) of each."""

    __slots__ = ("codes", "ends", "kinds", "starts")

    def __init__(self) -> None:
        from postscan.data._scripts import SCRIPTS

        rows: list[tuple[int, int, str, str]] = []
        for line in SCRIPTS.replace("\n ", " ").strip().split("\n"):
            code, kind, *ranges = line.split(" ")
            for item in ranges:
                first, _, last = item.partition("-")
                rows.append((int(first, 16), int(last or first, 16) + 1, code, kind))
        rows.sort()
        self.starts = [row[0] for row in rows]
        self.ends = [row[1] for row in rows]
        self.codes = [row[2] for row in rows]
        self.kinds = [row[3] for row in rows]

    def find(self, ch: str) -> tuple[str, str]:
        """The code and kind of a character."""
        point = ord(ch)
        at = bisect_right(self.starts, point) - 1
        return (self.codes[at], self.kinds[at]) if at >= 0 and point < self.ends[at] else ("Zzzz", "O")


@functools.cache
def _table() -> _Table:
    return _Table()


@functools.cache
def _codes() -> list[str]:
    return sorted(set(_table().codes))


class _Scripts(dict[str, str]):
    """The script of each character that was asked for."""

    def __missing__(self, ch: str) -> str:
        self[ch] = code = _table().find(ch)[0]
        return code


class _Letters(dict[str, bool]):
    """Whether each character that was asked for is a letter."""

    def __missing__(self, ch: str) -> bool:
        self[ch] = found = _table().find(ch)[1] == "L"
        return found


class _Signs(dict[str, str]):
    """The sign that stands for each character's class in a text written as classes."""

    def __missing__(self, ch: str) -> str:
        code, kind = _table().find(ch)
        if kind == "L":
            sign = _SHARED if code in _COMMON else chr(_FIRST + _codes().index(code))
        else:
            sign = _MARK if kind == "M" else _OTHER
        self[ch] = sign
        return sign


_scripts, _letters, _signs = _Scripts(), _Letters(), _Signs()


def script_of(ch: str) -> str:
    r"""The ISO 15924 code of a character's script: "Zyyy" where scripts share it, "Zzzz" where it is unknown.

    A letter that is another one in another style, such as a mathematical bold A, has that one's script.

    >>> script_of("ک"), script_of("k"), script_of("!"), script_of("\N{MATHEMATICAL BOLD CAPITAL A}")
    ('Arab', 'Latn', 'Zyyy', 'Latn')
    """
    return _scripts[ch]


def is_letter(ch: str) -> bool:
    r"""Whether a character's general category is a letter's (L) in the pinned version; marks and digits are none.

    >>> [ch for ch in "aك٣\N{ARABIC FATHA}_" if is_letter(ch)]
    ['a', 'ك']
    """
    return _letters[ch]


@functools.cache
def _letter_flags() -> NDArray[np.bool_]:
    """Whether each code point is a letter."""
    import numpy as np

    flags = np.zeros(sys.maxunicode + 1, np.bool_)
    table = _table()
    for start, end, kind in zip(table.starts, table.ends, table.kinds, strict=True):
        flags[start:end] = kind == "L"
    return flags


def count_letters(text: str, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int32]:
    """How many letters, as `is_letter` has them, each span of a text has.

    >>> import numpy as np
    >>> count_letters("Gate 4, بوابة", np.array([0, 3]), np.array([4, 13])).tolist()
    [4, 6]
    """
    import numpy as np

    if not len(starts):
        return np.zeros(0, np.int32)
    points = np.frombuffer(f"{text}\0".encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = _letter_flags().take(points, mode="clip").view(np.int8)
    found: NDArray[np.int32] = np.add.reduceat(letters, np.stack((starts, ends), 1).ravel(), dtype=np.int32)[::2]
    found[starts >= ends] = 0  # reduceat has the first letter of an empty span
    return found


def script_runs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Maximal stretches from the first to the last letter of one script, as (start, end, ISO 15924 code), in order.

    Every letter lies in exactly one. Digits, marks and punctuation between letters of one script belong to its stretch,
    and so do the marks on its last letter. Letters that scripts share (tatweel, the Japanese length mark) join the
    stretch before them, or the first one after; a text of such letters alone is one stretch of "Zyyy".

    >>> script_runs("قال Reuters, BBC: نعم")
    [(0, 3, 'Arab'), (4, 16, 'Latn'), (18, 21, 'Arab')]
    """
    piece = text[start:end]
    if piece.isascii():
        return [(start + m.start(), start + m.end(), "Latn") for m in _ASCII_RUN.finditer(piece)]
    classes = "".join(map(_signs.__getitem__, piece))
    codes = _codes()
    return [
        (start + m.start(), start + m.end(), codes[ord(m[1]) - _FIRST] if m[1] else "Zyyy")
        for m in _RUN.finditer(classes)
    ]
