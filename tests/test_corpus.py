"""Counts: every figure equals a plain recount from the records, and the evidence behind it has as many rows."""

from __future__ import annotations

import datetime as dt
import gc
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postscan.corpus import Corpus, load, scan_all
from postscan.corpus import database as corpus_database
from postscan.folding import search_fold
from postscan.languages import code_mixing_index
from postscan.model import Post, PostscanError
from postscan.pipeline import scan_many
from postscan.reading import read
from postscan.wordlists import check_outlets

DATES = ("metadata", "id", "byline", "dateline")
OWN = {"headline", "dateline", "body", "caption", "tags"}
NUMBERS = ["posts", "uses", "own", "embedded", "brand", "other", "glued", "in_reposts", "in_duplicates"]
COUNTS = ["hashtags", "handles", "links", "domains", "emoji", "embedded_accounts", "source_counts", "language_shares",
          "posters", "platforms", "rules"]  # fmt: skip
CRITERIA = {
    "hashtags": "tag", "handles": "handle", "links": "link", "domains": "domain", "emoji": "emoji",
    "embedded_accounts": "account", "source_counts": "source", "language_shares": "language", "posters": "poster",
    "platforms": "platform", "rules": "rule",
}  # fmt: skip
GROUPS = {"source_counts": "group", "posters": "poster_from", "rules": "layer"}

DIGEST = (
    "Crossing reopens after repairs\n\n"
    "KABUL (Reuters) - Drivers told Tolo News on Friday that the crossing was open. #Kabul #kabul\n\n"
    "The queue is gone, we crossed at noon https://t.co/abcdefghij\n"
    "— Rana Haddad (@ranahaddad) August 6, 2021\n\n"
    "Read more: #Herat airport reopens\n\n"
    "#DeltaWire report"
)
ROWS: list[dict[str, Any]] = [
    {"id": "1", "platform": "x", "author": "Delta Wire", "text": DIGEST, "created": "2021-08-06"},
    {
        "id": "2",
        "platform": "x",
        "text": "المعبر مفتوح اليوم #كابول \N{SHIP}",
        "created": "2021-08-20T09:00:00Z",
        "likes": 4,
    },
    {
        "id": "2",
        "platform": "x",
        "text": "المعبر مفتوح اليوم #كابُول #Kabul \N{SHIP}",
        "created": "2021-08-20T09:00:00Z",
    },
    {
        "id": "3",
        "platform": "x",
        "text": "The gate is open, @Rana_H says #KABUL",
        "created": "2021-10-01",
        "repost_of": "9",
    },
    {"id": "4", "platform": "x", "text": "the  gate is open, @rana_h says #kabul", "created": "2021-10-31"},
    {"id": "5", "text": "خبر#كابول https://www.example.org/a", "channel": "harbour"},
]


def write(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "in").mkdir()
    write(folder / "in" / "posts.jsonl", [*ROWS, {"id": "6"}])
    (folder / "in" / "a.txt").write_bytes("خبر قصير من الميناء: وصلت السفينة اليوم".encode("cp1256"))
    (folder / "in" / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with scan_all(folder / "in", out=folder / "out") as opened:
        yield opened


# -- a plain recount


def recounted(records: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], set[int], set[int]]:
    """Records that count, and of them by position the reposts and the duplicates."""
    last: dict[tuple[str, str], int] = {}
    for at, r in enumerate(records):
        if r["platform"] is not None:
            last[r["platform"], r["id"]] = at
    once = [r for at, r in enumerate(records) if r["platform"] is None or last[r["platform"], r["id"]] == at]
    seen: set[str] = set()
    duplicates = set()
    for at, r in enumerate(once):
        body = [b for b in r["blocks"] if b["kind"] == "body"] or [b for b in r["blocks"] if b["kind"] in OWN]
        words = " ".join(search_fold(" ".join(r["text"][b["start"] : b["end"]] for b in body)).text.split())
        if words and words in seen:
            duplicates.add(at)
        seen.add(words)
    return once, {at for at, r in enumerate(once) if r["repost_of"] is not None}, duplicates


def role_at(record: dict[str, Any], start: int) -> str:
    kinds = [b["kind"] for b in record["blocks"] if b["start"] <= start < b["end"]]
    kind = kinds[0] if kinds else "teaser"
    return "own" if kind in OWN else "embedded" if kind == "embed" else "other"


def plain(name: str) -> str:
    return "".join(name.casefold().replace("_", " ").split())


def tag_uses(record: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    """Key, written form, role and glued of each hashtag."""
    tags = [e for e in record["entities"] if e["kind"] in ("hashtag", "glued_hashtag")]
    signed = {(s["start"], s["end"]) for s in record["sources"] if s["kind"] == "brand"}
    names = {plain(record[f]) for f in ("author", "author_id", "channel") if record[f]}
    brands = {e["value"] for e in tags if (e["start"], e["end"]) in signed or plain(e["value"]) in names}
    for e in tags:
        role = role_at(record, e["start"])
        role = "brand" if role != "embedded" and e["value"] in brands else role
        yield e["value"], record["text"][e["start"] + 1 : e["end"]], role, e["kind"] == "glued_hashtag"


def source_uses(record: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    apart = ("official", "unnamed", "brand", "photo", "staff")
    for s in record["sources"]:
        role = role_at(record, s["start"])
        role = "brand" if role != "embedded" and s["kind"] == "brand" else role
        group = s["kind"] if s["kind"] in apart else "named"
        yield f"{group}/{s['key']}", record["text"][s["start"] : s["end"]], role, False


Uses = Callable[[dict[str, Any]], Iterator[tuple[str, str, str, bool]]]


def recount(records: Sequence[dict[str, Any]], uses_of: Uses, count: str) -> dict[str, list[int]]:
    """The figures of each key, in the order of `NUMBERS`."""
    once, reposts, duplicates = recounted(records)
    figures: dict[str, list[int]] = {}
    for at, record in enumerate(once):
        met: set[str] = set()
        for key, _, role, glued in uses_of(record):
            row = figures.setdefault(key, [0] * len(NUMBERS))
            row[NUMBERS.index(role)] += 1
            if count not in (role, "all"):
                continue
            row[0] += key not in met
            met.add(key)
            for column, yes in ((1, True), (6, glued), (7, at in reposts), (8, at in duplicates)):
                row[column] += yes
    return figures


def figures(frame: pd.DataFrame) -> dict[str, list[int]]:
    keys = frame["group"] + "/" + frame["key"] if "group" in frame else frame["key"]
    return {key: [int(n) for n in row] for key, row in zip(keys, frame[NUMBERS].to_numpy(), strict=True)}


def records_of(path: Path) -> list[dict[str, Any]]:
    posts = [item for item in read([path]) if isinstance(item, Post)]
    return [scan.to_dict() for scan in scan_many(posts)]


WORDS = st.sampled_from(
    ["#Kabul", "#kabul", "#كابول", "#كابُول", "خبر#كابول", "#Delta_Wire", "@rana", "\N{SHIP}", "gate", "open", "المعبر",
     "Reuters reported", "according to witnesses", "https://t.co/abcdefghij", "نقلا عن وكالة رويترز"]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join) | st.sampled_from(
    ["Read more: #Herat airport reopens", "#DeltaWire report", "— Rana (@rana) August 6, 2021", "#Kabul #Herat #gate",
     "Follow us on https://example.org/x #DeltaWire"]
)  # fmt: skip
POSTS = st.fixed_dictionaries(
    {"text": st.lists(LINES, min_size=1, max_size=4).map("\n\n".join)},
    optional={
        "id": st.sampled_from("123"),
        "platform": st.sampled_from(["x", "telegram"]),
        "author": st.sampled_from(["Delta Wire", "Kabul", "Rana"]),
        "repost_of": st.just("77"),
        "created": st.sampled_from(["2021-08-06", "2021-08-31T23:00:00-05:00", "2021-10-02T01:00:00Z"]),
    },
)


@given(st.lists(POSTS, min_size=1, max_size=12), st.sampled_from(["own", "embedded", "brand", "other", "all"]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_equal_a_plain_recount(tmp_path_factory: pytest.TempPathFactory, rows: Any, count: str) -> None:
    path = write(tmp_path_factory.mktemp("posts") / "posts.jsonl", rows)
    records = records_of(path)
    with scan_all(path) as opened:
        tags, sources = opened.hashtags(count=count), opened.source_counts(count=count)
        assert figures(tags) == recount(records, tag_uses, count)
        assert figures(sources) == recount(records, source_uses, count)
        counted = len(recounted(records)[0])
        assert tags["share"].tolist() == pytest.approx([n / counted for n in tags["posts"]])
        for frame in (tags, sources):
            order = list(zip(-frame["posts"], -frame["uses"], frame["key"], strict=True))
            assert order == sorted(order)
            assert (frame[["own", "embedded", "brand", "other"]].sum(axis=1) >= frame["uses"]).all()


@given(st.lists(POSTS, min_size=1, max_size=10))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_of_every_table_has_as_much_evidence_as_it_says(
    tmp_path_factory: pytest.TempPathFactory, rows: Any
) -> None:
    with scan_all(write(tmp_path_factory.mktemp("posts") / "posts.jsonl", rows)) as opened:
        for name in COUNTS:
            check_evidence(opened, name)


def check_evidence(corpus: Corpus, name: str) -> None:
    frame = getattr(corpus, name)()
    for row in frame.to_dict("records"):
        group = row[GROUPS[name]] if name in GROUPS else None
        found = corpus.evidence(**{CRITERIA[name]: row["key"]}, group=group)
        assert (len(found), found["post"].nunique()) == (row["uses"], row["posts"]), (name, row)


@given(st.lists(POSTS, min_size=1, max_size=12))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_months_add_up_and_are_filled_with_zeros(tmp_path_factory: pytest.TempPathFactory, rows: Any) -> None:
    path = write(tmp_path_factory.mktemp("posts") / "posts.jsonl", rows)
    once, _, _ = recounted(records_of(path))
    wanted: Counter[tuple[str, str]] = Counter()
    for record in once:
        if record["created_from"] in DATES:
            month = record["created"][:7]
            wanted.update({(month, key) for key, _, role, _ in tag_uses(record) if role == "own"})
    with scan_all(path) as opened:
        frame = opened.hashtags(by="month", top=100)
        sparse = opened.hashtags(by="month")
    found = {(f"{r.period:%Y-%m}", str(r.key)): int(str(r.posts)) for r in frame.itertuples() if r.posts}
    assert found == wanted
    assert len(sparse) == len(wanted)
    months = {r["created"][:7] for r in once if r["created_from"] in DATES}
    between = 3 if {"2021-08", "2021-10"} <= months else len(months)
    assert len(frame) == between * opened_keys(frame)


def opened_keys(frame: pd.DataFrame) -> int:
    return int(frame["key"].nunique())


# -- one corpus, figure by figure


def test_columns_are_the_same_for_everything_that_is_counted(corpus: Corpus) -> None:
    for name in COUNTS:
        frame = getattr(corpus, name)()
        assert not frame.empty, name
        at = list(frame.columns).index("posts")
        assert list(frame.columns[at:]) == [*NUMBERS, "share", "variants", "folded"], name
        assert "key" in frame.columns[:at]
        assert all(frame[column].dtype == "int64" for column in NUMBERS)


def test_hashtags_are_shown_as_mostly_written_with_their_variants(corpus: Corpus) -> None:
    frame = corpus.hashtags().set_index("key")
    kabul = frame.loc["kabul"]
    assert (kabul["hashtag"], kabul["posts"], kabul["uses"]) == ("Kabul", 4, 5)
    assert kabul["variants"] == "Kabul (2); kabul (2); KABUL (1)"
    assert (kabul["in_reposts"], kabul["in_duplicates"]) == (1, 1)
    arabic = frame.loc["كابول"]
    assert (arabic["posts"], arabic["glued"]) == (2, 1)
    assert (frame.loc["herat"]["posts"], frame.loc["herat"]["other"]) == (0, 1)
    assert (frame.loc["deltawire"]["posts"], frame.loc["deltawire"]["brand"]) == (0, 1)
    assert frame.loc["herat"]["variants"] == ""


def test_tag_that_is_not_what_it_looks_like_is_flagged_in_the_counts(tmp_path: Path) -> None:
    tags = ("#Harbour", "#H\N{CYRILLIC SMALL LETTER A}rbour", "#Har\N{ZERO WIDTH JOINER}our", "#Harour", "#مرفأHarbour")
    path = write(tmp_path / "posts.jsonl", [{"text": f"The ferry waits {tag} today"} for tag in tags])
    with scan_all(path) as opened:
        frame = opened.hashtags().set_index("key")
        assert frame["posts"].tolist() == [2, 1, 1, 1]
        assert frame["suspicious"].dropna().to_dict() == {
            "harour": "joiner",  # one of its two spellings
            "h\N{CYRILLIC SMALL LETTER A}rbour": "look-alike",
        }


def test_top_takes_the_first_rows_that_have_a_use(corpus: Corpus) -> None:
    assert corpus.hashtags(top=1)["key"].tolist() == ["kabul"]
    assert "herat" not in set(corpus.hashtags(top=100)["key"])


def test_sentence_says_what_was_counted_and_left_out(corpus: Corpus) -> None:
    assert corpus.hashtags().attrs["sentence"] == (
        "Hashtags in the posts' own words (headline, dateline, body, caption, tags) of 6 posts; tags glued to a word "
        "are included; left out: 1 as the poster's own brand, 1 in teasers, bylines and boilerplate; 1 repost and 1 "
        "exact duplicate included; 1 record left out for a later one with the same platform and id; 2021-08-06 to "
        f"2021-10-31; 2 undated; days as the posts give them; run {corpus.run_id}."
    )
    assert "of 2 posts where day < '2021-09-01'" in corpus.hashtags(where="day <\n '2021-09-01'").attrs["sentence"]
    assert corpus.source_counts().attrs["sentence"].startswith("Sources credited in 6 posts; ")
    assert "; 2 undated, left out; " in corpus.hashtags(by="day").attrs["sentence"]
    assert "; no post has a date; run " in corpus.hashtags(where="id = '5'").attrs["sentence"]
    assert "; 2021-08-06; days as" in corpus.hashtags(where="id = '1'").attrs["sentence"]
    for name in COUNTS:
        assert corpus.run_id in getattr(corpus, name)().attrs["sentence"]


def test_where_is_sql_over_the_posts(corpus: Corpus) -> None:
    frame = corpus.hashtags(where="repost_of IS NULL -- not what others said")
    assert frame.set_index("key").loc["kabul"]["posts"] == 3
    with pytest.raises(PostscanError, match=r"likse.*; the tables are posts, blocks"):
        corpus.hashtags(where="likse > 3")


def test_count_and_by_that_there_are_not_are_told(corpus: Corpus) -> None:
    with pytest.raises(PostscanError, match="count='mine': it can be own, embedded, brand, other, all"):
        corpus.hashtags(count="mine")
    with pytest.raises(PostscanError, match="by='year': it can be hour, day, week, month"):
        corpus.hashtags(by="year")
    with pytest.raises(PostscanError, match="count='mine'"):
        corpus.evidence(tag="kabul", count="mine")
    with pytest.raises(PostscanError, match="evidence of what"):
        corpus.evidence()


def test_later_record_with_one_platform_and_id_counts(corpus: Corpus) -> None:
    frame = corpus.duplicate_ids()
    assert frame[["platform", "id", "record", "later_record", "edited"]].to_numpy().tolist() == [["x", "2", 1, 2, True]]
    assert len(corpus.posts) == 7
    assert corpus.summary().counted == 6


def test_summary_adds_up(corpus: Corpus) -> None:
    s = corpus.summary()
    assert s.read == s.kept + sum(s.skipped.values()) + sum(s.problems.values()) == 9
    assert (s.files, s.kept, s.counted, s.repeated, s.reposts, s.duplicates, s.undated) == (3, 7, 6, 1, 1, 1, 2)
    assert s.skipped == {"media file": 1}
    assert s.encodings == {"cp1256": 1}
    assert any("cp1256" in remark for remark in s.remarks)
    assert (s.first, s.last) == (dt.date(2021, 8, 6), dt.date(2021, 10, 31))
    assert sum(s.languages.values()) == 6


def test_periods_are_filled_and_the_first_and_last_are_partial(corpus: Corpus) -> None:
    months = corpus.periods("month")
    assert months["posts"].tolist() == [2, 0, 2]
    assert months["partial"].tolist() == [True, False, False]
    weeks = corpus.periods("week")
    assert weeks["period"].iloc[0] == pd.Timestamp("2021-08-02")
    assert weeks["posts"].sum() == 4
    assert not corpus.periods("day")["partial"].any()
    assert set(corpus.periods("day", where="day IS NULL")["posts"]) == {0}


def test_implausible_dates_are_counted_beside(tmp_path: Path) -> None:
    days = ["0001-01-01", "2021-08-06", "9999-12-31", None]
    path = write(tmp_path / "posts.jsonl", [{"text": f"#Kabul {n}", "created": day} for n, day in enumerate(days)])
    with scan_all(path) as opened:
        s = opened.summary()
        assert (s.undated, s.implausible, s.first, s.last) == (3, 2, dt.date(2021, 8, 6), dt.date(2021, 8, 6))
        assert len(opened.periods("day")) == 1
        assert "; 3 undated, 2 of them by an implausible date; " in opened.hashtags().attrs["sentence"]


def test_weeks_of_a_tag_hold_its_uses(corpus: Corpus) -> None:
    frame = corpus.hashtags(by="week", top=1)
    assert frame["uses"].sum() == 5
    assert len(frame) == len(corpus.periods("week"))
    assert frame["period"].is_monotonic_increasing
    assert list(frame.columns) == ["period", "hashtag", "key", "suspicious", *NUMBERS, "share", "partial"]
    assert frame.loc[frame["posts"] > 0, "share"].between(0, 1).all()


def test_evidence_says_where_each_use_stands(corpus: Corpus) -> None:
    found = corpus.evidence(tag="#KABUL")
    assert found["written"].tolist() == ["Kabul", "kabul", "Kabul", "KABUL", "kabul"]
    assert found["path"].unique().tolist() == ["posts.jsonl"]
    assert found["record"].tolist() == [0, 0, 2, 3, 4]
    assert found["role"].unique().tolist() == ["own"]
    first = found.iloc[0]
    assert DIGEST[first["start"] : first["end"]] == "#Kabul"
    assert first["around"] == " ".join(DIGEST[first["start"] - 40 : first["end"] + 40].split())
    assert len(corpus.evidence(tag="herat")) == 0
    assert len(corpus.evidence(tag="herat", count="all")) == 1


def test_evidence_of_two_things_is_in_posts_that_have_both(corpus: Corpus) -> None:
    both = corpus.evidence(tag="kabul", handle="@Rana_H")
    assert sorted(both["what"]) == ["handle", "handle", "tag", "tag"]
    assert both["record"].tolist() == [3, 3, 4, 4]
    assert corpus.evidence(tag="kabul", handle="nobody").empty


def test_evidence_takes_keys_and_written_forms(corpus: Corpus) -> None:
    assert len(corpus.evidence(tag="كابُول")) == 2
    assert len(corpus.evidence(handle="@rana_h")) == 2
    assert corpus.evidence(source="Reuters")["written"].tolist() == ["Reuters"]
    assert corpus.evidence(source="reuters", group="photo").empty
    assert corpus.evidence(poster="harbour")["around"].tolist() == ["خبر#كابول https://www.example.org/a"]
    assert len(corpus.evidence(tag="kabul", where="day > '2021-09-01'")) == 2


@pytest.mark.parametrize("name", COUNTS)
def test_evidence_behind_each_row_is_as_much_as_it_says(corpus: Corpus, name: str) -> None:
    check_evidence(corpus, name)


def test_evidence_is_safe_against_what_it_is_asked_for(corpus: Corpus) -> None:
    assert corpus.evidence(tag="x' OR 1=1 --").empty


def test_links_without_a_target_stand_together_among_domains(corpus: Corpus) -> None:
    assert set(corpus.domains(count="all")["domain"]) == {"short link, target unknown", "example.org"}


def test_shares_of_languages_are_of_letters(corpus: Corpus) -> None:
    frame = corpus.language_shares()
    assert frame["share"].sum() == pytest.approx(1)
    assert {"ar", "en"} <= set(frame["code"])
    assert (frame["letters"] / frame["letters"].sum()).tolist() == pytest.approx(frame["share"].tolist())


# -- tables, opening and closing


def test_attributes_are_the_tables(corpus: Corpus) -> None:
    posts = corpus.posts
    assert posts["text"].tolist()[1] == DIGEST
    assert posts["record"].isna().tolist() == [True] + [False] * 6
    assert posts["likes"].dropna().tolist() == [4]
    for frame in (corpus.blocks, corpus.embeds, corpus.entities, corpus.languages, corpus.sources):
        assert set(frame["post"]) <= set(posts["post"])
        assert len(frame)
    assert corpus.skipped["reason"].tolist() == ["media file"]
    assert len(corpus.problems) == 1
    assert len(corpus.table("posts", limit=2)) == 2


def test_big_table_wants_a_limit(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postscan.corpus.database.MOST_ROWS", 6)
    with pytest.raises(PostscanError, match=r"posts has 7 rows: name a limit, corpus.table\('posts', limit=...\)"):
        _ = corpus.posts
    assert len(corpus.table("posts", limit=7)) == 7


def test_sql_gives_a_relation_over_the_tables(corpus: Corpus) -> None:
    relation = corpus.sql("SELECT count(*) FROM posts JOIN counted USING (post)")
    assert relation.fetchall() == [(6,)]
    with pytest.raises(PostscanError, match="nowhere"):
        corpus.sql("SELECT * FROM nowhere")


def test_database_is_bounded_and_loads_nothing_from_the_network(corpus: Corpus) -> None:
    names = ("autoinstall_known_extensions", "autoload_known_extensions", "threads", "memory_limit")
    values = dict(corpus.sql(f"SELECT name, value FROM duckdb_settings() WHERE name IN {names}").fetchall())
    assert values["autoinstall_known_extensions"] == values["autoload_known_extensions"] == "false"
    assert int(values["threads"]) >= 1
    assert values["memory_limit"]


def test_corpus_without_output_folder_goes_with_it_unless_saved(tmp_path: Path) -> None:
    path = write(tmp_path / "posts.jsonl", ROWS)
    opened = scan_all([path])
    temporary = opened.folder
    opened.save(tmp_path / "kept")
    tags = opened.hashtags()
    opened.close()
    del opened
    gc.collect()
    assert not temporary.exists()
    with load(tmp_path / "kept") as again:
        pd.testing.assert_frame_equal(again.hashtags(), tags)
        assert repr(again) == f"<Corpus {str(tmp_path / 'kept')!r}: 6 posts, run {again.run_id}>"


def test_scan_that_fails_leaves_no_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(PostscanError, match="no such file"):
        scan_all(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_folder_whose_name_is_a_pattern_or_has_quotes_opens(tmp_path: Path) -> None:
    path = write(tmp_path / "posts.jsonl", ROWS)
    (tmp_path / "out1x").mkdir()
    with scan_all(path, out=tmp_path / "out[1]*?'x") as opened:
        assert len(opened.posts) == 6


def test_folder_without_a_run_is_told_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(PostscanError, match=r"no finished run is there; make one with `postscan PATHS -o"):
        load(tmp_path)


def test_corpus_of_problems_alone_has_empty_tables(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("5\n", encoding="utf-8")
    with scan_all(path) as opened:
        assert opened.summary().kept == 0
        for name in COUNTS:
            frame = getattr(opened, name)()
            assert frame.empty
            assert "0 posts" in frame.attrs["sentence"]
            assert getattr(opened, name)(by="day", top=3).empty
        assert opened.posts.empty
        assert opened.periods("day").empty


def test_wrong_query_is_told_in_one_line() -> None:
    with pytest.raises(PostscanError) as caught:
        corpus_database.query(duckdb.connect(), "SELEC 1")
    assert "\n" not in str(caught.value)


UNMATCHED = [
    "Source: Harbour Log",
    "Source: harbour log",
    "Source: Quay\u200cNote",
    "The keeper told Reuters that the lamp was out. Source: Harbour Log",
    "It first appeared in The Quay Gazette.",
    "The Times reported it, the newspaper said, and a sailor told The Quay Gazette so.",
    "المصدر: صحيفة مرفأ الصباح",
]


@pytest.fixture(scope="module")
def crediting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    file = tmp_path_factory.mktemp("crediting") / "posts.jsonl"
    file.write_text("\n".join(json.dumps({"text": text}) for text in UNMATCHED), encoding="utf-8")
    with scan_all(file, progress=False) as found:
        yield found


def test_unmatched_sources_are_outlets_without_a_row_in_the_table(crediting: Corpus) -> None:
    frame = crediting.unmatched_sources()
    assert list(frame.columns) == ["name", "kind", "posts", "uses", "variants"]
    assert frame[["name", "posts", "uses"]].to_numpy().tolist() == [
        ["Harbour Log", 2, 2], ["The Quay Gazette", 2, 2], ["Quay\u200cNote", 1, 1], ["مرفأ الصباح", 1, 1]
    ]  # fmt: skip
    assert set(frame["kind"]) == {"outlet"}
    assert crediting.unmatched_sources(top=1)["name"].tolist() == ["Harbour Log"]
    assert crediting.unmatched_sources(where="false").empty
    assert frame.attrs["sentence"].startswith("Of these, names that the table of outlets lacks. ")


def test_unmatched_sources_are_a_valid_table_of_outlets_to_paste(crediting: Corpus) -> None:
    frame = crediting.unmatched_sources()
    rows = check_outlets(tomllib.loads(frame.attrs["toml"])).outlets
    assert [row.name for row in rows] == frame["name"].tolist()
    assert all("\u200c" not in line for line in frame.attrs["toml"].split("\n"))
    assert crediting.unmatched_sources(where="false").attrs["toml"] == ""


def test_code_mixing_is_told_for_posts_and_corpus(tmp_path: Path) -> None:
    rows = [
        "The road to the port is closed today, and the boats wait",
        "قال السكان إن الطريق مغلق, and the boats wait outside the port today",
        "#kabul",
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in rows), encoding="utf-8")
    with scan_all(path) as corpus:
        posts = corpus.posts
        figures = corpus.code_mixing()
    words = 5 * ["ar"] + 8 * ["en"]
    assert posts["cmi"].tolist() == [0.0, round(code_mixing_index(words), 3), 0.0]
    assert posts["i_index"].tolist() == [0.0, round(1 / 12, 3), 0.0]
    assert (figures["posts"], figures["mixed"]) == (3, 1)
    assert figures["cmi"] == pytest.approx(figures["cmi_mixed"] / 3)
    assert 0 < figures["m_index"] < 1


def test_letters_that_fit_no_named_language_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "Дорога в порт сегодня закрыта #порт"}) + "\n", encoding="utf-8")
    with scan_all(path, detect=["ar", "en"]) as corpus:
        assert corpus.summary().remarks == ("25 letters fit none of ar, en (und)",)
    with scan_all(path) as corpus:
        assert corpus.summary().remarks == ()
