"""A run: the slices of its input, committed before or now, and `run.json`, which names them and is written last."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from postscan.model import PostscanError, Problem, Skipped
from postscan.progress import Progress
from postscan.reading import InputFile, Notes, check_options, find_inputs
from postscan.reading.inputs import STANDARD_INPUT, say_reason, shown_path
from postscan.store.files import commit_file, digest_file, dump, parse, seal, temporary_file, write_file
from postscan.store.partition import COMMITS, run_partition, unwritable
from postscan.store.plan import say_plan
from postscan.store.slices import Member, Slice, versions
from postscan.tables import COLUMNS, VERSION

RUN = "run.json"
_SPARE = 4 << 20
_LOG = logging.getLogger("postscan")


def write_run(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    input_format: str | None = None,
    detect: Sequence[str] | None = None,
    language_engine: str = "profiles",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """What `run.json` says after every slice of the input is committed in `out`/data; what was committed is re-used.

    The options are those of `read` and `scan_many`. Before anything is scanned, the log (level INFO) says how much is
    re-used, how much is scanned, and why. Raises PostscanError where nothing is to be read, where `out` cannot be
    written, holds the input or the run of another input: all are known before anything is scanned.
    """
    check_options(encoding, columns, input_format)
    reading = {"encoding": encoding, "columns": dict(columns) if columns else None, "input_format": input_format}
    scanning = {"detect": sorted(detect) if detect else None, "language_engine": language_engine}
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    out = Path(out)
    _check_apart(given, out)
    inputs = [item for item in find_inputs(given) if not _lies_in(item, out)]
    if not any(isinstance(item, InputFile) for item in inputs):
        raise PostscanError(_say_nothing(given, inputs))
    arguments = [_argument(path) for path in given]
    _check_writable(out, sum(item.size for item in inputs if isinstance(item, InputFile)))
    with _spooled(inputs, out) as items:
        part = Slice(tuple(map(_digested, items)), reading, scanning)
        before = _run_before(out)
        _check_owner(out, before, arguments, part)
        commit = _find_commit(out / "data", part)
        _LOG.info("%s: %s", out, say_plan(part, before, reused=commit is not None))
        commits = [commit or run_partition(part, out, progress=progress)]
    run = seal(
        {
            "format": 1,
            "arguments": arguments,
            "inputs": [{"path": m.path, "bytes": m.size, "digest": m.digest} for m in part.members],
            "options": part.options,
            "versions": versions(),
            "counts": _sum_counts(commits) | {"files": len(part.members)},
            "notes": _merge_notes(commits),
            "commits": [{"key": c["key"], "digest": c["digest"]} for c in commits],
        }
    )
    try:
        write_file(out / "data" / RUN, dump(run))
    except OSError as error:
        raise unwritable(out, error) from error
    return run


def _check_apart(given: Sequence[str | os.PathLike[str]], out: Path) -> None:
    """Raise PostscanError where an input lies in the output folder, or no engine can name that folder."""
    shown = shown_path(os.fspath(out.absolute()))
    if shown.encode() != os.fsencode(out.absolute().as_posix()):
        raise PostscanError(f"{shown}: its name is no text in UTF-8; choose another folder: -o DIR")
    for path in given:
        if os.fspath(path) != STANDARD_INPUT and Path(path).absolute().is_relative_to(out.absolute()):
            raise PostscanError(f"{out}: the input {os.fspath(path)} lies in it; choose another folder: -o DIR")


def _lies_in(item: InputFile | Skipped | Problem, out: Path) -> bool:
    """Whether a file is one of ours, in an output folder inside the input that a stopped run left unfinished."""
    return (
        isinstance(item, InputFile) and item.disk != "-" and Path(item.disk).absolute().is_relative_to(out.absolute())
    )


def _say_nothing(given: Sequence[str | os.PathLike[str]], items: Sequence[InputFile | Skipped | Problem]) -> str:
    messages = [item.message for item in items if isinstance(item, Problem)]
    return (
        "; ".join(messages)
        or f"{', '.join(os.fspath(path) for path in given)}: no file there; name a file or folder of posts"
    )


def _digested(item: InputFile | Skipped | Problem) -> Member | Skipped | Problem:
    if not isinstance(item, InputFile):
        return item
    try:
        return Member(item, item.path, Path(item.disk).stat().st_size, digest_file(Path(item.disk)))
    except OSError as error:
        return Problem(item.path, None, f"{item.path}: {say_reason(error)}")


def _argument(path: str | os.PathLike[str]) -> str:
    """The last part of a path as given: a run's bytes do not depend on where its input lies."""
    text = shown_path(os.fspath(path)).replace("\\", "/").rstrip("/")
    last = text.rpartition("/")[2]
    return last if last not in ("", ".", "..") else shown_path(Path(path).resolve().name)


def _sum_counts(commits: Sequence[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(c["counts"][name] for c in commits) for name in ("read", "kept", "skipped", "problems")}


def _merge_notes(commits: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    notes = Notes()
    for commit in commits:
        notes.merge(Notes.from_rows(commit["notes"]))
    return notes.rows()


@contextlib.contextmanager
def _spooled(
    inputs: Sequence[InputFile | Skipped | Problem], out: Path
) -> Iterator[Sequence[InputFile | Skipped | Problem]]:
    """The inputs, standard input as a temporary file: a key needs its contents before it is scanned."""
    streamed = {item.path for item in inputs if isinstance(item, InputFile) and item.disk == "-"}
    if not streamed:
        yield inputs
        return
    if sys.stdin is None:
        raise PostscanError("-: there is no standard input; name a file or folder of posts")
    with temporary_file(out / "data") as (path, stream):
        try:
            shutil.copyfileobj(sys.stdin.buffer, stream)
            stream.flush()
        except OSError as error:
            raise unwritable(out, error) from error
        yield [
            dataclasses.replace(item, disk=str(path)) if isinstance(item, InputFile) and item.disk == "-" else item
            for item in inputs
        ]


def _check_writable(out: Path, size: int) -> None:
    """Raise PostscanError where the output folder takes no files, or surely not those of so many bytes of input."""
    try:
        with temporary_file(out / "data") as (_, stream):
            stream.write(b"\0" * 4096)
        free = shutil.disk_usage(out).free
    except OSError as error:
        raise unwritable(out, error) from error
    need = _SPARE + size // 4
    if free < need:
        message = f"{out}: {free >> 20:,} MB are free there and about {need >> 20:,} MB are needed"
        raise PostscanError(f"{message}; free some space or choose another folder: -o DIR")


def _run_before(out: Path) -> dict[str, Any] | None:
    """What `run.json` says so far; None where there is none, or it is damaged and will be written anew.

    A run that found no post is none either: its path was a slip, and it is nobody's.
    """
    try:
        run = parse(out / "data" / RUN)
    except PostscanError:
        return None
    return run if run["counts"]["kept"] else None


def _check_owner(out: Path, before: Mapping[str, Any] | None, arguments: Sequence[str], part: Slice) -> None:
    """Raise PostscanError where the output folder holds another input's run: other arguments, or no path in common."""
    if before is None:
        return
    old, new = {entry["path"] for entry in before["inputs"]}, {m.path for m in part.members}
    if sorted(before["arguments"]) != sorted(arguments) or (old and new and not old & new):
        whose = ", ".join(before["arguments"])
        raise PostscanError(f"{out}: holds the run of another input ({whose}); choose another folder: -o DIR")


def _find_commit(data: Path, part: Slice) -> dict[str, Any] | None:
    """The commit record of a slice that was scanned before, with all its files there; else None."""
    path = data / COMMITS / f"{part.key}.json"
    if not path.exists():
        return None
    try:
        commit = parse(path)
    except PostscanError:  # damaged: the slice is scanned again, and the record written anew
        return None
    whole = all(_has_size(data / t["file"], t["bytes"]) for t in commit["tables"].values())
    return commit if whole else None


def _has_size(path: Path, size: int) -> bool:
    return path.exists() and path.stat().st_size == size


def find_data(folder: str | os.PathLike[str]) -> Path:
    """The store in an output folder (or the folder itself, where it is the store).

    Raises PostscanError where no finished run is there.
    """
    place = Path(folder)
    for data in (place / "data", place):
        if (data / RUN).is_file():
            return data
    raise PostscanError(f"{place}: no finished run is there; make one with `postscan PATHS -o {place}`")


def read_run(folder: str | os.PathLike[str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What `run.json` says, and the commit records that it names.

    Raises PostscanError where the run is not finished, or one of these files is missing or was changed.
    """
    data = find_data(folder)
    run = parse(data / RUN)
    if run["versions"]["tables"] != VERSION:
        raise PostscanError(f"{data / RUN}: was made by another version of postscan; scan the input again")
    commits = []
    for named in run["commits"]:
        path = data / COMMITS / f"{named['key']}.json"
        commit = parse(path)
        if commit["digest"] != named["digest"]:
            raise PostscanError(f"{path}: is not the one that {RUN} names; scan the input again")
        commits.append(commit)
    return run, commits


def committed_files(folder: str | os.PathLike[str]) -> dict[str, list[Path]]:
    """The Parquet files of each table that a finished run names, in input order.

    Raises PostscanError where one is missing or has another size.
    """
    data = find_data(folder)
    found: dict[str, list[Path]] = {name: [] for name in COLUMNS}
    for commit in read_run(folder)[1]:
        for name, entry in commit["tables"].items():
            path = data / entry["file"]
            if not _has_size(path, entry["bytes"]):
                raise PostscanError(f"{path}: is missing or cut; scan the input again")
            if path not in found[name]:
                found[name].append(path)
    return found


def copy_run(folder: str | os.PathLike[str], out: str | os.PathLike[str]) -> None:
    """Copy a finished run, the files that it names and no others, to another output folder, `run.json` last.

    Raises PostscanError where that folder cannot be written or holds another run.
    """
    run, commits = read_run(folder)
    source, out = find_data(folder), Path(out)
    target = out / "data"
    if (target / RUN).exists() and (target / RUN).read_bytes() != dump(run):
        raise PostscanError(f"{out}: holds another run; choose another folder")
    names = [path.relative_to(source).as_posix() for paths in committed_files(folder).values() for path in paths]
    names += [f"{COMMITS}/{commit['key']}.json" for commit in commits]
    try:
        for name in (*names, RUN):
            with temporary_file((target / name).parent) as (path, stream), (source / name).open("rb") as original:
                shutil.copyfileobj(original, stream)
                commit_file(path, stream, target / name)
    except OSError as error:
        raise unwritable(out, error) from error
