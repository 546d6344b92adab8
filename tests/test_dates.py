"""Dates: the closed grammar, ids that carry a time, and when a post was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.dates import DateSpan, find_created, find_dates, id_day, match_date, skip_time
from postscan.dates.grammar import solar_day
from postscan.model import Block, Embed, Post
from postscan.wordlists import check_months, months
from timing import assert_linear

PRINTED = [
    ("August 6, 2021", "2021-08-06"),
    ("Aug.08: 2021:", "2021-08-08"),
    ("Aug.23,2021: @desk", "2021-08-23"),
    ("Sept.01, 2021", "2021-09-01"),
    ("Oct. 3rd, 2020", "2020-10-03"),
    ("06-Aug-2021", "2021-08-06"),
    ("6th of August 2021", "2021-08-06"),
    ("Monday, February 7, 2022", "2022-02-07"),
    ("July 3,\n> 2019", "2019-07-03"),
    ("February 18, 2022Firefighters", "2022-02-18"),
    ("25. September 2018", "2018-09-25"),
    ("1. Jänner 2020", "2020-01-01"),
    ("13 août 2017", "2017-08-13"),
    ("1er mai 2020", "2020-05-01"),
    ("6 de agosto de 2021", "2021-08-06"),
    ("9 Ağustos 2022", "2022-08-09"),
    ("16 мая 2018 г.", "2018-05-16"),
    ("2021年8月6日", "2021-08-06"),
    ("6 أغسطس، 2021", "2021-08-06"),
    ("٦ أغسطس، ٢٠٢١", "2021-08-06"),
    ("6 اغسطس 2021م", "2021-08-06"),
    ("14 كانون الأول، 2023", "2023-12-14"),
    ("الأربعاء، 28 آب/أغسطس 2013", "2013-08-28"),
    ("28 أغسطس (آب) 2013", "2013-08-28"),
    ("5 جويلية 2022", "2022-07-05"),
    ("6 غشت 2021", "2021-08-06"),
    ("6 اگست، 2021", "2021-08-06"),
    ("۱۵ مرداد ۱۴۰۰", "2021-08-06"),
    ("۲۳ سنبله ۱۴۰۲", "2023-09-14"),
    ("2021 اګست 6", "2021-08-06"),
    ("6ی ئابی 2021", "2021-08-06"),
    ("2021-08-06T10:00", "2021-08-06"),
    ("06.08.2021", "2021-08-06"),
    ("27/08/2021", "2021-08-27"),
    ("٠٧/٠٨/٢٠٢١", "2021-08-07"),
    ("1400/05/15", "2021-08-06"),
]
NO_DATES = [
    "7/3/1429 هـ",
    "1442/05/15",
    "07/08/2021",
    "13/13/2021",
    "31 June 2021",
    "30 اسفند 1400",
    "you may 5 say so",
    "5 may be",
    "Mayo 5",
    "Sept 12:30",
    "3 تیر",
    "5 اسد",
    "20210806",
    "2021-13-01",
    "0 August 2021",
    "Aug",
    "4 Marching bands",
]


@pytest.mark.parametrize(("text", "day"), PRINTED)
def test_a_printed_day_is_read_where_it_begins_and_where_it_stands(text: str, day: str) -> None:
    found = match_date(text, 0)
    assert found is not None
    assert found.iso == day
    inside = find_dates(f"so: {text}")
    assert [date.iso for date in inside] == [day]
    assert inside[0].end == found.end + 4


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_day_or_could_be_two_is_none(text: str) -> None:
    assert match_date(text, 0) is None
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "end", "month", "day"),
    [("Aug.07: Dozens", 6, 8, 7), ("8 أيار في", 6, 5, 8), ("Aug 5, 1200 men", 5, 8, 5), ("6 August 1066", 8, 8, 6)],
)
def test_a_day_without_a_year_has_none(text: str, end: int, month: int, day: int) -> None:
    found = match_date(text, 0)
    assert found == DateSpan(0, end, None, month, day)
    assert found.iso is None


def test_every_name_of_the_table_is_read_in_a_date() -> None:
    for calendar, languages in months().items():
        for language, rows in languages.items():
            for number, names in enumerate(rows, 1):
                for name in names:
                    year = 1400 if calendar == "solar" else 2021
                    want = solar_day(year, number, 6) if calendar == "solar" else dt.date(year, number, 6)
                    found = match_date(f"6 {name} {year}", 0)
                    assert found is not None, (language, name)
                    assert found.iso == want.isoformat(), (language, name)


def test_dates_are_found_in_order_and_only_in_the_stretch_that_was_asked_for() -> None:
    text = "6 May 2020, 7 May 2020 and 8 May 2020"
    assert [date.iso for date in find_dates(text)] == ["2020-05-06", "2020-05-07", "2020-05-08"]
    assert [date.iso for date in find_dates(text, 10, 24)] == ["2020-05-07"]


@pytest.mark.parametrize(
    ("text", "at", "end"),
    [
        ("November 28, 2025 at 3:22 PM", 17, 28),
        ("24. Sep 2018 um 0:31 Uhr.", 12, 24),
        ("Aug 8, 2021 4:12 PM UTC Updated", 11, 23),
        ("2025-11-28T15:22:00Z", 10, 20),
        ("May 5, 2021 10 boats", 11, 11),
        ("May 5, 2021", 11, 11),
    ],
)
def test_a_time_of_day_after_a_date_is_skipped(text: str, at: int, end: int) -> None:
    assert skip_time(text, at) == end


@given(st.integers(1250, 1470), st.integers(1, 12), st.integers(1, 29))
@settings(max_examples=150, deadline=None)
def test_solar_days_follow_each_other(year: int, month: int, day: int) -> None:
    today = solar_day(year, month, day)
    following = (year, month, day + 1)
    try:
        tomorrow = solar_day(*following)
    except ValueError:
        tomorrow = solar_day(year + month // 12, month % 12 + 1, 1)
    assert tomorrow - today == dt.timedelta(1)


@pytest.mark.parametrize(
    ("year", "first"), [(1371, "1992-03-21"), (1375, "1996-03-20"), (1399, "2020-03-20"), (1404, "2025-03-21")]
)
def test_the_solar_year_begins_at_the_known_day(year: int, first: str) -> None:
    assert solar_day(year, 1, 1).isoformat() == first


@pytest.mark.parametrize(
    ("platform", "identifier", "day"),
    [
        ("x", "1423569361238420480", "2021-08-06"),
        ("x", "29999999999", None),
        ("x", "20", None),
        ("x", "9" * 25, None),
        ("x", "12x", None),
        ("tiktok", "6974862859000073478", "2021-06-17"),
        ("tiktok", "31000000000", None),
        ("bluesky", "at://did:plc:abc/app.bsky.feed.post/3lbvgzfgyxs2c", "2024-11-27"),
        ("bluesky", "2222222222222", None),
        ("bluesky", "zzzzzzzzzzzzz", None),
        ("telegram", "88", None),
    ],
)
def test_an_id_gives_its_day_where_it_carries_one(platform: str, identifier: str, day: str | None) -> None:
    assert id_day(platform, identifier) == day


def embed(day: str | None) -> Embed:
    return Embed("x", 0, 5, None, None, None, "a", day, None, (), "link")


TEXT = "By A | May 3, 2020; updated May 5, 2020\nPARIS, May 2, 2020 -\nWords of May 9, 2020."
BYLINE, DATELINE, BODY = (
    Block("byline", 0, 39, 0, "r"),
    Block("dateline", 40, 61, 0, "r"),
    Block("body", 62, 82, 0, "r"),
)


def test_the_input_comes_first_then_the_id_then_bylines_datelines_and_embeds() -> None:
    blocks, embeds = [BYLINE, DATELINE, BODY], [embed("2020-05-01"), embed(None), embed("2020-04-30")]
    dated = Post("1423569361238420480", TEXT, platform="x", created="2021-08-06 10:00:00+00:00")
    assert find_created(dated, blocks, embeds) == ("2021-08-06T10:00:00Z", "metadata")
    known = Post("1423569361238420480", TEXT, platform="x")
    assert find_created(known, blocks, embeds) == ("2021-08-06T08:59:19Z", "id")
    plain = Post("a.txt", TEXT)
    assert find_created(plain, blocks, embeds) == ("2020-05-05", "byline")
    assert find_created(plain, [DATELINE, BODY], embeds) == ("2020-05-02", "dateline")
    assert find_created(plain, [BODY], embeds) == ("2020-05-01", "embed")
    assert find_created(plain, [BODY], []) == (None, None)


@pytest.mark.parametrize(
    ("given_time", "kept"),
    [
        ("2021-08-06", "2021-08-06"),
        ("2021-08-06T10:00:00", "2021-08-06T10:00:00"),
        ("2021-08-06T10:00:00.250+03:00", "2021-08-06T10:00:00.250+03:00"),
        ("2021-08-06 10:00 UTC", "2021-08-06T10:00Z"),
        ("2021-12-31T23:59:59Z", "2021-12-31T23:59:59Z"),
        (" 2021-08-06T10:00:00Z\n", "2021-08-06T10:00:00Z"),
        ("2021-02-30", None),
        ("2021-02-29T10:00:00Z", None),
        ("0000-01-01T00:00:00Z", None),
        ("some day", None),
    ],
)
def test_the_inputs_time_stays_as_it_was_given(given_time: str, kept: str | None) -> None:
    assert find_created(Post("a", "", created=given_time), [], []) == (kept, "metadata" if kept else None)


PIECES = st.sampled_from(
    [
        "6",
        "2021",
        "1400",
        " ",
        "\n",
        ". ",
        ",",
        "August",
        "Aug.",
        "آب",
        "/",
        "-",
        "أغسطس",
        "مرداد",
        "年8月",
        "日",
        "de ",
        "٦",
        "x",
        "12:30",
        "г.",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
@settings(max_examples=200, deadline=None)
def test_any_text_has_disjoint_dates_that_exist(text: str) -> None:
    end = 0
    for date in find_dates(text):
        assert end <= date.start < date.end <= len(text)
        end = date.end
        dt.date(date.year or 2020, date.month, min(date.day, 28))
    for at in range(len(text) + 1):
        match = match_date(text, at)
        assert match is None or match.start == at < match.end <= len(text)
        assert at <= skip_time(text, at) <= len(text)


@pytest.mark.parametrize("piece", ["1", "6 August ", "Aug.08: ", "آب ", "1/", "August", " ", "6 de "])
def test_time_grows_with_length_alone(piece: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        return lambda: find_dates(text)

    assert_linear(prepare, 30_000)


def test_a_table_of_months_with_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match=r"gregorian\.en"):
        check_months({"gregorian": {"en": [["january"]]}, "solar": {}})
