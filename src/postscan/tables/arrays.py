"""Columns as Arrow arrays; and texts in portions, where arrays over their characters are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from postscan.tables.records import mended

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Values: TypeAlias = Sequence[Any] | NDArray[np.generic] | pa.Array
    """What a column is filled with."""

_MOST = 2**63
_PORTION = 1 << 16


def arrow_array(values: Values, kind: pa.DataType) -> pa.Array:
    """The values as an Arrow array of this type.

    Of a hand-made post, a lone surrogate becomes U+FFFD, so that offsets stay, and a whole number beyond 64 bits null.
    """
    import pyarrow as pa

    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([mended(value) for value in values], kind)
    except OverflowError:
        return pa.array([None if value is None or not -_MOST <= value < _MOST else value for value in values], kind)


def portions(texts: Sequence[str]) -> Iterator[slice]:
    """Slices that together are all texts; each ends with the text by which it has 2**16 characters.

    >>> list(portions(["a" * 70_000, "b", "c"]))
    [slice(0, 1, None), slice(1, 3, None)]
    """
    first = size = 0
    for last, text in enumerate(texts, 1):
        size += len(text)
        if size >= _PORTION or last == len(texts):
            yield slice(first, last)
            first, size = last, 0
