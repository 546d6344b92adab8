"""Folding: keys that merge spellings, and folded text that knows its way back."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import postscan.data._twitter as table
from postscan.folding import hashtag_key, search_fold

PIECES = [
    "Abc",
    "كَابُل",
    "أإآٱ",
    "یک",
    "ة\N{ARABIC FATHA}",
    "می\u200cش",
    "\u202eX\u202c",
    "“ß”",
    "İ",
    "١۲３",
    "\n",
    "\u00a0",
    "ﷺ",
    "ﻻ",
]
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=10).map("".join), st.text(st.characters(), max_size=40))


@pytest.mark.parametrize(
    ("tag", "key"),
    [
        ("#Kabul", "kabul"),
        ("＃ＫＡＢＵＬ", "kabul"),
        ("#Straße", "strasse"),
        ("#أَفْغَانِسْتَان", "افغانستان"),
        ("#إیران", "ايران"),
        ("#مکّة", "مكه"),
        ("#خانۀ", "خانه"),
        ("#می\u200cخواهم", "ميخواهم"),
        ("#ـكابلـ", "كابل"),
        ("#ﻻهور", "لاهور"),
        ("#کووید۱۹", "كوويد19"),
        ("#१०", "10"),
        ("#\N{ARABIC TATWEEL}", "\N{ARABIC TATWEEL}"),
        ("", ""),
    ],
)
def test_spellings_of_one_tag_have_one_key(tag: str, key: str) -> None:
    assert hashtag_key(tag) == key


@settings(max_examples=150, deadline=None)
@given(texts)
@example("\ud800")
def test_a_key_folds_to_itself_and_ignores_harakat(tag: str) -> None:
    tag = tag.replace("#", "").replace("＃", "")
    key = hashtag_key(tag)
    assert hashtag_key(tag + "ا\N{ARABIC FATHA}") == hashtag_key(tag + "ا")
    assert bool(key) == bool(tag)


def test_no_character_of_hashtags_is_newer_than_the_oldest_supported_python_knows() -> None:
    points = [
        point
        for item in table.TAG_CHARACTERS.split()
        for first, _, last in [item.partition("-")]
        for point in range(int(first, 16), int(last or first, 16) + 1)
    ]
    assert len(points) > 100_000
    assert [point for point in points if unicodedata.category(chr(point)) == "Cn"] == []


def test_characters_that_only_newer_pythons_know_are_left_alone() -> None:
    garay, cyrillic = "\U00010d50", "\U0001e030"  # case from Unicode 16, a compatibility form from Unicode 15
    assert hashtag_key(f"{garay}{cyrillic}Ａ") == f"{garay}{cyrillic}a"
    assert search_fold(f"{garay}{cyrillic}A").text == f"{garay}{cyrillic}a"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kabul – AP", "kabul – ap"),
        ("“It’s”", '"it\'s"'),
        ("وكالةُ الأنباء", "وكاله الانباء"),
        ("می\u200cشود\u200f، ۱۲٫۵", "ميشود، 12٫5"),
        ("a\u00a0b\u2009c\u3000d\ne\tf", "a b c d\ne\tf"),
        ("ﷺﻻ", "صلي الله عليه وسلملا"),
        ("Straße", "strasse"),
    ],
)
def test_text_is_folded_for_search(text: str, folded: str) -> None:
    assert search_fold(text).text == folded


@settings(max_examples=150, deadline=None)
@given(texts, st.integers(0, 60), st.integers(0, 60))
@example("ة\N{ARABIC FATHA}x", 0, 1)
def test_a_span_of_folded_text_is_one_of_the_original_that_folds_to_it(text: str, one: int, other: int) -> None:
    folded = search_fold(text)
    start, end = sorted((min(one, len(folded.text)), min(other, len(folded.text))))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end] in search_fold(text[first:last]).text


@given(texts)
@settings(max_examples=100, deadline=None)
def test_spans_of_neighbours_do_not_overlap(text: str) -> None:
    folded = search_fold(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(a[1] <= b[0] or a == b for a, b in itertools.pairwise(spans))
    assert folded.span(len(folded.text), len(folded.text)) == (len(text), len(text))


def test_marks_on_the_last_letter_belong_to_its_span_and_hidden_controls_do_not() -> None:
    assert search_fold("وكالةُ\u200f قال").span(0, 5) == (0, 6)
    assert search_fold("وكالة\u200f قال").span(0, 5) == (0, 5)
