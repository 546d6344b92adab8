"""A block as words: folded for search, with what stands between them and the way back to the original's offsets."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from postscan.folding import hashtag_key, search_fold
from postscan.wordlists import attribution

_WORD = (
    "[0-9a-z\u00df-\u00f6\u00f8-\u02af\u0300-\u036f\u0370-\u052f"
    "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06fc\u0750-\u077f\u08a0-\u08c9]"
)
"""A letter or digit of folded text in the scripts that the tables are written in; others stand between words.

Written as ranges, so that no interpreter's own tables decide."""
WORDS = re.compile(f"{_WORD}++")
_WORDS_AND_GAPS = re.compile(f"({_WORD}++)([^{_WORD[1:-1]}]*+)")
_SOFT = re.compile(r"[ \t]++|['\-\N{HYPHEN}\N{NON-BREAKING HYPHEN}_]++|'[ \t]++")
_JOINED = re.compile(r"(?:[ \-\N{HYPHEN}\N{NON-BREAKING HYPHEN}_.'&+/]| & |' | [\-\N{EN DASH}] )?")
_GROUP_ENDINGS = ("ers", "ors", "ists", "ants", "ents", "ians", "men", "women", "ees", "nauts", "folk")
OPENING = "\"'\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}([{\N{LEFT SINGLE QUOTATION MARK}"
CLOSING = "\"'\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK})]}"
COMMAS = ",\N{ARABIC COMMA}"


class _Piece(NamedTuple):
    """What stands between two spaces, as folded words; offsets are those of its letters as written."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: tuple[str, ...]
    """What stands before each word, and after the last: one more than words."""


class _Pieces(dict[str, _Piece]):
    """The pieces that were read before, by what is written; a piece is folded at its first sight alone."""

    def __missing__(self, written: str) -> _Piece:
        folded = search_fold(written)
        pairs = _WORDS_AND_GAPS.findall(folded.text)
        at = len(folded.text) - sum(len(word) + len(gap) for word, gap in pairs)
        gaps, starts, ends = [folded.text[:at]], [], []
        for word, gap in pairs:
            start, end = folded.span(at, at + len(word))
            starts.append(start)
            ends.append(end)
            gaps.append(gap)
            at += len(word) + len(gap)
        piece = _Piece(tuple(word for word, _ in pairs), tuple(starts), tuple(ends), tuple(gaps))
        if len(written) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[written] = piece
        return piece


_pieces = _Pieces()
_REMEMBERED = 100_000
"""How many pieces are remembered before all are forgotten; memory stays bounded."""
_LONGEST = 40


class Words:
    """The words of one block, and the questions that rules ask about them."""

    __slots__ = ("base", "ends", "gaps", "raw", "signs", "starts", "words")

    def __init__(self, raw: str, base: int, known: Mapping[str, int]) -> None:
        self.raw = raw
        self.base = base
        self.words: list[str] = []
        self.gaps: list[str] = []
        """What stands before each word; one more for what stands after the last."""
        self.starts: list[int] = []
        self.ends: list[int] = []
        words, gaps, starts, ends = self.words, self.gaps, self.starts, self.ends
        at, gap = 0, ""
        for written in raw.split(" "):
            some, begin, end, inside = _pieces[written]
            if len(some) == 1:
                words.append(some[0])
                gaps.append(gap + inside[0])
                starts.append(at + begin[0])
                ends.append(at + end[0])
                gap = inside[1] + " "
            elif some:
                words += some
                gaps.append(gap + inside[0])
                gaps += inside[1:-1]
                starts += [at + start for start in begin]
                ends += [at + stop for stop in end]
                gap = inside[-1] + " "
            else:
                gap += inside[0] + " "
            at += len(written) + 1
        gaps.append(gap[:-1])
        self.signs = [known.get(word, 0) for word in words]
        """What each word can be, as `known` has it."""

    def __len__(self) -> int:
        return len(self.words)

    def word(self, at: int) -> str:
        """The word there, or nothing beyond either end."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def span(self, first: int, last: int, skip: int = 0) -> tuple[int, int]:
        """Offsets in the post of the words from first up to last, without the first one's clitics of `skip` letters."""
        start = self.starts[first]
        if skip:
            start += search_fold(self.raw[start : self.ends[first]]).span(skip, skip)[0]
        return self.base + start, self.base + self.ends[last - 1]

    def surface(self, first: int, last: int, skip: int = 0) -> str:
        """Those words as written."""
        start, end = self.span(first, last, skip)
        return self.raw[start - self.base : end - self.base]

    def capital(self, at: int) -> bool:
        """Whether the word there is written with a capital; digits and scripts without case have none."""
        return 0 <= at < len(self.words) and self.raw[self.starts[at]].isupper()

    def capitals(self, at: int) -> bool:
        """Whether the word there is an acronym: two letters or more, all capitals."""
        surface = self.raw[self.starts[at] : self.ends[at]] if 0 <= at < len(self.words) else ""
        return len(surface) > 1 and surface.isupper()

    def soft(self, at: int) -> bool:
        """Whether nothing but space, hyphen or apostrophe stands before the word there, or a full stop of "Gen."."""
        gap = self.gaps[at]
        if gap == " ":
            return True
        if _SOFT.fullmatch(gap):
            return at > 0
        return gap in (". ", ".") and self.word(at - 1) in role("en", "abbreviated")

    def joined(self, at: int) -> bool:
        """Whether the words on both sides may be parts of one name."""
        gap = self.gaps[at]
        return gap == " " or bool(_JOINED.fullmatch(gap))

    def line_start(self, at: int) -> bool:
        """Whether the word there opens a line, after signs at most."""
        return at == 0 or "\n" in self.gaps[at]

    def line_end(self, at: int) -> bool:
        """Whether the word before `at` closes a line."""
        return at >= len(self.words) or "\n" in self.gaps[at]

    def sentence_start(self, at: int) -> bool:
        """Whether the word there opens a sentence or a line."""
        gap = self.gaps[at]
        return (
            at == 0
            or "\n" in gap
            or (any(ch in gap for ch in ".!?\N{ARABIC QUESTION MARK}:\u06d4;") and not self.soft(at))
        )

    def phrase(self, at: int, phrase: tuple[str, ...]) -> int:
        """Where a phrase that stands there ends; 0 where it does not."""
        end = at + len(phrase)
        if at < 0 or end > len(self.words) or tuple(self.words[at:end]) != phrase:
            return 0
        return end if all(self.joined(i) for i in range(at + 1, end)) else 0


def fold_words(name: str) -> tuple[str, ...]:
    """A name or phrase as its folded words.

    >>> fold_words("L\N{RIGHT SINGLE QUOTATION MARK}Orient-Le Jour")
    ('l', 'orient', 'le', 'jour')
    """
    return tuple(WORDS.findall(search_fold(name).text))


def spoken_key(surface: str) -> str:
    """What tables count a speaker by: the Arabic fold of the written words, case-folded.

    >>> spoken_key("مصادر  أمنية"), spoken_key("#Harbour Master")
    ('مصادر امنيه', 'harbour master')
    """
    return hashtag_key(" ".join(surface.removeprefix("@").split()))


@functools.cache
def role(language: str, name: str) -> frozenset[str]:
    """The single words that a language has for a role, folded."""
    return frozenset(words[0] for words in phrases(language, name) if len(words) == 1)


@functools.cache
def phrases(language: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The phrases that a language has for a role, folded, the longest first."""
    found = {fold_words(phrase) for phrase in attribution()[language].get(name, ())}
    return tuple(sorted(found, key=lambda words: (-len(words), words)))


@functools.cache
def labels(name: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The phrases of a role in all languages by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in role_of_all(name):
        found.setdefault(words[0], []).append(words)
    return {first: tuple(some) for first, some in found.items()}


def label_end(words: Words, at: int, name: str) -> int:
    """Where the label of a role ends that stands there; 0 where none does."""
    for phrase in labels(name).get(words.words[at], ()):
        end = words.phrase(at, phrase)
        if end:
            return end
    return 0


def role_of_all(name: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a role in every language, the longest first."""
    return tuple(
        sorted({words for language in attribution() for words in phrases(language, name)}, key=lambda w: (-len(w), w))
    )


def is_group(word: str) -> bool:
    """Whether an English plural names people by what they do: "dredgers", "pianists"."""
    return word.endswith(_GROUP_ENDINGS) and word not in role("en", "no_group") and len(word) > 5
