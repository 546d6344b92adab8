"""The uses behind a figure: where each stands, and the words around it; their number is the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from postscan.corpus.database import query
from postscan.corpus.moments import find_span
from postscan.corpus.uses import Counting, find_counting, uses_query
from postscan.corpus.views import View, inside
from postscan.folding import hashtag_key, search_fold
from postscan.model import PostscanError

if TYPE_CHECKING:
    import pandas as pd

CRITERIA = {
    "tag": "hashtags",
    "suspicious_tag": "suspicious_tags",
    "handle": "handles",
    "link": "links",
    "written_link": "written_links",
    "domain": "domains",
    "emoji": "emoji",
    "account": "embedded_accounts",
    "source": "source_counts",
    "poster": "posters",
    "platform": "platforms",
    "language": "language_shares",
    "rule": "rules",
}
"""What evidence can be asked for, and the table whose figures it stands behind."""
_AROUND = 40


def find_evidence(
    view: View,
    wanted: Mapping[str, str | Sequence[str]],
    *,
    period: str | None = None,
    group: str | None = None,
    count: str | None = None,
    merge: str = "spelling",
) -> pd.DataFrame:
    """A row for every use of what is wanted (`CRITERIA` to values), in posts that have all of it, in input order.

    Of several values of one kind a post has any. With a `period` alone a row is a post. `group` tells rows of one key
    apart where the table has such a column ("named", "photo", ...). Raises PostscanError where nothing is wanted, or an
    option is wrong.
    """
    if not wanted and period is None:
        raise PostscanError(f"evidence of what? Name one of {', '.join(CRITERIA)} or period")
    parts, values = [], []
    for name, value in wanted.items():
        how = find_counting(CRITERIA[name], count=count, merge=merge)
        keys = _find_keys(view, how, name, [value] if isinstance(value, str) else value)
        grouped = f' AND "{how.thing.group}" = ?' if how.thing.group and group is not None else ""
        values += [name, keys, *([group] if grouped else [])]
        column = f'"{how.thing.group}"' if how.thing.group else "NULL"
        parts.append(
            f"""SELECT ? AS what, post, seq, day, time, n, key, {column} AS "group", written, role,
                story, "start", "end"
            FROM ({uses_query(view, how)}) WHERE taken AND list_contains(?, key){grouped}"""  # noqa: S608
        )
    if not wanted:
        values = [period]
        parts = [
            f"""SELECT 'period' AS what, post, seq, day, time, 0 AS n, ? AS key, NULL AS "group", NULL AS written,
                'own' AS role, NULL::INTEGER AS story, NULL::INTEGER AS "start", NULL::INTEGER AS "end"
            FROM {view.counted}"""  # noqa: S608
        ]
    return query(
        view.database,
        f"""WITH found AS (FROM ({" UNION ALL ".join(parts)}) WHERE {_during(period)}),
        complete AS (SELECT post FROM found GROUP BY post HAVING count(DISTINCT what) = {max(1, len(wanted))})
        SELECT what, key, "group", p.id, p.path, p.record, p.url, p.created,
            coalesce(strftime(found.time, '%Y-%m-%dT%H:%M:%S'), found.day::VARCHAR) AS date,
            role, story, written, "start", "end",
            trim(regexp_replace(substr(text, greatest(coalesce("start", 0) - {_AROUND}, 0) + 1,
                coalesce("end" - "start", {_AROUND}) + {_AROUND} + least(coalesce("start", 0), {_AROUND})),
                '\\s+', ' ', 'g')) AS around, found.post
        FROM found JOIN complete USING (post) JOIN posts p USING (post)
        ORDER BY seq, "start", what, n, key, "group" """,  # noqa: S608
        values,
    ).astype({"record": "Int64", "story": "Int64", "start": "Int64", "end": "Int64"})


def _during(period: str | None) -> str:
    if period is None:
        return "true"
    start, end = find_span(period, "period")
    if start.tzinfo:
        raise PostscanError(f"period={period!r}: leave its zone out; it is in the one that is chosen with tz")
    return f"coalesce({inside(start, end)}, false)"


def _find_keys(view: View, how: Counting, name: str, values: Sequence[str]) -> list[str]:
    """The keys that values mean: each itself where it is one, else folded as that kind of key is."""
    meant = {value: [value, *_folded(how, name, value)] for value in values}
    known = query(
        view.database,
        f"SELECT DISTINCT key FROM ({uses_query(view, how)}) WHERE list_contains(?, key)",  # noqa: S608
        [list({key for keys in meant.values() for key in keys})],
    )
    there = set(known["key"])
    return list(dict.fromkeys(next((key for key in keys if key in there), value) for value, keys in meant.items()))


def _folded(how: Counting, name: str, value: str) -> list[str]:
    """What a written form may be as a key."""
    signs = {"hashtags": "#\N{FULLWIDTH NUMBER SIGN}", "suspicious_tags": "#\N{FULLWIDTH NUMBER SIGN}",
             "handles": "@", "embedded_accounts": "@"}.get(CRITERIA[name], "")  # fmt: skip
    plain = value.lstrip(signs) if signs else value
    if how.merge == "none":
        return [plain]
    if how.merge == "case":
        return [plain.lower()]
    if name in ("tag", "suspicious_tag"):
        return [hashtag_key(plain)]
    return [plain, plain.casefold(), search_fold(plain).text]
