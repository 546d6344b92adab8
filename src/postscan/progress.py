"""Progress: a bar on a terminal, elsewhere a line a minute; how much is done, how fast, and how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

Progress = Callable[[int, int, int], None]
"""Called with the bytes of input that are done, all of them, and the posts so far."""


@contextmanager
def show_progress(stream: IO[str] | None = None, *, every: float = 60.0) -> Iterator[Progress]:
    """A function to call with the bytes done, all bytes, and the posts so far: a bar, or a line a minute.

    The bar is for a terminal. Both go to standard error, or to `stream`; `every` is the number of seconds between two
    lines. The bar goes when the block ends, and does not come where nothing is reported.
    """
    stream = stream if stream is not None else sys.stderr
    if stream is None or not stream.isatty():
        yield _lines(stream, every)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    class Rate(ProgressColumn):
        """Posts and megabytes a second."""

        def render(self, task: Task) -> Text:
            from rich.text import Text

            elapsed = task.elapsed or 0.0
            return Text(_rate(task.fields["posts"], int(task.completed), elapsed), style="progress.data.speed")

    # The bar takes what the figures leave: on a narrow terminal it is the bar that is short.
    columns = (
        TextColumn("reading"),
        BarColumn(bar_width=None, table_column=Column(ratio=1)),
        *(made(table_column=Column(no_wrap=True)) for made in (DownloadColumn, Rate, TimeRemainingColumn)),
    )
    bar = Bar(*columns, console=Console(file=stream), transient=True, expand=True)
    task = bar.add_task("reading", total=None, posts=0)

    def report(done: int, total: int, posts: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total, posts=posts)

    try:
        yield report
    finally:
        bar.stop()


def _lines(stream: IO[str] | None, every: float) -> Progress:
    began = last = time.monotonic()

    def report(done: int, total: int, posts: int) -> None:
        nonlocal last
        now = time.monotonic()
        if stream is not None and now - last >= every and 0 < done < total:
            last = now
            left = (now - began) * (total - done) / done
            rate = _rate(posts, done, now - began)
            stream.write(
                f"postscan: {done / total:.0%} of {total / 1e6:,.1f} MB read, {rate}, about {_minutes(left)} left\n"
            )
            stream.flush()

    return report


def _rate(posts: int, done: int, seconds: float) -> str:
    """How fast it goes, in words; nothing before there is something to say.

    >>> _rate(24_000, 8_000_000, 2.0), _rate(0, 8_000_000, 2.0), _rate(0, 0, 0.0)
    ('12,000 posts/s, 4.0 MB/s', '4.0 MB/s', '')
    """
    if seconds <= 0 or not done:
        return ""
    return (f"{posts / seconds:,.0f} posts/s, " if posts else "") + f"{done / seconds / 1e6:,.1f} MB/s"


def _minutes(seconds: float) -> str:
    """A rough time in words.

    >>> _minutes(20), _minutes(150), _minutes(9000)
    ('1 min', '3 min', '2.5 h')
    """
    return f"{max(1, round(seconds / 60 + 0.1)):,} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
