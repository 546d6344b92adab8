"""Whether time grows with the length of a text, and no faster, on a machine that may be busy."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

LIMIT = 2.5
"""How much longer twice the text may take."""


def least_seconds(work: Callable[[], object], times: int = 3) -> float:
    """The CPU seconds of the quickest of some calls.

    Garbage is not collected meanwhile: a full collection looks at all that the tests before have left, and falls into
    the longer calls alone.
    """
    best = float("inf")
    collects = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            start = time.process_time()
            work()
            best = min(best, time.process_time() - start)
    finally:
        if collects:
            gc.enable()
    return best


def assert_linear(prepare: Callable[[int], Callable[[], object]], size: int, *, doublings: int = 1) -> None:
    """Fail where the work on 2**doublings times `size` takes more than `LIMIT`**doublings times as long.

    `prepare(size)` gives the call to time. A busy machine doubles single figures, so a ratio that is too high is
    measured again, up to four times in all; what is quadratic stays too high.
    """
    seen = []
    for _ in range(4):
        short, long = least_seconds(prepare(size)), least_seconds(prepare(size << doublings))
        if long <= LIMIT**doublings * max(short, 0.002) + 0.01:
            return
        seen.append((round(short, 4), round(long, 4)))
    raise AssertionError(f"seconds for {size} and {size << doublings}: {seen}")
