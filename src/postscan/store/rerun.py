"""A run made again from its record, and what differs: the way to check a figure that somebody else published."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from postscan.model import PostscanError
from postscan.progress import Progress
from postscan.store.files import parse
from postscan.store.plan import differences
from postscan.store.records import FORMAT, read_run
from postscan.store.run import ScanSlices, write_run
from postscan.tables import COLUMNS


def rerun(
    record: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    paths: Sequence[str | os.PathLike[str]] | None = None,
    progress: Progress | None = None,
    scan_slices: ScanSlices | None = None,
) -> list[str]:
    """What differs, a sentence each, after the run of a `run.json` was made again in `out`; empty if every byte agrees.

    The input is looked for under the names that the record has, in the current folder; `paths` says where else it
    lies. The options are those of the record. Raises PostscanError where the record or the input is not there, or
    `out` is the run's own folder.
    """
    record, out = Path(record), Path(out)
    if record.is_dir():
        record = record / "data" / "run.json"
    before = parse(record)
    if before.get("format") != FORMAT or "inputs" not in before:
        raise PostscanError(f"{record}: is no record of a run of this version; name OUTPUT/data/run.json")
    if (out / "data").resolve() == record.parent.resolve():
        raise PostscanError(f"{out}: is the run itself; name another folder for the new one: -o DIR")
    now = write_run(
        list(paths or before["arguments"]), out, slice_size=before["slice_size"], progress=progress,
        scan_slices=scan_slices, **before["options"],
    )  # fmt: skip
    found = list(differences(before, now["inputs"], now["options"], now["slice_size"]))
    found += [
        f"{name}: {before['counts'][name]:,} then, {count:,} now"
        for name, count in now["counts"].items()
        if before["counts"].get(name) != count
    ]
    if found or before["commits"] != now["commits"]:
        found += _tables(record, out)
    return found or ([] if before["digest"] == now["digest"] else ["the record itself differs"])


def _tables(record: Path, out: Path) -> list[str]:
    """Which tables have other rows or bytes; only where the old store is still there."""
    try:
        old, new = read_run(record.parent)[1], read_run(out)[1]
    except PostscanError:
        return ["the tables of the earlier run are not there any more and could not be compared"]
    found = []
    for name in COLUMNS:
        then, now = (sorted(commit["tables"][name]["digest"] for commit in commits) for commits in (old, new))
        if then != now:
            rows = [sum(int(commit["tables"][name]["rows"]) for commit in commits) for commits in (old, new)]
            found.append(f"table {name}: {_rows(rows)}")
    return found


def _rows(rows: Sequence[int]) -> str:
    then, now = rows
    return f"{then:,} rows then, {now:,} now" if then != now else f"{then:,} rows as before, but not the same"
