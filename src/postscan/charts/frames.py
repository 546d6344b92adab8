"""What a chart is drawn from: a DataFrame, or a corpus that is asked for one; and the language it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postscan.charts.labels import DROP
from postscan.model import PostscanError
from postscan.wording import LANGUAGES, count_of, say

if TYPE_CHECKING:
    from pandas import DataFrame


def as_frame(corpus_or_frame: Any, counts: str, **options: Any) -> DataFrame:
    """The frame itself, or the corpus's counts of that name; `attrs["ui"]` is the language of its sentences."""
    import pandas as pd

    if isinstance(corpus_or_frame, pd.DataFrame):
        return corpus_or_frame
    frame = getattr(corpus_or_frame, counts)(**options)
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"{counts}() gave no DataFrame: {type(frame).__name__}")
    frame.attrs.setdefault("ui", getattr(corpus_or_frame, "ui", LANGUAGES[0]))
    return frame


def language_of(frame: DataFrame) -> str:
    """The language of the interface that the chart of a frame speaks; raises PostscanError for one that it cannot."""
    ui = frame.attrs.get("ui", LANGUAGES[0])
    if ui not in LANGUAGES:
        raise PostscanError(f'attrs["ui"] is {ui!r}: it can be {", ".join(LANGUAGES)}')
    return str(ui)


def caption_of(frame: DataFrame, *before: str) -> str:
    """What stands under the chart of a frame: the chart's own sentences, then what was counted."""
    return " ".join(filter(None, (*before, frame.attrs.get("sentence", "")))).translate(DROP)


def alternative(ui: str, title: str, figures: list[str], rest: int, noun: str, caption: str) -> str:
    """The alt text: title, main figures, how many more there are, and the caption; names in it are isolates."""
    if not figures:
        words = say(ui, "chart.none", title=title)
    else:
        words = f"{title}: {say(ui, 'chart.comma').join(figures)}"
        if rest:
            words = say(ui, "chart.more", list=words, rest=count_of(ui, noun, rest))
    return f"{words}. {caption}".strip()
