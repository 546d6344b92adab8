"""Who scans the slices of a run: this process, a pool of processes, or any executor of `concurrent.futures`.

Each gives the number and commit of every slice, in the order in which they are done. What is written does not depend on
who writes it: a slice's files are named by their content and committed whole, so that a slice that is scanned twice, or
by two workers at once, counts once.
"""

from __future__ import annotations

import concurrent.futures as cf
import contextlib
import dataclasses
import logging
import multiprocessing as mp
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from postscan.limits import processors
from postscan.model import PostscanError, Problem
from postscan.progress import Progress
from postscan.store import Member, ScanSlices, Slice, one_after_the_other, run_partition

FEWEST_BYTES = 16 << 20
"""Of input, from which on processes are worth their start."""
_AHEAD = 2  # slices in flight for each worker: one is scanned and one waits, so that a run can be stopped soon
_TRIES = 2
_SECONDS = 0.25
_LOG = logging.getLogger("postscan")
_Commit = tuple[int, dict[str, Any]]


def choose_engine(jobs: int | None = None) -> ScanSlices:
    """Who scans when nobody else is named: `jobs` processes, or as many as are allowed where the input is worth it.

    Raises PostscanError for less than one.
    """
    if jobs is not None and jobs < 1:
        raise PostscanError(f"jobs={jobs}: at least 1")

    def scan(slices: Sequence[Slice], out: Path, progress: Progress) -> Iterator[_Commit]:
        worth = jobs is not None or sum(part.size for part in slices) >= FEWEST_BYTES
        workers = min(jobs or processors(), len(slices)) if worth else 1
        if workers > 1:
            _LOG.info("%s processes scan %s slices; --jobs N changes it", f"{workers:,}", f"{len(slices):,}")
        engine = in_processes(workers) if workers > 1 else one_after_the_other
        yield from engine(slices, out, progress)

    return scan


def in_processes(workers: int) -> ScanSlices:
    """Slices scanned by so many processes of this machine.

    A worker that is killed breaks its whole pool: a new one goes on. The slices that were in work then are tried one by
    one, and where one kills its worker again, its files are listed as problems.
    """

    def scan(slices: Sequence[Slice], out: Path, progress: Progress) -> Iterator[_Commit]:
        shared = _Shared(sum(part.size for part in slices))
        waiting, suspected = deque(range(len(slices))), deque[int]()
        while waiting or suspected:
            alone = bool(suspected)
            numbers = deque([suspected.popleft()]) if alone else waiting
            flying: dict[cf.Future[dict[str, Any]], int] = {}
            try:
                with _pool(1 if alone else workers, shared) as pool:
                    while numbers or flying:
                        while numbers and len(flying) < _AHEAD * workers:
                            flying[pool.submit(_scan_slice, slices[numbers[0]], out)] = numbers[0]
                            numbers.popleft()
                        done, _ = cf.wait(flying, _SECONDS, cf.FIRST_COMPLETED)
                        shared.report(progress)
                        for future in done:
                            commit = future.result()
                            yield flying.pop(future), commit
            except BrokenProcessPool:
                blamed = sorted(flying.values())
                if alone:
                    yield blamed[0], _as_problems(slices[blamed[0]], out)
                else:
                    _LOG.warning("a process was killed; what it was scanning is tried again, slice by slice")
                    suspected.extend(blamed)

    return scan


class _Shared:
    """What the processes of a pool share with the one that began them: bytes read, and whether to stop."""

    def __init__(self, total: int) -> None:
        self.context = mp.get_context("forkserver" if "forkserver" in mp.get_all_start_methods() else "spawn")
        self.read = self.context.Array("q", 2)
        """Bytes of input, and posts."""
        self.stop = self.context.Event()
        self._total = total

    def report(self, progress: Progress) -> None:
        done, posts = self.read[:]
        progress(min(done, self._total), self._total, posts)


@contextlib.contextmanager
def _pool(workers: int, shared: _Shared) -> Iterator[cf.ProcessPoolExecutor]:
    """A pool that is gone, with all that it was doing, when the block ends."""
    pool = cf.ProcessPoolExecutor(
        workers, mp_context=shared.context, initializer=_begin_worker, initargs=(shared.read, shared.stop)
    )
    try:
        yield pool
    except BrokenProcessPool:
        raise  # its workers are gone
    except BaseException:
        shared.stop.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


class _StopError(Exception):
    """The process that wanted the slice wants it no more."""


_worker: dict[str, Any] = {}
"""What `_begin_worker` was given, in a worker; empty elsewhere."""


def _begin_worker(read: Any, stop: Any) -> None:
    """In a new worker: Ctrl-C is for the process that began it, and when that one is gone, so is the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker.update(read=read, stop=stop)
    parent = mp.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _scan_slice(part: Slice, out: Path) -> dict[str, Any]:
    """The commit of a slice, in a worker; tells how far it is, and stops when it is told to."""
    before = (0, 0)

    def report(done: int, _: int, posts: int) -> None:
        nonlocal before
        if _worker["stop"].is_set():
            raise _StopError
        with _worker["read"].get_lock():
            _worker["read"][0] += done - before[0]
            _worker["read"][1] += posts - before[1]
        before = (done, posts)

    return run_partition(part, out, progress=report)


def _as_problems(part: Slice, out: Path) -> dict[str, Any]:
    """The commit of a slice that cannot be scanned: every file of it is a problem, and the run goes on.

    Its key is another than that of the slice, which the next run tries again.
    """
    message = "the process that read it was killed twice (too little memory, or an error in a library); scan it alone"
    items = tuple(
        Problem(item.path, None, f"{item.path}: {message}") if isinstance(item, Member) else item for item in part.items
    )
    return run_partition(dataclasses.replace(part, items=items), out)


def on_executor(executor: cf.Executor, *, ahead: int = 64) -> ScanSlices:
    """Slices scanned by any executor whose workers see the same input and output folders.

    At most `ahead` slices are in flight. A slice that fails is tried once more, and is then listed as a problem; an
    output folder that cannot be written ends the run.
    """

    def scan(slices: Sequence[Slice], out: Path, progress: Progress) -> Iterator[_Commit]:
        total, done, posts = sum(part.size for part in slices), 0, 0
        waiting, tries = deque(range(len(slices))), Counter[int]()
        flying: dict[cf.Future[dict[str, Any]], int] = {}
        try:
            while waiting or flying:
                while waiting and len(flying) < ahead:
                    n = waiting.popleft()
                    flying[executor.submit(run_partition, slices[n], out)] = n
                for future in cf.wait(flying, return_when=cf.FIRST_COMPLETED).done:
                    n = flying.pop(future)
                    error = future.exception()
                    if isinstance(error, PostscanError):
                        raise error
                    tries[n] += 1
                    if error is not None and tries[n] < _TRIES:
                        _LOG.warning("slice %d failed (%s); it is tried again", n + 1, error)
                        waiting.append(n)
                        continue
                    commit = future.result() if error is None else _as_problems(slices[n], out)
                    done, posts = done + slices[n].size, posts + commit["counts"]["kept"]
                    progress(done, total, posts)
                    yield n, commit
        finally:
            for future in flying:
                future.cancel()

    return scan


@contextlib.contextmanager
def on_dask(address: str) -> Iterator[ScanSlices]:
    """The workers of a Dask cluster, by its scheduler's address, as who scans.

    Raises PostscanError where Dask is not installed or nobody answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        message = f'Dask is not installed ({error}); install it with: python -m pip install "postscan[dask]"'
        raise PostscanError(message) from None
    try:
        client = Client(address, timeout="30s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise PostscanError(f"{address}: no Dask scheduler answers ({error}); name it as tcp://HOST:8786") from None
    with client:
        threads = sum(client.nthreads().values())
        _LOG.info("%s: %s workers", address, f"{len(client.nthreads()):,}")
        yield on_executor(client.get_executor(pure=False, retries=3), ahead=max(8, 4 * threads))
