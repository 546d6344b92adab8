"""Progress: a bar on a terminal, elsewhere a line a minute."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from postscan.terminal.text import make_console


@contextmanager
def show_progress(stream: IO[str] | None = None, *, every: float = 60.0) -> Iterator[Callable[[int, int], None]]:
    """A function to call with the bytes done and all bytes: a bar on a terminal, elsewhere a line a minute.

    Both go to standard error, or to `stream`; `every` is the number of seconds between two lines.
    """
    stream = stream if stream is not None else sys.stderr
    if not stream.isatty():
        yield _lines(stream, every)
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=make_console(stream), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(stream: IO[str], every: float) -> Callable[[int, int], None]:
    began = last = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= every and 0 < done < total:
            last = now
            left = (now - began) * (total - done) / done
            stream.write(
                f"postscan: {done / total:.0%} of {total / 1e6:,.1f} MB read, about {left / 60:,.0f} min left\n"
            )
            stream.flush()

    return report
