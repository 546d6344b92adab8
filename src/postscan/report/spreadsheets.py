"""CSV files that open right in a spreadsheet and in which no post's words become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SIGNS = "#＃@＠"
_UNSIGNED = frozenset(("hashtag", "handle", "account"))

COLUMNS: Mapping[str, str] = {
    "key": "what is counted as the same: folded spellings have one key",
    "hashtag": "the commonest spelling, without its sign",
    "handle": "the commonest spelling, without its sign",
    "account": "the handle (or else the name) of an account whose posts are embedded, without its sign",
    "name": "who is credited: the canonical name, else the commonest wording",
    "kind": "what kind of source, credit or entity it is",
    "group": "named, official, unnamed; brand (the poster's own signature), photo and staff are never charted",
    "code": "language: ISO 639-1 where there is one, else 639-3; und is undecided",
    "link": "the link as written",
    "domain": "the registered domain",
    "emoji": "the whole sequence",
    "platform": "as the input names it",
    "poster": "who posted",
    "suspicious": "why the tag might not be what it looks like: bidi-control, joiner, look-alike; empty for most",
    "posts": "posts that have it, each counted once",
    "uses": "how often it stands there",
    "own": "uses in the post's own words (headline, dateline, body, caption, tags)",
    "embedded": "uses in somebody else's post that is embedded",
    "brand": "uses as the poster's own signature",
    "other": "uses in teasers, bylines and boilerplate",
    "glued": "uses that touch another word",
    "in_reposts": "uses in posts that are reposts as a whole",
    "in_duplicates": "uses in posts whose words an earlier post has",
    "period": "the first day of the day, week or month",
    "partial": "whether the data covers the period in part",
    "poster_from": "author, channel, domain or folder: what says who posted",
    "layer": "blocks, embeds or sources: what the rule decides about",
    "rule": "the rule's name; one that ends in ? was a guess",
    "guess": "whether the rule was a guess",
    "id": "the post's own id",
    "later_path": "the file of the record that counts instead",
    "later_record": "the number of that record",
    "edited": "whether that later record has another text",
    "share": "the part of the whole, 0 to 1",
    "letters": "letters of text in the language",
    "variants": "the spellings that share the key, each with its uses",
    "path": "the file, relative to what was scanned",
    "record": "the record's number in its file, from 0; empty for a file that is one post",
    "reason": "why it is no post",
    "message": "why it could not be read",
}


def csv_bytes(frame: DataFrame, *, mark: bool = True) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark (spreadsheets want it; pipes do not), commas, one line a row.

    Hashtags and handles stand without their sign. Any other text that begins with = + - @ or a tab or carriage return
    gets an apostrophe in front, so that no spreadsheet takes it for a formula; numbers are left alone.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False, name=None):
        writer.writerow([guard(value, column) for value, column in zip(row, frame.columns, strict=True)])
    return buffer.getvalue().encode("utf-8-sig" if mark else "utf-8", "replace")


def guard(value: Any, column: str = "") -> str:
    """One cell as text that is no formula.

    >>> guard("=1+1"), guard("-12"), guard(-12), guard("#kabul", "hashtag"), guard(None)
    ("'=1+1", "'-12", '-12', 'kabul', '')
    """
    if isinstance(value, str):
        text = value.lstrip(_SIGNS) if column in _UNSIGNED else value
    elif isinstance(value, list | tuple | Mapping) or hasattr(value, "tolist"):
        text = spelled(value)
    else:
        return _plain(value)
    return "'" + text if text.startswith(_FORMULA) else text


def _plain(value: Any) -> str:
    """A number, a day, a truth or nothing."""
    if value is None or str(value) in ("nan", "<NA>", "NaT"):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%d}"
    return format(value, ".4g") if isinstance(value, float) else str(value)


def spelled(variants: Any) -> str:
    """Variants and their counts in one line: "Kabul 12, KABUL 3".

    >>> spelled({"Kabul": 12, "KABUL": 3}), spelled([{"written": "Kabul", "uses": 12}]), spelled(["a", "b"])
    ('Kabul 12, KABUL 3', 'Kabul 12', 'a, b')
    """
    if isinstance(variants, Mapping):
        return ", ".join(f"{name} {count}" for name, count in variants.items())
    values = variants.tolist() if hasattr(variants, "tolist") else variants
    if not isinstance(values, list | tuple):
        return str(values)
    return ", ".join(
        " ".join(map(str, part.values() if isinstance(part, Mapping) else part))
        if isinstance(part, Mapping | tuple | list)
        else str(part)
        for part in values
    )


def write_tables(tables: Mapping[str, DataFrame], folder: Path) -> None:
    """One CSV file a table, and a README that says what the columns are and where apostrophes may stand."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_bytes(frame))
    (folder / "README.txt").write_text(_readme(tables), encoding="utf-8", newline="\n")


def _readme(tables: Mapping[str, DataFrame]) -> str:
    """What stands in the folder, in plain words."""
    lines = [
        "The tables of this report, as CSV in UTF-8 with a byte order mark; the separator is a comma.",
        "",
        "Hashtags, handles and accounts stand without # and @. In every other column of text, marked with *",
        "below, a cell that begins with = + - @ or with a tab or carriage return has an apostrophe (') in front,",
        "so that no spreadsheet takes a post's words for a formula. The Parquet files in data/ hold everything",
        "unaltered.",
    ]
    known: dict[str, None] = {}
    for name, frame in tables.items():
        columns = [column + "*" * _may_be_guarded(frame, column) for column in frame.columns]
        known |= dict.fromkeys(frame.columns)
        rest = f", the first of {frame.attrs['of']:,}" if frame.attrs.get("of", 0) > len(frame) else ""
        lines += ["", f"{name}.csv, {len(frame):,} row{'' if len(frame) == 1 else 's'}{rest}"]
        lines += _wrapped(str(frame.attrs.get("sentence", ""))) + _wrapped("Columns: " + ", ".join(columns))
    lines += ["", "What the columns hold"]
    width = max(map(len, known), default=0)
    lines += [f"  {column:<{width}}  {COLUMNS.get(column, 'as in data/')}" for column in known]
    return "\n".join(lines) + "\n"


def _may_be_guarded(frame: DataFrame, column: str) -> bool:
    return column not in _UNSIGNED and str(frame[column].dtype) in ("object", "str", "string")


def _wrapped(sentence: str) -> list[str]:
    import textwrap

    return textwrap.wrap(" ".join(sentence.split()), 100, initial_indent="  ", subsequent_indent="  ")
