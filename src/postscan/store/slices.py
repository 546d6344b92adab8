"""Slices: what one task scans, and the key that says whether it was scanned before."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

from postscan import __version__
from postscan.model import Problem, Skipped
from postscan.reading import InputFile
from postscan.store.files import digest_bytes, dump
from postscan.tables import SCHEMA, VERSION

_LATER = frozenset({"wording", "progress", "engines", "corpus", "charts", "annotate", "report", "terminal", "cli"})
"""What changes no table: all that comes after the store, and the progress bar."""
_SHAPING = ("charset-normalizer", "emoji", "langdetect", "pyarrow", "tldextract")
"""Packages whose version may change a table."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a slice."""

    input: InputFile
    path: str
    """As in the records."""
    size: int
    digest: str
    """BLAKE2b of its bytes."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Input that is scanned and committed as one."""

    items: tuple[Member | Skipped | Problem, ...]
    """Its files, and what was met beside them that is none, in input order."""
    reading: Mapping[str, Any]
    """Every option of `read_input` that changes a record, with its value."""
    scanning: Mapping[str, Any]
    """The same of `scan_many`."""

    @property
    def members(self) -> tuple[Member, ...]:
        """Its files."""
        return tuple(item for item in self.items if isinstance(item, Member))

    @property
    def options(self) -> dict[str, Any]:
        """All options that change a record, with their values, sorted by name."""
        return dict(sorted({**self.reading, **self.scanning}.items()))

    @property
    def key(self) -> str:
        """A digest of all that its tables depend on: paths, contents, options, versions."""
        items = [[i.path, i.size, i.digest] if isinstance(i, Member) else asdict(i) for i in self.items]
        return digest_bytes(dump([items, self.options, versions()]))


@functools.cache
def versions() -> dict[str, Any]:
    """What the tables depend on beside the input: postscan (its number and its code), tables, record, packages."""
    numbers = {name: metadata.version(name) for name in _SHAPING}
    return {"postscan": __version__, "code": _code_digest(), "tables": VERSION, "schema": SCHEMA, **numbers}


def _code_digest() -> str:
    """A short digest of the modules and word tables up to the store: a changed rule scans again, version or not."""
    found = hashlib.blake2b(digest_size=4)
    for name, file in sorted(_sources(resources.files("postscan"), "")):
        if name.split("/")[1].removesuffix(".py") not in _LATER:
            found.update(name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def _sources(folder: Traversable, name: str) -> Sequence[tuple[str, Traversable]]:
    files: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            files += _sources(entry, path)
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            files.append((path, entry))
    return files
