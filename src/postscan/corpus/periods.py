"""Periods: hours, days, weeks and months of the view's zone, zeros among them, and what the data does not cover."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from postscan.corpus.database import query
from postscan.corpus.selection import bounds, check, gap_spans
from postscan.corpus.sentences import period_sentence
from postscan.corpus.uses import NUMBERS, UNITS, WEIGHTS, Counting, figures_query, number_of, uses_query, weighed
from postscan.corpus.views import View
from postscan.model import PostscanError

if TYPE_CHECKING:
    import pandas as pd

PERIODS = {
    "hour": "date_trunc('hour', time)",
    "day": "day::TIMESTAMP",
    "week": "date_trunc('week', day)::TIMESTAMP",
    "month": "date_trunc('month', day)::TIMESTAMP",
}
"""The values of `by`, and the beginning of a post's period; weeks begin on Monday."""
_STEPS = {"hour": "h", "day": "D", "week": "W-MON", "month": "MS"}
MOST_ROWS = 2_000_000
"""Of a table that is filled with zeros."""


def count_periods(view: View, by: str, *, unit: str = "post", weight: str | None = None) -> pd.DataFrame:
    """Posts of each period, zeros among them; `partial` where the data does not cover it whole, NA in a named gap."""
    check("by", by, PERIODS)
    check("unit", unit, UNITS)
    if weight is not None:
        check("weight", weight, WEIGHTS)
    measures = {"posts": "count(*)"}
    if unit == "story":
        measures = {"stories": "sum(stories)::BIGINT"} | measures
    if weight is not None:
        measures = {weight: weighed(weight)} | measures
    source = f"{view.counted} JOIN ({number_of(weight)}) posts USING (post)" if weight else view.counted
    sums = ", ".join(f'{expression} AS "{name}"' for name, expression in measures.items())
    found = query(
        view.database,
        f"SELECT {PERIODS[by]} AS period, {sums} FROM {source} WHERE {PERIODS[by]} IS NOT NULL GROUP BY 1",  # noqa: S608
    )
    frame = find_periods(view, by).merge(found, how="left", on="period")
    frame = frame.fillna(dict.fromkeys(measures, 0)).astype(dict.fromkeys(measures, "int64"))
    frame = _open_gaps(view, frame[["period", *measures, "partial"]], list(measures), by)
    frame.attrs["sentence"] = period_sentence(view, by, weight)
    return frame


def find_periods(view: View, by: str) -> pd.DataFrame:
    """Every period from the first to the last that the data and the bounds of the view cover, and which are `partial`.

    What the data covers is what the run's posts say, whichever of them the view has.
    """
    import pandas as pd

    begin, end = _covered(view, by)
    if begin is None or end is None or begin >= end:
        return pd.DataFrame({"period": pd.Series(dtype="datetime64[us]"), "partial": pd.Series(dtype=bool)})
    first = _floor(begin, by)
    periods = pd.date_range(first, end - dt.timedelta(microseconds=1), freq=_STEPS[by], unit="us")
    frame = pd.DataFrame({"period": periods})
    frame["partial"] = (frame["period"] < begin) | (frame["period"] + _length(by) > end)
    return frame


def _covered(view: View, by: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    start, end = bounds(view.selection)
    unit, step = ("hour", "1 HOUR") if by == "hour" else ("day", "1 DAY")
    found = view.database.execute(
        f"SELECT min({PERIODS[unit]}), max({PERIODS[unit]}) + INTERVAL {step} FROM dated"  # noqa: S608
    ).fetchall()[0]
    first, last = found
    if first is None:
        return None, None
    return max(filter(None, (first, start))), min(filter(None, (last, end)))


def _floor(moment: dt.datetime, by: str) -> dt.datetime:
    if by == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    day = dt.datetime.combine(moment, dt.time())
    if by == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day


def _length(by: str) -> Any:
    import pandas as pd

    return {
        "hour": pd.DateOffset(hours=1), "day": pd.DateOffset(days=1), "week": pd.DateOffset(weeks=1),
        "month": pd.DateOffset(months=1),
    }[by]  # fmt: skip


def add_periods(
    view: View, how: Counting, overall: pd.DataFrame, by: str, *, top: int | None, top_in: str
) -> pd.DataFrame:
    """The rows of an overall table, period by period.

    With `top` a table that was cut so has a row of zeros in every period without uses (`top_in` "overall"), or each
    period has its own first rows ("period"). Raises PostscanError for more rows of zeros than memory takes.
    """
    of_letters = "letters" in overall and not how.measures
    figures = [*(["letters"] if of_letters else []), *how.measures, *NUMBERS]
    fixed = [name for name in overall if name not in {*figures, "letters", "share", "variants", "folded"}]
    filled = top is not None and top_in == "overall"
    found = _figures(view, how, by, overall if filled else None, None if filled else top)
    found = found[["period", *how.keys, *figures]]
    wholes = count_periods(view, by, unit=how.unit, weight=how.weight).set_index("period")
    if filled:
        if len(wholes) * len(overall) > MOST_ROWS:
            raise PostscanError(
                f"by={by!r}: that is {len(wholes):,} periods of {len(overall):,} rows; name since and until, a longer "
                "period or a smaller top"
            )
        frame = overall[fixed].merge(wholes.reset_index()[["period"]], how="cross")
        frame = frame.merge(found, how="left", on=["period", *how.keys])
        frame = frame.fillna(dict.fromkeys(figures, 0)).astype(dict.fromkeys(figures, "int64"))
    else:
        frame = overall[fixed].merge(found, how="inner", on=list(how.keys))
    of = "letters" if of_letters else next(iter(how.measures), "posts")
    whole = _letters(view, how, by) if of_letters else wholes[of]
    frame["share"] = frame[of] / frame["period"].map(whole).fillna(0).clip(lower=1).astype("float64")
    frame["partial"] = frame["period"].map(wholes["partial"])
    order = ["period", *how.measures, "posts", "uses", *reversed(how.keys)]
    falling = {*how.measures, "posts", "uses"}
    rising = [name not in falling for name in order]
    frame = frame.sort_values(order, ascending=rising, kind="stable", ignore_index=True)
    return _open_gaps(view, frame[["period", *fixed, *figures, "share", "partial"]], figures, by)


def _figures(view: View, how: Counting, by: str, rows: pd.DataFrame | None, top: int | None) -> pd.DataFrame:
    """The figures of each key in each period where it counts; of some `rows` wherever they are used at all.

    With `top` the first rows of each period.
    """
    keys = ", ".join(f'"{each}"' for each in how.keys)
    wanted, values = "WHERE posts > 0", []
    if rows is not None:
        lists = ", ".join(f'unnest(?) AS "{each}"' for each in how.keys)
        wanted = f"SEMI JOIN (SELECT {lists}) USING ({keys})"
        values = [rows[each].tolist() for each in how.keys]
    first = f" QUALIFY row_number() OVER (PARTITION BY period ORDER BY {how.order}) <= {int(top)}" if top else ""
    return query(
        view.database,
        f"""WITH chosen AS NOT MATERIALIZED ({uses_query(view, how)}),
        figures AS ({figures_query(how, period=PERIODS[by])})
        FROM figures {wanted}{first}""",
        values,
    )


def _letters(view: View, how: Counting, by: str) -> pd.Series[int]:
    """The letters of each period, whatever their language."""
    return query(
        view.database,
        f"""SELECT {PERIODS[by]} AS period, sum(letters)::BIGINT AS letters FROM ({uses_query(view, how)})
        WHERE taken AND {PERIODS[by]} IS NOT NULL GROUP BY 1""",  # noqa: S608
    ).set_index("period")["letters"]


def _open_gaps(view: View, frame: pd.DataFrame, figures: list[str], by: str) -> pd.DataFrame:
    """The table with NA for the zeros of periods that lie wholly in a gap that the user named."""
    import pandas as pd

    if not view.selection.gaps:
        return frame
    frame = frame.astype(dict.fromkeys(figures, "Int64"))
    ends = frame["period"] + _length(by)
    missing = pd.Series(data=False, index=frame.index)
    for start, end in gap_spans(view.selection):
        missing |= (frame["period"] >= start) & (ends <= end)
    frame.loc[missing & (frame["posts"] == 0), [*figures, *(["share"] if "share" in frame else [])]] = pd.NA
    return frame
