"""JSON by the parser that keeps all digits: for what the fast one refuses or would round."""

from __future__ import annotations

import json
from typing import Any

from postscan.reading.encodings import decode, mend


def parse_exactly(data: bytes) -> tuple[Any, int]:
    """The value of JSON in UTF-8, and how many lone surrogates were replaced by U+FFFD.

    Whole numbers have any size, NaN and Infinity are null, control characters may stand in strings. Raises ValueError
    (UnicodeDecodeError and JSONDecodeError are such), and RecursionError for deep nesting.

    >>> parse_exactly(b'{"id": 98765432109876543210987, "author": NaN}')
    ({'id': 98765432109876543210987, 'author': None}, 0)
    """
    text, mended = decode(data, "utf-8")
    value = json.loads(text, strict=False, parse_constant=lambda _: None)
    if "\\u" in text:
        value, more = mend_all(value)
        mended += more
    return value, mended


def mend_all(value: Any) -> tuple[Any, int]:
    """The value with U+FFFD for every lone surrogate in its strings and names, and how many there were."""
    if isinstance(value, str):
        return mend(value)
    if isinstance(value, list):
        parts = [mend_all(each) for each in value]
        return [part for part, _ in parts], sum(times for _, times in parts)
    if isinstance(value, dict):
        pairs = {mend(key)[0]: mend_all(each) for key, each in value.items()}
        return {key: part for key, (part, _) in pairs.items()}, sum(times for _, times in pairs.values())
    return value, 0
