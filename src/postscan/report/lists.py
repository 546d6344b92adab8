"""The tables of the page: of each the first rows and the columns that people read, as words that are ready to print.

A row behind which posts stand has a number, and the posts on the page carry the numbers of their rows: so a click on a
row, or on a bar that stands for it, finds its posts. What a row asks for (`tag=kabul`) is what `postscan posts` takes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from postscan.charts.bars import source_words
from postscan.charts.emojis import emoji_name
from postscan.charts.labels import elide
from postscan.charts.strip import language_name, percent
from postscan.report.behind import Behind, period_key
from postscan.report.spreadsheets.about import column_key, column_name, explanation
from postscan.wording import say, words

if TYPE_CHECKING:
    from pandas import DataFrame

_LONGEST = 160
"""Characters of a cell; the CSV has all."""
_LONGEST_KEY = 500
"""A longer key is not asked for from the page."""
_FEW, _MANY = 30, 100


@dataclass(frozen=True, slots=True)
class Spec:
    """What the page shows of a table."""

    columns: tuple[str, ...]
    condition: str = ""
    """What `postscan posts` calls it; "" where no posts stand behind a row."""
    group: str = ""
    """The column that keeps rows with one key apart."""
    most: int = _FEW
    sign: str = ""
    """What stands before the first column's words."""


_LANGUAGE = ("code", "name")
_USES = ("posts", "uses", "embedded", "other")
SPECS: Mapping[str, Spec] = {
    "hashtags": Spec(("hashtag", *_USES), "tag", most=_MANY, sign="#"),
    "sources": Spec(("name", "kind", "posts", "uses"), "source", "group", most=_MANY),
    "uncharted": Spec(("name", "kind", "posts", "uses"), "source", "group"),
    "languages": Spec((*_LANGUAGE, "posts", "letters", "share"), "language", most=_MANY),
    "periods": Spec(("period", "posts", "partial"), "period", most=_MANY),
    "pairs": Spec(("tag", "other", "posts"), "pair", most=_MANY, sign="#"),
    "tag_sources": Spec(("tag", "name", "posts"), "tag", most=_MANY, sign="#"),
    "emoji": Spec(("emoji", "name", *_USES), "emoji", most=_MANY),
    "handles": Spec(("handle", *_USES), "handle", sign="@"),
    "embedded_accounts": Spec(("account", "platform", "name", "posts", "uses"), "account"),
    "domains": Spec(("domain", *_USES), "domain"),
    "links": Spec(("link", "domain", "posts", "uses"), "link"),
    "posters": Spec(("poster", "poster_from", "posts"), "poster", "poster_from"),
    "platforms": Spec(("platform", "posts"), "platform"),
    "suspicious_tags": Spec(("hashtag", "suspicious", "posts", "uses"), "suspicious_tag", "suspicious", sign="#"),
    "rules": Spec(("rule", "layer", "posts", "uses", "guess"), "rule", "layer"),
    "problems": Spec(("path", "record", "message"), most=_MANY),
    "skipped": Spec(("path", "record", "reason"), most=_MANY),
    "duplicate_ids": Spec(("platform", "id", "path", "record", "later_path", "later_record", "edited")),
}
_NUMERIC = frozenset((*_USES, "stories", "likes", "shares", "replies", "views", "letters", "share", "record"))
_KEPT_IN = {"uncharted": "sources"}
"""Tables of the page that are a part of another one."""
_MADE = frozenset((("languages", "name"), ("emoji", "name")))
"""Columns that the tables do not have."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading."""

    words: str
    explained: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a row."""

    words: str
    code: str = ""
    """The language of the words, where they are a language's own."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    cells: tuple[Cell, ...]
    numbers: str
    """Of what its posts stand behind; "" where they cannot be asked for."""
    asked: str
    """The same in words, one a line: what `postscan posts` takes, with the row's group behind the name."""
    posts: int


@dataclass(frozen=True, slots=True)
class List:
    """A table as the page shows it."""

    name: str
    file: str
    """What its files are called."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    sentence: str


@dataclass(slots=True)
class Numbers:
    """A number for everything that posts stand behind and that the page shows."""

    found: dict[Behind, int] = field(default_factory=dict)

    def take(self, behind: Behind, condition: str) -> str:
        """What a row asks for, once it has a number; "" where its key cannot be asked for."""
        _, group, key = behind
        if not key or len(key) > _LONGEST_KEY or not key.isprintable():
            return ""
        self.found.setdefault(behind, len(self.found))
        return f"{condition}.{group}={key}" if group else f"{condition}={key}"

    def of(self, parts: Collection[Behind]) -> str:
        """The numbers of these; "" where one has none, or there are none."""
        numbers = [self.found.get(part) for part in parts]
        return "" if None in numbers else " ".join(map(str, numbers))


def make_list(
    frame: DataFrame, name: str, ui: str, numbers: Numbers, *, by: str = "", charted: AbstractSet[Behind] = frozenset()
) -> List:
    """The first rows of a table, and those that stand for bars; rows that its count does not use are left out.

    `by` is what the periods are.
    """
    spec = SPECS[name]
    used = frame[frame["posts"] > 0] if "posts" in frame else frame
    total = len(used) if len(used) < len(frame) else max(len(used), int(frame.attrs.get("of", 0)))
    columns = [column for column in spec.columns if column in frame or (name, column) in _MADE]
    rows = []
    for values in _first_rows(used, name, spec.most, by, charted):
        parts = parts_of(name, values, by)
        asked = [numbers.take(part, SPECS[part[0]].condition) for part in parts]
        cells = tuple(_cell(values, column, name, ui) for column in columns)
        rows.append(Row(cells, numbers.of(parts), "\n".join(asked), int(values.get("posts", 0))))
    file = _KEPT_IN.get(name, name)
    keys = [column_key(ui, file, column) for column in columns]
    header = tuple(
        Column(say(ui, "page.own_name"), "", numeric=False)
        if (name, column) == ("languages", "name")
        else Column(column_name(ui, key), explanation(ui, key), _is_number(name, column))
        for column, key in zip(columns, keys, strict=True)
    )
    sentence = str(frame.attrs.get("sentence", ""))
    return List(name, file, header, tuple(rows), total, sentence)


def _is_number(name: str, column: str) -> bool:
    return column in _NUMERIC and (name, column) != ("pairs", "other")


def _first_rows(
    used: DataFrame, name: str, most: int, by: str, charted: AbstractSet[Behind]
) -> Iterator[Mapping[Any, Any]]:
    """The first rows, then those that stand for bars; of periods all, for they are few and each has a bar."""
    if name == "periods":
        most = len(used)
    yield from used.head(most).to_dict("records")
    rest = used.iloc[most:]
    if charted and "key" in rest:
        rest = rest[rest["key"].isin({key for _, _, key in charted})]
        yield from (row for row in rest.to_dict("records") if not charted.isdisjoint(parts_of(name, row, by)))


def parts_of(name: str, row: Mapping[Any, Any], by: str = "") -> tuple[Behind, ...]:
    """What the posts of a row stand behind; several where they stand behind all of them."""
    spec = SPECS[name]
    if name == "periods":
        return ((name, "", period_key(row["period"], by)),)
    if name == "pairs":
        return ((name, "", f"{row['key']} {row['other_key']}"),)
    if name == "tag_sources":
        return (("hashtags", "", str(row["tag_key"])), ("sources", str(row["group"]), str(row["key"])))
    if not spec.condition:
        return ()
    return ((_KEPT_IN.get(name, name), str(row[spec.group]) if spec.group else "", str(row["key"])),)


def period_words(period: Any) -> str:
    """A day, or an hour of it.

    >>> import pandas
    >>> period_words(pandas.Timestamp("2026-07-01")), period_words(pandas.Timestamp("2026-07-01 14:00"))
    ('2026-07-01', '2026-07-01 14:00')
    """
    return f"{period:%Y-%m-%d}" if period.hour == 0 else f"{period:%Y-%m-%d %H:%M}"


def _cell(row: Mapping[Any, Any], column: str, name: str, ui: str) -> Cell:
    value = row.get(column)
    if name == "languages" and column in _LANGUAGE:
        code = str(row["code"])
        own = column == "name"
        return Cell(language_name(code, own=own, ui=ui), code if own else "")
    if (name, column) == ("emoji", "name"):
        return Cell(elide(emoji_name(str(row["emoji"]), ui), _LONGEST))
    if column == "kind" and f"post.source.{value}" in words(ui):
        return Cell(say(ui, f"post.source.{value}"))
    if column == "name" and name in ("sources", "uncharted", "tag_sources"):
        return Cell(elide(source_words(row), _LONGEST))
    if value is None or value != value or str(value) == "<NA>":  # noqa: PLR0124  # nan
        return Cell("")
    if column == "share":
        return Cell(percent(float(value)))
    if _is_number(name, column):
        return Cell(f"{int(value):,}")
    if hasattr(value, "strftime"):
        return Cell(period_words(value))
    if str(value) in ("True", "False"):
        return Cell(say(ui, "page.yes") if value else "")
    sign = SPECS[name].sign if column in ("hashtag", "tag", "handle") or (name, column) == ("pairs", "other") else ""
    return Cell(sign + elide(str(value), _LONGEST))
