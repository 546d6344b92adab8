"""The report: a page, charts and tables, made from a finished run without scanning anything again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from postscan import charts
from postscan.annotate import annotated_html
from postscan.charts.days import by_period
from postscan.model import PostscanError
from postscan.report.page import page_html
from postscan.report.spreadsheets import csv_bytes, write_tables
from postscan.store.files import write_file
from postscan.store.partition import how_to_write

if TYPE_CHECKING:
    import os

    from pandas import DataFrame

    from postscan.corpus import Corpus

__all__ = ["annotated_html", "csv_bytes", "report_tables", "write_report"]

_COUNTS = (
    "hashtags", "source_counts", "language_shares", "handles", "embedded_accounts", "domains", "links", "emoji",
    "posters", "platforms", "rules",
)  # fmt: skip
MOST_ROWS = 100_000
"""Of a CSV file; more fit into no spreadsheet that anybody reads, and the store has them all."""
_FILES = {"source_counts": "sources", "language_shares": "languages"}


def report_tables(corpus: Corpus) -> dict[str, DataFrame]:
    """Every table of the report by its file's name, in the order of the page; of a longer one the first rows.

    A table that is cut says in `attrs["of"]` how many rows there are.
    """
    tables = {_FILES.get(name, name): _cut(getattr(corpus, name)()) for name in _COUNTS}
    tables["timeline"] = by_period(corpus)[0]
    tables["periods"] = corpus.periods("day")
    for name in ("problems", "skipped"):
        tables[name] = corpus.table(name, limit=MOST_ROWS)
        tables[name].attrs["of"] = corpus.run["counts"][name]
    tables["duplicate_ids"] = _cut(corpus.duplicate_ids())
    return tables


def _cut(frame: DataFrame) -> DataFrame:
    rows = frame.head(MOST_ROWS)
    rows.attrs |= {"of": len(frame)}
    return rows


def write_report(
    corpus: Corpus,
    out: str | os.PathLike[str],
    *,
    chart_formats: Sequence[str] = ("png", "svg"),
    top: int = 15,
    most_posts: int = 200,
) -> None:
    """Write `report.html`, `charts/` and `tables/` into the folder `out`.

    The same run gives the same bytes. `top` is the number of bars of a chart, `most_posts` that of posts on the page.
    Raises PostscanError where the folder cannot be written.
    """
    folder = Path(out)
    tables = report_tables(corpus)
    try:
        _write_charts(tables, folder / "charts", chart_formats, top)
        write_tables(tables, folder / "tables")
        page = page_html(corpus, tables, top=top, most_posts=most_posts)
        write_file(folder / "report.html", page.encode("utf-8"))
    except OSError as error:
        advice = how_to_write(error)
        advice = f"{advice}, then run `postscan report {folder}`" if advice else "choose another folder: -o DIR"
        message = (
            f"{error.filename2 or error.filename or folder}: cannot be written ({error.strerror or error}); {advice}"
        )
        raise PostscanError(message) from error


def _write_charts(tables: Mapping[str, DataFrame], folder: Path, formats: Sequence[str], top: int) -> None:
    charts.save(charts.hashtags(tables["hashtags"], top=top), folder / "hashtags", formats)
    charts.save(charts.sources(tables["sources"], top=top), folder / "sources", formats)
    charts.save(charts.languages(tables["languages"]), folder / "languages", formats)
    charts.save(charts.timeline(tables["timeline"]), folder / "timeline", formats)
