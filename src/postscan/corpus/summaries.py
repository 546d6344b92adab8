"""What a run read and kept, in figures for the terminal and the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postscan.corpus.database import query
from postscan.corpus.views import View
from postscan.languages import multilingual_index
from postscan.reading import Notes
from postscan.wording import count_of, say

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

_MOST_KINDS = 1000


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


def summarise(view: View, run: Mapping[str, Any]) -> Summary:
    """The summary of a run, and of the posts of a view of it."""
    database, totals = view.database, view.totals
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
        languages=_tally(database, f"SELECT language AS what FROM posts JOIN {view.counted} USING (post)"),  # noqa: S608
        encodings=dict(sorted(encodings.items(), key=lambda item: (-item[1], item[0]))),
        remarks=(*notes.sentences(), *_undetected(view, run)),
    )


def _undetected(view: View, run: Mapping[str, Any]) -> tuple[str, ...]:
    """How many letters fitted none of the languages that the user named; nothing where all could be chosen."""
    named = run["options"]["detect"]
    if not named:
        return ()
    frame = query(
        view.database,
        f"""SELECT coalesce(sum(letters), 0) AS n FROM languages JOIN {view.counted} USING (post)
        WHERE code = 'und' AND NOT entity""",  # noqa: S608
    )
    return (f"{int(frame['n'].iloc[0]):,} letters fit none of {', '.join(named)} (und)",)


def code_mixing(view: View) -> dict[str, float]:
    """The corpus's figures of code-mixing, from those of its counted posts and the letters of each language."""
    figures = query(
        view.database,
        f"""SELECT count(*) AS posts, count(*) FILTER (cmi > 0) AS mixed, coalesce(avg(cmi), 0) AS cmi,
            coalesce(avg(cmi) FILTER (cmi > 0), 0) AS cmi_mixed, coalesce(avg(i_index), 0) AS i_index
        FROM posts JOIN {view.counted} USING (post)""",  # noqa: S608
    ).iloc[0]
    letters = query(
        view.database,
        f"""SELECT code, sum(letters) AS n FROM languages JOIN {view.counted} USING (post)
        WHERE NOT entity GROUP BY code""",  # noqa: S608
    )
    spoken = {str(code): int(n) for code, n in zip(letters["code"], letters["n"], strict=True)}
    return {name: float(figures[name]) for name in figures.index} | {"m_index": multilingual_index(spoken)}


def count_skipped(view: View, counts: Mapping[str, int]) -> pd.DataFrame:
    """Records that are no posts, by reason and ending of their file, most first."""
    frame = query(
        view.database,
        r"""SELECT reason, lower(regexp_extract(path, '[^/.](\.[^/.]+)$', 1)) AS ending, count(*) AS records
        FROM skipped GROUP BY ALL ORDER BY records DESC, reason, ending""",
    )
    skipped, read = (count_of(view.ui, "record", counts[name]) for name in ("skipped", "read"))
    sentence = say(view.ui, "counts.thing.skipped", skipped=skipped, read=read)
    run = say(view.ui, "run", run=view.run_id)
    frame.attrs["sentence"] = f"{sentence}{say(view.ui, 'counts.join')}{run}{say(view.ui, 'counts.end')}"
    return frame


def _tally(database: duckdb.DuckDBPyConnection, sql: str) -> dict[str, int]:
    """How often each thing is there, most first; after the first thousand the rest is one, "…"."""
    grouped = f"SELECT what, count(*) AS n, sum(count(*)) OVER () AS whole FROM ({sql}) GROUP BY what"  # noqa: S608
    frame = query(database, f"{grouped} ORDER BY n DESC, what LIMIT {_MOST_KINDS}")
    found = {str(what): int(n) for what, n in zip(frame["what"], frame["n"], strict=True)}
    rest = int(frame["whole"].max()) - sum(found.values()) if found else 0
    return found | ({"…": rest} if rest else {})
