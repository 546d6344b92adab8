"""What there is to read: folders walked in sorted order, globs, files and standard input, each with its path."""

from __future__ import annotations

import glob
import operator
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from postscan.frozen import quickly_made
from postscan.model import Problem, Skipped
from postscan.reading.remote import RemoteError, as_local, is_remote, list_files, shown_address, size_of

STANDARD_INPUT = "-"
_OWN = "data/run.json"
OWN_MARK = os.path.join("data", "run.json")  # noqa: PTH118
LOOP = "link to a folder above it"
NOT_A_FILE = "not a file: a device, pipe or socket"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of whole lines of a big file, and where its first line stands in the file."""

    start: int
    """Bytes of the file, half-open with `end`."""
    end: int
    line: int
    """Lines before it."""
    record: int
    """Records before it: lines that are not blank."""


@quickly_made
@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, and the path that its records have."""

    disk: str
    """Where it is, a path or an address; "-" is standard input."""
    path: str
    """Relative to the folder, or to the file's parent, that was given; "/" on every system."""
    size: int = 0
    """In bytes, compressed where it is; 0 where nobody can know."""
    named: bool = False
    """Whether the user named the file itself."""
    part: Part | None = None
    """What of it is to be read; all of it without one. Only for formats whose rows are lines."""


_Found = tuple[str, InputFile | Skipped | Problem]
"""What was found, and below which base folder."""


def find_inputs(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, sizes: bool = True
) -> list[InputFile | Skipped | Problem]:
    """Every file to read, in input order, and what was met on the way that is none.

    A folder is walked in sorted order; hidden names, and folders that hold our own `data/run.json`, are left out, and
    links back to a folder above are skipped. A file that is named twice is there once. Where two given folders hold
    the same relative path, every path begins with as much of its folder's own path as tells them apart. Without
    `sizes`, which are a third of the time that this takes, files in folders have the size 0.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    found: list[_Found] = []
    seen: set[str] = set()
    for path in paths:
        for base, item in _find(as_local(os.fspath(path)), sizes):
            if isinstance(item, InputFile):
                if (place := f"{base}/{item.path}") in seen:
                    continue
                seen.add(place)
            found.append((base, item))
    return _tell_apart(found)


def _find(path: str, sizes: bool) -> Iterator[_Found]:
    if path == STANDARD_INPUT:
        yield ("", InputFile("-", "-", named=True))
        return
    if is_remote(path):
        yield from _find_remote(path)
        return
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and glob.has_magic(path):
            yield from _find_glob(path, sizes)
        else:
            yield ("", Problem(shown_path(path), None, f"{shown_path(path)}: {say_reason(error)}"))
        return
    where = os.path.abspath(path)  # noqa: PTH100
    if stat.S_ISDIR(status.st_mode):
        yield from _find_folder(where, path, (status.st_dev, status.st_ino), sizes)
    else:
        base, name = os.path.split(where)
        yield (shown_path(base), InputFile(path, shown_path(name), status.st_size, named=True))


def _find_remote(address: str) -> Iterator[_Found]:
    """What an address names: a file, or all below a folder but what a walk leaves out."""
    shown = shown_address(address).rstrip("/")
    try:
        files = list_files(address)
        if files is None:
            base, _, name = shown.rpartition("/")
            yield (base, InputFile(address, name, size_of(address), named=True))
            return
    except OSError as error:
        yield ("", Problem(shown, None, f"{shown}: {say_reason(error)}"))
        return
    own = tuple(name.removesuffix(_OWN) for _, name, _ in files if f"/{name}".endswith(f"/{_OWN}"))
    if "" in own:
        yield ("", Problem(shown, None, f"{shown}: an output folder of postscan, no posts"))
        return
    seen = [file for file in files if not (f"/{file[1]}".count("/.") or file[1].startswith(own))]
    for disk, name, size in seen:
        yield (shown, InputFile(disk, name, size))
    if not seen:
        message = f"{shown}: no files in this folder; hidden names and our own output folders are left out"
        yield ("", Problem(shown, None, message))


def _find_glob(path: str, sizes: bool) -> Iterator[_Found]:
    matched = sorted(glob.glob(path, recursive=True))  # noqa: PTH207
    for each in matched:
        yield from _find(each, sizes)
    if not matched:
        yield (
            "",
            Problem(shown_path(path), None, f"{shown_path(path)}: matches nothing; check the folder and the ending"),
        )


def _find_folder(where: str, path: str, identity: tuple[int, int], sizes: bool) -> Iterator[_Found]:
    base = shown_path(where)
    if os.path.exists(os.path.join(path, OWN_MARK)):  # noqa: PTH110, PTH118
        shown = shown_path(path)
        message = f"{shown}: an output folder of postscan, no posts; see it with: postscan report {shown}"
        yield ("", Problem(shown, None, message))
        return
    empty = True
    for item in _walk(path, identity, sizes):
        empty = False
        yield (base, item)
    if empty:
        message = f"{shown_path(path)}: no files in this folder; hidden names and our own output folders are left out"
        yield ("", Problem(shown_path(path), None, message))


def _walk(top: str, identity: tuple[int, int], sizes: bool) -> Iterator[InputFile | Skipped | Problem]:
    """The files below a folder, sorted by name folder by folder, without recursion."""
    stack = [(_entries(top, ""), frozenset([identity]))]
    while stack:
        entries, above = stack[-1]
        entry = next(entries, None)
        if entry is None:
            stack.pop()
        elif isinstance(entry, Problem):
            yield entry
        else:
            found, relative = entry
            try:
                if not sizes and found.is_file():
                    yield InputFile(found.path, relative)
                    continue
                status = found.stat()
            except OSError as error:
                yield Problem(relative, None, f"{relative}: {say_reason(error)}")
                continue
            if stat.S_ISREG(status.st_mode):
                yield InputFile(found.path, relative, status.st_size)
            elif not stat.S_ISDIR(status.st_mode):
                yield Skipped(relative, None, NOT_A_FILE)
            else:
                status = os.stat(found.path)  # noqa: PTH116  on Windows the entry's own has no inode number
                identity = (status.st_dev, status.st_ino)
                own = os.path.exists(os.path.join(found.path, OWN_MARK))  # noqa: PTH110, PTH118
                if identity in above:
                    yield Skipped(relative, None, LOOP)
                elif not own:
                    stack.append((_entries(found.path, relative + "/"), above | {identity}))


def _entries(folder: str, prefix: str) -> Iterator[tuple[os.DirEntry[str], str] | Problem]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=operator.attrgetter("name"))
    except OSError as error:
        name = prefix.rstrip("/") or shown_path(folder)
        yield Problem(name, None, f"{name}: {say_reason(error)}")
        return
    for entry in entries:
        name = entry.name
        if name[0] != ".":
            yield entry, prefix + (name if name.isascii() else shown_path(name))


def _tell_apart(found: list[_Found]) -> list[InputFile | Skipped | Problem]:
    """The items; where two would have one path, all begin with the last parts of their base folders."""
    items = [item for _, item in found]
    paths = [item.path for item in items]
    bases = {base for base, _ in found}
    deepest = max((base.count("/") for base in bases), default=0) + 1
    for depth in range(1, deepest + 1):
        files = [path for path, item in zip(paths, items, strict=True) if isinstance(item, InputFile)]
        if len(set(files)) == len(files):
            break
        label = {base: "/".join(base.strip("/").split("/")[-depth:]) for base in bases}
        paths = [f"{label[base]}/{item.path}".lstrip("/") for base, item in found]
    return [item if item.path == path else _move(item, path) for path, item in zip(paths, items, strict=True)]


def _move(item: InputFile | Skipped | Problem, path: str) -> InputFile | Skipped | Problem:
    if isinstance(item, Problem):
        return Problem(path, item.record, item.message.replace(item.path, path, 1))
    return replace(item, path=path)


def shown_path(path: str) -> str:
    r"""A path as text with "/": the bytes of a name that are no text are written as \udcNN."""
    if is_remote(path):
        return shown_address(path)
    text = path if path.isascii() else path.encode("utf-8", "backslashreplace").decode("utf-8")
    return text.replace(os.sep, "/")


def say_reason(error: OSError | ValueError) -> str:
    """Why a path cannot be read, and what to do."""
    if isinstance(error, RemoteError):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the path"
    if isinstance(error, PermissionError):
        return "no permission to read it; change its permissions or copy it"
    return f"cannot be read ({getattr(error, 'strerror', None) or error}); check the path"
