"""Emoji sequences of the installed `emoji` package, found as its `emoji_list` finds them, but in linear time."""

from __future__ import annotations

import functools
import re
from typing import Any

from postscan.remembered import Remembered

_JOINER = "\N{ZERO WIDTH JOINER}"
_SELECTOR = "\N{VARIATION SELECTOR-16}"
KEYCAP = "\N{COMBINING ENCLOSING KEYCAP}"
_KEYCAPS = re.compile(f"[0-9#*]{_SELECTOR}?{KEYCAP}")
_BARE = frozenset("©®\N{TRADE MARK SIGN}")
_END = ""
"""The key, in the tree of sequences, of the place where one ends; its value says whether that is a component."""


@functools.cache
def _tree() -> dict[str, Any]:
    """All sequences, character by character."""
    from emoji.unicode_codes import EMOJI_DATA, STATUS

    tree: dict[str, Any] = {}
    for sequence, data in EMOJI_DATA.items():
        node = tree
        for ch in sequence:
            node = node.setdefault(ch, {})
        node[_END] = data["status"] == STATUS["component"]
    return tree


@functools.cache
def cluster_classes() -> tuple[str, str]:
    """The insides of two character classes: what an emoji that is not ASCII begins with, and what may follow."""
    near = "".join(map(re.escape, sorted(ch for ch in _tree() if not ch.isascii() and ch <= "\uffff")))
    first = f"{near}\U0001f000-\U0001faff"  # beyond the first plane coarse ranges will do
    return first, f"{first}\U000e0020-\U000e007f{_JOINER}\N{VARIATION SELECTOR-15}{_SELECTOR}"


@functools.cache
def _cluster() -> re.Pattern[str]:
    """A stretch of characters of sequences that begins as one does, but for the ASCII ones."""
    first, later = cluster_classes()
    return re.compile(f"[{first}][{later}]*+")


def find_emoji(text: str) -> list[tuple[int, int, str]]:
    """Emoji sequences, a variation selector after one included; a bare copyright or trade mark sign is none."""
    if text.isascii():
        return []
    found: list[tuple[int, int, str]] = []
    for match in _cluster().finditer(text):
        start = match.start()
        found += [(start + first, start + last, "emoji") for first, last in CLUSTERS[match[0]]]
    if KEYCAP in text:
        for match in _KEYCAPS.finditer(text):
            end = match.end()
            found.append((match.start(), end + text.startswith(_SELECTOR, end), "emoji"))
    return found


def _find_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the emoji in a stretch of emoji characters.

    A sequence goes on as far as any sequence does; where it then turns out to be none, and a joiner stood in it, it is
    read again with an end before that joiner.
    """
    tree = _tree()
    tokens: list[tuple[int, int, bool]] = []
    """Emoji, and single characters that might have begun one, since the last character that could not."""
    spans: list[tuple[int, int]] = []
    refused: set[int] = set()
    at, length = 0, len(text)
    while at < length:
        ch = text[at]
        if at in refused:
            at += 1
        elif ch in tree:
            end = at + 1
            node = tree[ch]
            while end < length and end not in refused and text[end] in node:
                node = node[text[end]]
                end += 1
            found = _END in node
            tokens.append((at, end if found else at + 1, found))
            at = tokens[-1][1]
        elif ch == _JOINER and tokens and text[at - 1] in tree and (tokens[-1][2] or _END in tree[text[at - 1]]):
            refused.add(at)
            at = tokens.pop()[0]
            if tree[text[at]].get(_END) and tokens and tokens[-1][1] == at:  # a skin tone and the like
                at = tokens.pop()[0]
        else:
            spans += [(start, end) for start, end, found in tokens if found]
            tokens = []
            at += 1
    spans += [(start, end) for start, end, found in tokens if found]
    return [(start, end + text.startswith(_SELECTOR, end)) for start, end in spans if text[start:end] not in _BARE]


CLUSTERS = Remembered(_find_spans, most=1 << 14, longest=24)
"""The spans of the emoji in a stretch of emoji characters."""
