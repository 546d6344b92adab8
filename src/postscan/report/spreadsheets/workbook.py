"""`tables.xlsx`: a sheet a table and one about them all, for people who read in a spreadsheet.

Whatever is words is a text cell, so that nothing of a post is run, followed or rounded. Rows go to disk one by one; of
them all, memory holds only the packed file.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import islice
from math import ceil, isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postscan.charts.labels import clusters
from postscan.report.spreadsheets.about import (
    Cut,
    column_key,
    column_name,
    cut_sentences,
    explanation,
    sentence_of,
    table_name,
)
from postscan.report.spreadsheets.cells import EXACT, in_words, plain_rows
from postscan.store.files import write_file
from postscan.wording import RIGHT_TO_LEFT, say

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_ROWS = 1_048_575
"""What a sheet holds below its header."""
LONGEST = 32_767
"""UTF-16 code units of a cell."""

_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # the file must name a time when it was made: always this one
_FIRST_DAY = dt.date(1900, 3, 1)  # Excel knows a 29 February 1900, and days before it as others than they were
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "use_zip64": True,
}
_NARROW, _WIDE = 9, 60
_MEASURED = 300  # rows by which the width of a column is found
_BUTTON = 3  # the filter's button covers so many letters of a header
_NOTE_LETTERS, _NOTE_WIDTH, _NOTE_LINE = 40, 260, 17  # letters a line; pixels
_READING = {"": 0, "ltr": 1, "rtl": 2}
_SHARES = frozenset(("share",))
_RECORDS = frozenset(("record", "later_record"))


class _Formats:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        # "@" keeps words words when somebody edits their cell, "=" at the beginning or not.
        self.text = {way: book.add_format({"num_format": "@", "reading_order": n}) for way, n in _READING.items()}
        self.number = book.add_format({"num_format": "#,##0"})
        self.fraction = book.add_format({"num_format": "#,##0.00"})
        self.record = book.add_format({"num_format": "0"})
        self.share = book.add_format({"num_format": "0.0%"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.time = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.header = book.add_format({"bold": True, "bottom": 1})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        self.top = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, column: str) -> tuple[Any, Any]:
        """The formats of whole and other numbers in a column."""
        if column in _SHARES:
            return self.share, self.share
        return self.record if column in _RECORDS else self.number, self.fraction


def write_workbook(
    tables: Mapping[str, DataFrame], path: Path, *, ui: str, about: Sequence[tuple[str, str | int | dt.date]]
) -> list[str]:
    """Write the workbook, and give a sentence for whatever was cut, in the language of the interface.

    Equal tables give equal bytes. Raises OSError where it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    made = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="postscan-") as scratch:
        try:
            with xlsxwriter.Workbook(made, _OPTIONS | {"tmpdir": scratch}) as book:
                book.set_properties({"author": "postscan", "created": _MADE})
                formats = _Formats(book)
                first = _new_sheet(book, say(ui, "about.sheet"), ui)
                cuts = {
                    name: _fill(_new_sheet(book, table_name(ui, name), ui), name, frame, formats, ui)
                    for name, frame in tables.items()
                }
                sentences = list(cut_sentences(ui, tables, cuts))
                _fill_about(first, tables, sentences, formats, ui=ui, about=about)
        except FileCreateError as error:
            # The traceback holds a ZipFile that would be closed later than what it writes to, and complain.
            raise error.args[0].with_traceback(None) from None
    write_file(path, made.getvalue())
    return sentences


def _new_sheet(book: Any, name: str, ui: str) -> Any:
    sheet = book.add_worksheet(name)
    if ui in RIGHT_TO_LEFT:
        sheet.right_to_left()
    return sheet


def _fill(sheet: Any, table: str, frame: DataFrame, formats: _Formats, ui: str) -> Cut:
    """Write header and rows of a table; how much of it could not be written as it is."""
    names = [str(name) for name in frame.columns]
    last = min(len(frame), MOST_ROWS)
    keys = [column_key(ui, table, name) for name in names]
    _write_header(sheet, keys, formats, ui)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(names) - 1)
    # Ids of digits alone are text on purpose: no green corner that offers to make numbers of them.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    numbers = [formats.of(name) for name in names]
    long = exact = 0
    for row, values in enumerate(islice(plain_rows(frame), last), 1):
        for at, value in enumerate(values):
            if type(value) is str:
                long += _write_words(sheet, (row, at), value, formats)
            elif value is not None and not _write_figure(sheet, (row, at), value, formats, numbers[at]):
                exact += isinstance(value, int)
                long += _write_words(sheet, (row, at), in_words(value), formats)
    for at, width in enumerate(_widths(frame, names, [column_name(ui, key) for key in keys])):
        sheet.set_column(at, at, width)
    return Cut(len(frame) - last, long, exact)


def _write_header(sheet: Any, keys: Sequence[str], formats: _Formats, ui: str) -> None:
    """The names of the columns, and notes that explain them and give the names that they have in the other files."""
    for at, key in enumerate(keys):
        sheet.write_string(0, at, column_name(ui, key), formats.header)
        note = f"{explanation(ui, key)}\n[{key.rpartition('.')[2]}]".strip()
        lines = sum(ceil(len(line) / _NOTE_LETTERS) for line in note.splitlines()) + 1
        size = {"width": _NOTE_WIDTH, "height": lines * _NOTE_LINE, "font_size": 9}
        sheet.write_comment(0, at, note, {"author": "postscan", **size})


def _write_figure(sheet: Any, cell: tuple[int, int], value: Any, formats: _Formats, numbers: tuple[Any, Any]) -> bool:
    """Write a number, truth or time as such; whether a sheet can hold it so."""
    if type(value) is int:
        if not -EXACT < value < EXACT:
            return False
        sheet.write_number(*cell, value, numbers[0])
    elif isinstance(value, float) and isfinite(value):
        sheet.write_number(*cell, value, numbers[0 if value.is_integer() else 1])
    elif isinstance(value, bool):
        sheet.write_boolean(*cell, value)
    elif isinstance(value, dt.datetime) and value.date() >= _FIRST_DAY:
        sheet.write_datetime(*cell, value.replace(tzinfo=None), formats.time)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= _FIRST_DAY:
        sheet.write_datetime(*cell, value, formats.day)
    else:
        return False
    return True


def _write_words(sheet: Any, cell: tuple[int, int], text: str, formats: _Formats) -> bool:
    """Write a text cell, in the reading order of its first strong letter; whether it had to be cut."""
    fitting = fitted(text)
    style = formats.text[first_strong(text)]
    if fitting.startswith("<r>") and fitting.endswith("</r>"):
        # XlsxWriter takes such a text for markup of its own when it streams rows; in parts it does not.
        sheet.write_rich_string(*cell, fitting[:1], fitting[1:2], fitting[2:], style)
    elif fitting:
        sheet.write_string(*cell, fitting, style)
    return fitting != text


def first_strong(text: str) -> str:
    """The direction of the first letter that has one (UAX #9, rule P2): "ltr" or "rtl", else "".

    >>> first_strong("7 \N{ARABIC LETTER MEEM}"), first_strong("port"), first_strong("\N{PARTY POPPER}")
    ('rtl', 'ltr', '')
    """
    if text.isascii():
        return "ltr"
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return ""


def fitted(text: str) -> str:
    """The text, cut where a cell ends, with an ellipsis then; no letter beyond U+FFFF is cut in two.

    >>> len(fitted("a" * 40_000)), len(fitted("\N{PARTY POPPER}" * 20_000)), fitted("port")
    (32767, 16384, 'port')
    """
    if 2 * len(text) <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "\N{HORIZONTAL ELLIPSIS}"


def _widths(frame: DataFrame, names: Sequence[str], header: Sequence[str]) -> list[int]:
    """Widths in letters that show the first rows whole, within bounds."""
    widths = [_width(words) + _BUTTON for words in header]
    for values in plain_rows(frame.head(_MEASURED)):
        for at, value in enumerate(values):
            words = f"{value:,}" if isinstance(value, int) else in_words(value)
            widths[at] = max(widths[at], 6 if names[at] in _SHARES else _width(words[:_WIDE]))
    return [min(max(width, _NARROW), _WIDE) for width in widths]


def _width(text: str) -> int:
    """Width in letters: what a reader takes for one letter is one, or two where East Asian text makes it so."""
    return sum(2 if unicodedata.east_asian_width(cluster[0]) in "WF" else 1 for cluster in clusters(text))


def _fill_about(
    sheet: Any,
    tables: Mapping[str, DataFrame],
    cuts: Sequence[str],
    formats: _Formats,
    *,
    ui: str,
    about: Sequence[tuple[str, str | int | dt.date]],
) -> None:
    """Write what was read, what each table counts, with a link to its sheet, and what was cut."""
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 110)
    sheet.write_string(0, 0, say(ui, "about.title"), formats.title)
    row = 2
    for label, value in about:
        sheet.write_string(row, 0, label)
        if not _write_figure(sheet, (row, 1), value, formats, formats.of("")):
            _write_words(sheet, (row, 1), in_words(value), formats)
        row += 1
    row += 1
    for at, key in enumerate(("table", "rows", "sentence")):
        sheet.write_string(row, at, say(ui, f"about.{key}"), formats.header)
    for name, frame in tables.items():
        row += 1
        title = table_name(ui, name)
        place = title.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{place}'!A1", formats.link, title)
        sheet.write_number(row, 1, len(frame), formats.top)
        sheet.write_string(row, 2, sentence_of(ui, name, frame), formats.wrapped)
    row += 2
    sheet.write_string(row, 0, say(ui, "about.cut"), formats.header)
    for sentence in cuts or [say(ui, "about.whole")]:
        row += 1
        sheet.write_string(row, 0, sentence)
    sheet.write_string(row + 2, 0, say(ui, "about.columns"))
