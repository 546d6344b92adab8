"""Numbers of 64 bits that stand for texts: what tables join on, and what exact duplicates share."""

from __future__ import annotations

import hashlib

from postscan.folding import folded_words
from postscan.model import Scan

OWN = frozenset({"headline", "dateline", "body", "caption", "tags"})
"""Blocks that are the post's own words; embed blocks are embedded, the others (teaser, byline, boilerplate) other."""
_EMPTY = hashlib.blake2b(digest_size=8)  # a copy of it is made faster than a new one


def post_key(path: str, record: int | None) -> int:
    """What tables join on: BLAKE2b of path, NUL and record (nothing for null), 64 bits read as a signed number.

    >>> post_key("a.txt", None) == post_key("a.txt", 0)
    False
    """
    return _digest64(f"{path}\0{'' if record is None else record}")


def words_key(scan: Scan) -> int | None:
    """A digest of the folded body (of all own words where there is none), equal for exact duplicates; null if empty."""
    text, blocks = scan.post.text, scan.blocks
    body = [b for b in blocks if b.kind == "body"] or [b for b in blocks if b.kind in OWN]
    words = " ".join([stretch for b in body if (stretch := folded_words(text[b.start : b.end]))])
    return _digest64(words) if words else None


def _digest64(text: str) -> int:
    digest = _EMPTY.copy()
    digest.update(text.encode("utf-8", "surrogatepass"))
    return int.from_bytes(digest.digest(), "big", signed=True)
