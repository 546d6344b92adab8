"""What the user says of all inputs (their zone, where reading stops), and files that are read with others."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postscan.corpus import Corpus
from postscan.dates.zones import check_input_zone, place
from postscan.model import Post, PostscanError
from postscan.reading import Notes, read, streams
from postscan.store import read_run, rerun, write_run
from timing import assert_linear

# -- the zone of the input


def created(path: Path, input_tz: str | None) -> list[str | None]:
    return [item.created for item in read(path, input_tz=input_tz) if isinstance(item, Post)]


TIMES = {
    "2021-08-06T10:30:00": "2021-08-06T10:30:00+04:30",
    "2021-08-06 10:30": "2021-08-06T10:30+04:30",
    "2021-08-06T10:30:15.250": "2021-08-06T10:30:15.250+04:30",
    "2021-08-06T10:30:00Z": "2021-08-06T10:30:00Z",
    "2021-08-06T10:30:00-05:00": "2021-08-06T10:30:00-05:00",
    "2021-08-06": "2021-08-06",
    "": None,
}


@pytest.mark.parametrize("zone", ["Asia/Kabul", "+04:30"])
def test_times_without_a_zone_get_the_one_of_the_input(zone: str, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps({"text": "Rain", "created": time}) + "\n" for time in TIMES), encoding="utf-8")
    table = tmp_path / "table.csv"
    table.write_text("text,created\n" + "".join(f"Rain,{time}\n" for time in TIMES), encoding="utf-8")
    assert created(rows, zone) == created(table, zone) == list(TIMES.values())
    assert created(rows, None)[:2] == ["2021-08-06T10:30:00", "2021-08-06T10:30"]


def test_chats_and_exports_of_platforms_get_it_too(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("13/08/2021, 22:30 - Rana: Rain\n13/08/2021, 22:31 - Rana: Snow\n", encoding="utf-8")
    assert created(chat, "Asia/Beirut") == ["2021-08-13T22:30+03:00", "2021-08-13T22:31+03:00"]
    telegram = tmp_path / "result.json"
    message = {"id": 1, "type": "message", "date": "2021-08-06T10:30:00", "from": "Rana", "text": "Rain"}
    known = {**message, "id": 2, "date_unixtime": "1628245800"}
    document = {"name": "Port", "type": "public_channel", "id": 7, "messages": [message, known]}
    telegram.write_text(json.dumps(document, indent=1), encoding="utf-8")
    assert created(telegram, "Asia/Beirut") == ["2021-08-06T10:30:00+03:00", "2021-08-06T10:30:00Z"]


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2021-10-30T23:30", "2021-10-30T23:30+03:00"),  # shown twice: the first
        ("2021-10-31T00:30", "2021-10-31T00:30+02:00"),
        ("2021-03-28T00:30", "2021-03-28T00:30+02:00"),  # skipped: the offset from before
        ("2021-03-28T01:30", "2021-03-28T01:30+03:00"),
        ("2021-02-30T10:30", "2021-02-30T10:30"),
        ("1950-01-01T10:30", "1950-01-01T10:30+02:00"),
    ],
)
def test_times_at_a_change_of_the_clock_follow_one_rule(time: str, expected: str) -> None:
    assert place(time, check_input_zone("Asia/Beirut")) == expected


@given(st.datetimes(), st.sampled_from(["Asia/Kabul", "Africa/Monrovia", "America/New_York", "-03:30", "UTC"]))
def test_a_placed_time_keeps_its_clock_and_is_placed_once(time: object, zone: str) -> None:
    written = str(time).replace(" ", "T")
    placed = place(written, check_input_zone(zone))
    assert placed.startswith(written)
    assert placed != written
    assert place(placed, check_input_zone("Asia/Tokyo")) == placed


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Beirut", "input_tz='Beirut': is no time zone; did you mean Asia/Beirut?"),
        ("+3", "write an IANA name such as Asia/Beirut or hours from UTC such as"),
        ("+15:00", "is no time zone"),
        ("../../etc/passwd", "is no time zone"),
    ],
)
def test_a_zone_that_there_is_not_is_told_at_once(zone: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(PostscanError) as error:
        read(tmp_path, input_tz=zone)
    assert said in str(error.value)
    with pytest.raises(PostscanError):
        write_run(tmp_path, tmp_path / "out", input_tz=zone)


def test_another_zone_scans_again_and_gives_the_bytes_of_a_fresh_run(tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "rows.jsonl").write_text('{"text": "Rain", "created": "2021-08-06T10:30:00"}\n', encoding="utf-8")
    before = write_run(folder, tmp_path / "out")
    after = write_run(folder, tmp_path / "out", input_tz="Asia/Kabul")
    assert after["options"]["input_tz"] == "Asia/Kabul"
    assert after["commits"] != before["commits"]
    assert after == write_run(folder, tmp_path / "fresh", input_tz="Asia/Kabul")
    assert read_run(tmp_path / "out")[1] == read_run(tmp_path / "fresh")[1]
    assert rerun(tmp_path / "out", tmp_path / "again", paths=[folder]) == []
    assert write_run(folder, tmp_path / "out") == before


# -- where reading stops


def zipped(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def found(path: Path, **bounds: int) -> list[str]:
    """The text of each post, the message of each problem."""
    items = read(path, **bounds)  # type: ignore[arg-type]
    return [item.text if isinstance(item, Post) else getattr(item, "message", "") for item in items]


def test_how_deep_archives_may_lie_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped("b.zip", zipped("c.zip", zipped("d.zip", zipped("deep.txt", b"Deep.")))))
    assert found(file) == [
        "a.zip/b.zip/c.zip/d.zip: an archive in 3 others; unpack it and name the folder, or raise --max-depth"
    ]
    assert found(file, max_depth=4) == ["Deep."]
    assert "an archive in 1 others" in found(file, max_depth=1)[0]


def test_what_packed_files_may_become_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postscan.reading.bounds.FREE", 0)
    rows = b'{"text": "Rain"}\n' + b"\n" * 1_000_000
    for name, data in (("a.jsonl.gz", gzip.compress(rows)), ("a.zip", zipped("a.jsonl", rows))):
        file = tmp_path / name
        file.write_bytes(data)
        assert found(file, max_expansion=2000) == ["Rain"]
        assert "unpacks to more than 20 times its size" in found(file, max_expansion=20)[-1]
        assert found(file, max_expansion=20)[-1].endswith("unpack it yourself or raise --max-expansion")


LONG = "rain " * 400
ROW = {"id_str": "1", "created_at": "", "user": {"screen_name": "rana"}}
FILES = {
    "a.txt": LONG,
    "a.jsonl": json.dumps({"text": LONG}),
    "a.json": json.dumps([{"text": "Snow"}, {"text": LONG}], indent=1),
    "a.csv": f"text,id\n{LONG},1\n",
    "a.html": f"<!doctype html><html><body><article><p>{LONG}</p></article></body></html>",
    "a.mbox": f"From a@b.example Fri Aug  6 10:30:00 2021\nFrom: a@b.example\n\n{LONG}\n",
    "chat.txt": f"13/08/2021, 22:30 - Rana: Snow\n13/08/2021, 22:31 - Rana: Snow\n13/08/2021, 22:32 - Rana: {LONG}\n",
    "tweets.jsonl": json.dumps({**ROW, "full_text": "Snow"}) + "\n" + json.dumps({**ROW, "full_text": LONG}),
    "feed.xml": f"<rss><channel><item><title>A</title><description>{LONG}</description></item></channel></rss>",
}


@pytest.mark.parametrize("name", FILES)
def test_how_much_a_record_may_take_can_be_set_for_every_format(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "HEAD", 256)
    monkeypatch.setattr(streams, "CHUNK", 256)
    file = tmp_path / name
    file.write_text(FILES[name], encoding="utf-8")
    *_, said = found(file, max_record=800)
    assert "more than 800 bytes in one" in said or "more than 200 characters in one" in said
    assert "raise --max-record" in said
    *_, text = found(file, max_record=10_000)
    assert text.strip() == LONG.strip()


def test_a_feed_of_any_length_needs_only_room_for_one_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEAD", 128)
    monkeypatch.setattr(streams, "CHUNK", 128)
    items = "".join(f"<item><title>A</title><description>Rain {n}</description></item>" for n in range(100))
    file = tmp_path / "feed.xml"
    file.write_text(f"<rss><channel>{items}</channel></rss>", encoding="utf-8")
    assert len(found(file, max_record=200)) == 100
    file.write_text(f"<rss><channel>{items}{'<x/>' * 1000}{items}</channel></rss>", encoding="utf-8")
    *texts, last = found(file, max_record=200)
    assert len(texts) == 100
    assert "more than 200 bytes in one element; what stands before is read" in last


@pytest.mark.parametrize("name", ["max_record", "max_expansion", "max_depth"])
def test_a_bound_that_cannot_be_is_told_at_once(name: str, tmp_path: Path) -> None:
    with pytest.raises(PostscanError, match=f"{name}=0: it is a whole number, at least 1"):
        read(tmp_path, **{name: 0})  # type: ignore[arg-type]


def test_another_bound_scans_again_and_gives_the_bytes_of_a_fresh_run(tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "rows.jsonl").write_text(f"{FILES['a.jsonl']}\n" + '{"text": "Snow"}\n', encoding="utf-8")
    before = write_run(folder, tmp_path / "out")
    assert before["options"]["max_record"] == 64 << 20
    after = write_run(folder, tmp_path / "out", max_record=400)
    assert (before["counts"]["kept"], after["counts"]["kept"], after["counts"]["problems"]) == (2, 1, 1)
    assert after == write_run(folder, tmp_path / "fresh", max_record=400)
    assert rerun(tmp_path / "out", tmp_path / "again", paths=[folder]) == []


# -- files that are read with others

ACCOUNT = 'window.YTD.account.part0 = [{"account": {"username": "%s", "accountId": "7"}}]'
TWEET = 'window.YTD.tweets.part0 = [{"tweet": {"id_str": "1423600000000000000", "full_text": "The gate is open."}}]'


def authors(out: Path) -> set[str | None]:
    with Corpus(out) as corpus:
        return set(corpus.table("posts", limit=10)["author"])


@pytest.mark.parametrize("named", ["", "tweets.js"])
def test_tweets_are_scanned_again_when_the_account_beside_them_changes(
    named: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "postscan")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "account.js").write_text(ACCOUNT % "rana_quay", encoding="utf-8")
    (folder / "tweets.js").write_text(TWEET, encoding="utf-8")
    write_run(folder / named, tmp_path / "out")
    assert authors(tmp_path / "out") == {"rana_quay"}
    (folder / "account.js").write_text(ACCOUNT % "marwa_news", encoding="utf-8")
    run = write_run(folder / named, tmp_path / "out")
    assert "tweets.js is read with a file that has changed" in caplog.text
    assert authors(tmp_path / "out") == {"marwa_news"}
    assert run == write_run(folder / named, tmp_path / "fresh")
    (folder / "account.js").unlink()
    write_run(folder / named, tmp_path / "out")
    assert authors(tmp_path / "out") == {None}
    write_run(folder / named, tmp_path / "out")
    assert "nothing is scanned again" in caplog.messages[-1]


def test_only_what_is_read_with_the_changed_file_is_scanned_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    note = "window.YTD.note_tweet.part0 = []"
    archive = {"account.js": ACCOUNT % "rana_quay", "tweets.js": TWEET, "note-tweet.js": note}
    others = {"like.js": "window.YTD.like.part0 = []", "note.txt": "Rain"}
    for name, content in {**archive, **others}.items():
        (folder / name).write_text(content, encoding="utf-8")
    before = {each["path"]: each.get("beside", []) for each in write_run(folder, tmp_path / "out")["inputs"]}
    assert {name: len(beside) for name, beside in before.items()} == {
        "account.js": 0, "like.js": 0, "note-tweet.js": 2, "note.txt": 0, "tweets.js": 2,
    }  # fmt: skip
    (folder / "note-tweet-part1.js").write_text(note.replace("part0", "part1"), encoding="utf-8")
    after = {each["path"]: each.get("beside", []) for each in write_run(folder, tmp_path / "out")["inputs"]}
    assert {name for name in before if before[name] != after[name]} == {"tweets.js"}


# -- what is damaged, or made to harm


@pytest.mark.parametrize(("name", "content"), [("a.txt", "a%sb"), ("a.csv", "text,id\na%sb,1\n")])
def test_surrogates_that_are_written_out_are_counted_and_no_code_page(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes((content % "\ud800").encode("utf-8", "surrogatepass"))
    notes = Notes()
    assert [item.text for item in read(tmp_path / name, notes=notes) if isinstance(item, Post)] == ["a\ufffdb"]
    assert notes.sentences() == [f"1 broken characters (lone surrogates) read as U+FFFD ({name})"]


def test_surrogates_of_a_table_that_is_read_twice_are_counted_once(tmp_path: Path) -> None:
    rows = "text,created\na\ud800b,13/08/2021\nc,06/08/2021\n"
    (tmp_path / "a.csv").write_bytes(rows.encode("utf-8", "surrogatepass"))
    notes = Notes()
    assert len(list(read(tmp_path / "a.csv", notes=notes))) == 2
    assert "1 broken characters (lone surrogates) read as U+FFFD (a.csv)" in notes.sentences()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_their_own_are_refused_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    feed = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<rss><channel><item><title>A</title><description>&x; rain</description></item></channel></rss>"
    )
    (tmp_path / "a.xml").write_bytes(feed.encode(encoding))
    (said,) = found(tmp_path / "a.xml")
    assert "declares XML entities of its own, which are not carried out" in said


def test_entities_that_are_declared_late_are_not_carried_out(tmp_path: Path) -> None:
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "a" * 1000}">' for n in range(8))
    for inside in ('<!ENTITY a7 SYSTEM "file:///etc/passwd">', nested):
        items = '<item><title>A</title><description>rain &a7;</description></item><item a="&a7;"/>'
        comment = "<!--" + "x" * 100_000 + "-->"
        feed = f'<?xml version="1.0"?>{comment}<!DOCTYPE r [{inside}]><rss><channel>{items}</channel></rss>'
        (tmp_path / "a.xml").write_text(feed, encoding="utf-8")
        texts = [getattr(item, "text", "") for item in read(tmp_path / "a.xml", input_format="feed")]
        assert set(texts) <= {"rain &a7;", ""}


def test_json_that_is_nested_without_end_takes_linear_time(tmp_path: Path) -> None:
    def prepare(depth: int) -> Callable[[], object]:
        file = tmp_path / f"{depth}.json"
        deep = f'{{"text": "a", "more": {"[" * depth}{"]" * depth}}}'
        file.write_text(f'[{{"text": "One"}},{deep},{{"text": "Three"}}]', encoding="utf-8")
        assert [text if len(text) < 9 else "nested too deep" in text for text in found(file)] == ["One", True, "Three"]
        return lambda: list(read(file))

    assert_linear(prepare, 10_000)


def outcome(path: Path, data: str, *, max_record: int = 1 << 26) -> list[str]:
    path.write_text(data, encoding="utf-8")
    return [str(getattr(item, "text", getattr(item, "message", ""))) for item in read(path, max_record=max_record)]


@pytest.mark.parametrize("between", [",", ",\n", ",\n  "])
def test_a_value_that_is_too_large_is_passed_over_wherever_it_ends(
    between: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "CHUNK", 1 << 10)
    for size in (3000, 5000, 9000, 100_000):
        rows = between.join(json.dumps({"text": text}) for text in ("Rain", "[{" * (size // 2) + '"\\', "Snow"))
        rain, message, snow = outcome(tmp_path / "rows.json", f"[{between[1:]}{rows}]", max_record=2000)
        assert (rain, snow) == ("Rain", "Snow")
        assert "record 1: more than 2,000 bytes in one record; left out, or raise --max-record" in message


def test_a_quotation_mark_that_is_missing_takes_its_own_record_of_an_array(tmp_path: Path) -> None:
    rows = '{"text": "Hail}, {"text": "Rain"}, {"text": "Snow"}, {"text": "Sun"}'
    found = outcome(tmp_path / "rows.json", f"[{rows}]")
    assert [each for each in found if "broken JSON" not in each] == ["Rain", "Snow", "Sun"]
    assert len(found) == 4


def test_brackets_in_a_string_that_a_piece_of_the_input_cuts_close_no_broken_value(tmp_path: Path) -> None:
    row = '{"text": bad, "title": "' + "}]" * 200_000 + '"}'
    rain, message, snow = outcome(tmp_path / "rows.json", f'[{{"text": "Rain"}}, {row}, {{"text": "Snow"}}]')
    assert (rain, snow) == ("Rain", "Snow")
    assert "record 1: broken JSON" in message


@pytest.mark.parametrize("between", ["", "\r", "\n"])
def test_objects_one_after_another_are_read_on_one_line_too(between: str, tmp_path: Path) -> None:
    rows = between.join(json.dumps({"text": text}) for text in ("Rain", "Snow", "Hail"))
    assert outcome(tmp_path / "rows.jsonl", rows) == ["Rain", "Snow", "Hail"]


def test_a_mark_before_any_line_is_left_out(tmp_path: Path) -> None:
    row = "\N{ZERO WIDTH NO-BREAK SPACE}" + '{"text": "Rain"}\n'
    assert outcome(tmp_path / "rows.jsonl", row * 3) == ["Rain"] * 3


def test_broken_values_without_end_take_linear_time(tmp_path: Path) -> None:
    def prepare(size: int) -> Callable[[], object]:
        file = tmp_path / f"{size}.json"
        assert len(outcome(file, "[\n" + '{"text":[,\n' * size + '{"text": "Rain"}]')) == size + 1
        return lambda: list(read(file))

    assert_linear(prepare, 20_000)
