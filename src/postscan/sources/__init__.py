"""Who is credited: outlets, wires, domains, embeds' authors, brands, pictures, staff, officials, unnamed, hat tips.

A block is folded once and its words are asked first whether one of them could credit anybody; only then are the rules
tried, in the order of `_find_in_words`. The first rule that takes a word keeps it.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from postscan.model import Block, Embed, Entity, Post, Source
from postscan.sources import arabic, english, verb_final
from postscan.sources.asides import without_leading, without_short_forms
from postscan.sources.bits import (
    ARABIC,
    BACK,
    BY,
    CAMERA,
    ENGLISH,
    LABEL,
    LINK,
    MARK,
    NAME,
    PASHTO,
    PERSIAN,
    POINT,
    PRESS,
    REFERS,
    SORANI,
    SPEAKS,
    TIP,
    URDU,
    VERB,
    WHO,
)
from postscan.sources.credits import find_credits
from postscan.sources.gate import may_credit
from postscan.sources.labels import find_label, label_places
from postscan.sources.links import entities_of, find_authors, find_linked
from postscan.sources.mentions import Found, find_outlets, find_references
from postscan.sources.signs import pieces
from postscan.sources.wires import find_wires
from postscan.sources.words import Words, spoken_key

_READ = frozenset(("headline", "dateline", "body", "caption", "byline", "teaser", "boilerplate"))
_DATED = frozenset(("dateline", "body", "headline"))
_CLAUSES = frozenset(("headline", "body", "teaser"))
_SIGNS = frozenset("#@")
_REPRINTED = frozenset(("appeared-in", "source-line"))
"""What a notice may credit: the outlet that it is reprinted from."""
_MARKED: Final = LABEL | TIP | NAME | PRESS | BY | REFERS | VERB
"""The signs of words at which a rule may begin."""


def find_sources(
    post: Post, blocks: Sequence[Block], embeds: Sequence[Embed], entities: Sequence[Entity]
) -> tuple[Source, ...]:
    """Everybody whom the post credits, sorted by where they stand.

    Inside an embed only its author counts, and boilerplate credits nobody. Single private persons are nobody's source
    here: not counting them is a promise of the layer, not a gap.

    >>> post = Post("1", "The gate held, two officials told Reuters.")
    >>> found = find_sources(post, [Block("body", 0, 42, 0, "")], [], [])
    >>> [(s.kind, post.text[s.start : s.end], s.name, s.rule) for s in found]
    [('unnamed', 'officials', None, 'says'), ('outlet', 'Reuters', 'Reuters', 'told')]
    """
    text = post.text
    found = find_authors(text, embeds) if embeds else []
    for block in blocks:
        if block.kind in _READ:
            raw = text[block.start : block.end]
            signs = may_credit(raw, block.kind)
            if signs:
                found += _find_in_block(raw, block, entities, signs)
    if entities:
        found += find_linked(post, blocks, entities)  # last, for links mostly close a post
    return _settled(found) if found else ()


def _find_in_block(raw: str, block: Block, entities: Sequence[Entity], signs: int) -> list[Source]:
    base = block.start
    handles: dict[int, Entity] = {}
    for entity in entities_of(block, entities):
        if entity.kind == "handle":
            handles[entity.start + 1] = entity
        elif entity.kind in ("url", "email"):
            start, end = entity.start - base, entity.end - base
            raw = raw[:start] + "\0" * (end - start) + raw[end:]
    if block.kind in _CLAUSES and ("#" in raw or "@" in raw):
        raw = without_leading(raw)
    if signs & MARK and "(" in raw:
        raw = without_short_forms(raw)
    words = Words(raw, base, pieces())
    found = []
    for one in _find_in_words(words, block.kind, handles, signs):
        start, end = words.span(one.first, one.last, one.skip)
        name = one.name
        key = name.casefold() if name is not None else spoken_key(raw[start - base : end - base])
        if not one.skip and words.gaps[one.first][-1:] in _SIGNS:
            start -= 1  # a tag's or handle's sign belongs to the source
        found.append(Source(one.kind, start, end, name, key, one.rule))
    return found


def _find_in_words(words: Words, kind: str, handles: dict[int, Entity], signs: int) -> list[Found]:
    """What the rules find, in their order; a later rule takes no word that an earlier one has taken."""
    of_words = words.signs
    places = [at for at, sign in enumerate(of_words) if sign & _MARKED]
    if kind == "boilerplate":
        return [one for one in find_outlets(words, places, kind) if one.rule.rstrip("?") in _REPRINTED]
    found: list[Found] = []
    taken: set[int] = set()
    if signs & MARK and kind in _DATED:
        _take(find_wires(words, kind), found, taken)
    if signs & (LABEL | TIP | MARK) or kind == "caption":
        _take(find_credits(words, places, kind, handles, cameras=signs & CAMERA != 0), found, taken)
    if signs & (NAME | PRESS | LINK):
        _take(find_outlets(words, places, kind), found, taken)
    if signs & BACK and signs & SPEAKS and signs & WHO:
        _take(find_references(words, places), found, taken)
    for at in places:
        if of_words[at] & VERB:
            _take(_find_speakers(words, at), found, taken)
    if signs & POINT:
        for at in label_places(words):
            _take(find_label(words, at), found, taken)
    return found


def _find_speakers(words: Words, at: int) -> list[Found]:
    """Who speaks by the word there, in each language that has it among its verbs."""
    sign = words.signs[at]
    found: list[Found] = []
    if sign & SORANI:
        found += verb_final.find_sorani(words, at)
    if sign & PASHTO:
        found += verb_final.find_pashto(words, at)
    if sign & URDU:
        found += verb_final.find_urdu(words, at)
    if sign & PERSIAN:
        found += verb_final.find_persian(words, at)
    if sign & ENGLISH:
        found += english.find_speakers(words, at)
    if sign & ARABIC:
        found += arabic.find_speakers(words, at)
    return found


def _take(some: list[Found], found: list[Found], taken: set[int]) -> None:
    """Adds what takes no word that is taken."""
    for one in some:
        span = range(one.first, one.last)
        if not taken or taken.isdisjoint(span):
            found.append(one)
            taken.update(span)


def _settled(found: list[Source]) -> tuple[Source, ...]:
    """The sources in order, one of each kind at a place; "the agency" is the outlet that was named last."""
    last_start = -1
    for source in found:
        if source.start <= last_start or source.rule in _BACK:
            break
        last_start = source.start
    else:
        return tuple(found)
    settled: list[Source] = []
    last: str | None = None
    for source in sorted(found, key=_by_place):
        before = settled[-1] if settled else None
        if before and before.start == source.start and before.end == source.end and before.kind == source.kind:
            continue
        if source.rule.startswith("refers-back"):
            if last is not None:
                settled.append(replace(source, name=last, key=last.casefold(), rule="refers-back"))
            elif source.rule == "refers-back":
                settled.append(replace(source, rule="refers-back?"))
            continue
        if source.kind in ("outlet", "wire") and source.name is not None:
            last = source.name
        settled.append(source)
    return tuple(settled)


_BACK = frozenset(("refers-back", "refers-back:"))
_by_place = operator.attrgetter("start", "end", "kind")
