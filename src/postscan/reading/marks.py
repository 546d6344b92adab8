"""What platforms mark in their texts: entities at offsets of their own counting, in texts that they escape.

A mark is taken where the text has at its offsets what it names. It says where a link leads and what the platform
takes for a tag; whether that is an entity is never taken from it, but compared (`entities/marks.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from postscan.folding import hashtag_key
from postscan.model import Entity
from postscan.offsets import from_utf16

_ESCAPE = re.compile("&(amp|lt|gt);")
_SIGN = {"amp": "&", "lt": "<", "gt": ">"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BARE = {"hashtag": 1, "cashtag": 1, "handle": 1}
"""The characters of the sign that stands before what a mark names."""


class Claim(NamedTuple):
    """What a platform says stands somewhere in a text."""

    kind: str
    name: str
    """The tag, handle or symbol without its sign, or the link as it stands in the text."""
    start: int
    end: int
    expanded: str | None = None


class Unescaped:
    """A text that had &amp; &lt; &gt; in it, without them, and the way from its old offsets to the new ones."""

    __slots__ = ("_ends", "_lost", "text")

    def __init__(self, escaped: str) -> None:
        self.text = escaped
        self._ends: list[int] = []
        self._lost = [0]
        if "&" in escaped:
            self.text = _ESCAPE.sub(self._take, escaped)

    def _take(self, found: re.Match[str]) -> str:
        self._ends.append(found.end())
        self._lost.append(self._lost[-1] + len(found[0]) - 1)
        return _SIGN[found[1]]

    def at(self, offset: int) -> int:
        """Where an offset of the escaped text lies in the unescaped one."""
        return offset - self._lost[bisect_right(self._ends, offset)]


def unescape(text: str) -> str:
    """The text as it is read on platforms that escape three signs, and no others, in what they send.

    >>> unescape("Tea &amp; rice &lt;3 &copy;"), unescape("&amp;lt;")
    ('Tea & rice <3 &copy;', '&lt;')
    """
    return Unescaped(text).text


def place(escaped: str, claims: Iterable[Claim]) -> tuple[str, tuple[Entity, ...], list[Claim]]:
    r"""The unescaped text, the entities that are where their claims say, and the claims that are nowhere there.

    Offsets of claims are code points of the escaped text, as X counts, else UTF-16 code units of it.

    >>> place("Q&amp;A \N{FIRE} #tag", [Claim("hashtag", "tag", 10, 14)])[:2]
    ('Q&A 🔥 #tag', (Entity(kind='hashtag', start=6, end=10, value='tag', expanded=None),))
    """
    plain = Unescaped(escaped)
    as_written = plain.text is escaped
    found: dict[tuple[int, int], Entity] = {}
    lost: list[Claim] = []
    for claim in claims:
        kind, name, start, end, expanded = claim
        written = 0 <= start < end <= len(escaped) and escaped[start + _BARE.get(kind, 0) : end] == name
        if not written and not _names(claim, escaped, start, end):
            [(start, end)] = from_utf16(escaped, [(start, end)])
            if not _names(claim, escaped, start, end):
                lost.append(claim)
                continue
        span = (start, end) if as_written else (plain.at(start), plain.at(end))
        if span not in found:
            found[span] = mark(kind, plain.text[span[0] : span[1]], *span, expanded)
    return plain.text, tuple([found[span] for span in sorted(found)]), lost


def mark(kind: str, surface: str, start: int, end: int, expanded: str | None = None) -> Entity:
    """The entity that a platform marks, with the value that counts as the same (`docs/entities.md`)."""
    if kind == "hashtag":
        value = hashtag_key(surface)
    elif kind == "handle":
        value = surface[1:].lower()
    elif kind == "cashtag":
        value = surface[1:].upper()
    elif "." not in surface and expanded:  # words with a link behind them
        value = expanded
    else:
        value = surface if kind != "url" or _SCHEME.match(surface) else f"https://{surface}"
    return Entity(kind, start, end, value, expanded)


def _names(claim: Claim, text: str, start: int, end: int) -> bool:
    """Whether that name stands there, sign aside."""
    if not 0 <= start < end <= len(text):
        return False
    name = text[start + _BARE.get(claim.kind, 0) : end]
    return name == claim.name or name.casefold() == claim.name.casefold()
