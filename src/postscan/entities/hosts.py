"""What a host is made of, by twitter-text's rules: top-level domains, labels, and where a stretch of one ends."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from postscan.entities.characters import NO_HOST, class_of, members, tlds, wide_tlds

MAX_LABEL = 63
_IDEOGRAPHIC_STOPS = re.compile("[\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH FULL STOP}\N{HALFWIDTH IDEOGRAPHIC FULL STOP}]")
_NO_START_AFTER = "A-Za-z0-9@\N{FULLWIDTH COMMERCIAL AT}$#\N{FULLWIDTH NUMBER SIGN}\ufffe\ufeff\uffff"
NO_START_AFTER = members(_NO_START_AFTER)
"""What a link does not begin after."""
NOT_IN_HOST = members(NO_HOST)
ASCII_HOST = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-")

MAYBE_TLD = r"(?:[A-Za-z]{2,}+(?![0-9@+\-])|(?=[^\x00-\x7F]|[Xx][Nn]--))"
"""What follows a dot that may be before a top-level domain."""


class HostPatterns(NamedTuple):
    """The patterns that are made of tables."""

    dot: re.Pattern[str]
    """A dot and ASCII letters that might be a top-level domain, or a dot before another one."""
    wide_tld: re.Pattern[str]
    """A top-level domain in other letters, or in Punycode."""
    simple: re.Pattern[str]
    """A whole run that is a plain ASCII host, and its top-level domain."""
    run_end: re.Pattern[str]
    """A character that no host has."""
    before: re.Pattern[str]
    """A character after which a host may begin, inside a run."""
    ascii: re.Pattern[str]
    """A stretch of what a host without a scheme is made of."""


@functools.cache
def host_patterns() -> HostPatterns:
    """The patterns, compiled at first use."""
    from postscan.data._twitter import HOST_ACCENTS

    return HostPatterns(
        dot=re.compile(rf"\.{MAYBE_TLD}"),
        wide_tld=re.compile(rf"(?:{wide_tlds()})(?=[^0-9A-Za-z@+\-]|\Z)|xn--[0-9A-Za-z\-]++", re.IGNORECASE),
        simple=re.compile(
            rf"(?:[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*+\.)++([A-Za-z]{{2,}}+)(?![@+])(?=\.?+(?:[{NO_HOST}]|\Z))"
        ),
        run_end=re.compile(f"[{NO_HOST}]"),
        before=re.compile(rf"[^{_NO_START_AFTER}](?=[^\-_.])"),
        ascii=re.compile(rf"[A-Za-z0-9.\-{class_of(HOST_ACCENTS)}]++"),
    )


def find_dots(text: str) -> dict[int, int]:
    """Where the top-level domain after each dot that has one ends."""
    spans = (match.span() for match in host_patterns().dot.finditer(text))
    return {dot: end for dot, letters_end in spans if (end := tld_end(text, dot, letters_end))}


def tld_end(text: str, dot: int, letters_end: int) -> int | None:
    """Where the top-level domain after a dot ends, if one is there; its letters are those that `MAYBE_TLD` met."""
    if text[dot + 1 : letters_end].lower() in tlds():
        return letters_end
    if letters_end == dot + 1 or not text[letters_end : letters_end + 1].isascii():
        wide = host_patterns().wide_tld.match(text, dot + 1)
        return wide.end() if wide else None
    return None


def run_end(text: str, start: int) -> int:
    """Where the stretch of host characters that holds start ends."""
    match = host_patterns().run_end.search(text, start)
    return match.start() if match else len(text)


def is_host(host: str) -> bool:
    """Whether every label of a host, as DNS would have it (RFC 3490), has a length that DNS allows."""
    for label in host.split("."):
        length = len(label)
        if length > MAX_LABEL:
            return False
        if not label.isascii():
            parts = _IDEOGRAPHIC_STOPS.split(label)
            length = sum(len(p) if p.isascii() else 4 + len(p.encode("punycode")) for p in parts) + len(parts) - 1
        if not 0 < length <= MAX_LABEL:
            return False
    return True
