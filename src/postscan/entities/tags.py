"""What a hashtag's spelling says: its words, and whether it is made to look like another."""

from __future__ import annotations

import functools
import re

from postscan.scripts import is_letter, script_of

_BIDI = re.compile(
    "[\N{ARABIC LETTER MARK}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}]"
)
_JOINER = re.compile("[\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}]")
_BETWEEN_WORDS = re.compile(
    "[_\N{KATAKANA MIDDLE DOT}\N{MIDDLE DOT}\N{HEBREW PUNCTUATION MAQAF}\N{WAVE DASH}\N{FULLWIDTH TILDE}]+"
)
_ALPHABETS = frozenset(("Armn", "Cyrl", "Grek", "Latn"))


@functools.cache
def _lookalikes() -> dict[str, frozenset[str]]:
    """For each letter that looks like one of another alphabet, these alphabets."""
    from postscan.data._lookalikes import GROUPS

    groups = [[chr(int(point, 16)) for point in line.split()] for line in GROUPS.strip().split("\n")]
    return {
        letter: frozenset(script_of(other) for other in group) - {script_of(letter)}
        for group in groups
        for letter in group
    }


def split_tag(tag: str) -> tuple[str, ...]:
    """The words of a hashtag as its spelling divides them: at underscores, capitals, digits and changes of script.

    Digits stay with capitals before them (G20, COVID19). Words written together in one case are one word.

    >>> split_tag("#AceNewsDesk"), split_tag("#BBCNews24h"), split_tag("#G20Summit")
    (('Ace', 'News', 'Desk'), ('BBC', 'News', '24', 'h'), ('G20', 'Summit'))
    >>> split_tag("#أخبار_كابل_2021")
    ('أخبار', 'كابل', '2021')
    """
    words: list[str] = []
    for piece in _BETWEEN_WORDS.split(tag.lstrip("#\N{FULLWIDTH NUMBER SIGN}")):
        if piece:
            words += _split_piece(piece)
    return tuple(words)


def _split_piece(piece: str) -> list[str]:
    """The words of a piece of a tag without separators."""
    words = []
    start = 0
    kinds = [_kind(ch) for ch in piece]
    base = 0  # the last character that is not a mark or joiner
    for at in range(1, len(piece)):
        if not kinds[at]:
            continue
        before, now = kinds[base], kinds[at]
        if before and before != now:
            if before != "upper" or now not in ("lower", "digit"):
                words.append(piece[start:at])
                start = at
            elif now == "lower" and base > start:
                words.append(piece[start:base])  # the last of several capitals begins the next word
                start = base
        base = at
    return [*words, piece[start:]]


def _kind(ch: str) -> str:
    """The kind of a character for the division into words: a case, a script, digit; empty for marks and joiners."""
    if is_letter(ch):
        if ch.isupper():
            return "upper"
        return "lower" if ch.islower() else script_of(ch)
    return "digit" if ch.isdecimal() else ""


@functools.lru_cache(maxsize=8192)
def suspicious(tag: str) -> str | None:
    r"""Why a tag might not be what it looks like, after UTS 39; None for most.

    "bidi-control": a control of writing direction in it; "joiner": an invisible joiner beside a letter of an alphabet
    that joins nothing; "look-alike": a word of two alphabets, all letters of one of which look like letters of the
    other. Letters that one language adds to another's script, and tags of two scripts side by side, are none.

    >>> suspicious("#Taliban"), suspicious("#T\N{CYRILLIC SMALL LETTER A}liban"), suspicious("#کابلKabul")
    (None, 'look-alike', None)
    """
    if tag.isascii():
        return None
    if _BIDI.search(tag):
        return "bidi-control"
    for match in _JOINER.finditer(tag):
        neighbours = tag[max(match.start() - 1, 0) : match.start()] + tag[match.end() : match.end() + 1]
        if any(script_of(ch) in _ALPHABETS for ch in neighbours):
            return "joiner"
    if any(map(_is_mixed, _BETWEEN_WORDS.split(tag))):
        return "look-alike"
    return None


def _is_mixed(word: str) -> bool:
    """Whether all letters of one of a word's alphabets look like letters of another one in it."""
    letters: dict[str, set[str]] = {}
    for ch in word:
        if is_letter(ch) and (script := script_of(ch)) in _ALPHABETS:
            letters.setdefault(script, set()).add(ch)
    known = _lookalikes()
    return any(
        other != script and all(other in known.get(ch, ()) for ch in found)
        for script, found in letters.items()
        for other in letters
    )
