"""`tables/README.txt`: what stands in the folder, in plain words."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from postscan.report.spreadsheets.about import column_key, column_name, explanation, sentence_of, table_name
from postscan.report.spreadsheets.cells import in_words
from postscan.report.spreadsheets.delimited import UNSIGNED
from postscan.wording import count_of, say

if TYPE_CHECKING:
    from pandas import DataFrame

_WIDTH = 100


def readme(
    tables: Mapping[str, DataFrame],
    *,
    ui: str,
    about: Sequence[tuple[str, str | int | dt.date]],
    cuts: Sequence[str],
) -> str:
    """The text of the file, in the language of the interface."""
    lines = [*_wrapped(say(ui, "readme.files")), ""]
    lines += [*_wrapped(say(ui, "readme.csv")), "", *_wrapped(say(ui, "readme.parquet")), ""]
    lines += [*_wrapped(say(ui, "readme.xlsx"))]
    for sentence in cuts or [say(ui, "about.whole")]:
        lines += _wrapped(sentence, "  ")
    lines += ["", *(f"{label}: {in_words(value)}" for label, value in about)]
    for name, frame in tables.items():
        lines += ["", *_table(name, frame, ui)]
    lines += ["", say(ui, "readme.explained")]
    known = dict.fromkeys(column_key(ui, name, column) for name, frame in tables.items() for column in frame.columns)
    width = max(map(len, known), default=0)
    for key in known:
        words = f"{column_name(ui, key)}: {explanation(ui, key)}"
        lines += _wrapped(words, f"  {key:<{width}}  ", " " * (width + 4))
    return "\n".join(lines) + "\n"


def _table(name: str, frame: DataFrame, ui: str) -> Iterator[str]:
    rows = count_of(ui, "table_row", len(frame))
    yield say(ui, "readme.table", files=f"{name}.csv, {name}.parquet", table=table_name(ui, name), rows=rows)
    yield from _wrapped(sentence_of(ui, name, frame), "  ")
    names = ", ".join(f"{column}*" if _may_be_guarded(frame, column) else column for column in frame.columns)
    yield from _wrapped(say(ui, "readme.columns", names=names), "  ")


def _may_be_guarded(frame: DataFrame, column: str) -> bool:
    return column not in UNSIGNED and str(frame[column].dtype) in ("object", "str", "string")


def _wrapped(sentence: str, first: str = "", then: str | None = None) -> list[str]:
    """Lines of a sentence; the first and the others begin as told."""
    words = " ".join(sentence.split())
    later = first if then is None else then
    return textwrap.wrap(words, _WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False)
