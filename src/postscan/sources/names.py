"""The names of a credit: persons, outlets and handles, one after the other."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from postscan.model import Entity
from postscan.sources.mentions import Found
from postscan.sources.outlets import mention_at
from postscan.sources.wires import agencies
from postscan.sources.words import ARABIC_SCRIPT, Words, role

Handles = Mapping[int, Entity]
"""The block's handles by the offset of their first letter, after the sign."""


def handle_at(words: Words, at: int, handles: Handles) -> tuple[int, Entity] | None:
    """The handle whose name begins with the word there, and the first word after it."""
    if not words.gaps[at].endswith("@"):
        return None
    entity = handles.get(words.span(at, at + 1)[0])
    if entity is None:
        return None
    last = at + 1
    while last < words.size and words.span(last, last + 1)[0] < entity.end:
        last += 1
    return last, entity


def credited(
    words: Words, at: int, kind: str, rule: str, handles: Handles, *, strict: bool, limit: int = 8
) -> list[Found]:
    """The names of a credit, one after the other, divided by slashes, commas, "and", "via" and "in" with a place."""
    found: list[Found] = []
    while at < words.size and len(found) < limit:
        if words.words[at] in ("and", "via", "for", "by", "the", "from", "with", "و", "اور", "x") and found:
            at += 1
            continue
        if kind == "photo" and words.words[at] in role("en", "photo_mark"):
            at += 1
            if at >= words.size or not _goes_on(words, at):
                break
            continue
        handle = handle_at(words, at, handles)
        mention = None if handle else mention_at(words, at)
        if handle:
            last = handle[0]
            found.append(Found(kind, at, last, 0, words.surface(at, last), rule))
        elif mention and not (kind == "staff" and not found):
            last = mention.last
            if kind != "staff":
                found.append(Found(kind, at, last, mention.skip, mention.canonical, rule))
        else:
            last = person_end(words, at, strict=strict)
            if last == at or not _stands_alone(words, last, kind):
                break
            if words.word(at) not in agencies():
                found.append(Found(kind, at, last, 0, words.surface(at, last), rule))
        at = last
        while at < words.size and words.soft(at) and words.words[at] in _PLACES_AFTER and kind == "staff":
            at += 1
            while at < words.size and words.soft(at) and words.words[at] not in ("and", "و"):
                at += 1
        if at >= words.size or not _goes_on(words, at):
            break
    return found


def _stands_alone(words: Words, at: int, kind: str) -> bool:
    """Whether a name may end there: no sentence goes on with the word there."""
    if at >= words.size or not words.soft(at) or words.words[at] in _AFTER_NAME or kind == "staff":
        return True
    word = words.words[at]
    return word[0] >= "\u0530" and (word in role("ar", "stop") or word in role("fa", "stop"))


_AFTER_NAME = frozenset(
    ["and", "via", "for", "in", "on", "at", "from", "photo", "photos", "images", "/", "published", "updated"]
)
_PLACES_AFTER = frozenset(("in", "at", "from"))


def _goes_on(words: Words, at: int) -> bool:
    """Whether a credit may go on with the word there."""
    gap = words.gaps[at].strip(" @#\"'")
    if "\n" in words.gaps[at]:
        return False
    if not gap:
        return words.words[at] in ("and", "via", "for", "photo", "photos", "و", "اور", "images") or words.gaps[
            at
        ].endswith("@")
    return gap in ("/", ",", "&", "+", "\N{ARABIC COMMA}", ":")


@functools.cache
def _no_names() -> frozenset[str]:
    """Particles that end a person's name; "علي" is a name that the fold makes of one."""
    return (role("en", "stop") | role("ar", "stop") | role("fa", "stop")) - {"علي"}


def person_end(words: Words, at: int, *, strict: bool) -> int:
    """Where a name of at most five words ends that begins there: capitals in Latin letters, words alone in others."""
    last = at
    latin = words.words[at][0] < "\u0530"
    while last < words.size and last - at < (5 if latin else 4):
        word = words.words[last]
        if last > at and not words.soft(last) and not (words.gaps[last] == ". " and len(words.words[last - 1]) == 1):
            break
        if (latin and not (words.capital(last) or (last > at and word in _PARTICLES))) or (
            not latin and word[0] < ARABIC_SCRIPT
        ):
            break
        if word in _no_names() and not (latin and len(word) == 1):
            break
        last += 1
    if strict and not latin and last - at > 3:
        return at
    return last


_PARTICLES = frozenset(["al", "el", "bin", "ibn", "von", "van", "de", "der", "da", "di", "la", "den", "ter", "abu"])
