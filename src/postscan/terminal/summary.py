"""The summary of a run: what was read, the top of each count, and where the report is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from postscan.charts.bars import credited
from postscan.charts.labels import elide, script_kind
from postscan.charts.strip import language_name, percent
from postscan.terminal.text import cell, clean, in_order, is_unicode, several

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from postscan.corpus import Corpus, Summary

_BAR = 20
_COLOURS = {"Latn": "blue", "Arab": "yellow", "both": "green", "other": "magenta"}


def print_summary(
    corpus: Corpus, console: Console, *, bidi: str = "auto", top: int = 15, report: str | os.PathLike[str] | None = None
) -> None:
    """Print what was read and what was not, top hashtags, who is credited, languages, and where the report is.

    The counts are those of the page. `report` is the folder that was written.
    """
    with in_order(console, bidi) as mode:
        for line in _lines_of(corpus, console, mode, top, report):
            console.print(line, soft_wrap=True)


def _lines_of(
    corpus: Corpus, console: Console, mode: str, top: int, report: str | os.PathLike[str] | None
) -> Iterator[Text]:
    from rich.text import Text

    summary = corpus.summary()
    yield from (Text(line) for line in _read_lines(summary))
    tags = corpus.hashtags(top=top)
    yield Text()
    yield Text("Hashtags, in posts", style="bold")
    rows = [(f"#{tag}", int(posts)) for tag, posts in zip(tags["hashtag"], tags["posts"], strict=True)]
    yield from _bars({"": rows}, console, mode)
    yield Text()
    yield Text("Who is credited, in posts", style="bold")
    yield from _bars(credited(corpus.source_counts(), top), console, mode)
    yield Text()
    yield Text("Languages, by letters", style="bold")
    shares = corpus.language_shares()
    shown = [(language_name(str(c)), float(s)) for c, s in zip(shares["code"], shares["share"], strict=True) if s > 0]
    for name, share in sorted(shown, key=lambda each: -each[1])[:top]:
        yield Text(f"{percent(share):>7}  {clean(name)}")
    if report is not None:
        yield Text()
        yield Text.assemble("Report: ", (clean(Path(report) / "report.html"), "bold"), f"   run {summary.run_id}")


def _read_lines(summary: Summary) -> Iterator[str]:
    """What was read and what was not; every reason that there is."""
    period = f", {summary.first} to {summary.last}" if summary.first else ""
    yield f"{several(summary.kept, 'post')} in {several(summary.files, 'file')}{period}"
    for reason, count in summary.skipped.items():
        yield f"  {several(count, 'record')} skipped: {clean(reason)}"
    if summary.problems:
        count = sum(summary.problems.values())
        yield f"  {several(count, 'problem')}: could not be read; tables/problems.csv lists each"
    if summary.repeated:
        yield f"  {several(summary.repeated, 'record')} left out for a later one with the same platform and id"
    if summary.undated:
        yield f"  {several(summary.undated, 'post')} without a date"
    for name, count in summary.encodings.items():
        yield f"  encoding guessed for {several(count, 'file')}: {clean(name)}"
    yield from (f"  {clean(remark)}" for remark in summary.remarks)


def _bars(groups: Mapping[str, Sequence[tuple[str, int]]], console: Console, mode: str) -> Iterator[Text]:
    """Count, bar, name: the name, which may run right to left, stands last, where it can push nothing aside."""
    from rich.text import Text

    most = max((count for rows in groups.values() for _, count in rows), default=0)
    sign = "\N{BOX DRAWINGS HEAVY HORIZONTAL}" if is_unicode(console) else "="
    if not most:
        yield Text("   none")
    for group, rows in groups.items():
        if group:
            yield Text(f"         {group}", style="dim")
        for name, count in rows:
            bar = sign * max(1, round(_BAR * count / most))
            words = cell(elide(clean(name), 48), mode)
            yield Text.assemble(f"{count:>7,}  ", (f"{bar:<{_BAR}}", _COLOURS[script_kind(name)]), f"  {words}")
