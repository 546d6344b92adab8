"""The terminal: the summary of a run, posts and evidence, progress.

Everything printed is safe against what posts hold, aligned, and right to left where it should be; `docs/command.md`
has the table of `--bidi`.
"""

from __future__ import annotations

from postscan.progress import show_progress
from postscan.terminal.console import make_console, resolve_bidi
from postscan.terminal.emulators import find_emulator
from postscan.terminal.posts import print_evidence, print_scan
from postscan.terminal.summary import print_summary
from postscan.terminal.text import cell, clean, is_rtl, visual

__all__ = [
    "cell",
    "clean",
    "find_emulator",
    "is_rtl",
    "make_console",
    "print_evidence",
    "print_scan",
    "print_summary",
    "resolve_bidi",
    "show_progress",
    "visual",
]
