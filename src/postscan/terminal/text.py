"""The summary on the terminal: aligned, right to left where it should be, and safe against what posts hold.

Terminals disagree about bidirectional text. `--bidi` chooses: "isolate" keeps the logical order and puts each
right-to-left cell between isolates (right in VTE and Konsole, harmless in xterm and tmux); "visual" orders and joins
the letters here, for terminals that do neither (xterm, Windows Terminal, alacritty); "logical" leaves the text alone;
"auto" is "isolate" on a terminal and "logical" elsewhere, so that pipes and files never hold controls.
"""

from __future__ import annotations

import functools
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

ISOLATES = ("\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}")
# "BiDi Support Mode" of the terminals that have it (VTE): off and on again, around text that is in visual order.
_BIDI_OFF, _BIDI_ON = "\x1b[8l", "\x1b[8h"
_MARK = "\N{COMBINING ACUTE ACCENT}"
_MIRRORED = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
_BIDI_CONTROLS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSAFE = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys((0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029), " "),
    **dict.fromkeys((*_BIDI_CONTROLS, 0xFEFF)),
}


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


def cell(text: object, bidi: str) -> str:
    """The text cleaned and made ready for a table cell under a resolved bidi mode (logical, isolate or visual)."""
    safe = clean(text)
    if bidi == "logical" or not is_rtl(safe):
        return safe
    return visual(safe) if bidi == "visual" else safe.join(ISOLATES)


def resolve_bidi(bidi: str, console: Console) -> str:
    """The mode that "auto" stands for on this console; the others as they are."""
    if bidi != "auto":
        return bidi
    return "isolate" if console.is_terminal and is_unicode(console) else "logical"


def visual(text: str) -> str:
    """The letters joined and in the order in which they stand on the screen from left to right.

    python-bidi orders them but does not mirror brackets (UAX #9, rule L4): a mark behind every bracket shows, by the
    side on which it comes out, whether the bracket was turned. Letters that Unicode has no joined forms for, such as
    Pashto ښ, stay unjoined.

    >>> visual("(Kabul) 2021")
    '(Kabul) 2021'
    """
    from bidi import get_display

    marked = "".join(char + _MARK if char in _MIRRORED else char for char in _reshaper().reshape(text))
    shown = get_display(marked)
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
    return "".join(out)


@functools.cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})


def make_console(stream: IO[str] | None = None, *, width: int | None = None) -> Console:
    """A console on the stream (standard output): UTF-8 in pipes, and never an error for a letter that it lacks."""
    from rich.console import Console

    stream = stream if stream is not None else sys.stdout
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")
    return Console(file=stream, highlight=False, markup=False, emoji=False, width=width, safe_box=True)


def is_unicode(console: Console) -> bool:
    """Whether the console takes every letter."""
    return console.encoding.casefold().startswith("utf")


@contextmanager
def in_order(console: Console, bidi: str) -> Iterator[str]:
    """The mode that `bidi` stands for on this console; in visual mode the terminal's own ordering is off meanwhile."""
    mode = resolve_bidi(bidi, console)
    if mode != "visual" or not console.is_terminal:
        yield mode
        return
    console.file.write(_BIDI_OFF)
    try:
        yield mode
    finally:
        console.file.write(_BIDI_ON)
        console.file.flush()


def several(number: int, noun: str) -> str:
    """A number and its noun.

    >>> several(1, "post"), several(1200, "post")
    ('1 post', '1,200 posts')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
