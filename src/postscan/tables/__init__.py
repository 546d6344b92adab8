"""A run's tables and records: what a scan becomes in Parquet and in JSON Lines.

Tables join on `post`, the 64-bit BLAKE2b of path, NUL and record. What counting needs stands in each row (`block`,
`story`, `role`, `written`, `domain`), so that every figure is a query over the tables and scans nothing again.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from postscan.model import SCHEMA, Problem, Scan, Skipped
from postscan.tables.arrays import arrow_array
from postscan.tables.batches import Batch
from postscan.tables.columns import TABLES
from postscan.tables.digests import post_key
from postscan.tables.owners import SHORT_LINK, link_domain
from postscan.tables.records import record_line

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "COLUMNS", "SCHEMA", "SHORT_LINK", "VERSION", "batch_schemas", "link_domain", "post_key", "record_line", "rows",
    "schemas",
]  # fmt: skip

VERSION = 4
"""The number of the tables; it is a part of every slice's key."""

COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    table: tuple((name, kind) for name, _, kind in (column.partition(":") for column in columns))
    for table, columns in TABLES.items()
}
"""Columns of each table and their types; `docs/store.md` says what each holds."""


@functools.cache
def schemas() -> dict[str, pa.Schema]:
    """The Arrow schema of each table's files, pinned: no metadata, no dictionary types."""
    import pyarrow as pa

    return _schemas(pa.string())


@functools.cache
def batch_schemas() -> dict[str, pa.Schema]:
    """The Arrow schema of each table's batches: names (kinds, roles, codes) are numbers and a dictionary of strings.

    Parquet has no such type and makes the same of both, of these in less time.
    """
    import pyarrow as pa

    return _schemas(pa.dictionary(pa.int32(), pa.string()))


def _schemas(names: pa.DataType) -> dict[str, pa.Schema]:
    import pyarrow as pa

    types = {name: pa.type_for_alias(name) for name in ("int32", "int64", "float64", "string", "bool", "date32")}
    types |= {"name": names, "timestamp": pa.timestamp("us")}
    types["strings"] = pa.list_(pa.field("element", pa.string()))
    return {t: pa.schema([pa.field(c, types[kind]) for c, kind in columns]) for t, columns in COLUMNS.items()}


def rows(items: Iterable[Scan | Problem | Skipped]) -> dict[str, pa.RecordBatch]:
    """One Arrow batch a table for these scans, problems and skipped records, in their order."""
    import pyarrow as pa

    batch = Batch(items)
    found = {}
    for table, schema in batch_schemas().items():
        fills = TABLES[table].values()
        arrays = [arrow_array(fill(batch), field.type) for fill, field in zip(fills, schema, strict=True)]
        found[table] = pa.RecordBatch.from_arrays(arrays, schema=schema)
    return found
