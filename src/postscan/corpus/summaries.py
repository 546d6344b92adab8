"""What a run read and kept, in figures for the terminal and the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postscan.corpus.database import query
from postscan.corpus.sentences import find_totals
from postscan.languages import multilingual_index
from postscan.reading import Notes

if TYPE_CHECKING:
    import duckdb

_MOST_KINDS = 1000
_NO_USES = "SELECT NULL::VARCHAR AS role LIMIT 0"


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read; read = kept + skipped + problems."""

    run_id: str
    files: int
    read: int
    kept: int
    skipped: Mapping[str, int]
    """By reason, most first."""
    problems: Mapping[str, int]
    """By message, most first; messages name their file."""
    counted: int
    """Posts that counts are made of: one a platform and id."""
    repeated: int
    """Records that do not count, for a later one has their platform and id."""
    reposts: int
    duplicates: int
    """Counted posts whose words an earlier one has."""
    first: dt.date | None
    last: dt.date | None
    undated: int
    """Counted posts without a plausible day."""
    implausible: int
    """Those of them whose day is before 1990 or after 2099."""
    languages: Mapping[str, int]
    """Counted posts by their language, most first."""
    encodings: Mapping[str, int]
    """Files by the encoding that was guessed for them, most first."""
    remarks: tuple[str, ...]
    """What else reading noted, a sentence each."""


def summarise(database: duckdb.DuckDBPyConnection, run: Mapping[str, Any]) -> Summary:
    """The summary of a run over its tables."""
    totals = find_totals(database, _NO_USES, None)
    notes = Notes.from_rows(run["notes"])
    encodings = {row["detail"]: row["count"] for row in run["notes"] if row["kind"] == "encoding"}
    return Summary(
        run_id=run["digest"][:10],
        files=run["counts"]["files"],
        read=run["counts"]["read"],
        kept=run["counts"]["kept"],
        skipped=_tally(database, "SELECT reason AS what FROM skipped"),
        problems=_tally(database, "SELECT message AS what FROM problems"),
        counted=totals.posts,
        repeated=totals.repeated,
        reposts=totals.reposts,
        duplicates=totals.duplicates,
        first=totals.first,
        last=totals.last,
        undated=totals.undated,
        implausible=totals.implausible,
        languages=_tally(database, "SELECT language AS what FROM posts JOIN counted USING (post)"),
        encodings=dict(sorted(encodings.items(), key=lambda item: (-item[1], item[0]))),
        remarks=(*notes.sentences(), *_undetected(database, run)),
    )


def _undetected(database: duckdb.DuckDBPyConnection, run: Mapping[str, Any]) -> tuple[str, ...]:
    """How many letters fitted none of the languages that the user named; nothing where all could be chosen."""
    named = run["options"]["detect"]
    if not named:
        return ()
    frame = query(
        database,
        """SELECT coalesce(sum(letters), 0) AS n FROM languages JOIN counted USING (post)
        WHERE code = 'und' AND NOT entity""",
    )
    return (f"{int(frame['n'].iloc[0]):,} letters fit none of {', '.join(named)} (und)",)


def code_mixing(database: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """The corpus's figures of code-mixing, from those of its counted posts and the letters of each language."""
    figures = query(
        database,
        """SELECT count(*) AS posts, count(*) FILTER (cmi > 0) AS mixed, coalesce(avg(cmi), 0) AS cmi,
            coalesce(avg(cmi) FILTER (cmi > 0), 0) AS cmi_mixed, coalesce(avg(i_index), 0) AS i_index
        FROM posts JOIN counted USING (post)""",
    ).iloc[0]
    letters = query(
        database,
        """SELECT code, sum(letters) AS n FROM languages JOIN counted USING (post) WHERE NOT entity GROUP BY code""",
    )
    spoken = {str(code): int(n) for code, n in zip(letters["code"], letters["n"], strict=True)}
    return {name: float(figures[name]) for name in figures.index} | {"m_index": multilingual_index(spoken)}


def _tally(database: duckdb.DuckDBPyConnection, sql: str) -> dict[str, int]:
    """How often each thing is there, most first; after the first thousand the rest is one, "…"."""
    grouped = f"SELECT what, count(*) AS n, sum(count(*)) OVER () AS whole FROM ({sql}) GROUP BY what"  # noqa: S608
    frame = query(database, f"{grouped} ORDER BY n DESC, what LIMIT {_MOST_KINDS}")
    found = {str(what): int(n) for what, n in zip(frame["what"], frame["n"], strict=True)}
    rest = int(frame["whole"].max()) - sum(found.values()) if found else 0
    return found | ({"…": rest} if rest else {})
