"""The rules for all kinds, one after the other, over a text in which anything may touch anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from postscan.entities.emojis import find_emoji
from postscan.entities.links import find_links
from postscan.entities.signs import find_cashtags, find_emails, find_handles, find_hashtags

_Span = tuple[int, int, str]


def apply_rules(text: str) -> list[_Span]:
    """The spans and kinds of all entities, sorted and disjoint.

    Of two that overlap the one that begins first stays; an address comes before what is inside it,
    and a glued hashtag after everything but emoji.
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
    found += find_emoji(text)
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
