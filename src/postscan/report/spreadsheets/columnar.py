"""Parquet: the rows of a table as they are, with their types."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from postscan.store.partition import WRITE_OPTIONS

if TYPE_CHECKING:
    import pyarrow as pa
    from pandas import DataFrame


def parquet_bytes(frame: DataFrame) -> bytes:
    """The table as Parquet, written as the store's own files are: nothing but the rows is in it.

    Times are microseconds; a column of words is a column of words where it is empty too.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False)
    schema = pa.schema([pa.field(field.name, _pinned(field.type)) for field in table.schema])
    buffer = io.BytesIO()
    pq.write_table(table.cast(schema), buffer, **WRITE_OPTIONS)
    return buffer.getvalue()


def _pinned(kind: pa.DataType) -> pa.DataType:
    """The type that is written, whichever of the like ones a version of pandas chose."""
    import pyarrow as pa

    if pa.types.is_null(kind) or pa.types.is_large_string(kind):
        return pa.string()
    return pa.timestamp("us", tz=kind.tz) if pa.types.is_timestamp(kind) else kind
