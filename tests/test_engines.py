"""Whoever scans the slices, and whatever happens to them on the way: the same files, and nothing lost."""

from __future__ import annotations

import concurrent.futures as cf
import contextlib
import dataclasses
import gzip
import json
import multiprocessing as mp
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from postscan.corpus import load
from postscan.engines import choose_engine, in_processes, on_dask, on_executor
from postscan.model import PostscanError
from postscan.reading import InputFile, find_inputs
from postscan.store import (
    ScanSlices,
    Slice,
    clean,
    find_leftovers,
    join_shards,
    one_after_the_other,
    read_run,
    rerun,
    run_partition,
    verify,
    write_run,
)
from postscan.store.files import TEMPORARY
from postscan.store.packs import choose_size, make_plan

SIZE = 6_000
OPTIONS: dict[str, Any] = {
    "reading": {"encoding": None, "columns": None, "input_format": None},
    "scanning": {"detect": None, "language_engine": "profiles"},
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of many lines, blank ones among them, another, small notes, a broken row and a picture."""
    folder = tmp_path_factory.mktemp("in") / "corpus"
    folder.mkdir()
    rows = [{"id": str(n), "text": f"Post {n} on #flood{n % 7}: the bridge holds, police said."} for n in range(400)]
    lines = [json.dumps(row) for row in rows]
    lines[30:30] = ["", "   ", "{broken"]
    (folder / "big.jsonl").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    (folder / "more.jsonl").write_text("\n".join(lines[:150]), encoding="utf-8")
    for n in range(12):
        (folder / f"note{n}.txt").write_text(f"Note {n} from the harbour. #quay\n", encoding="utf-8")
    (folder / "ship.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def contents(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def wanted(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of an undisturbed run in one process."""
    out = tmp_path_factory.mktemp("wanted")
    run = write_run(corpus, out, slice_size=SIZE)
    assert len(run["commits"]) > 6
    assert run["counts"] == {"read": 562, "kept": 559, "skipped": 1, "problems": 2, "files": 15}
    return contents(out)


# -- how input is cut


def records(parts: list[Slice], tmp_path: Path) -> dict[str, list[Any]]:
    """Path and record of every row of a few tables, over all slices."""
    import pyarrow.parquet as pq

    found: dict[str, list[Any]] = {"posts": [], "problems": [], "skipped": []}
    for part in parts:
        commit = run_partition(part, tmp_path)
        for name, rows in found.items():
            path = tmp_path / "data" / commit["tables"][name]["file"]
            columns = ["path", "record"] + (["message"] if name == "problems" else [])
            rows += [tuple(row.values()) for row in pq.read_table(path, columns=columns).to_pylist()]
    return found


def test_parts_of_a_file_have_the_records_and_problems_of_the_whole(corpus: Path, tmp_path: Path) -> None:
    inputs = find_inputs(corpus / "big.jsonl")
    for size in (500, 977, 6_000):
        parts = make_plan(inputs, size, **OPTIONS).slices
        assert len(parts) > 3
        whole = make_plan(inputs, 1 << 30, **OPTIONS).slices
        assert len(whole) == 1
        assert records(list(parts), tmp_path / "a") == records(list(whole), tmp_path / "b")


@pytest.mark.parametrize(
    ("total", "size"), [(0, 2), (64, 2), (65, 4), (128, 4), (129, 8), (1024, 8), (1025, 64), (900_000, 64)]
)
def test_slices_are_as_many_as_can_be_shared_out_and_no_more(total: int, size: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A note from the harbour.")
    (file,) = find_inputs(tmp_path)
    assert isinstance(file, InputFile)
    assert choose_size([dataclasses.replace(file, size=total << 20)]) == size << 20


def test_appended_rows_change_only_the_last_part(corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "big.jsonl"
    file.write_bytes((corpus / "big.jsonl").read_bytes())
    before = [part.key for part in make_plan(find_inputs(file), SIZE, **OPTIONS).slices]
    with file.open("ab") as stream:
        stream.write(b'{"text":"One more."}\n')
    after = [part.key for part in make_plan(find_inputs(file), SIZE, **OPTIONS).slices]
    assert before[:-1] == after[: len(before) - 1]
    assert before[-1] != after[len(before) - 1]


def test_file_that_is_added_changes_few_packs(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(6_000):
        (folder / f"{n:05}.txt").write_text(f"Post {n}.\n")
    before = {part.key for part in make_plan(find_inputs(folder), 1 << 20, **OPTIONS).slices}
    (folder / "00700b.txt").write_text("Another.\n")
    after = {part.key for part in make_plan(find_inputs(folder), 1 << 20, **OPTIONS).slices}
    assert len(before) > 3
    assert len(after - before) <= 2


def test_packed_and_wide_files_are_never_cut(tmp_path: Path) -> None:
    lines = b'{"text":"A row of some length."}\n' * 50
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines, 0))
    (tmp_path / "b.jsonl").write_bytes(lines.decode().encode("utf-16"))
    (tmp_path / "c.txt").write_bytes(b"A long text.\n" * 100)
    assert [len(part.items) for part in make_plan(find_inputs(tmp_path), 300, **OPTIONS).slices] == [1, 1, 1]


def test_what_is_noted_once_a_file_is_so_in_parts(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"Row {n}.", "autor": "rana", "created": "yesterday"}) for n in range(100)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    whole = write_run(tmp_path / "a.jsonl", tmp_path / "x")["notes"]
    cut = write_run(tmp_path / "a.jsonl", tmp_path / "y", slice_size=700)
    assert len(cut["commits"]) > 3
    assert cut["notes"] == whole
    assert {note["kind"] for note in whole} >= {"created"}


# -- whoever scans


@contextlib.contextmanager
def processes() -> Iterator[ScanSlices]:
    yield in_processes(3)


@contextlib.contextmanager
def threads() -> Iterator[ScanSlices]:
    with cf.ThreadPoolExecutor(2) as executor:
        yield on_executor(executor, ahead=3)


@contextlib.contextmanager
def dask() -> Iterator[ScanSlices]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, protocol="tcp://"
        ) as cluster,
        on_dask(cluster.scheduler_address) as engine,
    ):
        yield engine


@pytest.mark.parametrize("engine", [processes, threads])
def test_every_engine_writes_the_same_files(
    engine: Callable[[], contextlib.AbstractContextManager[ScanSlices]],
    corpus: Path,
    wanted: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(corpus.parent)  # paths are relative here, and workers may stand elsewhere
    with engine() as scan_slices:
        write_run("corpus", tmp_path / "out", slice_size=SIZE, scan_slices=scan_slices)
    assert contents(tmp_path / "out") == wanted


def test_progress_of_processes_goes_up_to_all_of_the_input(corpus: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_run(
        corpus, tmp_path / "out", slice_size=SIZE, scan_slices=in_processes(2),
        progress=lambda done, total, _: seen.append((done, total)),
    )  # fmt: skip
    total = sum(p.stat().st_size for p in corpus.iterdir())
    assert {whole for _, whole in seen} == {total}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] > total / 2


def test_little_input_is_scanned_here_and_much_by_processes(
    corpus: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "postscan")
    write_run(corpus, tmp_path / "a", slice_size=SIZE, scan_slices=choose_engine())
    assert "processes scan" not in caplog.text
    write_run(corpus, tmp_path / "b", slice_size=SIZE, scan_slices=choose_engine(2))
    assert "2 processes scan" in caplog.text
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_fewer_than_one_process_is_refused() -> None:
    with pytest.raises(PostscanError, match="at least 1"):
        choose_engine(0)


def test_scheduler_that_does_not_answer_is_told() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(PostscanError, match="no Dask scheduler answers"), on_dask("nonsense://1"):
        pass


def run_timed(part: Slice, out: Path) -> tuple[dict[str, Any], float, float]:
    """The commit of a slice, and when its scan began and ended."""
    start = time.monotonic()
    return run_partition(part, out), start, time.monotonic()


def test_four_at_once_on_one_slice_make_one_commit(corpus: Path, tmp_path: Path) -> None:
    (part,) = make_plan(find_inputs(corpus / "more.jsonl"), 1 << 30, **OPTIONS).slices
    ready = mp.Barrier(4)
    with cf.ProcessPoolExecutor(4, initializer=ready.wait) as pool:
        done = [future.result() for future in [pool.submit(run_timed, part, tmp_path) for _ in range(4)]]
    commits, starts, ends = zip(*done, strict=True)
    assert max(starts) < min(ends)  # at once
    assert all(commit == commits[0] for commit in commits)
    assert find_leftovers(tmp_path) == []
    assert [path.stem for path in (tmp_path / "data" / "commits").iterdir()] == [part.key]
    assert len(list((tmp_path / "data").rglob("*.parquet"))) == len(commits[0]["tables"])


# -- what is killed


def children(of: int) -> list[int]:
    """The processes below one, by what the system says of parents."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = status.read_text(errors="replace").rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found, new = list[int](), [of]
    while new:
        new = [child for parent in new for child in parents.get(parent, ())]
        found += new
    return found


def has_open(process: int, name: str) -> bool:
    """Whether a process has a file of this name open."""
    with contextlib.suppress(OSError):
        return any(str(link.readlink()).endswith(name) for link in Path(f"/proc/{process}/fd").iterdir())
    return False


def gone(processes: dict[int, str], seconds: float) -> bool:
    """Whether these processes (number and when each began) end within so many seconds; a zombie has ended."""
    deadline = time.monotonic() + seconds
    while any(began(process) == when for process, when in processes.items()):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def began(process: int) -> str:
    """When a process began, as the system says it; "" where it is no more."""
    with contextlib.suppress(OSError):
        state, *fields = Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()
        return "" if state == "Z" else fields[18]
    return ""


def start(paths: Path, out: Path, name: str) -> tuple[subprocess.Popen[bytes], dict[int, str]]:
    """A run in a process of its own whose two workers scan, once one of them has a file of this name open; and them."""
    code = (
        "import sys\nfrom postscan.engines import in_processes\nfrom postscan.store import write_run\n"
        "if __name__ == '__main__':\n"
        "    write_run(sys.argv[1], sys.argv[2], slice_size=800, scan_slices=in_processes(2))\n"
    )
    script = out.with_name("run.py")
    script.write_text(code, encoding="utf-8")
    run = subprocess.Popen([sys.executable, script, paths, out])
    while run.poll() is None:
        below = children(run.pid)
        if any(has_open(child, name) for child in below) and next((out / "data").glob(f"*/{TEMPORARY}*"), None):
            return run, {child: began(child) for child in below}
        time.sleep(0.001)
    raise AssertionError(f"the run ended with {run.returncode} before it was seen to read")


@contextlib.contextmanager
def killer(name: str, times: int) -> Iterator[list[int]]:
    """Kills, so many times at most, a process below this one that has a file of this name open."""
    killed: list[int] = []
    over = threading.Event()

    def hunt() -> None:
        while not over.wait(0.001) and len(killed) < times:
            for child in children(os.getpid()):
                if child not in killed and has_open(child, name):
                    os.kill(child, signal.SIGKILL)
                    killed.append(child)

    thread = threading.Thread(target=hunt)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs /proc to see what a process reads")


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file that takes a second, most of which it is open, for it is read in batches; and others."""
    folder = tmp_path_factory.mktemp("in") / "slow"
    folder.mkdir()
    words = "The bridge holds, police said. الجسر صامد #flood " * 10
    rows = "".join(json.dumps({"text": f"{words} {n}"}) + "\n" for n in range(1_600))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    for name in ("a", "c"):
        (folder / f"{name}.jsonl").write_text('{"text":"A short row."}\n' * 40)
    return folder


@pytest.fixture(scope="module")
def slow_wanted(slow: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of an undisturbed run over it, one slice after the other."""
    out = tmp_path_factory.mktemp("slow_wanted")
    assert len(write_run(slow, out, slice_size=800)["commits"]) > 4
    return contents(out)


def one_job(paths: Path, out: Path) -> None:
    write_run(paths, out, slice_size=800, scan_slices=choose_engine(1))


def four_jobs(paths: Path, out: Path) -> None:
    write_run(paths, out, slice_size=800, scan_slices=choose_engine(4))


def job_that_lost_a_worker(paths: Path, out: Path) -> None:
    with killer("b.jsonl.gz", 1) as killed:
        write_run(paths, out, slice_size=800, scan_slices=in_processes(2))
    assert len(killed) == 1


def job_that_was_killed_and_resumed(paths: Path, out: Path) -> None:
    run, workers = start(paths, out, "b.jsonl.gz")
    os.kill(run.pid, signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    assert gone(workers, 10)
    assert find_leftovers(out)
    assert not (out / "data" / "run.json").exists()
    write_run(paths, out, slice_size=800, scan_slices=choose_engine(1))


def dask_with_two_workers_over_tcp(paths: Path, out: Path) -> None:
    with dask() as engine:
        write_run(paths, out, slice_size=800, scan_slices=engine)


def dask_that_lost_a_worker(paths: Path, out: Path) -> None:
    with dask() as engine, killer("b.jsonl.gz", 1) as killed:
        write_run(paths, out, slice_size=800, scan_slices=engine)
    assert len(killed) == 1
    assert find_leftovers(out)  # it was writing


def union_of_three_shards(paths: Path, out: Path) -> None:
    for number in (3, 1, 2):
        write_run(paths, out, slice_size=800, shard=(number, 3))
    assert join_shards(out) == []


@needs_proc
@pytest.mark.parametrize(
    "way",
    [
        one_job, four_jobs, job_that_lost_a_worker, job_that_was_killed_and_resumed,
        dask_with_two_workers_over_tcp, dask_that_lost_a_worker, union_of_three_shards,
    ],
)  # fmt: skip
def test_all_files_of_every_run_are_byte_identical(
    way: Callable[[Path, Path], None],
    slow: Path,
    slow_wanted: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(slow.parent)  # paths are relative here, and workers may stand elsewhere
    way(Path(slow.name), tmp_path / "out")
    assert all(path.name.startswith(TEMPORARY) for path in find_leftovers(tmp_path / "out"))
    clean(tmp_path / "out")
    assert contents(tmp_path / "out") == slow_wanted


@needs_proc
def test_slice_that_kills_twice_is_a_problem_and_the_rest_is_done(
    slow: Path, slow_wanted: dict[str, bytes], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with killer("b.jsonl.gz", 50) as killed:
        run = write_run(slow, tmp_path / "out", slice_size=800, scan_slices=in_processes(2))
    assert len(killed) == 2
    assert "a process was killed; what it was scanning is tried again" in caplog.text
    assert run["counts"] == {"read": 81, "kept": 80, "skipped": 0, "problems": 1, "files": 3}
    clean(tmp_path / "out")
    assert verify(tmp_path / "out") == []
    again = write_run(slow, tmp_path / "out", slice_size=800)
    assert again["counts"]["problems"] == 0
    clean(tmp_path / "out")
    assert contents(tmp_path / "out") == slow_wanted


def test_slice_that_fails_twice_elsewhere_is_a_problem_too(corpus: Path, tmp_path: Path) -> None:
    class Failing(cf.ThreadPoolExecutor):
        def submit(self, call: Any, /, *args: Any, **named: Any) -> cf.Future[Any]:
            if any(item.path == "more.jsonl" for item in args[0].items):
                return super().submit(int, "no number")
            return super().submit(call, *args, **named)

    with Failing(1) as executor:
        run = write_run(corpus, tmp_path / "out", slice_size=1 << 30, scan_slices=on_executor(executor))
    assert run["counts"]["problems"] == 15
    assert run["counts"]["kept"] == 0


@pytest.mark.parametrize("engine", [one_after_the_other, in_processes(2)])
def test_run_that_is_stopped_says_how_far_it_came_and_the_next_goes_on(
    engine: ScanSlices, corpus: Path, wanted: dict[str, bytes], tmp_path: Path
) -> None:
    total = sum(p.stat().st_size for p in corpus.iterdir())

    def stop(done: int, _: int, posts: int) -> None:  # noqa: ARG001
        if done > total / 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        write_run(corpus, tmp_path / "out", slice_size=SIZE, scan_slices=engine, progress=stop)
    (note,) = stopped.value.__notes__
    assert f"of {len([n for n in wanted if 'commits' in n])} slices are committed" in note
    assert find_leftovers(tmp_path / "out") == []
    write_run(corpus, tmp_path / "out", slice_size=SIZE)
    assert contents(tmp_path / "out") == wanted


def test_folder_that_cannot_be_written_ends_the_run(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "data").mkdir(parents=True)
    (tmp_path / "out" / "data" / "posts").write_text("in the way")
    for engine in (in_processes(2), one_after_the_other):
        with pytest.raises(PostscanError, match="cannot be written"):
            write_run(corpus, tmp_path / "out", slice_size=SIZE, scan_slices=engine)


@needs_proc
def test_workers_end_with_the_process_that_began_them(slow: Path, tmp_path: Path) -> None:
    run, workers = start(slow, tmp_path / "out", "b.jsonl.gz")
    assert len(workers) > 2  # the two, and the server that begets them
    os.kill(run.pid, signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    assert gone(workers, 10)


# -- shards


def test_union_of_shards_is_the_run(corpus: Path, wanted: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in (2, 3):
        write_run(corpus, out, slice_size=SIZE, shard=(number, 3))
    assert read_run(out)[0]["missing"] == ["1/3"]
    assert join_shards(out) == ["1/3"]
    with load(out) as partial:
        assert "partial: shards 1/3 are missing" in partial.hashtags().attrs["sentence"]
        assert "تنقصه الأجزاء 1/3" in partial.select(ui="ar").hashtags().attrs["sentence"]
    write_run(corpus, out, slice_size=SIZE, shard=(1, 3))
    whole = read_run(out)[0]
    assert "missing" not in whole
    assert join_shards(out) == []
    assert contents(out) == wanted
    assert read_run(out)[0] == whole
    assert join_shards(out) == []


def test_shards_of_different_runs_are_told_apart(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out", slice_size=SIZE, shard=(1, 2))
    write_run(corpus, tmp_path / "out", slice_size=SIZE, shard=(2, 2), detect=["en"])
    with pytest.raises(PostscanError, match=r"run-2-of-2\.json: is a shard of another run than run-1-of-2\.json"):
        read_run(tmp_path / "out")


def test_shard_that_there_is_not_and_a_size_below_one_are_refused(corpus: Path, tmp_path: Path) -> None:
    for shard in ((0, 3), (4, 3)):
        with pytest.raises(PostscanError, match="write I/N"):
            write_run(corpus, tmp_path / "out", shard=shard)
    with pytest.raises(PostscanError, match="at least 1"):
        write_run(corpus, tmp_path / "out", slice_size=0)


def test_whole_run_takes_the_place_of_shards(corpus: Path, wanted: dict[str, bytes], tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out", slice_size=SIZE, shard=(1, 3))
    write_run(corpus, tmp_path / "out", slice_size=SIZE)
    assert contents(tmp_path / "out") == wanted


# -- what is not needed


def test_clean_deletes_what_no_run_names(corpus: Path, wanted: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_run(corpus, out, slice_size=SIZE, detect=["en"])
    write_run(corpus, out, slice_size=SIZE)
    (out / "data" / "posts" / ".tmp-1").write_bytes(b"half")
    before = sum(map(len, contents(out).values()))
    files, size = clean(out)
    assert files > 6
    assert contents(out) == wanted
    assert size == before - sum(map(len, wanted.values()))
    assert clean(out) == (0, 0)


def test_slice_size_stays_that_of_the_first_run(corpus: Path, wanted: dict[str, bytes], tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out", slice_size=SIZE)
    write_run(corpus, tmp_path / "out")
    assert contents(tmp_path / "out") == wanted


# -- a run made again


def test_run_made_again_is_the_same_and_says_what_differs(corpus: Path, tmp_path: Path) -> None:
    record = tmp_path / "out" / "data" / "run.json"
    write_run(corpus, tmp_path / "out", slice_size=SIZE, detect=["en", "ar"])
    assert rerun(record, tmp_path / "again", paths=[corpus]) == []
    assert contents(tmp_path / "again") == contents(tmp_path / "out")
    moved = tmp_path / "moved" / "corpus"
    shutil.copytree(corpus, moved)
    (moved / "note3.txt").write_text("Another note.", encoding="utf-8")
    (moved / "note4.txt").unlink()
    found = rerun(tmp_path / "out", tmp_path / "third", paths=[moved])
    assert found[:2] == ["note3.txt has changed", "note4.txt is gone"]
    assert "kept: 559 then, 558 now" in found
    assert "table posts: 559 rows then, 558 now" in found
    shutil.rmtree(tmp_path / "out" / "data" / "commits")
    assert "could not be compared" in rerun(record, tmp_path / "third", paths=[moved])[-1]


def test_run_is_not_made_again_in_its_own_folder_or_from_something_else(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out", slice_size=SIZE)
    with pytest.raises(PostscanError, match="is the run itself"):
        rerun(tmp_path / "out", tmp_path / "out", paths=[corpus])
    commit = next((tmp_path / "out" / "data" / "commits").iterdir())
    with pytest.raises(PostscanError, match="is no record of a run"):
        rerun(commit, tmp_path / "again", paths=[corpus])
    with pytest.raises(PostscanError, match="cannot be read"):
        rerun(tmp_path / "gone.json", tmp_path / "again")
