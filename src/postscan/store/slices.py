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

_ASIDE = frozenset(
    (
        "compiled",
        "wording",
        "progress",
        "limits",
        "engines",
        "corpus",
        "charts",
        "annotate",
        "report",
        "terminal",
        "example",
        "cli",
    )
)
"""What changes no table: all that comes after the store, the progress bar, and which form of a module is imported."""
_SHOWING = (
    "/data/annotate.css",
    "/data/example/",
    "/data/language_names.toml",
    "/data/notebook.css",
    "/data/report.",
    "/data/words/",
)
"""Data of theirs."""
_BUILT = (".pyc", ".so", ".pyd", "compiled.txt")
"""What is made of the modules, which are there beside it: compiled or not, the rules are the same."""
_SHAPING = (
    "charset-normalizer",
    "emoji",
    "langdetect",
    "lxml",
    "lxml_html_clean",
    "msgspec",
    "openpyxl",
    "orjson",
    "pyarrow",
    "python-docx",
    "tldextract",
    "trafilatura",
    "tzdata",
    "zstandard",
)
"""Packages that read the input, judge it or write it: another version may change a table."""
_MISSING = "not installed"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a slice, or the part of a big one that its `input` names."""

    input: InputFile
    path: str
    """As in the records."""
    size: int
    digest: str
    """BLAKE2b of its bytes, or of the part's."""
    beside: tuple[str, ...] = ()
    """The same of the files that are read with it."""


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
    def size(self) -> int:
        """Its bytes of input, packed where they are."""
        return sum(member.size for member in self.members)

    @property
    def options(self) -> dict[str, Any]:
        """All options that change a record, with their values, sorted by name."""
        return dict(sorted({**self.reading, **self.scanning}.items()))

    @property
    def key(self) -> str:
        """A digest of all that its tables depend on: paths, contents, options, versions."""
        items = [_described(item) for item in self.items]
        return digest_bytes(dump([items, self.options, versions()]))


def _described(item: Member | Skipped | Problem) -> list[Any] | dict[str, Any]:
    if not isinstance(item, Member):
        return asdict(item)
    part = item.input.part
    return [item.path, item.size, item.digest, *([asdict(part)] if part else []), *item.beside]


@functools.cache
def versions() -> dict[str, Any]:
    """What the tables depend on beside the input: postscan (its number and its code), tables, record, packages.

    An optional package that is not there counts too: what was skipped for want of it is read once it is installed.
    """
    return {
        "postscan": __version__,
        "code": digest_code(resources.files("postscan")),
        "tables": VERSION,
        "schema": SCHEMA,
        **{name: _installed(name) for name in _SHAPING},
    }


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return _MISSING


def digest_code(package: Traversable) -> str:
    """A short digest of the modules and word tables up to the store: a changed rule scans again, version or not."""
    found = hashlib.blake2b(digest_size=4)
    for name, file in sorted(_sources(package, "")):
        if name.split("/")[1].removesuffix(".py") not in _ASIDE and not name.startswith(_SHOWING):
            found.update(name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def _sources(folder: Traversable, name: str) -> Sequence[tuple[str, Traversable]]:
    files: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        path = f"{name}/{entry.name}"
        if entry.is_dir() and not entry.name.startswith(("_", ".")):
            files += _sources(entry, path)
        elif entry.is_file() and not entry.name.endswith(_BUILT):
            files.append((path, entry))
    return files
