"""A record as a line of JSON Lines."""

from __future__ import annotations

import re
from typing import Any

from postscan.model import Scan

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def record_line(scan: Scan) -> bytes:
    """The record of a scan as a line of UTF-8 with its newline; a lone surrogate of a hand-made post becomes U+FFFD.

    >>> from postscan.model import Post
    >>> record_line(Scan(Post("a", "Hi"), None, None, "und", None, (), (), (), (), ()))[:40]
    b'{"schema":1,"id":"a","path":"","record":'
    """
    import orjson

    record = scan.to_dict()
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # orjson refuses surrogates
        return orjson.dumps(mended(record), option=orjson.OPT_APPEND_NEWLINE)


def mended(value: Any) -> Any:
    """The value without lone surrogates; each becomes one U+FFFD, so offsets stay."""
    if isinstance(value, str):
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {mended(k): mended(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [mended(v) for v in value]
    return value
