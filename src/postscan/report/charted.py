"""The report's charts, drawn once for files and page, and what posts stand behind each of their bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postscan.charts import REPORT_CHARTS
from postscan.charts.bars import GROUPS, credited, source_words
from postscan.charts.emojis import emoji_name
from postscan.charts.network import MOST_NODES, strongest
from postscan.charts.strip import language_name
from postscan.report.behind import Behind
from postscan.report.lists import parts_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

_LANGUAGES, _TAGS = 8, 12
ROWS = 8
"""How many parts a chart has whose number is not the report's `top`."""
_TOPS = {"languages": _LANGUAGES, "timeline": ROWS, "tag_sources": _TAGS, "pairs": MOST_NODES}


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a chart that stands for posts: those behind all of its parts."""

    parts: tuple[Behind, ...]
    words: str
    posts: int


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart, and its bars in the order in which they are drawn."""

    axes: Axes
    bars: tuple[Bar, ...]
    lines: tuple[tuple[Behind, ...], ...] = ()
    """What the posts of a network's lines stand behind."""

    @property
    def drawn(self) -> bool:
        """Whether there are enough rows for a picture; else the axes hold a sentence."""
        return bool(self.axes.has_data())


def draw_charts(tables: Mapping[str, DataFrame], ui: str, top: int) -> dict[str, Charted]:
    """Every chart of the report, by name."""
    return {
        name: Charted(
            chart.draw(tables[chart.table], top=_TOPS.get(name, top)),
            tuple(_bars(name, tables, ui, top)),
            tuple(_lines(tables[chart.table], ui)) if name == "pairs" else (),
        )
        for name, chart in REPORT_CHARTS.items()
    }


def _bars(name: str, tables: Mapping[str, DataFrame], ui: str, top: int) -> Iterator[Bar]:
    frame = tables[REPORT_CHARTS[name].table]
    if name in ("hashtags", "emoji"):
        column = {"hashtags": "hashtag", "emoji": "emoji"}[name]
        for row in _records(_most_first(frame, column).head(top)):
            words = f"#{row[column]}" if name == "hashtags" else emoji_name(str(row[column]), ui)
            yield Bar(parts_of(name, row), words, int(row["posts"]))
    elif name == "sources":
        yield from _credited_bars(frame, top)
    elif name == "languages":
        yield from _language_bars(frame, ui)
    elif name == "timeline":
        totals = frame.groupby("hashtag")["posts"].sum().sort_index().sort_values(ascending=False, kind="stable")
        keys = dict(zip(frame["hashtag"], frame["key"], strict=True))
        posts = dict(zip(tables["hashtags"]["key"], tables["hashtags"]["posts"], strict=True))  # undated ones too
        for tag in totals.index[:ROWS]:
            yield Bar((("hashtags", "", keys[tag]),), f"#{tag}", int(posts[keys[tag]]))
    elif name == "tag_sources":
        yield from _cell_bars(frame)
    else:
        yield from _node_bars(frame, ui)


def _most_first(frame: DataFrame, column: str) -> DataFrame:
    return frame[frame["posts"] > 0].sort_values(["posts", column], ascending=[False, True], kind="stable")


def _credited_bars(frame: DataFrame, top: int) -> Iterator[Bar]:
    """Groups in the order of the chart, in each as many as the chart has."""
    shown = credited(frame, top)
    for group, kinds in GROUPS:
        rows = _records(frame[frame["kind"].isin(kinds) & (frame["posts"] > 0)])
        rows.sort(key=lambda row: (-row["posts"], source_words(row)))
        for row in rows[: len(shown.get(group, ()))]:
            yield Bar(parts_of("sources", row), source_words(row), int(row["posts"]))


def _language_bars(frame: DataFrame, ui: str) -> Iterator[Bar]:
    """The decided languages, those after the first eight as one bar for which no row stands, then what is undecided."""
    rows = [row for row in _records(frame) if row["share"] > 0]
    decided = sorted((row for row in rows if row["code"] != "und"), key=lambda row: (-row["share"], row["code"]))
    shown = decided if len(decided) == _LANGUAGES + 1 else decided[:_LANGUAGES]
    for row in shown:
        yield Bar(parts_of("languages", row), language_name(str(row["code"]), ui=ui), int(row["posts"]))
    if len(shown) < len(decided):
        yield Bar((), "", 0)
    for row in rows:
        if row["code"] == "und":
            yield Bar(parts_of("languages", row), language_name("und", ui=ui), int(row["posts"]))


def _cell_bars(frame: DataFrame) -> Iterator[Bar]:
    tags = list(dict.fromkeys(frame["tag"]))[:_TAGS]
    filled = frame[frame["tag"].isin(tags) & (frame["posts"] > 0)]
    for row in _records(filled.sort_values("posts", ascending=False, kind="stable")):
        yield Bar(
            parts_of("tag_sources", row),
            f"#{row['tag']} \N{MULTIPLICATION SIGN} {source_words(row)}",
            int(row["posts"]),
        )


def _node_bars(frame: DataFrame, ui: str) -> Iterator[Bar]:
    nodes: dict[str, tuple[str, int]] = {}
    for row in _records(strongest(frame, MOST_NODES, ui)[0]):
        nodes[row["tag"]] = row["key"], row["tag_posts"]
        nodes[row["other"]] = row["other_key"], row["other_posts"]
    for tag, (key, posts) in sorted(nodes.items(), key=lambda each: (-each[1][1], each[0])):
        yield Bar((("hashtags", "", key),), f"#{tag}", int(posts))


def _records(frame: DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False, name=None)]


def _lines(frame: DataFrame, ui: str) -> Iterator[tuple[Behind, ...]]:
    for row in _records(strongest(frame, MOST_NODES, ui)[0]):
        yield ("hashtags", "", str(row["key"])), ("hashtags", "", str(row["other_key"]))
