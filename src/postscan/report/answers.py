"""The answers that the page opens with, beside what was read: top tags, who is credited, when, and which languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from postscan.charts.bars import GROUPS, source_words
from postscan.charts.labels import elide
from postscan.charts.strip import language_name, percent
from postscan.charts.style import FEWEST
from postscan.report.lists import period_words

if TYPE_CHECKING:
    from pandas import DataFrame

_EACH = 3
_LONG = 40
"""Characters of a name."""


def find_answers(tables: Mapping[str, DataFrame], ui: str) -> dict[str, Any]:
    """The first words of an answer: the top rows, their figures, and how long their bars are."""
    tags = _used(tables["hashtags"])
    sources = _used(tables["sources"])
    named = sources[sources["group"] == GROUPS[0][0]]
    languages = _used(tables["languages"])
    decided = languages[languages["code"] != "und"]
    return {
        "tags": _ranked((f"#{row['hashtag']}", f"{row['posts']:,}", row["posts"]) for row in _first(tags)),
        "named": _ranked((source_words(row), f"{row['posts']:,}", row["posts"]) for row in _first(named)),
        "languages": [
            (language_name(str(row["code"]), ui=ui), percent(row["share"]), row["share"]) for row in _first(decided)
        ],
        "busiest": busiest_period(tables["periods"]),
    }


def _used(frame: DataFrame) -> DataFrame:
    return frame[frame["posts"] > 0]


def _first(frame: DataFrame) -> list[dict[Any, Any]]:
    return frame.head(_EACH).to_dict("records")


def _ranked(rows: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, float]]:
    """The rows with their part of the largest."""
    found = list(rows)
    most = max((posts for _, _, posts in found), default=1)
    return [(elide(words, _LONG), figure, posts / most) for words, figure, posts in found]


def busiest_period(periods: DataFrame) -> tuple[str, int] | None:
    """The period with most posts, the first of them, and how many; None where there are fewer than three."""
    used = _used(periods)
    if len(used) < FEWEST:
        return None
    row = used.iloc[int(used["posts"].to_numpy("int64").argmax())]
    return period_words(row["period"]), int(row["posts"])
