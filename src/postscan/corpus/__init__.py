"""A finished run opened: its tables as DataFrames, its counts, and the posts behind every figure.

Whatever is counted has one shape: a table with a row a key, most posts first, whose columns `own`, `embedded`, `brand`
and `other` give every other reading, and whose `attrs["sentence"]` says what was counted and what was left out.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import weakref
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from postscan.corpus.counting import count_uses
from postscan.corpus.database import connect, query, scratch_folder, table, wrong_query
from postscan.corpus.evidence import find_evidence
from postscan.corpus.overview import overview_html
from postscan.corpus.pairs import count_pairs, count_tag_sources
from postscan.corpus.periods import PERIODS, count_periods
from postscan.corpus.selection import Selection, check, narrow
from postscan.corpus.summaries import Summary, code_mixing, count_skipped, summarise
from postscan.corpus.unmatched import find_unmatched
from postscan.corpus.uses import FORMS, find_counting
from postscan.corpus.views import NARROWED, View, open_view
from postscan.engines import choose_engine, on_executor
from postscan.progress import Progress, show_progress
from postscan.reading.bounds import MAX_DEPTH, MAX_EXPANSION, MAX_RECORD
from postscan.store import copy_run, open_run, write_run
from postscan.wording import LANGUAGES, say

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import duckdb
    import pandas as pd

__all__ = ["PERIODS", "Corpus", "Summary", "load", "scan_all"]

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
    input_tz: str | None = None,
    max_record: int = MAX_RECORD,
    max_expansion: int = MAX_EXPANSION,
    max_depth: int = MAX_DEPTH,
    detect: Sequence[str] | None = None,
    language_engine: str = "profiles",
    jobs: int | None = None,
    executor: Executor | None = None,
    slice_size: int | None = None,
    progress: Progress | bool | None = True,
) -> Corpus:
    """The corpus of files, folders and globs, read and scanned; what `out` holds of them already is re-used.

    Without `out` the store is in a temporary folder that goes with the corpus (`Corpus.save` keeps it). `progress`
    shows a bar on a terminal, elsewhere a line a minute on standard error; False shows nothing, a function is called
    with the bytes of input that are done, all of them, and the posts so far. `jobs` is the number of processes that
    scan (this one alone unless it says otherwise); an `executor` of `concurrent.futures`, Dask's for one, scans instead
    and must see the same folders; `slice_size` is the input, in bytes, that is scanned and committed as one. The other
    options are those of `read` and `scan_many`. Raises PostscanError where nothing can be read or `out` cannot be
    written or holds another input's run.
    """
    with contextlib.ExitStack() as undo, contextlib.ExitStack() as shown:
        if isinstance(progress, bool):
            progress = shown.enter_context(show_progress()) if progress else None
        folder = scratch_folder() if out is None else Path(out)
        if out is None:
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
        write_run(
            paths, folder, encoding=encoding, columns=columns, input_format=input_format, input_tz=input_tz,
            max_record=max_record, max_expansion=max_expansion, max_depth=max_depth, detect=detect,
            language_engine=language_engine, slice_size=slice_size, progress=progress,
            scan_slices=choose_engine(jobs or 1) if executor is None else on_executor(executor),
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
        self.run, files = open_run(folder)
        self.run_id: str = self.run["digest"][:10]
        self.ui = LANGUAGES[0]
        self._whole: Corpus | None = None
        scratch = scratch_folder()
        weakref.finalize(self, shutil.rmtree, scratch, ignore_errors=True)
        self._look(connect(files, scratch), Selection())

    def _look(self, database: duckdb.DuckDBPyConnection, selection: Selection) -> None:
        self._database = database
        self._view = open_view(database, selection, self._run_words(), self.ui)
        self._narrow_view: View | None = None

    def select(
        self,
        *,
        since: str | dt.date | None = None,
        until: str | dt.date | None = None,
        reposts: str = "with",
        duplicates: str = "with",
        where: str | None = None,
        tz: str | None = None,
        dates: Sequence[str] | None = None,
        gaps: Sequence[tuple[str | dt.date, str | dt.date]] = (),
        ui: str | None = None,
    ) -> Corpus:
        """A corpus of the same run that sees only some of its posts, or reads their time in another way.

        `since` and `until` are days, both within, or ISO date-times, in the zone `tz` (IANA; without one each post's
        own). `reposts` can be "with", "without" or "only", `duplicates` "with" or "without"; `where` is SQL over the
        columns of `posts`. `dates` says what a post's date is read from, first choice first (metadata, id, byline,
        dateline where nothing is said; embed and name too). `gaps` are first and last days of times that the input does
        not cover, `ui` is the language of sentences. What is selected from a selection narrows it further; a zone,
        dates and language take the place of its own. Closing it closes nothing else. Raises PostscanError for values
        that cannot be, with those that can.
        """
        if ui is not None:
            check("ui", ui, LANGUAGES)
        selection = narrow(
            self._view.selection, since=since, until=until, reposts=reposts, duplicates=duplicates, where=where, tz=tz,
            dates=dates, gaps=gaps,
        )  # fmt: skip
        chosen = copy(self)
        chosen.ui = ui or self.ui
        chosen._whole = self  # noqa: SLF001  # whose scratch folder, or whole store, goes when nobody holds it
        chosen._look(self._database.cursor(), selection)  # noqa: SLF001
        return chosen

    @property
    def view(self) -> View:
        """What is counted over: the database, the posts that are selected, and how many there are."""
        return self._view

    def _narrowed(self, where: str | None) -> View:
        """The view under the condition of one call: what `select(where=...)` would see."""
        if not where:
            return self._view
        selection = narrow(self._view.selection, where=where)
        if self._narrow_view is None or self._narrow_view.selection != selection:
            self._narrow_view = None
            self._narrow_view = open_view(self._database, selection, self._run_words(), self.ui, NARROWED)
        return self._narrow_view

    def _run_words(self) -> str:
        """The run's id as sentences have it: with the shards that are missing."""
        missing = self.run.get("missing")
        return say(self.ui, "partial", run=self.run_id, missing=", ".join(missing)) if missing else self.run_id

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
        """A table, or its first rows, in input order; of a selection, what belongs to its posts.

        Raises PostscanError for more than a million rows without a limit, and for a name that no table has.
        """
        return table(self._database, name, limit, counted="" if self._whole is None else self._view.counted)

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
        return summarise(self._view, self.run)

    def hashtags(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Hashtags, glued ones too: `hashtag` as mostly written, without its sign."""
        how = find_counting("hashtags", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def suspicious_tags(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Hashtags that might not be what they look like, by the reason why (`suspicious`)."""
        how = find_counting("suspicious_tags", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def handles(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Handles: `handle` as mostly written, without "@"."""
        how = find_counting("handles", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def links(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall",
        form: str = "expanded",
    ) -> pd.DataFrame:  # fmt: skip
        """Links: `link` as mostly written, and its `domain`; short ones by their target, or as "written" (`form`)."""
        check("form", form, FORMS)
        name = "links" if form == "expanded" else "written_links"
        how = find_counting(name, count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def domains(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Registered domains of links; shorteners whose target is not given stand together."""
        how = find_counting("domains", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def emoji(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Emoji."""
        how = find_counting("emoji", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def embedded_accounts(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Accounts whose posts are embedded, by platform: `account` is the handle, else the name."""
        how = find_counting("embedded_accounts", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def source_counts(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Who is credited: `name`, `group` (named, official, unnamed, brand, photo, staff), mostly `kind`."""
        how = find_counting("source_counts", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def unmatched_sources(self, *, top: int | None = None, where: str | None = None) -> pd.DataFrame:
        """Outlets that are credited and no table has, most posts first; `attrs["toml"]` has them ready to paste."""
        return find_unmatched(self._narrowed(where), top=top)

    def pairs(
        self, *, top: int | None = None, where: str | None = None, count: str | None = None, merge: str = "spelling"
    ) -> pd.DataFrame:
        """Hashtags that stand in one post: `tag` and `other`, `posts` that have both, and those that have each."""
        return count_pairs(self._narrowed(where), top=top, count=count, merge=merge)

    def tag_sources(self, *, top_tags: int = 15, top_sources: int = 10, where: str | None = None) -> pd.DataFrame:
        """Who is credited in posts with the first hashtags: `tag`, `name`, and the `posts` that have both."""
        return count_tag_sources(self._narrowed(where), top_tags=top_tags, top_sources=top_sources)

    def language_shares(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Languages of stretches of text: `share` is of the letters, tags, handles and links aside."""
        how = find_counting("language_shares", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def posters(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Who posted: author, else channel, else domain of the post's url, else first folder (`poster_from`)."""
        how = find_counting("posters", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def platforms(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """Platforms of the posts, where the input names them."""
        how = find_counting("platforms", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def rules(
        self, *, top: int | None = None, by: str | None = None, where: str | None = None, count: str | None = None,
        unit: str = "post", merge: str = "spelling", weight: str | None = None, top_in: str = "overall"
    ) -> pd.DataFrame:  # fmt: skip
        """How often each rule decided a block, an embed or a source; guesses end in "?"."""
        how = find_counting("rules", count=count, unit=unit, merge=merge, weight=weight)
        return count_uses(self._narrowed(where), how, top=top, by=by, top_in=top_in)

    def periods(
        self, by: str = "month", *, where: str | None = None, unit: str = "post", weight: str | None = None
    ) -> pd.DataFrame:
        """Posts of each hour, day, week or month, zeros among them; `partial` where data does not cover it whole."""
        return count_periods(self._narrowed(where), by, unit=unit, weight=weight)

    def skipped_counts(self) -> pd.DataFrame:
        """What is no post, by `reason` and `ending` of the file: `records`, most first; of the whole run."""
        return count_skipped(self._view, self.run["counts"])

    def code_mixing(self) -> dict[str, float]:
        """How mixed the counted posts are, from the languages of their words, tags and handles aside.

        `posts`, `mixed` (posts with words of two languages), means `cmi` (0 to 100; Gambäck and Das 2016), `cmi_mixed`
        (of the mixed ones) and `i_index` (0 to 1; Guzmán and others 2017), and `m_index` of all letters (0 to 1).
        The figures of each post are the columns `cmi` and `i_index` of `posts`.
        """
        return code_mixing(self._view)

    def duplicate_ids(self) -> pd.DataFrame:
        """Records that do not count, for a later one has their platform and id; `edited` where its text differs."""
        return query(
            self._database,
            """SELECT old.platform, old.id, old.path, old.record, new.path AS later_path, new.record AS later_record,
                old.text <> new.text AS edited
            FROM repeated r JOIN counted ON counted.post = later JOIN posts old ON old.post = r.post
                JOIN posts new ON new.post = later
            ORDER BY old.path, old.record""",
        ).astype({"record": "Int64", "later_record": "Int64"})

    def evidence(
        self,
        *,
        tag: str | Sequence[str] | None = None,
        suspicious_tag: str | Sequence[str] | None = None,
        handle: str | Sequence[str] | None = None,
        link: str | Sequence[str] | None = None,
        written_link: str | Sequence[str] | None = None,
        domain: str | Sequence[str] | None = None,
        emoji: str | Sequence[str] | None = None,
        account: str | Sequence[str] | None = None,
        source: str | Sequence[str] | None = None,
        poster: str | Sequence[str] | None = None,
        platform: str | Sequence[str] | None = None,
        language: str | Sequence[str] | None = None,
        rule: str | Sequence[str] | None = None,
        period: str | None = None,
        group: str | None = None,
        where: str | None = None,
        count: str | None = None,
        merge: str = "spelling",
    ) -> pd.DataFrame:
        """The uses behind a figure, one a row, in input order: where each stands and the words around it.

        Values are keys of the tables, or as written (`tag="#Kabul"`); of several for one kind a post has any. With
        several kinds, the uses in posts that have all of them. `period` is 2021, 2021-08, 2021-W32, 2021-08-06 or
        2021-08-06T14; alone, a row is a post. With the `where`, `count` and `merge` of a table (and the `group` and
        `period` of its row) there are as many rows as its `uses`, in as many posts as its `posts`.
        """
        wanted = {
            "tag": tag, "suspicious_tag": suspicious_tag, "handle": handle, "link": link, "written_link": written_link,
            "domain": domain, "emoji": emoji, "account": account, "source": source, "poster": poster,
            "platform": platform, "language": language, "rule": rule,
        }  # fmt: skip
        given = {name: value for name, value in wanted.items() if value is not None}
        view = self._narrowed(where)
        return find_evidence(view, given, period=period, group=group, count=count, merge=merge)
