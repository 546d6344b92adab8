"""Tables as files: whatever a post says is read back as it stands, and nothing of it is run, followed or rounded."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

import postscan
from postscan.corpus import Corpus
from postscan.report import report_tables
from postscan.report.spreadsheets import about_rows, csv_bytes, guard, parquet_bytes, write_tables
from postscan.report.spreadsheets.about import column_key, column_name, table_name
from postscan.report.spreadsheets.workbook import LONGEST, fitted, write_workbook
from postscan.wording import LANGUAGES, say, words

FORMULA = ("=", "+", "-", "@", "\t", "\r")
HARMFUL = [
    '=HYPERLINK("http://example.org","x")',
    "@SUM(1;2)",
    "+1",
    "-1",
    "\t=1+1",
    "\r=1+1",
    "\x00nul\x1f",
    "\ufffe",
    "a\uffffb",
    "_x0041_ as written",
    "<r>&amp;</r>",
    "<r><t>x</t></r>",
    "http://example.org/path",
    "mailto:a@example.org",
    "internal:'About'!A1",
    "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe",
    "\N{FIRST STRONG ISOLATE}open",
    "two\nlines\r\nand three",
    "  spaces  ",
    "1234567890123456789",
    "007",
    "1e5",
    "TRUE",
    "2026-07-01",
    "حريق في المخزن",
    "👩\N{ZERO WIDTH JOINER}👧 🇦🇫",
    'quotes "," commas',
    "#N/A",
    "{=1}",
    "]]>",
    "'apostrophe",
]
LONG = "\N{PARTY POPPER}é" * 20_000


def frame_of(texts: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame({"name": texts, "key": [f"k{n}" for n in range(len(texts))]})
    frame["posts"] = range(len(texts))
    frame.attrs["sentence"] = "Names of 3 posts; run 0123456789."
    return frame


def mixed_frame() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "period": pd.Series(["2026-07-01", None, "1850-01-01"], dtype="datetime64[us]"),
            "hashtag": ["ميناء", "port", None],
            "record": pd.array([1200, None, 12345678901234567], dtype="Int64"),
            "posts": [-12, 3, 10**15],
            "likes": [1.5, float("inf"), 2.0],
            "share": [0.25, 0.5, None],
            "partial": [True, False, True],
            "variants": [["port 2", "Port 1"], ["a 1"], None],
        }
    )
    frame.attrs["of"] = 5
    return frame


def write(tables: dict[str, pd.DataFrame], folder: Path, ui: str = "en") -> Any:
    write_workbook(tables, folder / "tables.xlsx", ui=ui, about=[("Run", "0123456789"), ("Posts", 3)])
    return openpyxl.load_workbook(folder / "tables.xlsx")


def text_of(cell: Any) -> str:
    """The text of a cell as a spreadsheet shows it: escapes of what XML cannot hold undone."""
    return str(unescape(cell.value or ""))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("in") / "=harbour"
    folder.mkdir()
    rows = [
        {
            "platform": "x", "id": f"19{n:017}", "author": text, "created": f"2026-07-0{1 + n % 9}",
            "text": f"#Port #ميناء calm {n}. {text}", "likes": n,
        }
        for n, text in enumerate([*HARMFUL, LONG])
    ]  # fmt: skip
    rows.append({**rows[0], "text": "#Port again"})
    (folder / "posts.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n{no json\n", encoding="utf-8")
    (folder / "+cat.jpg").write_bytes(b"\xff\xd8\xff\xe0cat")
    return postscan.scan_all(folder, progress=False)


@pytest.fixture(scope="module")
def tables(corpus: Corpus) -> dict[str, pd.DataFrame]:
    return report_tables(corpus)


@pytest.fixture(scope="module")
def out(corpus: Corpus, tables: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_tables(tables, folder / "tables", ui="en", about=about_rows(corpus))
    return folder


@pytest.fixture(scope="module")
def book(out: Path) -> Any:
    return openpyxl.load_workbook(out / "tables.xlsx")


# -- CSV


def read_csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_csv_reads_back_with_apostrophes_where_the_readme_says(out: Path, tables: dict[str, pd.DataFrame]) -> None:
    readme = (out / "tables" / "README.txt").read_text(encoding="utf-8")
    for name, frame in tables.items():
        header, *rows = read_csv(out / "tables" / f"{name}.csv")
        assert header == list(frame.columns)
        marked = re.search(rf"{name}\.csv.*?Columns: (.*?)(?:\n\n|\Z)", readme, re.DOTALL)
        assert marked is not None
        guarded = {part[:-1] for part in re.split(r",\s+", marked[1]) if part.endswith("*")}
        for column, cells in zip(header, zip(*rows, strict=True), strict=False):
            for cell, value in zip(cells, frame[column], strict=True):
                if isinstance(value, str):
                    apostrophe = "'" if value.startswith(FORMULA) else ""
                    assert cell == apostrophe + value
                    assert not apostrophe or column in guarded, (name, column)
                elif isinstance(value, int | float) and not isinstance(value, bool) and value == value:  # noqa: PLR0124
                    assert float(cell) == value


def test_no_cell_of_csv_begins_like_a_formula(out: Path) -> None:
    assert {row[0] for row in read_csv(out / "tables" / "posters.csv")} >= {"'" + HARMFUL[0], "'+1", "'\t=1+1"}
    assert ["'+cat.jpg"] in [row[:1] for row in read_csv(out / "tables" / "skipped.csv")]
    for path in (out / "tables").glob("*.csv"):
        for row in read_csv(path):
            assert not any(cell.startswith(FORMULA) for cell in row), path.name


@given(st.text(), st.sampled_from(["hashtag", "handle", "name"]))
@settings(max_examples=150, deadline=None)
def test_no_text_becomes_a_formula(text: str, column: str) -> None:
    cell = guard(text, column)
    assert not cell.startswith(FORMULA)
    assert text.endswith(cell.removeprefix("'")) or cell == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
@settings(deadline=None)
def test_csv_reads_back_whatever_is_in_it(texts: list[str]) -> None:
    text = csv_bytes(pd.DataFrame({"name": texts}), mark=False).decode("utf-8")
    assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:] == [guard(each) for each in texts]


def test_cells_keep_numbers_times_lists_and_gaps() -> None:
    frame = pd.DataFrame({"a": [-1], "b": [0.1 + 0.2], "c": [None], "d": [pd.Timestamp("2026-07-01")]})
    frame["e"] = [["x", "y"]]
    frame["f"] = pd.array([None], dtype="Int64")
    frame["g"] = [True]
    frame["h"] = [pd.Timestamp("2026-07-01 14:00")]
    frame["i"] = [1234567.0]
    rows = csv_bytes(frame).decode("utf-8-sig")
    assert rows == 'a,b,c,d,e,f,g,h,i\n-1,0.30000000000000004,,2026-07-01,"x, y",,true,2026-07-01T14:00:00,1234567\n'


def test_hours_stay_hours_at_midnight_too() -> None:
    frame = pd.DataFrame({"period": pd.to_datetime(["2026-07-01 00:00", "2026-07-01 01:00"])})
    assert csv_bytes(frame, mark=False).split() == [b"period", b"2026-07-01T00:00:00", b"2026-07-01T01:00:00"]


# -- Parquet


def test_parquet_reads_back_as_the_table(out: Path, tables: dict[str, pd.DataFrame]) -> None:
    for name, frame in tables.items():
        read = pq.read_table(out / "tables" / f"{name}.parquet")
        assert read.schema.metadata is None
        assert read.schema.names == list(frame.columns)
        for column in frame.columns:
            values = [None if pd.isna(value) else value for value in frame[column]]
            assert [None if value is None else value for value in read[column].to_pylist()] == values, (name, column)


def test_types_of_parquet_do_not_depend_on_what_is_there() -> None:
    frame = mixed_frame()
    frame["variants"] = None
    schema = pq.read_schema(io.BytesIO(parquet_bytes(frame)))
    assert [str(kind) for kind in schema.types] == [
        "timestamp[us]", "string", "int64", "int64", "double", "double", "bool", "string",
    ]  # fmt: skip
    assert pq.read_schema(io.BytesIO(parquet_bytes(frame.head(0)))).field("hashtag").type == pa.string()
    assert parquet_bytes(frame) == parquet_bytes(frame.copy())


# -- the workbook


def sheets(book: Any, tables: dict[str, pd.DataFrame], ui: str = "en") -> Iterator[tuple[Any, pd.DataFrame]]:
    for name, frame in tables.items():
        yield book[table_name(ui, name)], frame


def test_every_cell_is_what_the_table_has(book: Any, tables: dict[str, pd.DataFrame]) -> None:
    assert book.sheetnames == ["About", *(table_name("en", name) for name in tables)]
    cells = 0
    for sheet, frame in sheets(book, tables):
        assert sheet.max_row == len(frame) + 1
        for row, values in enumerate(frame.itertuples(index=False, name=None), 2):
            for at, value in enumerate(values, 1):
                cell = sheet.cell(row, at)
                cells += 1
                if value is None or value is pd.NA or value != value or value == "":  # noqa: PLR0124
                    assert cell.value is None
                elif isinstance(value, str):
                    assert cell.data_type == "s"
                    assert text_of(cell) == fitted(value), (sheet.title, cell.coordinate)
                    assert cell.number_format == "@"
                elif isinstance(value, pd.Timestamp):
                    assert cell.is_date
                    assert cell.value == value
                    assert cell.number_format == "yyyy-mm-dd"
                else:
                    assert type(cell.value) in (int, float, bool)
                    assert cell.value == pytest.approx(value, rel=1e-14)
    assert cells > 500


def test_nothing_in_the_workbook_is_a_formula_or_leads_out_of_it(out: Path, book: Any) -> None:
    links = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.hyperlink is not None:
                    assert sheet.title == "About"
                    assert cell.hyperlink.target is None
                    assert cell.hyperlink.location == f"'{cell.value}'!A1"
                    links += 1
    assert links == len(book.sheetnames) - 1
    with zipfile.ZipFile(out / "tables.xlsx") as parts:
        for name in parts.namelist():
            data = parts.read(name).decode("utf-8")
            ET.fromstring(data)  # it is well-formed
            assert "<f>" not in data
            assert "TargetMode" not in data


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_whatever_a_cell_holds_is_read_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    sheet = write({"names": frame_of(texts)}, tmp_path_factory.getbasetemp())["names"]
    assert [text_of(sheet.cell(row, 1)) for row in range(2, len(texts) + 2)] == texts


def test_equal_tables_give_equal_bytes(
    corpus: Corpus, tables: dict[str, pd.DataFrame], out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kabul")
    time.tzset()
    try:
        write_tables(tables, tmp_path / "tables", ui="en", about=about_rows(corpus))
    finally:
        monkeypatch.undo()
        time.tzset()
    files = sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file())
    assert len(files) == 2 * len(tables) + 2
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert [path for path in files if (out / path).read_bytes() != (tmp_path / path).read_bytes()] == []


def test_numbers_times_and_truths_have_their_kind(tmp_path: Path) -> None:
    sheet = write({"hashtags": mixed_frame()}, tmp_path)["Hashtags"]
    assert [cell.value for cell in sheet[2]] == [
        pd.Timestamp("2026-07-01"), "ميناء", 1200, -12, 1.5, 0.25, True, "port 2, Port 1",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[3]] == [None, "port", None, 3, "inf", 0.5, False, "a 1"]
    assert [cell.value for cell in sheet[4]] == [
        "1850-01-01", None, "12345678901234567", "1000000000000000", 2, None, True, None,
    ]  # fmt: skip
    assert [cell.number_format for cell in sheet[2]] == [
        "yyyy-mm-dd", "@", "0", "#,##0", "#,##0.00", "0.0%", "General", "@",
    ]  # fmt: skip


def test_hours_are_times(tmp_path: Path) -> None:
    zoned = pd.to_datetime(["2026-07-01 00:00", "2026-07-01 14:00"]).tz_localize("Asia/Kabul")
    frame = pd.DataFrame({"period": zoned.tz_localize(None), "first": zoned})
    sheet = write({"periods": frame}, tmp_path)[table_name("en", "periods")]
    midnight, afternoon = pd.Timestamp("2026-07-01"), pd.Timestamp("2026-07-01 14:00")
    assert [[cell.value for cell in row] for row in sheet["A2:B3"]] == [[midnight] * 2, [afternoon] * 2]
    assert sheet["A2"].number_format == "yyyy-mm-dd hh:mm"


def test_a_sheet_has_a_frozen_explained_header_and_filters(tmp_path: Path) -> None:
    frame = frame_of(["a" * 30, "b" * 500, "東京"])
    sheet = write({"sources": frame}, tmp_path)["Who is credited"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C4"
    assert [cell.value for cell in sheet[1]] == ["Name", "Key", "Posts"]
    assert all(cell.font.bold for cell in sheet[1])
    assert words("en")["explain.posts"] in sheet["C1"].comment.text
    assert "[posts]" in sheet["C1"].comment.text
    assert sheet.column_dimensions["A"].width == pytest.approx(60, abs=1)
    assert sheet.column_dimensions["B"].width == pytest.approx(9, abs=1)


def test_width_goes_by_what_a_reader_sees(tmp_path: Path) -> None:
    marks = write({"a": frame_of(["e\N{COMBINING ACUTE ACCENT}" * 20])}, tmp_path)["a"].column_dimensions["A"].width
    wide = write({"a": frame_of(["東" * 20])}, tmp_path)["a"].column_dimensions["A"].width
    assert marks == pytest.approx(20, abs=1)
    assert wide == pytest.approx(40, abs=1)


def test_cells_read_by_their_first_strong_letter_and_sheets_by_the_interface(tmp_path: Path) -> None:
    tables = {"sources": frame_of(["#1 ميناء", "Port ميناء", "🎉"])}
    for ui, right in (("en", False), ("ar", True)):
        book = write(tables, tmp_path, ui)
        assert [bool(sheet.sheet_view.rightToLeft) for sheet in book] == [right, right]
        sheet = book[table_name(ui, "sources")]
        assert [sheet.cell(row, 1).alignment.readingOrder for row in (2, 3, 4)] == [2, 1, 0]


def test_what_a_sheet_cannot_hold_is_cut_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postscan.report.spreadsheets.workbook.MOST_ROWS", 2)
    frame = frame_of(["a", "b" * 40_000, "c"])
    mixed = mixed_frame()[::-1]
    mixed.attrs = {"of": 5}
    write_tables({"sources": frame, "hashtags": mixed}, tmp_path / "tables", ui="en", about=[("Run", "0123456789")])
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book["Who is credited"].max_row == 3
    assert book["Who is credited"]["A3"].value == "b" * 32_766 + "…"
    told = [
        "Who is credited: a sheet holds no more rows; 1 row left to the CSV and Parquet files.",
        "Who is credited: 1 cell longer than 32,767 characters, cut there; the CSV and Parquet files have the whole.",
        "Hashtags: the first 3 rows of 5; the store in data/ has all.",
        "Hashtags: a sheet holds no more rows; 1 row left to the CSV and Parquet files.",
        "Hashtags: 2 cells with more than 15 digits, kept as text, for a spreadsheet would round them.",
    ]
    said = [row[0] for row in book["About"].iter_rows(values_only=True)]
    at = said.index("What was cut")
    assert said[at + 1 : at + 6] == told
    readme = " ".join((tmp_path / "tables" / "README.txt").read_text(encoding="utf-8").split())
    assert all(sentence in readme for sentence in told)
    assert read_csv(tmp_path / "tables" / "sources.csv")[2][0] == "b" * 40_000


@pytest.mark.parametrize("letter", ["a", "é", "\N{PARTY POPPER}", "ش"])
def test_a_cell_is_cut_where_it_is_full_and_no_letter_in_two(letter: str) -> None:
    size = len(letter.encode("utf-16-le")) // 2
    whole = letter * (LONGEST // size)
    assert fitted(whole) == whole
    cut = fitted(whole + letter)
    assert cut == letter * ((LONGEST - 1) // size) + "…"


def test_about_says_what_was_read_and_links_to_every_sheet(
    book: Any, corpus: Corpus, tables: dict[str, pd.DataFrame]
) -> None:
    rows = [row[:3] for row in book["About"].iter_rows(values_only=True)]
    told = {label: value for label, value, _ in rows if label}
    assert told["Run"] == corpus.run_id
    assert told["What was read"] == ", ".join(corpus.run["arguments"])
    assert told["Records read"] == len(HARMFUL) + 4
    assert told["Problems (could not be read)"] == 1
    assert told["Left out for a later record with the same platform and id"] == 1
    assert told["First day"] == pd.Timestamp("2026-07-01")
    for name, frame in tables.items():
        [sentence] = [said for title, n, said in rows if (title, n) == (table_name("en", name), len(frame))]
        assert sentence == frame.attrs.get("sentence", words("en").get(f"list.{name}"))


def test_a_workbook_in_arabic_has_no_word_of_english(corpus: Corpus, tmp_path: Path) -> None:
    arabic = corpus.select(ui="ar")
    tables = report_tables(arabic)
    write_tables(tables, tmp_path / "tables", ui="ar", about=about_rows(arabic))
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    names = {name for sheet in book for name in (sheet.title, *(cell.value for cell in sheet[1] if cell.value))}
    assert [name for name in names if re.search("[A-Za-z]", name)] == []
    readme = (tmp_path / "tables" / "README.txt").read_text(encoding="utf-8")
    assert say("ar", "readme.explained") in readme
    assert words("ar")["explain.posts"] in " ".join(readme.split())


def test_a_folder_that_cannot_be_written_is_an_oserror(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="taken"):
        write_workbook({}, tmp_path / "taken" / "tables.xlsx", ui="en", about=[])


def test_a_full_disk_while_the_workbook_is_put_together_is_an_oserror(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zipfile.ZipFile.write", full)
    with pytest.raises(OSError, match="No space left"):
        write_workbook({"a": frame_of(["b"])}, tmp_path / "tables.xlsx", ui="en", about=[])
    assert list(tmp_path.iterdir()) == []


# -- words


def test_every_table_and_column_of_a_report_is_named_and_explained(
    corpus: Corpus, tables: dict[str, pd.DataFrame], out: Path
) -> None:
    frames = [*tables.values(), *(make(corpus) for make in OPTIONS)]
    columns = {column for frame in frames for column in frame.columns}
    assert {"posts", "likes", "views", "stories", "folded", "period"} <= columns
    for ui in LANGUAGES:
        wanted = {f"table.{name}" for name in tables}
        wanted |= {f"{part}.{name}" for name in columns for part in ("column", "explain")}
        assert wanted - words(ui).keys() == set()
    readme = " ".join((out / "tables" / "README.txt").read_text(encoding="utf-8").split())
    for name, frame in tables.items():
        assert f"{name}.csv, {name}.parquet: {table_name('en', name)}, {len(frame):,} row" in readme
        for column in frame.columns:
            key = column_key("en", name, column)
            assert f" {key} {column_name('en', key)}: {words('en')[f'explain.{key}']}" in readme


OPTIONS: list[Callable[[Corpus], pd.DataFrame]] = [
    lambda corpus: corpus.hashtags(weight="likes", unit="story"),
    lambda corpus: corpus.handles(weight="shares", by="month"),
    lambda corpus: corpus.links(weight="replies", by="hour"),
    lambda corpus: corpus.periods("hour", weight="views"),
    lambda corpus: corpus.suspicious_tags(),
    lambda corpus: corpus.skipped_counts(),
    lambda corpus: corpus.unmatched_sources(),
]


def test_a_column_that_means_something_else_in_a_table_is_explained_for_that_table(tmp_path: Path) -> None:
    frames = {"pairs": pd.DataFrame({"other": ["port"]}), "hashtags": pd.DataFrame({"other": [3]})}
    write_tables(frames, tmp_path / "tables", ui="en", about=[])
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert [book[name]["A1"].value for name in ("Hashtag pairs", "Hashtags")] == ["Other hashtag", "Elsewhere"]
    assert book["Hashtag pairs"]["A1"].comment.text.endswith("[other]")
    readme = (tmp_path / "tables" / "README.txt").read_text(encoding="utf-8")
    assert "  pairs.other  Other hashtag: " in readme
    assert "  other        Elsewhere: " in readme


@pytest.mark.parametrize("ui", LANGUAGES)
def test_names_of_tables_are_names_that_a_sheet_can_have(ui: str) -> None:
    names = [phrase for key, phrase in words(ui).items() if key.startswith("table.")] + [say(ui, "about.sheet")]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)


def test_a_table_without_words_keeps_its_own_names(tmp_path: Path) -> None:
    tables = {"harbours": pd.DataFrame({"depth": [3]})}
    write_tables(tables, tmp_path / "tables", ui="ar", about=[])
    sheet = openpyxl.load_workbook(tmp_path / "tables.xlsx")["harbours"]
    assert sheet["A1"].value == "depth"
    assert sheet["A1"].comment.text == "[depth]"
    assert "depth" in (tmp_path / "tables" / "README.txt").read_text(encoding="utf-8")
