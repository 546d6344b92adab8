"""What a run and its shards say of themselves: `run.json`, `run-I-of-N.json`, and the commits that they name."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from postscan.model import PostscanError
from postscan.reading import Notes
from postscan.reading.notes import ONCE_A_FILE
from postscan.store.files import commit_file, dump, parse, seal, temporary_file, write_file
from postscan.store.partition import COMMITS, unwritable
from postscan.tables import COLUMNS, VERSION

RUN = "run.json"
FORMAT = 2
_SHARD = re.compile(r"run-([0-9]+)-of-([0-9]+)\.json")
_FIGURES = ("read", "kept", "skipped", "problems")


def whole_record(run: Mapping[str, Any], commits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What `run.json` says of a run with these commits, in input order, before it is sealed."""
    counts = {name: sum(commit["counts"][name] for commit in commits) for name in _FIGURES}
    return {
        **run,
        "counts": counts | {"files": len(run["inputs"])},
        "notes": _merge_notes(commits),
        "commits": [{"key": commit["key"], "digest": commit["digest"]} for commit in commits],
    }


def _merge_notes(commits: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The notes of all; what is noted once a file is so, though the file was read in parts."""
    notes = Notes()
    path, said = None, set[tuple[str, str]]()
    for commit in commits:
        members = commit["members"]
        if not (len(members) == 1 and members[0]["part"] and members[0]["path"] == path):
            said.clear()
        path = members[0]["path"] if len(members) == 1 and members[0]["part"] else None
        rows = [row for row in commit["notes"] if (row["kind"], row["detail"]) not in said]
        said.update((row["kind"], row["detail"]) for row in rows if row["kind"] in ONCE_A_FILE)
        notes.merge(Notes.from_rows(rows))
    return notes.rows()


def shard_name(shard: tuple[int, int]) -> str:
    """The file of a shard's record."""
    return f"run-{shard[0]}-of-{shard[1]}.json"


def shard_files(data: Path) -> list[Path]:
    """The records of shards that are there, by number."""
    found = [(int(m[2]), int(m[1]), path) for path in data.glob("run-*.json") if (m := _SHARD.fullmatch(path.name))]
    return [path for _, _, path in sorted(found)]


def shard_record(
    run: Mapping[str, Any], slices: int, commits: Mapping[int, Mapping[str, Any]], shard: tuple[int, int]
) -> dict[str, Any]:
    """What a shard's record says: the run, how many slices there are, and which of them it committed; sealed."""
    named = [{"at": at, "key": c["key"], "digest": c["digest"]} for at, c in sorted(commits.items())]
    return seal({**run, "shard": list(shard), "slices": slices, "commits": named})


def find_data(folder: str | os.PathLike[str]) -> Path:
    """The store in an output folder (or the folder itself, where it is the store).

    Raises PostscanError where neither a finished run nor a shard of one is there.
    """
    place = Path(folder)
    for data in (place / "data", place):
        if (data / RUN).is_file() or shard_files(data):
            return data
    raise PostscanError(f"{place}: no finished run is there; make one with `postscan PATHS -o {place}`")


def read_run(folder: str | os.PathLike[str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What `run.json` says, and the commit records that it names; of shards, what they say together.

    A run of which shards are missing has them under "missing", as ["2/3"]. Raises PostscanError where the run is not
    finished, one of these files is missing or was changed, or the shards are not of one run.
    """
    data = find_data(folder)
    if shards := shard_files(data):
        return _joined(data, shards)
    run = parse(data / RUN)
    _check_version(run, data / RUN)
    return run, [_named_commit(data, named, RUN) for named in run["commits"]]


def _check_version(run: Mapping[str, Any], path: Path) -> None:
    if run["versions"]["tables"] != VERSION:
        raise PostscanError(f"{path}: was made by another version of postscan; scan the input again")


def _named_commit(data: Path, named: Mapping[str, Any], by: str) -> dict[str, Any]:
    path = data / COMMITS / f"{named['key']}.json"
    commit = parse(path)
    if commit["digest"] != named["digest"]:
        raise PostscanError(f"{path}: is not the one that {by} names; scan the input again")
    return commit


def _joined(data: Path, files: Sequence[Path]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The run of several shards and its commits, in input order."""
    records = [parse(path) for path in files]
    first, number = records[0], records[0]["shard"][1]
    own = ("shard", "commits", "digest")
    common = {name: value for name, value in first.items() if name not in own}
    for path, record in zip(files, records, strict=True):
        _check_version(record, path)
        if record["shard"][1] != number or {n: v for n, v in record.items() if n not in own} != common:
            advice = "scan all shards with the same paths, options and versions, or delete the records of the others"
            raise PostscanError(f"{path}: is a shard of another run than {files[0].name}; {advice}")
    named = sorted((commit for record in records for commit in record["commits"]), key=lambda commit: int(commit["at"]))
    commits = [_named_commit(data, commit, "its shard") for commit in named]
    there = {record["shard"][0] for record in records}
    missing = [f"{n}/{number}" for n in range(1, number + 1) if n not in there]
    del common["slices"]
    run = whole_record(common, commits)
    return seal({**run, "missing": missing} if missing else run), commits


def join_shards(folder: str | os.PathLike[str]) -> list[str]:
    """The shards that are missing, as "2/3"; where none is, the shards become one run, `run.json`.

    Nothing happens where there are no shards. Raises PostscanError as `read_run` does.
    """
    data = find_data(folder)
    shards = shard_files(data)
    if not shards:
        return []
    run = read_run(folder)[0]
    if missing := run.get("missing"):
        return list(missing)
    try:
        write_file(data / RUN, dump(run))
        for path in shards:
            path.unlink()
    except OSError as error:
        raise unwritable(Path(folder), error) from error
    return []


def find_commit(data: Path, key: str) -> dict[str, Any] | None:
    """The commit record of a slice that was scanned before, with all its files there; else None."""
    path = data / COMMITS / f"{key}.json"
    if not path.exists():
        return None
    try:
        commit = parse(path)
    except PostscanError:  # damaged: the slice is scanned again, and the record written anew
        return None
    return commit if all(_has_size(data / t["file"], t["bytes"]) for t in commit["tables"].values()) else None


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def open_run(folder: str | os.PathLike[str]) -> tuple[dict[str, Any], dict[str, list[Path]]]:
    """What `run.json` says, and the Parquet files of each table that the run names, resolved, in input order.

    Files without rows are left out, but for the first of each table. Raises PostscanError as `read_run` does, and where
    a file is missing or has another size.
    """
    data = find_data(folder)
    run, commits = read_run(folder)
    place = data.resolve()
    found: dict[str, list[Path]] = {name: [] for name in COLUMNS}
    seen: set[str] = set()
    for commit in commits:
        for name, entry in commit["tables"].items():
            if entry["file"] in seen:
                continue
            seen.add(entry["file"])
            path = place / entry["file"]
            if not _has_size(path, entry["bytes"]):
                raise PostscanError(f"{data / entry['file']}: is missing or cut; scan the input again")
            if entry["rows"] or not found[name]:
                found[name].append(path)
    return run, found


def copy_run(folder: str | os.PathLike[str], out: str | os.PathLike[str]) -> None:
    """Copy a finished run, the files that it names and no others, to another output folder, `run.json` last.

    Raises PostscanError where that folder cannot be written or holds another run, or shards are missing.
    """
    run, commits = read_run(folder)
    if run.get("missing"):
        raise PostscanError(f"{folder}: shards are missing ({', '.join(run['missing'])}); scan them first")
    source, out = find_data(folder), Path(out)
    target = out / "data"
    if (target / RUN).exists() and (target / RUN).read_bytes() != dump(run):
        raise PostscanError(f"{out}: holds another run; choose another folder")
    names = {table["file"]: None for commit in commits for table in commit["tables"].values()}
    names |= {f"{COMMITS}/{commit['key']}.json": None for commit in commits}
    try:
        for name in names:
            with temporary_file((target / name).parent) as (path, stream), (source / name).open("rb") as original:
                shutil.copyfileobj(original, stream)
                commit_file(path, stream, target / name)
        write_file(target / RUN, dump(run))
    except OSError as error:
        raise unwritable(out, error) from error
