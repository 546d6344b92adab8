"""A run: the slices of its input, committed before or now, and `run.json`, which names them and is written last."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from postscan.model import PostscanError, Problem, Skipped
from postscan.progress import Progress
from postscan.reading import InputFile, check_options, find_inputs
from postscan.reading.bounds import MAX_DEPTH, MAX_EXPANSION, MAX_RECORD
from postscan.reading.inputs import STANDARD_INPUT, shown_path
from postscan.reading.remote import as_local, is_remote
from postscan.store.files import dump, parse, seal, temporary_file, write_file
from postscan.store.packs import Plan, choose_size, make_plan
from postscan.store.partition import run_partition, unwritable
from postscan.store.plan import say_plan
from postscan.store.records import (
    FORMAT,
    RUN,
    find_commit,
    shard_files,
    shard_name,
    shard_record,
    whole_record,
)
from postscan.store.slices import Slice, versions

ScanSlices = Callable[[Sequence[Slice], Path, Progress], Iterable[tuple[int, dict[str, Any]]]]
"""Who scans: gives the number and the commit of each slice, in any order; called with a `Progress`."""
_SPARE = 4 << 20
_LOG = logging.getLogger("postscan")


def write_run(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    input_format: str | None = None,
    input_tz: str | None = None,
    max_record: int = MAX_RECORD,
    max_expansion: int = MAX_EXPANSION,
    max_depth: int = MAX_DEPTH,
    detect: Sequence[str] | None = None,
    language_engine: str = "profiles",
    slice_size: int | None = None,
    shard: tuple[int, int] | None = None,
    progress: Progress | None = None,
    scan_slices: ScanSlices | None = None,
) -> dict[str, Any]:
    """What `run.json` says after every slice of the input is committed in `out`/data; what was committed is re-used.

    The options are those of `read` and `scan_many`. `slice_size` is in bytes; without it that of the run that is
    there, else one that fits the input. With `shard` (I, N) only every N-th slice from the I-th on is scanned, and the
    record is that of the shard, `run-I-of-N.json`. `scan_slices` says who scans (`postscan.engines`); without it this
    process, one slice after the other.

    Before anything is scanned, the log (level INFO) says how much is re-used, how much is scanned, and why. Raises
    PostscanError where nothing is to be read, where `out` cannot be written, holds the input or the run of another
    input: all are known before anything is scanned. What stops it on the way leaves every slice that was committed.
    """
    reading: dict[str, Any] = {
        "encoding": encoding, "columns": dict(columns) if columns else None, "input_format": input_format,
        "input_tz": input_tz, "max_record": max_record, "max_expansion": max_expansion, "max_depth": max_depth,
    }  # fmt: skip
    check_options(**reading)
    _check_numbers(slice_size, shard)
    scanning = {"detect": sorted(detect) if detect else None, "language_engine": language_engine}
    given = [as_local(os.fspath(path)) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]
    out = Path(out)
    _check_apart(given, out)
    inputs = [_placed(item) for item in find_inputs(given) if not _lies_in(item, out)]
    if not any(isinstance(item, InputFile) for item in inputs):
        raise PostscanError(_say_nothing(given, inputs))
    arguments = [_argument(path) for path in given]
    _check_writable(out, sum(item.size for item in inputs if isinstance(item, InputFile)))
    with _spooled(inputs, out) as items:
        before = _run_before(out)
        size = slice_size or (before or {}).get("slice_size") or choose_size(items)
        plan = make_plan(items, size, reading=reading, scanning=scanning)
        _check_owner(out, before, arguments, plan)
        chosen = range(len(plan.slices)) if shard is None else range(shard[0] - 1, len(plan.slices), shard[1])
        commits = {at: found for at in chosen if (found := find_commit(out / "data", plan.slices[at].key))}
        waiting = [at for at in chosen if at not in commits]
        _LOG.info("%s: %s", out, say_plan(plan, [plan.slices[at] for at in waiting], before, chosen=len(chosen)))
        _scan(plan, waiting, commits, out, scan_slices or one_after_the_other, progress or _quiet)
    run = {
        "format": FORMAT,
        "arguments": arguments,
        "inputs": list(plan.inputs),
        "options": {**reading, **scanning},
        "slice_size": size,
        "versions": versions(),
    }
    return _finish(run, len(plan.slices), commits, shard, out)


def _check_numbers(slice_size: int | None, shard: tuple[int, int] | None) -> None:
    if slice_size is not None and slice_size < 1:
        raise PostscanError(f"slice size {slice_size}: it is a number of bytes, at least 1")
    if shard is not None and not 1 <= shard[0] <= shard[1]:
        raise PostscanError(f"shard {shard[0]}/{shard[1]}: write I/N, I from 1 to N, for example 3/64")


def _scan(
    plan: Plan,
    waiting: Sequence[int],
    commits: dict[int, dict[str, Any]],
    out: Path,
    scan_slices: ScanSlices,
    progress: Progress,
) -> None:
    """Fill in the commits of the slices that wait; what stops it says how far it came."""
    if not waiting:
        return
    try:
        for n, commit in scan_slices([plan.slices[at] for at in waiting], out.absolute(), progress):
            commits[waiting[n]] = commit
    except BaseException as stop:
        done = f"{len(commits):,} of {len(plan.slices):,} slices are committed in {out}"
        stop.add_note(f"{done}, and nothing half written counts; the same command goes on from there")
        raise


def one_after_the_other(slices: Sequence[Slice], out: Path, progress: Progress) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number and commit of each slice, scanned in this process."""
    total, done, posts = sum(part.size for part in slices), 0, 0

    def report(read: int, _: int, found: int) -> None:
        progress(done + read, total, posts + found)

    for n, part in enumerate(slices):
        commit = run_partition(part, out, progress=report)
        done, posts = done + part.size, posts + commit["counts"]["kept"]
        yield n, commit


def _quiet(done: int, total: int, posts: int) -> None:
    pass


def _finish(
    run: dict[str, Any], count: int, commits: Mapping[int, dict[str, Any]], shard: tuple[int, int] | None, out: Path
) -> dict[str, Any]:
    """Write the record of the run, or of the shard, last of all."""
    try:
        if shard is not None:
            record = shard_record(run, count, commits, shard)
            write_file(out / "data" / shard_name(shard), dump(record))
            return record
        run = seal(whole_record(run, [commits[at] for at in sorted(commits)]))
        write_file(out / "data" / RUN, dump(run))
        for name in shard_files(out / "data"):
            name.unlink()
    except OSError as error:
        raise unwritable(out, error) from error
    return run


def _check_apart(given: Sequence[str], out: Path) -> None:
    """Raise PostscanError where an input lies in the output folder, or no engine can name that folder."""
    if is_remote(out.as_posix().replace(":/", "://", 1)):
        raise PostscanError(f"{out}: a run is written to a folder of this machine; choose one: -o DIR")
    shown = shown_path(os.fspath(out.absolute()))
    if shown.encode() != os.fsencode(out.absolute().as_posix()):
        raise PostscanError(f"{shown}: its name is no text in UTF-8; choose another folder: -o DIR")
    for path in given:
        if path != STANDARD_INPUT and not is_remote(path) and Path(path).absolute().is_relative_to(out.absolute()):
            raise PostscanError(f"{out}: the input {path} lies in it; choose another folder: -o DIR")


def _lies_in(item: InputFile | Skipped | Problem, out: Path) -> bool:
    """Whether a file is one of ours, in an output folder inside the input that a stopped run left unfinished."""
    return (
        isinstance(item, InputFile)
        and item.disk != "-"
        and not is_remote(item.disk)
        and Path(item.disk).absolute().is_relative_to(out.absolute())
    )


def _placed(item: InputFile | Skipped | Problem) -> InputFile | Skipped | Problem:
    """The input with an absolute place: who scans it may stand in another folder."""
    if not isinstance(item, InputFile) or item.disk == STANDARD_INPUT or is_remote(item.disk):
        return item
    return dataclasses.replace(item, disk=os.path.abspath(item.disk))  # noqa: PTH100  a Path costs more than the rest


def _say_nothing(given: Sequence[str], items: Sequence[InputFile | Skipped | Problem]) -> str:
    messages = [item.message for item in items if isinstance(item, Problem)]
    return "; ".join(messages) or f"{', '.join(map(shown_path, given))}: no file there; name a file or folder of posts"


def _argument(path: str) -> str:
    """The last part of a path as given: a run's bytes do not depend on where its input lies."""
    text = shown_path(path).replace("\\", "/").rstrip("/")
    last = text.rpartition("/")[2]
    return last if last not in ("", ".", "..") else shown_path(Path(path).resolve().name)


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
    return run if run["format"] == FORMAT and run["counts"]["kept"] else None


def _check_owner(out: Path, before: Mapping[str, Any] | None, arguments: Sequence[str], plan: Plan) -> None:
    """Raise PostscanError where the output folder holds another input's run: other arguments, or no path in common."""
    if before is None:
        return
    old, new = {entry["path"] for entry in before["inputs"]}, {entry["path"] for entry in plan.inputs}
    if sorted(before["arguments"]) != sorted(arguments) or (old and new and not old & new):
        whose = ", ".join(before["arguments"])
        raise PostscanError(f"{out}: holds the run of another input ({whose}); choose another folder: -o DIR")
