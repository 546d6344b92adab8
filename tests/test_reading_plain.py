"""Reading rows of JSON Lines in one go: it gives what reading them field by field gives, and refuses what that does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postscan.model import Post, Problem, Skipped
from postscan.reading import Notes, read
from postscan.reading.rows import COUNTS, PLAIN_FIELDS, RECORD_FIELDS, TEXTS
from postscan.reading.shapes import MOST_OTHERS, plain_parser, take_plain
from timing import assert_linear

Item = Post | Skipped | Problem
WHEN = '"2021-08-06T10:30:00Z"'


def read_both_ways(folder: Path, data: bytes) -> tuple[list[Item], Notes]:
    """What a file gives, which must be the same where a mapping of fields forbids to read rows in one go."""
    file = folder / "rows.jsonl"
    file.write_bytes(data)
    quick, slow = Notes(), Notes()
    items = list(read(file, notes=quick))
    assert items == list(read(file, notes=slow, columns={"text": "text"}))
    assert quick.rows() == slow.rows()
    return items, quick


def is_plain(line: bytes | None, *known: str) -> bool:
    parse = plain_parser(known)
    assert parse is not None
    taken: list[Item] = []
    return take_plain(map(parse, [line]), "a.jsonl", 0, taken)


PLAIN = [
    '{"text": "Rain"}',
    ' {"text":"Rain" }\t\r',
    '{"text": "Rain", "text": "Wind"}',
    '{"te\\u0078t": "Rain", "\\u0069d": "7"}',
    '{"text": "\\ud83c\\udf27", "id": "\\u0000"}',
    '{"text": "Rain", "id": null, "counts": null, "created": null}',
    '{"text": "Rain", "counts": {}}',
    '{"text": "Rain", "counts": {"likes": -0, "views": 999999999999999999}}',
    '{"text": "Rain", "counts": {"likes": 1, "li\\u006bes": 2}}',
    f'{{"text": "Rain", "created": {WHEN}}}',
    '{"text": "Rain", "lang": "en"}',
    '{"text": "Rain", "la\\u006eg": "en", "lang": NEXT}',
    '{"text": "Rain", "lang": [1e3, {"text": ""}, null, 123456789012345678901234567890]}',
]
NOT_PLAIN = [
    "[]", "null", "7", '"Rain"', "{}", "", " ", "\0",
    '{"text": null}', '{"text": ""}', '{"text": " "}', '{"text": "\\u00a0"}', '{"text": 7}', '{"text": ["Rain"]}',
    '{"text": 7, "text": "Rain"}',
    '{"text": "Rain", "id": ""}',
    '{"text": "Rain", "id": 7}',
    '{"text": "Rain", "id": 123456789012345678901234567890}',
    '{"text": "Rain", "id": 1.4E+18}',
    '{"text": "Rain", "id": "1.4E+18"}',
    '{"text": "Rain", "id": "\\ud800"}',
    '{"text": "Rain", "id": "\\udc00 \\ud800"}',
    '{"text": "Rain", "counts": {"likes": 5.0}}',
    '{"text": "Rain", "counts": {"likes": -0.0}}',
    '{"text": "Rain", "counts": {"likes": 1e2}}',
    '{"text": "Rain", "counts": {"likes": -1}}',
    '{"text": "Rain", "counts": {"likes": 1000000000000000000}}',
    '{"text": "Rain", "counts": {"likes": true}}',
    '{"text": "Rain", "counts": {"likes": null}}',
    '{"text": "Rain", "counts": {"likes": "7"}}',
    '{"text": "Rain", "counts": {"likes": NaN}}',
    '{"text": "Rain", "counts": {"likes": 1e400}}',
    '{"text": "Rain", "counts": {"quotes": 1}}',
    '{"text": "Rain", "counts": []}',
    '{"text": "Rain", "likes": 3}', '{"text": "Rain", "truncated": true}', '{"text": "Rain", "embeds": []}',
    '{"text": "Rain", "created": ""}',
    '{"text": "Rain", "created": "2021-13-06T10:30:00Z"}',
    '{"text": "Rain", "created": "2021-W31-5T10:30:00Z"}',
    '{"text": "Rain", "created": "2021-08-06T10:30:00+00:00"}',
    '{"text": "Rain", "created": "2021-08-06T10:30:00Z "}',
    '{"text": "Rain", "created": 2021}',
    '{"text": "Rain", "other": 1}',
    '{"text": "Rain", "lang": NaN}',
    '{"text": "Rain", "lang": "\\ud800"}',
    '{"text": "Rain", "lang": 1e400}',
    '{"text": "Rain", "lang": 01}',
    '{"text": "Rain", "lang": [1,]}',
    '{"text": "Rain", "lang": {"a": "\t"}}',
    f'{{"text": "Rain", "lang": {"9" * 5000}}}',
    f'{{"text": "Rain", "lang": {"[" * 5000}{"]" * 5000}}}',
    '{"text": "Rain"', '{"text": "Rain"} {"text": "Wind"}', '{"text": "Rain"}\0', '{"text": "Rain",}', '{"text": "Ra',
]  # fmt: skip
BYTES = [
    b'{"text": "Ra\xffin"}', b'{"text": "Rain", "lang": "\xff"}', b'{"text": "Rain", "lang": {"\xed\xa0\x80": 1}}',
    b'{"text": "Rain", "la\xc0\x80ng": 1}', b'\xef\xbb\xbf{"text": "Rain"}', b'\xa0{"text": "Rain"}',
]  # fmt: skip


@pytest.mark.parametrize("row", [row.replace("NEXT", '"de"') for row in PLAIN])
def test_a_row_of_texts_counts_and_known_names_is_read_in_one_go(row: str, tmp_path: Path) -> None:
    assert is_plain(row.encode(), "lang")
    items, _ = read_both_ways(tmp_path, b"\n".join([b'{"text": "Rain", "lang": "ar"}', row.encode()] * 3))
    assert {type(item) for item in items} == {Post}


@pytest.mark.parametrize("row", [*(row.encode() for row in NOT_PLAIN), *BYTES])
def test_a_row_of_which_more_is_to_be_said_is_not_read_in_one_go(row: bytes, tmp_path: Path) -> None:
    assert not is_plain(row, "lang")
    read_both_ways(tmp_path, b"\n".join([b'{"text": "Rain", "lang": "ar"}', row] * 3))


def test_a_row_longer_than_a_record_may_be_is_not_read_in_one_go() -> None:
    assert not is_plain(None)


def test_all_our_own_fields_are_read_in_one_go(tmp_path: Path) -> None:
    row: dict[str, Any] = {name: f"a {name}" for name in ("text", *TEXTS)}
    row |= {"created": json.loads(WHEN), "counts": {name: at for at, name in enumerate(COUNTS)}}
    assert set(row) == PLAIN_FIELDS
    line = json.dumps(row).encode()
    assert is_plain(line)
    items, _ = read_both_ways(tmp_path, line)
    assert items == [Post(path="rows.jsonl", record=0, **row)]


@pytest.mark.parametrize(
    "name", ['a "name"', "a\\name", "a\nname", "", "\N{DELETE}", "é", "n" * 200, "other0", "counts.quotes", "__class__"]
)
def test_a_name_of_any_letters_is_noted_once_and_its_rows_are_posts(name: str, tmp_path: Path) -> None:
    row = json.dumps({"text": "Rain", name: 1, "other1": {name: [None]}}).encode()
    items, notes = read_both_ways(tmp_path, b"\n".join([row] * 9))
    assert [type(item) for item in items] == [Post] * 9
    assert {remark["detail"]: remark["count"] for remark in notes.rows()} == {name: 1, "other1": 1}


@pytest.mark.parametrize("most", [MOST_OTHERS // 2, MOST_OTHERS, 3 * MOST_OTHERS, 1100])
def test_rows_of_many_names_are_read_the_same_both_ways(most: int, tmp_path: Path) -> None:
    lines = [json.dumps({"text": "Rain", f"n{at * 7 % most}": at, "lang": "en"}).encode() for at in range(2 * most)]
    items, notes = read_both_ways(tmp_path, b"\n".join(lines))
    assert [type(item) for item in items] == [Post] * (2 * most)
    assert sum(remark["count"] for remark in notes.rows()) == min(most + 1, 1000 - len(PLAIN_FIELDS | RECORD_FIELDS))


def test_there_is_no_parser_for_more_names_than_are_quickly_compared() -> None:
    assert plain_parser([f"n{at}" for at in range(MOST_OTHERS)]) is not None
    assert plain_parser([f"n{at}" for at in range(MOST_OTHERS + 1)]) is None


_NAMES = st.sampled_from(
    (*sorted(PLAIN_FIELDS), "likes", "marked", "path", "lang", "la\\u006eg", "counts.quotes", "", "é", "other0")
)
_STRINGS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5).map(json.dumps)
_PIECES = st.sampled_from(
    (
        '"Rain"', '" "', '""', "null", "true", "7", "5.0", "-0", "-0.0", "1e2", "1E400", "9" * 30, "9" * 400, "NaN",
        "[]", "{}", "01", WHEN, '"2021-02-30T10:30:00Z"', '"2021-08-06 10:30:00Z"', '"1.4E+18"', '"\\ud800"',
        '"\\ud83c\\udf27"', '"\\u0000"', '{"likes": 3}', '{"likes": 3, "views": 5.0}', '{"quotes": 1}',
        '{"likes": -1}', '{"li\\u006bes": 4, "likes": 5}', '{"likes": null}', '[[1, {"a": []}]]',
    )
)  # fmt: skip
_FIELDS = st.tuples(_NAMES, _PIECES | _STRINGS).map(lambda pair: f'"{pair[0]}": {pair[1]}')
_LINES = st.lists(_FIELDS, max_size=4).map(lambda fields: ("{" + ", ".join(['"text": "Rain"', *fields]) + "}").encode())
_CHANGES = st.tuples(st.integers(0, 10**6), st.integers(0, 1), st.sampled_from([bytes([at]) for at in range(256)]))


def change(line: bytes, where: tuple[int, int, bytes]) -> bytes:
    """The line with a byte exchanged or put in."""
    at, width, by = where[0] % len(line), where[1], where[2]
    return line[:at] + by + line[at + width :]


_ANY = _LINES | st.builds(change, _LINES, _CHANGES)


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(_ANY, min_size=2, max_size=12))
def test_rows_written_in_any_way_are_read_the_same_both_ways(
    lines: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    read_both_ways(tmp_path_factory.mktemp("rows"), b"\n".join(lines))


@settings(max_examples=1000, deadline=None)
@given(line=st.builds(change, _LINES, _CHANGES))
@example(line=b'{"text": "Rain", "lang": "\x7f"}')
def test_what_orjson_refuses_is_not_read_in_one_go(line: bytes) -> None:
    if b"9" * 30 in line:  # orjson has no whole number that is greater than a float; all digits are kept afterwards
        return
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        assert not is_plain(line, "lang", "path", "counts.quotes", "", "é", "other0")


def test_new_names_and_broken_rows_among_plain_ones_take_linear_time(tmp_path: Path) -> None:
    def prepare(size: int) -> Callable[[], object]:
        file = tmp_path / f"{size}.jsonl"
        rows = (b'{"text": "Rain", "n%d": 1}\n{"text": "Rain"}\n{"text": \n' % at for at in range(size))
        file.write_bytes(b"".join(rows))
        return lambda: [*read(file)]

    assert_linear(prepare, 2000)
