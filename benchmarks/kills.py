"""Kills a run again and again while it writes, and shows that nothing that was committed is lost or half there.

    python benchmarks/kills.py [--kills 40] [--jobs 2] [--posts 400000]

Each turn starts the run in a process of its own and kills it, with its workers, by SIGKILL after a new temporary file
lies in the store (or, every third turn, after another slice was committed), until so many kills left such files: they
were inside a write. After each kill every commit record must be whole, with all its files; none of an earlier turn may
be missing. At the end the run is finished and compared, byte for byte, with one that nobody killed. Exit code 1 where
anything differs.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sources import make_posts

from postscan.store import clean, find_leftovers, verify, write_run
from postscan.store.files import digest_file, parse

_SLICE = 200_000
_RUN = (
    "import sys\n"
    "from postscan.engines import choose_engine\n"
    "from postscan.store import write_run\n"
    "if __name__ == '__main__':\n"
    f"    write_run(sys.argv[1], sys.argv[2], slice_size={_SLICE}, scan_slices=choose_engine(int(sys.argv[3])))\n"
)


def commits(out: Path) -> dict[str, bool]:
    """The commits that are there, and whether each is whole."""
    found = {}
    for path in (out / "data" / "commits").glob("*.json"):
        tables = parse(path)["tables"].values()
        found[path.stem] = all(digest_file(out / "data" / table["file"]) == table["digest"] for table in tables)
    return found


def kill_once(script: Path, source: Path, out: Path, jobs: int, turn: int, chance: random.Random) -> bool:
    """Start the run and kill it inside a write; whether it was killed (False: it came to its end)."""
    before = len(list((out / "data" / "commits").glob("*.json")))
    left = set(find_leftovers(out))
    run = subprocess.Popen([sys.executable, script, source, out, str(jobs)], start_new_session=True)
    seen = False
    while run.poll() is None:
        if turn % 3 == 2:
            seen = len(list((out / "data" / "commits").glob("*.json"))) > before
        else:
            seen = not left.issuperset((out / "data").glob("*/.tmp-*"))
        if seen:
            time.sleep(chance.random() * 1.2)
            os.killpg(run.pid, signal.SIGKILL)
            break
        time.sleep(0.002)
    return run.wait() == -signal.SIGKILL


def main() -> None:
    """Prints what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--posts", type=int, default=400_000)
    options = parser.parse_args()
    chance = random.Random(40)
    wrong = killed = left = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, out, script = folder / "posts.jsonl", folder / "out", folder / "run.py"
        source.write_bytes(b"".join(row + b"\n" for row in make_posts(options.posts)[1]))
        script.write_text(_RUN)
        known: set[str] = set()
        for turn in range(3 * options.kills):
            if left == options.kills:
                break
            before = set(find_leftovers(out))
            killed += kill_once(script, source, out, options.jobs, turn, chance)
            left += bool(set(find_leftovers(out)) - before)
            there = commits(out)
            wrong += sum(not whole for whole in there.values()) + len(known - set(there))
            known = set(there)
        run = write_run(source, out, slice_size=_SLICE)
        faults = verify(out)
        clean(out)
        write_run(source, folder / "fresh", slice_size=_SLICE)
        same = _contents(out) == _contents(folder / "fresh")
    print(f"{killed} kills, {left} of them inside a write: they left temporary files")
    print(f"{len(known)} slices were committed before the last run, of {len(run['commits'])}")
    print(
        f"commits lost or half there: {wrong}; faults after the last run: {len(faults)}; equal to a clean run: {same}"
    )
    sys.exit(bool(wrong or faults or not same))


def _contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main()
