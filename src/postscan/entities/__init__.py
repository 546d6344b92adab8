"""Hashtags, handles, links, addresses, cashtags and emoji, with exact offsets and what counts as the same.

The rules are twitter-text's (3.1), with the additions that `docs/entities.md` lists. `sweep` reads what stands free,
`rules` the lines in which something does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from postscan.entities.sweep import Found, sweep_text
from postscan.entities.tags import split_tag, suspicious
from postscan.entities.values import entity_value
from postscan.frozen import rows_maker
from postscan.model import Entity

__all__ = ["entity_value", "find_columns", "find_entities", "find_spans", "split_tag", "suspicious"]

_make_entities = rows_maker(Entity, 4)


def find_spans(text: str) -> list[tuple[int, int, str]]:
    r"""The spans and kinds of all entities, as (start, end, kind), sorted and disjoint.

    >>> find_spans("#كابل\N{FIRE} via @dana_k: tolonews.com/x.")
    [(0, 5, 'hashtag'), (5, 6, 'emoji'), (11, 18, 'handle'), (20, 34, 'url')]
    """
    return [(start, end, kind) for kind, start, end, _ in sweep_text(text)]


def find_columns(texts: Sequence[str]) -> list[list[tuple[int, int, str, str]]]:
    """The entities of each text as (start, end, kind, value); values are made once per written form."""
    return [[(start, end, kind, value) for kind, start, end, value in sweep_text(text)] for text in texts]


def find_entities(texts: Sequence[str]) -> list[tuple[Entity, ...]]:
    """The entities of each text, sorted by start and disjoint.

    >>> [[(e.kind, e.value) for e in entities] for entities in find_entities(["#Kabul http://t.co/x", "..."])]
    [[('hashtag', 'kabul'), ('url', 'http://t.co/x')], []]
    """
    found: list[Found] = []
    ends = [0]
    for text in texts:
        found += sweep_text(text)
        ends.append(len(found))
    made = _make_entities(found)
    return [tuple(made[start:end]) for start, end in pairwise(ends)]
