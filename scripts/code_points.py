"""Code points as the tables in src/postscan/data write them."""

from __future__ import annotations


def merge(points: list[int]) -> str:
    """Sorted code points as "41-5A 61-7A AA"."""
    runs: list[list[int]] = []
    for cp in points:
        if runs and runs[-1][1] == cp - 1:
            runs[-1][1] = cp
        else:
            runs.append([cp, cp])
    return " ".join(f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in runs)
