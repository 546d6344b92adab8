"""Signs that are not seen, kept through trafilatura: Persian's joiners, those of emoji, marks of direction.

trafilatura leaves out what Python calls not printable, and writes a Persian word with a joiner as another word. So each
such sign is exchanged for a letter that the page has not, and comes back in what is found.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from postscan.reading.markup import accepted

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"  # says where a line may break: words are found without it
_LETTERS = range(0xA000, 0xA48D)
"""Of Yi: printable, and in hardly any page."""


def exchange_unseen(tree: Any) -> dict[int, str]:
    """The letters that stand for the unseen signs of a tree from now on, each with its sign."""
    texts = [
        part for element in tree.iter("*") for part in (element.text, element.tail, element.get("content")) if part
    ]
    found: set[str] = set().union(*(text for text in texts if not text.isprintable()))
    unseen = sorted(sign for sign in found if unicodedata.category(sign) == "Cf" and sign != _SOFT_HYPHEN)
    if not unseen:
        return {}
    used = set().union(*texts)
    letters = [letter for letter in map(chr, _LETTERS) if letter not in used]
    there = {ord(sign): letter for sign, letter in zip(unseen, letters, strict=False)}
    for element in tree.iter("*"):
        for name in ("text", "tail"):
            if text := getattr(element, name):
                setattr(element, name, accepted(text.translate(there)))
        if content := element.get("content"):
            element.set("content", accepted(content.translate(there)))
    return {ord(letter): chr(sign) for sign, letter in there.items()}


def restore_unseen(text: str, signs: dict[int, str]) -> str:
    """The text with its unseen signs, without the lines that have nothing else."""
    if not signs:
        return text
    nothing = dict.fromkeys(signs)
    lines = (line for line in text.split("\n") if not line or line.translate(nothing).strip())
    return "\n".join(lines).translate(signs)
