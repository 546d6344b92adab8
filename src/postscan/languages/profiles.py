"""How likely a word is in each language of a script: character n-gram models, summed in whole numbers.

A language is an interpolated model of four letters (Jelinek and Mercer 1980, with the Dirichlet weights of MacKay and
Peto 1995) over two sources of counts: langdetect's profiles (Wikipedia, one to three letters) and the project's own
(`data/languages.json.gz`, made by `scripts/build_profiles.py`). With priors this is naive Bayes in closed form: the
answer that langdetect's random walk looks for, without the walk.

Everything is in whole numbers: counts, probabilities in units of 2**-30, logarithms in thousandths of a bit read from
a table. So no version of numpy, no processor and no order of summing changes an answer.
"""

from __future__ import annotations

import functools
import gzip
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import orjson

from postscan.languages.lexicon import Lexicon
from postscan.languages.logarithms import CERTAIN, log_thousandths
from postscan.scripts import script_of
from postscan.wordlists import read_toml

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Rows = NDArray[np.int32]

ORDER = 4
"""Letters of the longest n-gram."""
LONGEST = 40
"""Letters of a word that are read; more is no word."""
_TOGETHER = 2048
"""Words that are summed together."""
_WIKIPEDIA = 300_000
"""How many letters a langdetect profile counts for beside the project's own counts, which count as they are."""
_RAREST = (100, 85, 115)
"""n-grams of one, two and three letters that are rarer than so many in a million are left out of langdetect's profiles.
Most of them end there; eight go on to a tenth of it (ca cy et lt lv ro sl vi) and would win too much."""
_WEIGHT = 30
"""How many letters of evidence the shorter context counts for (MacKay and Peto's alpha)."""
_UNKNOWN = 1 << 21
"""The chance of a letter before any is counted."""
_KEYBOARD = {"ar": (64, {"ي": "ی", "ى": "ی", "ك": "ک"}), "fa": (8, {"ی": "ي", "ک": "ك"})}
"""Persian is often typed with Arabic letters, Arabic now and then with Persian ones: one in so many of the counts of a
language is spelled so."""

Counts = dict[str, int]


class Own(NamedTuple):
    """What the project counted itself, by language."""

    counts: dict[str, Counts]
    """n-grams of one to four letters."""
    words: dict[str, Counts]
    """Whole words, of languages in Arabic script."""
    totals: dict[str, int]
    """Among how many words these were counted."""


@functools.cache
def _read_own() -> Own:
    raw = resources.files("postscan.data").joinpath("languages.json.gz").read_bytes()
    table = orjson.loads(gzip.decompress(raw))
    return Own(table["counts"], table["words"], table["totals"])


def _langdetect_counts(code: str, script: str) -> Counts:
    """n-gram counts of a langdetect profile in lower case, of the letters of a script, scaled to `_WIKIPEDIA` letters.

    langdetect writes the Persian yeh as the Arabic one; Persian and Urdu get theirs back.
    """
    path = resources.files("langdetect").joinpath("profiles", code)
    counts: Counts = {}
    dotted = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"
    profile = orjson.loads(path.read_bytes())
    least = [rate * grams // 1_000_000 for rate, grams in zip(_RAREST, profile["n_words"], strict=True)]
    for gram, times in profile["freq"].items():
        if times >= least[len(gram) - 1]:
            folded = gram.replace(dotted, "i").lower()
            counts[folded] = counts.get(folded, 0) + times
    if code in ("fa", "ur"):
        counts = {gram.replace("ي", "ی"): times for gram, times in counts.items()}
    met = {ch for gram in counts for ch in gram}
    letters = {" ", *(ch for ch in met if script_of(ch) == script)}
    counts = {gram: times for gram, times in counts.items() if len(gram) < ORDER and letters.issuperset(gram)}
    total = sum(times for gram, times in counts.items() if len(gram) == 1) or 1
    return {gram: times * _WIKIPEDIA // total for gram, times in counts.items()}


def _as_typed(code: str, counts: Counts) -> Counts:
    """The counts of a language, with a share of them spelled as other keyboards do."""
    if code not in _KEYBOARD:
        return counts
    one_in, letters = _KEYBOARD[code]
    table = str.maketrans(letters)
    both: Counts = {}
    for gram, times in counts.items():
        other = gram.translate(table)
        both[gram] = both.get(gram, 0) + one_in * times - (times if other != gram else 0)
        if other != gram:
            both[other] = both.get(other, 0) + times
    return {gram: times // one_in for gram, times in both.items() if times >= one_in}


class Profiles:
    """The n-gram models of one script's languages."""

    def __init__(self, codes: Sequence[str], counts: Sequence[Counts], lexicon: Lexicon | None = None) -> None:
        """Models of these languages from their n-gram counts; a space stands for either end of a word.

        A word that the lexicon says is likelier than its letters say is as likely as that.
        """
        import numpy as np

        self.codes = tuple(codes)
        self._lexicon = lexicon
        self._letters = np.zeros(0x110000, np.int64)
        alphabet = sorted({ch for some in counts for gram in some if len(gram) == 1 for ch in gram})
        self._letters[[ord(ch) for ch in alphabet]] = np.arange(2, len(alphabet) + 2)
        self._letters[ord(" ")] = 1  # 0 is any letter that no profile knows
        self._width = (len(alphabet) + 1).bit_length()
        self._keys: list[Ints] = []
        likely, missed = self._build([self._numbered(some) for some in counts])
        # one table: a row of nothing, what n-grams of each length say, and what falling back from them says
        tables = [np.zeros((1, len(self.codes)), np.int32), *likely, *missed]
        sizes = np.cumsum([len(table) for table in tables])
        self._offsets = [0] * (2 * ORDER)
        self._offsets[: len(likely)] = sizes[: len(likely)].tolist()
        self._offsets[ORDER : ORDER + len(missed)] = sizes[len(likely) : -1].tolist()
        self._table = np.concatenate(tables)

    def _numbered(self, counts: Counts) -> list[tuple[Ints, Ints]]:
        """For each length of n-gram, the keys and the counts."""
        import numpy as np

        grams: list[list[str]] = [[" "], [], [], []]
        times: list[list[int]] = [[0], [], [], []]
        for gram, number in counts.items():
            grams[len(gram) - 1].append(gram)
            times[len(gram) - 1].append(number)
        # the end of a word is as likely as words are
        times[0][0] = sum(n for gram, n in zip(grams[1], times[1], strict=True) if gram[1] == " ")
        found = []
        for length, (some, numbers) in enumerate(zip(grams, times, strict=True), 1):
            codes = np.frombuffer("".join(some).encode("utf-32-le"), np.uint32)
            found.append((self._key(self._letters[codes.reshape(-1, length)]), np.array(numbers, np.int64)))
        return found

    def _key(self, letters: Ints) -> Ints:
        key = letters[:, 0]
        for column in range(1, letters.shape[1]):
            key = (key << self._width) | letters[:, column]
        return key

    def _build(self, languages: list[list[tuple[Ints, Ints]]]) -> tuple[list[Rows], list[Rows]]:
        """The tables: logarithms of the chance of an n-gram's last letter, and of falling back to a shorter one."""
        import numpy as np

        known = [np.unique(np.concatenate([language[n][0] for language in languages])) for n in range(ORDER)]
        known = [keys for keys in known if len(keys)]  # some scripts have no n-grams of four
        for n in range(len(known) - 1, 0, -1):  # what an n-gram falls back to is there too, and what it continues
            rest, context = known[n] & self._mask(n), known[n] >> self._width
            known[n - 1] = np.unique(np.concatenate([known[n - 1], rest, context]))
        likely, missed = [], []
        chance = np.full((1, len(languages)), _UNKNOWN, np.int64)
        for n, keys in enumerate(known):
            counts = np.zeros((len(keys), len(languages)), np.int64)
            for column, language in enumerate(languages):
                counts[np.searchsorted(keys, language[n][0]), column] = language[n][1]
            context, firsts = np.unique(keys >> self._width, return_index=True)
            totals = np.add.reduceat(counts, firsts, axis=0)
            of = np.searchsorted(context, keys >> self._width)
            shorter = chance[np.searchsorted(known[n - 1], keys & self._mask(n))] if n else chance
            weight = _WEIGHT if n else 1
            chance = ((counts << 30) + weight * shorter) // (totals[of] + weight)
            self._keys.append(keys)
            likely.append((log_thousandths(np.maximum(chance, 1)) - CERTAIN).astype(np.int32))
            if n:
                rows = np.zeros((len(known[n - 1]), len(languages)), np.int32)
                lost = np.maximum((weight << 30) // (totals + weight), 1)
                rows[np.searchsorted(known[n - 1], context)] = log_thousandths(lost) - CERTAIN
                missed.append(rows)
        return likely, missed

    def _mask(self, length: int) -> int:
        return (1 << self._width * length) - 1

    def sum_words(self, words: Sequence[str]) -> NDArray[np.int32]:
        """For each word, the logarithm of its chance in each language, in thousandths of a bit."""
        import numpy as np

        parts = [self._sum_some(words[at : at + _TOGETHER]) for at in range(0, len(words), _TOGETHER)]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.codes)), np.int32)

    def _sum_some(self, words: Sequence[str]) -> NDArray[np.int32]:
        """For each letter of each word, the longest known n-gram that ends with it, and what fell back to it."""
        import numpy as np

        text = " " + " ".join([word[:LONGEST] for word in words]) + " "
        letters = self._letters[np.frombuffer(text.encode("utf-32-le"), np.uint32)]
        gaps = np.flatnonzero(letters == 1)
        left = np.arange(1, len(letters))  # the letters, and the ends of words, that have no n-gram yet
        since = left - np.repeat(gaps[:-1], np.diff(gaps))  # how far from the start of the word
        key = letters[1:].copy()
        keys = [key]
        for back in range(1, len(self._keys)):
            key = key.copy()
            key[back - 1 :] |= letters[: len(key) - back + 1] << (self._width * back)
            keys.append(key)
        at, rows = [], []
        for length in range(len(self._keys), 0, -1):
            fits = since[left - 1] >= length - 1
            mine = left[fits]
            row, found = self._find(length, keys[length - 1][mine - 1])
            at.append(mine[found])
            rows.append(row[found] + self._offsets[length - 1])
            lost = mine[~found]
            if length > 1:
                row, found = self._find(length - 1, keys[length - 1][lost - 1] >> self._width)
                at.append(lost[found])
                rows.append(row[found] + self._offsets[ORDER + length - 2])
            left = np.concatenate([left[~fits], lost]) if not fits.all() else lost
        at.append(gaps[1:])  # so that no word is without a row
        rows.append(np.zeros(len(words), np.int64))
        where = np.concatenate(at)
        order = np.argsort(where, kind="stable")
        firsts = np.searchsorted(where[order], gaps[:-1], "right")
        totals = np.add.reduceat(self._table[np.concatenate(rows)[order]], firsts, axis=0, dtype=np.int32)
        if self._lexicon is not None:
            np.maximum(totals, self._lexicon.look_up(words), out=totals)
        firsts, sizes = gaps[:-1] + 1, np.diff(gaps)  # laughter ("hhhh") is no language's
        totals[(sizes == 3) & (letters[firsts] == letters[gaps[1:] - 1])] = 0
        return totals

    def _find(self, length: int, keys: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        import numpy as np

        known = self._keys[length - 1]
        at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return at, known[at] == keys


def make_profiles(script: str, own: Own) -> Profiles | None:
    """The models of a script from langdetect's counts and these; None for a script that one language writes."""
    known = read_toml("languages")["langdetect"].get(script)
    if known is None:
        return None
    codes = sorted({*known, *_OWN.get(script, ())})
    counts: list[Counts] = []
    for code in codes:
        some = _langdetect_counts(code, script) if code in known else {}
        for gram, times in own.counts.get(code, {}).items():
            some[gram] = some.get(gram, 0) + times
        counts.append(_as_typed(code, some))
    if own.words.keys().isdisjoint(codes):
        return Profiles(codes, counts)
    words = [_as_typed(code, own.words[code]) for code in codes]
    return Profiles(codes, counts, Lexicon(words, [own.totals[code] for code in codes]))


@functools.cache
def load_profiles(script: str) -> Profiles | None:
    """The models of a script as they are shipped, read at first use."""
    return make_profiles(script, _read_own())


_OWN = {"Arab": ("ckb", "ps", "sd", "ug")}
"""Languages that langdetect has no profile of, by script."""
