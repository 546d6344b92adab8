"""What there is to read: folders walked in sorted order, globs, files and standard input, each with its path."""

from __future__ import annotations

import glob
import operator
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from postscan.frozen import open_form, quickly_made
from postscan.model import Problem, Skipped
from postscan.reading.remote import RemoteError, as_local, is_remote, list_files, shown_address, size_of

STANDARD_INPUT = "-"
_OWN = "data/run.json"
OWN_MARK = os.path.join("data", "run.json")  # noqa: PTH118
LOOP = "link to a folder above it"
NOT_A_FILE = "not a file: a device, pipe or socket"
_RUN = 1 << 8
_EMPTY = "no files in this folder; hidden names and our own output folders are left out"


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


_OpenFile = open_form(InputFile)
"""An InputFile that can still be filled: folders hold many."""

Found = InputFile | Skipped | Problem
"""What there is to read, and what was met on the way that is none."""
_Runs = Iterator[tuple[str, list[Found]]]
"""What was found below which base folder, some at a time."""


def find_inputs(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, sizes: bool = True) -> list[Found]:
    """Every file to read, in input order, and what was met on the way that is none.

    A folder is walked in sorted order; hidden names, and folders that hold our own `data/run.json`, are left out, and
    links back to a folder above are skipped. A file that is named twice is there once. Where two given folders hold
    the same relative path, every path begins with as much of its folder's own path as tells them apart. Without
    `sizes`, which are half of the time that this takes, files in folders have the size 0.
    """
    return [item for run in walk_inputs(paths, sizes=sizes) for item in run]


def walk_inputs(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, sizes: bool = True
) -> Iterator[list[Found]]:
    """What `find_inputs` finds, some at a time; of one folder before all of it was looked through."""
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    given = [as_local(os.fspath(path)) for path in paths]
    runs = (run for path in given for run in _find(path, sizes))
    if len(given) == 1 and os.path.isdir(given[0]):  # noqa: PTH112
        return (run for _, run in runs)
    return iter([_tell_apart(_once(runs))])


def _once(runs: _Runs) -> list[tuple[str, Found]]:
    """Every item with its base folder, without the files that were there before."""
    found = []
    seen: set[str] = set()
    for base, run in runs:
        for item in run:
            if isinstance(item, InputFile):
                if (place := f"{base}/{item.path}") in seen:
                    continue
                seen.add(place)
            found.append((base, item))
    return found


def _find(path: str, sizes: bool) -> _Runs:
    if path == STANDARD_INPUT:
        yield "", [InputFile("-", "-", named=True)]
        return
    if is_remote(path):
        yield _find_remote(path)
        return
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and glob.has_magic(path):
            yield from _find_glob(path, sizes)
        else:
            yield _problem(shown_path(path), say_reason(error))
        return
    where = os.path.abspath(path)  # noqa: PTH100
    if stat.S_ISDIR(status.st_mode):
        yield from _find_folder(where, path, sizes)
    else:
        base, name = os.path.split(where)
        yield shown_path(base), [InputFile(path, shown_path(name), status.st_size, named=True)]


def _problem(shown: str, reason: str) -> tuple[str, list[Found]]:
    """An input, as it is shown, of which nothing can be read."""
    return "", [Problem(shown, None, f"{shown}: {reason}")]


def _find_remote(address: str) -> tuple[str, list[Found]]:
    """What an address names: a file, or all below a folder but what a walk leaves out."""
    shown = shown_address(address).rstrip("/")
    try:
        files = list_files(address)
        if files is None:
            base, _, name = shown.rpartition("/")
            return base, [InputFile(address, name, size_of(address), named=True)]
    except OSError as error:
        return _problem(shown, say_reason(error))
    own = tuple(name.removesuffix(_OWN) for _, name, _ in files if f"/{name}".endswith(f"/{_OWN}"))
    if "" in own:
        return _problem(shown, "an output folder of postscan, no posts")
    seen = [file for file in files if not (f"/{file[1]}".count("/.") or file[1].startswith(own))]
    return (shown, [InputFile(*file) for file in seen]) if seen else _problem(shown, _EMPTY)


def _find_glob(path: str, sizes: bool) -> _Runs:
    matched = sorted(glob.glob(path, recursive=True))  # noqa: PTH207
    for each in matched:
        yield from _find(each, sizes)
    if not matched:
        yield _problem(shown_path(path), "matches nothing; check the folder and the ending")


def _find_folder(where: str, path: str, sizes: bool) -> _Runs:
    shown, base = shown_path(path), shown_path(where)
    if _is_own(path):
        yield _problem(shown, f"an output folder of postscan, no posts; see it with: postscan report {shown}")
        return
    empty = True
    for run in _walk(path, sizes):
        empty = False
        yield base, run
    if empty:
        yield _problem(shown, _EMPTY)


def _walk(top: str, sizes: bool) -> Iterator[list[Found]]:
    """What is below a folder, sorted by name folder by folder, without recursion; some at a time, and never none."""
    run: list[Found] = []
    odd: set[str] = set()  # paths with a sign that is in none but where bytes are no text, so that two may be alike
    stack = [(_entries(top, "", run), "", frozenset([_identity(top)]))]
    while stack:
        entries, prefix, above = stack[-1]
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            path = prefix + (name if name.isascii() else shown_path(name))
            try:
                if entry.is_file():
                    if "\\" in path:
                        if path in odd:
                            continue
                        odd.add(path)
                    file = _OpenFile()
                    file.disk = entry.path
                    file.path = path
                    file.size = entry.stat().st_size if sizes else 0
                    file.named = False
                    file.part = None
                    file.__class__ = InputFile
                    run.append(file)
                    continue
                status = entry.stat()
            except OSError as error:
                run.append(Problem(path, None, f"{path}: {say_reason(error)}"))
                continue
            if not stat.S_ISDIR(status.st_mode):
                run.append(Skipped(path, None, NOT_A_FILE))
                continue
            identity = _identity(entry.path)
            if identity in above:
                run.append(Skipped(path, None, LOOP))
            elif not _is_own(entry.path):
                prefix = path + "/"
                stack.append((_entries(entry.path, prefix, run), prefix, above | {identity}))
                break
        else:
            stack.pop()
        if len(run) >= _RUN:
            yield run
            run = []
    if run:
        yield run


def _identity(folder: str) -> tuple[int, int]:
    """What tells a folder from all others, by whatever path; an entry's own has no inode number on Windows."""
    status = os.stat(folder)  # noqa: PTH116
    return status.st_dev, status.st_ino


def _is_own(folder: str) -> bool:
    """Whether it is an output folder of ours."""
    return os.path.exists(os.path.join(folder, OWN_MARK))  # noqa: PTH110, PTH118


def _entries(folder: str, prefix: str, items: list[Found]) -> Iterator[os.DirEntry[str]]:
    """What stands in a folder, by name; where that cannot be said, a Problem joins the items."""
    try:
        with os.scandir(folder) as scan:
            return iter(sorted(scan, key=operator.attrgetter("name")))
    except OSError as error:
        name = prefix.rstrip("/") or shown_path(folder)
        items.append(Problem(name, None, f"{name}: {say_reason(error)}"))
        return iter(())


def _tell_apart(found: list[tuple[str, Found]]) -> list[Found]:
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


def _move(item: Found, path: str) -> Found:
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
