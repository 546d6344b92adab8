"""The character classes and top-level domains of twitter-text, read from `data/_twitter.py` at first use."""

from __future__ import annotations

import functools
import re

SPACES = "\t\n\v\f\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space as twitter-text has it, for use inside a character class."""
_BIDI = (
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}\N{ARABIC LETTER MARK}\N{LEFT-TO-RIGHT MARK}"
    "\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}"
)
_INVALID = "\ufffe\ufeff\uffff"
_SYMBOLS = r"!'#%&()*+,\\/:;<=>?@\[\]\^{|}~$"
NO_HOST = f"{_SYMBOLS}{SPACES}{_BIDI}{_INVALID}"
"""What no part of a host is made of, for use inside a character class; hyphen, dot and underscore apart."""


def class_of(table: str, *, astral: bool = False) -> str:
    """The inside of a character class for a table of ranges: those in the Basic Multilingual Plane, or the others."""
    pieces = []
    for item in table.split():
        first, _, last = item.partition("-")
        if (int(first, 16) > 0xFFFF) is astral:
            pieces.append(rf"\U{first:0>8}" + (rf"-\U{last:0>8}" if last else ""))
    return "".join(pieces)


@functools.cache
def tlds() -> frozenset[str]:
    """The top-level domains in ASCII letters, lower case."""
    from postscan.data._twitter import TLDS

    return frozenset(name for name in TLDS.split() if not name.startswith("xn--"))


@functools.cache
def wide_tlds() -> str:
    """A pattern for the other top-level domains; one that begins another comes after it."""
    from postscan.data._twitter import TLDS

    names = (name[4:].encode("ascii").decode("punycode") for name in TLDS.split() if name.startswith("xn--"))
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def members(inside: str) -> frozenset[str]:
    """The characters of the inside of a class that is written with ranges and escapes."""
    found: set[str] = set()
    for item in re.findall(r"(?:\\(.)|([^\\]))(?:-(.))?", inside, re.DOTALL):
        first = item[0] or item[1]
        found.update(map(chr, range(ord(first), ord(item[2] or first) + 1)))
    return frozenset(found)
