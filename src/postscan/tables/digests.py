"""Numbers of 64 bits that stand for texts: what tables join on, and what exact duplicates share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from postscan.folding import folded_words
from postscan.model import Post, Scan
from postscan.tables.arrays import portions

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

OWN = frozenset({"headline", "dateline", "body", "caption", "tags"})
"""Blocks that are the post's own words; embed blocks are embedded, the others (teaser, byline, boilerplate) other."""


def post_key(path: str, record: int | None) -> int:
    """What tables join on: BLAKE2b of path, NUL and record (nothing for null), 64 bits read as a signed number.

    >>> post_key("a.txt", None) == post_key("a.txt", 0)
    False
    """
    return int(_digests64([_place(path, record)])[0])


def post_keys(posts: Iterable[Post]) -> NDArray[np.int64]:
    """The key of each post."""
    return _digests64([_place(post.path, post.record) for post in posts])


def words_keys(scans: Sequence[Scan]) -> pa.Array:
    """A digest of each post's folded body (of all own words where it has none), equal for exact duplicates.

    Null where there are no such words.
    """
    import numpy as np
    import pyarrow as pa

    bodies = [_body(scan) for scan in scans]
    words = [folded for some in portions(bodies) for folded in folded_words(bodies[some])]
    empty = np.array([not folded for folded in words], np.bool_) if b"" in words else None
    return pa.array(_digests64(words), mask=empty)


def _body(scan: Scan) -> str:
    text, blocks = scan.post.text, scan.blocks
    if len(blocks) == 1:  # as in most posts
        block = blocks[0]
        return text[block.start : block.end] if block.kind in OWN else ""
    body = [text[b.start : b.end] for b in blocks if b.kind == "body"]
    return " ".join(body or [text[b.start : b.end] for b in blocks if b.kind in OWN])


def _place(path: str, record: int | None) -> bytes:
    return (f"{path}\0" if record is None else f"{path}\0{record}").encode("utf-8", "surrogatepass")


def _digests64(texts: Iterable[bytes]) -> NDArray[np.int64]:
    import numpy as np

    empty = hashlib.blake2b(digest_size=8)
    digests = []
    for text in texts:
        digest = empty.copy()  # half the time of a new one
        digest.update(text)
        digests.append(digest.digest())
    return np.frombuffer(b"".join(digests), ">i8").astype(np.int64)
