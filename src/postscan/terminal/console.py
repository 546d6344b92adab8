"""The console: what it can show, and in which order right-to-left text goes to it.

Terminals disagree about bidirectional text. `--bidi` chooses: "isolate" keeps the logical order and puts each
right-to-left name between isolates (right in VTE and Konsole); "visual" orders and joins the letters here, for
terminals that do neither (xterm, Windows Terminal, Alacritty); "logical" leaves the text alone; "auto" goes by the
terminal (`emulators`), and is "logical" elsewhere, so that pipes and files never hold controls.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import IO, TYPE_CHECKING

from postscan.terminal.emulators import find_emulator
from postscan.terminal.text import is_rtl

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_LOG = logging.getLogger("postscan")
# "BiDi Support Mode" of the terminals that have it (VTE): off and on again, around text that is in visual order.
_BIDI_OFF, _BIDI_ON = "\x1b[8l", "\x1b[8h"


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


def resolve_bidi(bidi: str, console: Console, environ: Mapping[str, str] = os.environ) -> tuple[str, str | None]:
    """The mode that "auto" stands for on this console, others as they are; and a remark where it may be wrong."""
    if bidi != "auto":
        return bidi, None
    if not (console.file.isatty() and is_unicode(console)):
        return "logical", None
    emulator = find_emulator(environ)
    if emulator.sure:
        return emulator.bidi, None
    other = "logical" if emulator.bidi == "visual" else "visual"
    remark = f"{emulator.name}: if Arabic runs backwards here or its letters stand apart, add --bidi {other}"
    return emulator.bidi, remark


def print_lines(console: Console, bidi: str, make_lines: Callable[[str], Iterable[Text]]) -> None:
    """Print the lines that are made for the mode which `bidi` stands for on this console.

    In visual mode the terminal's own ordering is off meanwhile. Where a right-to-left letter was printed in a mode
    that may be wrong, the log (level INFO) has one remark with what to try.
    """
    mode, remark = resolve_bidi(bidi, console)
    switched = mode == "visual" and console.file.isatty()
    turned = False
    if switched:
        console.file.write(_BIDI_OFF)
    try:
        for line in make_lines(mode):
            console.print(line, soft_wrap=True)
            turned = turned or (remark is not None and is_rtl(line.plain))
    finally:
        if switched:
            console.file.write(_BIDI_ON)
            console.file.flush()
    if remark is not None and turned:
        _LOG.info(remark)
