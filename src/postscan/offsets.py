"""Spans in code points as spans in UTF-16 code units or UTF-8 bytes, and back.

X, Telegram, JavaScript and Java count UTF-16 code units; Bluesky and byte streams count UTF-8 bytes; postscan and
Python count code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

_FAR = re.compile("[\U00010000-\U0010ffff]")

Span = tuple[int, int]


def to_utf16(text: str, spans: Iterable[Span]) -> list[Span]:
    r"""The spans, given in code points of the text, in UTF-16 code units.

    >>> to_utf16("\N{FIRE} #كابل", [(2, 7)])
    [(3, 8)]
    """
    far = [match.start() for match in _FAR.finditer(text)]
    return _map_spans(spans, lambda offset: offset + bisect_left(far, offset))


def from_utf16(text: str, spans: Iterable[Span]) -> list[Span]:
    r"""The spans, given in UTF-16 code units, in code points of the text; one inside a character is that character's.

    >>> from_utf16("\N{FIRE} #كابل", [(3, 8)])
    [(2, 7)]
    """
    far = [match.start() + before for before, match in enumerate(_FAR.finditer(text))]
    return _map_spans(spans, lambda offset: offset - bisect_left(far, offset))


def to_utf8(text: str, spans: Iterable[Span]) -> list[Span]:
    r"""The spans, given in code points of the text, in UTF-8 bytes.

    >>> to_utf8("\N{FIRE} #كابل", [(2, 7)])
    [(5, 14)]
    """
    spans = list(spans)
    if text.isascii():
        return spans
    places: dict[int, int] = {}
    at = size = 0
    for offset in sorted({offset for span in spans for offset in span}):
        size += len(text[at:offset].encode("utf-8", "surrogatepass"))
        at, places[offset] = offset, size
    return _map_spans(spans, places.__getitem__)


def from_utf8(text: str, spans: Iterable[Span]) -> list[Span]:
    r"""The spans, given in UTF-8 bytes, in code points of the text; one inside a character is that character's.

    >>> from_utf8("\N{FIRE} #كابل", [(5, 14)])
    [(2, 7)]
    """
    spans = list(spans)
    if text.isascii():
        return spans
    data = text.encode("utf-8", "surrogatepass")
    places: dict[int, int] = {}
    at = count = 0
    for offset in sorted({offset for span in spans for offset in span}):
        end = min(offset, len(data))
        while end > at and end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        count += len(data[at:end].decode("utf-8", "surrogatepass"))
        at, places[offset] = end, count
    return _map_spans(spans, places.__getitem__)


def _map_spans(spans: Iterable[Span], place: Callable[[int], int]) -> list[Span]:
    return [(place(start), place(end)) for start, end in spans]
