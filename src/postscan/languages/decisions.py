"""Decides the language of each piece: one decision for each script of a unit, which is a post or an embedded post."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from postscan.languages.arabizi import find_arabizi
from postscan.languages.letters import Words, are_capitals, find_turns, find_words, script_name
from postscan.languages.pieces import NONE, Pieces
from postscan.languages.profiles import Profiles, load_profiles
from postscan.languages.vocabulary import shared_vocabulary
from postscan.wordlists import read_toml

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

UND = 0
"""The number of und."""
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
_SUMMED = 256
"""Words whose sum in 32 bits, which takes half the time, is never too great: each is below 2**31 / 256."""
_BY_SCRIPT = 0.99
_BY_RULE = 0.9

# How often the likeliest language is right (in thousandths) by how much likelier it is than the second (in thousandths
# of a bit), with straight lines between: measured by scripts/calibrate_profiles.py on text that was held out.
_MARGINS = (0, 1_000, 2_000, 3_000, 4_000, 6_000, 8_000, 12_000, 16_000, 24_000, 32_000)
_SCORES = (350, 550, 660, 770, 860, 930, 965, 985, 995, 998, 999)


@functools.cache
def _numbers() -> dict[str, int]:
    return {"und": UND}


def code_number(code: str) -> int:
    """The number that stands for a language in this process: they are numbered as they are met."""
    return _numbers().setdefault(code, len(_numbers()))


def code_names() -> list[str]:
    """The code of each number."""
    return list(_numbers())


class Decisions(NamedTuple):
    """A language for each row, by number (`code_number`), and how sure it is."""

    code: Ints
    score: NDArray[np.float64]


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
    capital: Bools
    """Which words begin with a capital."""


def decide(pieces: Pieces, detect: tuple[str, ...] | None, engine: str) -> Decisions:
    """The decision of each piece."""
    import numpy as np

    plain = pieces.entity == NONE
    words = find_words(pieces.letters, pieces.start, plain)
    said = Said(words, words.stretch, are_capitals(pieces.letters.code.take(words.start)))
    units = _find_units(pieces, said, plain & ~pieces.name)
    groups = Decisions(np.zeros(len(units.unit), np.int64), np.zeros(len(units.unit)))
    turned: list[tuple[Ints, Ints]] = []
    if engine == "langdetect":
        from postscan.languages.original import detect_groups

        for group, (code, score) in detect_groups(pieces, units.group, units.votes).items():
            groups.code[group], groups.score[group] = code_number(code), score
    else:
        for scores in _score(pieces, said, units, detect):
            likeliest = _decide_groups(scores, groups)
            if len(likeliest) < len(scores.lines):  # a group on more than one line
                turned.append(_turn_lines(pieces, units, scores, likeliest))
        _name_scripts(pieces, units, groups)
        _name_months(pieces, said, units, groups)
        sizes = np.bincount(units.group[said.piece], minlength=len(units.unit))
        for group in find_arabizi(pieces, units.group, units.votes, sizes):
            groups.code[group], groups.score[group] = code_number("ar"), _BY_RULE
    found = Decisions(groups.code[units.group], groups.score[units.group])
    for piece, language in turned:
        found.code[piece], found.score[piece] = language, _SCORES[-1] / 1000
    for some in (groups, found) if detect is not None else ():
        left = ~np.isin(some.code, [code_number(code) for code in detect or ()])
        some.code[left], some.score[left] = UND, 0.0
    _silence(pieces, units, groups, found)
    return found


def _find_units(pieces: Pieces, said: Said, plain: Bools) -> Units:
    import numpy as np

    speaker = np.where(pieces.embed == NONE, pieces.post, len(pieces.layers.posts) + pieces.embed)
    key = speaker * _SCRIPTS + pieces.script
    keys = np.sort(key)
    keys = keys[find_turns(keys)]
    group = np.searchsorted(keys, key)
    unit, script = keys // _SCRIPTS, keys % _SCRIPTS
    size = np.zeros(len(keys), np.int64)
    np.add.at(size, group, np.where(plain & pieces.own, pieces.size, 0))
    rank = size * _SCRIPTS - script  # of two scripts of as many letters the first
    starts = find_turns(unit)
    most = np.maximum.reduceat(rank, starts)
    main: Bools = rank == np.repeat(most, np.diff(starts, append=len(unit)))
    bare = plain & pieces.own & ~main[group] & _are_names(pieces, said)
    voters = plain & ~bare
    heard = np.zeros(len(keys), np.bool_)
    heard[group[voters & pieces.own]] = True
    return Units(group, unit, script, main, voters & (pieces.own | ~heard[group]), bare)


def _are_names(pieces: Pieces, said: Said) -> Bools:
    """Which pieces are one to three words, each with a capital."""
    import numpy as np

    number = np.bincount(said.piece, minlength=len(pieces.start))
    capitals = np.bincount(said.piece[said.capital], minlength=len(pieces.start))
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
    lines: Ints
    """Lines of groups, in order: the number of the group times that of all lines, and the line."""
    groups: Ints
    """The group of each of these."""
    sums: Ints
    """A row for each of them."""
    words: Ints
    """How many words each group has, of all groups."""
    capitals: Ints
    """How many of them begin with a capital."""


def _score(pieces: Pieces, said: Said, units: Units, detect: tuple[str, ...] | None) -> Iterator[_Scores]:
    """The scores of the voting pieces of every script that has profiles."""
    import numpy as np

    script_of_word = pieces.script[said.piece]
    votes = units.votes[said.piece]
    number = _count_lines(pieces)
    line_of_word = (units.group * number + pieces.line)[said.piece]
    for script in sorted(set(pieces.script.tolist())):
        name = script_name(script)
        profiles = load_profiles(name)
        chosen = ((script_of_word == script) & votes).nonzero()[0]
        if profiles is None or not len(chosen):
            continue
        chosen = chosen[np.argsort(line_of_word[chosen], kind="stable")]
        line = line_of_word[chosen]
        firsts = find_turns(line)
        by_word = shared_vocabulary(profiles).sum_words(said.words, chosen)
        narrow = np.diff(firsts, append=len(line)).max() <= _SUMMED
        sums: Ints = np.add.reduceat(by_word, firsts, axis=0, dtype=np.int32 if narrow else np.int64).astype(np.int64)
        strict = name == "Latn" and detect is None
        group = line // number
        words = np.bincount(group, minlength=len(units.unit))
        capitals = np.bincount(group[said.capital[chosen]], minlength=len(units.unit))
        prior = find_prior(name, profiles, detect)
        yield _Scores(profiles, prior, strict, line[firsts], group[firsts], sums, words, capitals)


def _count_lines(pieces: Pieces) -> int:
    """A number above that of every line."""
    return int(pieces.line[-1]) + 1


def _decide_groups(scores: _Scores, decisions: Decisions) -> Ints:
    """Put in the decisions of a script's groups; the likeliest language of each of these, decided or not."""
    import numpy as np

    firsts = find_turns(scores.groups)
    groups = scores.groups[firsts]
    totals = scores.sums if len(firsts) == len(scores.sums) else np.add.reduceat(scores.sums, firsts, axis=0)
    best, score = _judge(totals + scores.prior)
    least = np.full(len(groups), _LEAST)
    words = scores.words[groups]
    for row in (words <= _FEW).nonzero()[0].tolist() if scores.strict else ():
        least[row] = _find_least(scores.profiles.codes[best[row]], words[row], scores.capitals[groups[row]])
    sure = score >= least
    decisions.code[groups[sure]] = _code_numbers(scores.profiles)[best[sure]]
    decisions.score[groups[sure]] = score[sure] / 1000
    return best


@functools.cache
def _code_numbers(profiles: Profiles) -> Ints:
    import numpy as np

    return np.array([code_number(code) for code in profiles.codes], np.int64)


def _find_least(code: str, words: int, capitals: int) -> int:
    """The score below which one to three words in Latin letters, of which some have capitals, decide nothing."""
    if code == "en":
        return _LEAST_OF_ONE if words == 1 else _LEAST
    if words == capitals:
        return _LEAST_OF_NAMES
    return _LEAST_OF_ONE if words == 1 else _LEAST_OF_FEW


def _turn_lines(pieces: Pieces, units: Units, scores: _Scores, likeliest: Ints) -> tuple[Ints, Ints]:
    """The pieces in lines that are plainly in another language than the group that they belong to, and which."""
    import numpy as np

    totals = scores.sums + scores.prior
    rows = np.arange(len(totals))
    best = totals.argmax(axis=1)
    expected = likeliest[np.searchsorted(find_turns(scores.groups), rows, "right") - 1]
    margin = totals[rows, best] - totals[rows, expected]
    turned = margin >= _TURN
    if not turned.any():
        return rows[:0], best[:0]
    number = _count_lines(pieces)
    line, sign = scores.lines % number, scores.groups * len(scores.profiles.codes) + best
    beside = (np.diff(sign) == 0) & (np.diff(line) == 1)
    before, after = turned[:-1] & beside, turned[1:] & beside
    turned[1:] |= before & (margin[1:] >= _TURN_BESIDE)
    turned[:-1] |= after & (margin[:-1] >= _TURN_BESIDE)
    key = units.group * number + pieces.line
    row = np.minimum(np.searchsorted(scores.lines, key), len(scores.lines) - 1)
    found = (turned[row] & (scores.lines[row] == key)).nonzero()[0]
    return found, _code_numbers(scores.profiles)[best[row[found]]]


def _judge(totals: Ints) -> tuple[Ints, Ints]:
    """The likeliest language of each row, and its score in thousandths."""
    import numpy as np

    best = totals.argmax(axis=1)
    rows = np.arange(len(totals))
    most = totals[rows, best]
    rest = totals.copy()
    rest[rows, best] = np.iinfo(np.int64).min
    margin = most - rest.max(axis=1)
    margins, scores = np.array(_MARGINS), np.array(_SCORES)
    margin = np.minimum(margin, _MARGINS[-1])
    at = np.searchsorted(margins[1:-1], margin, "right")
    step = (scores[at + 1] - scores[at]) * (margin - margins[at]) // (margins[at + 1] - margins[at])
    return best, scores[at] + step


def _name_scripts(pieces: Pieces, units: Units, decisions: Decisions) -> None:
    """Decide the groups of scripts that one language writes; Han letters beside kana are Japanese."""
    import numpy as np

    only: dict[str, str] = read_toml("languages")["only"]
    names = {script: script_name(script) for script in set(units.script.tolist())}
    if only.keys().isdisjoint(names.values()):
        return
    size = np.zeros(len(units.unit), np.int64)
    np.add.at(size, units.group[units.votes], pieces.size[units.votes])
    groups = list(enumerate(zip(units.unit.tolist(), units.script.tolist(), size.tolist(), strict=True)))
    kana = {unit for _, (unit, script, _) in groups if names[script] in ("Hira", "Kana")}
    for group, (unit, script, letters) in groups:
        name = names[script]
        if name in only and letters > 1:  # one letter is a sign
            decisions.code[group] = code_number("ja" if name == "Hani" and unit in kana else only[name])
            decisions.score[group] = _BY_SCRIPT


@functools.cache
def _months() -> dict[str, str]:
    table: dict[str, list[list[str]]] = read_toml("months")["gregorian"]
    last = sorted(table, key=lambda code: code == "en")  # English has the last word
    return {name: code for code in last for names in table[code] for name in names}


def _name_months(pieces: Pieces, said: Said, units: Units, decisions: Decisions) -> None:
    """A script of an attribution that says nothing but the month: the month's language."""
    heard = units.votes & ~pieces.own
    if not heard.any():
        return
    chosen = heard[said.piece].nonzero()[0]
    spoken: dict[int, set[str]] = {}
    for word, group in zip(said.words.spell(chosen), units.group[said.piece[chosen]].tolist(), strict=True):
        spoken.setdefault(group, set()).add(word)
    months = _months()
    for group, some in spoken.items():
        named = sorted(some & months.keys())
        if named and all(len(word) <= 2 for word in some.difference(named)):  # "at", "am", "de", "г"
            decisions.code[group], decisions.score[group] = code_number(months[named[0]]), _BY_RULE


def _silence(pieces: Pieces, units: Units, groups: Decisions, found: Decisions) -> None:
    """Make entities and bare names und; a name has its embed's language in its script, and is und in another."""
    import numpy as np

    silent = (pieces.entity != NONE) | units.bare
    named = pieces.name.nonzero()[0]
    if len(named):
        of = np.zeros(int(units.unit.max()) + 1, np.int64)
        of[units.unit[units.main]] = groups.code[units.main]
        group = units.group[named]
        silent[named] |= ~units.main[group] & (groups.code[group] != of[units.unit[group]])
    found.code[silent], found.score[silent] = UND, 0.0
