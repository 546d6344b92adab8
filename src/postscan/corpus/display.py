"""Tables and overviews in a notebook: each cell in its own direction, whatever a post holds shown as text."""

from __future__ import annotations

import datetime as dt
import numbers
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

_ROWS = 20
# No HTML, and what a copy into a terminal would take as a command.
_CONTROLS = {**dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")}
del _CONTROLS[0x09], _CONTROLS[0x0A]
_NUMBER = "text-align: right; vertical-align: top; font-variant-numeric: tabular-nums"
_TEXT = "text-align: left; vertical-align: top; max-width: 36em"
_LONGEST = 10**12
"""Whole numbers from here on are no amounts but identifiers, to be copied as they are."""
_SHORT = 40
"""Characters of a text that stands in one line."""


def show(frame: pd.DataFrame, *, rows: int = _ROWS) -> Styler:
    """The first rows of a table as a pandas Styler: in a notebook each text stands in its own direction.

    Text is at the left and whole, numbers are at the right with their thousands apart, nothing stands where nothing is
    known; under the table stands what was counted (`frame.attrs["sentence"]`) and how many rows are not shown. The
    DataFrame itself is left alone; the Styler can be styled further, or written with `to_html`.

    >>> import pandas
    >>> "<bdi>#سد_مروة</bdi>" in show(pandas.DataFrame({"tag": ["#سد_مروة"], "posts": [6]})).to_html()
    True
    """
    import pandas as pd

    shown = frame.head(rows)
    left = "" if len(shown) == len(frame) else f"{len(shown):,} of {len(frame):,} rows shown. "
    style = shown.style.format(_cell).format_index(bdi, axis="columns").format_index(bdi, axis="index")
    if isinstance(frame.index, pd.RangeIndex):
        style = style.hide(axis="index")
    caption = bdi(f"{left}{frame.attrs.get('sentence', '')}".strip())
    return style.set_caption(caption).set_table_styles(_styles(shown))


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext postscan`: this notebook shows every DataFrame as `show` does; the frames stay as they are."""
    import pandas as pd

    shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, _frame_html)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext postscan`: DataFrames are shown by pandas again."""
    import pandas as pd

    shell.display_formatter.formatters["text/html"].pop(pd.DataFrame, None)


def bdi(text: object) -> str:
    """The text escaped for HTML and isolated, so that it pushes nothing aside; controls become U+FFFD."""
    return f"<bdi>{_escaped(text)}</bdi>"


def _escaped(text: object) -> str:
    return escape(str(text).translate(_CONTROLS))


def _frame_html(frame: Any) -> str:
    import pandas as pd

    # A subclass, such as a table of places, has a look of its own.
    return str(show(frame).to_html() if type(frame) is pd.DataFrame else frame._repr_html_())


def _cell(value: Any) -> str:
    import pandas as pd

    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        return _number(value)
    if isinstance(value, dt.datetime) and value.tzinfo is None and value.time() == dt.time():
        return bdi(value.date())
    # What fills lines is a paragraph, whose lines begin at the side where its language begins.
    return bdi(value) if len(str(value)) <= _SHORT else f'<div dir="auto">{_escaped(value)}</div>'


def _number(value: numbers.Real) -> str:
    if not isinstance(value, numbers.Integral):
        return f"{float(value):,.{0 if float(value).is_integer() else 3}f}"
    return f"{int(value):,}" if abs(int(value)) < _LONGEST else str(value)


def _styles(frame: pd.DataFrame) -> list[Any]:
    """Style rules under the table's own id, so that they hold for it alone and outrank those of the notebook."""
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    rules = [
        ("caption", "caption-side: bottom; text-align: left; font-size: 90%; padding: .5em 0"),
        ("td bdi", "white-space: nowrap"),
        ("td div", "white-space: pre-line; overflow-wrap: anywhere; text-align: start; min-width: 18em"),
    ]
    for at, kind in enumerate(frame.dtypes):
        number = is_numeric_dtype(kind) and not is_bool_dtype(kind)
        rules.append((f"th.col{at}, td.col{at}", _NUMBER if number else _TEXT))
    return [{"selector": selector, "props": props} for selector, props in rules]
