"""What is said about tables: what was read, what tables and columns are called, what a sheet could not hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from postscan.wording import count_of, say, words

if TYPE_CHECKING:
    from pandas import DataFrame

    from postscan.corpus import Corpus


class Cut(NamedTuple):
    """What of a table a sheet does not hold as it is."""

    rows: int
    """Rows below the last that a sheet has."""
    long: int
    """Cells that are cut."""
    exact: int
    """Numbers that are text."""


def about_rows(corpus: Corpus) -> list[tuple[str, str | int | dt.date]]:
    """What was read and counted, a label and a value each, in the corpus's language; no clock's time is among them."""
    summary = corpus.summary()
    found: dict[str, str | int | dt.date | None] = {
        "input": ", ".join(corpus.run["arguments"]),
        "run": summary.run_id,
        "version": corpus.run["versions"]["postscan"],
        "files": summary.files,
        "read": summary.read,
        "kept": summary.kept,
        "skipped": sum(summary.skipped.values()),
        "problems": sum(summary.problems.values()),
        "repeated": summary.repeated,
        "counted": summary.counted,
        "reposts": summary.reposts,
        "duplicates": summary.duplicates,
        "undated": summary.undated,
        "first": summary.first,
        "last": summary.last,
    }
    return [(say(corpus.ui, f"about.{key}"), value) for key, value in found.items() if value is not None]


def table_name(ui: str, name: str) -> str:
    """What a table is called: its own name where there is no word for it."""
    return words(ui).get(f"table.{name}", name)


def column_key(ui: str, table: str, column: str) -> str:
    """What a column goes by among the words: the table before it where it means something else there."""
    return own if f"explain.{(own := f'{table}.{column}')}" in words(ui) else column


def column_name(ui: str, key: str) -> str:
    """What a column is called: its own name where there is no word for it."""
    column = key.rpartition(".")[2]
    return words(ui).get(f"column.{key}") or words(ui).get(f"column.{column}", column)


def sentence_of(ui: str, name: str, frame: DataFrame) -> str:
    """What a table counts or lists, nothing where nobody said."""
    return str(frame.attrs.get("sentence") or words(ui).get(f"list.{name}", ""))


def explanation(ui: str, key: str) -> str:
    """What a column holds, nothing where there are no words for it."""
    return words(ui).get(f"explain.{key}", "")


def cut_sentences(ui: str, tables: Mapping[str, DataFrame], cuts: Mapping[str, Cut]) -> Iterator[str]:
    """What is not in the workbook, or not as it is, table by table."""
    for name, frame in tables.items():
        table, cut = table_name(ui, name), cuts[name]
        if (of := frame.attrs.get("of", 0)) > len(frame):
            yield say(ui, "about.first_rows", table=table, n=count_of(ui, "table_row", len(frame)), of=f"{of:,}")
        for key, noun, number in (
            ("too_many_rows", "table_row", cut.rows),
            ("too_long", "table_cell", cut.long),
            ("too_exact", "table_cell", cut.exact),
        ):
            if number:
                yield say(ui, f"about.{key}", table=table, n=count_of(ui, noun, number))
