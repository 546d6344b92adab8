"""Tables and chats: their columns found or told, their dates read one way, and nothing lost that is not listed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import random
import tracemalloc
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.model import Entity, Post, Problem, Skipped
from postscan.reading import FAMILIES, Notes, read, sheets, spool, streams
from postscan.reading.days import CONTRADICTED, DAY, MONTH, UNTOLD, find_order, find_written, read_when
from postscan.reading.guesses import plain_name
from postscan.reading.rows import COUNTS, FIELDS

Item = Post | Skipped | Problem
ARABIC = "الطريق إلى المطار مغلق"
LRM, RLM = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
MIDNIGHT = dt.datetime.fromisoformat("2021-08-06T00:00:00")
PHONE = "\N{LEFT-TO-RIGHT EMBEDDING}+964 770\N{POP DIRECTIONAL FORMATTING}"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def items_of(folder: Path, name: str, content: str | bytes, **options: Any) -> list[Item]:
    return list(read([put(folder, name, content)], **options))


def posts_of(folder: Path, name: str, content: str | bytes, **options: Any) -> list[Post]:
    items = items_of(folder, name, content, **options)
    posts = [item for item in items if isinstance(item, Post)]
    assert len(posts) == len(items), items
    return posts


def post_of(folder: Path, name: str, content: str | bytes, **options: Any) -> Post:
    (post,) = posts_of(folder, name, content, **options)
    return post


def problems_of(items: Sequence[Item]) -> list[str]:
    return [item.message for item in items if isinstance(item, Problem)]


def reasons_of(items: Sequence[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Skipped)]


def texts_of(items: Sequence[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Post)]


def table(*rows: Sequence[object], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def workbook(**tables: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(**columns: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def rezip(data: bytes, **changed: bytes) -> bytes:
    """A workbook with other contents in some of its parts; "__" in a name stands for "/"."""
    out = io.BytesIO()
    parts = {name.replace("__", "/") + ".xml": content for name, content in changed.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, parts.get(part.filename, old.read(part)))
    return out.getvalue()


# Columns


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("names", "field"),
    [
        (("Post_ID", "Message", "createdAt", "User Name"), "author"),
        (("معرف المنشور", "نَصّ المنشور", "تاريخ النشر", "اسم المستخدم"), "author"),
        (("identifiant", "texte", "date de publication", "auteur"), "author"),
        (("id", "متن", "تاریخ", "نام کاربری"), "author"),
        (("tweet id", "Tweet", "Timestamp", "Subreddit"), "channel"),
    ],
)
def test_columns_are_guessed_by_their_names_in_several_languages(
    tmp_path: Path, delimiter: str, names: tuple[str, ...], field: str
) -> None:
    notes = Notes()
    content = table(names, ("7", f"Rain, snow; hail\t| {ARABIC}", "2021-08-06", "N. Rahimi"), delimiter=delimiter)
    post = post_of(tmp_path, "a.csv", content, notes=notes)
    assert (post.id, post.text, post.created) == ("7", f"Rain, snow; hail\t| {ARABIC}", "2021-08-06")
    assert getattr(post, field) == "N. Rahimi"
    (sentence,) = notes.sentences()
    assert sentence.startswith(f"a.csv: text is taken from {names[1]!r}")
    assert "(guessed); first rows: Rain, snow" in sentence


def test_a_guess_is_printed_with_three_rows_in_one_line(tmp_path: Path) -> None:
    notes = Notes()
    content = table(("body",), *((f"post {n}\nof many \x1b[31m{'words ' * 20}",) for n in range(9)))
    assert len(posts_of(tmp_path, "a.csv", content, notes=notes)) == 9
    (sentence,) = notes.sentences()
    assert sentence.count("post ") == 3
    assert sentence.isprintable()
    assert len(sentence) < 300


def test_own_names_are_no_guess(tmp_path: Path) -> None:
    notes = Notes()
    post = post_of(tmp_path, "a.csv", "Text,ID,body\nrain,7,x\n", notes=notes)
    assert (post.text, post.id) == ("rain", "7")
    assert [kind for kind, _ in notes.remarks] == ["column"]


def test_of_two_texts_the_one_with_something_is_taken_and_else_the_user_is_asked(tmp_path: Path) -> None:
    assert post_of(tmp_path, "a.csv", "message,content\n,rain\n").text == "rain"
    (problem,) = problems_of(items_of(tmp_path, "a.csv", "message,content,n\nsnow,rain,1\n"))
    assert "message, content may all be it; the columns are message, content, n" in problem
    assert "--column text=NAME" in problem
    assert post_of(tmp_path, "a.csv", "message,content\nsnow,rain\n", columns={"text": "content"}).text == "rain"


def test_a_weak_name_is_the_text_only_where_there_is_no_better_one(tmp_path: Path) -> None:
    assert post_of(tmp_path, "a.csv", "description,id\nrain,7\n").text == "rain"
    post = post_of(tmp_path, "a.csv", "title,body\nToday,rain\n")
    assert (post.text, post.title) == ("rain", "Today")


def test_every_field_can_be_named(tmp_path: Path) -> None:
    names = [*FIELDS[: FIELDS.index("created") + 1], *COUNTS, "truncated"]
    columns = {field: f"c{at}" for at, field in enumerate(names)}
    values = {field: f"value {field}" for field in names}
    values |= {"created": "2021-08-06", "truncated": "yes", "likes": "1", "shares": "2", "replies": "3", "views": "4"}
    content = table(list(columns.values()), [values[field] for field in names])
    book = workbook(A=[list(columns.values()), [values[field] for field in names]])
    rows = parquet(**{columns[field]: [values[field]] for field in names})
    for name, data in ("a.csv", content), ("a.xlsx", book), ("a.parquet", rows):
        post = post_of(tmp_path, name, data, columns=columns)
        assert all(getattr(post, field) == f"value {field}" for field in names[:11])
        assert (post.created, post.truncated) == ("2021-08-06", True)
        assert post.counts == {"likes": 1, "shares": 2, "replies": 3, "views": 4}


def test_names_are_compared_without_case_signs_and_marks() -> None:
    assert plain_name("Created_At") == plain_name("createdAt") == plain_name(" created at ") == "created at"


def test_a_table_is_recognised_by_its_names_whatever_it_is_called(tmp_path: Path) -> None:
    assert post_of(tmp_path, "a.txt", "date|author|message\n2021-08-06|N|rain\n").text == "rain"
    prose = "Message, date\nSnow, hail\n"
    assert post_of(tmp_path, "b.txt", "Rain, we hear\nSnow, hail\n").text == "Rain, we hear\nSnow, hail\n"
    assert post_of(tmp_path, "c.txt", prose).text == "Snow"


# Dates


@pytest.mark.parametrize(
    ("dates", "read_as"),
    [
        (["06/08/2021", "13/08/2021"], ["2021-08-06", "2021-08-13"]),
        (["06/08/2021 22:30", "08/13/2021 1:05 PM"], ["2021-06-08T22:30", "2021-08-13T13:05"]),
        (["6-8-21", "31-12-21"], ["2021-08-06", "2021-12-31"]),
        (["06.08.2021", "07.08.2021"], ["2021-08-06", "2021-08-07"]),
        (["2021/8/6", "2021/08/07 10:30:15"], ["2021-08-06", "2021-08-07T10:30:15"]),
        (["1628245800", "1628245800123"], ["2021-08-06T10:30:00Z", "2021-08-06T10:30:00.123Z"]),
        (["Fri Aug 06 10:30:00 +0000 2021", "2021-08-06 10:30"], ["2021-08-06T10:30:00Z", "2021-08-06T10:30"]),
        (["٠٦/٠٨/٢٠٢١", "١٣/٠٨/٢٠٢١ ١٠:٣٠ م"], ["2021-08-06", "2021-08-13T22:30"]),
        (["06/08/2021 10:30 UTC", "13/08/2021 10:30 +0200"], ["2021-08-06T10:30Z", "2021-08-13T10:30+02:00"]),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_the_order_of_dates_is_told_by_the_whole_column(
    tmp_path: Path, kind: str, dates: list[str], read_as: list[str]
) -> None:
    rows = [("text", "date"), *((f"post {n}", date) for n, date in enumerate(dates))]
    data: str | bytes = table(*rows)
    if kind == "xlsx":
        data = workbook(A=rows)
    elif kind == "parquet":
        data = parquet(text=[row[0] for row in rows[1:]], date=dates)
    assert [post.created for post in posts_of(tmp_path, f"a.{kind}", data)] == read_as


def test_the_order_is_told_once_by_a_date_far_down_and_said(tmp_path: Path) -> None:
    notes = Notes()
    rows = [(f"post {n}", "06/08/2021") for n in range(5000)]
    posts = posts_of(tmp_path, "a.csv", table(("text", "created"), *rows, ("last", "08/13/2021")), notes=notes)
    assert {post.created for post in posts[:-1]} == {"2021-06-08"}
    assert notes.sentences() == [
        "dates such as '08/13/2021' read with the month first, which dates of the same file tell: 1 file (a.csv)"
    ]


@pytest.mark.parametrize(("last", "reason"), [("07/08/2021", UNTOLD), ("08/31/2021", CONTRADICTED)])
def test_dates_that_nothing_or_too_much_tells_are_left_out_with_one_note(
    tmp_path: Path, last: str, reason: str
) -> None:
    notes = Notes()
    dates = ["06/08/2021", *(["31/08/2021"] if reason == CONTRADICTED else []), last, "2021-08-09"]
    posts = posts_of(tmp_path, "a.csv", table(("text", "created"), *(("rain", date) for date in dates)), notes=notes)
    assert [post.created for post in posts] == [None] * (len(dates) - 1) + ["2021-08-09"]
    (sentence,) = notes.sentences()
    assert sentence.startswith(f"{len(dates) - 1} dates left out, such as '06/08/2021': {reason} (a.csv)")
    assert "write them as 2021-08-06" in sentence


@pytest.mark.parametrize(
    "written",
    ["", "today", "32/13/2021", "06/08/1443", "15/05/1400", "06/08/202", "2021/08/2021", "25:61", "1e9",
     "06/08/2021 25:00", "06/08/2021 14:00 PM", "06/08/2021 10:30 XX", "12", "99999999999", "x" * 100],
)  # fmt: skip
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_when(written, DAY) is None


def test_the_halves_of_a_day_are_known() -> None:
    assert read_when("06/08/2021, 12:05 a. m.", DAY) == "2021-08-06T00:05"
    assert read_when("06/08/2021, 12:05\N{NARROW NO-BREAK SPACE}PM", MONTH) == "2021-06-08T12:05"
    assert read_when("2021/8/6 下午3:05", None) == "2021-08-06T15:05"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.sampled_from("/-."), st.booleans())
def test_a_date_is_read_back_in_the_order_in_which_it_was_written(day: dt.date, sign: str, month_first: bool) -> None:
    parts = (day.month, day.day) if month_first else (day.day, day.month)
    written = sign.join(map(str, (*parts, day.year)))
    assert read_when(written, MONTH if month_first else DAY) == day.isoformat()
    order = find_order([written])
    assert order.first in (None, MONTH if month_first else DAY) or (sign == "." and month_first)


@given(st.text(max_size=70))
def test_no_text_makes_the_reading_of_dates_raise(text: str) -> None:
    assert read_when(text, DAY) is None or len(text) > 5
    assert find_order([text]).first in (None, DAY, MONTH)
    find_written(text)


# Ids


@pytest.mark.parametrize("damaged", ["1.4236E+18", "1,4236E+18", "1423600000000000000.0"])
def test_ids_that_a_spreadsheet_damaged_are_left_out_and_noted(tmp_path: Path, damaged: str) -> None:
    notes = Notes()
    content = table(("text", "id", "reply_to"), ("rain", damaged, damaged), ("snow", "at://did:plc:x.0/1", "123.0"))
    first, second = posts_of(tmp_path, "a.csv", content, notes=notes)
    assert (first.id, first.reply_to) == ("a.csv#0", None)
    assert (second.id, second.reply_to) == ("at://did:plc:x.0/1", "123")
    assert notes.remarks["id", ""].count == 2
    assert notes.remarks["id", ""].example == damaged


def test_numbers_of_more_than_15_digits_in_a_workbook_are_damaged(tmp_path: Path) -> None:
    notes = Notes()
    rows = [
        ("id", "text", "author_id"),
        (1423600000000000000, "rain", 123456789012345),
        ("1423600000000000001", "snow", 7),
    ]
    first, second = posts_of(tmp_path, "a.xlsx", workbook(A=rows), notes=notes)
    assert (first.id, first.author_id) == ("a.xlsx#0", "123456789012345")
    assert (second.id, second.author_id) == ("1423600000000000001", "7")
    assert "1 ids left out, cut by a spreadsheet, such as 1.4236E+18 (a.xlsx)" in notes.sentences()[0]


def test_whole_numbers_of_parquet_keep_their_digits_and_fractions_do_not(tmp_path: Path) -> None:
    notes = Notes()
    data = parquet(text=["rain"], id=[1423600000000000001], author_id=[1.4236e18], reply_to=[12.0])
    post = post_of(tmp_path, "a.parquet", data, notes=notes)
    assert (post.id, post.author_id, post.reply_to) == ("1423600000000000001", None, "12")
    assert notes.remarks["id", ""].count == 1


# Broken tables


def test_rows_of_another_width_are_problems_with_their_line(tmp_path: Path) -> None:
    items = items_of(tmp_path, "a.csv", "id,text,title\n1,rain\n2,snow,a,b\n3,hail,x\n4,fog,y,\n")
    assert texts_of(items) == ["hail", "fog"]
    assert [message.split(";")[0] for message in problems_of(items)] == [
        "a.csv, line 2: 2 cells under 3 columns",
        "a.csv, line 3: 4 cells under 3 columns",
    ]


def test_cells_under_no_name_may_be_missing(tmp_path: Path) -> None:
    assert texts_of(posts_of(tmp_path, "a.csv", "id,text,,\n1,rain\n2,snow,,\n")) == ["rain", "snow"]


def test_a_table_read_twice_keeps_what_stands_before_damage(tmp_path: Path) -> None:
    import gzip

    rng = random.Random(3)
    rows = [(f"post {n} {rng.random()}", "06/08/2021" if n else "13/08/2021") for n in range(20_000)]
    data = gzip.compress(table(("text", "created"), *rows).encode())
    items = items_of(tmp_path, "a.csv.gz", data[:-1000])
    assert len(texts_of(items)) > 10_000
    assert {item.created for item in items[1:-1] if isinstance(item, Post)} == {"2021-08-06"}
    (problem,) = problems_of(items)
    assert "cut off" in problem


def test_lines_that_are_too_long_are_listed_when_a_table_is_read_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("HEAD", "CHUNK"):
        monkeypatch.setattr(streams, limit, 100)
    monkeypatch.setattr(spool, "_IN_MEMORY", 10)
    content = "id,text,created\n1,rain,13/08/2021\n2," + "snow " * 50 + ",06/08/2021\n3,hail,06/08/2021\n"
    items = items_of(tmp_path, "a.csv", content, max_record=100)
    assert texts_of(items) == ["rain", "hail"]
    assert "line 3: more than" in problems_of(items)[0]
    assert [item.created for item in items if isinstance(item, Post)] == ["2021-08-13", "2021-08-06"]


@pytest.mark.parametrize("created", ["2021-08-06", "13/08/2021"])
def test_memory_does_not_grow_with_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, created: str) -> None:
    monkeypatch.setattr(spool, "_IN_MEMORY", 1 << 20)

    def peak(rows: int) -> int:
        file = put(
            tmp_path, "a.csv", table(("text", "created"), *((f"rain {'x' * 6000} {n}", created) for n in range(rows)))
        )
        tracemalloc.start()
        try:
            for item in read([file]):
                assert isinstance(item, Post)
                assert item.created
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)
    assert peak(3000) < 8 << 20  # of 18 MB


# twarc-csv


TWARC = [
    *("id", "author_id", "created_at", "text", "entities.hashtags", "entities.mentions", "entities.urls"),
    *("public_metrics.like_count", "public_metrics.retweet_count", "author.username"),
    *(f"referenced_tweets.{kind}.id" for kind in ("retweeted", "quoted", "replied_to")),
]


def twarc(**cells: object) -> str:
    cells = {"id": "1423600000000000001", "created_at": "2021-08-06T10:30:00.000Z", "author.username": "dana", **cells}
    return table(TWARC, [cells.get(name, "") for name in TWARC])


def surfaces(post: Post) -> list[tuple[str, str, str | None]]:
    return [(mark.kind, post.text[mark.start : mark.end], mark.expanded) for mark in post.marked]


def test_a_row_of_twarc_csv_has_its_counts_author_and_references(tmp_path: Path) -> None:
    cells = {
        "text": "Tea &amp; rain",
        "author_id": "10",
        "public_metrics.like_count": "3.0",
        "public_metrics.retweet_count": "4",
        "referenced_tweets.retweeted.id": "1423599999999999999",
        "referenced_tweets.replied_to.id": "1423599999999999998",
    }
    post = post_of(tmp_path, "a.csv", twarc(**cells))
    assert (post.id, post.text, post.platform, post.author) == ("1423600000000000001", "Tea & rain", "x", "dana")
    assert (post.repost_of, post.reply_to) == ("1423599999999999999", "1423599999999999998")
    assert post.counts == {"likes": 3, "shares": 4}
    assert post.url == "https://x.com/dana/status/1423600000000000001"


@pytest.mark.parametrize("signs", [True, False])
def test_marks_of_twarc_csv_that_are_names_alone_are_placed(tmp_path: Path, signs: bool) -> None:
    text = f"A &lt; B #كابول and #rain, @Amir {LRM}https://t.co/abc1234567 #rain https://t.co/xyz1234567"
    cells = {
        "text": text,
        "entities.hashtags": json.dumps([f"{'#' * signs}{tag}" for tag in ("كابول", "rain", "rain")]),
        "entities.mentions": json.dumps([f"{'@' * signs}amir"]),
        "entities.urls": json.dumps(["https://example.org/a", "pic.twitter.com/qq", "pic.twitter.com/qq"]),
    }
    post = post_of(tmp_path, "a.csv", twarc(**cells))
    assert surfaces(post) == [
        ("hashtag", "#كابول", None),
        ("hashtag", "#rain", None),
        ("handle", "@Amir", None),
        ("url", "https://t.co/abc1234567", "https://example.org/a"),
        ("hashtag", "#rain", None),
        ("url", "https://t.co/xyz1234567", "https://pic.twitter.com/qq"),
    ]


def test_marks_of_twarc_csv_with_offsets_are_taken_as_they_are(tmp_path: Path) -> None:
    text = "\N{FIRE} &amp; https://t.co/abc1234567"
    urls = [{"start": 8, "end": 31, "url": "https://t.co/abc1234567", "expanded_url": "https://x.com/n/status/77"}]
    row = twarc(text=text, **{"entities.urls": json.dumps(urls), "referenced_tweets.quoted.id": "77"})
    post = post_of(tmp_path, "a.csv", row)
    assert surfaces(post) == [("url", "https://t.co/abc1234567", "https://x.com/n/status/77")]
    assert [(embed.handle, embed.rule) for embed in post.embeds] == [("n", "marked")]
    assert post.quote_of == "77"


def test_a_tag_is_not_found_inside_a_longer_one(tmp_path: Path) -> None:
    post = post_of(tmp_path, "a.csv", twarc(text="#rainbow #rain", **{"entities.hashtags": '["#rain"]'}))
    assert [(mark.start, mark.end) for mark in post.marked] == [(9, 14)]


def test_targets_that_do_not_fit_the_links_of_the_text_are_left(tmp_path: Path) -> None:
    cells = {"text": "rain https://t.co/abc1234567", "entities.urls": '["https://a.org", "https://b.org"]'}
    assert post_of(tmp_path, "a.csv", twarc(**cells)).marked == ()
    assert post_of(tmp_path, "a.csv", twarc(text="rain", **{"entities.hashtags": "['rain']"})).marked == ()


def test_line_ends_that_twarc_csv_writes_as_signs_are_line_ends(tmp_path: Path) -> None:
    assert post_of(tmp_path, "a.csv", twarc(text=r"rain\n#snow")).text == "rain\n#snow"
    assert post_of(tmp_path, "a.csv", twarc(text="rain\nC:\\new")).text == "rain\nC:\\new"
    assert (
        post_of(tmp_path, "a.csv", twarc(text='"caf\\u00e9\\nrain \\ud800"')).text
        == "café\nrain \N{REPLACEMENT CHARACTER}"
    )
    assert post_of(tmp_path, "a.csv", twarc(text='"rain" and "snow"')).text == '"rain" and "snow"'


def test_references_of_older_tables_stand_in_one_column(tmp_path: Path) -> None:
    content = table(
        ("id", "text", "author.username", "public_metrics.like_count", "referenced_tweets"),
        ("9", "rain", "dana", "1", '[{"type": "quoted", "id": "77"}]'),
    )
    post = post_of(tmp_path, "a.csv", content)
    assert (post.platform, post.quote_of) == ("x", "77")


def test_long_posts_of_twarc_csv_are_read_whole(tmp_path: Path) -> None:
    names = (*TWARC, "note_tweet.text", "note_tweet.entities.hashtags")
    row = [
        "9",
        "10",
        "2021-08-06T10:30:00.000Z",
        "rain…",
        '["#snow"]',
        *[""] * 4,
        "dana",
        *[""] * 3,
        "rain #hail",
        '["#hail"]',
    ]
    post = post_of(tmp_path, "a.csv", table(names, row))
    assert (post.text, post.truncated) == ("rain #hail", False)
    assert surfaces(post) == [("hashtag", "#hail", None)]


def test_an_export_without_a_column_that_it_must_have_is_one_problem(tmp_path: Path) -> None:
    (problem,) = problems_of(items_of(tmp_path, "a.csv", "id,body\n1,rain\n", input_format="twarc-csv"))
    assert "no column text; the columns are id, body; read it with --format csv" in problem


def test_damaged_ids_of_an_export_are_left_out(tmp_path: Path) -> None:
    notes = Notes()
    post = post_of(tmp_path, "a.csv", twarc(id="1.4236E+18", text="rain"), notes=notes)
    assert (post.id, post.url) == ("a.csv#0", None)
    assert notes.remarks["id", ""].example == "1.4236E+18"


def test_columns_that_the_user_names_go_before_those_of_an_export(tmp_path: Path) -> None:
    post = post_of(tmp_path, "a.csv", twarc(text="rain"), columns={"author": "author_id"})
    assert (post.text, post.platform) == ("rain", None)


# 4CAT


def test_a_row_of_4cat_has_its_moment_in_utc_and_its_platform(tmp_path: Path) -> None:
    content = table(
        ("id", "thread_id", "timestamp", "unix_timestamp", "link", "subject", "body", "author", "author_id",
         "retweet_count", "reply_count", "like_count", "impression_count", "is_retweet", "retweeted_user",
         "quote_tweet_id"),
        ("9", "9", "2021-08-06 12:30:00", "1628245800", "https://twitter.com/dana/status/9", "", "RT @amir: rain",
         "dana", "10", "4", "-1", "5", "", "yes", "amir", "77"),
    )  # fmt: skip
    post = post_of(tmp_path, "a.csv", content)
    assert (post.id, post.text, post.platform, post.author) == ("9", "RT @amir: rain", "x", "dana")
    assert (post.created, post.repost_of, post.quote_of) == ("2021-08-06T10:30:00Z", "@amir", "77")
    assert post.counts == {"likes": 5, "shares": 4}


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (
            {"url": "https://9gag.com/gag/aX", "subject": "Rain", "body": "All day", "author": "dana"}
            | {"upvotes": "12", "score": "10", "comments": "3", "unix_timestamp": "1628245800"},
            ("9gag", "Rain\n\nAll day", "dana", "2021-08-06T10:30:00Z", {"likes": 12, "replies": 3}),
        ),
        (
            {"post_url": "https://imgur.com/gallery/Q", "subject": "Bridge", "body": "", "views": "3"}
            | {"upvotes": "2", "unix_timestamp": "1628245800"},
            ("imgur", "Bridge", None, "2021-08-06T10:30:00Z", {"likes": 2, "views": 3}),
        ),
        (
            {"url": "https://truthsocial.com/@dana/1", "body": "<p>Rain &amp; wind<br/>all day</p>", "thread_id": "1"}
            | {"account_username": "dana", "created_at": "2021-08-06T10:30:00.123Z", "reblogs_count": "5"},
            ("truthsocial", "Rain & wind\nall day", "dana", "2021-08-06T10:30:00.123Z", {"shares": 5}),
        ),
        (
            {"url": "https://gab.com/dana/posts/1", "body": "1 < 2 &amp; 3", "thread_id": "1", "reaction_count": "8"}
            | {"account_username": "dana", "created_at": "2021-08-06T10:30:00.123Z", "reposts_count": "1"},
            ("gab", "1 < 2 &amp; 3", "dana", "2021-08-06T10:30:00.123Z", {"likes": 8, "shares": 1}),
        ),
        (
            {"url": "https://www.xiaohongshu.com/explore/1", "title": "早饭", "body": "", "thread_id": "1"}
            | {"author": "码头", "likes": "1.2万", "timestamp": "", "unix_timestamp": ""},
            ("xiaohongshu", "早饭", "码头", None, {}),
        ),
        (
            {"id": "6829352760320000000", "post_url": "https://www.linkedin.com/feed/update/urn:li:activity:1"}
            | {"body": "Bakers", "author": "in/dana", "unix_timestamp": "1626778800", "reactions": "31"},
            ("linkedin", "Bakers", "in/dana", "2021-08-06T10:09:41.298Z", {"likes": 31}),
        ),
        (
            {"post_url": "https://www.douyin.com/video/1", "subject": "Post", "body": "早市", "digg_count": "2"}
            | {"author_nickname": "码头", "unix_timestamp": "1628245800", "play_count": "9"},
            ("douyin", "早市", "码头", "2021-08-06T10:30:00Z", {"likes": 2, "views": 9}),
        ),
        (
            {"link": "https://x.com/dana/status/1", "body": "Tea &amp; rain", "author": "dana", "thread_id": "1"}
            | {"retweet_count": "2", "unix_timestamp": "1628245800"},
            ("x", "Tea & rain", "dana", "2021-08-06T10:30:00Z", {"shares": 2}),
        ),
        (
            {"link": "https://vk.com/wall-5_1", "body": "Rain", "thread_id": "1", "author_screen_name": "dana"}
            | {"author_name": "Dana Quay", "unix_timestamp": "1628245800", "post_comments": "2"},
            ("vk", "Rain", "dana", "2021-08-06T10:30:00Z", {"replies": 2}),
        ),
        (
            {"link": "https://bsky.app/profile/n/post/1", "body": "Rain", "thread_id": "1", "author": "n.example"}
            | {"created_at": "2021-08-06T10:30:00.123000+00:00", "timestamp": "1628245800.123", "repost_count": "2"},
            ("bluesky", "Rain", "n.example", "2021-08-06T10:30:00.123000Z", {"shares": 2}),
        ),
        (
            {"url": "https://imgur.com/a/1", "subreddit": "rain", "subject": "Rain", "body": "", "thread_id": "1"}
            | {"author": "dana", "score": "4", "unix_timestamp": "1628245800"},
            ("reddit", "Rain", "dana", "2021-08-06T10:30:00Z", {"likes": 4}),
        ),
    ],
)
def test_the_tables_of_every_source_of_4cat_are_read(
    tmp_path: Path, cells: dict[str, str], wanted: tuple[object, ...]
) -> None:
    row = {"id": "1", "timestamp": "2021-08-06 12:30:00"} | cells
    post = post_of(tmp_path, "a.csv", table(tuple(row), tuple(row.values())))
    assert (post.platform, post.text, post.author, post.created, post.counts) == wanted
    assert (post.url is None) == ("subreddit" in row)
    assert post.id == ("-5_1" if wanted[0] == "vk" else row["id"])


def test_comments_of_4cat_answer_their_thread_or_parent(tmp_path: Path) -> None:
    names = ("id", "thread_id", "body", "timestamp")
    content = table((*names, "is_comment_on_comment"), ("71", "7", "Late", "2021-08-06 10:30:00", "no"))
    assert post_of(tmp_path, "a.csv", content).reply_to == "7"
    content = table(
        (*names, "parent_id"),
        ("Cx", "Cx", "Boats", "2021-08-06 10:30:00", "Cx"),
        ("9", "Cx", "Yes", "2021-08-06 10:30:00", "Cx"),
    )
    assert [post.reply_to for post in posts_of(tmp_path, "b.csv", content)] == [None, "Cx"]


def test_a_table_with_some_columns_of_4cat_is_one_of_any_kind(tmp_path: Path) -> None:
    content = table(("id", "body", "timestamp", "author"), ("1", "Rain", "2021-08-06 10:30:00", "dana"))
    notes = Notes()
    assert post_of(tmp_path, "a.csv", content, notes=notes).author == "dana"
    assert any("guessed" in sentence for sentence in notes.sentences())


def test_messages_of_4cat_are_numbered_by_their_chat(tmp_path: Path) -> None:
    content = table(
        ("id", "thread_id", "chat", "author", "author_username", "body", "reply_to", "views", "timestamp",
         "unix_timestamp", "author_forwarded_from_name", "author_forwarded_from_username"),
        ("5", "c", "weather", "100", "dana", "rain", "4", "12", "2021-08-06 10:30:00", "1628245800", "Amir", "amir"),
        ("6", "c", "weather", "100", "", "snow", "", "", "2021-08-06 10:30:00", "", "Amir", ""),
    )  # fmt: skip
    first, second = posts_of(tmp_path, "a.csv", content)
    assert (first.id, first.reply_to, first.channel, first.platform) == (
        "weather/5",
        "weather/4",
        "weather",
        "telegram",
    )
    assert (first.author, first.author_id, first.repost_of) == ("dana", "100", "@amir")
    assert (second.author, second.repost_of, second.created) == ("100", "Amir", "2021-08-06T10:30:00")


def test_a_subject_stands_before_the_body_unless_it_begins_it(tmp_path: Path) -> None:
    words = [("rain fell", "Weather"), ("Weather: rain", "Weather"), ("", "Weather"), ("", ""), ("rain", "")]
    rows = [("1", "1", "2021-08-06 10:30:00", *both) for both in words]
    items = items_of(tmp_path, "a.csv", table(("id", "thread_id", "timestamp", "body", "subject"), *rows))
    assert texts_of(items) == ["Weather\n\nrain fell", "Weather: rain", "Weather", "rain"]
    assert reasons_of(items) == ["no text"]


@pytest.mark.parametrize(
    ("name", "cell", "platform"),
    [
        ("url", "https://www.tiktok.com/@a", "tiktok"),
        ("link", "https://notx.com/a", None),
        ("url", "https://[bad", None),
        ("subreddit", "kabul", "reddit"),
        ("tags", "rain", None),
    ],
)
def test_the_platform_is_told_by_a_column_or_not_at_all(
    tmp_path: Path, name: str, cell: str, platform: str | None
) -> None:
    notes = Notes()
    content = table(("id", "thread_id", "timestamp", "body", name), ("1", "1", "soon", "rain", cell))
    post = post_of(tmp_path, "a.csv", content, notes=notes)
    assert (post.platform, post.created) == (platform, None)
    assert notes.remarks["created", ""].example == "'soon'"


# CrowdTangle


def test_a_row_of_crowdtangle_has_its_zone_and_whole_numbers(tmp_path: Path) -> None:
    notes = Notes()
    names = (
        *("Page Name", "User Name", "Facebook Id", "Post Created", "Total Interactions", "Likes", "Comments", "Shares"),
        *("Post Views", "URL", "Message", "Link Text", "Description", "Overperforming Score (weighted — Likes 1x)"),
    )
    row = ("Weather", "weather", "100", "2021-08-06 10:30:00 EDT", "1,234", "12,345", "1,000,000", "7", "N/A",
           "https://www.facebook.com/100/posts/55", "rain", "A page", "Its words", "1.5")  # fmt: skip
    winter = (
        "W",
        "",
        "100",
        "2021-01-06 10:30:00 EST",
        *row[4:9],
        "https://www.facebook.com/groups/9/permalink/8",
        "snow",
    )
    other = ("W", "", "100", "2021-01-06 10:30:00 XYZ", *row[4:9], "", "", "A page")
    content = "\N{ZERO WIDTH NO-BREAK SPACE}" + table(names, row, (*winter, "", "", ""), (*other, "", ""))
    items = items_of(tmp_path, "a.csv", content, notes=notes)
    first, second = (item for item in items if isinstance(item, Post))
    assert (first.id, first.text, first.author, first.channel) == ("100_55", "rain", "weather", "Weather")
    assert (first.created, first.author_id) == ("2021-08-06T10:30:00-04:00", "100")
    assert first.counts == {"likes": 12345, "replies": 1_000_000, "shares": 7}
    assert (second.created, second.id, second.author) == ("2021-01-06T10:30:00-05:00", "9_8", "W")
    assert reasons_of(items) == ["no text"]  # the words of a linked page are not the post's
    assert notes.remarks["created", ""].example == "'2021-01-06 10:30:00 XYZ'"


def test_on_instagram_the_description_is_the_post(tmp_path: Path) -> None:
    content = table(
        ("Account", "User Name", "Post Created", "Likes", "Comments", "Views", "URL", "Title", "Description"),
        (
            "Weather",
            "weather",
            "2021-08-06 10:30:00 EDT",
            "1,000",
            "2",
            "",
            "https://www.instagram.com/p/Ab_1/",
            "",
            "rain",
        ),
    )
    post = post_of(tmp_path, "a.csv", content)
    assert (post.platform, post.id, post.text, post.author) == ("instagram", "Ab_1", "rain", "weather")
    assert post.counts == {"likes": 1000, "replies": 2}


def test_a_group_is_the_channel_and_no_author(tmp_path: Path) -> None:
    content = table(("Group Name", "User Name", "Facebook Id", "Post Created", "URL", "Message"),
                    ("Weather", "w", "9", "2021-08-06 10:30:00", "", "rain"))  # fmt: skip
    post = post_of(tmp_path, "a.csv", content)
    assert (post.channel, post.author, post.created) == ("Weather", None, "2021-08-06T10:30:00")


# Workbooks


def test_a_workbook_is_read_with_dates_that_are_dates(tmp_path: Path) -> None:
    rows = [
        ("id", "text", "created", "likes"),
        ("007", f"{ARABIC}\nrain", dt.datetime.fromisoformat("2021-08-06T10:30:15"), 3),
        (8, 2021, dt.date(2021, 8, 6), 4.0),
        (9.0, True, MIDNIGHT, None),
        (None, None, None, None),
        (10, "snow", dt.time(10, 30), "many"),
    ]
    notes = Notes()
    posts = posts_of(tmp_path, "a.xlsx", workbook(A=rows), notes=notes)
    assert [(post.id, post.text, post.created, post.counts.get("likes")) for post in posts] == [
        ("007", f"{ARABIC}\nrain", "2021-08-06T10:30:15", 3),
        ("8", "2021", "2021-08-06", 4),
        ("9", "true", "2021-08-06T00:00:00", None),
        ("10", "snow", None, None),
    ]
    assert [kind for kind, _ in notes.remarks] == ["created", "count"]


def test_control_characters_that_a_workbook_writes_out_are_themselves(tmp_path: Path) -> None:
    book = workbook(A=[("text", "id"), ("rain_x000D_\nsnow _x_ _xD83D_", "1")])
    assert post_of(tmp_path, "a.xlsx", book).text == "rain\r\nsnow _x_ _xD83D_"


def test_every_sheet_of_several_has_its_own_path_and_numbers(tmp_path: Path) -> None:
    tables: dict[str, Sequence[Sequence[Any]]] = {
        "First": [("A list of 2021", None), (), ("message", "id"), ("rain", "1"), ("snow", "2")],
        "Zweites Blatt": [("id", "text"), ("3", "hail")],
        "Codes": [("code", "meaning"), (1, "wet")],
        "Empty": [],
    }
    book = workbook(**tables)
    notes = Notes()
    items = items_of(tmp_path, "a.xlsx", book, notes=notes)
    assert [(item.path, item.record, getattr(item, "text", None)) for item in items] == [
        ("a.xlsx/First", 0, "rain"),
        ("a.xlsx/First", 1, "snow"),
        ("a.xlsx/Zweites Blatt", 0, "hail"),
        ("a.xlsx/Codes", None, None),
    ]
    assert reasons_of(items) == [sheets.NO_TEXTS]
    assert any(sentence.startswith("a.xlsx/First: text is taken from 'message'") for sentence in notes.sentences())


def test_a_workbook_without_a_column_of_texts_is_one_problem(tmp_path: Path) -> None:
    (problem,) = problems_of(items_of(tmp_path, "a.xlsx", workbook(A=[("code", "meaning"), (1, "wet")])))
    assert "the columns are code, meaning" in problem
    assert reasons_of(items_of(tmp_path, "b.xlsx", workbook(A=[]))) == ["no records"]
    assert reasons_of(items_of(tmp_path, "c.xlsx", workbook(A=[("id", "text")]))) == ["no records"]


def test_an_error_of_the_spreadsheet_in_a_text_is_a_problem(tmp_path: Path) -> None:
    book = workbook(A=[("text", "id", "note"), ("#NAME?", "1", ""), ("rain", "2", "#REF!")])
    items = items_of(tmp_path, "a.xlsx", book)
    assert texts_of(items) == ["rain"]
    assert "a.xlsx, row 2: a cell is #NAME?" in problems_of(items)[0]


def test_a_workbook_is_told_by_its_contents(tmp_path: Path) -> None:
    data = workbook(A=[("text", "id"), ("rain", "1")])
    assert post_of(tmp_path, "a.dat", data).text == "rain"
    assert problems_of(items_of(tmp_path, "b.xlsx", "PK\x03\x04 not a workbook"))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inside.xlsx", data)
    assert not sheets.matches(outer.getvalue(), "b.zip")
    word = rezip(data, xl__workbook=b"<x/>").replace(b"xl/workbook.xml", b"word/document.xml")
    assert not sheets.matches(word, "a.docx")


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("xl__workbook", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares XML entities"),
        ("xl__worksheets__sheet1", '<?xml version="1.0"?><!DOCTYPE x><x/>'.encode("utf-16"), "declares XML entities"),
        ("xl__worksheets__sheet1", b'<?xml version="1.0" encoding="cp037"?><x/>', "declares XML entities"),
        ("xl__styles", b"<!-- " + b"x" * 100_000, "no XML of a workbook"),
        ("xl__workbook", b"<workbook>", "the workbook is damaged"),
        ("xl__worksheets__sheet1", b"<worksheet><sheetData><row>", "the workbook is damaged"),
    ],
)
def test_a_workbook_with_entities_or_broken_parts_is_not_read(
    tmp_path: Path, part: str, content: bytes, said: str
) -> None:
    data = rezip(workbook(A=[("text", "id"), ("rain", "1")]), **{part: content})
    (problem,) = problems_of(items_of(tmp_path, "a.xlsx", data))
    assert said in problem


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"max_expansion": 1}, "unpacks to more than 1 times"),
        ({"max_record": 100}, "has a part of more than 400 bytes"),
    ],
)
def test_a_workbook_that_unpacks_to_too_much_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bounds: dict[str, int], said: str
) -> None:
    monkeypatch.setattr("postscan.reading.bounds.FREE", 0)
    book = workbook(A=[("text", "id"), ("rain", "1")])
    (problem,) = problems_of(items_of(tmp_path, "a.xlsx", book, **bounds))
    assert said in problem
    assert texts_of(items_of(tmp_path, "a.xlsx", book)) == ["rain"]


def test_what_openpyxl_warns_of_stays_inside(tmp_path: Path) -> None:
    book = workbook(A=[("text", "created"), ("rain", MIDNIGHT)])
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    data = rezip(book, xl__worksheets__sheet1=sheet.replace(b"<v>44414</v>", b"<v>99999999999</v>"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        items = items_of(tmp_path, "a.xlsx", data)
    assert "a cell is #VALUE!" in problems_of(items)[0]


# Parquet


def test_parquet_is_read_with_its_types(tmp_path: Path) -> None:
    when = dt.datetime(2021, 8, 6, 10, 30, tzinfo=dt.UTC)
    data = parquet(
        message=pa.array([ARABIC, None, "snow", "hail"]).dictionary_encode(),
        date=pa.array([when, when, None, when], pa.timestamp("ns", tz="UTC")),
        like_count=pa.array([3, 4, None, 5]),
        tags=pa.array([["a"], [], None, ["b"]]),
    )
    notes = Notes()
    items = items_of(tmp_path, "a.parquet", data, notes=notes)
    posts = [item for item in items if isinstance(item, Post)]
    assert [(post.record, post.text, post.created, dict(post.counts)) for post in posts] == [
        (0, ARABIC, "2021-08-06T10:30:00Z", {"likes": 3}),
        (2, "snow", None, {}),
        (3, "hail", "2021-08-06T10:30:00Z", {"likes": 5}),
    ]
    assert reasons_of(items) == ["no text"]
    assert {kind for kind, _ in notes.remarks} == {"guess", "column"}


def test_nested_values_and_bytes_of_parquet_are_read(tmp_path: Path) -> None:
    data = parquet(
        text=pa.array([b"rain \xd9\x85", b"\xff"], pa.binary()),
        counts=pa.array([{"likes": 3}, None]),
        marked=pa.array([[{"kind": "hashtag", "start": 0, "end": 4, "value": "rain"}], None]),
        created=pa.array([dt.date(2021, 8, 6)] * 2),
    )
    post, problem = items_of(tmp_path, "a.parquet", data)
    assert isinstance(post, Post)
    assert (post.text, post.counts, post.created) == ("rain م", {"likes": 3}, "2021-08-06")
    assert post.marked == (Entity("hashtag", 0, 4, "rain"),)
    assert '"text" is not UTF-8' in problems_of([problem])[0]


def test_values_that_python_has_no_type_for_are_noted(tmp_path: Path) -> None:
    notes = Notes()
    text = pa.array([b"\xff", b"rain"], pa.binary()).view(pa.utf8())
    data = parquet(text=text, created=pa.array([1, 2**60], pa.timestamp("ms")))
    items = items_of(tmp_path, "a.parquet", data, notes=notes)
    assert texts_of(items) == ["rain"]
    assert "not UTF-8" in problems_of(items)[0]
    assert ("created", "") in notes.remarks


@pytest.mark.parametrize("cut", [8, 100, -1, -30])
def test_damaged_parquet_is_one_problem(tmp_path: Path, cut: int) -> None:
    data = parquet(text=[f"rain {n}" for n in range(1000)])
    items = items_of(tmp_path, "a.parquet", data[:cut])
    assert "the Parquet file is damaged" in problems_of(items)[-1]


def test_parquet_without_rows_is_skipped(tmp_path: Path) -> None:
    assert reasons_of(items_of(tmp_path, "a.parquet", parquet(text=pa.array([], pa.utf8())))) == ["no records"]
    (problem,) = problems_of(items_of(tmp_path, "a.parquet", parquet(code=[1])))
    assert "the columns are code" in problem


# WhatsApp


ANDROID = (
    "06/08/2021, 10:29 - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
    '06/08/2021, 10:29 - Amir created group "Weather: north"\n'
    "06/08/2021, 10:30 - Amir: rain on #Kabul\n"
    "\n"
    "and wind: 12:30 - strong\n"
    "06/08/2021, 10:31 - ليلى: <Media omitted>\n"
    "06/08/2021, 10:32 - ليلى: IMG-20210806-WA0001.jpg (file attached)\n"
    f"{ARABIC}\n"
    "13/08/2021, 22:05 - Amir: This message was deleted\n"
    "13/08/2021, 22:06 - Amir: snow <This message was edited>\n"
    "13/08/2021, 22:07 - Amir: VID.mp4 (file attached)\n"
)


def test_a_chat_of_android_is_read(tmp_path: Path) -> None:
    notes = Notes()
    items = items_of(tmp_path, "chat.txt", ANDROID, notes=notes)
    posts = [item for item in items if isinstance(item, Post)]
    assert [(post.record, post.author, post.created, post.text) for post in posts] == [
        (2, "Amir", "2021-08-06T10:30", "rain on #Kabul\n\nand wind: 12:30 - strong"),
        (4, "ليلى", "2021-08-06T10:32", ARABIC),
        (6, "Amir", "2021-08-13T22:06", "snow"),
    ]
    assert reasons_of(items) == ["service message", "service message", "media file", "tombstone: deleted", "media file"]
    assert {post.platform for post in posts} == {"whatsapp"}
    assert notes.sentences() == [
        "dates such as '13/08/2021 22:05' read with the day first, which dates of the same file tell: 1 file (chat.txt)"
    ]


def test_a_chat_of_an_iphone_is_read(tmp_path: Path) -> None:
    space = "\N{NARROW NO-BREAK SPACE}"
    content = (
        f"[8/6/21, 10:29:00{space}AM] Weather: {LRM}Messages and calls are end-to-end encrypted.\r\n"
        f"[8/6/21, 10:30:15{space}PM] ~{space}Amir: rain\nand snow\r\n"
        f"{LRM}[8/13/21, 12:31:00{space}AM] {PHONE}: {LRM}image omitted\r\n"
        f"[8/13/21, 12:32:00{space}AM] Amir: {LRM}You changed the subject\r\n"
        f"[8/13/21, 12:33:00{space}AM] {PHONE}: hail {LRM}<attached: 1.jpg>\r\n"
        f"[8/13/21, 12:33:30{space}AM] Amir: fog {LRM}<This message was edited>\r\n"
        f"[8/13/21, 12:34:00{space}AM] Amir: {LRM}<attached: 2.jpg>\r\n"
    )
    items = items_of(tmp_path, "_chat.txt", content)
    posts = [item for item in items if isinstance(item, Post)]
    assert [(post.author, post.created, post.text) for post in posts] == [
        ("Amir", "2021-08-06T22:30:15", "rain\nand snow"),
        ("+964 770", "2021-08-13T00:33:00", "hail"),
        ("Amir", "2021-08-13T00:33:30", "fog"),
    ]
    assert reasons_of(items) == ["service message", "media file", "service message", "media file"]


def test_a_chat_with_arabic_digits_is_read(tmp_path: Path) -> None:
    stamp = f"٦{RLM}/٨{RLM}/٢٠٢١، ١٠:٣٠ م"
    content = f"{stamp} - ليلى: {ARABIC}\n١٣{RLM}/٨{RLM}/٢٠٢١، ٩:٠٥ ص - ليلى: <تم استبعاد الوسائط>\n"
    items = items_of(tmp_path, "chat.txt", content)
    (post,) = (item for item in items if isinstance(item, Post))
    assert (post.author, post.created, post.text) == ("ليلى", "2021-08-06T22:30", ARABIC)
    assert reasons_of(items) == ["media file"]


@pytest.mark.parametrize(
    ("first", "second", "created"),
    [
        ("06.08.21, 10:30", "07.08.21, 10:30", "2021-08-06T10:30"),
        ("2021-08-06, 10:30", "2021-08-07, 10:30", "2021-08-06T10:30"),
        ("06/08/2021 à 10:30", "31/08/2021 à 10:30", "2021-08-06T10:30"),
        ("6/8/21 10:30 p. m.", "31/8/21 10:30 p. m.", "2021-08-06T22:30"),
        ("2021/8/6 下午3:05", "2021/8/7 上午3:05", "2021-08-06T15:05"),
        ("06/08/2021, 10:30", "07/08/2021, 10:30", None),
    ],
)
def test_the_order_of_a_chat_is_told_by_the_whole_file(
    tmp_path: Path, first: str, second: str, created: str | None
) -> None:
    notes = Notes()
    posts = posts_of(tmp_path, "chat.txt", f"{first} - Amir: rain\n{second} - Amir: snow\n", notes=notes)
    assert posts[0].created == created
    if created is None:
        assert notes.remarks["undated", UNTOLD].count == 2


def test_a_chat_is_told_by_several_lines(tmp_path: Path) -> None:
    for content in (
        "06/08/2021, 10:30 - Amir: rain\n",
        "A diary\n06/08/2021, 10:30 - Amir: rain\n07/08/2021, 10:30 - Amir: snow\n",
        "06/08/2021, 10:30 - rain all day\n07/08/2021, 10:30 - snow all day\n",
    ):
        assert post_of(tmp_path, "a.txt", content).platform is None


def test_lines_of_a_chat_that_cannot_be_read_are_listed(tmp_path: Path) -> None:
    head = "13/08/2021, 10:30 - Amir: rain\n13/08/2021, 10:31 - Amir: snow \N{SNOWMAN} \N{SNOWMAN} \N{SNOWMAN}\n"
    content = (
        head.encode()
        + b"13/08/2021, 10:32 - Amir: \xff\n13/08/2021, 10:33 - Amir:\nhail\n99/99/2021, 10:34 - Amir: fog\n"
    )
    notes = Notes()
    items = items_of(tmp_path, "chat.txt", content, notes=notes)
    assert texts_of(items)[2:] == ["\nhail", "fog"]
    assert "chat.txt, line 3: not utf-8" in problems_of(items)[0]
    assert ("created", "") in notes.remarks
    forced = items_of(tmp_path, "b.txt", "no head\n" + head, input_format="whatsapp")
    assert "line 1: no message begins here" in problems_of(forced)[0]
    assert len(texts_of(forced)) == 2


# All of them


def test_samples_of_tables_are_read_back(shared: Path) -> None:
    arabic = "مرحبا \N{GRINNING FACE} #كابول @user1 https://t.co/abc"
    (twarc_post,) = read([shared / "samples" / "twarc-csv.csv"])
    assert isinstance(twarc_post, Post)
    assert (twarc_post.id, twarc_post.author, twarc_post.author_id) == ("1423600000000000000", "user0", "10")
    assert twarc_post.text == f"{arabic}\nsecond line"
    assert surfaces(twarc_post)[-1] == ("url", "https://t.co/abc", "https://example.org/x")
    assert twarc_post.created == "2021-08-06T10:30:00.000Z"
    (fourcat_post,) = read([shared / "samples" / "4cat.csv"])
    assert isinstance(fourcat_post, Post)
    assert (fourcat_post.text, fourcat_post.created) == (arabic, "2021-08-06T10:30:00Z")
    assert (fourcat_post.id, fourcat_post.author) == ("1423600000000000000", "user0")
    (facebook_post,) = read([shared / "samples" / "crowdtangle-facebook.csv"])
    assert isinstance(facebook_post, Post)
    assert (facebook_post.text, facebook_post.created) == ("نص #كابول", "2021-08-06T10:30:00-04:00")
    assert (facebook_post.id, facebook_post.author, facebook_post.channel) == ("100_1", "page", "Page")
    assert facebook_post.counts == {"likes": 1, "shares": 3, "replies": 2, "views": 0}


TABLE_FORMATS = ["csv", "twarc-csv", "4cat-csv", "crowdtangle", "whatsapp", "xlsx", "parquet"]
HEADS = {
    "csv": b"message,date\n",
    "twarc-csv": ",".join(TWARC).encode() + b"\n",
    "4cat-csv": b"id,thread_id,body,timestamp\n",
    "crowdtangle": b"Page Name,Post Created,URL,Message\n",
    "whatsapp": b"13/08/2021, 10:30 - A: b\n",
    "xlsx": b"PK\x03\x04",
    "parquet": b"PAR1",
}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(TABLE_FORMATS),
    st.booleans(),
    st.one_of(st.binary(max_size=300), st.text('",;\n\rab\0١ ', max_size=80).map(str.encode)),
)
def test_no_bytes_make_a_reader_of_tables_raise(tmp_path_factory: Any, name: str, head: bool, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    items = items_of(folder, "any", HEADS[name] * head + data, input_format=name)
    assert items
    numbers = [item.record for item in items if item.record is not None]
    assert numbers == list(range(len(numbers)))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["xlsx", "parquet"]), st.integers(0, 20_000), st.binary(min_size=1, max_size=8))
def test_no_damage_makes_a_reader_of_tables_raise(tmp_path_factory: Any, name: str, at: int, data: bytes) -> None:
    whole = WHOLE[name]
    at %= len(whole)
    items = items_of(
        tmp_path_factory.getbasetemp(),
        f"damaged.{name}",
        whole[:at] + data + whole[at + len(data) :],
        input_format=name,
    )
    assert items


WHOLE = {
    "xlsx": workbook(A=[("text", "created", "id"), *((f"rain {n}", MIDNIGHT, n) for n in range(30))]),
    "parquet": parquet(text=[f"rain {n}" for n in range(300)], id=list(range(300))),
}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(["", "06/08/2021", "2021-08-06", "x"])), max_size=12))
def test_every_row_is_a_post_a_problem_or_skipped(tmp_path_factory: Any, rows: list[tuple[str, str]]) -> None:
    rows = [(text.encode("utf-8", "replace").decode().replace("\0", ""), when) for text, when in rows]
    content = table(("message", "created"), *rows)
    items = items_of(tmp_path_factory.getbasetemp(), "rows.csv", content)
    kept = [item for item in items if item.record is not None]
    assert len(kept) == sum(any(row) for row in rows)
    assert texts_of(items) == [text for text, _ in rows if text and not text.isspace()]


def test_the_formats_of_tables_have_names() -> None:
    assert set(TABLE_FORMATS) < set(FAMILIES)


def test_of_parquet_with_a_damaged_group_of_rows_the_others_are_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": [f"Row {at}" for at in range(900)]}), buffer, row_group_size=300)
    data = bytearray(buffer.getvalue())
    place = pq.ParquetFile(buffer).metadata.row_group(1).column(0).data_page_offset
    data[place : place + 100] = b"\xff" * 100
    *posts, damage = items_of(tmp_path, "a.parquet", bytes(data))
    assert [(post.record, getattr(post, "text", None)) for post in posts] == [
        (at, f"Row {at}") for at in (*range(300), *range(600, 900))
    ]
    assert isinstance(damage, Problem)
    assert "what can be read of it is read" in damage.message
