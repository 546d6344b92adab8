"""Hashtags, handles, links, addresses, cashtags and emoji, with exact offsets and what counts as the same.

The rules are twitter-text's (3.1), with the additions that `docs/entities.md` lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from postscan.entities.emojis import find_emoji
from postscan.entities.links import find_links, has_scheme
from postscan.entities.signs import find_cashtags, find_emails, find_handles, find_hashtags
from postscan.entities.tags import split_tag, suspicious
from postscan.folding import hashtag_key
from postscan.model import Entity

__all__ = ["entity_value", "find_columns", "find_entities", "find_spans", "split_tag", "suspicious"]

_Span = tuple[int, int, str]


def find_spans(text: str) -> list[_Span]:
    r"""The spans and kinds of all entities, as (start, end, kind), sorted and disjoint.

    Of two that overlap the one that begins first stays; an address comes before what is inside it,
    and a glued hashtag after everything but emoji.

    >>> find_spans("#كابل\N{FIRE} via @dana_k: tolonews.com/x.")
    [(0, 5, 'hashtag'), (5, 6, 'emoji'), (11, 18, 'handle'), (20, 34, 'url')]
    """
    found: list[_Span] = []
    links = find_links(text) if "." in text else None
    if "#" in text or "\N{FULLWIDTH NUMBER SIGN}" in text:
        found = find_hashtags(text, links)
    if "@" in text or "\N{FULLWIDTH COMMERCIAL AT}" in text:
        found += find_handles(text)
        if links:
            found += find_emails(text, links)
    if links:
        found += [(start, end, "url") for start, end in links.found]
    if "$" in text:
        found += find_cashtags(text)
    if not text.isascii():
        found += find_emoji(text)
    if len(found) > 1:
        found.sort()
        end = 0
        for span in found:
            if span[0] < end:
                return _without_overlaps(found)
            end = span[1]
    return found


def _without_overlaps(found: list[_Span]) -> list[_Span]:
    """The spans in order, without those that begin inside another that stays.

    What twitter-text finds comes before a glued hashtag, wherever that begins.
    """
    found.sort(key=lambda span: (span[0], span[2] != "email"))
    glued = [span for span in found if span[2] == "glued_hashtag"]
    if glued:
        firm = _first_ones(span for span in found if span[2] not in ("glued_hashtag", "emoji"))
        beaten = set(_overlapping(glued, firm))
        found = [span for span in found if span not in beaten]
    return _first_ones(found)


def _first_ones(spans: Iterable[_Span]) -> list[_Span]:
    """Sorted spans without those that begin inside another that stays."""
    end = 0
    kept: list[_Span] = []
    for span in spans:
        if span[0] >= end:
            kept.append(span)
            end = span[1]
    return kept


def _overlapping(spans: list[_Span], others: list[_Span]) -> Iterator[_Span]:
    """The spans that share a character with one of the others; both are sorted, and the others disjoint."""
    at = 0
    for span in spans:
        while at < len(others) and others[at][1] <= span[0]:
            at += 1
        if at < len(others) and others[at][0] < span[1]:
            yield span


def _url_value(surface: str) -> str:
    return surface if has_scheme(surface) else f"https://{surface}"


class _Values(dict[str, str]):
    """The value of each written form of a kind; forgotten when there are too many."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, surface: str) -> str:
        if len(self) >= _MAX_FORMS:
            self.clear()
        self[surface] = value = self._make(surface)
        return value


_MAX_FORMS = 1 << 16
_VALUES = {
    "hashtag": _Values(hashtag_key),
    "handle": _Values(lambda surface: surface[1:].lower()),
    "url": _Values(_url_value),
    "email": _Values(str),
    "cashtag": _Values(lambda surface: surface[1:].upper()),
    "emoji": _Values(str),
}
_VALUES["glued_hashtag"] = _VALUES["hashtag"]


def entity_value(kind: str, surface: str) -> str:
    """What counts as the same entity: see `docs/entities.md`; surface is the entity as written, with its sign.

    >>> entity_value("handle", "@Dana_K"), entity_value("url", "TOLOnews.com/x"), entity_value("cashtag", "$aapl")
    ('dana_k', 'https://TOLOnews.com/x', 'AAPL')
    """
    return _VALUES[kind][surface]


def find_columns(texts: Sequence[str]) -> list[list[tuple[int, int, str, str]]]:
    """The entities of each text as (start, end, kind, value); values are made once per written form."""
    values = _VALUES
    return [
        [(start, end, kind, values[kind][text[start:end]]) for start, end, kind in find_spans(text)] for text in texts
    ]


def find_entities(texts: Sequence[str]) -> list[tuple[Entity, ...]]:
    """The entities of each text, sorted by start and disjoint.

    >>> [[(e.kind, e.value) for e in entities] for entities in find_entities(["#Kabul http://t.co/x", "..."])]
    [[('hashtag', 'kabul'), ('url', 'http://t.co/x')], []]
    """
    return [
        tuple([Entity(kind, start, end, value) for start, end, kind, value in found]) for found in find_columns(texts)
    ]
