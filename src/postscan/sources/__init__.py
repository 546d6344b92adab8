"""Who is credited: outlets, wires, domains, embeds' authors, brands, pictures, staff, officials, unnamed, hat tips.

A block is folded once and its words are asked first whether one of them could credit anybody; only then are the rules
tried, in the order of `_find_in_words`. The first rule that takes a word keeps it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace

from postscan.model import Block, Embed, Entity, Post, Source
from postscan.sources import arabic, english, gate, verb_final
from postscan.sources.credits import find_credits
from postscan.sources.gate import may_credit
from postscan.sources.links import entities_of, find_authors, find_brands, find_domains
from postscan.sources.mentions import Found, find_outlets, find_references
from postscan.sources.wires import find_wires
from postscan.sources.words import Words, role, spoken_key

_READ = frozenset(("headline", "dateline", "body", "caption", "byline", "teaser", "boilerplate"))
_LABELLED = frozenset("|:-\N{EN DASH}\N{EM DASH}")
_SIGNING = ("hashtag", "glued_hashtag", "handle")
_REPRINTED = ("appeared-in", "source-line")
"""What a notice may credit: the outlet that it is reprinted from."""


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
    found = find_authors(post.text, embeds) if embeds else []
    kinds = {entity.kind for entity in entities}
    if "url" in kinds:
        found += find_domains(blocks, entities)
    if not kinds.isdisjoint(_SIGNING):
        found += find_brands(post, blocks, entities)
    for block in blocks:
        if block.kind in _READ:
            found += _find_in_block(post.text, block, entities)
    return _settled(found)


def _find_in_block(text: str, block: Block, entities: Sequence[Entity]) -> list[Source]:
    raw = text[block.start : block.end]
    found = may_credit(raw, block.kind)
    if not found:
        return []
    inside = entities_of(block, entities) if entities else []
    for entity in inside:
        if entity.kind in ("url", "email"):
            start, end = entity.start - block.start, entity.end - block.start
            raw = raw[:start] + "\0" * (end - start) + raw[end:]
    words = Words(raw, block.start, gate.signs())
    handles = {e.start + 1: e for e in inside if e.kind == "handle"}
    return [
        Source(f.kind, *_span(words, f), f.name, _key(words, f), f.rule)
        for f in _find_in_words(words, block.kind, handles, found)
    ]


def _span(words: Words, found: Found) -> tuple[int, int]:
    """Where a source stands, a tag's or handle's sign included."""
    start, end = words.span(found.first, found.last, found.skip)
    if not found.skip and words.gaps[found.first][-1:] in ("#", "@"):
        start -= 1
    return start, end


def _key(words: Words, found: Found) -> str:
    if found.name is not None:
        return found.name.casefold()
    return spoken_key(words.surface(found.first, found.last, found.skip))


def _find_in_words(words: Words, kind: str, handles: dict[int, Entity], signs: int) -> list[Found]:
    """What the rules find, in their order; a later rule takes no word that an earlier one has taken."""
    if kind == "boilerplate":
        return [one for one in find_outlets(words, kind) if one.rule.rstrip("?") in _REPRINTED]
    found: list[Found] = []
    taken: set[int] = set()

    def take(some: list[Found]) -> None:
        if not some:
            return
        for one in some:
            span = range(one.first, one.last)
            if taken.isdisjoint(span):
                found.append(one)
                taken.update(span)

    if signs & gate.MARK and kind in ("dateline", "body", "headline"):
        take(find_wires(words, kind))
    if signs & (gate.LABEL | gate.TIP | gate.MARK) or kind == "caption":
        take(find_credits(words, kind, handles))
    if signs & (gate.NAME | gate.PRESS | gate.LINK):
        take(find_outlets(words, kind))
    if signs & gate.SPEAKS and signs & gate.WHO:
        take(find_references(words))
    finders = _finders()
    for at, word in enumerate(words.words):
        if word in finders:
            for finder in finders[word]:
                take(finder(words, at))
    if signs & gate.POINT:
        for at, gap in enumerate(words.gaps[:-1]):
            if at == 0 or (gap != " " and ("\n" in gap or gap.rstrip()[-1:] in _LABELLED)):
                take(english.find_label(words, at) or arabic.find_label(words, at) or verb_final.find_label(words, at))
    return found


@functools.cache
def _finders() -> dict[str, tuple[Callable[[Words, int], list[Found]], ...]]:
    """The finders of speakers for each word that announces speech."""
    found: dict[str, tuple[Callable[[Words, int], list[Found]], ...]] = {}
    for language, finder, names in (
        ("ckb", verb_final.find_sorani, ("say",)),
        ("ps", verb_final.find_pashto, ("say", "according")),
        ("ur", verb_final.find_urdu, ("agent", "agent_other")),
        ("fa", verb_final.find_persian, ("say", "cite")),
        ("en", english.find_speakers, ("say", "tell", "cite", "according", "say_ing", "recount")),
    ):
        for name in names:
            for word in role(language, name):
                found[word] = (*found.get(word, ()), finder)
    found["by"] = (english.find_speakers,)
    for word in role("ar", "say") | role("ar", "cite") | {"عن"}:
        for form in (word, "و" + word, "ف" + word):
            found[form] = (*found.get(form, ()), arabic.find_speakers)
    return found


def _settled(found: list[Source]) -> tuple[Source, ...]:
    """The sources in order, one of each kind at a place; "the agency" is the outlet that was named last."""
    if not found or (len(found) == 1 and not found[0].rule.startswith("refers-back")):
        return tuple(found)
    settled: list[Source] = []
    last: str | None = None
    for source in sorted(found, key=lambda s: (s.start, s.end, s.kind)):
        if settled and (settled[-1].start, settled[-1].end, settled[-1].kind) == (
            source.start,
            source.end,
            source.kind,
        ):
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
