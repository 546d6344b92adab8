"""The summary of a run: what was read, the top of each count, and where the report is."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postscan.charts.bars import credited
from postscan.charts.labels import elide, script_kind
from postscan.charts.strip import language_name, percent
from postscan.report.behind import command_flags
from postscan.terminal.console import is_unicode, print_lines
from postscan.terminal.text import cell, clean, several, wrapped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from postscan.corpus import Corpus, Summary

_BAR = 20
_BESIDE = 12 + _BAR
"""Columns that stand before a name: its figure, its bar, and the space between."""
_STEPS = "▁▂▃▄▅▆▇█"
_COLOURS = {"Latn": "blue", "Arab": "yellow", "both": "green", "other": "magenta"}


def print_summary(
    corpus: Corpus,
    console: Console,
    *,
    bidi: str = "auto",
    top: int = 15,
    report: str | os.PathLike[str] | None = None,
    counting: Mapping[str, Any] | None = None,
) -> None:
    """Print what was read and what was not, top hashtags, who is credited, when, languages, and where the report is.

    The counts are those of the page, with its options (`counting`). `report` is the folder that was written.
    """
    options = {name: value for name, value in (counting or {}).items() if value is not None}
    by = options.pop("by", None)

    def lines(mode: str) -> Iterator[Text]:
        yield from _counts(corpus, console, mode, top, options)
        yield from _when(corpus, corpus.summary(), console, by)
        yield from _languages(corpus, console, top, options)
        if report is not None:
            yield from _where(corpus, report, mode, options)

    print_lines(console, bidi, lines)


def _counts(corpus: Corpus, console: Console, mode: str, top: int, options: Mapping[str, Any]) -> Iterator[Text]:
    from rich.text import Text

    summary = corpus.summary()
    yield from (Text(line) for line in _read_lines(summary))
    tags = corpus.hashtags(top=top, **options)
    yield Text()
    yield Text("Hashtags, in posts", style="bold")
    rows = [(f"#{tag}", int(posts)) for tag, posts in zip(tags["hashtag"], tags["posts"], strict=True)]
    yield from _bars({"": rows}, console, mode)
    if options or _chosen(summary) is not None:
        sentence = str(tags.attrs["sentence"])
        for start, end in wrapped(sentence, 0, len(sentence), console.width - 4):
            yield Text(f"  {cell(sentence[start:end], mode)}", style="dim")
    yield Text()
    yield Text("Who is credited, in posts", style="bold")
    yield from _bars(credited(corpus.source_counts(**options), top), console, mode)


def _languages(corpus: Corpus, console: Console, top: int, options: Mapping[str, Any]) -> Iterator[Text]:
    from rich.text import Text

    yield Text()
    yield Text("Languages, by letters", style="bold")
    shares = corpus.language_shares(**options)
    shown = [(language_name(str(c)), float(s)) for c, s in zip(shares["code"], shares["share"], strict=True) if s > 0]
    shown.sort(key=lambda each: -each[1])
    for name, share in shown[:top]:
        yield Text.assemble(f"{percent(share):>7}  ", (_bar(share / shown[0][1], console), "cyan"), f"  {clean(name)}")


def _where(corpus: Corpus, report: str | os.PathLike[str], mode: str, options: Mapping[str, Any]) -> Iterator[Text]:
    """Where the page is, and how to ask for the posts behind a figure of this summary."""
    from rich.text import Text

    yield Text()
    page = (cell(Path(report) / "report.html", mode, "ltr"), "bold")
    yield Text.assemble("Report: ", page, f"   run {corpus.run_id}")
    call = " ".join(filter(None, ("postscan posts", shlex.quote(os.fspath(report)), command_flags(corpus, options))))
    yield Text.assemble("The posts behind a figure: ", (cell(f"{call} tag=NAME", mode, "ltr"), "bold"))


def _chosen(summary: Summary) -> int | None:
    """How many posts were chosen to be counted, where that is not all."""
    return summary.counted if summary.counted + summary.repeated < summary.kept else None


def _read_lines(summary: Summary) -> Iterator[str]:
    """What was read and what was not; every reason that there is."""
    period = f", {summary.first} to {summary.last}" if summary.first else ""
    read = f"{several(summary.kept, 'post')} in {several(summary.files, 'file')}"
    if (chosen := _chosen(summary)) is None:
        yield read + period
    else:
        yield read
        yield f"  {several(chosen, 'post')} of them chosen{period}"
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
    if not most:
        yield Text("   none")
    room = max(16, console.width - _BESIDE)
    for group, rows in groups.items():
        if group:
            yield Text(f"         {group}", style="dim")
        for name, count in rows:
            words = cell(elide(clean(name), room), mode)
            bar = (_bar(count / most, console), _COLOURS[script_kind(name)])
            yield Text.assemble(f"{count:>7,}  ", bar, f"  {words}")


def _bar(part: float, console: Console) -> str:
    sign = "\N{BOX DRAWINGS HEAVY HORIZONTAL}" if is_unicode(console) else "="
    return f"{sign * max(1, round(_BAR * part)):<{_BAR}}"


def _when(corpus: Corpus, summary: Summary, console: Console, by: str | None) -> Iterator[Text]:
    """The posts of each day, week or month, whichever fits in a line, as steps; nothing where two days are not there.

    A period without posts is a space, so that the steps stand over their time; one in a gap of the data is a dot.
    """
    from rich.text import Text

    if summary.first is None or summary.last is None or summary.first == summary.last or not is_unicode(console):
        return
    room = max(16, console.width - 2)
    days = (summary.last - summary.first).days + 1
    fitting = [unit for unit, length in (("day", 1), ("week", 7), ("month", 31)) if days / length <= room - 1]
    by = by if by in fitting else fitting[0] if fitting else "month"
    periods = corpus.periods(by).tail(room)
    counts = [
        None if gap else int(n) for n, gap in zip(periods["posts"].fillna(0), periods["posts"].isna(), strict=True)
    ]
    most = max(count or 0 for count in counts)
    at = periods["period"].iloc[counts.index(most)] if most else periods["period"].iloc[0]
    peak = {"day": f"on {at:%Y-%m-%d}", "week": f"in the week of {at:%Y-%m-%d}", "month": f"in {at:%Y-%m}"}[by]
    first = max(summary.first, periods["period"].iloc[0].date())
    facts = f"   {first} to {summary.last}, most ({most:,}) {peak}" + (
        "; \N{MIDDLE DOT} not covered" if None in counts else ""
    )
    yield Text()
    yield Text.assemble((f"When, in posts a {by}", "bold"), (facts, "dim"))
    yield Text.assemble("  ", ("".join(_step(count, most) for count in counts), "cyan"))


def _step(count: int | None, most: int) -> str:
    if count is None:
        return "\N{MIDDLE DOT}"
    return _STEPS[-(-count * len(_STEPS) // most) - 1] if count else " "
