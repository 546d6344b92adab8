"""Columns as Arrow arrays; and texts in portions, where arrays over their characters are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from postscan.tables.records import mended

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Values: TypeAlias = Sequence[Any] | NDArray[np.generic] | pa.Array
    """What a column is filled with."""

_Value = TypeVar("_Value")

_MOST = 2**63
_PORTION = 1 << 16


def arrow_array(values: Values, kind: pa.DataType) -> pa.Array:
    """The values as an Arrow array of this type; one that is such an array already stays as it is.

    Of a hand-made post, a lone surrogate becomes U+FFFD, so that offsets stay, and a whole number beyond 64 bits null.
    """
    import pyarrow as pa

    if isinstance(values, pa.Array):
        return values
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([mended(value) for value in values], kind)
    except OverflowError:
        return pa.array([None if value is None or not -_MOST <= value < _MOST else value for value in values], kind)


def numbered(values: Sequence[_Value]) -> tuple[NDArray[np.int32], list[_Value]]:
    """The number of each value among the different ones, and these, as they come.

    >>> numbers, different = numbered(["ar", "en", "ar"])
    >>> numbers.tolist(), different
    ([0, 1, 0], ['ar', 'en'])
    """
    import numpy as np

    numbers = {value: n for n, value in enumerate(dict.fromkeys(values))}
    return np.fromiter(map(numbers.__getitem__, values), np.int32, len(values)), list(numbers)


def named(numbers: NDArray[np.int32], names: Sequence[str]) -> pa.DictionaryArray:
    """A column of names by their numbers, null below 0: of few names far cheaper to make and to write than strings."""
    import pyarrow as pa

    outside = numbers < 0
    at = pa.array(numbers, mask=outside if outside.any() else None)
    return pa.DictionaryArray.from_arrays(at, arrow_array(names, pa.string()))


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
