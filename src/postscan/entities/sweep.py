"""Entities of a text in one pass: what stands free is settled at once, the rules read the lines where something is not.

A tag, handle or link stands free if white space or plain marks are around it, as for most of them. What is found is the
same: the rules alone would find it too, only slower.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from postscan.entities.characters import class_of
from postscan.entities.emojis import CLUSTERS, KEYCAP, cluster_classes
from postscan.entities.hosts import MAYBE_TLD, tld_end
from postscan.entities.links import plain_link
from postscan.entities.rules import apply_rules
from postscan.entities.values import VALUES

Found = tuple[str, int, int, str]
"""Kind, start, end and value of an entity."""

_SCHEME = len("https")
_ENTANGLED = f"\N{FULLWIDTH NUMBER SIGN}\N{FULLWIDTH COMMERCIAL AT}{KEYCAP}"
_NO_KEYCAP = f"(?![\N{VARIATION SELECTOR-16}{KEYCAP}])"
# What may stand directly before and after a tag or handle that stands free. No rule for any kind looks at these,
# but for a colon or stop with something after it.
_BEFORE = " \\n\\t(\"'.,:\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}\N{ARABIC COMMA}"
_AFTER = (
    "(?=[ \\n\\t\\r,!?)\"';\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{RIGHT DOUBLE QUOTATION MARK}\N{HORIZONTAL ELLIPSIS}\N{ARABIC COMMA}\N{ARABIC SEMICOLON}"
    "\N{ARABIC QUESTION MARK}]|[.:](?=[ \\n]|\\Z)|\\Z)"
)


@functools.cache
def _scanner(characters: str) -> Callable[[str, int], Iterator[re.Match[str]]]:
    """Finds every place where an entity might be, in text of "ascii" or "all" characters.

    The search goes by one class of characters. The last group of a match says what stands free there; a match without
    one is of something entangled.
    """
    letters, of_tag, tag_end, signs, others = "A-Za-z", "[A-Za-z0-9_]", "", "", ""
    if characters != "ascii":
        from postscan.data._twitter import TAG_CHARACTERS, TAG_LETTERS

        letters = class_of(TAG_LETTERS)
        # A class with far ranges is slow on every miss; the look-ahead keeps it from near text.
        far = rf"(?=[\U00010000-\U0010FFFF])[{class_of(TAG_CHARACTERS, astral=True)}]"
        of_tag = rf"(?:[{class_of(TAG_CHARACTERS)}]++|{far})"
        first, later = cluster_classes()
        signs = f"{_ENTANGLED}{first}"
        others = rf"| (?<=[{first}]) (?P<emoji> [{later}]*+ ) | (?<=[{_ENTANGLED}])"
        # A character of emoji that is one of tags, too, might belong to a sequence that goes on.
        tag_end = rf"(?<![{later}{KEYCAP}])"
    return re.compile(
        rf"""
        [\#@.:${signs}]
        (?: (?<=\#) (?: (?<![^{_BEFORE}]\#) (?P<hashtag> {_NO_KEYCAP}(?=[{letters}]){of_tag}++ ) {tag_end}{_AFTER}
                     | (?=[0-9]*+{of_tag}) )
          | (?<=@)  (?: (?<![^{_BEFORE}]@) (?P<handle> [A-Za-z0-9_]{{1,20}}+ ) {_AFTER} | (?=[^ \n]) )
          | (?<=\.) (?P<dot> {MAYBE_TLD} )
          | (?<=:)  (?<=https:) (?<![^ \n]https:) (?P<short> //t\.co/[A-Za-z0-9]{{1,40}}+ ) (?=[ \n]|\Z)
          | (?<=\$) (?: (?<![^ \n]\$) (?P<cashtag> [A-Za-z]{{1,6}}+ ) (?=[ \n,!?)]|\Z) | (?=[A-Za-z]) )
          {others}
        )""",
        re.VERBOSE,
    ).finditer


def sweep_text(text: str) -> list[Found]:
    """All entities as (kind, start, end, value), sorted and disjoint.

    No entity goes over the end of a line, and what stands in one line says nothing about the next.
    """
    found: list[Found] = []
    at = _add_free(text, 0, found)
    while at >= 0:
        start, stop = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        while found and found[-1][1] >= start:
            found.pop()
        # With the line breaks: the start of a text is not the same as the start of a line.
        base = max(start - 1, 0)
        line = text[base : stop + 1] if stop >= 0 else text[base:]
        found += [(kind, base + a, base + b, VALUES[kind][line[a:b]]) for a, b, kind in apply_rules(line)]
        at = _add_free(text, stop, found) if stop >= 0 else -1
    return found


def _add_free(text: str, at: int, found: list[Found]) -> int:
    """Adds the entities that stand free from a place on, up to something entangled; where that is, or -1."""
    done = 0
    for match in _scanner("ascii" if text.isascii() else "all")(text, at):
        kind = match.lastgroup
        start, end = match.span()
        if kind == "short":
            found.append(("url", start - _SCHEME, end, f"https{match[0]}"))
        elif kind == "hashtag" or kind == "handle" or kind == "cashtag":  # noqa: PLR1714  # quicker than a set
            found.append((kind, start, end, VALUES[kind][match[0]]))
        elif kind == "emoji":
            cluster = match[0]
            for a, b in CLUSTERS[cluster]:
                found.append(("emoji", start + a, start + b, cluster[a:b]))
        elif kind == "dot":
            if start >= done and tld_end(text, start, end):
                link = plain_link(text, start)
                if link is None:
                    return start
                start, done = link.span()
                found.append(("url", start, done, link[0] if link[1] else f"https://{link[0]}"))
        else:
            return start
    return -1
