"""Every figure equals a plain recount from the records, and the evidence behind it has as many rows."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generated import make_posts
from postscan.corpus import Corpus
from postscan.corpus.database import connect
from postscan.corpus.evidence import CRITERIA
from postscan.corpus.selection import Selection
from postscan.model import Entity, Post, Scan
from postscan.pipeline import scan_many
from postscan.tables import record_line, rows
from recount import (
    GROUPS,
    MERGED,
    PLACELESS,
    ROLES,
    THINGS,
    Counted,
    Record,
    Row,
    Use,
    choose,
    count_once,
    looks,
    once_each,
    recount,
    shown_form,
    stories_of,
    variants,
)  # fmt: skip

POSTS = 20_000
NUMBERS = ("posts", "uses", *ROLES, "glued", "in_reposts", "in_duplicates")
MIDNIGHT = dt.time()
SECOND = dt.timedelta(seconds=1)
moment = dt.datetime.fromisoformat


@dataclass(frozen=True)
class Ask:
    """A selection and the options of a table, and what they mean in the recount's terms."""

    select: Mapping[str, Any] = field(default_factory=dict)
    how: Mapping[str, Any] = field(default_factory=dict)
    only: Mapping[str, Any] = field(default_factory=dict)
    """What `choose` takes where it is not what `select` takes: bounds as moments, conditions as functions."""

    @property
    def chosen(self) -> dict[str, Any]:
        plain = ("reposts", "duplicates", "tz", "dates")
        return {name: self.select[name] for name in plain if name in self.select} | dict(self.only)


LIKED: Mapping[str, Any] = {"where": lambda record: record["counts"].get("likes", 0) > 3}
ASKS = [
    Ask(),
    Ask({"reposts": "without", "duplicates": "without"}, {"merge": "case", "top": 5}),
    Ask({"reposts": "only"}, {"count": "embedded", "merge": "none", "weight": "likes", "unit": "story"}),
    Ask(
        {"tz": "Asia/Beirut", "since": "2021-08-10", "until": "2021-10-30T22"},
        {"by": "day", "top": 3, "count": "all"},
        {"since": moment("2021-08-10"), "until": moment("2021-10-30T23")},
    ),
    Ask(
        {"tz": "America/St_Johns", "since": "2021-10-26", "until": "2021-11-12"},
        {"by": "hour", "top": 2, "top_in": "period", "weight": "replies"},
        {"since": moment("2021-10-26"), "until": moment("2021-11-13")},
    ),
    Ask({"dates": ("byline", "embed", "id", "metadata")}, {"by": "month", "unit": "story", "weight": "views"}),
    Ask(
        {"where": "likes > 3", "duplicates": "without", "tz": "UTC"},
        {"by": "week", "count": "brand"},
        LIKED,
    ),
]


LEAST = moment("2021-08-01")


def asks() -> st.SearchStrategy[Ask]:
    """Any selection with any options."""
    bounds = st.integers(0, 90 * 24 * 60).map(lambda minutes: LEAST + dt.timedelta(minutes=minutes))
    days = bounds.map(lambda time: dt.datetime.combine(time, MIDNIGHT))
    moments = st.none() | days | bounds
    select = st.fixed_dictionaries(
        {},
        optional={
            "reposts": st.sampled_from(["with", "without", "only"]),
            "duplicates": st.sampled_from(["with", "without"]),
            "tz": st.sampled_from(["UTC", "Asia/Beirut", "Asia/Kathmandu", "America/St_Johns"]),
            "dates": st.permutations(["metadata", "id", "byline", "dateline", "embed", "name"]).flatmap(
                lambda links: st.integers(1, 6).map(lambda n: tuple(links[:n]))
            ),
            "where": st.just("likes > 3"),
        },
    )
    how = st.fixed_dictionaries(
        {},
        optional={
            "count": st.sampled_from(["own", "embedded", "brand", "other", "all"]),
            "unit": st.sampled_from(["post", "story"]),
            "merge": st.sampled_from(["spelling", "case", "none"]),
            "weight": st.sampled_from(["likes", "shares", "replies", "views"]),
            "by": st.sampled_from(["hour", "day", "week", "month"]),
            "top": st.integers(1, 4),
            "top_in": st.sampled_from(["overall", "period"]),
        },
    )
    return st.builds(make_ask, select, how, moments, moments)


def make_ask(select: dict[str, Any], how: dict[str, Any], since: dt.datetime | None, until: dt.datetime | None) -> Ask:
    if since and until and since >= until:
        since = None
    given = {"since": since and since.isoformat(), "until": until and (until - SECOND).isoformat()}
    if until and until.time() == MIDNIGHT:
        given["until"] = (until - dt.timedelta(days=1)).date().isoformat()
    only = {name: bound for name, bound in (("since", since), ("until", until)) if bound}
    return Ask(
        select | {name: written for name, written in given.items() if written},
        how,
        {**only, **(LIKED if "where" in select else {})},
    )


# -- a corpus of 20,000 posts


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Corpus, list[Record]]]:
    posts = (post_of(row, at, "posts.jsonl") for at, row in enumerate(make_posts(POSTS)))
    scans = list(scan_many(posts))
    with corpus_of(scans, tmp_path_factory.mktemp("big")) as opened:
        yield opened, count_once([json.loads(record_line(scan)) for scan in scans])


def uses_finder(name: str) -> Callable[[Record], list[Use]]:
    return lambda record: list(THINGS[name][0](record))


USES = {name: once_each(uses_finder(name)) for name in THINGS}


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: str({**ask.select, **ask.how}))
def test_every_table_of_twenty_thousand_posts_equals_a_recount(big: tuple[Corpus, list[Record]], ask: Ask) -> None:
    corpus, once = big
    selected = corpus.select(**ask.select)
    posts = choose(once, **ask.chosen)
    periods = covered_periods(once, ask)
    for name in THINGS:
        check_table(selected, name, posts, ask.how, periods)


def test_generated_posts_have_whatever_is_told_apart(big: tuple[Corpus, list[Record]]) -> None:
    corpus, once = big
    assert len(corpus.posts) == POSTS > len(once)
    totals = corpus._view.totals
    assert min(totals.reposts, totals.duplicates, totals.undated, totals.implausible, totals.days_alone,
               totals.zoneless, totals.repeated) > 50  # fmt: skip
    assert totals.stories > totals.posts + 100
    tags = corpus.hashtags()
    assert (tags[list(NUMBERS)].sum() > 50).all()
    assert tags["folded"].nunique() == 2
    assert corpus.links().attrs["sentence"] != corpus.links(form="written").attrs["sentence"]
    assert set(corpus.links()["key"]) != set(corpus.links(form="written")["key"])


def table_of(corpus: Corpus, name: str, how: Mapping[str, Any]) -> pd.DataFrame:
    if name == "written_links":
        return corpus.links(**how, form="written")
    made: pd.DataFrame = getattr(corpus, name)(**how)
    return made


def covered_periods(once: Sequence[Record], ask: Ask) -> list[dt.datetime]:
    """Every period from the first to the last that posts of the run, and the bounds, cover."""
    by = ask.how.get("by")
    whole = choose(once, **{name: value for name, value in ask.chosen.items() if name in ("tz", "dates")})
    found = sorted({period for post in whole if by and (period := post.period("hour" if by == "hour" else "day"))})
    if not found:
        return []
    step = dt.timedelta(hours=1) if by == "hour" else dt.timedelta(days=1)
    start = max(found[0], ask.only.get("since", found[0]))
    end = min(found[-1] + step, ask.only.get("until", found[-1] + step))
    moments = [start + step * n for n in range(max(0, -((start - end) // step)))]
    post = Counted({}, None, None, implausible=False, zoneless=False)
    periods = []
    for moment in moments:
        post.day, post.time = moment.date(), moment
        periods.append(post.period(by or "day"))
    return sorted({period for period in periods if period})


def check_table(
    corpus: Corpus, name: str, posts: Sequence[Counted], how: Mapping[str, Any], periods: Sequence[dt.datetime]
) -> None:
    """The table equals the recount, row by row and in this order; its evidence has as many rows as it says."""
    frame = table_of(corpus, name, how)
    by = how.get("by")
    merge = how.get("merge", "spelling") if name in MERGED else "spelling"
    count = "all" if name in PLACELESS else how.get("count", THINGS[name][2])
    whole = name in ("posters", "platforms")
    overall = recount(posts, USES[name], count=count, whole=whole, merge=merge)
    rows = recount(posts, USES[name], count=count, whole=whole, merge=merge, by=by) if by else overall
    found = {key_of(row, name, by): row for row in frame.to_dict("records")}
    assert len(found) == len(frame), name
    wanted = wanted_rows(overall, rows, how, posts, periods)
    assert set(found) == set(wanted), name
    figures = {key: measured(row, how, posts) for key, row in wanted.items()}
    order = [(key[0] if by else None, *rank(figures[key], how, key[-2:])) for key in found]
    assert order == sorted(order), name
    for key, row in figures.items():
        assert {each: found[key][each] for each in row} == row, (name, key)
    check_names(name, found, overall, periods=bool(by))
    check_shares(name, frame, posts, rows, how)
    used = {key: row for key, row in found.items() if row["posts"] > 0}
    check_evidence(corpus, name, used, posts, how)


def key_of(row: Mapping[Any, Any], name: str, by: str | None) -> tuple[Any, ...]:
    group = row[GROUPS[name]] if name in GROUPS else ""
    return (row["period"].to_pydatetime(), group, row["key"]) if by else (group, row["key"])


def measured(row: Row, how: Mapping[str, Any], posts: Sequence[Counted]) -> dict[str, int]:
    figures = {"posts": len(row.posts), **{name: row.numbers[name] for name in NUMBERS[1:]}}
    if how.get("unit") == "story":
        figures["stories"] = len(row.stories)
    if how.get("weight"):
        figures[how["weight"]] = sum(posts[at].record["counts"].get(how["weight"], 0) for at in row.posts)
    return figures


def wanted_rows(
    overall: Mapping[Any, Row], rows: Mapping[Any, Row], how: Mapping[str, Any], posts: Sequence[Counted],
    periods: Sequence[dt.datetime],
) -> dict[Any, Row]:  # fmt: skip
    """Which rows a table has, under `top`, `by` and `top_in`."""

    def first_rows(rows: Mapping[Any, Row]) -> list[tuple[Any, Row]]:
        used = [(key, row) for key, row in rows.items() if row.posts]
        return sorted(used, key=lambda item: rank(measured(item[1], how, posts), how, item[0]))[: how["top"]]

    by, top = how.get("by"), how.get("top")
    if by is None:
        return dict(first_rows(overall)) if top else dict(overall)
    used = {key: row for key, row in rows.items() if row.posts}
    if top is None:
        return used
    if how.get("top_in") == "period":
        apart: dict[Any, dict[Any, Row]] = defaultdict(dict)
        for (period, *key), row in used.items():
            apart[period][tuple(key)] = row
        return {(period, *key): row for period, some in apart.items() for key, row in first_rows(some)}
    best = dict(first_rows(overall))
    return {(period, *key): rows.get((period, *key), Row()) for period in periods for key in best}


def rank(figures: Mapping[str, int], how: Mapping[str, Any], key: tuple[str, str]) -> tuple[Any, ...]:
    first = [-figures[each] for each in (str(how.get("weight")), "stories") if each in figures]
    return (*first, -figures["posts"], -figures["uses"], key[1], key[0])


def check_names(name: str, found: Mapping[Any, Any], overall: Mapping[Any, Row], *, periods: bool) -> None:
    """Shown forms, variants, marks and the columns that a table has besides."""
    for key, row in found.items():
        counted = overall[key[-2:]]
        shown = shown_form(counted)
        assert row[THINGS[name][1]] == shown, (name, key)
        for column, values in counted.more.items():
            if column in ("kind", "name"):
                best = min(values.items(), key=lambda item: (item[0] is None, -item[1], item[0]))[0]
            else:
                best = min((value for value in values if value is not None), default=None)
            assert none_of(row[column]) == best, (name, key, column)
        if not periods:
            assert row["variants"] == variants(counted, shown), (name, key)
            assert row["folded"] == (len(set(map(looks, counted.written))) > 1), (name, key)


def none_of(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124


def check_shares(
    name: str, frame: pd.DataFrame, posts: Sequence[Counted], rows: Mapping[Any, Row], how: Mapping[str, Any]
) -> None:
    """`share` is a part of the posts, stories, weight or letters of all that was looked at, or of the period."""
    by = how.get("by")
    wholes: Counter[Any] = Counter()
    column = how.get("weight") or ("stories" if how.get("unit") == "story" else "posts")
    if column == "posts" and name == "language_shares":
        column = "letters"
        for key, row in rows.items():
            wholes[key[0] if by else None] += row.numbers["letters"]
    else:
        for post in posts:
            if column == "stories":
                worth = len(stories_of(post.record))
            else:
                worth = 1 if column == "posts" else post.record["counts"].get(column, 0)
            wholes[post.period(by) if by else None] += worth
    periods = [row.to_pydatetime() for row in frame["period"]] if by else [None] * len(frame)
    wanted = [figure / (wholes[period] or 1) for figure, period in zip(frame[column], periods, strict=True)]
    assert frame["share"].tolist() == pytest.approx(wanted), name


def check_evidence(
    corpus: Corpus, name: str, rows: Mapping[Any, Any], posts: Sequence[Counted], how: Mapping[str, Any]
) -> None:
    """For every row as many uses, posts, stories and as much weight as it says, all asked for at once."""
    if not rows:
        return
    by = how.get("by")
    options: dict[str, Any] = {each: how[each] for each in ("count", "merge") if each in how}
    keys = sorted({key[-1] for key in rows})
    criterion = next(each for each, thing in CRITERIA.items() if thing == name)
    found = corpus.evidence(**options | {criterion: keys})
    shared = {"group": found["group"].fillna("").astype(str), "key": found["key"]}
    if by:
        shared = {"period": periods_of(found["date"], by), **shared}
    apart = found.assign(**shared).groupby(list(shared), sort=False)
    uses, members = apart.size().to_dict(), apart["post"].agg(set).to_dict()
    worth = dict(zip(corpus_keys(corpus), posts, strict=True))
    for key, row in rows.items():
        at = (pd.Timestamp(key[0]), *key[1:]) if by else key
        behind = members[at]
        assert (uses[at], len(behind)) == (row["uses"], row["posts"]), (name, key)
        if how.get("weight"):
            total = sum(worth[post].record["counts"].get(how["weight"], 0) for post in behind)
            assert total == row[how["weight"]], (name, key)
    if how.get("unit") == "story" and name not in ("posters", "platforms"):
        told = apart.apply(lambda part: len(set(zip(part["post"], part["story"], strict=True)))).to_dict()
        assert {key: row["stories"] for key, row in rows.items()} == {
            key: told[(pd.Timestamp(key[0]), *key[1:]) if by else key] for key in rows
        }, name


def periods_of(dates: pd.Series[Any], by: str) -> pd.Series[Any]:
    timed = dates.where(dates.str.len() > 10) if by == "hour" else dates.str[:10]
    moments = pd.to_datetime(timed)
    if by == "week":
        return moments.dt.to_period("W-SUN").dt.start_time
    return moments.dt.to_period({"hour": "h", "day": "D", "month": "M"}[by]).dt.start_time


def corpus_keys(corpus: Corpus) -> list[int]:
    """The keys of the posts of a corpus, in input order."""
    return [int(post) for (post,) in corpus.sql("SELECT post FROM counted ORDER BY seq").fetchall()]


# -- 200 small ones


@given(st.integers(0, 2**32), st.integers(1, 14), asks(), st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_tables_of_two_hundred_small_corpora_equal_a_recount(
    seed: int, size: int, ask: Ask, data: st.DataObject
) -> None:
    paths = st.sampled_from(["a/2021-09-07.jsonl", "b.jsonl"])
    posts = [post_of(row, at, data.draw(paths)) for at, row in enumerate(make_posts(size, seed))]
    scans = list(scan_many(posts))
    names = data.draw(st.lists(st.sampled_from(sorted(THINGS)), min_size=2, max_size=2, unique=True))
    once = count_once([json.loads(record_line(scan)) for scan in scans])
    with tempfile.TemporaryDirectory() as folder, corpus_of(scans, Path(folder)) as corpus:
        selected = corpus.select(**ask.select)
        for name in names:
            check_table(selected, name, choose(once, **ask.chosen), ask.how, covered_periods(once, ask))
        selected.close()


# -- corpora without a run


def post_of(row: dict[str, Any], record: int, path: str) -> Post:
    texts = ("id", "text", "platform", "author", "channel", "url", "repost_of")
    return Post(
        **{name: row[name] for name in texts if name in row},
        path=path,
        record=record,
        created=row.get("created"),
        counts={name: row[name] for name in ("likes", "shares", "replies", "views") if name in row},
        marked=tuple(Entity(**mark) for mark in row.get("marked", ())),
    )


def corpus_of(scans: Sequence[Scan], folder: Path) -> Corpus:
    """A corpus of these scans, whose tables are written without the store's records and syncs."""
    files = {}
    for name, batch in rows(scans).items():
        files[name] = [folder / f"{name}.parquet"]
        pq.write_table(pa.Table.from_batches([batch]), files[name][0])
    corpus = Corpus.__new__(Corpus)
    corpus.folder, corpus.run, corpus.run_id, corpus.ui, corpus._whole = folder, {}, "0123456789", "en", None
    corpus._look(connect(files, folder), Selection())
    return corpus
