"""Bars: hashtags, and who is credited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postscan.charts import style
from postscan.charts.fonts import written
from postscan.charts.frames import alternative, as_frame, caption_of, language_of
from postscan.charts.labels import elide, isolate, label, script_kind
from postscan.wording import RIGHT_TO_LEFT, count_of, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

_INCHES_A_BAR = 0.34
_HALF_LETTER = 3.7  # points from the middle of a small letter to its baseline
_TOLD = 8  # figures of an alt text
# Who is credited, in the order of the chart; brand, photo and staff are in the table alone.
GROUPS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("named", ("outlet", "wire", "domain", "embed", "via")),
    ("official", ("official",)),
    ("unnamed", ("unnamed",)),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place from the top, what stands beside it, and how long it is."""

    place: int
    words: str
    posts: int


def hashtags(corpus_or_frame: Any, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Axes with a bar for each of the `top` hashtags, most posts first.

    Takes a Corpus, or a DataFrame with the columns `hashtag` and `posts`. Without `ax` the chart gets a figure of its
    own, with title and what was counted below it.

    >>> import pandas
    >>> from postscan.charts import alt_text
    >>> frame = pandas.DataFrame({"hashtag": ["Kabul", "كابول", "Herat"], "posts": [12, 9, 4]})
    >>> alt_text(hashtags(frame))
    'Hashtags, most posts first: #Kabul 12, #كابول 9, #Herat 4.'
    """
    frame = as_frame(corpus_or_frame, "hashtags", top=top)
    ui = language_of(frame)
    bars = [
        Bar(at, f"#{tag.lstrip('#＃')}", posts) for at, (tag, posts) in enumerate(most_first(frame, "hashtag", top))
    ]
    return draw_bars(say(ui, "chart.hashtags"), bars, {}, ui, caption_of(frame), ax)


def most_first(frame: DataFrame, column: str, top: int) -> list[tuple[str, int]]:
    """The `top` values of a column with their posts, most first, then by value; none without posts."""
    there = frame[frame["posts"] > 0]
    there = there.sort_values(["posts", column], ascending=[False, True], kind="stable").head(top)
    return [(str(value), int(posts)) for value, posts in zip(there[column], there["posts"], strict=True)]


def sources(corpus_or_frame: Any, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Axes with who is credited: up to `top` named sources, then a third as many officials and unnamed ones.

    Takes a Corpus, or a DataFrame with the columns `kind`, `key`, `name` and `posts`.
    """
    frame = as_frame(corpus_or_frame, "source_counts")
    ui = language_of(frame)
    bars: list[Bar] = []
    headings: dict[int, str] = {}
    place = 0
    for group, rows in credited(frame, top).items():
        headings[place] = say(ui, f"chart.{group}")
        bars += [Bar(place + 1 + at, words, posts) for at, (words, posts) in enumerate(rows)]
        place += len(rows) + 1
    return draw_bars(say(ui, "chart.sources"), bars, headings, ui, caption_of(frame, say(ui, "chart.kinds")), ax)


def credited(frame: DataFrame, top: int) -> dict[str, list[tuple[str, int]]]:
    """Words and posts of the charted sources, by group, most posts first; empty groups are left out."""
    groups = {}
    for group, kinds in GROUPS:
        part = frame[frame["kind"].isin(kinds) & (frame["posts"] > 0)]
        part = part.assign(words=[source_words(dict(zip(part.columns, row, strict=True))) for row in part.to_numpy()])
        if rows := most_first(part, "words", top if group == "named" else max(1, top // 3)):
            groups[group] = rows
    return groups


def source_words(row: Mapping[str, Any]) -> str:
    """What a source is called: its name, else its key; an account that is mostly written as a handle has its "@".

    >>> source_words({"name": "abed", "key": "abed", "variants": "@abed (3)"})
    '@abed'
    """
    name = row["name"] if isinstance(row["name"], str) and row["name"] else str(row["key"])
    written = str(row.get("variants", "")).casefold()
    return f"@{name}" if written.startswith(f"@{name.casefold()} (") else name


def draw_bars(
    title: str, bars: Sequence[Bar], headings: Mapping[int, str], ui: str, caption: str, ax: Axes | None, *,
    kinds: Sequence[str] = (), room: float = 0.0, letters: int = 26,
) -> Axes:  # fmt: skip
    """Axes with the bars, which grow from right to left in a language that is written so.

    `kinds` are what the bars are coloured by, where that is not the script of their words; `room` is kept free between
    words and bars, in points; words of more than so many `letters` are cut in their middle.
    """
    figures = [f"{isolate(bar.words)} {bar.posts:,}" for bar in bars]
    alt = alternative(ui, title, figures[:_TOLD], max(0, len(bars) - _TOLD), "other_bar", caption)
    if len(bars) < style.FEWEST:
        return style.write_sentence(alt, ui, ax)
    rows = len(bars) + len(headings)
    own = ax is None
    axes = ax if ax is not None else style.new_axes(1.05 + _INCHES_A_BAR * rows + style.caption_height(caption))
    mirrored = ui in RIGHT_TO_LEFT
    kinds = kinds or [script_kind(bar.words) for bar in bars]
    drawn = axes.barh(
        [bar.place for bar in bars],
        [bar.posts for bar in bars],
        height=0.72,
        color=[style.COLOURS[kind] for kind in kinds],
        linewidth=0,
    )
    style.bare(axes, keep=("right" if mirrored else "left",))
    axes.set_ylim(rows - 0.4, -0.6)
    most = max(bar.posts for bar in bars)
    axes.set_xlim((most, 0) if mirrored else (0, most))
    axes.bar_label(
        drawn,
        labels=[label(count_of(ui, "post", bars[0].posts)), *(f"{bar.posts:,}" for bar in bars[1:])],
        padding=5,
        **style.text_style("", fontsize=10, color=style.MUTED),
    )
    words = written([elide(bar.words, letters) for bar in bars], title)
    _name_rows(axes, {bar.place: each for bar, each in zip(bars, words, strict=True)}, headings, mirrored, room)
    if own:
        style.add_title(axes, title, ui)
        style.add_caption(axes, caption, ui)
    style.add_script_key(axes, kinds, ui)
    axes.set_label(alt)
    return axes


def _name_rows(axes: Axes, words: Mapping[int, str], headings: Mapping[int, str], mirrored: bool, room: float) -> None:
    """Labels flush with the axis and on one baseline, in both directions of writing; headings where a group begins."""
    from matplotlib.transforms import ScaledTranslation

    down = ScaledTranslation(0, -_HALF_LETTER / 72, axes.figure.dpi_scale_trans)
    rows = sorted([*words.items(), *headings.items()])
    if mirrored:
        axes.yaxis.tick_right()
    axes.tick_params(axis="y", length=0, pad=3.5 + room)
    axes.set_yticks([place for place, _ in rows], [label(each) for _, each in rows])
    for (place, each), text in zip(rows, axes.get_yticklabels(), strict=True):
        heading = place in headings
        text.set(**style.text_style(each, fontsize=9 if heading else 10.5))
        text.set(va="baseline", transform=text.get_transform() + down)
        text.set_color(style.MUTED if heading else style.INK)
        text.set_fontweight("bold" if heading else "normal")
