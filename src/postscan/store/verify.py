"""Whether a store is whole, and what killed writers left in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from postscan.model import PostscanError
from postscan.store.files import TEMPORARY, digest_file
from postscan.store.partition import COMMITS
from postscan.store.records import RUN, find_data, read_run
from postscan.tables import schemas


def verify(folder: str | os.PathLike[str]) -> list[str]:
    """What is wrong with a finished run, a sentence each; empty where every byte is as it was written.

    Looks at `run.json`, each commit record and each file that they name: digest, page checksums, rows, and that
    read = kept + skipped + problems. Raises PostscanError where no finished run is there.
    """
    data = find_data(folder)
    try:
        run, commits = read_run(folder)
    except PostscanError as error:
        return [str(error)]
    wrong = []
    for commit in commits:
        for name, entry in commit["tables"].items():
            if message := _check_table(data / entry["file"], name, entry):
                wrong.append(f"{data / entry['file']}: {message}; delete it and scan the input again")
        wrong += _check_counts(data / COMMITS / f"{commit['key']}.json", commit)
    for name in ("read", "kept", "skipped", "problems"):
        if run["counts"][name] != sum(commit["counts"][name] for commit in commits):
            wrong.append(f"{data / RUN}: {name} is not the sum of its commits; scan the input again")
    return wrong


def _check_table(path: Path, name: str, entry: dict[str, Any]) -> str | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.is_file():
        return "is missing"
    if digest_file(path) != entry["digest"]:
        return "was changed after it was written"
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            rows = sum(file.read_row_group(group).num_rows for group in range(file.num_row_groups))
            same = file.schema_arrow.equals(schemas()[name])
    except (pa.ArrowException, OSError) as error:
        return f"cannot be read ({error})"
    if rows != entry["rows"] or not same:
        return f"has {rows} rows, not {entry['rows']}, or other columns"
    return None


def _check_counts(path: Path, commit: dict[str, Any]) -> list[str]:
    counts, tables = commit["counts"], commit["tables"]
    parts = [(counts["kept"], "posts"), (counts["skipped"], "skipped"), (counts["problems"], "problems")]
    good = counts["read"] == sum(n for n, _ in parts) and all(n == tables[name]["rows"] for n, name in parts)
    return [] if good else [f"{path}: its counts do not add up; scan the input again"]


def find_leftovers(folder: str | os.PathLike[str]) -> list[Path]:
    """Temporary files that killed writers left in a store, sorted; nothing reads them, and they may be deleted."""
    found: set[Path] = set()
    for data in (Path(folder) / "data", Path(folder)):
        found.update(data.glob(f"{TEMPORARY}*"), data.glob(f"*/{TEMPORARY}*"))
    return sorted(found)


def clean(folder: str | os.PathLike[str]) -> tuple[int, int]:
    """How many files were deleted, and their bytes: what killed writers left, and what no run or shard names.

    Run it while nobody writes there. What an earlier run of other options scanned is gone then, and would be scanned
    again. Raises PostscanError where no finished run is there, or its record cannot be read.
    """
    data = find_data(folder)
    commits = read_run(folder)[1]
    kept = {data / table["file"] for commit in commits for table in commit["tables"].values()}
    kept |= {data / COMMITS / f"{commit['key']}.json" for commit in commits}
    stored = [*data.glob(f"{COMMITS}/*.json"), *(path for name in schemas() for path in data.glob(f"{name}/*.parquet"))]
    gone = {*find_leftovers(folder), *(path for path in stored if path not in kept)}
    size = sum(path.stat().st_size for path in gone)
    for path in gone:
        path.unlink()
    return len(gone), size
