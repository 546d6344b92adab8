"""A heat map: who is credited in the posts that have a hashtag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postscan.charts import style
from postscan.charts.bars import source_words
from postscan.charts.fonts import written
from postscan.charts.frames import alternative, as_frame, caption_of, language_of
from postscan.charts.labels import elide, isolate, label, paragraph
from postscan.wording import RIGHT_TO_LEFT, count_of, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

_INCHES_A_ROW = 0.36
_TOLD = 6  # figures of an alt text
_HUE = style.COLOURS["Latn"]
# One hue, laid on thinner or thicker, so that it is right on dark paper too. On each shade black or white letters have
# a contrast of 4.5 or more (WCAG 2.2), which a shade between the last two would not give.
_SHADES = (0.12, 0.3, 0.5, 0.7, 1.0)
_LETTERS_OF_A_COLUMN = 24


def tag_sources(corpus_or_frame: Any, *, top: int = 12, ax: Axes | None = None) -> Axes:
    """Axes with a row for each of the `top` hashtags, a column for each source, and in each cell the posts with both.

    Takes a Corpus, or a DataFrame with a row a cell and the columns `tag`, `name`, `key`, `posts`, `tag_posts` (all
    posts with the tag). Rows and columns stand in the order in which the frame first has them. An empty cell is zero.
    """
    frame = as_frame(corpus_or_frame, "tag_sources", top_tags=top)
    ui = language_of(frame)
    tags = list(dict.fromkeys(frame["tag"].astype(str)))[:top]
    frame = frame[frame["tag"].isin(tags)]
    frame = frame.assign(source=[source_words(dict(zip(frame.columns, row, strict=True))) for row in frame.to_numpy()])
    columns = list(dict.fromkeys(frame["source"]))
    caption = caption_of(frame, say(ui, "chart.cells"))
    title = say(ui, "chart.tag_sources")
    filled = frame[frame["posts"] > 0].sort_values("posts", ascending=False, kind="stable")
    told = [
        f"{say(ui, 'chart.with', one=isolate(f'#{tag}'), other=isolate(source))} {posts:,}"
        for tag, source, posts in zip(filled["tag"], filled["source"], filled["posts"], strict=True)
    ]
    alt = alternative(ui, title, told[:_TOLD], max(0, len(told) - _TOLD), "other_pair", caption)
    if len(filled) < style.FEWEST:
        return style.write_sentence(alt, ui, ax)
    own = ax is None
    axes = ax if ax is not None else style.new_axes(2.5 + _INCHES_A_ROW * len(tags) + style.caption_height(caption))
    _draw_cells(axes, filled, tags, columns)
    _name_sides(axes, tags, columns, title, ui)
    _write_totals(axes, frame.drop_duplicates("tag")["tag_posts"].tolist(), ui)
    if own:
        style.add_title(axes, title, ui)
        style.add_caption(axes, caption, ui)
    axes.set_label(alt)
    return axes


def shade(posts: int, most: int) -> float:
    """How thick the hue is laid on for a count, in five steps up to the largest.

    >>> [shade(posts, 40) for posts in (1, 8, 9, 33, 40)]
    [0.12, 0.12, 0.3, 1.0, 1.0]
    """
    return _SHADES[-(-len(_SHADES) * posts // most) - 1]


def _draw_cells(axes: Axes, filled: DataFrame, tags: list[str], columns: list[str]) -> None:
    from matplotlib.patches import Rectangle

    most = int(filled["posts"].max())
    for tag, source, posts in zip(filled["tag"], filled["source"], filled["posts"], strict=True):
        across, down = columns.index(source), tags.index(tag)
        thick = shade(int(posts), most)
        axes.add_patch(
            Rectangle((across - 0.47, down - 0.45), 0.94, 0.9, facecolor=_HUE, alpha=thick, edgecolor="none")
        )
        ink = style.PAPER if thick == _SHADES[-1] else style.INK
        axes.text(
            across, down, f"{posts:,}", ha="center", va="center_baseline",
            **style.text_style("", fontsize=10, color=ink, weight="bold"),
        )  # fmt: skip
    for line in range(len(tags) + 1):
        axes.axhline(line - 0.5, color=style.RULE, linewidth=0.3, zorder=0.5)


def _name_sides(axes: Axes, tags: list[str], columns: list[str], title: str, ui: str) -> None:
    """Tags where a row begins, sources above the columns, at a slant."""
    mirrored = ui in RIGHT_TO_LEFT
    style.bare(axes)
    axes.set_xlim((len(columns) - 0.5, -0.5) if mirrored else (-0.5, len(columns) - 0.5))
    axes.set_ylim(len(tags) - 0.5, -0.5)
    words = written([elide(f"#{tag}") for tag in tags] + [elide(each, _LETTERS_OF_A_COLUMN) for each in columns], title)
    axes.xaxis.tick_top()
    if mirrored:
        axes.yaxis.tick_right()
    axes.set_yticks(range(len(tags)), [label(each) for each in words[: len(tags)]])
    axes.set_xticks(range(len(columns)), [label(each) for each in words[len(tags) :]])
    for text, each in zip(axes.get_yticklabels(), words, strict=False):
        text.set(**style.text_style(each, fontsize=10.5), color=style.INK)
    for text, each in zip(axes.get_xticklabels(), words[len(tags) :], strict=True):
        text.set(**style.text_style(each, fontsize=9.5), color=style.INK)
        text.set(rotation=-40 if mirrored else 40, rotation_mode="anchor", ha="right" if mirrored else "left")


def _write_totals(axes: Axes, posts: list[int], ui: str) -> None:
    """All posts with the tag, where its row ends."""
    mirrored = ui in RIGHT_TO_LEFT
    for place, number in enumerate(posts):
        words = say(ui, "chart.of_posts", posts=count_of(ui, "post", number) if place == 0 else f"{number:,}")
        axes.annotate(
            paragraph([words], right_to_left=mirrored), (0 if mirrored else 1, place),
            xycoords=("axes fraction", "data"), xytext=(-6 if mirrored else 6, 0), textcoords="offset points",
            ha="right" if mirrored else "left", va="center_baseline",
            **style.text_style(words, fontsize=9.5, color=style.MUTED),
        )  # fmt: skip
