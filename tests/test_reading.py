"""Reading: every input and record is a post, a listed problem, or skipped under a named reason."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tarfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postscan.model import Embed, Entity, Post, PostscanError, Problem, Skipped
from postscan.reading import FAMILIES, InputFile, Notes, find_inputs, read, read_input, streams
from postscan.reading.encodings import find_encoding
from postscan.reading.exact import parse_exactly
from postscan.reading.rows import FIELDS, find_when
from timing import assert_linear

Item = Post | Skipped | Problem
ARABIC = "أُغلقت الطريق شمال المدينة، وقال سكان إن الشاحنات عادت."
SURROGATE = "\N{REPLACEMENT CHARACTER}"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def read_one(folder: Path, name: str, content: str | bytes, **options: Any) -> Item:
    items = list(read([put(folder, name, content)], **options))
    assert len(items) == 1, items
    return items[0]


def post_of(item: Item) -> Post:
    assert isinstance(item, Post), item
    return item


def message_of(item: Item) -> str:
    assert isinstance(item, Problem), item
    assert item.path in item.message
    assert "\n" not in item.message
    return item.message


def reason_of(item: Item) -> str:
    assert isinstance(item, Skipped), item
    return item.reason


def texts_of(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Post)]


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


# Plain text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT", "a.markdown", "no-ending", "Post.2021-08-06"])
def test_a_text_file_is_one_post_named_by_its_path(tmp_path: Path, name: str) -> None:
    post = post_of(read_one(tmp_path, name, "Rain fell.\r\nIt stopped.\r"))
    assert post == Post(id=name, text="Rain fell.\r\nIt stopped.\r", path=name)


@pytest.mark.parametrize(
    ("data", "guess"),
    [
        (ARABIC.encode(), None),
        (b"\xef\xbb\xbf" + ARABIC.encode(), None),
        (ARABIC.encode("utf-16"), None),
        (b"\xfe\xff" + ARABIC.encode("utf-16-be"), None),
        (ARABIC.encode("utf-16-le"), None),
        (ARABIC.encode("utf-16-be"), None),
        (ARABIC.encode("utf-32"), None),
        (ARABIC.encode("cp1256"), "cp1256"),
    ],
)
def test_the_encoding_of_text_is_found_and_a_guess_is_noted(tmp_path: Path, data: bytes, guess: str | None) -> None:
    notes = Notes()
    assert post_of(read_one(tmp_path, "a.txt", data, notes=notes)).text == ARABIC
    assert list(notes.remarks) == ([("encoding", guess)] if guess else [])
    assert all("a.txt" in line and str(guess) in line for line in notes.sentences())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("كابول اليوم: قصف عنيف على المدينة", "iso8859_6"),
        ("Le café est déjà passé à l'été.", "cp1252"),
        ("Größe und Straße", "cp1252"),
        ("Tea for £5, they’d said", "cp1252"),
        ("Сегодня в городе идёт дождь", "cp1251"),
        ("Where are the trucks of #كابول now, ask many people", "cp1256"),
        ("صباح الخير", "cp1256"),
    ],
)
def test_short_text_of_a_code_page_is_read_right(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    found, guessed = find_encoding(data)
    assert guessed
    assert data.decode(found) == text


def test_latin_text_in_utf16_without_a_mark_is_no_binary_file(tmp_path: Path) -> None:
    assert (
        post_of(read_one(tmp_path, "a.txt", "Rain fell on Friday.".encode("utf-16-be"))).text == "Rain fell on Friday."
    )


@pytest.mark.parametrize("word", ["سلام", "فيضان", "Дождь"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_word_in_utf16_without_a_mark_or_any_nul_is_read(tmp_path: Path, word: str, encoding: str) -> None:
    assert post_of(read_one(tmp_path, "a.txt", word.encode(encoding))).text == word


@pytest.mark.parametrize("text", ["caf\N{REPLACEMENT CHARACTER}", "\N{REPLACEMENT CHARACTER}" * 5 + " rain"])
def test_what_was_replaced_before_it_was_written_out_is_utf8(tmp_path: Path, text: str) -> None:
    assert post_of(read_one(tmp_path, "a.txt", text)).text == text
    assert find_encoding(text.encode()) == ("utf-8", False)
    assert find_encoding(text.encode() + b"\xd8", whole=False) == ("utf-8", False)


def test_a_log_full_of_colour_codes_is_text_and_bytes_that_are_none_are_not(tmp_path: Path) -> None:
    log = "\x02\x0304mina\x03: مطر\x0f\n" * 20
    assert post_of(read_one(tmp_path, "a.txt", log)).text == log
    longer = "مطر\x02 \x03" * 2000  # the first 4096 bytes end inside a letter
    assert post_of(read_one(tmp_path, "b.txt", longer)).text == longer
    assert reason_of(read_one(tmp_path, "c.txt", log.encode() + b"\0")) == "binary file"
    assert reason_of(read_one(tmp_path, "d.txt", log.encode() + b"\x90\x04\xfe" * 40)) == "binary file"


def test_a_post_with_the_name_of_a_tar_at_its_place_is_a_post(tmp_path: Path) -> None:
    text = "a" * 257 + "ustar  archives, and how they are read"
    assert post_of(read_one(tmp_path, "a.txt", text)).text == text
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        with tarfile.open(tmp_path / "b.txt", "w", format=form) as archive:
            archive.add(tmp_path / "a.txt", "c.txt")
        assert [item.path for item in read(tmp_path / "b.txt")] == ["b.txt/c.txt"]


def test_a_given_encoding_overrides_what_would_be_found(tmp_path: Path) -> None:
    notes = Notes()
    assert (
        post_of(read_one(tmp_path, "a.txt", "дождь".encode("koi8-r"), encoding="koi8-r", notes=notes)).text == "дождь"
    )
    assert post_of(read_one(tmp_path, "b.txt", "дождь".encode(), encoding="latin-1")).text != "дождь"
    assert not notes.remarks


def test_only_one_byte_order_mark_is_left_out(tmp_path: Path) -> None:
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}"
    assert post_of(read_one(tmp_path, "a.txt", f"{mark}{mark}rain")).text == f"{mark}rain"


def test_damaged_utf8_is_a_problem_and_not_read_in_a_code_page(tmp_path: Path) -> None:
    message = message_of(read_one(tmp_path, "a.txt", ARABIC.encode() + b" \xd8"))
    assert "not utf-8 at byte" in message
    assert "--encoding" in message


def test_a_lone_surrogate_in_text_is_read_as_the_replacement_character_and_counted(tmp_path: Path) -> None:
    notes = Notes()
    post = post_of(
        read_one(tmp_path, "a.txt", ARABIC.encode() + b" \xed\xa0\x80 \xed\xa0\xbd\xed\xb8\x80", notes=notes)
    )
    assert post.text == f"{ARABIC} {SURROGATE} \N{GRINNING FACE}"
    assert notes.remarks["surrogate", ""].count == 1
    wide = "rain \ud800 fell".encode("utf-16-le", "surrogatepass")
    assert post_of(read_one(tmp_path, "b.txt", wide)).text == f"rain {SURROGATE} fell"


@pytest.mark.parametrize("content", ["", " \n\t\n", "\N{ZERO WIDTH NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"])
def test_empty_text_is_skipped(tmp_path: Path, content: str) -> None:
    assert read_one(tmp_path, "a.txt", content) == Skipped("a.txt", None, "no text")


def test_a_text_file_too_large_for_one_post_is_a_problem(tmp_path: Path) -> None:
    message = message_of(read_one(tmp_path, "a.txt", "rain " * 300, max_record=1000))
    assert "more than 1,000 bytes in one post; if it holds many posts, write them as JSON Lines" in message
    assert message.endswith("or raise --max-record")


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_unaltered_from_text_json_and_csv(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    plain = read_one(folder, "a.txt", text, input_format="text", encoding="utf-8")
    row = read_one(folder, "a.jsonl", json.dumps({"text": text}) + "\n")
    raw = read_one(folder, "b.jsonl", json.dumps({"text": text}, ensure_ascii=False))
    assert row == raw or not isinstance(row, Post) or row.text == text == post_of(raw).text
    if not text.strip():
        assert all(isinstance(item, Skipped) for item in (row, raw))
        return
    assert post_of(row).text == text
    if not isinstance(plain, Skipped):
        assert post_of(plain).text == text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if "\0" not in text:
        quoted = text.replace('"', '""')
        cell = read_one(folder, "a.csv", f'id,text\n7,"{quoted}"\n')
        assert (post_of(cell).text, post_of(cell).id) == (text, "7")


_BEGINS = (
    b"", b"Rain ", "فيضان ".encode(), "٦/٨/٢٠٢١، ١٠:٣٠ - ".encode(), b"#Kabul ", b"@mina ", b"From a 2021\nTo: b\n",
    b"F", b"text,", b"author;", b"id,text,author_id\n1,Rain,2\n", b'text", id\nRain,2\n', b"sep=;\ntext;id\n", b"w",
    b"Post Created,URL,Account\n1,2,3\n", b"id,thread_id,body,timestamp\n1,2,Rain,4\n", b"window.YTD.tweets.part0 = []",
    b"SEP=,", b"RIFF1234WEBP", b"GIF89a", b"BZh91AY", b"abcdftypmp42", b"PAR1", b"<rss ",
    b"a" * 257 + b"ustar  ", b"a" * 257 + b"ustar  \0", b"a" * 257 + b"ustar\x0000", b"Rar!\x1a\x07", b"PK\x03\x04",
    b"PK\x05\x06", b"D\x06", b"a\x06b\x06c\x06", b"\x02mina\x0f\x03\x03", "سلام".encode("utf-16-le"),
    "سلام".encode("utf-16-be"),
    b"[1]", b" ", b"6/8/21, 10:30 - A: b\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\n",
)  # fmt: skip
_MIDDLES = (
    b"Rain fell, ", "قال سكان ".encode(), b"\n", b"\r\n", b",", b"\t", b";", b"text", b"id", b'"', b"\0", b"\x07",
    b"\xe9", b"\x1b", "\N{REPLACEMENT CHARACTER}".encode(), b"thread_id", b"Post Created", b"https://wordpress.org/export/1.2/",
    b"<html>", b"caf\xc3\xa9 ",
)  # fmt: skip


_CONTENTS = st.builds(
    lambda begin, rest: begin + b"".join(rest),
    st.sampled_from(_BEGINS),
    st.lists(st.sampled_from(_MIDDLES), max_size=8),
)


@settings(max_examples=400, deadline=None)
@given(content=_CONTENTS, ending=st.sampled_from(["txt", "md", "text", "TXT", "csv"]))
def test_a_file_that_is_taken_for_words_at_once_is_what_asking_every_family_finds(
    content: bytes, ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("words")
    file = put(folder, f"a.{ending}", content)
    walked, named = Notes(), Notes()
    assert list(read(folder, notes=walked)) == list(read(file, notes=named))
    assert walked.rows() == named.rows()


@settings(max_examples=100, deadline=None)
@given(
    contents=st.lists(_CONTENTS | st.sampled_from([b"Rain fell.", "فيضان، ثم مطر".encode()]), min_size=2, max_size=20)
)
def test_files_that_are_looked_through_together_are_what_each_is_alone(
    contents: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("together")
    files = [put(folder, f"{at:02}.txt", content) for at, content in enumerate(contents)]
    together, alone = Notes(), Notes()
    assert list(read(folder, notes=together)) == [item for file in files for item in read(file, notes=alone)]
    assert together.rows() == alone.rows()


def test_every_beginning_is_told_among_many_files_of_words(tmp_path: Path) -> None:
    contents = [b"Rain fell."] * 300
    contents[7::9] = [begin + b"\n" + middle for begin in _BEGINS for middle in (b"", b"\x07")][: len(contents[7::9])]
    files = [put(tmp_path, f"{at:03}.txt", content) for at, content in enumerate(contents)]
    assert list(read(tmp_path)) == [item for file in files for item in read(file)]


def test_files_beyond_what_is_held_at_once_are_all_read_in_order(tmp_path: Path) -> None:
    texts = [f"Rain {at} " * (7000 if at % 3 else 1) for at in range(60)]
    for at, text in enumerate(texts):
        put(tmp_path, f"{at:02}.txt", text)
    assert [post_of(item).text for item in read(tmp_path)] == texts


def test_a_file_that_cannot_be_opened_is_a_problem_in_its_place(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        put(tmp_path, name, "Rain")
    items = read(tmp_path)
    found = find_inputs(tmp_path)
    (tmp_path / "b.txt").unlink()
    first, second, third = read_input(found)
    assert (post_of(first).path, post_of(third).path) == ("a.txt", "c.txt")
    assert message_of(second) == "b.txt: no such file or folder; check the path"
    assert [item.path for item in items] == ["a.txt", "c.txt"]


def test_a_file_system_that_breaks_off_behind_a_page_cuts_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.txt", text := "Rain. " * 3000)
    whole = os.read
    monkeypatch.setattr(os, "read", lambda fd, size: whole(fd, min(size, 4096)))
    assert [post_of(item).text for item in read(tmp_path)] == [text]


def test_a_file_that_grows_beyond_what_is_read_at_once_is_read_whole(tmp_path: Path) -> None:
    text = "Rain. " * (streams.HEAD // 6 + 1)
    for size in (streams.HEAD - 1, streams.HEAD, streams.HEAD + 1):
        put(tmp_path, "a.txt", text[:size])
        assert [post_of(item).text for item in read(tmp_path)] == [text[:size]]


def test_the_bytes_of_files_in_a_folder_are_reported_once(tmp_path: Path) -> None:
    for name, content in (("a.txt", "Rain"), ("b.txt", "[1]"), ("c.txt", ARABIC), ("d.txt", "\x00\x01")):
        put(tmp_path, name, content)
    for file in find_inputs(tmp_path):
        assert isinstance(file, InputFile)
        sizes: list[int] = []
        list(read_input(file, report=sizes.append))
        assert sum(sizes) == file.size == (tmp_path / file.path).stat().st_size


# JSON Lines


_CELLS: st.SearchStrategy[Any] = st.sampled_from(
    (
        None,
        True,
        -1,
        7,
        2**31,
        10**18,
        2**70,
        1.5,
        float("nan"),
        "",
        " ",
        "Rain",
        ARABIC,
        "1.42E+18",
        "\\ud800",
        {},
        [1],
    )
)
_MOMENTS = st.sampled_from(
    ("2021-08-06T10:30:00Z", "2021-08-06T10:30:09Z", "2021-13-06T10:30:00Z", "2021-08-06 10:30:00Z")
)
_NUMBERS = st.sampled_from((7, -1, 2**31, 10**18, 2**70, True, "7", 1.5, None))
_COUNTS = st.dictionaries(st.sampled_from(("likes", "views", "quotes")), _NUMBERS, min_size=1, max_size=2)
_OTHERS = st.dictionaries(st.sampled_from((*FIELDS, "lang", "path", "counts.quotes")), _CELLS, max_size=2)
_ROWS = st.builds(
    lambda *parts: {name: value for part in parts for name, value in part.items()},
    st.fixed_dictionaries(
        {"text": st.sampled_from(("Rain", "Wind", ARABIC, " ")), "id": st.sampled_from(("1", "2", "3", "1.4E+18"))}
    ),
    st.fixed_dictionaries({}, optional={"created": _MOMENTS, "counts": _COUNTS}),
    st.just({}) | _OTHERS,
)
_ENDS = st.sampled_from(("\n", "\n", "\r\n", "\n\n \n", "x\n"))


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(_ROWS | _CELLS, _ENDS), min_size=6, max_size=30), end=st.booleans())
def test_plain_rows_taken_in_one_go_are_what_they_are_field_by_field(
    rows: list[tuple[Any, str]], end: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = "".join(json.dumps(row).replace("\\\\", "\\") + after for row, after in rows)
    file = put(tmp_path_factory.mktemp("rows"), "rows.jsonl", lines if end else lines.rstrip("\n"))
    quick, slow = Notes(), Notes()
    assert list(read(file, notes=quick)) == list(read(file, notes=slow, columns={"text": "text"}))
    assert quick.rows() == slow.rows()


def test_a_row_of_json_lines_needs_only_text(tmp_path: Path) -> None:
    file = put(tmp_path, "a.jsonl", '{"text": "one"}\n\n  \r\n{"text": "two", "id": "x"}\r\n{"text": " "}')
    assert list(read([file])) == [
        Post(id="a.jsonl#0", text="one", path="a.jsonl", record=0),
        Post(id="x", text="two", path="a.jsonl", record=1),
        Skipped("a.jsonl", 2, "no text"),
    ]


def test_every_field_of_a_post_is_taken_from_a_row(tmp_path: Path) -> None:
    embed = Embed("x", 0, 9, 0, 4, "N. Rahimi", "nrahimi", "2021-08-06", None, ("pic.x.com/a",), "marked")
    entity = Entity("url", 5, 9, "https://a.example", "https://b.example")
    row = {
        "text": "rain a.example",
        "id": 12345678901234567890123,
        "platform": "x",
        "author": "N. Rahimi",
        "author_id": 18446744073709551615,
        "channel": "news",
        "created": "2021-08-06 10:30:00+00:00",
        "url": "https://x.com/a/status/1",
        "title": "Rain",
        "reply_to": 1,
        "repost_of": "2",
        "quote_of": -3,
        "counts": {"likes": 4, "views": 5.0, "replies": None},
        "shares": "6",
        "truncated": True,
        "embeds": [
            {"platform": "x", "start": 0, "end": 9, "body_start": 0, "body_end": 4, "name": "N. Rahimi"}
            | {"handle": "nrahimi", "date": "2021-08-06", "media": ["pic.x.com/a"]}
        ],
        "marked": [
            {"kind": "url", "start": 5, "end": 9, "value": "https://a.example", "expanded": "https://b.example"}
        ],
        "path": "elsewhere.txt",
        "record": 99,
        "blocks": [],
    }
    notes = Notes()
    assert read_one(tmp_path, "a.ndjson", json.dumps(row), notes=notes) == Post(
        id="12345678901234567890123",
        text="rain a.example",
        path="a.ndjson",
        record=0,
        platform="x",
        author="N. Rahimi",
        author_id="18446744073709551615",
        channel="news",
        created="2021-08-06T10:30:00Z",
        url="https://x.com/a/status/1",
        title="Rain",
        reply_to="1",
        repost_of="2",
        quote_of="-3",
        counts={"likes": 4, "views": 5, "shares": 6},
        truncated=True,
        embeds=(embed,),
        marked=(entity,),
    )
    assert not notes.remarks


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_json_lines_end_at_line_feeds_alone(tmp_path: Path, sign: str) -> None:
    line = json.dumps({"text": f"one{sign}two"}, ensure_ascii=False)
    assert texts_of(list(read([put(tmp_path, "a.jsonl", f"{line}\n{line}\n")]))) == [f"one{sign}two"] * 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "cut', "broken JSON at character"),
        ("plain words", "broken JSON"),
        ("[1]", "not a JSON object"),
        ('"text"', "not a JSON object"),
        ('{"body": "b", "id": 1}', 'no field "text"; the row has body, id'),
        ("{}", "the row has none"),
        ('{"text": 5}', '"text" is a number'),
        ('{"text": ["a"]}', '"text" is a list'),
        ('{"text": "a", "id": 1.5}', "lost digits"),
        ('{"text": "a", "id": true}', '"id" is true or false'),
        ('{"text": "a", "author": {"name": "b"}}', '"author" is an object'),
        ('{"text": "a", "created": [2021]}', '"created" is a list'),
        ('{"text": "a", "likes": true}', '"likes" is true or false'),
        ('{"text": "a", "counts": 3}', '"counts" is a number'),
        ('{"text": "a", "truncated": "perhaps"}', "not true or false"),
        ('{"text": "a", "embeds": "x"}', '"embeds" is text'),
        ('{"text": "a", "embeds": [{"platform": "x"}]}', "'start'"),
        ('{"text": "a", "marked": [{"kind": "url", "start": "0", "end": 1, "value": ""}]}', "start"),
        ('{"text": "a", "marked": [{"kind": "url", "start": 0, "end": 2, "value": ""}]}', "not in the text of 1"),
        ('{"text": "a", "embeds": [{"platform": "x", "start": 0, "end": 1, "body_start": 0}]}', "not in the text"),
        ("[" * 100_000, "nested too deep"),
        ('{"text": "a", "id": ' + "9" * 5000 + "}", "too long"),
    ],
)
def test_a_broken_row_is_a_problem_with_its_place_and_the_rest_is_read(tmp_path: Path, line: str, said: str) -> None:
    file = put(tmp_path, "a.jsonl", f'{{"text": "before"}}\n{line}\n{{"text": "after"}}\n')
    before, broken, after = read([file])
    assert said in message_of(broken)
    assert message_of(broken).startswith("a.jsonl, line 2: ")
    assert isinstance(broken, Problem)
    assert broken.record == 1
    assert (post_of(before).text, post_of(after).text, post_of(after).record) == ("before", "after", 2)


def test_a_row_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    items = list(read([put(tmp_path, "a.jsonl", b'{"text": "a\xff"}\n{"text": "b"}\n')]))
    assert "not utf-8 at byte 12" in message_of(items[0])
    assert texts_of(items) == ["b"]


def test_what_the_fast_parser_refuses_is_read_by_the_exact_one(tmp_path: Path) -> None:
    notes = Notes()
    lines = [
        r'{"text": "a\ud800", "author": "\udc00b", "\ud800": ["\ud83d\ude00", {"c": "\ud801"}]}',
        '{"text": "tab\there", "author": NaN, "id": 99999999999999999999}',
        '{"text": NaN}',
    ]
    first, second, third = read([put(tmp_path, "a.jsonl", "\n".join(lines))], notes=notes)
    assert (post_of(first).text, post_of(first).author) == (f"a{SURROGATE}", f"{SURROGATE}b")
    assert notes.remarks["surrogate", ""].count == 3
    assert (post_of(second).text, post_of(second).author) == ("tab\there", None)
    assert post_of(second).id == "99999999999999999999"
    assert reason_of(third) == "no text"


def test_the_exact_parser_keeps_what_is_whole() -> None:
    assert parse_exactly(rb'["\\ud800", "\ud83d\ude00", 1]') == (["\\ud800", "\N{GRINNING FACE}", 1], 0)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le", "utf-32"])
def test_json_lines_in_another_unicode_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    rows = "".join(f'{{"text": "{ARABIC} {i}"}}\n' for i in range(3))
    items = list(read([put(tmp_path, "a.jsonl", rows.encode(encoding))]))
    assert texts_of(items) == [f"{ARABIC} {i}" for i in range(3)]


def test_json_lines_in_a_given_code_page_are_read(tmp_path: Path) -> None:
    data = f'{{"text": "{ARABIC}"}}'.encode("cp1256")
    assert post_of(read_one(tmp_path, "a.jsonl", data, encoding="cp1256")).text == ARABIC


def test_text_that_is_not_in_the_given_wide_encoding_is_a_problem(tmp_path: Path) -> None:
    assert "--encoding" in message_of(read_one(tmp_path, "a.jsonl", b'{"text": "a"} ', encoding="utf-32-le"))


def test_a_row_without_end_is_passed_over_and_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "CHUNK", 64)
    monkeypatch.setattr(streams, "HEAD", 64)
    long = json.dumps({"text": "rain " * 100})
    file = put(tmp_path, "a.jsonl", f'{{"text": "a"}}\n{long}\n{{"text": "b"}}\n{long}')
    items = list(read([file], max_record=100))
    assert [type(item).__name__ for item in items] == ["Post", "Problem", "Post", "Problem"]
    assert "line 2: more than 100 bytes in one row; left out, or raise --max-record" in message_of(items[1])
    assert {type(item) for item in read([file])} == {Post}


def test_fields_are_taken_from_the_names_that_the_user_gives(tmp_path: Path) -> None:
    notes = Notes()
    row = '{"message": "rain", "text": "a caption", "title": "from message", "who": 7, "rest": 1}'
    columns = {"text": "message", "author": "who", "channel": "title"}
    post = post_of(read_one(tmp_path, "a.jsonl", row, columns=columns, notes=notes))
    assert (post.text, post.author, post.channel, post.title) == ("rain", "7", "from message", None)
    assert list(notes.remarks) == [("column", "rest")]
    message = message_of(read_one(tmp_path, "b.jsonl", '{"text": "a"}', columns={"text": "words"}))
    assert 'no field "words"; the row has text' in message


# Values


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("2021-08-06", "2021-08-06"),
        ("2021-08-06T10:30", "2021-08-06T10:30"),
        (" 2021-08-06t10:30:00z ", "2021-08-06T10:30:00Z"),
        ("2021-08-06 10:30:00.25 +04:30", "2021-08-06T10:30:00.25+04:30"),
        ("2021-08-06T10:30:00,5+0430", "2021-08-06T10:30:00.5+04:30"),
        ("2021-08-06T10:30:00-05", "2021-08-06T10:30:00-05:00"),
        ("2021-08-06T10:30:00-00:00", "2021-08-06T10:30:00Z"),
        ("2021-08-06T10:30:00.123Z", "2021-08-06T10:30:00.123Z"),
        ("2021-08-06T10:30:00.12 Z", "2021-08-06T10:30:00.12Z"),
        ("2021-W31-5T10:30:00Z", None),
        ("2021-13-06T10:30:00.123Z", None),
        ("2021-02-30", None),
        ("2021-08-06T25:00", None),
        ("2021-08-06T10:30:00+99:00", None),
        ("06/08/2021", None),
        ("1628245800", None),
        ("2021-08", None),
        ("٢٠٢١-٠٨-٠٦", None),
        ("", None),
    ],
)
def test_a_date_is_taken_as_given_when_it_is_iso_8601(written: str, when: str | None) -> None:
    assert find_when(written) == when


def test_a_date_or_count_that_cannot_be_used_is_left_out_and_noted(tmp_path: Path) -> None:
    notes = Notes()
    rows = [
        '{"text": "a", "created": "Aug 6, 2021", "likes": "1.2K"}',
        '{"text": "b", "created": 1628245800, "views": -3, "counts": {"quotes": 1, "shares": "9,5"}}',
        '{"text": "c", "created": " ", "likes": "", "author": ""}',
    ]
    posts = [post_of(item) for item in read([put(tmp_path, "a.jsonl", "\n".join(rows))], notes=notes)]
    assert [(post.created, post.counts, post.author) for post in posts] == [(None, {}, None)] * 3
    assert notes.remarks["created", ""].count == 2
    assert notes.remarks["created", ""].example == "'Aug 6, 2021'"
    assert {detail for kind, detail in notes.remarks if kind == "count"} == {"likes", "views", "shares"}
    assert ("column", "counts.quotes") in notes.remarks


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_with_its_delimiter(tmp_path: Path, delimiter: str, end: str) -> None:
    rows = [["Id", "text", "likes"], ["007", f'"rain{delimiter} ""snow""{end}and, hail"', "3"], ["8", "b", ""]]
    content = "\N{ZERO WIDTH NO-BREAK SPACE}" + end.join(delimiter.join(row) for row in rows) + end
    first, second = (post_of(item) for item in read([put(tmp_path, "a.csv", content)]))
    assert (first.id, first.text, first.counts) == ("007", f'rain{delimiter} "snow"{end}and, hail', {"likes": 3})
    assert (second.id, second.text, second.counts, second.record) == ("8", "b", {}, 1)


def test_a_table_of_one_column_is_read_by_a_delimiter_that_its_rows_lack(tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", "text\nRain, they said\nSnow, and hail, too\n")
    assert texts_of(list(read([file]))) == ["Rain, they said", "Snow, and hail, too"]


def test_a_first_line_may_name_the_delimiter(tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", "sep=;\r\ntext;title\r\nrain, snow, hail;a,b\r\n")
    (post,) = (post_of(item) for item in read([file]))
    assert (post.text, post.title) == ("rain, snow, hail", "a,b")


def test_old_line_ends_of_a_carriage_return_are_read(tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", 'id,text\r1,"rain\rsnow"\r2,hail\r')
    assert texts_of(list(read([file]))) == ["rain\rsnow", "hail"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1256", "utf-8-sig", "utf-16-be"])
def test_a_table_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    notes = Notes()
    file = put(tmp_path, "a.csv", f"id\ttext\n1\t{ARABIC}\n2\t{ARABIC}\n".encode(encoding))
    assert texts_of(list(read([file], notes=notes))) == [ARABIC] * 2
    assert list(notes.remarks) == ([("encoding", "cp1256")] if encoding == "cp1256" else [])


def test_json_cells_of_a_table_are_read(tmp_path: Path) -> None:
    notes = Notes()
    marked = r'[{""kind"": ""url"", ""start"": 0, ""end"": 1, ""value"": ""\ud800""}]'
    rows = ["text,counts,marked,truncated,title", f'ab,"{{""likes"": 2}}","{marked}",yes,', "c,{oops,,no,x"]
    first, second = read([put(tmp_path, "a.csv", "\n".join(rows))], notes=notes)
    assert post_of(first).counts == {"likes": 2}
    assert post_of(first).marked == (Entity("url", 0, 1, SURROGATE),)
    assert post_of(first).truncated is True
    assert post_of(first).title is None
    assert 'line 3: "counts" is not JSON' in message_of(second)
    assert ("surrogate", "") in notes.remarks


@pytest.mark.parametrize(
    ("header", "columns", "said"),
    [
        ("id,notes", None, 'none is "text"; the columns are id, notes; name the one to read: --column text=NAME'),
        ("id,text", {"text": "mesage"}, 'no column "mesage" for text; the columns are id, text'),
        ("id,text", {"author": "user"}, 'no column "user" for author; the columns are id, text'),
        ("text,id,text", None, 'the column "text" is there 2 times'),
        ('"id,text', None, "the header is broken"),
        (",".join(f"c{i}" for i in range(30)), None, "c19 and 10 more"),
    ],
)
def test_a_wrong_header_is_one_problem_that_lists_the_columns(
    tmp_path: Path, header: str, columns: dict[str, str] | None, said: str
) -> None:
    item = read_one(tmp_path, "a.csv", f"{header}\n1,rain\n2,snow\n", columns=columns)
    assert said in message_of(item)
    assert isinstance(item, Problem)
    assert item.record is None


def test_a_column_that_the_user_gives_to_a_field_fills_no_other(tmp_path: Path) -> None:
    content = "Title,text\nN. Rahimi,rain\n"
    post = post_of(read_one(tmp_path, "a.csv", content, columns={"author": "Title"}))
    assert (post.author, post.title) == ("N. Rahimi", None)


def test_columns_that_are_not_used_are_noted_once(tmp_path: Path) -> None:
    notes = Notes()
    file = put(tmp_path, "a.csv", "Message,lang,text,,blocks\nrain,en,caption,x,[]\nsnow,en,,x,[]\n")
    assert texts_of(list(read([file], columns={"text": "Message"}, notes=notes))) == ["rain", "snow"]
    assert [detail for _, detail in notes.remarks] == ["lang", "text", "column 4"]
    assert all(remark.count == 1 for remark in notes.remarks.values())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"2,a,b,c", "4 cells under 3 columns"),
        (b"2", "1 cells under 3 columns"),
        (b"2,a\0b,", "NUL bytes"),
        (b"2,\xffa,", "not utf-8"),
        (b'2,"he "said" so",', "double the marks"),
        (b"2,a\rb,c", "carriage return"),
    ],
)
def test_a_broken_row_of_a_table_is_a_problem_and_the_rest_is_read(tmp_path: Path, row: bytes, said: str) -> None:
    file = put(tmp_path, "a.csv", f"id,text,title\n1,before,{ARABIC}\n".encode() + row + b"\n3,after,\n")
    before, broken, after = read([file])
    assert message_of(broken).startswith("a.csv, line 3: ")
    assert said in message_of(broken)
    assert isinstance(broken, Problem)
    assert (broken.record, post_of(after).record, post_of(after).text) == (1, 2, "after")
    assert post_of(before).text == "before"


def test_a_quotation_mark_that_nothing_closes_takes_one_row_only(tmp_path: Path) -> None:
    rows = ["id,text", "1,a", '2,"stray', "3,c", '4,"d, e"', "5,f", '6,"no end', "7,h", "8,i"]
    items = list(read([put(tmp_path, "a.csv", "\n".join(rows) + "\n")]))
    assert texts_of(items) == ["a", "c", "d, e", "f", "h", "i"]
    problems = [message_of(item) for item in items if isinstance(item, Problem)]
    assert len(problems) == 2
    assert "line 3: text after a closing quotation mark" in problems[0]
    assert "up to line 5 rows are read" in problems[0]
    assert "line 7: a quotation mark that nothing closes" in problems[1]


def test_broken_rows_within_a_broken_row_are_not_told_again(tmp_path: Path) -> None:
    rows = ["id,text,title", '1,"a', '2,"b', "3,c,", "x", '4,"d "e" f",', "5,g,"]
    items = list(read([put(tmp_path, "a.csv", "\n".join(rows))]))
    assert texts_of(items) == ["c", "g"]
    assert sum(isinstance(item, Problem) for item in items) == 2


def test_in_a_table_of_one_column_the_lines_of_a_broken_row_are_no_rows(tmp_path: Path) -> None:
    items = list(read([put(tmp_path, "a.csv", 'text\nrain\n"first\nsecond "quoted" line\nsnow\n')]))
    assert texts_of(items) == ["rain", "snow"]
    assert sum(isinstance(item, Problem) for item in items) == 1


def test_hostile_quotation_marks_take_linear_time_and_nothing_is_lost_unlisted(tmp_path: Path) -> None:
    def prepare(rows: int) -> Callable[[], object]:
        file = put(tmp_path, f"{rows}.csv", "id,text\n" + 'a","b\n' * rows)
        items = list(read([file]))
        assert items
        assert not texts_of(items)
        assert f"up to line {rows + 1}" in message_of(items[-1])
        return lambda: list(read([file]))

    assert_linear(prepare, 10_000)


def test_a_row_beyond_the_limit_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = 'id,text\n1,"' + "rain\n" * 50 + '"\n2,snow\n'
    items = list(read([put(tmp_path, "a.csv", content)], max_record=400))
    assert texts_of(items) == ["snow"]
    assert "more than 100 characters in one row" in message_of(items[0])
    for limit in ("HEAD", "CHUNK"):
        monkeypatch.setattr(streams, limit, 100)
    items = list(read([put(tmp_path, "b.csv", "id,text\n1," + "rain " * 50 + "\n2,snow\n")], max_record=100))
    assert texts_of(items) == ["snow"]
    assert "more than" in message_of(items[0])


def test_an_id_that_a_spreadsheet_cut_is_no_id(tmp_path: Path) -> None:
    notes = Notes()
    post = post_of(read_one(tmp_path, "a.csv", "id,text\n1.4236E+18,rain\n", notes=notes))
    assert post.id == "a.csv#0"
    assert "1.4236E+18" in notes.sentences()[0]


@pytest.mark.parametrize("content", ["", "text,id\n", "\n\n", "text,id\n,\n\n"])
def test_a_table_without_rows_is_skipped(tmp_path: Path, content: str) -> None:
    assert reason_of(read_one(tmp_path, "a.csv", content)) == "no records"
    assert reason_of(read_one(tmp_path, "a.jsonl", "\n \n")) == "no records"


def test_a_row_without_text_is_skipped(tmp_path: Path) -> None:
    assert read_one(tmp_path, "a.csv", "text,id\n,5\n") == Skipped("a.csv", 0, "no text")


def test_a_cell_longer_than_the_csv_module_allows_is_read(tmp_path: Path) -> None:
    text = "rain " * 40_000
    assert post_of(read_one(tmp_path, "a.csv", f"id,text\n1,{text}\n")).text == text


# What is recognised


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '{"text": "rain"}\n'),
        ("a.txt", '{"id": 1, "text": "rain"}\n{"id": 2'),
        ("a", '{"a": 1}\n{"a": 2}\n'),
        ("a.csv", '{"text": "rain", "x": ","}\n'),
        ("a.txt", '{"text": "' + "rain " * 20_000 + '"}'),
    ],
)
def test_json_lines_are_told_by_content(tmp_path: Path, name: str, content: str) -> None:
    items = list(read([put(tmp_path, name, content)]))
    assert all(item.record is not None for item in items)


@pytest.mark.parametrize(
    "content", ["{just braces} and words", "{", "[1] A list of things", "{{< x id=1 >}}", "Title, text\nmore", "\n{x}"]
)
def test_text_that_begins_like_json_or_a_table_is_text(tmp_path: Path, content: str) -> None:
    item = read_one(tmp_path, "a.txt", content)
    assert post_of(item).text == content


def test_a_table_with_only_known_columns_is_told_by_content(tmp_path: Path) -> None:
    assert post_of(read_one(tmp_path, "a.txt", "id\tText\n1\train\n")).text == "rain"
    assert post_of(read_one(tmp_path, "b.txt", "text\nrain\n")).text == "text\nrain\n"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jpg", b"", "media file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n....", "media file"),
        ("a", b"%PDF-1.7 ...", "PDF"),
        ("a.pdf", "not really", "PDF"),
        ("a.docx", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "office document"),
        ("a.txt", b"7z\xbc\xaf\x27\x1c", "archive"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office document"),
        ("a.txt", '\n<?xml version="1.0"?><rss/>', "web page or feed"),
        ("a.html", "rain", "web page or feed"),
        ("a.json", '[{"body": "rain"}]', "JSON document"),
        ("a.jsonl", '[\n{"body": "rain"}\n]', "JSON document"),
        ("a.txt", '{\n"body": "rain"\n}', "JSON document"),
        ("a.txt", '[["a"], ["b"]]', "JSON document"),
        ("a.json", '{"name": "settings"}', "JSON document"),
        ("a.feather", b"ARROW1\x00\x00", "database"),
        ("a.mbox", "From a@b.example", "mail"),
        ("a.txt", bytes(range(256)), "binary file"),
        ("a", b"\0", "binary file"),
        ("a.py", "print()", "unsupported type .py"),
    ],
)
def test_what_no_reader_knows_is_skipped_by_kind(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    put(tmp_path, f"in/{name}", content)
    (item,) = read([tmp_path / "in"])
    assert reason_of(item).startswith(reason)
    assert item.path == name


def test_a_file_of_unknown_ending_is_text_when_the_user_names_it(tmp_path: Path) -> None:
    assert post_of(read_one(tmp_path, "a.log", "rain")).text == "rain"
    assert reason_of(read_one(tmp_path, "b.log", b"\0\1\2\3")) == "binary file"


def test_the_format_that_the_user_gives_overrides_what_is_told(tmp_path: Path) -> None:
    content = '{"text": "rain"}\n'
    assert post_of(read_one(tmp_path, "a.jsonl", content, input_format="text")).text == content
    assert post_of(read_one(tmp_path, "a.dat", "id;text\n1;rain\n", input_format="csv")).text == "rain"
    assert reason_of(read_one(tmp_path, "a.png", b"\x89PNG\r\n", input_format="text")) == "media file"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"encoding": "cp125"}, "unknown encoding 'cp125'"),
        ({"encoding": "zip"}, "unknown encoding 'zip'"),
        ({"encoding": "idna"}, "unknown encoding 'idna'"),
        ({"input_format": "xml"}, "formats are x-archive, .*, jsonl, .*, text"),
        ({"columns": {"txt": "a"}}, "did you mean 'text'?"),
        ({"columns": {"qqqq": "a"}}, "fields are text, id"),
        ({"columns": {"path": "a"}}, "no field 'path'"),
    ],
)
def test_a_wrong_option_is_told_before_anything_is_read(options: dict[str, Any], said: str) -> None:
    with pytest.raises(PostscanError, match=said.replace("?", r"\?")):
        read(["nowhere"], **options)
    with pytest.raises(PostscanError):
        read_input(InputFile("nowhere", "nowhere"), **options)


# Compressed files


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("a.txt.gz", "rain\r\n", ["rain\r\n"]),
        ("a.jsonl.gz", '{"text": "rain"}\n{"text": "snow"}\n', ["rain", "snow"]),
        ("A.CSV.GZ", "text,id\nrain,1\n", ["rain"]),
        ("a.jsonl", '{"text": "rain"}\n', ["rain"]),
    ],
)
def test_compressed_files_are_read_as_what_they_hold(tmp_path: Path, name: str, content: str, texts: list[str]) -> None:
    items = list(read([put(tmp_path, name, gzip.compress(content.encode()))]))
    assert texts_of(items) == texts
    assert {item.path for item in items} == {name}


def test_a_compressed_file_of_many_members_and_padding_is_read_whole(tmp_path: Path) -> None:
    data = b"".join(gzip.compress(f'{{"text": "{i}"}}\n'.encode()) for i in range(300)) + bytes(700)
    assert texts_of(list(read([put(tmp_path, "a.jsonl.gz", data)]))) == [str(i) for i in range(300)]


def test_a_compressed_file_is_unpacked_whole_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in range(3, 40):
        monkeypatch.setattr(streams, "CHUNK", size)
        monkeypatch.setattr(streams, "HEAD", size)
        text = "rain " * 60 + "a" * (300 + size) + "."
        assert post_of(read_one(tmp_path, "a.txt.gz", gzip.compress(text.encode()), input_format="text")).text == text


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz"])
def test_a_truncated_compressed_file_is_a_problem_after_the_rows_that_could_be_read(tmp_path: Path, name: str) -> None:
    rows = [f"{i},{os.urandom(40).hex()}" for i in range(40_000)]
    if "csv" in name:
        content = "id,text\n" + "\n".join(rows)
    else:
        content = "\n".join(json.dumps({"id": row.split(",")[0], "text": row.split(",")[1]}) for row in rows)
    data = gzip.compress(content.encode(), 1)
    items = list(read([put(tmp_path, name, data[: len(data) // 2])]))
    message = message_of(items.pop())
    assert "cut off" in message
    posts = [post_of(item) for item in items]
    assert len(posts) > 10_000
    assert [f"{post.id},{post.text}" for post in posts] == rows[: len(posts)]


def test_a_small_truncated_table_gives_its_whole_rows_first(tmp_path: Path) -> None:
    rows = "\n".join(f"{i},{os.urandom(400).hex()}" for i in range(8))
    data = gzip.compress(f"id,text\n{rows}\n".encode())
    items = list(read([put(tmp_path, "a.csv.gz", data[:-700])]))
    assert 4 <= len(texts_of(items)) <= 7
    assert all(len(text) == 800 for text in texts_of(items))
    assert "cut off" in message_of(items[-1])


def test_a_truncated_compressed_text_is_no_post(tmp_path: Path) -> None:
    data = gzip.compress(os.urandom(500).hex().encode())
    assert "cut off" in message_of(read_one(tmp_path, "a.txt.gz", data[:-200]))


def test_damaged_compressed_data_is_a_problem(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(b'{"text": "rain"}\n'))
    data[-6] ^= 1  # the checksum
    items = list(read([put(tmp_path, "a.jsonl.gz", bytes(data))]))
    assert "damaged" in message_of(items[-1])
    items = list(read([put(tmp_path, "b.jsonl.gz", gzip.compress(b'{"text": "rain"}\n') + b"tail")]))
    assert texts_of(items) == ["rain"]
    assert "damaged" in message_of(items[-1])


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str) -> None:
    row = "1," + "rain " * 600 if "csv" in name else json.dumps({"text": "rain " * 600})
    head = "id,text\n" if "csv" in name else ""

    def peak(rows: int) -> int:
        file = put(tmp_path, name, gzip.compress((head + f"{row}\n" * rows).encode(), 1))
        tracemalloc.start()
        assert sum(isinstance(item, Post) for item in read([file])) == rows
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    most = peak(4000)
    assert most < peak(1000) + 500_000
    assert most < 4_000_000 < 4000 * len(row)


# Folders, globs, standard input


def paths_of(found: list[InputFile | Skipped | Problem]) -> list[str]:
    return [item.path for item in found]


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b/z.txt", "b/a.txt", "a.txt", "c.txt", ".hidden.txt", ".git/x.txt", "b/ä.txt", "B.txt", "b.txt"):
        put(tmp_path, name, name)
    found = find_inputs([tmp_path])
    assert paths_of(found) == ["B.txt", "a.txt", "b/a.txt", "b/z.txt", "b/ä.txt", "b.txt", "c.txt"]
    assert [post.id for post in read([tmp_path]) if isinstance(post, Post)] == paths_of(found)
    first = found[0]
    assert first == InputFile(str(tmp_path / "B.txt"), "B.txt", 5, named=False)


def test_a_single_path_need_not_be_in_a_list(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", "rain")
    assert texts_of(list(read(str(file)))) == texts_of(list(read(file))) == ["rain"]


def test_our_own_output_folders_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "rain")
    put(tmp_path, "report/tables/posts.csv", "text\nx\n")
    put(tmp_path, "report/data/run.json", "{}")
    put(tmp_path, "mine/data/notes.txt", "snow")
    assert paths_of(find_inputs(tmp_path)) == ["a.txt", "mine/data/notes.txt"]
    (problem,) = read([tmp_path / "report"])
    assert "postscan report" in message_of(problem)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_loops_and_what_is_no_file_are_listed(tmp_path: Path) -> None:
    put(tmp_path, "top/a/b/post.txt", "rain")
    (tmp_path / "top/a/b/up").symlink_to(tmp_path / "top")
    (tmp_path / "top/self").symlink_to(".")
    (tmp_path / "top/linked.txt").symlink_to(tmp_path / "top/a/b/post.txt")
    (tmp_path / "top/nowhere.txt").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "top/pipe")
    put(tmp_path, "other/c.txt", "snow")
    (tmp_path / "top/other").symlink_to(tmp_path / "other")
    items = list(read([tmp_path / "top"]))
    assert [item.path for item in items] == [
        "a/b/post.txt", "a/b/up", "linked.txt", "nowhere.txt", "other/c.txt", "pipe", "self",
    ]  # fmt: skip
    assert "no such file" in message_of(items[3])
    assert reason_of(items[5]).startswith("not a file")
    assert {reason_of(items[at]) for at in (1, 6)} == {"link to a folder above it"}


def test_a_deep_folder_is_walked(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(300):
        here /= "d"
        here.mkdir()
    put(here, "a.txt", "rain")
    assert paths_of(find_inputs(tmp_path)) == ["d/" * 300 + "a.txt"]


def test_a_path_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", "rain")
    gone = tmp_path / "gone.txt"
    problem, post = read([gone, file])
    assert "no such file or folder" in message_of(problem)
    assert post_of(post).path == "a.txt"
    assert "matches nothing" in message_of(next(read([tmp_path / "*.csv"])))
    assert "cannot be read" in message_of(next(read(["a\0b"])))


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, ".hidden", "rain")
    assert "no files in this folder" in message_of(next(read([tmp_path])))


def test_a_file_that_goes_away_before_it_is_read_is_a_problem(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", "rain")
    items = read([file])
    file.unlink()
    assert "no such file" in message_of(next(items))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the super-user may read everything")
def test_what_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "top/a.txt", "rain").chmod(0)
    closed = put(tmp_path, "top/closed/b.txt", "snow").parent
    closed.chmod(0)
    messages = [message_of(item) for item in read([tmp_path / "top"])]
    closed.chmod(0o700)
    assert len(messages) == 2
    assert all("no permission" in message for message in messages)


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt", "rain")
    put(tmp_path, "closed/b.txt", "snow")
    scandir = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    post, problem = read([tmp_path])
    assert post_of(post).text == "rain"
    assert message_of(problem).startswith("closed: no permission")


def test_globs_are_matched_and_their_files_named_from_their_parents(tmp_path: Path) -> None:
    for name in ("x/b.txt", "x/a.txt", "x/c.csv", "y/d.txt"):
        put(tmp_path, name, name)
    assert paths_of(find_inputs(str(tmp_path / "*" / "*.txt"))) == ["a.txt", "b.txt", "d.txt"]
    assert paths_of(find_inputs(str(tmp_path / "**" / "d.*"))) == ["d.txt"]


def test_a_file_whose_name_is_a_glob_is_itself(tmp_path: Path) -> None:
    file = put(tmp_path, "a[1].txt", "rain")
    assert paths_of(find_inputs(file)) == ["a[1].txt"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", "rain")
    put(tmp_path, "sub/b.txt", "snow")
    assert texts_of(list(read([tmp_path, file, str(tmp_path) + "/", tmp_path / "sub"]))) == ["rain", "snow"]


def test_two_folders_with_the_same_relative_path_are_told_apart(tmp_path: Path) -> None:
    one, two = tmp_path / "p/day1", tmp_path / "q/day2"
    for folder in (one, two):
        put(folder, "in/a.txt", folder.name)
    put(two, "b.jpg", b"\xff\xd8\xff")
    put(tmp_path, "alone.txt", "alone")
    items = list(read([one, two, tmp_path / "alone.txt", tmp_path / "gone"]))
    assert [item.path for item in items[:3]] == ["day1/in/a.txt", "day2/b.jpg", "day2/in/a.txt"]
    assert items[3].path == f"{tmp_path.name}/alone.txt"
    assert post_of(items[0]).id == "day1/in/a.txt"
    assert "gone: no such" in message_of(items[4])


def test_folders_of_one_name_are_told_apart_by_what_is_above_them(tmp_path: Path) -> None:
    for name in ("p/posts/a.txt", "q/posts/a.txt"):
        put(tmp_path, name, name)
    (tmp_path / "q/posts/missing.txt").symlink_to(tmp_path / "gone")
    items = list(read([tmp_path / "p/posts", tmp_path / "q/posts"]))
    assert [item.path for item in items] == ["p/posts/a.txt", "q/posts/a.txt", "q/posts/missing.txt"]
    assert message_of(items[2]).startswith("q/posts/missing.txt: ")


@settings(max_examples=60, deadline=None)
@given(
    names=st.sets(st.sampled_from(["a/a/x.txt", "a/x.txt", "x.txt", "b/a/x.txt", "b/x.txt", "a/b/x.txt"]), min_size=1),
    given_paths=st.lists(st.sampled_from(["", "a", "b", "a/a", "b/a", "a/x.txt", "x.txt"]), min_size=1, max_size=5),
)
def test_no_two_inputs_have_one_path_and_no_input_is_there_twice(
    names: set[str], given_paths: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    top = tmp_path_factory.mktemp("top")
    for name in names:
        put(top, name, "rain")
    files = [item for item in find_inputs([top / path for path in given_paths]) if isinstance(item, InputFile)]
    assert len({file.path for file in files}) == len(files)
    assert len({os.path.realpath(file.disk) for file in files}) == len(files)
    for file in files:
        assert Path(file.disk).as_posix().endswith(file.path)


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there only")
def test_a_file_name_that_is_no_text_gives_a_path_that_is(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123
        file.write(b"rain")
    (post,) = (post_of(item) for item in read([tmp_path]))
    assert post.path == r"caf\udce9.txt"
    assert post.text == "rain"


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there only")
def test_no_two_files_of_a_folder_have_one_path(tmp_path: Path) -> None:
    for name in (b"/caf\xe9.txt", rb"/caf\udce9.txt", rb"/\caf.txt"):
        with open(os.fsencode(tmp_path) + name, "wb") as file:  # noqa: PTH123
            file.write(b"rain")
    assert [item.path for item in read(tmp_path)] == [r"\caf.txt", r"caf\udce9.txt"]
    assert paths_of(find_inputs([tmp_path, tmp_path])) == [r"\caf.txt", r"caf\udce9.txt"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"rain\r\n", [Post(id="-", text="rain\r\n", path="-")]),
        (b'{"text": "rain"}\n', [Post(id="-#0", text="rain", path="-", record=0)]),
        ('{"text": "rain"}\r\n'.encode("utf-16"), [Post(id="-#0", text="rain", path="-", record=0)]),
        (gzip.compress(b"rain"), [Post(id="-", text="rain", path="-")]),
        (b"", [Skipped("-", None, "no text")]),
    ],
)
def test_standard_input_is_json_lines_or_one_post(
    monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[Item]
) -> None:
    feed(monkeypatch, data)
    assert list(read("-")) == expected


def test_rows_without_text_on_standard_input_are_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b'{"body": "rain"}\n')
    assert 'no field "text"' in message_of(next(read(["-", "-"])))


def test_a_missing_standard_input_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "no standard input" in message_of(next(read(["-"])))


def test_a_pipe_that_comes_in_pieces_is_read_whole(tmp_path: Path) -> None:
    source, sink = os.pipe()
    for piece in (b'{"te', b'xt": "rain"}\n', b'{"text": "snow"}'):
        os.write(sink, piece)
    os.close(sink)
    try:
        items = list(read_input(InputFile(f"/dev/fd/{source}", "63", named=True)))
    finally:
        os.close(source)
    assert texts_of(items) == ["rain", "snow"]
    assert not list(tmp_path.iterdir())


def test_no_file_stays_open(tmp_path: Path) -> None:
    file = put(tmp_path, "a.jsonl", '{"text": "rain"}\n' * 10)
    before = len(os.listdir("/dev/fd")) if Path("/dev/fd").exists() else 0  # noqa: PTH208
    items = read([file])
    next(items)
    items.close()  # type: ignore[attr-defined]
    list(read([file]))
    assert (len(os.listdir("/dev/fd")) if Path("/dev/fd").exists() else 0) == before  # noqa: PTH208


# Everything together


@settings(max_examples=150, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=200),
        st.text(alphabet='{}[]"\\:,;\t\n\r text\ud800é0-1#\0', max_size=80).map(
            lambda s: s.encode("utf-8", "surrogatepass")
        ),
        st.text(alphabet='"a,\n\r;', max_size=60).map(lambda s: b"id,text\n" + s.encode()),
    ),
    name=st.sampled_from(["a.txt", "a.jsonl", "a.csv", "a.tsv.gz", "a", "a.json"]),
    form=st.sampled_from([None, *FAMILIES]),
    encoding=st.sampled_from([None, "utf-8", "cp1256", "utf-16", "utf-7", "shift_jis", "cp037"]),
)
def test_no_bytes_make_reading_raise_and_none_give_nothing(
    data: bytes, name: str, form: str | None, encoding: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = put(tmp_path_factory.mktemp("any"), name, data)
    items = list(read([file], input_format=form, encoding=encoding))
    assert items
    records = [item.record for item in items if item.record is not None]
    assert records == list(range(len(records)))
    for item in items:
        assert item.path == name
        if isinstance(item, Post):
            assert item.text.encode().strip()
            assert item.id
        if isinstance(item, Problem):
            assert message_of(item).startswith(name)


def test_notes_are_merged_in_order_and_come_back_from_their_rows() -> None:
    first, second = Notes(), Notes()
    for i in range(4):
        first.add("created", "", f"{i}.csv", example=f"'{i}'")
        second.add("created", "", f"{i + 2}.csv", times=2)
    first.merge(second)
    remark = first.remarks["created", ""]
    assert (remark.count, remark.paths, remark.example) == (12, ["0.csv", "1.csv", "2.csv", "3.csv", "4.csv"], "'0'")
    assert Notes.from_rows(json.loads(json.dumps(first.rows()))) == first


def test_notes_do_not_grow_with_the_input(tmp_path: Path) -> None:
    notes = Notes()
    rows = "\n".join(json.dumps({"text": "rain", f"field {i}": 1}) for i in range(3000))
    assert len(list(read([put(tmp_path, "a.jsonl", rows)], notes=notes))) == 3000
    assert len(notes.remarks) <= 201
    assert ("column", "…") in notes.remarks
    assert notes.sentences()[-1] == "other fields not used (a.jsonl); --column FIELD=NAME uses one"


def test_every_family_has_the_same_face() -> None:
    assert list(FAMILIES)[-1] == "text"
    assert list(FAMILIES).index("jsonl") < list(FAMILIES).index("csv")
    for family in FAMILIES.values():
        assert not family.matches(b"\x00\x01\x02\x03\x04", "a.png")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blank_lines_are_counted_and_are_no_records(end: str, tmp_path: Path) -> None:
    lines = ['{"text": "Rain"}', "", "", " ", "", '{"text": 5}', "", '{"text": "Snow"}', "", '{"te', "", ""]
    (tmp_path / "a.jsonl").write_bytes(end.join(lines).encode())
    first, number, second, broken = read(tmp_path / "a.jsonl")
    assert isinstance(first, Post)
    assert isinstance(second, Post)
    assert [first.text, first.record, second.text, second.record] == ["Rain", 0, "Snow", 2]
    assert isinstance(number, Problem)
    assert isinstance(broken, Problem)
    assert ("line 6" in number.message, number.record) == (True, 1)
    assert ("line 10" in broken.message, broken.record) == (True, 3)


def test_a_flood_of_blank_lines_takes_little_time(tmp_path: Path) -> None:
    def prepare(size: int) -> Callable[[], object]:
        (tmp_path / f"{size}.jsonl").write_bytes(b'{"text": "Rain"}\n' + b"\n" * size + b'{"text": "Snow"}')
        return lambda: list(read(tmp_path / f"{size}.jsonl"))

    assert_linear(prepare, 100_000, doublings=2)
