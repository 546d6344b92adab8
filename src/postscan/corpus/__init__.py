"""A finished run opened: its tables as DataFrames, its counts, and the posts behind every figure.

Whatever is counted has one shape: a table with a row a key, most posts first, whose columns `own`, `embedded`, `brand`
and `other` give every other reading, and whose `attrs["sentence"]` says what was counted and what was left out.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from postscan.corpus.counting import PERIODS, count_periods, count_uses
from postscan.corpus.database import connect, query, scratch_folder, table, wrong_query
from postscan.corpus.evidence import find_evidence
from postscan.corpus.overview import overview_html
from postscan.corpus.summaries import Summary, code_mixing, summarise
from postscan.corpus.unmatched import find_unmatched
from postscan.model import PostscanError
from postscan.progress import Progress, show_progress
from postscan.store import committed_files, copy_run, read_run, write_run

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

__all__ = ["PERIODS", "Corpus", "Summary", "load", "scan_all"]

MOST_ROWS = 1_000_000
"""Of a table as an attribute; above it, `Corpus.table` wants a limit."""
_TOP = 10


def load(folder: str | os.PathLike[str]) -> Corpus:
    """The corpus of a finished output folder; raises PostscanError where there is none, or files of it are missing."""
    return Corpus(folder)


def scan_all(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    out: str | os.PathLike[str] | None = None,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    input_format: str | None = None,
    detect: Sequence[str] | None = None,
    language_engine: str = "profiles",
    progress: Progress | bool | None = True,
) -> Corpus:
    """The corpus of files, folders and globs, read and scanned; what `out` holds of them already is re-used.

    Without `out` the store is in a temporary folder that goes with the corpus (`Corpus.save` keeps it). `progress`
    shows a bar on a terminal, elsewhere a line a minute on standard error; False shows nothing, a function is called
    with the bytes of input that are done, and all of them. The other options are those of `read` and `scan_many`.
    Raises PostscanError where nothing can be read or `out` cannot be written or holds another input's run.
    """
    with contextlib.ExitStack() as undo, contextlib.ExitStack() as shown:
        if isinstance(progress, bool):
            progress = shown.enter_context(show_progress()) if progress else None
        folder = scratch_folder() if out is None else Path(out)
        if out is None:
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
        write_run(
            paths, folder, encoding=encoding, columns=columns, input_format=input_format, detect=detect,
            language_engine=language_engine, progress=progress,
        )  # fmt: skip
        corpus = Corpus(folder)
        weakref.finalize(corpus, undo.pop_all().close)
    return corpus


class Corpus:
    """A finished run; closes its database when it is closed, left (`with`) or forgotten.

    `run` is what `run.json` says; `run_id` is short and stands on every output. `posts`, `blocks`, `embeds`,
    `entities`, `languages`, `sources`, `problems` and `skipped` are the tables as DataFrames.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self.run: dict[str, Any] = read_run(folder)[0]
        self.run_id: str = self.run["digest"][:10]
        scratch = scratch_folder()
        weakref.finalize(self, shutil.rmtree, scratch, ignore_errors=True)
        self._database = connect(committed_files(folder), scratch)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Corpus {os.fspath(self.folder)!r}: {self.run['counts']['kept']:,} posts, run {self.run_id}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: what was read, the run, and the top of the main counts."""
        credited = self.source_counts()
        counts = {
            "Hashtags, in posts": ("hashtag", self.hashtags(top=_TOP)),
            "Who is credited, in posts": ("name", credited[credited["group"] == "named"].head(_TOP)),
            "Languages, in posts": ("code", self.language_shares(top=_TOP)),
        }
        return overview_html(self.summary(), counts)

    def close(self) -> None:
        """Close the database; frames that were taken stay."""
        self._database.close()

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Copy the store to another output folder; raises PostscanError where that cannot be, or holds another run."""
        copy_run(self.folder, folder)

    def sql(self, text: str) -> duckdb.DuckDBPyRelation:
        """The DuckDB relation of a query over the tables, `counted` and `repeated`; it ends with the corpus."""
        import duckdb

        try:
            return self._database.sql(text)
        except duckdb.Error as error:
            raise wrong_query(error) from None

    def table(self, name: str, *, limit: int | None = None) -> pd.DataFrame:
        """A table, or its first rows, in input order; raises PostscanError for more than a million without a limit."""
        if limit is None:
            rows = int(query(self._database, f"SELECT count(*) AS n FROM {name}")["n"].iloc[0])  # noqa: S608
            if rows > MOST_ROWS:
                message = (
                    f"{name} has {rows:,} rows: name a limit, corpus.table({name!r}, limit=...), or use corpus.sql"
                )
                raise PostscanError(message)
        return table(self._database, name, limit)

    @property
    def posts(self) -> pd.DataFrame:
        """Every post, also those that do not count."""
        return self.table("posts")

    @property
    def blocks(self) -> pd.DataFrame:
        """Every block."""
        return self.table("blocks")

    @property
    def embeds(self) -> pd.DataFrame:
        """Every embedded post."""
        return self.table("embeds")

    @property
    def entities(self) -> pd.DataFrame:
        """Every hashtag, handle, link, address, cashtag and emoji."""
        return self.table("entities")

    @property
    def languages(self) -> pd.DataFrame:
        """Every stretch of one language."""
        return self.table("languages")

    @property
    def sources(self) -> pd.DataFrame:
        """Every credit."""
        return self.table("sources")

    @property
    def problems(self) -> pd.DataFrame:
        """What should have been a post and could not be read."""
        return self.table("problems")

    @property
    def skipped(self) -> pd.DataFrame:
        """What is no post, with the reason."""
        return self.table("skipped")

    def summary(self) -> Summary:
        """What was read, kept and left out."""
        return summarise(self._database, self.run)

    def hashtags(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Hashtags, glued ones too: `hashtag` as mostly written, without its sign."""
        return count_uses(self._database, "hashtags", self.run_id, top=top, where=where, count=count, by=by)

    def handles(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Handles: `handle` as mostly written, without "@"."""
        return count_uses(self._database, "handles", self.run_id, top=top, where=where, count=count, by=by)

    def links(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Links, by target where the input gives it: `link` as mostly written, and its `domain`."""
        return count_uses(self._database, "links", self.run_id, top=top, where=where, count=count, by=by)

    def domains(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Registered domains of links; shorteners whose target is not given stand together."""
        return count_uses(self._database, "domains", self.run_id, top=top, where=where, count=count, by=by)

    def emoji(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Emoji."""
        return count_uses(self._database, "emoji", self.run_id, top=top, where=where, count=count, by=by)

    def embedded_accounts(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Accounts whose posts are embedded, by platform: `account` is the handle, else the name."""
        return count_uses(self._database, "embedded_accounts", self.run_id, top=top, where=where, count=count, by=by)

    def source_counts(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Who is credited: `name`, `group` (named, official, unnamed, brand, photo, staff), mostly `kind`."""
        return count_uses(self._database, "source_counts", self.run_id, top=top, where=where, count=count, by=by)

    def unmatched_sources(self, *, top: int | None = None, where: str | None = None) -> pd.DataFrame:
        """Outlets that are credited and no table has, most posts first; `attrs["toml"]` has them ready to paste."""
        return find_unmatched(self._database, self.run_id, top=top, where=where)

    def language_shares(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Languages of stretches of text: `share` is of the letters, tags, handles and links aside."""
        return count_uses(self._database, "language_shares", self.run_id, top=top, where=where, count=count, by=by)

    def posters(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Who posted: author, else channel, else domain of the post's url, else first folder (`poster_from`)."""
        return count_uses(self._database, "posters", self.run_id, top=top, where=where, count=count, by=by)

    def platforms(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """Platforms of the posts, where the input names them."""
        return count_uses(self._database, "platforms", self.run_id, top=top, where=where, count=count, by=by)

    def rules(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, by: str | None = None
    ) -> pd.DataFrame:
        """How often each rule decided a block, an embed or a source; guesses end in "?"."""
        return count_uses(self._database, "rules", self.run_id, top=top, where=where, count=count, by=by)

    def periods(self, by: str = "month", *, where: str | None = None) -> pd.DataFrame:
        """Posts of each day, week or month, zeros among them; `partial` where the input does not cover it whole."""
        return count_periods(self._database, by, where)

    def code_mixing(self) -> dict[str, float]:
        """How mixed the counted posts are, from the languages of their words, tags and handles aside.

        `posts`, `mixed` (posts with words of two languages), means `cmi` (0 to 100; Gambäck and Das 2016), `cmi_mixed`
        (of the mixed ones) and `i_index` (0 to 1; Guzmán and others 2017), and `m_index` of all letters (0 to 1).
        The figures of each post are the columns `cmi` and `i_index` of `posts`.
        """
        return code_mixing(self._database)

    def duplicate_ids(self) -> pd.DataFrame:
        """Records that do not count, for a later one has their platform and id; `edited` where its text differs."""
        return query(
            self._database,
            """SELECT old.platform, old.id, old.path, old.record, new.path AS later_path, new.record AS later_record,
                old.text <> new.text AS edited
            FROM repeated r JOIN posts old ON old.post = r.post JOIN posts new ON new.post = r.later
            ORDER BY old.path, old.record""",
        ).astype({"record": "Int64", "later_record": "Int64"})

    def evidence(
        self,
        *,
        tag: str | None = None,
        handle: str | None = None,
        link: str | None = None,
        domain: str | None = None,
        emoji: str | None = None,
        account: str | None = None,
        source: str | None = None,
        poster: str | None = None,
        platform: str | None = None,
        language: str | None = None,
        rule: str | None = None,
        group: str | None = None,
        where: str | None = None,
        count: str | None = None,
    ) -> pd.DataFrame:
        """The uses behind a figure, one a row, in input order: where each stands and the words around it.

        Values are keys of the tables, or as written (`tag="#Kabul"`). With several, the uses in posts that have all of
        them. With the `where` and `count` of a table (and the `group` of its row) there are as many rows as its `uses`,
        in as many posts as its `posts`.
        """
        wanted = {
            "tag": tag, "handle": handle, "link": link, "domain": domain, "emoji": emoji, "account": account,
            "source": source, "poster": poster, "platform": platform, "language": language, "rule": rule,
        }  # fmt: skip
        given = {name: value for name, value in wanted.items() if value is not None}
        return find_evidence(self._database, given, group=group, where=where, count=count)
