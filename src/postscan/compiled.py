"""Which form of the hot modules is imported: what was compiled of them, or their sources.

Python prefers an extension module to the source beside it. That is wrong in a checkout whose sources were edited since
they were compiled: then all are imported as sources, until `pip install -e .` has compiled them again. An installed
wheel has no record of its sources' state, and is what it was when it was built.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_PACKAGE = Path(__file__).parent


class _Sources:
    """Finds the modules of the package as sources alone."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name.startswith("postscan.") and path is not None:
            for folder in path:
                found = FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES)).find_spec(name, target)
                if found is not None:
                    return found
        return None


def choose_form(package: Path = _PACKAGE) -> None:
    """Import sources from here on where POSTSCAN_PURE=1 says so, or where one was edited since it was compiled."""
    if os.environ.get("POSTSCAN_PURE") == "1" or _is_edited(package):
        sys.meta_path.insert(0, _Sources)


def is_compiled() -> bool:
    """Whether the hot modules are imported as compiled ones."""
    found = find_spec("postscan.dates")
    return found is not None and not str(found.origin).endswith(".py")


def _is_edited(package: Path) -> bool:
    """Whether a source differs in size or time from what the record of the last compilation says; no record, no."""
    try:
        lines = (package / "compiled.txt").read_text(encoding="utf-8").splitlines()
        for line in lines:
            size, changed, name = line.split(" ", 2)
            found = (package / name).stat()
            if (found.st_size, found.st_mtime_ns) != (int(size), int(changed)):
                return True
    except FileNotFoundError as missing:
        return Path(str(missing.filename)).name != "compiled.txt"
    return False
