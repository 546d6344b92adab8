"""Decides the language of each piece: one decision for each script of a unit, which is a post or an embedded post."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from postscan.languages.arabizi import find_arabizi
from postscan.languages.letters import Words, are_capitals, find_words, script_name
from postscan.languages.pieces import NONE, Pieces, spread
from postscan.languages.profiles import Profiles, load_profiles
from postscan.languages.vocabulary import shared_vocabulary
from postscan.wordlists import read_toml

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

UND = ("und", 0.0)
BARE_NAMES = 3
"""In another script than its unit's, a piece of up to so many words with capitals is a name, and und."""
_LEAST = 500
"""Thousandths of the score below which nothing is decided."""
_LEAST_OF_ONE = 900
"""The same for a single word in Latin letters, which may be a name or a loan in thirty languages."""
_FEW = 3
_LEAST_OF_FEW = 650
"""The same for two or three words in Latin letters that seem to be in another language than English."""
_LEAST_OF_NAMES = 960
"""The same for one to three of them that each have a capital, as names have."""
_NAMED = 8_000
"""What `detect` adds to the languages that it names, in thousandths of a bit."""
_TURN = 40_000
"""A line is in another language than the rest of its script where that is so much likelier, in thousandths of a bit."""
_TURN_BESIDE = 8_000
"""The same for a line beside such a line, in its language: a label, the rest of a share bar."""
_SCRIPTS = 256
_BY_SCRIPT = 0.99
_BY_RULE = 0.9

# How often the likeliest language is right (in thousandths) by how much likelier it is than the second (in thousandths
# of a bit), with straight lines between: measured by scripts/calibrate_profiles.py on text that was held out.
_MARGINS = (0, 1_000, 2_000, 3_000, 4_000, 6_000, 8_000, 12_000, 16_000, 24_000, 32_000)
_SCORES = (350, 550, 660, 770, 860, 930, 965, 985, 995, 998, 999)

Decision = tuple[str, float]


class Units(NamedTuple):
    """Who speaks: posts and embedded posts, the scripts that they write, and which pieces say what a script speaks."""

    group: Ints
    """The group of each piece: a script of a unit."""
    unit: Ints
    """The unit of each group."""
    script: Ints
    """The script of each group."""
    main: Bools
    """Which groups are the script of most letters of their unit."""
    votes: Bools
    """Which pieces are counted."""
    bare: Bools
    """Which pieces are bare names in another script than their unit's."""


class Said(NamedTuple):
    """The words outside entities, and the piece of each."""

    words: Words
    piece: Ints


def decide(pieces: Pieces, detect: tuple[str, ...] | None, engine: str) -> tuple[list[str], list[float]]:
    """The code and score of each piece."""
    import numpy as np

    plain = pieces.entity == NONE
    numbers = np.arange(len(plain))
    stretch = (
        spread(np.where(plain, numbers, NONE), pieces.start, len(pieces.text)) if not plain.all() else pieces.stretch
    )
    words = find_words(pieces.letters, stretch)
    said = Said(words, pieces.stretch.take(words.start).astype(np.int64))
    units = _find_units(pieces, said, plain & ~pieces.name)
    decisions: list[Decision] = [UND] * len(units.unit)
    lines: dict[int, Decision] = {}
    if engine == "langdetect":
        from postscan.languages.original import detect_groups

        detect_groups(pieces, units.group, units.votes, decisions)
    else:
        for scores in _score(pieces, said, units, detect):
            likeliest = _decide_groups(units, scores, decisions)
            lines |= _turn_lines(pieces, units, scores, likeliest)
        _name_scripts(pieces, units, decisions)
        _name_months(pieces, said, units, decisions)
        sizes = np.bincount(units.group[said.piece], minlength=len(decisions))
        for group in find_arabizi(pieces, units.group, units.votes, sizes):
            decisions[group] = ("ar", _BY_RULE)
    if detect is not None:
        decisions = [decision if decision[0] in detect else UND for decision in decisions]
        lines = {piece: decision if decision[0] in detect else UND for piece, decision in lines.items()}
    return _spread(pieces, units, decisions, lines)


def _find_units(pieces: Pieces, said: Said, plain: Bools) -> Units:
    import numpy as np

    speaker = np.where(pieces.embed == NONE, pieces.post, len(pieces.layers.posts) + pieces.embed)
    keys, group = np.unique(speaker * _SCRIPTS + pieces.script, return_inverse=True)
    unit, script = keys // _SCRIPTS, keys % _SCRIPTS
    size = np.zeros(len(keys), np.int64)
    np.add.at(size, group, np.where(plain & pieces.own, pieces.size, 0))
    order = np.lexsort((-script, size, unit))
    main = np.zeros(len(keys), np.bool_)
    main[order[np.flatnonzero(np.diff(unit[order], append=NONE))]] = True  # the last of each unit
    bare = plain & pieces.own & ~main[group] & _are_names(pieces, said)
    voters = plain & ~bare
    heard = np.zeros(len(keys), np.bool_)
    heard[group[voters & pieces.own]] = True
    return Units(group, unit, script, main, voters & (pieces.own | ~heard[group]), bare)


def _are_names(pieces: Pieces, said: Said) -> Bools:
    """Which pieces are one to three words, each with a capital."""
    import numpy as np

    number = np.bincount(said.piece, minlength=len(pieces.start))
    capitals = np.bincount(said.piece[are_capitals(pieces.letters.code[said.words.start])], minlength=len(pieces.start))
    names: Bools = (number > 0) & (number <= BARE_NAMES) & (capitals == number)
    return names


@functools.cache
def find_prior(script: str, profiles: Profiles, detect: tuple[str, ...] | None = None) -> Ints:
    """What to expect of each language of a script before a word is read, in thousandths of a bit."""
    import numpy as np

    table = read_toml("languages")["prior"].get(script, {})
    return np.array([table.get(code, 0) + _NAMED * (code in (detect or ())) for code in profiles.codes], np.int64)


class _Scores(NamedTuple):
    """What the words of one script say, in thousandths of a bit; one column a language."""

    profiles: Profiles
    prior: Ints
    strict: bool
    """Whether few words have to be surer than many: Latin letters, and no languages to choose from were named."""
    word: Ints
    """The piece of each word."""
    capital: Bools
    """Which words begin with a capital."""
    piece: Ints
    sums: Ints
    """A row for each of these pieces."""


def _score(pieces: Pieces, said: Said, units: Units, detect: tuple[str, ...] | None) -> Iterator[_Scores]:
    """The scores of the voting pieces of every script that has profiles."""
    import numpy as np

    script_of_word = pieces.script[said.piece]
    votes = units.votes[said.piece]
    for script in sorted(set(pieces.script.tolist())):
        name = script_name(script)
        profiles = load_profiles(name)
        chosen = np.flatnonzero((script_of_word == script) & votes)
        if profiles is None or not len(chosen):
            continue
        sums = shared_vocabulary(profiles).sum_words(said.words, chosen)
        piece = said.piece[chosen]
        firsts = np.flatnonzero(np.diff(piece, prepend=NONE))
        by_piece = np.add.reduceat(sums, firsts, axis=0, dtype=np.int64)
        strict = name == "Latn" and detect is None
        capital = are_capitals(pieces.letters.code[said.words.start[chosen]])
        prior = find_prior(name, profiles, detect)
        yield _Scores(profiles, prior, strict, piece, capital, piece[firsts], by_piece)


def _decide_groups(units: Units, scores: _Scores, decisions: list[Decision]) -> Ints:
    """Put in the decisions of a script's groups; the likeliest language of each group, decided or not."""
    import numpy as np

    groups, totals = _total(units.group[scores.piece], scores.sums)
    likeliest = np.zeros(len(decisions), np.int64)
    numbers = np.bincount(units.group[scores.word], minlength=len(decisions)).tolist()
    capitals = np.bincount(units.group[scores.word[scores.capital]], minlength=len(decisions)).tolist()
    for group, best, score in zip(groups.tolist(), *_judge(totals + scores.prior), strict=True):
        code = scores.profiles.codes[best]
        least = _find_least(code, numbers[group], capitals[group]) if scores.strict else _LEAST
        decisions[group] = (code, score / 1000) if score >= least else UND
        likeliest[group] = best
    return likeliest


def _find_least(code: str, words: int, capitals: int) -> int:
    """The score below which so many words in Latin letters, of which some have capitals, decide nothing."""
    if words > _FEW:
        return _LEAST
    if code == "en":
        return _LEAST_OF_ONE if words == 1 else _LEAST
    if words == capitals:
        return _LEAST_OF_NAMES
    return _LEAST_OF_ONE if words == 1 else _LEAST_OF_FEW


def _turn_lines(pieces: Pieces, units: Units, scores: _Scores, likeliest: Ints) -> dict[int, Decision]:
    """The pieces in lines that are plainly in another language than the group that they belong to."""
    import numpy as np

    lines = int(pieces.line[-1]) + 1
    key = units.group * lines + pieces.line
    keys, totals = _total(key[scores.piece], scores.sums)
    totals += scores.prior
    rows = np.arange(len(keys))
    best = totals.argmax(axis=1)
    expected = likeliest[keys // lines]
    margin = totals[rows, best] - totals[rows, expected]
    turned = margin >= _TURN
    if not turned.any():
        return {}
    line, sign = keys % lines, keys // lines * len(scores.profiles.codes) + best
    beside = (np.diff(sign) == 0) & (np.diff(line) == 1)
    before, after = turned[:-1] & beside, turned[1:] & beside
    turned[1:] |= before & (margin[1:] >= _TURN_BESIDE)
    turned[:-1] |= after & (margin[:-1] >= _TURN_BESIDE)
    row = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
    found = np.flatnonzero(turned[row] & (keys[row] == key)).tolist()
    return {piece: (scores.profiles.codes[best[row[piece]]], _SCORES[-1] / 1000) for piece in found}


def _total(keys: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """The sums of the rows of each key."""
    import numpy as np

    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    firsts = np.flatnonzero(np.diff(ordered, prepend=NONE))
    return ordered[firsts], np.add.reduceat(rows[order], firsts, axis=0)


def _judge(totals: Ints) -> tuple[list[int], list[int]]:
    """The likeliest language of each row, and its score in thousandths."""
    import numpy as np

    best = totals.argmax(axis=1)
    rest = totals.copy()
    rows = np.arange(len(totals))
    rest[rows, best] = np.iinfo(np.int64).min
    margins = totals[rows, best] - rest.max(axis=1)
    return best.tolist(), [_calibrate(margin) for margin in margins.tolist()]


def _calibrate(margin: int) -> int:
    if margin >= _MARGINS[-1]:
        return _SCORES[-1]
    at = bisect_right(_MARGINS, margin) - 1
    step = (_SCORES[at + 1] - _SCORES[at]) * (margin - _MARGINS[at]) // (_MARGINS[at + 1] - _MARGINS[at])
    return _SCORES[at] + step


def _name_scripts(pieces: Pieces, units: Units, decisions: list[Decision]) -> None:
    """Decide the groups of scripts that one language writes; Han letters beside kana are Japanese."""
    import numpy as np

    only: dict[str, str] = read_toml("languages")["only"]
    names = {script: script_name(script) for script in set(units.script.tolist())}
    if only.keys().isdisjoint(names.values()):
        return
    size = np.zeros(len(decisions), np.int64)
    np.add.at(size, units.group[units.votes], pieces.size[units.votes])
    groups = list(enumerate(zip(units.unit.tolist(), units.script.tolist(), size.tolist(), strict=True)))
    kana = {unit for _, (unit, script, _) in groups if names[script] in ("Hira", "Kana")}
    for group, (unit, script, letters) in groups:
        name = names[script]
        if name in only and letters > 1:  # one letter is a sign
            decisions[group] = ("ja" if name == "Hani" and unit in kana else only[name], _BY_SCRIPT)


@functools.cache
def _months() -> dict[str, str]:
    table: dict[str, list[list[str]]] = read_toml("months")["gregorian"]
    last = sorted(table, key=lambda code: code == "en")  # English has the last word
    return {name: code for code in last for names in table[code] for name in names}


def _name_months(pieces: Pieces, said: Said, units: Units, decisions: list[Decision]) -> None:
    """A script of an attribution that says nothing but the month: the month's language."""
    import numpy as np

    heard = units.votes & ~pieces.own
    if not heard.any():
        return
    chosen = np.flatnonzero(heard[said.piece])
    spoken: dict[int, set[str]] = {}
    for word, group in zip(said.words.spell(chosen), units.group[said.piece[chosen]].tolist(), strict=True):
        spoken.setdefault(group, set()).add(word)
    months = _months()
    for group, some in spoken.items():
        named = sorted(some & months.keys())
        if named and all(len(word) <= 2 for word in some.difference(named)):  # "at", "am", "de", "г"
            decisions[group] = (months[named[0]], _BY_RULE)


def _spread(
    pieces: Pieces, units: Units, decisions: Sequence[Decision], lines: dict[int, Decision]
) -> tuple[list[str], list[float]]:
    """The decision of each piece: entities and bare names are und, a name has its embed's language in its script."""
    found = list(map(decisions.__getitem__, units.group.tolist()))
    for piece, decision in lines.items():
        found[piece] = decision
    silent = (pieces.entity != NONE) | units.bare
    for piece in silent.nonzero()[0].tolist():
        found[piece] = UND
    named = pieces.name.nonzero()[0].tolist()
    if named:
        of = {unit: decisions[group][0] for group, unit in enumerate(units.unit.tolist()) if units.main[group]}
        for piece in named:
            group = units.group[piece]
            if not units.main[group] and decisions[group][0] != of[int(units.unit[group])]:
                found[piece] = UND
    return [code for code, _ in found], [score for _, score in found]
