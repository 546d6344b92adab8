"""Progress: a bar on a terminal, elsewhere a line a minute."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

Progress = Callable[[int, int], None]
"""Called with the bytes of input that are done, and all of them."""


@contextmanager
def show_progress(stream: IO[str] | None = None, *, every: float = 60.0) -> Iterator[Progress]:
    """A function to call with the bytes done and all bytes: a bar on a terminal, elsewhere a line a minute.

    Both go to standard error, or to `stream`; `every` is the number of seconds between two lines. The bar goes when
    the block ends, and does not come where nothing is reported.
    """
    stream = stream if stream is not None else sys.stderr
    if stream is None or not stream.isatty():
        yield _lines(stream, every)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    bar = Bar(*columns, console=Console(file=stream), transient=True)
    task = bar.add_task("reading", total=None)

    def report(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield report
    finally:
        bar.stop()


def _lines(stream: IO[str] | None, every: float) -> Progress:
    began = last = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if stream is not None and now - last >= every and 0 < done < total:
            last = now
            left = (now - began) * (total - done) / done
            stream.write(f"postscan: {done / total:.0%} of {total / 1e6:,.1f} MB read, about {_minutes(left)} left\n")
            stream.flush()

    return report


def _minutes(seconds: float) -> str:
    """A rough time in words.

    >>> _minutes(20), _minutes(150), _minutes(9000)
    ('1 min', '3 min', '2.5 h')
    """
    return f"{max(1, round(seconds / 60 + 0.1)):,} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
