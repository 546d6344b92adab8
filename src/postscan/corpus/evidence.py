"""The uses behind a figure: where each stands, and the words around it; their number is the figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from postscan.corpus.countable import COUNTABLES, MATCHES, Countable
from postscan.corpus.counting import chosen_uses
from postscan.corpus.database import query
from postscan.folding import hashtag_key, search_fold
from postscan.model import PostscanError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

CRITERIA = {
    "tag": "hashtags",
    "handle": "handles",
    "link": "links",
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
    database: duckdb.DuckDBPyConnection,
    wanted: Mapping[str, str],
    *,
    group: str | None = None,
    where: str | None = None,
    count: str | None = None,
) -> pd.DataFrame:
    """A row for every use of what is wanted (`CRITERIA` to values), in posts that have all of it, in input order.

    `group` tells rows of one key apart where the table has such a column ("named", "photo", ...). Raises PostscanError
    where nothing is wanted, or `count` or `where` is wrong.
    """
    if not wanted:
        raise PostscanError(f"evidence of what? Name one of {', '.join(CRITERIA)}")
    parts, values = [], []
    for name, value in wanted.items():
        thing = COUNTABLES[CRITERIA[name]]
        role = thing.count if count is None else count
        if role not in MATCHES:
            raise PostscanError(f"count={role!r}: it can be {', '.join(MATCHES)}")
        grouped = f' AND "{thing.group}" = ?' if thing.group and group is not None else ""
        values += [name, _find_key(database, thing, name, value), *([group] if grouped else [])]
        parts.append(
            f"""SELECT ? AS what, post, seq, n, key, written, role, "start", "end"
            FROM ({chosen_uses(thing, role, where)}) WHERE taken AND key = ?{grouped}"""  # noqa: S608
        )
    return query(
        database,
        f"""WITH found AS ({" UNION ALL ".join(parts)}),
        complete AS (SELECT post FROM found GROUP BY post HAVING count(DISTINCT what) = {len(wanted)})
        SELECT what, key, p.id, p.path, p.record, p.url, p.created, role, written, "start", "end",
            trim(regexp_replace(substr(text, greatest(coalesce("start", 0) - {_AROUND}, 0) + 1,
                coalesce("end" - "start", {_AROUND}) + {_AROUND} + least(coalesce("start", 0), {_AROUND})),
                '\\s+', ' ', 'g')) AS around, found.post
        FROM found JOIN complete USING (post) JOIN posts p USING (post) ORDER BY seq, "start", what, n""",  # noqa: S608
        values,
    ).astype({"record": "Int64", "start": "Int64", "end": "Int64"})


def _find_key(database: duckdb.DuckDBPyConnection, thing: Countable, name: str, value: str) -> str:
    """The key that a value means: itself where it is one, else folded as that kind of key is."""
    plain = value.removeprefix("@") if name in ("handle", "account") else value
    folded = [hashtag_key(plain)] if name == "tag" else [plain, plain.casefold(), search_fold(plain).text]
    for key in (value, *folded):
        if not query(database, f"SELECT 1 FROM ({thing.uses}) WHERE key = ? LIMIT 1", [key]).empty:  # noqa: S608
            return key
    return folded[0]
