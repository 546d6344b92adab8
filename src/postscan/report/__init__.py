"""The report: a page, charts and tables, made from a finished run without scanning anything again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postscan import charts
from postscan.annotate import annotated_html
from postscan.charts.days import by_period
from postscan.model import PostscanError
from postscan.report.behind import COUNTS
from postscan.report.charted import ROWS, draw_charts
from postscan.report.page import page_html
from postscan.report.spreadsheets import about_rows, csv_bytes, write_tables
from postscan.store.files import write_file
from postscan.store.partition import how_to_write

if TYPE_CHECKING:
    import os

    from pandas import DataFrame

    from postscan.corpus import Corpus

__all__ = ["annotated_html", "csv_bytes", "report_tables", "write_report"]

MOST_ROWS = 100_000
"""Of a CSV file; more fit into no spreadsheet that anybody reads, and the store has them all."""


def report_tables(corpus: Corpus, *, counting: Mapping[str, Any] | None = None) -> dict[str, DataFrame]:
    """Every table of the report by its file's name, in the order of the page; of a longer one the first rows.

    `counting` has options of the counts, by name (`count`, `unit`, `merge`, `weight`), and `by`, what periods are. A
    table that is cut says in `attrs["of"]` how many rows there are.
    """
    options = dict(counting or {})
    by = options.pop("by", None)
    tables = {name: _cut(getattr(corpus, method)(**options)) for name, method in COUNTS.items()}
    alike = {name: value for name, value in options.items() if name in ("count", "merge")}
    tables["pairs"] = corpus.pairs(top=MOST_ROWS, **alike)
    tables["tag_sources"] = corpus.tag_sources()
    tables["timeline"], by = by_period(corpus, by=by)
    if options:
        tables["timeline"] = corpus.hashtags(top=ROWS, by=by, **options)
    tables["periods"] = corpus.periods(by)
    tables["periods"].attrs["by"] = by
    for name in ("problems", "skipped"):
        tables[name] = corpus.table(name, limit=MOST_ROWS)
        tables[name].attrs["of"] = corpus.run["counts"][name]
    tables["duplicate_ids"] = _cut(corpus.duplicate_ids())
    for frame in tables.values():
        frame.attrs["ui"] = corpus.ui
    return tables


def _cut(frame: DataFrame) -> DataFrame:
    rows = frame.head(MOST_ROWS)
    rows.attrs |= {"of": len(frame)}
    return rows


def write_report(
    corpus: Corpus,
    out: str | os.PathLike[str],
    *,
    chart_formats: Sequence[str] = ("png", "svg", "pdf"),
    top: int = 15,
    most_posts: int = 400,
    posts: bool = True,
    counting: Mapping[str, Any] | None = None,
) -> None:
    """Write `report.html`, `charts/` and `tables/` into the folder `out`.

    The same run gives the same bytes. `top` is the number of bars of a chart; `most_posts` that of posts on the page,
    but for those that charted bars need, and none with `posts=False`; `counting` has options of the counts
    (`report_tables`). The corpus says which posts count and which language the report speaks (`Corpus.select`).
    Raises PostscanError where the folder cannot be written.
    """
    folder = Path(out)
    options = {name: value for name, value in (counting or {}).items() if value is not None}
    tables = report_tables(corpus, counting=options)
    charted = draw_charts(tables, corpus.ui, top)
    try:
        for name, chart in charted.items():
            charts.save(chart.axes, folder / "charts" / name, chart_formats)
        write_tables(tables, folder / "tables", ui=corpus.ui, about=about_rows(corpus))
        page = page_html(
            corpus,
            tables,
            charted,
            by=tables["periods"].attrs["by"],
            most_posts=most_posts if posts else 0,
            counting={name: value for name, value in options.items() if name != "by"},
            folder="." if corpus.folder.resolve() == folder.resolve() else "DIR",
        )
        write_file(folder / "report.html", page.encode("utf-8"))
    except OSError as error:
        advice = how_to_write(error)
        advice = f"{advice}, then run `postscan report {folder}`" if advice else "choose another folder: -o DIR"
        message = (
            f"{error.filename2 or error.filename or folder}: cannot be written ({error.strerror or error}); {advice}"
        )
        raise PostscanError(message) from error
