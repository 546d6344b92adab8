"""When: a row for each hashtag, all on one scale, so that rises and falls can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postscan.charts import style
from postscan.charts.labels import elide, label, script_kind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame, Series, Timestamp

_INCHES_A_ROW = 0.62
_ROOM = 1.45  # a row is so much higher than its largest possible step: the number of the peak stands there
_WORDS = {"day": "a day", "week": "a week", "month": "a month"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = {"day": "D", "week": "7D", "month": "MS"}


def timeline(corpus_or_frame: Any, *, top: int = 8, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Axes with a row of steps for each of the `top` hashtags: posts a day, a week or a month.

    Takes a Corpus, or a DataFrame with the columns `period`, `hashtag`, `posts` and, perhaps, `partial`: a period that
    the data covers in part is hatched. Without `by` a corpus is shown by day up to ten weeks, by week up to a year and
    a half, else by month. The peak has a dot and its number; the row's total stands at its right.
    """
    import pandas as pd

    frame, by = by_period(corpus_or_frame, top, by)
    totals = frame.groupby("hashtag")["posts"].sum().sort_index().sort_values(ascending=False, kind="stable").head(top)
    sentence = frame.attrs.get("sentence", "")
    title = f"Posts {_WORDS[by]}, by hashtag"
    periods = frame["period"].nunique()
    peaks = ", ".join(_peak_words(frame[frame["hashtag"] == tag], str(tag), by) for tag in totals.index[:5])
    alt = f"{title}: {peaks or 'none found'}. {sentence}".strip()
    if len(totals) < 1 or periods < style.FEWEST:
        return style.write_sentence(alt, ax)
    own = ax is None
    axes = ax if ax is not None else style.new_axes(1.2 + _INCHES_A_ROW * len(totals) + style.sentence_height(sentence))
    scale = max(1, int(frame[frame["hashtag"].isin(totals.index)]["posts"].max())) * _ROOM
    end = frame["period"].max() + _length(by)
    every = pd.date_range(frame["period"].min(), frame["period"].max(), freq=_STEPS[by])
    for place, tag in enumerate(totals.index):
        rows = frame[frame["hashtag"] == tag]
        _draw_row(axes, rows.set_index("period")["posts"].reindex(every), str(tag), len(totals) - 1 - place, scale, end)
    _finish(axes, frame, [str(tag) for tag in totals.index], end)
    if own:
        style.add_title(axes, title)
        style.add_sentence(
            axes, f"One scale for all rows; a dot marks the peak; the row's total stands at its right. {sentence}"
        )
    axes.set_label(alt)
    return axes


def by_period(corpus_or_frame: Any, top: int = 8, by: str | None = None) -> tuple[DataFrame, str]:
    """Posts of each hashtag in each period, and which periods these are ("day", "week" or "month")."""
    import pandas as pd

    if isinstance(corpus_or_frame, pd.DataFrame):
        frame = corpus_or_frame.assign(period=pd.to_datetime(corpus_or_frame["period"]))
        steps = frame["period"].drop_duplicates().sort_values().diff().min()
        days = steps.days if pd.notna(steps) else 1
        return frame, by or ("day" if days < 7 else "week" if days < 28 else "month")
    if by is None:
        days = corpus_or_frame.hashtags(top=top, by="day")["period"].nunique()
        by = "day" if days <= 70 else "week" if days <= 550 else "month"
    frame = corpus_or_frame.hashtags(top=top, by=by)
    return frame.assign(period=pd.to_datetime(frame["period"])), by


def _length(by: str) -> Any:
    import pandas as pd

    return {"day": pd.DateOffset(days=1), "week": pd.DateOffset(weeks=1), "month": pd.DateOffset(months=1)}[by]


def _peak_words(rows: DataFrame, tag: str, by: str) -> str:
    peak = rows.sort_values(["posts", "period"], ascending=[False, True]).iloc[0]
    return f"#{tag} {int(rows['posts'].sum()):,} in all, most ({int(peak['posts']):,}) {_day(peak['period'], by)}"


def _day(period: Timestamp, by: str) -> str:
    month = f"{_MONTHS[period.month - 1]} {period.year}"
    return {"day": f"on {period.day} {month}", "week": f"in the week of {period.day} {month}", "month": f"in {month}"}[
        by
    ]


def _draw_row(axes: Axes, posts: Series[float], tag: str, place: int, scale: float, end: Timestamp) -> None:
    """One hashtag's steps above its own line; a period that the data lacks is a gap."""
    colour = style.COLOURS[script_kind(tag)]
    edges = [*posts.index, end]
    heights = place + posts / scale
    steps = [*heights, heights.iloc[-1]]
    axes.fill_between(edges, steps, place, step="post", color=colour, alpha=0.2, linewidth=0)
    axes.step(edges, steps, where="post", color=colour, linewidth=1.6, solid_joinstyle="miter")
    axes.axhline(place, color=style.RULE, linewidth=0.7, zorder=0.5)
    middle, peak = _peak(edges, posts)
    axes.plot([middle], [place + peak / scale], "o", color=colour, markersize=4.5)
    axes.annotate(
        f"{int(peak):,}",
        (middle, place + peak / scale),
        xytext=(0, 5),
        textcoords="offset points",
        ha="center",
        **style.text_style("", fontsize=9, color=style.MUTED),
    )
    axes.annotate(
        f"{int(posts.sum()):,}",
        (1, place + 0.25),
        xycoords=("axes fraction", "data"),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        **style.text_style("", fontsize=10, color=style.MUTED),
    )


def _peak(edges: list[Any], posts: Series[float]) -> tuple[Any, float]:
    at = int(posts.fillna(-1).to_numpy().argmax())
    return edges[at] + (edges[at + 1] - edges[at]) / 2, float(posts.iloc[at])


def _tick(at: float, place: int | None) -> str:
    """A day under the axis; the year stands once, at the first, and where a year begins."""
    from matplotlib.dates import num2date

    day = num2date(at)  # type: ignore[no-untyped-call]
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{words}\n{day.year}" if place == 0 or (day.month, day.day) == (1, 1) else words


def _finish(axes: Axes, frame: DataFrame, tags: list[str], end: Timestamp) -> None:
    """Names at the left, days below, and hatching over periods that the data covers in part."""
    from matplotlib.dates import AutoDateLocator
    from matplotlib.ticker import FuncFormatter

    style.bare(axes)
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=7))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(FuncFormatter(_tick))
    axes.tick_params(axis="x", length=3, colors=style.MUTED, labelsize=9)
    limits: tuple[Any, Any] = (frame["period"].min(), end)
    axes.set_xlim(*limits)
    axes.set_ylim(-0.08, len(tags))
    axes.set_yticks(
        [len(tags) - 1 - place + 0.25 for place in range(len(tags))], [label(elide("#" + tag)) for tag in tags]
    )
    for text, tag in zip(axes.get_yticklabels(), tags, strict=True):
        text.set(**style.text_style("#" + tag, fontsize=10.5), color=style.INK)
    if "partial" in frame:
        periods = frame.drop_duplicates("period").sort_values("period")
        edges = [*periods["period"], end]
        for at, partial in enumerate(periods["partial"]):
            if partial:
                axes.axvspan(edges[at], edges[at + 1], facecolor="none", edgecolor=style.RULE, hatch="///", alpha=0.35)
