"""Embedded posts of a web page, by the embed codes of the platforms: what a page marks is not looked for in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from postscan.reading.codes import lift_code
from postscan.reading.frames import ATTRIBUTES, find_address
from postscan.reading.lifted import Lifted

_TAGS = ("blockquote", "div", "aside", "script", "iframe", "a", *ATTRIBUTES)


def find_embedded(tree: Any) -> Iterator[tuple[Any, Lifted | None]]:
    """Every element of a page that is an embedded post, in the order of the page, with what it holds.

    What lies inside another one is a part of it. With what a page has once more, for browsers without scripts or as a
    script drew it, comes None. The tree is not changed.
    """
    taken: set[Any] = set()
    before: Any = None
    known: str | None = None
    for element in tree.iter(*_TAGS):
        if any(above in taken for above in element.iterancestors()):
            continue
        lifted = lift_code(element)
        if lifted is None and (lifted := find_address(element)) is not None and _has_code(element):
            continue  # the words inside say more than the address
        if lifted is not None and lifted.text:
            taken.add(element)
            url = lifted.embed.url
            yield element, None if url is not None and url == known and _is_copy(before, element) else lifted
            before, known = element, url


def _has_code(element: Any) -> bool:
    return any(lift_code(quote) is not None for quote in element.iter("blockquote"))


def _is_copy(before: Any, element: Any) -> bool:
    """Whether one of two embeds of one post is there for browsers without scripts, or a frame that a script drew."""
    hidden, shown = (any(above.tag == "noscript" for above in each.iterancestors()) for each in (before, element))
    return hidden != shown or {before.tag, element.tag} == {"script", "iframe"}
