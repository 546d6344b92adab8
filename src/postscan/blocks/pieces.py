"""The pieces that rules decide on: the lines between the embeds, and what a seam cuts off inside them.

A piece knows how it is set off from what stands before it, and what the words on it leave open. Its first words in the
search fold, with links, handles and tags as one sign each, so that a phrase matches however it was typed, are made when
a rule asks for them: most pieces are text, and no rule asks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from postscan.folding import search_fold
from postscan.model import Embed, Entity
from postscan.remembered import Remembered

SEAM, LINE, PARAGRAPH = 0, 1, 2
"""What stands before a piece: a seam, one line break, or more (a blank line, an embed, the start of the post)."""

LINK, HANDLE, TAG = "<link>", "<handle>", "<tag>"
_SIGNS = {"url": LINK, "email": LINK, "handle": HANDLE, "hashtag": TAG, "glued_hashtag": TAG, "cashtag": TAG}
TAGS = frozenset(kind for kind, sign in _SIGNS.items() if sign == TAG)
"""The kinds of entities that are tags."""

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
    free: bool
    """Whether it is an entity or a number: it stands beside any phrase."""


_ENTITIES = {sign: Word(sign, "", free=True) for sign in (LINK, HANDLE, TAG)}


class Content(NamedTuple):
    """What rules ask of the words of a piece."""

    words: tuple[Word, ...]
    """The first 80."""
    whole: bool
    """Whether these are all of its words."""
    tags: int
    """How many hashtags it holds."""


_NOTHING = Content((), whole=False, tags=0)


@dataclass(slots=True)
class Piece:
    """A stretch without line breaks, trimmed, and not empty."""

    start: int
    end: int
    before: int
    """SEAM, LINE or PARAGRAPH."""
    surface: str
    entities: Sequence[Entity]
    """Those that lie within it, sorted by start."""
    signs: int
    """What its words leave open (see `gate`)."""
    embed: bool = False
    """Stands for an embed; rules see that there is one, and leave it alone."""
    _content: Content | None = field(default=None, repr=False)

    def content(self) -> Content:
        """Its words, made when first asked for; an embed has none."""
        found = self._content
        if found is None:
            found = self._content = _NOTHING if self.embed else _read_content(self)
        return found

    @property
    def words(self) -> tuple[Word, ...]:
        """The first 80."""
        return self.content().words

    @property
    def whole(self) -> bool:
        """Whether `words` are all of its words."""
        return self.content().whole

    @property
    def tags(self) -> int:
        """How many hashtags it holds."""
        return self.content().tags


def split_words(text: str, most: int | None = None) -> list[Word]:
    """The words of a stretch of folded text, or the first of them.

    >>> [(word.text, word.mark) for word in split_words("share this: x (opens)")]
    [('share', ''), ('this', ':'), ('x', '('), ('opens', ')')]
    """
    plain = text if text.isascii() else text.replace(_DOT, "").replace(_DOTLESS, "i")
    if len(plain) > _LONG:
        return [_WORDS[match[0]] for match in itertools.islice(_WORD.finditer(plain), most)]
    return list(map(_WORDS.__getitem__, _WORD.findall(plain)[:most]))


def _make_word(written: str) -> Word:
    """The word of a spelling with the signs behind it."""
    letters = _LETTERS.match(written)
    end = letters.end() if letters else 0
    return Word(written[:end], _join(written[end:]), free=is_free(written[:end]))


def is_free(word: str) -> bool:
    """Whether it is an entity or a number: it stands beside any phrase.

    >>> [is_free(word) for word in ("<link>", "12", "twelve")]
    [True, True, False]
    """
    return word.startswith("<") or word.isdecimal()


_WORDS = Remembered(_make_word, most=1 << 15, longest=40)


def _make_words(written: str) -> tuple[Word, ...]:
    """The words of what is written between white space; none where there are none, or signs stand before them."""
    before, *words = split_words(search_fold(f"a {written}").text)
    return () if before.mark else tuple(words)


_WRITTEN = Remembered(_make_words, most=1 << 15, longest=40)


def _leading(folded: str) -> str:
    """The signs before the first word."""
    first = _LETTERS.search(folded)
    return _join(folded[: first.start()] if first else folded)


def _join(signs: str) -> str:
    """The signs without white space; a hyphen with a space before it is a dash."""
    return "" if signs in ("", " ") else "".join(signs[:64].replace(" -", "\N{EN DASH}").split())[:8]


def _read_content(piece: Piece) -> Content:
    """What is in a piece."""
    words, whole = read_words(piece.surface, piece.start, piece.entities, most=_FIRST_WORDS)
    return Content(words, whole, [entity.kind in TAGS for entity in piece.entities].count(True))


def read_words(surface: str, start: int, entities: Sequence[Entity], *, most: int) -> tuple[tuple[Word, ...], bool]:
    """The first words of a surface that begins at `start`, its entities as signs, and whether these are all."""
    words: list[Word] = []
    for stretch, sign in stretches(surface, start, entities):
        if len(words) > most:
            break
        if stretch not in _EMPTY:
            written = list(map(_WRITTEN.__getitem__, stretch.split(None, most + 1)[: most + 1]))
            if all(written):  # as in most stretches
                words += itertools.chain.from_iterable(written)
            else:
                _add_words(words, search_fold(stretch).text, most + 1)
        if sign and len(words) <= most:
            words.append(_ENTITIES[sign])
    return tuple(words[:most]), len(words) <= most


def _add_words(words: list[Word], folded: str, most: int) -> None:
    """Adds the words of a folded stretch, or the first of them; signs before the first are the last word's so far."""
    if words and (mark := _leading(folded)):
        last = words[-1]
        words[-1] = Word(last.text, (last.mark + mark)[:8], last.free)
    words += split_words(folded, most)


def stretches(surface: str, start: int, entities: Sequence[Entity]) -> list[tuple[str, str]]:
    """The text between entities, each with the sign of the entity after it ("" at the end and for emoji).

    `start` is where the surface begins in the text of the entities.
    """
    found: list[tuple[str, str]] = []
    at = 0
    for entity in entities:
        if entity.start - start >= at:
            found.append((surface[at : entity.start - start], _SIGNS.get(entity.kind, "")))
            at = entity.end - start
    found.append((surface[at:], ""))
    return found


def within(entities: Sequence[Entity], start: int, end: int) -> list[Entity]:
    """The entities that lie within a stretch of the text."""
    return [entity for entity in entities if start <= entity.start and entity.end <= end]


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    part = text[start:end]
    bare = part.lstrip()
    start += len(part) - len(bare)
    return start, start + len(bare.rstrip())


def cut_lines(text: str, embeds: Sequence[Embed]) -> list[tuple[int, int, int, bool]]:
    """`(start, end, before, is_embed)` of every embed and of every line, or part of one, between them."""
    lines: list[tuple[int, int, int, bool]] = []
    at = 0
    for embed in embeds:
        _cut_gap(lines, text, at, embed.start)
        lines.append((embed.start, embed.end, PARAGRAPH, True))
        at = embed.end
    _cut_gap(lines, text, at, len(text))
    return lines


def _cut_gap(lines: list[tuple[int, int, int, bool]], text: str, start: int, end: int) -> None:
    before = PARAGRAPH
    while start < end:
        stop = text.find("\n", start, end)
        if stop < 0:
            stop = end
        first, last = trim_span(text, start, stop)
        if first < last:
            lines.append((first, last, before, False))
            before = LINE
        else:
            before = PARAGRAPH
        start = stop + 1
