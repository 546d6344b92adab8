"""The tables of a report as files: CSV and Parquet for programs, a workbook for people, and what explains them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from postscan.report.spreadsheets.about import about_rows
from postscan.report.spreadsheets.columnar import parquet_bytes
from postscan.report.spreadsheets.delimited import csv_bytes, guard
from postscan.report.spreadsheets.readme import readme
from postscan.report.spreadsheets.workbook import write_workbook
from postscan.store.files import write_file

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["about_rows", "csv_bytes", "guard", "parquet_bytes", "write_tables"]


def write_tables(
    tables: Mapping[str, DataFrame], folder: Path, *, ui: str, about: Sequence[tuple[str, str | int | dt.date]]
) -> None:
    """Write a CSV and a Parquet file a table and README.txt into the folder, and `tables.xlsx` beside it.

    `about` says what was read, as labels and values (`about_rows`). A table that was cut before has the number of its
    rows in `attrs["of"]`. Equal tables give equal bytes. Raises OSError where something cannot be written.
    """
    for name, frame in tables.items():
        write_file(folder / f"{name}.csv", csv_bytes(frame))
        write_file(folder / f"{name}.parquet", parquet_bytes(frame))
    cuts = write_workbook(tables, folder.parent / "tables.xlsx", ui=ui, about=about)
    write_file(folder / "README.txt", readme(tables, ui=ui, about=about, cuts=cuts).encode("utf-8"))
