"""The pieces that rules decide on: the lines between the embeds, and what a seam cuts off inside them.

A piece knows how it is set off from what stands before it, and has its first words in the search fold, with links,
handles and tags as one sign each, so that a phrase matches however it was typed.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from postscan.folding import search_fold
from postscan.model import Embed, Entity
from postscan.remembered import Remembered

SEAM, LINE, PARAGRAPH = 0, 1, 2
"""What stands before a piece: a seam, one line break, or more (a blank line, an embed, the start of the post)."""

LINK, HANDLE, TAG = "<link>", "<handle>", "<tag>"
_SIGNS = {"url": LINK, "email": LINK, "handle": HANDLE, "hashtag": TAG, "glued_hashtag": TAG, "cashtag": TAG}

_DOT, _DOTLESS = "\N{COMBINING DOT ABOVE}", "\N{LATIN SMALL LETTER DOTLESS I}"
"""Case folding leaves a dot over the i of a capital dotted one."""

_EMPTY = ("", " ")
_FIRST_WORDS = 80
"""How many words of a piece are looked at: a disclaimer says what it is at its start."""

# The signs are listed, so that a word is the same on every version of Unicode: ASCII without letters, digits, "_" and
# "'"; the signs of Latin-1; Arabic comma, semicolon, question mark, full stop, percent; then general punctuation,
# arrows, symbols, CJK punctuation, variation selectors and the emoji planes.
_SIGN = r"\s!-&(-/:-@\[-^`{-~\xa0-\xbf\u060c\u061b\u061f\u06d4\u066a\u2000-\u206f\u2190-\u303f\ufe00-\ufe0f"
_SIGN += r"\U0001f000-\U0001faff\U000e0000-\U000e007f"
_WORD = re.compile(rf"[^{_SIGN}]++[{_SIGN}]*+")
_LETTERS = re.compile(rf"[^{_SIGN}]+")
_LONG = 1 << 13
"""Characters of a text whose words are not all made when only the first are asked for."""


class Word(NamedTuple):
    """A word in the search fold, or the sign of an entity; a tuple, because there is one for every word of a post."""

    text: str
    mark: str
    """The signs that follow it, white space left out (eight at most)."""


class Piece(NamedTuple):
    """A stretch without line breaks, trimmed, and not empty; a tuple, because there is one for every line of a post."""

    start: int
    end: int
    before: int
    """SEAM, LINE or PARAGRAPH."""
    surface: str
    words: tuple[Word, ...]
    """The first 80."""
    whole: bool
    """Whether these are all of its words."""
    tags: int
    """How many hashtags it holds."""
    letters_free: str
    """The surface without its entities and white space; "" where nothing else is there, or no hashtag."""
    embed: bool = False
    """Stands for an embed; rules see that there is one, and leave it alone."""


def split_words(text: str, most: int | None = None) -> list[Word]:
    """The words of a stretch of folded text, or the first of them.

    >>> split_words("share this: x (opens)")
    [Word(text='share', mark=''), Word(text='this', mark=':'), Word(text='x', mark='('), Word(text='opens', mark=')')]
    """
    plain = text if text.isascii() else text.replace(_DOT, "").replace(_DOTLESS, "i")
    if len(plain) > _LONG:
        return [_WORDS[match[0]] for match in itertools.islice(_WORD.finditer(plain), most)]
    return [_WORDS[written] for written in _WORD.findall(plain)[:most]]


def _make_word(written: str) -> Word:
    """The word of a spelling with the signs behind it."""
    letters = _LETTERS.match(written)
    end = letters.end() if letters else 0
    return Word(written[:end], _join(written[end:]))


_WORDS = Remembered(_make_word, most=1 << 15, longest=40)


def _leading(folded: str) -> str:
    """The signs before the first word."""
    first = _LETTERS.search(folded)
    return _join(folded[: first.start()] if first else folded)


def _join(signs: str) -> str:
    """The signs without white space; a hyphen with a space before it is a dash."""
    return "" if signs in ("", " ") else "".join(signs[:64].replace(" -", "\N{EN DASH}").split())[:8]


def cut_piece(text: str, start: int, end: int, before: int, entities: Sequence[Entity]) -> Piece:
    """The piece `text[start:end]`, which must be trimmed and not empty; entities sorted by start."""
    inside: list[Entity] = []
    if entities:
        at = bisect.bisect_left(entities, start, key=lambda e: e.start)
        after = bisect.bisect_left(entities, end, lo=at, key=lambda e: e.start)
        inside = [e for e in entities[at:after] if e.end <= end]
    tags = sum(_SIGNS.get(e.kind) == TAG for e in inside)
    words: list[Word] = []
    free: list[str] = []
    for stretch, sign in _stretches(text, start, end, inside):
        free.append(stretch)
        if len(words) <= _FIRST_WORDS and stretch not in _EMPTY:
            folded = search_fold(stretch).text
            if words and (mark := _leading(folded)):
                words[-1] = Word(words[-1].text, (words[-1].mark + mark)[:8])
            words += split_words(folded, _FIRST_WORDS + 1)
        if sign and len(words) <= _FIRST_WORDS:
            words.append(Word(sign, ""))
    return Piece(
        start,
        end,
        before,
        text[start:end],
        tuple(words[:_FIRST_WORDS]),
        len(words) <= _FIRST_WORDS,
        tags,
        "".join("".join(free).split()) if tags else "",
    )


def _stretches(text: str, start: int, end: int, entities: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    """The text between entities, each with the sign of the entity after it ("" at the end and for emoji)."""
    for entity in entities:
        if entity.start >= start:
            yield text[start : entity.start], _SIGNS.get(entity.kind, "")
            start = entity.end
    yield text[start:end], ""


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def cut_lines(text: str, embeds: Sequence[Embed]) -> Iterator[tuple[int, int, int, bool]]:
    """`(start, end, before, is_embed)` of every embed and of every line, or part of one, between them."""
    at = 0
    for embed in embeds:
        yield from _gap(text, at, embed.start)
        yield embed.start, embed.end, PARAGRAPH, True
        at = embed.end
    yield from _gap(text, at, len(text))


def _gap(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, bool]]:
    before = PARAGRAPH
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        first, last = trim_span(text, start, stop)
        if first < last:
            yield first, last, before, False
            before = LINE
        else:
            before = PARAGRAPH
        start = stop + 1
