"""Text made fit for a terminal: in one line, without commands, joined and ordered where the terminal does neither."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_MARK = "\N{COMBINING ACUTE ACCENT}"
_MIRRORED = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_BIDI_CONTROLS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSAFE = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys((0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029), " "),
    **dict.fromkeys((*_BIDI_CONTROLS, 0xFEFF)),
}
_OPENING = {
    "": "\N{FIRST STRONG ISOLATE}",
    "ltr": "\N{LEFT-TO-RIGHT ISOLATE}",
    "rtl": "\N{RIGHT-TO-LEFT ISOLATE}",
}
_WORD = re.compile(r"\S+")


def clean(text: object) -> str:
    r"""The text in one line that no terminal takes as a command: escapes and controls become U+FFFD.

    Bidi controls go, for one that is not closed turns the rest of the line; joiners stay.

    >>> clean("a\x1b[31mb\nc")
    'a�[31mb c'
    """
    return str(text).translate(_UNSAFE)


def is_rtl(text: str) -> bool:
    """Whether the text has a right-to-left letter."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def cell(text: object, bidi: str, direction: str = "") -> str:
    """The text cleaned and made ready to be printed under a resolved bidi mode (logical, isolate or visual).

    `direction` ("ltr", "rtl") is that of the paragraph of which the text is a line; without it the first letter with
    a direction decides.
    """
    safe = clean(text)
    if bidi == "logical" or not is_rtl(safe):
        return safe
    return visual(safe, direction) if bidi == "visual" else isolate(safe, direction)


def isolate(text: str, direction: str = "") -> str:
    """The text between isolates, which keep its order apart from that of the line in which it stands."""
    return f"{_OPENING[direction]}{text}\N{POP DIRECTIONAL ISOLATE}"


def visual(text: str, direction: str = "") -> str:
    """The letters joined and in the order in which they stand on the screen from left to right, isolates heeded.

    python-bidi orders them but does not mirror brackets (UAX #9, rule L4): a mark behind every bracket shows, by the
    side on which it comes out, whether the bracket was turned. Letters that Unicode has no joined forms for, such as
    Pashto ښ, stay unjoined.

    >>> visual("(Kabul) 2021")
    '(Kabul) 2021'
    """
    from bidi import get_display

    marked = "".join(char + _MARK if char in _MIRRORED else char for char in _reshaper().reshape(text))
    shown = get_display(marked, base_dir=direction[:1].upper() or None)
    out: list[str] = []
    at = 0
    while at < len(shown):
        here, following = shown[at], shown[at + 1 : at + 2]
        if here == _MARK and following in _MIRRORED:
            out.append(_MIRRORED[following])
            at += 2
        elif here in _MIRRORED and following == _MARK:
            out.append(here)
            at += 2
        else:
            out.append(here)
            at += 1
    return "".join(out).translate(dict.fromkeys(_BIDI_CONTROLS))


@functools.cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})


def wrapped(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Where each line of a stretch of text stands when its own lines are wrapped at white space; empty ones are left.

    Wrapped here and not by the terminal, which would cut text in visual order at its beginning.

    >>> [("of gates and tolls"[a:b]) for a, b in wrapped("of gates and tolls", 0, 18, 9)]
    ['of gates', 'and', 'tolls']
    """
    from rich.cells import cell_len

    first = last = start
    used = 0
    for word in _WORD.finditer(text, start, end):
        size = cell_len(clean(word[0]))
        if last > first and (used + size >= width or "\n" in text[last : word.start()]):
            yield first, last
            used = 0
        first = first if used else word.start()
        used, last = used + size + 1, word.end()
    if last > first:
        yield first, last


def several(number: int, noun: str) -> str:
    """A number and its noun.

    >>> several(1, "post"), several(1200, "post")
    ('1 post', '1,200 posts')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
