"""Which posts count and how their time is read: options, zones, periods and gaps."""

from __future__ import annotations

import datetime as dt
import gc
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.corpus import Corpus, scan_all
from postscan.corpus.moments import find_span, write_bound
from postscan.dates.zones import find_zone, transitions, zone_names
from postscan.model import PostscanError
from postscan.wording import LANGUAGES

ROWS: list[dict[str, Any]] = [
    {"platform": "x", "id": "1", "text": "The gate at #Masna is open.", "created": "2021-08-06T22:30:00Z", "likes": 3},
    {"platform": "x", "id": "2", "text": "Still open: #masna and #Kaa", "created": "2021-08-09"},
    {
        "platform": "x", "id": "3", "text": "Still open: #masna and #Kaa", "repost_of": "2",
        "created": "2021-08-10T10:20",
    },
    {"platform": "x", "id": "4", "text": "Closed: #Kaa", "created": "2021-08-12T01:00:00+03:00", "likes": 9},
    {"platform": "x", "id": "5", "text": "No day for #Kaa"},
    {"platform": "x", "id": "6", "text": "Never: #Kaa", "created": "0001-01-01"},
]  # fmt: skip


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with scan_all(write(tmp_path_factory.mktemp("in") / "posts.jsonl", ROWS), progress=False) as opened:
        yield opened


def ids(corpus: Corpus) -> str:
    return "".join(corpus.posts["id"])


# -- selections


@pytest.mark.parametrize(
    ("select", "kept"),
    [
        ({"reposts": "without"}, "12456"),
        ({"reposts": "only"}, "3"),
        ({"duplicates": "without"}, "12456"),
        ({"reposts": "only", "duplicates": "without"}, "3"),
        ({"where": "likes > 3"}, "4"),
        ({"where": "likes > 3 -- liked"}, "4"),
        ({"since": "2021-08-09"}, "234"),
        ({"since": dt.date(2021, 8, 9), "until": dt.datetime(2021, 8, 10, 10, 20)}, "23"),  # noqa: DTZ001
        ({"since": "2021-08-09", "until": "2021-08-10T09"}, "2"),
        ({"since": "2021-08-09T01"}, "34"),
        ({"until": "2021-W31"}, "1"),
        ({"until": "2021-08-06", "tz": "Asia/Beirut"}, ""),
        ({"since": "2021-08-07", "until": "2021-08-07", "tz": "Asia/Beirut"}, "1"),
        ({"until": "2021-08-06T23:00:00Z", "tz": "Asia/Beirut"}, "1"),
        ({"since": "2021-08-12", "tz": "UTC"}, ""),
        ({"dates": ["id"], "since": "2000"}, ""),
    ],
)
def test_selection_keeps_the_posts_that_it_names(corpus: Corpus, select: dict[str, Any], kept: str) -> None:
    chosen = corpus.select(**select)
    assert ids(chosen) == kept
    assert chosen.summary().counted == len(kept)
    chosen.close()


def test_everything_of_a_selection_sees_only_its_posts(corpus: Corpus) -> None:
    chosen = corpus.select(reposts="without", where="likes IS NULL")
    assert ids(chosen) == "256"
    assert chosen.hashtags()["posts"].tolist() == [3, 1]
    assert set(chosen.evidence(tag="kaa")["id"]) == {"2", "5", "6"}
    assert set(chosen.entities["post"]) == set(chosen.posts["post"])
    assert chosen.sql("SELECT count(*) FROM counted").fetchall() == [(3,)]
    assert chosen.hashtags(where="id = '2'")["posts"].tolist() == [1, 1]
    assert chosen.periods("day")["posts"].sum() == 1
    assert "of 3 posts where likes IS NULL" in chosen.hashtags().attrs["sentence"]


def test_selections_narrow_each_other_and_close_for_themselves(corpus: Corpus) -> None:
    first = corpus.select(since="2021-08-01", tz="Asia/Beirut")
    second = first.select(until="2021-08-10", where="likes IS NULL")
    assert ids(second) == "23"
    assert "where (likes IS NULL) AND (id = '2')" in second.hashtags(where="id = '2'").attrs["sentence"]
    second.close()
    assert ids(first) == "1234"
    first.close()
    assert len(corpus.posts) == len(ROWS)


def test_selection_keeps_the_store_that_it_looks_into(tmp_path: Path) -> None:
    chosen = scan_all(write(tmp_path / "posts.jsonl", ROWS), progress=False).select(reposts="only")
    gc.collect()
    assert ids(chosen) == "3"


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ({"reposts": "none"}, "reposts='none': it can be with, without, only"),
        ({"duplicates": "only"}, "duplicates='only': it can be with, without"),
        ({"dates": ["file"]}, "dates='file': the times of files are not kept"),
        ({"dates": ["day"]}, "dates='day': it can be metadata, id, byline, dateline, embed, name"),
        ({"dates": ["id", "id"]}, "dates='id,id': name each once"),
        ({"tz": "Beirut"}, "tz='Beirut': is no time zone; did you mean Asia/Beirut"),
        ({"tz": "../../etc/passwd"}, "is no time zone"),
        ({"since": "soon"}, "since='soon': is no day or time; write 2021"),
        ({"until": "2021-02-30"}, "until='2021-02-30': is no day or time"),
        ({"since": "2021-08-06T00:00:00Z"}, "has a zone, and posts are in their own"),
        ({"since": "2021-09", "until": "2021-08"}, "since='2021-09': is after until='2021-08'"),
        ({"gaps": [("2021-08-12", "2021-08-10")]}, "gaps='2021-08-12..2021-08-10'"),
        ({"ui": "de"}, "ui='de': it can be en, ar"),
        ({"where": "likse > 3"}, "likse"),
    ],
)
def test_values_that_cannot_be_are_told_with_those_that_can(
    corpus: Corpus, select: dict[str, Any], message: str
) -> None:
    with pytest.raises(PostscanError) as caught:
        corpus.select(**select)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"unit": "word"}, "unit='word': it can be post, story"),
        ({"merge": "sound"}, "merge='sound': it can be spelling, case, none"),
        ({"weight": "hearts"}, "weight='hearts': it can be likes, shares, replies, views"),
        ({"top_in": "week"}, "top_in='week': it can be overall, period"),
        ({"by": "year"}, "by='year': it can be hour, day, week, month"),
    ],
)
def test_options_that_cannot_be_are_told_with_those_that_can(
    corpus: Corpus, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(PostscanError, match=message):
        corpus.hashtags(**options)
    with pytest.raises(PostscanError, match="form='short': it can be expanded, written"):
        corpus.links(form="short")


def test_table_that_there_is_not_is_told(corpus: Corpus) -> None:
    with pytest.raises(PostscanError, match="there is no table 'tags': they are posts, blocks"):
        corpus.table("tags")


def test_reposts_that_are_left_out_cannot_be_taken_alone(corpus: Corpus) -> None:
    with pytest.raises(PostscanError, match="they are chosen as 'without' already"):
        corpus.select(reposts="without").select(reposts="only")


# -- sentences


def test_sentence_says_what_each_option_did(corpus: Corpus) -> None:
    chosen = corpus.select(
        since="2021-08-07", until="2021-08-12", tz="Asia/Beirut", reposts="without", duplicates="without",
        dates=("metadata", "embed"), gaps=[("2021-08-10", "2021-08-11")],
    )  # fmt: skip
    frame = chosen.hashtags(by="hour", top=1, weight="likes", unit="story", merge="case")
    assert frame.attrs["sentence"] == (
        "Hashtags in the posts' own words (headline, dateline, body, caption, tags) of 3 posts; tags glued to a word "
        "are included; spellings that differ by more than case apart; the first 1 of all; sorted by likes, share is of "
        "12 likes; 1 post without a number of likes count as 0; 1 repost left out; 0 exact duplicates left out; only "
        "posts from 2021-08-07 to 2021-08-12; 2 undated left out; 2021-08-07 to 2021-08-12; 1 post with a day alone "
        "left out of hours; times in Asia/Beirut; dates from metadata, embeds; no data from 2021-08-10 to 2021-08-11; "
        f"run {corpus.run_id}."
    )
    only = corpus.select(reposts="only", tz="UTC").handles(unit="story").attrs["sentence"]
    assert "; sorted by stories, share is of 1 story; reposts only (5 posts that are none left out); " in only
    assert "; times in UTC; 1 post whose time has no zone taken as written; run" in only
    cut = corpus.select(since="2021-08-09T01").periods("day").attrs["sentence"]
    assert "1 post with a day alone left out, for the time begins or ends within it" in cut
    assert cut.startswith("Posts a day of 2 posts; ")


def test_sentences_are_arabic_where_that_is_asked_for(corpus: Corpus) -> None:
    chosen = corpus.select(
        ui="ar", since="2021-08-07", until="2021-08-12T20", tz="Asia/Beirut", reposts="without",
        gaps=[("2021-08-10", "2021-08-10")], dates=["metadata", "name"],
    )  # fmt: skip
    assert chosen.ui == "ar"
    frames = [chosen.hashtags(by="hour", top=2, top_in="period", weight="views", merge="none"), chosen.periods("week"),
              chosen.skipped_counts(), chosen.unmatched_sources(), chosen.posters(unit="story"),
              corpus.select(ui="ar", reposts="only", duplicates="without").rules(),
              corpus.select(ui="ar").language_shares(by="day")]  # fmt: skip
    for frame in frames:
        words = frame.attrs["sentence"].replace(corpus.run_id, "").replace("Asia/Beirut", "")
        assert not any("a" <= letter <= "z" for letter in words.lower()), words
        assert words.endswith(".")
    assert LANGUAGES == ("en", "ar")


# -- zones and periods


@given(st.sampled_from(sorted(zone_names())), st.integers(631_152_000, 4_102_358_400))
@settings(max_examples=300, deadline=None)
def test_transitions_of_a_zone_are_those_of_zoneinfo(name: str, second: int) -> None:
    moves = transitions(name)
    moment = dt.datetime.fromtimestamp(second, dt.UTC)
    plain = moment.replace(tzinfo=None)
    offset = [east for start, east in moves if start <= plain][-1]
    wanted = moment.astimezone(find_zone(name)).utcoffset()
    assert wanted is not None
    assert abs(offset - wanted.total_seconds()) < 1


def test_days_are_those_of_the_zone_and_a_day_alone_is_never_shifted(corpus: Corpus) -> None:
    def days(tz: str | None) -> list[str]:
        return [f"{r.period:%d}" for r in corpus.select(tz=tz).periods("day").itertuples() if r.posts]

    assert days(None) == ["06", "09", "10", "12"]
    assert days("Asia/Beirut") == ["07", "09", "10", "12"]
    assert days("Pacific/Kiritimati") == ["07", "09", "10", "12"]
    assert days("America/New_York") == ["06", "09", "10", "11"]


def test_hours_are_filled_with_zeros_and_leave_days_alone_out(corpus: Corpus) -> None:
    frame = corpus.select(tz="UTC").periods("hour")
    assert (frame["period"].iloc[0], frame["period"].iloc[-1]) == (
        pd.Timestamp("2021-08-06T22:00"), pd.Timestamp("2021-08-11T22:00")
    )  # fmt: skip
    assert len(frame) == 5 * 24 + 1
    assert frame["posts"].sum() == 3
    assert not frame["partial"].any()


def test_periods_are_covered_by_the_run_and_cut_by_bounds(corpus: Corpus) -> None:
    weeks = corpus.periods("week")
    assert weeks[["posts", "partial"]].to_numpy().tolist() == [[1, True], [3, True]]
    chosen = corpus.select(since="2021-08-08T12", until="2021-08-10")
    days = chosen.periods("day")
    assert [f"{day:%d}" for day in days["period"]] == ["08", "09", "10"]
    assert days["partial"].tolist() == [True, False, False]
    assert days["posts"].tolist() == [0, 1, 1]
    assert corpus.select(since="2022").periods("day").empty
    assert corpus.periods("month", weight="likes", unit="story").to_dict("records") == [
        {"period": pd.Timestamp("2021-08-01"), "likes": 12, "stories": 4, "posts": 4, "partial": True}
    ]


def test_named_gaps_are_gaps_and_other_days_without_posts_are_zero(corpus: Corpus) -> None:
    chosen = corpus.select(gaps=[("2021-08-07", "2021-08-09"), ("2021-08-11", "2021-08-11T12")])
    days = chosen.periods("day")
    assert days["posts"].isna().tolist() == [False, True, True, False, False, False, False]
    assert days["posts"].dropna().tolist() == [1, 1, 1, 0, 1]
    tags = chosen.hashtags(by="day", top=1)
    assert tags["posts"].isna().tolist() == tags["share"].isna().tolist() == days["posts"].isna().tolist()
    assert not chosen.periods("week")["posts"].isna().any()


def test_too_many_zeros_are_told_before_they_are_made(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postscan.corpus.periods.MOST_ROWS", 100)
    with pytest.raises(PostscanError, match="by='hour': that is 124 periods of 2 rows; name since and until"):
        corpus.hashtags(by="hour", top=2)


def test_dates_of_other_links_count_where_they_are_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "2021-08-06"
    folder.mkdir()
    write(folder / "posts.jsonl", [{"text": "The gate is open."}, {"text": "Open.", "created": "2021-09-01"}])
    (folder / "a.txt").write_text(
        "The queue is gone, we crossed at noon https://t.co/abcdefghij\n— Rana Haddad (@ranahaddad) August 8, 2021\n",
        encoding="utf-8",
    )
    with scan_all(tmp_path, progress=False) as opened:

        def days(**select: Any) -> list[str]:
            frame = opened.select(**select).periods("day")
            return [f"{row.period:%m-%d}" for row in frame.itertuples() if row.posts]

        assert days() == ["09-01"]
        assert days(dates=["embed"]) == ["08-08"]
        assert days(dates=["metadata", "embed"]) == ["08-08", "09-01"]
        assert days(dates=["name"]) == ["08-06"]
        assert days(dates=["metadata", "embed", "name"]) == ["08-06", "08-08", "09-01"]
        assert opened.select(dates=["name"]).periods("day")["posts"].tolist() == [3]
        assert set(opened.table("dates")["link"]) == {"metadata", "embed", "name"}


# -- moments


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2021", "2021-01-01", "2022-01-01"),
        ("2021-12", "2021-12-01", "2022-01-01"),
        ("2020-W53", "2020-12-28", "2021-01-04"),
        ("2021-08-06", "2021-08-06", "2021-08-07"),
        ("2021-08-06T14", "2021-08-06T14:00", "2021-08-06T15:00"),
        ("2021-08-06 14:30", "2021-08-06T14:30", "2021-08-06T14:31"),
        ("2021-08-06T14:30:15", "2021-08-06T14:30:15", "2021-08-06T14:30:16"),
        ("2021-08-06T14:30:15.5", "2021-08-06T14:30:15.500000", "2021-08-06T14:30:15.500001"),
        ("2021-08-06T14:30+03:00", "2021-08-06T14:30+03:00", "2021-08-06T14:31+03:00"),
    ],
)
def test_periods_are_read_as_they_are_written(written: str, start: str, end: str) -> None:
    assert find_span(written, "period") == (dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end))


@pytest.mark.parametrize("written", ["", "21", "2021-13", "2021-W54", "2021-08-06T25", "2021-08-06T14:30Q", "9999"])
def test_what_is_no_period_is_told(written: str) -> None:
    with pytest.raises(PostscanError, match=f"period='{written}': is no day or time"):
        find_span(written, "period")


def test_bounds_are_written_as_days_where_they_are_midnights() -> None:
    midnight, noon = dt.datetime.fromisoformat("2021-08-10"), dt.datetime.fromisoformat("2021-08-10T12:00:05")
    assert (write_bound(midnight), write_bound(midnight, end=True)) == ("2021-08-10", "2021-08-09")
    assert write_bound(noon) == "2021-08-10 12:00:05"


# -- evidence


def test_evidence_of_a_period_alone_is_its_posts(corpus: Corpus) -> None:
    found = corpus.evidence(period="2021-08-09")
    assert found[["what", "key", "id", "date"]].to_numpy().tolist() == [["period", "2021-08-09", "2", "2021-08-09"]]
    assert corpus.select(tz="Asia/Beirut").evidence(period="2021-08-07T01")["date"].tolist() == ["2021-08-07T01:30:00"]
    assert corpus.evidence(tag="kaa", period="2021-W32")["id"].tolist() == ["2", "3", "4"]
    assert corpus.evidence(tag=["kaa", "#Masna"], period="2021")["key"].value_counts().to_dict() == {
        "kaa": 3,
        "masna": 3,
    }
    with pytest.raises(PostscanError, match="leave its zone out"):
        corpus.evidence(period="2021-08-06T14:00Z")


def test_evidence_of_written_forms_follows_merge(corpus: Corpus) -> None:
    assert len(corpus.evidence(tag="#Masna", merge="none")) == 1
    assert len(corpus.evidence(tag="#MASNA", merge="case")) == 3
    assert corpus.evidence(tag="#MASNA", merge="none").empty
