"""Which terminal this is, as its environment tells, and what it makes of right-to-left text.

No terminal can be asked whether it orders text (UAX #9) and joins letters; each leaves a name in the environment. The
table below says what is known of each. "sure" is left out where another one stands between (tmux), where users can
choose, or where nobody has looked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Emulator:
    """A terminal emulator, or what stands between it and us."""

    name: str
    bidi: str
    """The mode in which right-to-left text is right there, or least wrong."""
    sure: bool = True


UNKNOWN = Emulator("this terminal is not known", "isolate", sure=False)
_FIRST_WITH_BIDI = 5703
"""VTE 0.57.3 is the first that orders text itself; its environment says 5703."""
_OLD_VTE = Emulator("VTE before 0.57.3", "visual")

# Variable, how its value begins, and whose it is. The first that fits counts: what stands between comes first, then
# TERM, which every terminal sets anew, then what may be left over from the one that started this one.
_KNOWN = (
    ("TMUX", "", Emulator("tmux, which hides the terminal around it", "isolate", sure=False)),
    ("STY", "", Emulator("GNU screen, which hides the terminal around it", "isolate", sure=False)),
    ("ZELLIJ", "", Emulator("Zellij, which hides the terminal around it", "isolate", sure=False)),
    ("INSIDE_EMACS", "", Emulator("Emacs", "logical")),
    ("TERM", "dumb", Emulator("a terminal without a name", "logical", sure=False)),
    ("TERM", "linux", Emulator("the Linux console, which has few Arabic letters", "logical", sure=False)),
    ("MLTERM", "", Emulator("mlterm", "logical")),  # orders by itself, and draws a box for each isolate
    ("TERM", "alacritty", Emulator("Alacritty", "visual")),
    ("TERM", "foot", Emulator("foot", "visual")),
    ("TERM", "st-", Emulator("st", "visual")),
    ("TERM", "rxvt", Emulator("rxvt", "visual")),
    ("TERM", "xterm-ghostty", Emulator("Ghostty", "visual")),
    # Joins the letters of each word and sets the words from left to right: letters in visual order come out reversed.
    ("TERM", "xterm-kitty", Emulator("kitty, which sets Arabic words from left to right", "logical", sure=False)),
    ("TERM_PROGRAM", "vscode", Emulator("the terminal of VS Code", "visual")),
    ("TERM_PROGRAM", "WezTerm", Emulator("WezTerm, where ordering is an option", "visual", sure=False)),
    ("TERM_PROGRAM", "Apple_Terminal", Emulator("Apple's Terminal", "isolate", sure=False)),
    ("TERM_PROGRAM", "iTerm.app", Emulator("iTerm2", "isolate", sure=False)),
    ("TERM_PROGRAM", "mintty", Emulator("mintty", "isolate", sure=False)),
    ("TERMINAL_EMULATOR", "JetBrains", Emulator("the terminal of a JetBrains editor", "isolate", sure=False)),
    ("WT_SESSION", "", Emulator("Windows Terminal", "visual")),
    ("XTERM_VERSION", "", Emulator("xterm", "visual")),
    ("KONSOLE_VERSION", "", Emulator("Konsole", "isolate")),
    ("VTE_VERSION", "", Emulator("VTE", "isolate")),
    ("OS", "Windows_NT", Emulator("the Windows console", "logical", sure=False)),
)


def find_emulator(environ: Mapping[str, str]) -> Emulator:
    """The terminal that an environment tells of; one that is not known is taken to order text itself, as most do not.

    >>> find_emulator({"TERM": "xterm-256color", "VTE_VERSION": "7006"})
    Emulator(name='VTE', bidi='isolate', sure=True)
    >>> find_emulator({"TERM": "alacritty", "VTE_VERSION": "7006"}).bidi
    'visual'
    """
    for variable, begins, emulator in _KNOWN:
        value = environ.get(variable)
        if not (value and value.startswith(begins)):
            continue
        old = variable == "VTE_VERSION" and value.isdecimal() and int(value) < _FIRST_WITH_BIDI
        return _OLD_VTE if old else emulator
    return UNKNOWN
