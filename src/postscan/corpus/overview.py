"""What a notebook shows of a corpus: what was read, and the top of its counts."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from postscan.corpus.summaries import Summary

if TYPE_CHECKING:
    import pandas as pd

_CELL = 'style="text-align: start; padding: 0 2em 0 0; vertical-align: top"'


def overview_html(summary: Summary, counts: Mapping[str, tuple[str, pd.DataFrame]]) -> str:
    """A fragment of HTML: what was read, then a list for each count (title, column of names, table).

    Whatever a post holds is escaped, and isolated, so that right-to-left names push nothing aside.
    """
    lists = "".join(f"<td {_CELL}><b>{escape(title)}</b>{_rows(*part)}</td>" for title, part in counts.items())
    return f"<div><p>{escape(_read(summary))}</p><table><tr>{lists}</tr></table></div>"


def _read(summary: Summary) -> str:
    period = f", {summary.first} to {summary.last}" if summary.first else ""
    left = sum(summary.skipped.values()), sum(summary.problems.values())
    words = f"{summary.kept:,} posts in {summary.files:,} files{period}; {left[0]:,} skipped, {left[1]:,} problems"
    return f"{words} (run {summary.run_id})"


def _rows(column: str, frame: pd.DataFrame) -> str:
    shown = zip(frame[column], frame["posts"], strict=True)
    rows = "".join(f"<br><bdi>{escape(str(name))}</bdi> {int(posts):,}" for name, posts in shown)
    return rows or "<br>none"
