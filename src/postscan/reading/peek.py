"""The first rows of an input that may be JSON, for families that know theirs by the fields."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

_BEGIN = re.compile(rb"\s*(?:\[\s*)?\{")
_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)
_NEXT = re.compile(r"[\s,]*(?=\{)")
_FIRST = re.compile(r'\{\s{0,99}"[^"\\\n]{1,99}"')
_MOST_ROWS = 3
_CUT = 16
"""Signs before the end at which a parser may stop because of the end."""


class Peek(NamedTuple):
    """What the first bytes of JSON show."""

    form: str
    """lines (an object a line), array (of objects) or object (one, over many lines)."""
    rows: tuple[dict[str, Any], ...]
    """The first objects, at most three; the last one as far as it goes."""


def peek(head: bytes) -> Peek | None:
    """What the first bytes hold, or None where they are no objects of JSON; `head` is in UTF-8.

    >>> peek(b'[{"id": 1, "entities": {"urls": [{"url": "https://exa')
    Peek(form='array', rows=({'id': 1, 'entities': {'urls': [{}]}},))
    """
    return _peek(head) if _BEGIN.match(head) else None


@functools.lru_cache(maxsize=1)  # every family asks of the same bytes
def _peek(head: bytes) -> Peek | None:
    head = head.strip()
    if head[:1] == b"[":
        found = tuple(_elements(head))
        return Peek("array", found) if found else None
    first, ended, rest = head.partition(b"\n")
    row = _load(first)
    if isinstance(row, dict):
        more = (_load(line) for line in rest.split(b"\n", _MOST_ROWS)[: _MOST_ROWS - 1])
        return Peek("lines", (row, *(each for each in more if isinstance(each, dict))))
    row = _load_cut(head)
    return Peek("object" if ended or _has_many(first) else "lines", (row,)) if isinstance(row, dict) and row else None


def _elements(head: bytes) -> Iterator[dict[str, Any]]:
    """The first objects of an array."""
    text = head.decode("utf-8", "replace")
    at, left = 1, _MOST_ROWS
    decoder = json.JSONDecoder(strict=False)
    while left and (begin := _NEXT.match(text, at)):
        left -= 1
        try:
            value, at = decoder.raw_decode(text, begin.end())
        except (ValueError, RecursionError) as error:
            value = _load_cut(text[begin.end() :].encode())
            at = _behind_broken(text, begin.end()) if _is_broken(error, text) else 0
            left = left if at else 0
        if isinstance(value, dict):
            yield value


def _is_broken(error: Exception, text: str) -> bool:
    """Whether an object is broken, and not cut off where the text is."""
    if not isinstance(error, json.JSONDecodeError) or error.msg.startswith("Untermin"):
        return False
    return error.pos < len(text) - _CUT


def _behind_broken(text: str, begin: int) -> int:
    """Where an object ends that is followed by one that begins as the broken one does, or 0."""
    first = _FIRST.match(text, begin)
    found = first and re.compile(rf"\}}\s*,\s*(?={re.escape(first[0])})").search(text, begin)
    return found.start() + 1 if found else 0


def _has_many(line: bytes) -> bool:
    """Whether objects stand one after another in a line."""
    text = line.decode("utf-8", "replace")
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return _NEXT.match(text, end) is not None


def _load(data: bytes) -> Any:
    """The value of JSON, or None where it is broken."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        try:
            return json.loads(data.decode("utf-8", "replace"), strict=False)
        except (ValueError, RecursionError):
            return None


def _load_cut(data: bytes) -> Any:
    """The value of JSON that is cut off or broken somewhere, as far as it goes."""
    text = _completed(data).decode("utf-8", "replace")
    for _ in range(2):
        try:
            return json.loads(text, strict=False)
        except json.JSONDecodeError as error:
            text = _completed(text[: error.pos].encode()).decode("utf-8", "replace")
        except (ValueError, RecursionError):
            break
    return None


def _completed(data: bytes) -> bytes:
    """JSON that is cut off, without its last incomplete member, and closed."""
    open_ones: list[bytes] = []
    whole = 0
    for token in _TOKEN.finditer(data):
        sign = token[0]
        if sign in b"[{":
            open_ones.append(b"]" if sign == b"[" else b"}")
            whole = token.end()
        elif sign in b"]}":
            if not open_ones:
                break
            open_ones.pop()
            whole = token.end()
        elif sign == b",":
            whole = token.start()
        else:
            continue
        if not open_ones:
            break
    return data[:whole] + b"".join(reversed(open_ones))
