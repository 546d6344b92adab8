"""The one sentence under a table or chart: what was counted, of how many posts, what was left out and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postscan.corpus.countable import ROLES, Countable
from postscan.corpus.database import query

if TYPE_CHECKING:
    import duckdb

_PLACES = {
    "own": "in the posts' own words (headline, dateline, body, caption, tags)",
    "embedded": "in embedded posts",
    "brand": "that are the poster's own brand",
    "other": "in teasers, bylines and boilerplate",
    "all": "anywhere in the posts",
}
_LEFT = {
    "own": "in own words",
    "embedded": "in embedded posts",
    "brand": "as the poster's own brand",
    "other": "in teasers, bylines and boilerplate",
}


def posts_where(where: str | None) -> str:
    """The condition that a post meets the user's own one, which is SQL over the columns of `posts`."""
    return f" WHERE post IN (SELECT post FROM posts WHERE (\n{where}\n))" if where else ""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Totals:
    """What a table of counts is made from."""

    posts: int
    """Posts that were looked at."""
    reposts: int
    duplicates: int
    undated: int
    """Posts without a plausible day."""
    implausible: int
    """Those of them whose day cannot be true."""
    first: dt.date | None
    last: dt.date | None
    repeated: int
    """Records of the run that do not count, for a later one has their platform and id."""
    uses: Mapping[str, int]
    """Uses in these posts, by role."""


def find_totals(database: duckdb.DuckDBPyConnection, chosen: str, where: str | None) -> Totals:
    """The totals of the posts that meet a condition, and of the chosen uses in them."""
    posts = query(
        database,
        f"""SELECT count(*) AS posts, count(*) FILTER (repost) AS reposts, count(*) FILTER (duplicate) AS duplicates,
            count(*) FILTER (day IS NULL) AS undated, count(*) FILTER (implausible) AS implausible,
            min(day)::VARCHAR AS first, max(day)::VARCHAR AS last, (SELECT count(*) FROM repeated) AS repeated
        FROM counted{posts_where(where)}""",  # noqa: S608
    ).iloc[0]
    uses = query(database, f"SELECT role, count(*) AS uses FROM ({chosen}) GROUP BY role")  # noqa: S608
    found = dict(zip(uses["role"], uses["uses"], strict=True))
    dated = posts["undated"] < posts["posts"]
    return Totals(
        posts=int(posts["posts"]),
        reposts=int(posts["reposts"]),
        duplicates=int(posts["duplicates"]),
        undated=int(posts["undated"]),
        implausible=int(posts["implausible"]),
        first=dt.date.fromisoformat(posts["first"]) if dated else None,
        last=dt.date.fromisoformat(posts["last"]) if dated else None,
        repeated=int(posts["repeated"]),
        uses={role: int(found.get(role, 0)) for role in ROLES},
    )


def sentence(
    thing: Countable, count: str, totals: Totals, run_id: str, *, where: str | None = None, by: str | None = None
) -> str:
    """The sentence, made from the options and totals alone."""
    what = f"{thing.noun} {thing.of}" if count == thing.count == "all" else f"{thing.noun} {_PLACES[count]} of"
    parts = [f"{what[0].upper()}{what[1:]} {_number(totals.posts, 'post')}{_where(where)}"]
    if thing.note:
        parts.append(thing.note)
    left = [
        f"{totals.uses[role]:,} {_LEFT[role]}" for role in ROLES if totals.uses[role] and role not in (count, "all")
    ]
    if left and count != "all":
        parts.append(f"left out: {', '.join(left)}")
    parts += _about_posts(totals)
    parts.append(_period(totals, by))
    return f"{'; '.join(parts)}; run {run_id}."


def _about_posts(totals: Totals) -> list[str]:
    parts = []
    included = [
        _number(n, noun) for n, noun in ((totals.reposts, "repost"), (totals.duplicates, "exact duplicate")) if n
    ]
    if included:
        parts.append(f"{' and '.join(included)} included")
    if totals.repeated:
        parts.append(f"{_number(totals.repeated, 'record')} left out for a later one with the same platform and id")
    return parts


def _period(totals: Totals, by: str | None) -> str:
    if totals.first is None or totals.last is None:
        return "no post has a date"
    days = f"{totals.first} to {totals.last}" if totals.first != totals.last else f"{totals.first}"
    doubtful = f", {totals.implausible:,} of them by an implausible date" if totals.implausible else ""
    undated = f" ({totals.undated:,} undated{doubtful}{', left out' if by else ''})" if totals.undated else ""
    return f"{days}{undated}, days as the posts give them"


def _where(where: str | None) -> str:
    return f" where {' '.join(where.split())}" if where else ""


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
