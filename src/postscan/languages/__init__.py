"""The language of every stretch of letters, and of the post.

Script first, by a pinned table; then one decision for each script of a post and for each script of an embedded post,
over all its words; hashtags, handles and links stand aside. See `docs/languages.md` for the rules and their limits.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from postscan.languages.decisions import decide
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


@dataclass(frozen=True, slots=True)
class PostLanguages:
    """The language layer of a post."""

    language: str
    """The language of the body; "mul", "und" or "zxx" (no letters)."""
    main: str | None
    """The language of most decided letters, also of a mixed post."""
    segments: tuple[Language, ...]
    """Every letter of the text lies in exactly one."""


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
    for last, text in enumerate(texts, 1):
        size += len(text)
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
    codes, scores = decide(pieces, detect, engine)
    segments = _join(pieces, codes, scores, len(texts))
    posts = _judge(pieces, codes, len(texts))
    return [PostLanguages(*judged, tuple(some)) for judged, some in zip(posts, segments, strict=True)]


def _join(pieces: Pieces, codes: Sequence[str], scores: Sequence[float], posts: int) -> list[list[Language]]:
    """The segments of each post: neighbouring pieces of one script, language and side are one; an entity is whole."""
    import numpy as np

    from postscan.languages.letters import script_name

    numbers = {code: number for number, code in enumerate(dict.fromkeys(codes))}
    code = np.fromiter(map(numbers.__getitem__, codes), np.int64, len(codes))
    first = np.ones(len(codes), np.bool_)
    first[1:] = (np.diff(pieces.side) != 0) | (np.diff(pieces.script) != 0) | (np.diff(code) != 0)
    firsts = np.flatnonzero(first)
    lasts = np.append(firsts[1:], len(codes)) - 1
    start, end = pieces.start[firsts], pieces.end[lasts]
    spans = pieces.layers.entities
    if len(spans.start):
        entity = np.concatenate(([NONE], pieces.entity, [NONE]))
        opens = (pieces.entity[firsts] != NONE) & (entity[firsts] != pieces.entity[firsts])
        closes = (pieces.entity[lasts] != NONE) & (entity[lasts + 2] != pieces.entity[lasts])
        start[opens] = spans.start[pieces.entity[firsts[opens]]]
        end[closes] = spans.end[pieces.entity[lasts[closes]]]
    base = pieces.layers.posts[pieces.post[firsts]]
    names = {script: script_name(script) for script in set(pieces.script.tolist())}
    found: list[list[Language]] = [[] for _ in range(posts)]
    rows = zip(
        pieces.post[firsts].tolist(), firsts.tolist(), pieces.script[firsts].tolist(),
        (start - base).tolist(), (end - base).tolist(), strict=True,
    )  # fmt: skip
    for post, piece, script, begin, close in rows:
        found[post].append(Language(codes[piece], names[script], begin, close, scores[piece]))
    return found


def _judge(pieces: Pieces, codes: Sequence[str], posts: int) -> list[tuple[str, str | None]]:
    """The language and main language of each post."""
    choices: dict[str, int] = {kind: i for i, kinds in enumerate(_CHOICES) for kind in kinds}
    kinds = [*(choices.get(kind, NONE) for kind in pieces.layers.kinds), 0]  # without blocks all is body
    counts: list[dict[tuple[int, str], int] | None] = [None] * posts
    rows = zip(
        pieces.post.tolist(), pieces.block.tolist(), pieces.entity.tolist(), pieces.size.tolist(), codes, strict=True
    )
    for post, block, entity, size, code in rows:
        if entity == NONE:
            key = kinds[block], code
            count = counts[post]
            if count is None:
                counts[post] = {key: size}
            else:
                count[key] = count.get(key, 0) + size
    return [("zxx", None) if count is None else _judge_post(count) for count in counts]


def _judge_post(count: dict[tuple[int, str], int]) -> tuple[str, str | None]:
    """The language and main language from the letters of each choice of blocks and language."""
    if len(count) == 1:  # as most posts
        [(choice, code)] = count
        return ("und", None) if choice == NONE or code == "und" else (code, code)
    best = min((choice for choice, _ in count if choice != NONE), default=NONE)
    decided = sorted((-size, code) for (choice, code), size in count.items() if choice == best and code != "und")
    if not decided or best == NONE:
        return "und", None
    main = decided[0][1]
    mixed = len(decided) > 1 and decided[1][0] * MIXED <= sum(size for size, _ in decided)
    return ("mul" if mixed else main), main
