"""CSV that opens right in a spreadsheet and in which no post's words become a formula."""

from __future__ import annotations

import datetime as dt
import re
from numbers import Number
from typing import TYPE_CHECKING, Any

from postscan.report.spreadsheets.cells import in_words, plain_rows

if TYPE_CHECKING:
    from pandas import DataFrame

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SIGNS = "#＃@＠"
UNSIGNED = frozenset(("hashtag", "handle", "account"))
"""Columns whose words stand without their sign."""
_FIGURES = (int, float, type(None), dt.date, Number)
_QUOTED = re.compile('[,"\r\n]')


def csv_bytes(frame: DataFrame, *, mark: bool = True) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark (spreadsheets want it; pipes do not), commas, one line a row.

    Hashtags and handles stand without their sign. Any other text that begins with = + - @ or a tab or carriage return
    gets an apostrophe in front, so that no spreadsheet takes it for a formula; numbers are left alone.
    """
    names = [str(name) for name in frame.columns]
    lines = [",".join(map(_quoted, names))]
    lines += [",".join(map(_quoted, map(guard, row, names))) or '""' for row in plain_rows(frame)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8-sig" if mark else "utf-8", "replace")


def guard(value: Any, column: str = "") -> str:
    """One cell as text that is no formula.

    >>> guard("=1+1"), guard("-12"), guard(-12), guard("#kabul", "hashtag"), guard(None)
    ("'=1+1", "'-12", '-12', 'kabul', '')
    """
    if isinstance(value, str):
        text = value
    elif isinstance(value, _FIGURES):
        return in_words(value)
    else:
        text = in_words(value)
    if column in UNSIGNED:
        text = text.lstrip(_SIGNS)
    return "'" + text if text.startswith(_FORMULA) else text


def _quoted(cell: str) -> str:
    """The cell in quotation marks where it needs them (RFC 4180).

    The writer of Python 3.11 leaves a lone carriage return bare where lines end with a newline, and readers begin a row
    there.
    """
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell
