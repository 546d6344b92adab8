"""The posts that a selection leaves, as a table of the database, and how many there are of each sort."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postscan.corpus.database import PLAUSIBLE, query
from postscan.corpus.selection import Selection, bounds
from postscan.dates.zones import transitions

if TYPE_CHECKING:
    import duckdb

COUNTED = "counted"
NARROWED = "narrowed"
"""The table of a view, and that of the condition of one call."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The posts of a view, and those that its selection left out."""

    posts: int
    reposts: int
    duplicates: int
    stories: int
    undated: int
    """Posts without a plausible day."""
    implausible: int
    """Those of them whose day cannot be true."""
    days_alone: int
    """Posts whose day is known and whose time is not."""
    zoneless: int
    """Posts whose time has no zone."""
    first: dt.date | None
    last: dt.date | None
    repeated: int
    """Records of the run that do not count, for a later one has their platform and id."""
    left_by_reposts: int
    left_by_duplicates: int
    left_undated: int
    left_uncertain: int
    """Posts whose day alone is known, and in which a bound lies."""


@dataclass(frozen=True, slots=True)
class View:
    """What is counted from: the posts of a selection in a table of a database."""

    database: duckdb.DuckDBPyConnection
    selection: Selection
    totals: Totals
    run_id: str
    ui: str
    counted: str = COUNTED
    """A table of posts: post, seq, day, time, implausible, zoneless, repost, duplicate, stories, words_key."""


def open_view(
    database: duckdb.DuckDBPyConnection, selection: Selection, run_id: str, ui: str, counted: str = COUNTED
) -> View:
    """The view of a selection, its table made; what it needs of the reading of time is there, or is made (`COUNTED`).

    Raises PostscanError for a condition that DuckDB refuses.
    """
    if counted == COUNTED:
        _read_times(database, selection)
    return View(database, selection, _choose_posts(database, selection, counted), run_id, ui, counted)


def _read_times(database: duckdb.DuckDBPyConnection, selection: Selection) -> None:
    """Make `dated`: every post that counts with its day and time in the zone of the selection, by its choice of dates.

    A day alone is the same day everywhere, and a time without a zone stays as it is written.
    """
    chain = ", ".join(f"('{link}', {place})" for place, link in enumerate(selection.dates))
    shifted, zone = "time", ""
    if selection.tz:
        moves = transitions(selection.tz)
        rows = [("-infinity", moves[0][1]), *((start.isoformat(), offset) for start, offset in moves[1:])]
        values = ", ".join(f"(TIMESTAMP '{start}', {offset})" for start, offset in rows)
        zone = f'ASOF LEFT JOIN (VALUES {values}) zone("start", east) ON time - to_seconds("offset") >= zone."start"'
        shifted = 'CASE WHEN "offset" IS NULL THEN time ELSE time - to_seconds("offset") + to_seconds(east) END'
    query(
        database,
        f"""CREATE OR REPLACE TEMP TABLE dated AS
        WITH chain AS (FROM (VALUES {chain}) chain(link, place)),
        said AS (
            SELECT post, unnest(arg_min({{'day': day, 'time': time, 'offset': "offset"}}, place))
            FROM dates JOIN chain USING (link) GROUP BY post
        ),
        here AS (
            SELECT placed.*, day, "offset", {shifted} AS time FROM placed LEFT JOIN said USING (post) {zone}
        ),
        plain AS (SELECT * REPLACE (coalesce(time::DATE, day) AS day) FROM here),
        judged AS (SELECT *, day BETWEEN DATE '{PLAUSIBLE[0]}' AND DATE '{PLAUSIBLE[1]}' AS plausible FROM plain)
        SELECT post, seq, CASE WHEN plausible THEN day END AS day, CASE WHEN plausible THEN time END AS time,
            coalesce(NOT plausible, false) AS implausible,
            coalesce(plausible AND time IS NOT NULL AND "offset" IS NULL, false) AS zoneless,
            repost, stories, words_key
        FROM judged""",  # noqa: S608
    )


def inside(start: dt.datetime | None, end: dt.datetime | None) -> str:
    """The condition that a post is of a time: at its moment, or, where its day alone is known, with that whole day."""
    parts = []
    if start:
        parts.append(f"coalesce(time >= TIMESTAMP '{start}', day >= TIMESTAMP '{start}')")
    if end:
        parts.append(f"coalesce(time < TIMESTAMP '{end}', day + INTERVAL 1 DAY <= TIMESTAMP '{end}')")
    return " AND ".join(parts) or "true"


def _cut(start: dt.datetime | None, end: dt.datetime | None) -> str:
    """The condition that a moment lies within the day of a post whose day alone is known."""
    parts = [f"day = DATE '{moment.date()}'" for moment in (start, end) if moment and moment.time() != dt.time()]
    return f"time IS NULL AND ({' OR '.join(parts)})" if parts else "false"


def _choose_posts(database: duckdb.DuckDBPyConnection, selection: Selection, name: str) -> Totals:
    """Make the table of the posts that a selection leaves; how many there are, and how many it left out."""
    start, end = bounds(selection)
    bounded = bool(start or end)
    wanted = {"with": "true", "without": "NOT repost", "only": "repost"}[selection.reposts]
    met = " AND ".join(f"post IN (SELECT post FROM posts WHERE (\n{each}\n))" for each in selection.where)  # noqa: S608
    query(
        database,
        f"""CREATE OR REPLACE TEMP TABLE flagged AS
        SELECT *, {wanted} AS wanted, coalesce({inside(start, end)}, false) AS inside,
            coalesce({_cut(start, end)}, false) AS uncertain
        FROM dated WHERE {met or "true"}""",  # noqa: S608
    )
    left = _row(
        database,
        """SELECT count(*) FILTER (inside AND NOT wanted) AS reposts,
            count(*) FILTER (wanted AND day IS NULL) AS undated,
            count(*) FILTER (wanted AND uncertain AND NOT inside) AS uncertain,
            count(*) FILTER (wanted AND inside) AS kept FROM flagged""",
    )
    once = " WHERE NOT duplicate" if selection.duplicates == "without" else ""
    query(
        database,
        f"""CREATE OR REPLACE TEMP TABLE {name} AS
        WITH chosen AS (SELECT * FROM flagged WHERE wanted AND inside),
        firsts AS (
            SELECT words_key, min(seq) AS first FROM chosen WHERE words_key IS NOT NULL
            GROUP BY words_key HAVING count(*) > 1
        )
        SELECT * FROM (
            SELECT post, seq, day, time, implausible, zoneless, repost, stories,
                coalesce(seq > first, false) AS duplicate
            FROM chosen LEFT JOIN firsts USING (words_key)
        ){once}""",  # noqa: S608
    )
    query(database, "DROP TABLE flagged")
    return _total(database, name, left, bounded=bounded)


def _total(database: duckdb.DuckDBPyConnection, name: str, left: dict[str, Any], *, bounded: bool) -> Totals:
    found = _row(
        database,
        f"""SELECT count(*) AS posts, count(*) FILTER (repost) AS reposts, count(*) FILTER (duplicate) AS duplicates,
            coalesce(sum(stories), 0)::BIGINT AS stories, count(*) FILTER (day IS NULL) AS undated,
            count(*) FILTER (implausible) AS implausible,
            count(*) FILTER (day IS NOT NULL AND time IS NULL) AS days_alone, count(*) FILTER (zoneless) AS zoneless,
            min(day) AS first, max(day) AS last,
            (SELECT count(*) FROM repeated WHERE later IN (SELECT post FROM {name})) AS repeated
        FROM {name}""",  # noqa: S608
    )
    return Totals(
        posts=int(found["posts"]),
        reposts=int(found["reposts"]),
        duplicates=int(found["duplicates"]),
        stories=int(found["stories"]),
        undated=int(found["undated"]),
        implausible=int(found["implausible"]),
        days_alone=int(found["days_alone"]),
        zoneless=int(found["zoneless"]),
        first=found["first"],
        last=found["last"],
        repeated=int(found["repeated"]),
        left_by_reposts=int(left["reposts"]),
        left_by_duplicates=int(left["kept"]) - int(found["posts"]),
        left_undated=int(left["undated"]) if bounded else 0,
        left_uncertain=int(left["uncertain"]),
    )


def _row(database: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """The one row of a query, as Python's own values."""
    answer = database.execute(sql)
    names = [column[0] for column in answer.description or ()]
    return dict(zip(names, answer.fetchall()[0], strict=True))
