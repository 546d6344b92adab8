"""Tables of counts: one query for every thing that is counted, with the same arguments and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postscan.corpus.countable import COUNTABLES, MATCHES, ROLES, Countable
from postscan.corpus.database import query
from postscan.corpus.sentences import find_totals, posts_where, sentence
from postscan.model import PostscanError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

PERIODS = {
    "day": "day",
    "week": "date_trunc('week', day)::DATE",
    "month": "date_trunc('month', day)::DATE",
}
"""The values of `by`; weeks begin on Monday."""
_STEPS = {"day": "D", "week": "W-MON", "month": "MS"}
_FIGURES = ", ".join(
    [
        "count(DISTINCT post) FILTER (taken) AS posts",
        "count(*) FILTER (taken) AS uses",
        *(f"count(*) FILTER (role = '{role}') AS {role}" for role in ROLES),
        "count(*) FILTER (taken AND glued) AS glued",
        "count(*) FILTER (taken AND repost) AS in_reposts",
        "count(*) FILTER (taken AND duplicate) AS in_duplicates",
    ]
)
_NUMBERS = ("posts", "uses", *ROLES, "glued", "in_reposts", "in_duplicates")


def count_uses(
    database: duckdb.DuckDBPyConnection,
    name: str,
    run_id: str,
    *,
    top: int | None = None,
    where: str | None = None,
    count: str | None = None,
    by: str | None = None,
) -> pd.DataFrame:
    """The table of counts of a thing in `COUNTABLES`; arguments and columns are in `docs/counts.md`.

    Raises PostscanError for a value of `count` or `by` that there is not, and for a `where` that DuckDB refuses.
    """
    thing = COUNTABLES[name]
    count = thing.count if count is None else count
    _check("count", count, MATCHES)
    totals = find_totals(database, chosen_uses(thing, count, where), where)
    by_letters = any(name == "letters" for name, _ in thing.more)
    frame = _overall(database, thing, count, where, top=None if by_letters else top)
    _add_share(frame, totals.posts)
    if by_letters and top is not None:  # only now, for the share is of the letters of all
        frame = frame[frame["posts"] > 0].head(top).reset_index(drop=True)
    if by is not None:
        _check("by", by, PERIODS)
        frame = _by_period(database, thing, frame, count, where, by=by, fill=top is not None)
    frame.attrs["sentence"] = sentence(thing, count, totals, run_id, where=where, by=by)
    return frame


def _check(name: str, value: str, known: dict[str, str]) -> None:
    if value not in known:
        raise PostscanError(f"{name}={value!r}: it can be {', '.join(known)}")


def chosen_uses(thing: Countable, count: str, where: str | None) -> str:
    """A query with a row for every use in a post that counts; `taken` says whether this `count` takes it."""
    return f"""SELECT u.*, c.seq, c.day, c.repost, c.duplicate, ({MATCHES[count]}) AS taken
        FROM ({thing.uses}) u JOIN counted c USING (post){posts_where(where)}"""  # noqa: S608


def _overall(
    database: duckdb.DuckDBPyConnection, thing: Countable, count: str, where: str | None, *, top: int | None
) -> pd.DataFrame:
    """A row a key, most posts first; with `top` only the first rows, and none that this count does not use."""
    group = f'"{thing.group}", ' if thing.group else ""
    more = "".join(f', {expression} AS "{name}"' for name, expression in thing.more)
    names = "".join(f', "{name}"' for name, _ in thing.more)
    limit = f"WHERE posts > 0 ORDER BY ALL_KEYS LIMIT {int(top)}" if top is not None else "ORDER BY ALL_KEYS"
    # The commonest form under this count is shown; a key that this count does not use shows its commonest of all.
    return query(
        database,
        f"""WITH chosen AS ({chosen_uses(thing, count, where)}),
        figures AS (SELECT {group}key, {_FIGURES}{more} FROM chosen GROUP BY {group}key),
        forms AS (
            SELECT {group}key, first(shown ORDER BY taken_uses DESC, all_uses DESC, shown) AS shown
            FROM (SELECT {group}key, shown, count(*) FILTER (taken) AS taken_uses, count(*) AS all_uses
                  FROM chosen GROUP BY ALL) GROUP BY ALL
        ),
        spellings AS (
            SELECT {group}key, CASE WHEN count(*) > 1 OR min(written) <> min(shown) THEN
                string_agg(written || ' (' || taken_uses || ')', '; ' ORDER BY taken_uses DESC, written) END AS variants
            FROM (SELECT {group}key, written, min(shown) AS shown, count(*) AS taken_uses
                  FROM chosen WHERE taken GROUP BY {group}key, written) GROUP BY {group}key
        )
        SELECT shown AS "{thing.column}", {group}key{names}, {", ".join(_NUMBERS)}, 0.0::DOUBLE AS share,
            coalesce(variants, '') AS variants
        FROM figures JOIN forms USING ({group}key) LEFT JOIN spellings USING ({group}key)
        {limit.replace("ALL_KEYS", f"posts DESC, uses DESC, key, {group}1")}""",  # noqa: S608
    )


def _add_share(frame: pd.DataFrame, posts: int) -> None:
    """Share of the counted posts; of the letters, where letters are counted."""
    parts, whole = (frame["letters"], frame["letters"].sum()) if "letters" in frame else (frame["posts"], posts)
    frame["share"] = (parts / whole) if whole else 0.0


def _by_period(
    database: duckdb.DuckDBPyConnection,
    thing: Countable,
    overall: pd.DataFrame,
    count: str,
    where: str | None,
    *,
    by: str,
    fill: bool,
) -> pd.DataFrame:
    """The rows of an overall table, period by period; with `fill` a period without uses has a row of zeros."""
    import pandas as pd

    keys = [thing.group, "key"] if thing.group else ["key"]
    group = ", ".join(f'"{key}"' for key in keys)
    found = query(
        database,
        f"""WITH chosen AS ({chosen_uses(thing, count, where)})
        SELECT {PERIODS[by]} AS period, {group}, {_FIGURES} FROM chosen WHERE day IS NOT NULL GROUP BY ALL""",  # noqa: S608
    )
    posts = count_periods(database, by, where).set_index("period")
    fixed = [name for name in overall.columns if name not in (*_NUMBERS, "letters", "share", "variants")]
    frame = overall[fixed]
    if fill:
        frame = frame.merge(pd.DataFrame({"period": posts.index}), how="cross")
        frame = frame.merge(found, how="left", on=["period", *keys])
        frame = frame.fillna(dict.fromkeys(_NUMBERS, 0)).astype(dict.fromkeys(_NUMBERS, "int64"))
    else:
        frame = frame.merge(found[found["posts"] > 0], how="inner", on=keys)
    frame["share"] = frame["posts"] / frame["period"].map(posts["posts"]).clip(lower=1)
    frame["partial"] = frame["period"].map(posts["partial"])
    frame = frame.sort_values(
        ["period", "posts", "uses", "key"], ascending=[True, False, False, True], kind="stable", ignore_index=True
    )
    return frame[["period", *fixed, *_NUMBERS, "share", "partial"]]


def count_periods(database: duckdb.DuckDBPyConnection, by: str, where: str | None = None) -> pd.DataFrame:
    """Posts of each period from the first to the last, zeros among them; `partial` where days of it are not covered."""
    import pandas as pd

    _check("by", by, PERIODS)
    found = query(
        database,
        f"""WITH dated AS (SELECT day, {PERIODS[by]} AS period FROM counted{posts_where(where)})
        SELECT period, count(*) AS posts, min(day) AS first, max(day) AS last
        FROM dated WHERE day IS NOT NULL GROUP BY period ORDER BY period""",  # noqa: S608
    )
    if found.empty:
        return pd.DataFrame({"period": found["period"], "posts": found["posts"], "partial": []}).astype(
            {"partial": bool}
        )
    periods = pd.date_range(
        found["period"].iloc[0], found["period"].iloc[-1], freq=_STEPS[by], unit=found["period"].dt.unit
    )
    frame = found.set_index("period")[["posts"]].reindex(periods, fill_value=0).rename_axis("period").reset_index()
    ends = frame["period"] + _length(by)
    first, last = found["first"].iloc[0], found["last"].iloc[-1]
    frame["partial"] = (frame["period"] < first) | (ends > last + pd.Timedelta(days=1))
    return frame


def _length(by: str) -> Any:
    import pandas as pd

    return {"day": pd.DateOffset(days=1), "week": pd.DateOffset(weeks=1), "month": pd.DateOffset(months=1)}[by]
