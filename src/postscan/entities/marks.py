"""Our entities beside those that a platform marks: what links lead to is taken over, all else is only compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from postscan.model import Entity

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_KINDS = {"hashtag": "hashtags", "handle": "handles", "url": "links", "cashtag": "cashtags"}


def take_targets(found: Sequence[Entity], marked: Sequence[Entity]) -> tuple[Entity, ...]:
    """Our entities, with the targets of links that begin where the platform marks one.

    >>> ours = Entity("url", 4, 10, "https://t.co/a")
    >>> take_targets([ours], [replace(ours, expanded="https://a.example")])[0].expanded
    'https://a.example'
    """
    targets = {mark.start: mark.expanded for mark in marked if mark.kind == "url" and mark.expanded}
    return tuple(
        replace(entity, expanded=targets[entity.start]) if entity.kind == "url" and entity.start in targets else entity
        for entity in found
    )


def without_fragments(text: str, found: Sequence[Entity], marked: Sequence[Entity]) -> tuple[Entity, ...]:
    """Our entities of a cut text without the one that was cut in its middle: platforms mark only those that are whole.

    It is one that touches the ellipsis and that nothing is marked like.

    >>> text = "RT @a: #Kabul #airp\N{HORIZONTAL ELLIPSIS}"
    >>> ours = [Entity("handle", 3, 5, "a"), Entity("hashtag", 7, 13, "kabul"), Entity("hashtag", 14, 19, "airp")]
    >>> [entity.value for entity in without_fragments(text, ours, ours[:1])]
    ['a', 'kabul']
    """
    theirs = {_place(mark) for mark in marked}
    return tuple(
        entity for entity in found if text[entity.end : entity.end + 1] != _ELLIPSIS or _place(entity) in theirs
    )


def compare_marks(text: str, found: Sequence[Entity], marked: Sequence[Entity]) -> Iterator[tuple[str, str, str]]:
    """What only one of both has, as (kind of note, what it is, as written).

    "unfound" is marked and not found, "unmarked" found and not marked, "behind" a link that stands behind words.
    Handles and links are the same where they begin at one place, since platforms let them end in other places;
    glued hashtags are what platforms refuse, so nobody misses their marks.

    >>> list(compare_marks("#a b", [], [Entity("hashtag", 0, 2, "a"), Entity("url", 3, 4, "b", "https://b.example")]))
    [('unfound', 'hashtags', '#a'), ('behind', '', 'b')]
    """
    ours = {_place(entity) for entity in found}
    theirs = {_place(mark) for mark in marked}
    for mark in marked:
        if _place(mark) not in ours:
            surface = text[mark.start : mark.end]
            if mark.kind == "url" and "." not in surface:
                yield "behind", "", surface
            else:
                yield "unfound", _KINDS.get(mark.kind, mark.kind), surface
    for entity in found:
        if entity.kind in _KINDS and _place(entity) not in theirs:
            yield "unmarked", _KINDS[entity.kind], text[entity.start : entity.end]


def _place(entity: Entity) -> tuple[str, int, int]:
    kind = "hashtag" if entity.kind == "glued_hashtag" else entity.kind
    return kind, entity.start, entity.end if kind in ("hashtag", "cashtag") else -1
