"""When: a row for each hashtag, all on one scale, so that rises and falls can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postscan.charts import style
from postscan.charts.fonts import written
from postscan.charts.frames import alternative, as_frame, caption_of, language_of
from postscan.charts.labels import elide, isolate, label, paragraph, script_kind
from postscan.charts.ticks import STEPS, tick_names, when
from postscan.wording import RIGHT_TO_LEFT, say

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from pandas import DataFrame, DatetimeIndex

_INCHES_A_ROW = 0.62
_ROOM = 1.55  # a row is so much higher than its largest possible step: the number of the peak stands there
_LINES = 21.0  # points from the top of a letter to the baseline of the line below
_TOLD = 5  # figures of an alt text
_MOST_BY_HOUR, _MOST_BY_DAY, _MOST_BY_WEEK = 3, 70, 550  # days


def timeline(corpus_or_frame: Any, *, top: int = 8, by: str | None = None, ax: Axes | None = None) -> Axes:
    """Axes with a row of steps for each of the `top` hashtags: posts an hour, a day, a week or a month.

    Takes a Corpus, or a DataFrame with the columns `period`, `hashtag`, `posts` and, perhaps, `partial`: a period that
    the data covers in part is hatched. A period without a row, or whose posts are NA, is a gap. Without `by` a corpus
    is shown by day up to ten weeks, by week up to a year and a half, else by month; one of three days or fewer by hour,
    where every post has a time. The peak has a dot and its number; the row's total stands at its end.
    """
    import pandas as pd

    frame, by = by_period(corpus_or_frame, top, by)
    ui = language_of(frame)
    totals = frame.groupby("hashtag")["posts"].sum().sort_index().sort_values(ascending=False, kind="stable").head(top)
    tags = [str(tag) for tag in totals.index]
    every = pd.DatetimeIndex([])
    if tags:
        every = pd.date_range(frame["period"].min(), frame["period"].max(), freq=STEPS[by])
    there = every.isin(frame["period"])
    rows = [_posts(frame[frame["hashtag"] == tag], every, there) for tag in totals.index]
    zone = str(every.tz) if every.tz is not None else ""
    caption = caption_of(
        frame,
        say(ui, "chart.rows"),
        say(ui, "chart.gaps") if _has_gaps(rows) else "",
        say(ui, "chart.partial") if "partial" in frame and frame["partial"].any() else "",
        say(ui, "chart.zone", zone=zone) if zone and zone not in frame.attrs.get("sentence", "") else "",
    )
    title = say(ui, f"chart.{by}s")
    told = [_peak_words(tag, posts, every, by, ui) for tag, posts in list(zip(tags, rows, strict=True))[:_TOLD]]
    alt = alternative(ui, title, told, max(0, len(tags) - _TOLD), "other_bar", caption_of(frame))
    if not tags or frame["period"].nunique() < style.FEWEST:
        return style.write_sentence(alt, ui, ax)
    own = ax is None
    axes = ax if ax is not None else style.new_axes(1.2 + _INCHES_A_ROW * len(tags) + style.caption_height(caption))
    _draw_rows(axes, tags, rows)
    _name_rows(axes, written([elide("#" + tag) for tag in tags], title), rows, ui)
    _name_periods(axes, every, by, ui)
    if "partial" in frame:
        _hatch(axes, every, frame[frame["partial"]]["period"])
    if own:
        style.add_title(axes, title, ui)
        style.add_caption(axes, caption, ui)
    axes.set_label(alt)
    return axes


def by_period(corpus_or_frame: Any, top: int = 8, by: str | None = None) -> tuple[DataFrame, str]:
    """Posts of each hashtag in each period, and which periods these are ("hour", "day", "week" or "month")."""
    import pandas as pd

    if isinstance(corpus_or_frame, pd.DataFrame):
        frame = corpus_or_frame.assign(period=pd.to_datetime(corpus_or_frame["period"]))
        steps = frame["period"].drop_duplicates().sort_values().diff().min()
        hours = steps.total_seconds() / 3600 if pd.notna(steps) else 24
        return frame, by or ("hour" if hours < 23 else "day" if hours < 166 else "week" if hours < 670 else "month")
    frame, by = _of_corpus(corpus_or_frame, top, by)
    return frame.assign(period=pd.to_datetime(frame["period"])), by


def _of_corpus(corpus: Any, top: int, by: str | None) -> tuple[DataFrame, str]:
    if by is not None:
        return as_frame(corpus, "hashtags", top=top, by=by), by
    daily = as_frame(corpus, "hashtags", top=top, by="day")
    days = daily["period"].nunique()
    if 0 < days <= _MOST_BY_HOUR:
        hourly = as_frame(corpus, "hashtags", top=top, by="hour")
        if hourly["posts"].sum() == daily["posts"].sum():  # else some posts have a day and no time
            return hourly, "hour"
    if days <= _MOST_BY_DAY:
        return daily, "day"
    by = "week" if days <= _MOST_BY_WEEK else "month"
    return as_frame(corpus, "hashtags", top=top, by=by), by


def _posts(rows: DataFrame, every: DatetimeIndex, there: np.ndarray) -> np.ndarray:
    """The posts of each period: 0 where other tags alone have a row, NaN where the data has nothing from that time."""
    import numpy as np

    given = rows.set_index("period")["posts"].astype("Float64").groupby(level=0).sum(min_count=1)
    posts = given.reindex(every).to_numpy(dtype=float, na_value=float("nan"))
    return np.where(there & ~every.isin(given.index), 0.0, posts)


def _has_gaps(rows: list[np.ndarray]) -> bool:
    import numpy as np

    return any(bool(np.isnan(posts).any()) for posts in rows)


def _peak(posts: np.ndarray) -> int:
    """The first period of most posts."""
    import numpy as np

    return int(np.nan_to_num(posts, nan=-1).argmax())


def _total(posts: np.ndarray) -> int:
    import numpy as np

    return int(np.nansum(posts))


def _peak_words(tag: str, posts: np.ndarray, every: DatetimeIndex, by: str, ui: str) -> str:
    at = _peak(posts)
    most = 0 if posts[at] != posts[at] else int(posts[at])
    words = {"tag": isolate(f"#{tag}"), "total": f"{_total(posts):,}", "most": f"{most:,}"}
    return say(ui, "chart.peak", when=when(every[at], by, ui), **words)


def _draw_rows(axes: Axes, tags: list[str], rows: list[np.ndarray]) -> None:
    """Each hashtag's steps above its own line, its peak and the number of it; a period that the data lacks is a gap."""
    import numpy as np

    scale = max(1.0, *(float(np.nan_to_num(posts).max()) for posts in rows)) * _ROOM
    for place, (tag, posts) in enumerate(zip(tags, rows, strict=True)):
        colour = style.COLOURS[script_kind(tag)]
        floor = len(tags) - 1 - place
        steps = floor + posts / scale
        axes.stairs(steps, baseline=floor, fill=True, color=colour, alpha=0.2, linewidth=0)
        axes.stairs(np.where(np.isnan(posts), np.nan, floor), baseline=None, color=style.RULE, linewidth=0.7)
        axes.stairs(steps, baseline=None, color=colour, linewidth=1.6, joinstyle="miter")
        at = _peak(posts)
        if posts[at] > 0:
            top = floor + posts[at] / scale
            axes.plot([at + 0.5], [top], "o", color=colour, markersize=4.5)
            _write(axes, f"{int(posts[at]):,}", (at + 0.5, top), (0, 5), "data", ha="center")
        axes.set_ylim(-0.08, len(tags))


def _write(axes: Axes, words: str, at: tuple[float, float], by: tuple[float, float], x: str, **where: str) -> None:
    axes.annotate(
        words, at, xycoords=(x, "data"), xytext=by, textcoords="offset points",
        **style.text_style("", fontsize=9 if x == "data" else 10, color=style.MUTED, **where),
    )  # fmt: skip


def _name_rows(axes: Axes, words: list[str], rows: list[np.ndarray], ui: str) -> None:
    """Names where a row begins, and its posts in all where it ends."""
    mirrored = ui in RIGHT_TO_LEFT
    style.bare(axes)
    axes.set_xlim((len(rows[0]), 0) if mirrored else (0, len(rows[0])))
    if mirrored:
        axes.yaxis.tick_right()
    middles = [len(words) - 1 - place + 0.25 for place in range(len(words))]
    axes.set_yticks(middles, [label(each) for each in words])
    for text, each in zip(axes.get_yticklabels(), words, strict=True):
        text.set(**style.text_style(each, fontsize=10.5), color=style.INK)
    for posts, middle in zip(rows, middles, strict=True):
        end, off, side = (0, -8, "right") if mirrored else (1, 8, "left")
        _write(axes, f"{_total(posts):,}", (end, middle), (off, 0), "axes fraction", va="center", ha=side)


def _name_periods(axes: Axes, every: DatetimeIndex, by: str, ui: str) -> None:
    """Times below the rows: an hour is named where it begins, another period in its middle."""
    from matplotlib.transforms import ScaledTranslation

    named = tick_names(every, by, ui)
    # Two lines each, the second often empty, and all on one baseline, for letters of two scripts differ in height.
    pairs = [[*lines, ""][:2] for lines in named.values()]
    words = [paragraph(lines, right_to_left=ui in RIGHT_TO_LEFT) for lines in pairs]
    axes.set_xticks([at + (0 if by == "hour" else 0.5) for at in named], words)
    axes.tick_params(axis="x", length=3, color=style.MUTED)
    down = ScaledTranslation(0, -_LINES / 72, style.whole(axes).dpi_scale_trans)
    for text, each in zip(axes.get_xticklabels(), words, strict=True):
        text.set(**style.text_style(each, fontsize=9, color=style.MUTED))
        text.set(va="baseline", transform=text.get_transform() + down)


def _hatch(axes: Axes, every: DatetimeIndex, partial: Any) -> None:
    """Hatching over periods that the data covers in part."""
    for at in sorted(set(every.get_indexer(partial).tolist())):
        axes.axvspan(at, at + 1, facecolor="none", edgecolor=style.RULE, hatch="///", alpha=0.35)
