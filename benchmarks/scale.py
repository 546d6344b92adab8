"""Measures what a run costs: time, memory, files and bytes for each million posts, two processes against one.

    python benchmarks/scale.py [--posts 200000] [--jobs 1,2] [--most-memory 500]

Short posts are generated (those of `benchmarks/sources.py`) as one file of JSON Lines and scanned into a store by
processes of their own, one after the other. CPU seconds and the peak memory of every process come from the system
(`--posts 2000000 --jobs 2` shows whether it grows with the input). Then the same command runs again (nothing is
scanned), and once more after a small file was added. The last lines are the paper calculation: what was measured,
carried to 200 million and 100 billion posts. Exit code 1 where a process took more than `--most-memory` MB.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from sources import make_posts

from postscan.store import read_run
from postscan.store.packs import LARGE
from postscan.tables import COLUMNS

_RUN = (
    "import sys\n"
    "from postscan.engines import choose_engine\n"
    "from postscan.store import write_run\n"
    "if __name__ == '__main__':\n"
    "    write_run(sys.argv[1], sys.argv[2], scan_slices=choose_engine(int(sys.argv[3])))\n"
)
_GENERATED = 200_000
_MILLION = 1_000_000
_SMALL = 30


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    wall: float
    cpu: float
    """Seconds, of all its processes that ended before it."""
    memory: tuple[float, ...]
    """Peak MB of each of its processes, of the largest first; those of a few MB (a server of Python's) left out."""


def write_posts(file: Path, number: int) -> None:
    """So many posts, in blocks of generated ones whose ids differ."""
    rows = make_posts(min(number, _GENERATED))[1]
    with file.open("wb") as stream:
        for at in range(number):
            block, row = divmod(at, len(rows))
            text = rows[row]
            stream.write((text if not block else text.replace(b'"id":"14', b'"id":"%d' % (15 + block), 1)) + b"\n")


def measure(script: Path, source: Path, out: Path, jobs: int) -> Cost:
    """The cost of a run in processes of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    run = subprocess.Popen([sys.executable, script, source, out, str(jobs)])
    peaks: dict[int, tuple[float, float]] = {}
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(run.pid, peaks, over))
    watcher.start()
    code = run.wait()
    wall = time.perf_counter() - began
    over.set()
    watcher.join()
    if code:
        sys.exit(f"the run failed with {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    below = sum(cpu for pid, (_, cpu) in peaks.items() if pid != run.pid)
    memory = sorted((peak for peak, _ in peaks.values() if peak > _SMALL), reverse=True)
    return Cost(wall, own + below, tuple(memory))


def _watch(top: int, peaks: dict[int, tuple[float, float]], over: threading.Event) -> None:
    """Keep the peak memory (MB) and CPU seconds of a process and all below it up to date."""
    tick = os.sysconf("SC_CLK_TCK")
    while not over.wait(0.05):
        parents: dict[int, int] = {}
        times: dict[int, float] = {}
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = status.read_text(errors="replace").rpartition(")")[2].split()
                pid = int(status.parent.name)
                parents[pid], times[pid] = int(fields[1]), (int(fields[11]) + int(fields[12])) / tick
        for pid, cpu in times.items():
            above = pid
            while above not in (0, 1, top):
                above = parents.get(above, 0)
            if above == top:
                with contextlib.suppress(OSError, IndexError, ValueError):
                    text = Path(f"/proc/{pid}/status").read_text()
                    peaks[pid] = int(text.split("VmHWM:")[1].split()[0]) / 1000, cpu


def main() -> None:
    """Prints the costs and the calculation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=_GENERATED)
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--most-memory", type=float, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script, source = folder / "run.py", folder / "posts"
        script.write_text(_RUN)
        source.mkdir()
        write_posts(source / "posts.jsonl", options.posts)
        size = (source / "posts.jsonl").stat().st_size
        print(f"{options.posts:,} posts, {size / 1e6:,.1f} MB of JSON Lines")
        costs = {}
        for jobs in map(int, options.jobs.split(",")):
            out = folder / f"out{jobs}"
            costs[jobs] = cost = measure(script, source, out, jobs)
            print(
                f"{jobs} process(es): {cost.wall:,.1f} s, {cost.cpu:,.1f} s of CPU, "
                f"{cost.cpu / options.posts * 1e6:,.0f} us of CPU a post, {options.posts / cost.wall:,.0f} posts/s, "
                f"at most {' and '.join(f'{peak:,.0f}' for peak in cost.memory)} MB in its processes"
            )
        first, *more = costs
        for jobs in more:
            print(f"{jobs} processes are {costs[first].wall / costs[jobs].wall:.2f} x as fast as {first}")
        out = folder / f"out{first}"
        again = measure(script, source, out, first)
        print(f"the same again: {again.wall:,.2f} s, {again.wall / costs[first].wall:.1%} of the first time")
        (source / "zz.txt").write_text("One more post from the harbour. #quay\n", encoding="utf-8")
        before = {commit["key"] for commit in read_run(out)[0]["commits"]}
        measure(script, source, out, first)
        new = {commit["key"] for commit in read_run(out)[0]["commits"]} - before
        print(f"after one small file was added: {len(new)} slice(s) scanned")
        files = [path for path in (out / "data").rglob("*") if path.is_file()]
        stored = sum(path.stat().st_size for path in files)
        _calculate(options.posts, size, stored, costs[first])
    sys.exit(any(cost.memory[0] > options.most_memory for cost in costs.values()))


def _calculate(posts: int, size: int, stored: int, cost: Cost) -> None:
    """Say what was measured a million posts, and what follows for more by multiplication alone."""
    each, row, kept = cost.cpu / posts, size / posts, stored / posts
    print(f"measured, a million posts: {each * _MILLION:,.0f} s of CPU, {row:,.0f} MB in, {kept:,.0f} MB in the store")
    for number, name in ((200 * _MILLION, "200 million"), (100_000 * _MILLION, "100 billion")):
        slices = -(-int(number * row) // LARGE)
        hours = number * each / 3600
        print(
            f"calculated, {name} posts: {hours:,.0f} core-hours ({hours / 96:,.1f} h on 96 cores), {slices:,} slices, "
            f"{slices * (len(COLUMNS) + 1):,} files, {number * row / 1e12:,.2f} TB in, "
            f"{number * kept / 1e12:,.2f} TB in the store"
        )


if __name__ == "__main__":
    main()
