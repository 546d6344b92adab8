"""How long each table of counts takes, and how much memory, over a store of a million posts.

python benchmarks/counts.py [POSTS] [TABLE ...]

The posts are generated and scanned once; their rows are written many times over, with other keys, times and some other
tags, so that there are as many rows and as many different ones as in a real corpus. Each table is counted in a process
of its own: CPU time, elapsed time and the peak of its memory, that of Python and the libraries within.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import pyarrow as pa  # noqa: E402
import pyarrow.compute as pc  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from generated import make_posts  # noqa: E402
from postscan.corpus import Corpus, load, scan_all  # noqa: E402
from postscan.store.files import digest_bytes, digest_file, dump, seal  # noqa: E402
from postscan.store.partition import write_options  # noqa: E402
from postscan.tables import schemas  # noqa: E402

POSTS = 1_000_000
SCANNED = 5_000
OPTIONS: tuple[dict[str, Any], ...] = (
    {}, {"by": "day", "top": 15}, {"by": "hour", "top": 15, "top_in": "period"}, {"unit": "story"},
    {"weight": "likes", "merge": "none"},
)  # fmt: skip
WAYS: dict[str, tuple[dict[str, Any], ...]] = {
    **dict.fromkeys(
        ("hashtags", "suspicious_tags", "handles", "links", "domains", "emoji", "embedded_accounts", "source_counts",
         "language_shares", "posters", "platforms", "rules"),
        OPTIONS,
    ),
    "periods": ({"by": "hour"}, {"by": "month", "unit": "story", "weight": "likes"}),
    "pairs": ({}, {"top": 15}),
    "tag_sources": ({},),
    "unmatched_sources": ({},),
    "skipped_counts": ({},),
    "duplicate_ids": ({},),
    "select": (
        {"tz": "Asia/Beirut"}, {"reposts": "without", "duplicates": "without"},
        {"since": "2021-08-01", "until": "2021-10-01T12"}, {"where": "likes > 3"},
    ),
}  # fmt: skip
"""Methods of a corpus, and the options that each is called with."""


def multiply(folder: Path, copies: int) -> None:
    """Write the rows of a finished run so many times over, and its records anew."""
    data = folder / "data"
    run = json.loads((data / "run.json").read_text(encoding="utf-8"))
    (place,) = (data / "commits").iterdir()
    commit = json.loads(place.read_text(encoding="utf-8"))
    for name, entry in commit["tables"].items():
        if entry["rows"]:
            commit["tables"][name] = _write_copies(data, name, data / entry["file"], copies)
    for record in (commit, run):
        record["counts"] = {name: n * (copies if name != "files" else 1) for name, n in record["counts"].items()}
    commit = seal({name: value for name, value in commit.items() if name != "digest"})
    place.write_bytes(dump(commit))
    run["commits"] = [{"key": commit["key"], "digest": commit["digest"]}]
    (data / "run.json").write_bytes(dump(seal({name: value for name, value in run.items() if name != "digest"})))


def _write_copies(data: Path, name: str, source: Path, copies: int) -> dict[str, Any]:
    table = pq.read_table(source, schema=schemas()[name])
    target = data / name / "copies.parquet"
    with pq.ParquetWriter(target, schemas()[name], **write_options(schemas()[name])) as writer:
        for copy in range(copies):
            writer.write_table(_changed(table, copy), row_group_size=8192)
    final = target.with_name(f"{digest_bytes(str(copies).encode())}.parquet")
    target.replace(final)
    return {"file": f"{name}/{final.name}", "rows": table.num_rows * copies, "bytes": final.stat().st_size,
            "digest": digest_file(final)}  # fmt: skip


def _changed(table: Any, copy: int) -> Any:
    """The rows with other keys, ids and times; a fifth of the tags, links and sources are of this copy alone."""
    changes: dict[str, Any] = {}
    columns = {name: table[name] for name in table.column_names}
    # The keys of posts are digests; added to a multiple of a large odd number, as good as others.
    changes["post"] = pc.add(columns["post"], pa.scalar((copy * 0x9E3779B97F4A7C15) % 2**64 - 2**63, pa.int64()))
    if "words_key" in columns:
        changes["words_key"] = pc.add(columns["words_key"], copy)
        changes["id"] = pc.binary_join_element_wise(columns["id"], str(copy), "-")
    for time_column, kind, length in (("time", pa.duration("us"), 3_600_000_000), ("day", pa.duration("s"), 86_400)):
        if time_column in columns and "link" in columns:
            moved = pa.scalar((copy % 97) * length, kind)
            value = columns[time_column]
            changes[time_column] = pc.add(value.cast(pa.timestamp("us")), moved.cast(pa.duration("us"))).cast(
                value.type
            )
    if "n" in columns and ("value" in columns or "key" in columns):
        own = pc.equal(pc.bit_wise_and(columns["post"], 7), 3)
        for each in ("value", "expanded", "written", "key", "name"):
            if each in columns:
                renamed = pc.binary_join_element_wise(columns[each], str(copy), "_")
                changes[each] = pc.if_else(own, renamed, columns[each])
    for name, value in changes.items():
        table = table.set_column(table.schema.get_field_index(name), table.schema.field(name), value)
    return table


def measure(folder: str, name: str) -> None:
    """Count one table in every way, and print what it took."""
    opened = time.process_time(), time.perf_counter()
    with load(folder) as corpus:
        _tell(name, "open", opened, 0)
        for options in WAYS[name]:
            began = time.process_time(), time.perf_counter()
            made = getattr(corpus, name)(**options)
            _tell(name, options, began, made.summary().counted if isinstance(made, Corpus) else len(made))


def _tell(name: str, options: object, began: tuple[float, float], rows: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu, elapsed = time.process_time() - began[0], time.perf_counter() - began[1]
    print(f"{name:<18} {cpu:6.2f} s CPU {elapsed:6.2f} s {peak:6.0f} MB {rows:>9,} rows  {options or ''}", flush=True)


def main() -> None:
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], sys.argv[3])
        return
    posts = int(sys.argv[1]) if len(sys.argv) > 1 else POSTS
    with tempfile.TemporaryDirectory(prefix="postscan-counts-") as folder:
        rows = Path(folder) / "posts.jsonl"
        rows.write_text("\n".join(map(json.dumps, make_posts(min(SCANNED, posts)))), encoding="utf-8")
        out = Path(folder) / "out"
        scan_all(rows, out=out, progress=False).close()
        multiply(out, max(1, posts // SCANNED))
        for name in sys.argv[2:] or WAYS:
            subprocess.run([sys.executable, __file__, "--measure", str(out), name], check=True)


if __name__ == "__main__":
    main()
