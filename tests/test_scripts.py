"""Script runs: every letter in exactly one, by a table that does not move with the interpreter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postscan.scripts import is_letter, script_of, script_runs
from timing import assert_linear

PIECES = [
    "abc",
    "كابل",
    "Киев",
    "東京",
    "ー",
    "\N{ARABIC TATWEEL}",
    "\N{ARABIC FATHA}",
    " ",
    "1",
    ".",
    "\u02bc",
    "é",
    "नमस्ते",
]
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(st.characters(), max_size=40))


@settings(max_examples=150, deadline=None)
@given(texts)
@example("\N{ARABIC TATWEEL}a\N{ARABIC TATWEEL}")
@example("\ud800a\udfff")
def test_every_letter_lies_in_exactly_one_run_and_runs_begin_with_a_letter(text: str) -> None:
    runs = script_runs(text)
    end = 0
    for start, stop, code in runs:
        assert end <= start < stop <= len(text)
        assert is_letter(text[start])
        scripts = {script_of(ch) for ch in text[start:stop] if is_letter(ch)} - {"Zyyy", "Zinh"}
        assert scripts in ({code}, set())
        end = stop
    covered = {at for start, stop, _ in runs for at in range(start, stop)}
    assert {at for at, ch in enumerate(text) if is_letter(ch)} <= covered


@settings(max_examples=100, deadline=None)
@given(texts, st.integers(0, 20), st.integers(0, 40))
def test_runs_of_a_part_are_those_of_the_part_alone(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    alone = script_runs(text[start:end])
    assert script_runs(text, start, end) == [(a + start, b + start, code) for a, b, code in alone]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("12 ... ؟", []),
        ("one, two 3", [(0, 8, "Latn")]),
        ("تم ok تم", [(0, 2, "Arab"), (3, 5, "Latn"), (6, 8, "Arab")]),
        ("خبرٌ!", [(0, 4, "Arab")]),
        ("हिन्दी।", [(0, 6, "Deva")]),
        ("é\u0301 \N{ARABIC TATWEEL}ب", [(0, 4, "Latn"), (4, 5, "Arab")]),
        ("\N{ARABIC TATWEEL} \N{ARABIC TATWEEL}ب", [(0, 4, "Arab")]),
        ("\N{ARABIC TATWEEL}.\N{ARABIC TATWEEL}", [(0, 3, "Zyyy")]),
        ("データ", [(0, 3, "Kana")]),
    ],
)
def test_runs_reach_from_the_first_to_the_last_letter(text: str, runs: list[tuple[int, int, str]]) -> None:
    assert script_runs(text) == runs


@pytest.mark.parametrize(
    ("ch", "script", "letter"),
    [
        ("a", "Latn", True),
        ("ک", "Arab", True),
        ("\N{ARABIC TATWEEL}", "Zyyy", True),
        ("\N{MATHEMATICAL BOLD CAPITAL A}", "Latn", True),
        ("\N{MICRO SIGN}", "Zyyy", True),
        ("\N{ARABIC FATHA}", "Zinh", False),
        ("5", "Zyyy", False),
        ("\N{ROMAN NUMERAL ONE}", "Latn", False),
        ("\U0001e4d0", "Nagm", True),  # newer than Python 3.11 knows
        ("\ud800", "Zzzz", False),
        ("\u0378", "Zzzz", False),
    ],
)
def test_a_character_has_the_script_of_the_pinned_table(ch: str, script: str, letter: bool) -> None:
    assert (script_of(ch), is_letter(ch)) == (script, letter)


def test_letters_of_the_oldest_supported_unicode_are_letters_here() -> None:
    known = (chr(point) for point in range(0x3000) if unicodedata.category(chr(point)) != "Cn")
    assert [ch for ch in known if is_letter(ch) != ch.isalpha()] == []


@pytest.mark.parametrize("piece", ["aب", "a--", "aـ", "ـ-", "é "])
def test_time_grows_with_the_length(piece: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = piece * size
        return lambda: script_runs(text)

    assert_linear(prepare, 20_000, doublings=2)
