"""Opens and counts a store of very many slices under a low limit of open files.

    python benchmarks/slices.py [--slices 20000] [--files 1024]

One post is scanned, and its slice written so many times over, each time with another post, another tag and a commit
record of its own. Then a process that may have `--files` files open opens the store and counts hashtags; each tag must
be there, in one post. Prints seconds and the peak of its memory. Exit code 1 where the count is wrong.
"""

from __future__ import annotations

import argparse
import json
import resource
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from postscan.corpus import load
from postscan.store import write_run
from postscan.store.files import digest_bytes, dump, parse, seal
from postscan.store.partition import WRITE_OPTIONS
from postscan.store.records import whole_record
from postscan.tables import schemas

_TAG = "#slice00000"


def multiply(out: Path, slices: int) -> None:
    """Write the only slice of a run so many times over, with another post and tag each, and the run's record anew."""
    data = out / "data"
    run = parse(data / "run.json")
    (record,) = (data / "commits").iterdir()
    commit = parse(record)
    plain = {name: _plain(data / entry["file"], name) for name, entry in commit["tables"].items() if entry["rows"]}
    (post,) = pq.read_table(data / commit["tables"]["posts"]["file"], columns=["post"])["post"].to_pylist()
    commits = []
    for number in range(slices):
        tag, key = f"{_TAG[:-5]}{number:05}", digest_bytes(str(number).encode())
        tables = dict(commit["tables"])
        for name, content in plain.items():
            own = content.replace(struct.pack("<q", post), struct.pack("<q", (post ^ number * 0x9E3779B9) % 2**63))
            own = own.replace(_TAG[1:].encode(), tag[1:].encode())
            file = f"{name}/{key}.parquet"
            (data / file).write_bytes(own)
            tables[name] = {**tables[name], "file": file, "bytes": len(own), "digest": digest_bytes(own)}
        made = seal({**{n: v for n, v in commit.items() if n != "digest"}, "key": key, "tables": tables})
        (data / "commits" / f"{key}.json").write_bytes(dump(made))
        commits.append(made)
    run = {name: value for name, value in run.items() if name not in ("digest", "commits", "counts", "notes")}
    (data / "run.json").write_bytes(dump(seal(whole_record(run, commits))))


def _plain(path: Path, name: str) -> bytes:
    """The file without packing, dictionaries, sums and checksums, so that values in it can be written over."""
    table = pq.read_table(path, schema=schemas()[name])
    plain = path.with_suffix(".plain")
    options = {**WRITE_OPTIONS, "compression": "none", "compression_level": None, "use_dictionary": False}
    pq.write_table(table, plain, **options | {"write_statistics": False, "write_page_checksum": False})
    content = plain.read_bytes()
    plain.unlink()
    return content


def count(out: str, files: int) -> None:
    """Open and count, with so many open files allowed, and print what it took."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    began, cpu = time.perf_counter(), time.process_time()
    with load(out) as corpus:
        _tell("opened", began, cpu)
        began, cpu = time.perf_counter(), time.process_time()
        tags = corpus.hashtags()
        _tell("hashtags counted", began, cpu)
    kept = corpus.run["counts"]["kept"]
    print(f"{kept:,} posts, {len(tags):,} tags")
    sys.exit(not (len(tags) == kept and set(tags["posts"]) == {1}))


def _tell(what: str, began: float, cpu: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = f"{time.perf_counter() - began:.1f} s, {time.process_time() - cpu:.1f} s of CPU"
    print(f"{what}: {took}, {peak:,.0f} MB at most so far", flush=True)


def main() -> None:
    """Makes the store and measures it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slices", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=1_024)
    parser.add_argument("--count", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.count:
        count(options.count, options.files)
        return
    with tempfile.TemporaryDirectory(prefix="postscan-slices-") as name:
        posts, out = Path(name) / "posts.jsonl", Path(name) / "out"
        posts.write_text(json.dumps({"text": f"The gate is open again, drivers say. {_TAG}"}), encoding="utf-8")
        write_run(posts, out)
        began = time.perf_counter()
        multiply(out, options.slices)
        print(f"{options.slices:,} slices made in {time.perf_counter() - began:.1f} s", flush=True)
        sys.exit(subprocess.run(
            [sys.executable, __file__, "--count", out, "--files", str(options.files)], check=False
        ).returncode)  # fmt: skip


if __name__ == "__main__":
    main()
