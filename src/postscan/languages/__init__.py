"""The language of every stretch of letters, and of the post.

Script first, by a pinned table; then one decision for each script of a post and for each script of an embedded post,
over all its words; hashtags, handles and links stand aside. See `docs/languages.md` for the rules and their limits.
"""

from __future__ import annotations

import difflib
import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from postscan.frozen import quickly_made, rows_maker
from postscan.languages.decisions import UND, Decisions, code_names, code_number, decide
from postscan.languages.letters import find_turns, script_names
from postscan.languages.mixing import code_mixing_index, integration_index, multilingual_index, word_languages
from postscan.languages.pieces import NONE, Layers, Pieces, cut_pieces, read_layers
from postscan.model import Block, Embed, Entity, Language, PostscanError
from postscan.wordlists import read_toml

__all__ = [
    "PostLanguages",
    "check_detect",
    "code_mixing_index",
    "find_languages",
    "integration_index",
    "multilingual_index",
    "word_languages",
]

MIXED = 5
"""A second language makes a post "mul" if it has at least one of so many decided letters."""
_TOGETHER = 1 << 20
"""Characters that are looked at together, which bounds the memory of a batch of long texts."""
_CHOICES = (("body",), ("caption", "headline", "teaser"), ("embed",))
"""The kinds of block whose letters say what a post's language is: the first choice that the post has."""


@quickly_made
@dataclass(frozen=True, slots=True)
class PostLanguages:
    """The language layer of a post."""

    language: str
    """The language of the body; "mul", "und" or "zxx" (no letters)."""
    main: str | None
    """The language of most decided letters, also of a mixed post."""
    segments: tuple[Language, ...]
    """Every letter of the text lies in exactly one."""


_make_all = rows_maker(PostLanguages)
_make_segments = rows_maker(Language)


@functools.cache
def _known() -> frozenset[str]:
    """Every code that a segment may have, but und."""
    tables = read_toml("languages")
    listed = [code for table in ("langdetect", "own") for codes in tables[table].values() for code in codes]
    return frozenset([*listed, *tables["only"].values()])


def check_detect(codes: Sequence[str] | None) -> tuple[str, ...] | None:
    """The codes, sorted, each once; raises PostscanError for one that is never found.

    >>> check_detect(["en", "ar", "en"])
    ('ar', 'en')
    """
    for code in codes or ():
        if code not in _known():
            near = difflib.get_close_matches(code, sorted(_known()), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"languages are {', '.join(sorted(_known()))}"
            raise PostscanError(f"no language {code!r} to detect; {hint}")
    return None if codes is None else tuple(sorted(set(codes)))


def find_languages(
    texts: Sequence[str],
    blocks: Sequence[Sequence[Block]],
    embeds: Sequence[Sequence[Embed]],
    entities: Sequence[Sequence[Entity]],
    *,
    detect: Sequence[str] | None = None,
    engine: str = "profiles",
) -> list[PostLanguages]:
    """The languages of each text of a batch; the answers do not depend on what else is in it.

    `detect` names the languages that may be chosen; what fits none of them is "und". `engine` is "profiles" or
    "langdetect", the package's own detector with a fixed seed. Raises PostscanError for another engine or language.

    >>> text = "Gate 4 is open again البوابة مفتوحة الآن"
    >>> [found] = find_languages([text], [[]], [[]], [[]])
    >>> [(s.code, s.script, text[s.start : s.end]) for s in found.segments]
    [('en', 'Latn', 'Gate 4 is open again'), ('ar', 'Arab', 'البوابة مفتوحة الآن')]
    """
    if engine not in ("profiles", "langdetect"):
        raise PostscanError(f'engine must be "profiles" or "langdetect", not {engine!r}')
    allowed = check_detect(detect)
    found: list[PostLanguages] = []
    first, size = 0, 0
    for last, length in enumerate(map(len, texts), 1):
        size += length
        if size >= _TOGETHER or last == len(texts):
            some = slice(first, last)
            layers = read_layers(texts[some], blocks[some], embeds[some], entities[some])
            found += _find_some(texts[some], layers, allowed, engine)
            first, size = last, 0
    return found


def _find_some(
    texts: Sequence[str], layers: Layers, detect: tuple[str, ...] | None, engine: str
) -> list[PostLanguages]:
    pieces = cut_pieces(texts, layers)
    if pieces is None:
        return [PostLanguages("zxx", None, ()) for _ in texts]
    decisions = decide(pieces, detect, engine)
    segments, ends = _join(pieces, decisions, len(texts))
    languages, mains = _judge(pieces, decisions, len(texts))
    spoken = [tuple(segments[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    return _make_all(zip(languages, mains, spoken, strict=True))


def _join(pieces: Pieces, decisions: Decisions, posts: int) -> tuple[list[Language], list[int]]:
    """The segments, and how many there are up to the end of each post.

    Neighbouring pieces of one script, language and side are one; an entity is whole.
    """
    import numpy as np

    first = np.ones(len(pieces.start), np.bool_)
    first[1:] = pieces.side[1:] != pieces.side[:-1]
    first[1:] |= pieces.script[1:] != pieces.script[:-1]
    first[1:] |= decisions.code[1:] != decisions.code[:-1]
    firsts = first.nonzero()[0]
    lasts = np.append(firsts[1:], len(first)) - 1
    start, end = pieces.start[firsts], pieces.end[lasts]
    spans = pieces.layers.entities
    if len(spans.start):
        entity = np.concatenate(([NONE], pieces.entity, [NONE]))
        opens = (pieces.entity[firsts] != NONE) & (entity[firsts] != pieces.entity[firsts])
        closes = (pieces.entity[lasts] != NONE) & (entity[lasts + 2] != pieces.entity[lasts])
        start[opens] = spans.start[pieces.entity[firsts[opens]]]
        end[closes] = spans.end[pieces.entity[lasts[closes]]]
    post = pieces.post[firsts]
    base = pieces.layers.posts[post]
    rows = zip(
        map(code_names().__getitem__, decisions.code[firsts].tolist()),
        map(script_names().__getitem__, pieces.script[firsts].tolist()),
        (start - base).tolist(),
        (end - base).tolist(),
        decisions.score[firsts].tolist(),
        strict=True,
    )
    return _make_segments(rows), np.searchsorted(post, np.arange(posts), "right").tolist()


def _judge(pieces: Pieces, decisions: Decisions, posts: int) -> tuple[list[str], list[str | None]]:
    """The language and the main language of each post, by the letters of the first choice of blocks that it has."""
    import numpy as np

    names = code_names()
    none, mul = len(names), len(names) + 1
    never = len(_CHOICES)
    choices = {kind: number for number, kinds in enumerate(_CHOICES) for kind in kinds}
    kinds = [*map(choices.get, pieces.layers.kinds, itertools.repeat(never)), 0]  # without blocks all is body
    plain = (pieces.entity == NONE).nonzero()[0]
    post, choice = pieces.post[plain], np.array(kinds, np.int64)[pieces.block[plain]]
    first = np.full(posts, never)
    np.minimum.at(first, post, choice)
    language = np.full(posts, none)
    language[post] = UND
    plain = plain[(choice < never) & (choice == first[post]) & (decisions.code[plain] != UND)]
    post, code, size = pieces.post[plain], decisions.code[plain], pieces.size[plain]
    language[post] = code
    main = language.tolist()
    starts = find_turns(post)
    several = np.minimum.reduceat(code, starts) != np.maximum.reduceat(code, starts)
    ends = np.append(starts[1:], len(post))
    for begin, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
        counts: dict[str, int] = {}
        for number, letters in zip(code[begin:end].tolist(), size[begin:end].tolist(), strict=True):
            counts[names[number]] = counts.get(names[number], 0) + letters
        most, second, *_ = sorted(counts, key=lambda name: (-counts[name], name))
        main[post[begin]] = code_number(most)
        language[post[begin]] = mul if counts[second] * MIXED >= sum(counts.values()) else code_number(most)
    shown, mains = [*names, "zxx", "mul"], [None, *names[1:], None]
    return list(map(shown.__getitem__, language.tolist())), list(map(mains.__getitem__, main))
