"""Pages as they were kept: archives lead links to their copies with a bar on top; browsers say where a page is from."""

from __future__ import annotations

import re
from typing import Any

from postscan.reading.markup import accepted

_REPLAYED = re.compile(
    r"""(?:https?:)?(?://[^/?\#\s]+)?/(?:
        web/\d{1,14}(?:[a-z]{2}_)?                   # the Wayback Machine: the moment, and how the page is to be shown
        | (?:[^/?\#\s]+/){0,2}\d{14}(?:[a-z]{2}_)?   # pywb, which national libraries have: a collection before it
        | o/\w{4,6}                                  # archive.today
    )/(?=(?:https?:)?//)""",
    re.VERBOSE | re.ASCII,
)
_NAME = re.compile(r"[a-z][\w-]*", re.ASCII)
_BARS = frozenset(("wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato"))
"""By their ids."""


_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d{4}\)|Page saved with SingleFile\s+url:\s*)(?P<url>https?://[^\s<>]+)"
)
"""What browsers, and SingleFile, write above a page that they save."""
_HEAD = 5000


def saved_from(source: str) -> str | None:
    """The address that a page was saved from, where the browser wrote it above the page."""
    found = _SAVED_FROM.search(source, 0, _HEAD)
    return found["url"] if found else None


def restore_addresses(tree: Any) -> None:
    """Make the addresses of a tree those that the page had, and take the archive's bar out.

    >>> from postscan.reading.markup import parse_html
    >>> tree = parse_html('<a href="/web/20211006101112if_/https://t.me/quay/1">See</a>')
    >>> restore_addresses(tree)
    >>> next(tree.iter("a")).get("href")
    'https://t.me/quay/1'
    """
    bars = []
    for element in tree.iter("*"):
        for name, value in element.items():
            if "//" in value and (found := _REPLAYED.match(value)) and _NAME.fullmatch(name):
                element.set(name, accepted(value[found.end() :]))
        if element.get("id") in _BARS and not (element.tail or "").strip():  # words behind it would go with it
            bars.append(element)
    for bar in bars:
        if (above := bar.getparent()) is not None:
            above.remove(bar)
