"""A block as words: folded for search, with what stands between them and the way back to the original's offsets."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

from postscan.folding import hashtag_key, search_fold
from postscan.remembered import Remembered
from postscan.sources.bits import CAPITAL, CAPITALS
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
_DOTTED = re.compile(r"(?<![A-Za-z0-9])(?![AP]\.M\b)(?:[A-Z]\.)+[A-Z](?![A-Za-z0-9])")
_ACCOUNT = re.compile("@([A-Za-z0-9_]+)")
_SIGNED = frozenset((" ", " #", " @"))
_GROUP_ENDINGS = ("ers", "ors", "ists", "ants", "ents", "ians", "men", "women", "ees", "nauts", "folk")
OPENING = "\"'\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}([{\N{LEFT SINGLE QUOTATION MARK}"
CLOSING = "\"'\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK})]}"
COMMAS = ",\N{ARABIC COMMA}"
ARABIC_SCRIPT: Final = "\u0600"
"""Where the script begins: a word from here on is no Latin one. (Words hold letters of no third script.)"""


class Piece:
    """What stands between two spaces, as folded words; offsets are those of its letters as written."""

    __slots__ = ("after", "end", "gaps", "head", "length", "sign", "signs", "spans", "start", "word", "words")

    def __init__(
        self, length: int, words: tuple[str, ...], gaps: tuple[str, ...], spans: list[tuple[int, int]], signs: list[int]
    ) -> None:
        self.length: Final = length
        self.words: Final = words
        self.gaps: Final = gaps
        """What stands between its words."""
        self.signs: Final = tuple(signs)
        self.spans: Final = tuple(spans)
        self.word: Final = words[0] if len(words) == 1 else ""
        """Its one word; empty where it has none or several."""
        self.sign: Final = signs[0] if signs else 0
        self.start: Final = spans[0][0] if spans else 0
        self.end: Final = spans[0][1] if spans else 0
        self.head: Final = gaps[0]
        """What stands before the first word."""
        self.after: Final = gaps[-1] + " "
        """What stands after the last one, with the space that ends the piece."""


def read_pieces(known: Mapping[str, int], accounts: Mapping[str, int] | None = None) -> Remembered[Piece]:
    """The pieces by what is written, each read at its first sight alone; `known` says what each word can be.

    `accounts` says it of accounts, in lower case: their first word has those signs too.
    """
    return Remembered(functools.partial(_read_piece, known, accounts or {}), most=100_000, longest=40)


def without_dots(written: str) -> str:
    """An acronym's letters without the full stops between them: "UN" for "U.N.".

    >>> without_dots("U.S.-led"), without_dots("a.m."), without_dots("St. A")
    ('US.-led', 'a.m.', 'St. A')
    """
    return _DOTTED.sub(lambda match: match[0].replace(".", ""), written) if "." in written else written


def _read_piece(known: Mapping[str, int], accounts: Mapping[str, int], written: str) -> Piece:
    folded = search_fold(written)
    pairs = _WORDS_AND_GAPS.findall(folded.text)
    at = len(folded.text) - sum(len(word) + len(gap) for word, gap in pairs)
    gaps, spans, signs = [folded.text[:at]], [], []
    for word, gap in pairs:
        start, end = folded.span(at, at + len(word))
        sign = known.get(word, 0)
        if written[start].isupper():
            sign |= CAPITAL
        if end - start > 1 and written[start:end].isupper():
            sign |= CAPITALS
        spans.append((start, end))
        signs.append(sign)
        gaps.append(gap)
        at += len(word) + len(gap)
    words = [word for word, _ in pairs]
    if _DOTTED.search(written):
        _join_acronyms(known, written, words, gaps, spans, signs)
    for account in _ACCOUNT.finditer(written) if "@" in written else ():
        sign = accounts.get(account[1].lower(), 0)
        for at in [at for at, (start, _) in enumerate(spans) if start == account.start(1)] if sign else ():
            signs[at] |= sign
    return Piece(len(written), tuple(words), tuple(gaps), spans, signs)


def _join_acronyms(
    known: Mapping[str, int],
    written: str,
    words: list[str],
    gaps: list[str],
    spans: list[tuple[int, int]],
    signs: list[int],
) -> None:
    """Makes one word of each acronym whose letters have full stops between them, its last one too: "U.N."."""
    for match in reversed(list(_DOTTED.finditer(written))):
        start, end = match.span()
        some = [at for at, span in enumerate(spans) if start <= span[0] < end]
        first, last = some[0], some[-1] + 1
        if written[end : end + 1] == "." and gaps[last][:1] == ".":
            end, gaps[last] = end + 1, gaps[last][1:]
        word = "".join(words[first:last])
        words[first:last] = [word]
        gaps[first + 1 : last] = []
        spans[first:last] = [(start, end)]
        signs[first:last] = [known.get(word, 0) | CAPITAL | CAPITALS]


class Words:
    """The words of one block, and the questions that rules ask about them."""

    __slots__ = ("_ends", "_next", "_pieces", "_starts", "base", "gaps", "raw", "signs", "size", "words")

    def __init__(self, raw: str, base: int, pieces: Remembered[Piece]) -> None:
        self.raw = raw
        self.base = base
        self.words: list[str] = []
        self.gaps: list[str] = []
        """What stands before each word; one more for what stands after the last."""
        self.signs: list[int] = []
        """What each word can be, as the pieces know it, and how it is written."""
        self._pieces: list[Piece] = list(map(pieces.__getitem__, raw.split(" ")))
        self._next = (0, 0)
        """The first piece that has no place yet, by number and offset."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        words, gaps, signs = self.words, self.gaps, self.signs
        gap = ""
        for piece in self._pieces:
            if piece.word:
                words.append(piece.word)
                signs.append(piece.sign)
                gaps.append(gap + piece.head if piece.head else gap)
                gap = piece.after
            elif piece.words:
                words.extend(piece.words)
                signs.extend(piece.signs)
                gaps.append(gap + piece.head)
                gaps.extend(piece.gaps[1:-1])
                gap = piece.after
            else:
                gap += piece.after
        gaps.append(gap[:-1])
        self.size = len(words)
        """How many words there are."""

    def word(self, at: int) -> str:
        """The word there, or nothing beyond either end."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def span(self, first: int, last: int, skip: int = 0) -> tuple[int, int]:
        """Offsets in the post of the words from first up to last, without the first one's clitics of `skip` letters."""
        if last > len(self._ends):
            self._place(last)
        start = self._starts[first]
        if skip:
            start += search_fold(self.raw[start : self._ends[first]]).span(skip, skip)[0]
        return self.base + start, self.base + self._ends[last - 1]

    def _place(self, last: int) -> None:
        """Finds where each word up to the last stands that was asked for; most credits stand near a block's start."""
        starts, ends = self._starts, self._ends
        number, at = self._next
        while len(ends) < last:
            piece = self._pieces[number]
            for start, end in piece.spans:
                starts.append(at + start)
                ends.append(at + end)
            at += piece.length + 1
            number += 1
        self._next = number, at

    def surface(self, first: int, last: int, skip: int = 0) -> str:
        """Those words as written."""
        start, end = self.span(first, last, skip)
        return self.raw[start - self.base : end - self.base]

    def capital(self, at: int) -> bool:
        """Whether the word there is written with a capital; digits and scripts without case have none."""
        return 0 <= at < len(self.signs) and self.signs[at] & CAPITAL != 0

    def capitals(self, at: int) -> bool:
        """Whether the word there is an acronym: two letters or more, all capitals."""
        return 0 <= at < len(self.signs) and self.signs[at] & CAPITALS != 0

    def soft(self, at: int) -> bool:
        """Whether nothing but space, hyphen or apostrophe stands before the word there, or a full stop of "Gen."."""
        gap = self.gaps[at]
        if gap == " ":
            return True
        if _SOFT.fullmatch(gap):
            return at > 0
        return gap in (". ", ".") and self.word(at - 1) in role("en", "abbreviated")

    def touches(self, at: int) -> bool:
        """Whether the word there follows the one before it at once, perhaps with a tag's or account's sign."""
        return self.gaps[at] in _SIGNED or self.soft(at)

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
        if gap == " ":
            return at == 0
        return (
            at == 0
            or "\n" in gap
            or (
                any(ch in gap for ch in ".!?\N{ARABIC QUESTION MARK}:\u06d4;\N{ARABIC SEMICOLON}") and not self.soft(at)
            )
        )

    def phrase(self, at: int, phrase: tuple[str, ...]) -> int:
        """Where a phrase that stands there ends; 0 where it does not."""
        end = at + len(phrase)
        if at < 0 or end > self.size or tuple(self.words[at:end]) != phrase:
            return 0
        for i in range(at + 1, end):
            if self.gaps[i] != " " and not self.joined(i):
                return 0
        return end


def fold_words(name: str) -> tuple[str, ...]:
    """A name or phrase as its folded words.

    >>> fold_words("L\N{RIGHT SINGLE QUOTATION MARK}Orient-Le Jour")
    ('l', 'orient', 'le', 'jour')
    """
    return tuple(WORDS.findall(search_fold(without_dots(name)).text))


@functools.lru_cache(maxsize=4096)
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
def roles(language: str, *names: str, but: str = "") -> frozenset[str]:
    """The single words of several roles together, but not those of another."""
    every = frozenset(word for name in names for word in role(language, name))
    return every - role(language, but) if but else every


@functools.cache
def english() -> Mapping[str, frozenset[str]]:
    """The roles of each single English word that has any: one look-up where several roles are asked for."""
    found: dict[str, set[str]] = {}
    for name in attribution()["en"]:
        for word in role("en", name):
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


NO_ROLES: Final[frozenset[str]] = frozenset()


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


@functools.cache
def verbs_with_object() -> frozenset[str]:
    """Verbs of speech with "it" written on to them: "أكدته", "نفاه"."""
    verbs = role("ar", "say")
    return frozenset(verb + "ه" for verb in verbs) | {verb[:-1] + "اه" for verb in verbs if verb.endswith("ي")}


def is_group(word: str) -> bool:
    """Whether an English plural names people by what they do: "dredgers", "pianists"."""
    return word.endswith(_GROUP_ENDINGS) and word not in role("en", "no_group") and len(word) > 5
