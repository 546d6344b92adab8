"""Charts: labels joined and in order, counts outside them, the same bytes twice, no state left behind."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle, StepPatch

from pictures import draw_glyphs, draw_label, ink, likeness, picture
from postscan import charts
from postscan.charts.bars import credited
from postscan.charts.fonts import drawable
from postscan.charts.labels import clusters, paragraph, script_kind
from postscan.charts.style import COLOURS, whole
from postscan.model import PostscanError

# Glyphs from left to right as they stand on the screen; see pictures.py.
WORDS = {
    "Arabic": ("كابول", "DejaVu Sans", ["\ufedd", "\ufeee", "\ufe91", "\ufe8e", "\ufedb"]),
    "Arabic, lam-alef": ("سلام", "DejaVu Sans", ["\ufee1", "\ufefc", "\ufeb3"]),
    "Persian": ("پژواک", "DejaVu Sans", ["\ufb8e", "\ufe8d", "\ufeed", "\ufb8b", "\ufb58"]),
    "Urdu": ("بہار", "Noto Sans Arabic", ["\ufead", "\ufe8e", "\ufba9", "\ufe91"]),
    "Urdu, yeh barree": ("کے", "Noto Sans Arabic", ["\ufbaf", "\ufb90"]),
    "Pashto": ("پښتو", "DejaVu Sans", ["\ufeee", "\ufe98", "uni069A.medi", "\ufb58"]),
    "Pashto, yeh with tail": ("ډوډۍ", "Noto Sans Arabic", ["ۍ", "ډ", "و", "ډ"]),
    "Sorani": ("بڵێ", "DejaVu Sans", ["uni06CE.fina", "uni06B5.medi", "\ufe91"]),
}
JOINED = [name for name in WORDS if name != "Pashto, yeh with tail"]
RIGHT, WRONG = 0.6, 0.45


def frame(*rows: tuple[str, int], sentence: str = "Posts that have the tag.") -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=["hashtag", "posts"])
    made.attrs["sentence"] = sentence
    return made


def credit_rows() -> pd.DataFrame:
    rows = [
        ("outlet", "reuters", "Reuters", 44),
        ("wire", "afp", "AFP", 22),
        ("domain", "example.org", "example.org", 3),
        ("official", "defence ministry", None, 27),
        ("official", "وزارة الدفاع", None, 14),
        ("unnamed", "security sources", None, 25),
        ("brand", "deskdesk", "DeskDesk", 240),
        ("photo", "getty", "Getty Images", 99),
    ]
    return pd.DataFrame(rows, columns=["kind", "key", "name", "posts"])


def tongues(*rows: tuple[str, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["code", "share"])


def drawn_word(word: str) -> np.ndarray:
    """A word as a named source of a real chart: its label has no sign, so the whole label is the word."""
    rows = [("outlet", f"k{n}", name, 9 - n) for n, name in enumerate(["Reuters", word, "AFP"])]
    axes = charts.sources(pd.DataFrame(rows, columns=["kind", "key", "name", "posts"]))
    return draw_label(axes, axes.get_yticklabels()[2])


@pytest.mark.parametrize("name", WORDS)
def test_a_drawn_label_is_joined_and_in_order(name: str) -> None:
    word, family, glyphs = WORDS[name]
    assert charts.families(word)[0] == family
    assert likeness(drawn_word(word), draw_glyphs(family, glyphs)) > RIGHT


@pytest.mark.parametrize("name", WORDS)
def test_the_picture_test_fails_on_reversed_text(name: str) -> None:
    word, family, glyphs = WORDS[name]
    assert likeness(drawn_word(word[::-1]), draw_glyphs(family, glyphs)) < WRONG


@pytest.mark.parametrize("name", JOINED)
def test_the_picture_test_fails_on_unjoined_text(name: str) -> None:
    word, family, glyphs = WORDS[name]
    apart = "\N{ZERO WIDTH NON-JOINER}".join(word)
    assert likeness(drawn_word(apart), draw_glyphs(family, glyphs)) < WRONG


@pytest.mark.parametrize("name", ["Arabic", "Persian"])
def test_reshaped_text_is_drawn_with_its_letters_and_warned_of(name: str, caplog: pytest.LogCaptureFixture) -> None:
    from arabic_reshaper import reshape

    word, family, glyphs = WORDS[name]
    assert charts.label(reshape(word)) == charts.label(word)
    assert likeness(drawn_word(reshape(word)), draw_glyphs(family, glyphs)) > RIGHT
    assert "without arabic_reshaper" in caplog.text


@pytest.mark.parametrize("name", ["Arabic", "Persian"])
def test_text_that_was_turned_round_too_is_told_not_guessed(name: str, caplog: pytest.LogCaptureFixture) -> None:
    from arabic_reshaper import reshape
    from bidi import get_display

    word, family, glyphs = WORDS[name]
    assert likeness(drawn_word(get_display(reshape(word))), draw_glyphs(family, glyphs)) < WRONG
    assert "it is now drawn reversed" in caplog.text


def test_a_hashtag_has_its_sign_at_its_own_beginning() -> None:
    axes = charts.hashtags(frame(("كابول", 9), ("Kabul", 5), ("Herat", 2)))
    arabic, latin = axes.get_yticklabels()[:2]
    sign = draw_glyphs("DejaVu Sans", ["#"])
    arabic_ink, latin_ink = draw_label(axes, arabic), draw_label(axes, latin)
    width = int(sign.shape[1] * latin_ink.shape[0] / sign.shape[0])
    assert likeness(latin_ink[:, :width], sign) > RIGHT
    whole = draw_glyphs("DejaVu Sans", ["\ufedd", "\ufeee", "\ufe91", "\ufe8e", "\ufedb", "#"])
    assert likeness(arabic_ink, whole) > RIGHT


def test_counts_stand_outside_the_label_at_the_end_of_the_bar() -> None:
    axes = charts.hashtags(frame(("Kabul 2021 كابول", 1200), ("كابول", 900), ("هرات", 5)))
    whole(axes).draw_without_rendering()
    counts = list(axes.texts)
    assert [text.get_text() for text in counts] == [charts.label("1,200 posts"), "900", "5"]
    for name, count, bar in zip(axes.get_yticklabels(), counts, axes.patches, strict=True):
        assert not any(char.isdigit() for char in name.get_text().replace("2021", ""))
        assert name.get_window_extent().x1 < bar.get_window_extent().x0
        assert count.get_window_extent().x0 > bar.get_window_extent().x1


def test_label_keeps_each_part_in_an_isolate_that_data_cannot_close() -> None:
    evil = "a\N{POP DIRECTIONAL ISOLATE}\N{RIGHT-TO-LEFT OVERRIDE}b\x07\ud800"
    assert charts.label(evil, 12) == "\u200e\u2068ab\u2069  \u206812\u2069"
    kept = "می\N{ZERO WIDTH NON-JOINER}شود"
    assert kept in charts.label(kept)


@given(st.text())
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_a_label_and_clusters_lose_nothing(text: str) -> None:
    made = charts.label(text)
    assert made.startswith("\u200e\u2068")
    assert made.endswith("\u2069")
    assert made.count("\u2068") == made.count("\u2069") == 1
    assert "".join(clusters(text)) == text
    assert len(list(clusters(charts.elide(text, 12)))) <= 12


@pytest.mark.parametrize(
    ("text", "elided"),
    [
        ("#Kabul", "#Kabul"),
        ("#SanctionsOnPakistanForever2021", "#SanctionsOn…Forever2021"),
        ("#one_very_long_tag_of_many_words_here", "#one_very_…_words_here"),
        ("#" + "x" * 40, "#" + "x" * 12 + "…" + "x" * 12),
        ("police spokesperson of the province of the country", "police…the country"),
        ("e\N{COMBINING ACUTE ACCENT}" * 30, "é" * 13 + "…" + "é" * 12),
    ],
)
def test_a_long_tag_is_cut_in_its_middle_between_words(text: str, elided: str) -> None:
    assert unicodedata.normalize("NFC", charts.elide(text)) == elided


def test_equal_labels_keep_bars_of_their_own() -> None:
    axes = charts.hashtags(frame(("a", 5), ("a", 4), ("a", 3)))
    assert [text.get_text() for text in axes.get_yticklabels()] == [charts.label("#a")] * 3
    assert [bar.get_width() for bar in axes.patches if isinstance(bar, Rectangle)] == [5, 4, 3]


def test_bars_are_sorted_by_count_then_tag_with_the_largest_on_top() -> None:
    axes = charts.hashtags(frame(("b", 5), ("c", 9), ("a", 5), ("d", 1)), top=3)
    assert [text.get_text() for text in axes.get_yticklabels()] == [charts.label("#" + tag) for tag in "cab"]
    low, high = axes.get_ylim()
    assert low > high


def test_colour_is_the_script_and_the_key_says_so() -> None:
    axes = charts.hashtags(frame(("Kabul", 5), ("كابول", 4), ("Kabul_كابول", 3), ("Кабул", 2)))
    colours = [mpl.colors.to_hex(bar.get_facecolor()) for bar in axes.patches]
    assert colours == ["#0072b2", "#d55e00", "#009e73", "#cc79a7"]
    words = {text.get_text() for text in axes.findobj(mpl.text.Text)}
    assert {charts.label(w) for w in ("Latin script", "Arabic script", "both", "other scripts")} <= words
    assert script_kind("12 34") == "Latn"


def test_cashtags_are_text_not_mathematics(tmp_path: Path) -> None:
    axes = charts.hashtags(frame(("$a_{b$ x", 5), ("_b$x$", 4), ("c", 3)))
    assert charts.save(axes, tmp_path / "c", ["png"])


def test_sources_stand_in_groups_and_signatures_are_left_out() -> None:
    assert credited(credit_rows(), 3) == {
        "named": [("Reuters", 44), ("AFP", 22), ("example.org", 3)],
        "official": [("defence ministry", 27)],
        "unnamed": [("security sources", 25)],
    }
    axes = charts.sources(credit_rows(), top=6)
    words = [text.get_text() for text in axes.get_yticklabels()]
    wanted = ["Named", "Reuters", "AFP", "example.org", "Official", "defence ministry", "وزارة الدفاع"]
    assert words == [charts.label(word) for word in [*wanted, "Unnamed", "security sources"]]
    assert all(float(tick).is_integer() for tick in axes.get_yticks())
    assert "hat tips" in axes.figure.get_supxlabel()


def test_languages_name_themselves_and_small_ones_stand_below() -> None:
    axes = charts.languages(tongues(("en", 0.6), ("ar", 0.3), ("ps", 0.06), ("und", 0.04)))
    words = {text.get_text() for text in axes.findobj(mpl.text.Text)}
    assert charts.label("العربية", "30%", sep="\n") in words
    assert charts.label("پښتو", "6%") in words
    assert mpl.colors.to_hex(axes.patches[-1].get_facecolor()) == "#bdbdbd"
    assert charts.alt_text(axes).startswith("Languages, by share of letters: English 60%, Arabic 30%, Pashto 6%, undec")


def test_languages_after_the_first_stand_together() -> None:
    shares = tongues(("en", 0.4), ("ar", 0.3), ("fa", 0.1), ("ps", 0.1), ("ur", 0.1))
    assert "Arabic 30%, others 30%." in charts.alt_text(charts.languages(shares, top=2))
    assert "others" not in charts.alt_text(charts.languages(shares, top=4))


def test_a_language_that_no_font_can_write_is_named_in_english() -> None:
    axes = charts.languages(tongues(("en", 0.6), ("dv", 0.3), ("ar", 0.1)))
    words = {text.get_text() for text in axes.findobj(mpl.text.Text)}
    name = "ދިވެހިބަސް" if drawable("ދިވެހިބަސް") else "Dhivehi"
    assert charts.label(name, "30%", sep="\n") in words


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_fewer_than_three_rows_are_a_sentence(rows: int, tmp_path: Path) -> None:
    few = frame(*[("كابول", 2), ("Kabul", 1)][:rows])
    axes = charts.hashtags(few)
    assert not axes.patches
    figures = ["none found", "#كابول 2", "#كابول 2, #Kabul 1"][rows]
    assert charts.alt_text(axes) == f"Hashtags, most posts first: {figures}. Posts that have the tag."
    assert charts.save(axes, tmp_path / "few")
    assert "no letters" in charts.alt_text(charts.languages(tongues()))


def test_alt_text_is_a_sentence_with_the_main_figures() -> None:
    many = frame(*[(f"t{n:02}", 50 - n) for n in range(20)])
    text = charts.alt_text(charts.hashtags(many, top=12))
    assert text.startswith("Hashtags, most posts first: #t00 50, #t01 49,")
    assert text.endswith("#t07 43 and 4 more. Posts that have the tag.")


def test_a_corpus_is_asked_for_its_counts() -> None:
    class Counts:
        def hashtags(self, *, top: int) -> pd.DataFrame:
            return frame(("a", 3), ("b", 2), ("c", 1)).head(top)

        def source_counts(self) -> object:
            return [("no", "frame")]

    assert len(charts.hashtags(Counts()).patches) == 3
    with pytest.raises(TypeError, match="source_counts"):
        charts.sources(Counts())


def test_given_axes_are_used_and_keep_their_figure_as_it_is() -> None:
    figure = Figure(figsize=(4, 6))
    above, below = figure.subplots(2)
    drawn: list[Axes] = [charts.hashtags(frame(("a", 3), ("b", 2), ("c", 1)), ax=above)]
    drawn.append(charts.languages(tongues(("en", 0.5), ("ar", 0.4), ("fa", 0.1)), ax=below))
    assert drawn == [above, below]
    assert figure.get_suptitle() == figure.get_supxlabel() == ""
    assert charts.hashtags(frame(), ax=below) is below


def periods(start: str, freq: str, rows: dict[str, list[int]], **more: Any) -> pd.DataFrame:
    days = pd.date_range(start, periods=len(next(iter(rows.values()))), freq=freq)
    made = [
        {"period": day, "hashtag": tag, "posts": n}
        for tag, counts in rows.items()
        for day, n in zip(days, counts, strict=True)
    ]
    return pd.DataFrame(made).assign(**more)


def steps(axes: Axes) -> list[np.ndarray]:
    """The heights of each row of steps above its own line: the third of each three that are drawn."""
    drawn = [patch for patch in axes.patches if isinstance(patch, StepPatch)]
    return [np.asarray(patch.get_data()[0]) - floor for floor, patch in enumerate(reversed(drawn[2::3]))][::-1]


def test_a_timeline_has_a_row_a_tag_on_one_scale_with_peaks_and_totals() -> None:
    axes = charts.timeline(
        periods("2026-07-30", "D", {"Port": [1, 9, 2, 0], "ميناء": [0, 0, 3, 12], "c": [0, 1, 0, 0]})
    )
    assert [text.get_text() for text in axes.get_yticklabels()] == [charts.label(t) for t in ("#ميناء", "#Port", "#c")]
    assert sorted(text.get_text() for text in axes.texts) == sorted(["12", "15", "9", "12", "1", "1"])
    assert charts.alt_text(axes) == (
        "Posts a day, by hashtag: #ميناء 15 in all, most (12) on 2 Aug 2026, #Port 12 in all, most (9) on 31 Jul 2026, "
        "#c 1 in all, most (1) on 31 Jul 2026."
    )
    highest = [float(row.max()) for row in steps(axes)]
    assert highest == pytest.approx([highest[0], highest[0] * 9 / 12, highest[0] / 12])
    assert 0.5 < highest[0] < 1


def test_days_that_the_data_lacks_are_gaps_and_zero_is_drawn() -> None:
    frame = periods("2026-07-01", "D", {"a": [1, 0, 2, 3, 1]})
    axes = charts.timeline(frame[frame["period"] != "2026-07-03"])
    assert np.isnan(steps(axes)[0]).tolist() == [False, False, True, False, False]
    assert steps(axes)[0][1] == 0
    assert "A break in a row's line" in axes.figure.get_supxlabel()


def test_periods_whose_posts_are_unknown_are_gaps_and_missing_rows_beside_others_are_zero() -> None:
    made = periods("2026-07-01", "D", {"a": [1, 0, 2, 3], "b": [1, 1, 1, 1]}).astype({"posts": "Int64"})
    made.loc[made["period"] == "2026-07-03", "posts"] = pd.NA
    axes = charts.timeline(made[(made["hashtag"] != "b") | (made["period"] != "2026-07-02")])
    assert [np.isnan(row).tolist() for row in steps(axes)] == [[False, False, True, False]] * 2
    assert steps(axes)[1][1] == 0
    assert charts.alt_text(axes).startswith("Posts a day, by hashtag: #a 4 in all, most (3) on 4 Jul 2026, #b 2 in all")


def test_weeks_months_and_partial_periods_are_told_apart() -> None:
    weeks = periods("2026-06-29", "W-MON", {"a": [1, 2, 3], "b": [1, 1, 1]}, partial=[True, False, False] * 2)
    axes = charts.timeline(weeks)
    assert charts.alt_text(axes).startswith(
        "Posts a week, by hashtag: #a 6 in all, most (3) in the week of 13 Jul 2026"
    )
    assert [patch.get_hatch() for patch in axes.patches if isinstance(patch, Rectangle)] == ["///"]
    assert "Hatched" in axes.figure.get_supxlabel()
    months = charts.timeline(periods("2026-01-01", "MS", {"a": [1, 2, 3, 1]}))
    assert "most (3) in Mar 2026" in charts.alt_text(months)
    whole(months).draw_without_rendering()
    ticks = [text.get_text() for text in months.get_xticklabels()]
    assert [plain(tick).split() for tick in ticks] == [["Jan", "2026"], ["Feb"], ["Mar"], ["Apr"]]


def plain(text: str) -> str:
    """What a text says, without the marks that keep its parts apart."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def test_hours_are_named_with_their_day_and_zone() -> None:
    made = periods("2026-08-06 05:00", "h", {"a": [1] * 30 + [5] + [0] * 20, "b": [1] * 51})
    axes = charts.timeline(made.assign(period=made["period"].dt.tz_localize("Asia/Kabul")))
    assert charts.alt_text(axes).startswith("Posts an hour, by hashtag: #b 51 in all, most (1) at 05:00 on 6 Aug 2026")
    ticks = [plain(text.get_text()).split("\n") for text in axes.get_xticklabels()]
    assert ticks[:4] == [["06:00", "6 Aug"], ["12:00", ""], ["18:00", ""], ["00:00", "7 Aug"]]
    assert "Asia/Kabul" in axes.figure.get_supxlabel()


@pytest.mark.parametrize(("freq", "length"), [("h", 9000), ("D", 9), ("D", 20000), ("W-MON", 900), ("MS", 2000)])
def test_so_many_periods_are_named_that_they_have_room(freq: str, length: int) -> None:
    from postscan.charts.ticks import tick_names

    every = pd.date_range("1900-01-01", periods=length, freq=freq)
    by = {"h": "hour", "D": "day", "W-MON": "week", "MS": "month"}[freq]
    assert 2 <= len(tick_names(every, by, "en")) <= 10


def test_a_timeline_of_fewer_than_three_periods_is_a_sentence() -> None:
    axes = charts.timeline(periods("2026-01-01", "D", {"a": [1, 2]}))
    assert not axes.lines
    assert charts.alt_text(axes) == "Posts a day, by hashtag: #a 3 in all, most (2) on 2 Jan 2026."
    none = pd.DataFrame({"period": pd.to_datetime([]), "hashtag": [], "posts": []})
    assert charts.alt_text(charts.timeline(none)) == "Posts a day, by hashtag: none found."


@pytest.mark.parametrize(("days", "by"), [(10, "day"), (71, "week"), (600, "month")])
def test_a_corpus_is_shown_by_the_period_that_fits_its_length(days: int, by: str) -> None:
    class Counts:
        def hashtags(self, *, top: int, by: str) -> pd.DataFrame:
            freq = {"day": "D", "week": "W-MON", "month": "MS"}[by]
            size = len(pd.date_range("2026-01-01", periods=days).to_series().resample(freq).size())
            return periods("2026-01-01", freq, {"a": [top] * size})

    assert charts.alt_text(charts.timeline(Counts())).startswith(f"Posts a {by},")
    assert charts.alt_text(charts.timeline(Counts(), by="week")).startswith("Posts a week,")


@pytest.mark.parametrize(("timed", "words"), [(5, "Posts an hour"), (4, "Posts a day")])
def test_a_corpus_of_few_days_is_shown_by_hour_where_every_post_has_a_time(timed: int, words: str) -> None:
    class Counts:
        def hashtags(self, *, top: int, by: str) -> pd.DataFrame:
            hours = periods("2026-01-01", "h", {"a": [timed] + [0] * top})
            return hours if by == "hour" else periods("2026-01-01", "D", {"a": [1, 3, 1]})

    assert charts.alt_text(charts.timeline(Counts())).startswith(words)


def pairs_frame(*rows: tuple[str, str, int], ui: str = "en") -> pd.DataFrame:
    posts: dict[str, int] = {}
    for tag, other, both in rows:
        posts |= {tag: posts.get(tag, 0) + both, other: posts.get(other, 0) + both}
    made = pd.DataFrame(
        [(tag, other, both, posts[tag], posts[other]) for tag, other, both in rows],
        columns=["tag", "other", "posts", "tag_posts", "other_posts"],
    )
    made.attrs["ui"] = ui
    return made


def cells(*rows: tuple[str, str, int], ui: str = "en") -> pd.DataFrame:
    made = pd.DataFrame(list(rows), columns=["tag", "name", "posts"])
    made = made.assign(key=made["name"], tag_posts=1000)
    made.attrs["ui"] = ui
    return made


def draw_tags(chart: str, tags: list[str], ui: str = "en") -> tuple[Axes, list[mpl.text.Text]]:
    """A chart of one kind with these hashtags, and their labels."""
    if chart == "pairs":
        axes = charts.pairs(pairs_frame(*zip(tags, [*tags[1:], tags[0]], (9, 7, 5), strict=True), ui=ui))
        return axes, list(axes.texts)
    made: dict[str, pd.DataFrame] = {
        "tag_sources": cells(*((tag, "Reuters", 3) for tag in tags)),
        "timeline": periods("2026-07-01", "D", {tag: [1, 4 - at, 2] for at, tag in enumerate(tags)}),
        "hashtags": frame(*((tag, 9 - at) for at, tag in enumerate(tags))),
    }
    made[chart].attrs["ui"] = ui
    axes = getattr(charts, chart)(made[chart])
    return axes, list(axes.get_yticklabels())


@pytest.mark.parametrize("ui", ["en", "ar"])
@pytest.mark.parametrize("chart", ["hashtags", "pairs", "tag_sources", "timeline"])
@pytest.mark.parametrize("name", ["Arabic", "Persian", "Urdu", "Pashto", "Sorani"])
def test_hashtags_of_every_chart_are_joined_and_in_order(name: str, chart: str, ui: str) -> None:
    word, family, glyphs = WORDS[name]
    wanted = draw_glyphs(family, [*glyphs, "#"])
    axes, labels = draw_tags(chart, [word, "Kabul", "Herat"], ui)
    assert likeness(draw_label(axes, next(text for text in labels if word in text.get_text())), wanted) > RIGHT


@pytest.mark.parametrize("chart", ["pairs", "tag_sources", "timeline"])
@pytest.mark.parametrize("name", ["Arabic", "Sorani"])
def test_the_picture_test_of_every_chart_fails_on_reversed_and_on_unjoined_text(name: str, chart: str) -> None:
    word, family, glyphs = WORDS[name]
    wanted = draw_glyphs(family, [*glyphs, "#"])
    for wrong in (word[::-1], "\N{ZERO WIDTH NON-JOINER}".join(word)):
        axes, labels = draw_tags(chart, [wrong, "Kabul", "Herat"])
        assert likeness(draw_label(axes, next(text for text in labels if wrong in text.get_text())), wanted) < WRONG


@pytest.mark.parametrize(
    "letters", ["ۍ", "ۀ", "ے ہ", "ڵ ۆ ێ ڕ ە", "ئۇ ئۈ ئۆ ې ڭ", "ڄ ڃ ٻ ڀ ٺ ٿ ڪ ڳ ڱ ۽ ۾", "ټ ډ ړ ږ ښ ګ ڼ ځ څ"]
)
def test_every_letter_of_arabic_script_is_drawn(letters: str, caplog: pytest.LogCaptureFixture) -> None:
    axes = charts.hashtags(frame(*((letter, 9) for letter in letters.split()), ("b", 2), ("c", 1)))
    whole(axes).draw_without_rendering()
    assert drawable(letters)
    assert not caplog.records


def rows_of(axes: Axes, colour: str) -> list[tuple[int, int]]:
    """First and last column of each bar of a colour in the picture of its chart, from top to bottom."""
    pixels = np.asarray(picture(whole(axes), 100)).astype(int)
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    found = (np.abs(pixels - wanted).sum(axis=2) < 12)[:, :]
    spans = [(int(np.flatnonzero(row)[0]), int(np.flatnonzero(row)[-1])) if row.sum() > 14 else None for row in found]
    return [span for span, above in zip(spans[1:], spans, strict=False) if span is not None and above is None]


def test_arabic_pages_have_bars_that_grow_from_right_to_left() -> None:
    pictures = {}
    for ui in ("en", "ar"):
        made = frame(("ميناء", 8), ("بندر", 4), ("سلام", 2))
        made.attrs["ui"] = ui
        axes = charts.hashtags(made)
        pictures[ui] = rows_of(axes, COLOURS["Arab"])
        bars = [bar.get_window_extent() for bar in axes.patches]
        for name, count, bar in zip(axes.get_yticklabels(), axes.texts, bars, strict=True):
            apart = [name.get_window_extent(), bar, count.get_window_extent()]
            across = apart if ui == "en" else apart[::-1]
            assert all(left.x1 < right.x0 for left, right in pairwise(across))
    starts, ends = zip(*pictures["en"], strict=True)
    assert max(starts) - min(starts) <= 1
    assert ends[0] > ends[1] > ends[2]
    ends, starts = zip(*pictures["ar"], strict=True)
    assert max(starts) - min(starts) <= 1
    assert ends[0] < ends[1] < ends[2]
    lengths = {ui: [last - first for first, last in rows] for ui, rows in pictures.items()}
    assert lengths["ar"][1] == pytest.approx(lengths["ar"][0] / 2, abs=2)


def test_arabic_charts_speak_arabic_and_dates_in_them_keep_their_order() -> None:
    made = frame(("ميناء", 8), ("بندر", 4), ("c", 2), sentence="من 2026-07-06 إلى 2026-08-30.")
    made.attrs["ui"] = "ar"
    axes = charts.hashtags(made)
    assert charts.alt_text(axes) == ("الوسوم حسب عدد المنشورات: #ميناء 8، #بندر 4، #c 2. من 2026-07-06 إلى 2026-08-30.")
    assert axes.figure.get_suptitle() == paragraph(["الوسوم حسب عدد المنشورات"], right_to_left=True)
    assert charts.label("بحروف عربية") in {text.get_text() for text in axes.findobj(mpl.text.Text)}
    shown = Figure(figsize=(6, 2)).subplots()
    text = shown.text(0.1, 0.5, paragraph(["من 2026-07-06"], right_to_left=True), fontsize=20)
    drawn = draw_label(shown, text)
    date = ink(255 - drawn[:, : int(drawn.shape[1] * 0.8)])  # without the word, which stands at its right
    right, turned = (draw_glyphs("DejaVu Sans", list(date)) for date in ("2026-07-06", "06-07-2026"))
    assert likeness(date, right) > RIGHT
    assert likeness(date, turned) < WRONG


def test_a_language_that_charts_do_not_speak_is_refused() -> None:
    made = frame(("a", 1))
    made.attrs["ui"] = "xx"
    with pytest.raises(PostscanError, match="'xx': it can be en, ar"):
        charts.hashtags(made)


def test_counts_of_a_sentence_stand_beside_the_tag() -> None:
    axes = charts.hashtags(frame(("كابول", 2), sentence=""))
    words = axes.texts[0].get_text()
    assert "\u2068#كابول\u2069 2." in words
    spaced = charts.sources(credit_rows().query("kind == 'official'").assign(name="وزارة الدفاع في المدينة"))
    assert "\u2068وزارة\xa0الدفاع\xa0في\xa0المدينة\u2069 27" in spaced.texts[0].get_text()
    assert charts.alt_text(spaced).startswith("Who is credited: وزارة الدفاع في المدينة 27")


def test_a_network_has_areas_and_widths_in_the_measure_of_posts() -> None:
    axes = charts.pairs(pairs_frame(("a", "b", 40), ("b", "c", 20), ("c", "d", 10)))
    areas = np.sqrt(axes.collections[-1].get_sizes())  # type: ignore[attr-defined]
    assert areas**2 == pytest.approx((areas**2)[0] * np.array([60, 40, 30, 10]) / 60)
    widths = [line.get_linewidth() for line in axes.lines]
    assert widths == pytest.approx([widths[0], widths[0] / 2, widths[0] / 4])
    assert not axes.axison or not any(spine.get_visible() for spine in axes.spines.values())
    assert charts.alt_text(axes) == (
        "Hashtags that share posts: #a with #b 40, #b with #c 20, #c with #d 10. Area: posts with the tag, at most 60 "
        "posts. Line: posts with both, at most 40 posts; all pairs are drawn."
    )


def tangle(nodes: int, *, seed: int = 1, name: str = "وسم_من_وسوم_كثيرة_{}") -> pd.DataFrame:
    random = np.random.default_rng(seed)
    ends = {(int(random.integers(0, node)), node) for node in range(1, nodes)}
    more = (sorted(map(int, random.choice(nodes, 2, replace=False))) for _ in range(nodes))
    ends |= {(low, high) for low, high in more}
    rows = [(name.format(a), name.format(b), int(random.integers(1, 99))) for a, b in sorted(ends)]
    return pairs_frame(*rows)


def test_a_network_has_at_most_forty_nodes_and_says_where_it_ends() -> None:
    axes = charts.pairs(tangle(90))
    assert 30 <= len(axes.texts) <= 40
    assert re.search(r"pairs with fewer than \d+ posts are left out", charts.alt_text(axes))
    equal = charts.pairs(pairs_frame(*((f"a{n}", f"b{n}", 1) for n in range(50))))
    assert len(equal.texts) == 40
    assert "the first 20 pairs are drawn, no other has more posts" in charts.alt_text(equal)
    assert len(charts.pairs(tangle(30), top=10).texts) <= 10


@pytest.mark.parametrize("nodes", [5, 16, 40])
def test_labels_and_nodes_of_a_network_are_inside_it_and_hardly_over_each_other(nodes: int) -> None:
    axes = charts.pairs(tangle(nodes))
    figure = whole(axes)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts]
    inside = figure.bbox.padded(1)
    assert all(
        inside.x0 <= box.x0 and box.x1 <= inside.x1 and inside.y0 <= box.y0 and box.y1 <= inside.y1 for box in boxes
    )
    shared = 0.0
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            width = min(one.x1, other.x1) - max(one.x0, other.x0)
            height = min(one.y1, other.y1) - max(one.y0, other.y0)
            shared += max(0, width) * max(0, height)
    assert shared < 0.03 * sum(box.width * box.height for box in boxes)


def test_parts_of_a_network_that_nothing_joins_stand_apart() -> None:
    axes = charts.pairs(pairs_frame(("a", "b", 3), ("c", "d", 3), ("e", "f", 3)))
    lines = [np.asarray(line.get_xydata()) for line in axes.lines]
    for at, one in enumerate(lines):
        for other in lines[at + 1 :]:
            assert (one.max(axis=0) < other.min(axis=0)).any() or (other.max(axis=0) < one.min(axis=0)).any()


def test_a_heat_map_has_a_count_in_each_cell_and_nothing_where_there_is_none() -> None:
    rows = [("ميناء", "Reuters", 50), ("ميناء", "رويترز", 5), ("port", "Reuters", 0), ("port", "رويترز", 31)]
    axes = charts.tag_sources(cells(*rows))
    drawn = {
        (round(patch.get_x() + 0.47), round(patch.get_y() + 0.45)): patch.get_alpha()
        for patch in axes.patches
        if isinstance(patch, Rectangle)
    }
    assert drawn == {(0, 0): 1.0, (1, 1): 0.7, (1, 0): 0.12}
    words = [plain(text.get_text()) for text in axes.texts]
    assert words == ["50", "31", "5", "of 1,000 posts", "of 1,000"]
    assert [plain(text.get_text()) for text in axes.get_xticklabels()] == ["Reuters", "رويترز"]
    assert charts.alt_text(axes).startswith(
        "Who is credited in posts with a hashtag: #ميناء with Reuters 50, #port with رويترز 31, #ميناء with رويترز 5."
    )


def luminance(colour: Any) -> float:
    """Relative luminance (WCAG 2.2) of a colour."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in mpl.colors.to_rgb(colour)]
    return float(np.dot([0.2126, 0.7152, 0.0722], parts))


def contrast(one: Any, other: Any) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_shades_of_a_heat_map_darken_in_grey_and_their_numbers_are_readable() -> None:
    rows = [("a", f"s{n}", 10 * n) for n in range(1, 6)]
    axes = charts.tag_sources(cells(*rows))
    paper = np.ones(3)
    shades = []
    for patch, text in zip(axes.patches, axes.texts, strict=False):
        alpha = float(patch.get_alpha() or 0)
        shades.append(tuple(alpha * np.array(mpl.colors.to_rgb(patch.get_facecolor())) + (1 - alpha) * paper))
        assert contrast(shades[-1], text.get_color()) >= 4.5
    greys = [luminance(shade) for shade in shades]
    assert greys == sorted(greys)
    assert min(after / before for before, after in pairwise(greys)) > 1.15


def test_neighbours_in_the_strip_differ_in_grey_and_names_on_it_are_readable() -> None:
    axes = charts.languages(tongues(("ar", 0.3), ("fa", 0.25), ("ur", 0.2), ("ps", 0.15), ("ckb", 0.1)))
    colours = [bar.get_facecolor() for bar in axes.patches]
    assert min(contrast(one, other) for one, other in pairwise(colours)) > 1.25
    for text, colour in zip(axes.texts, colours, strict=False):
        assert contrast(text.get_color(), colour) >= 3


def test_emoji_have_their_name_and_a_picture_where_a_font_has_one() -> None:
    rows = [("\N{HOT BEVERAGE}\ufe0f", 5), ("🇮🇶", 4), ("👨\u200d👩\u200d👧", 2), ("\N{LATIN SMALL LETTER A}", 1)]
    made = pd.DataFrame(rows, columns=["emoji", "posts"])
    axes = charts.emoji(made)
    names = [plain(text.get_text()) for text in axes.get_yticklabels()]
    assert names == ["hot beverage", "Iraq", "family man woman girl", "U+0061"]
    assert rows[0][0] in [text.get_text() for text in axes.texts]
    made.attrs["ui"] = "ar"
    arabic = [plain(text.get_text()) for text in charts.emoji(made).get_yticklabels()]
    assert arabic[:2] == ["مشروب ساخن", "علم العراق"]
    assert len(charts.emoji(made.head(2)).texts) == 1


def report_tables() -> dict[str, pd.DataFrame]:
    return {
        "hashtags": frame(("Kabul", 5), ("كابول", 4), ("نړۍ", 3)),
        "sources": credit_rows(),
        "languages": tongues(("en", 0.4), ("ar", 0.3), ("fa", 0.2), ("ps", 0.1)),
        "timeline": periods("2026-07-01", "D", {"a": [1, 2, 3], "بندر": [3, 2, 1]}),
        "pairs": tangle(12),
        "emoji": pd.DataFrame({"emoji": ["☕", "🇮🇶", "🙏"], "posts": [3, 2, 1]}),
        "tag_sources": cells(("a", "Reuters", 3), ("بندر", "رويترز", 2), ("a", "رويترز", 1)),
    }


@pytest.mark.parametrize("name", report_tables())
def test_every_chart_of_the_report_takes_its_table_and_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    draw, table, takes_top = charts.REPORT_CHARTS[name]
    written = []
    for folder in ("one", "two"):
        axes = draw(report_tables()[table], **({"top": 5} if takes_top else {}))
        written.append(charts.save(axes, tmp_path / folder / name, ["png", "svg", "pdf"]))
    assert [path.read_bytes() for path in written[0]] == [path.read_bytes() for path in written[1]]
    assert "<text" not in written[0][1].read_text(encoding="utf-8")


def test_every_chart_of_the_report_speaks_arabic() -> None:
    tables = report_tables()
    assert set(charts.REPORT_CHARTS) == set(tables)
    for draw, table, _ in charts.REPORT_CHARTS.values():
        tables[table].attrs = {"ui": "ar"}
        alt = charts.alt_text(draw(tables[table]))
        title, _, figures = alt.partition(": ")
        assert not re.search("[A-Za-z]", title)
        assert re.search(r"\d", figures)
        assert not set(alt) & set("\u2066\u2067\u2068\u2069\u200e")


def test_new_charts_of_fewer_than_three_rows_are_sentences_too() -> None:
    two = charts.pairs(pairs_frame(("بندر", "b", 2), ("b", "c", 1)))
    assert charts.alt_text(two).startswith("Hashtags that share posts: #بندر with #b 2, #b with #c 1. Area: posts with")
    assert charts.alt_text(charts.pairs(pairs_frame())) == "Hashtags that share posts: none found."
    assert not charts.tag_sources(cells(("a", "x", 1), ("b", "x", 0))).patches
    assert charts.alt_text(charts.tag_sources(cells())).startswith(
        "Who is credited in posts with a hashtag: none found."
    )
    none = pd.DataFrame({"emoji": [], "posts": []})
    none.attrs["ui"] = "ar"
    assert charts.alt_text(charts.emoji(none)) == "الرموز التعبيرية حسب عدد المنشورات: لا شيء."


def test_charts_stand_in_a_grid_of_somebody_elses() -> None:
    grid = Figure(figsize=(9, 9)).subplots(2, 2).ravel()
    assert charts.pairs(tangle(8), ax=grid[0]) is grid[0]
    assert charts.tag_sources(cells(("a", "x", 1), ("b", "x", 2), ("c", "x", 3)), ax=grid[1]) is grid[1]
    assert charts.timeline(periods("2026-07-01", "D", {"a": [1, 2, 3]}), ax=grid[2]) is grid[2]
    assert charts.emoji(pd.DataFrame({"emoji": ["☕", "🇮🇶", "🙏"], "posts": [3, 2, 1]}), ax=grid[3]) is grid[3]
    assert whole(grid[0]).get_suptitle() == ""


def test_the_same_chart_gives_the_same_bytes_with_its_alt_text(tmp_path: Path) -> None:
    rows = [("Kabul", 5), ("كابول", 4), ("نړۍ", 3)]
    one = charts.save(charts.hashtags(frame(*rows)), tmp_path / "one" / "chart", ["png", "svg", "pdf"])
    two = charts.save(charts.hashtags(frame(*rows)), tmp_path / "two" / "chart", ["png", "svg", "pdf"])
    assert [path.name for path in one] == ["chart.png", "chart.svg", "chart.pdf"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert "#كابول 4" in one[1].read_text(encoding="utf-8")
    assert "<text" not in one[1].read_text(encoding="utf-8")


def test_a_name_cannot_break_out_of_the_drawing(tmp_path: Path) -> None:
    names = ["--><script>alert(1)</script>", "]]> & <b>", '"/><x', "plain"]
    frame = pd.DataFrame({"kind": "outlet", "key": names, "name": names, "posts": [4, 3, 2, 1]})
    root = ET.parse(charts.save(charts.sources(frame), tmp_path / "c", ["svg"])[0]).getroot()
    tags = {str(element.tag).rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "b", "x", "text"}


def test_letters_that_no_font_has_are_boxes_and_named_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rare = frame(("\U0010fffda", 5), ("b\U0010fffd\ue123", 4), ("c", 3))
    axes = charts.hashtags(rare)
    charts.save(axes, tmp_path / "c", ["png", "svg"])
    charts.hashtags(rare)
    assert [record.message for record in caplog.records] == [
        (
            "chart Hashtags, most posts first: no font here has \ue123 \U0010fffd; "
            'name a font file that has them: postscan.charts.add_fonts("….ttf")'
        )
    ]
    assert [plain(text.get_text()) for text in axes.get_yticklabels()] == ["#□a", "#b□□", "#c"]


@pytest.mark.parametrize(
    ("letter", "font"),
    [("字", "Noto Sans CJK SC"), ("か", "Noto Sans CJK JP"), ("한", "Noto Sans CJK KR"), ("ꀀ", "Noto Sans Yi"),
     ("\N{BANANA}", "Noto Emoji")],
)  # fmt: skip
def test_the_font_to_install_is_named(letter: str, font: str, caplog: pytest.LogCaptureFixture) -> None:
    from postscan.charts.fonts import say_missing

    say_missing("test", letter)
    assert f"no font here has {letter}; install {font}, or" in caplog.text


def test_letters_of_somebody_elses_plot_are_named_when_it_is_saved(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    axes = Figure().subplots()
    axes.set_title("\ue321")
    charts.save(axes, tmp_path / "own", ["png", "svg"])
    assert [record.message.split(";")[0] for record in caplog.records] == ["chart own: no font here has \ue321"]


def make_font(path: Path, family: str, letters: str, *, colour: bool = False) -> Path:
    """A font in which every letter is a square."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(point)
    pen.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", "square"])
    made.setupCharacterMap({ord(letter): "square" for letter in letters})
    made.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()})
    made.setupHorizontalMetrics({".notdef": (900, 0), "square": (900, 100)})
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": family, "styleName": "Regular"})
    made.setupOS2(usWeightClass=400)
    made.setupPost()
    if colour:
        made.setupCOLR({"square": [("square", 0)]})
        made.setupCPAL([[(1.0, 0.0, 0.0, 1.0)]])
    made.save(path)
    return path


def test_a_font_of_the_users_own_draws_what_others_lack(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = make_font(tmp_path / "probe.ttf", "Probe of Yi", "\N{YI SYLLABLE IT}\N{YI SYLLABLE IX}\N{BANANA}")
    assert "Probe of Yi" in charts.add_fonts(file)
    assert charts.add_fonts(file) == charts.add_fonts(file)
    assert charts.families("#\N{YI SYLLABLE IT}") == ["DejaVu Sans", "Probe of Yi"]
    word = "\N{YI SYLLABLE IT}\N{YI SYLLABLE IX}"
    assert likeness(drawn_word(word), draw_glyphs("Probe of Yi", list(word))) > RIGHT
    drawn = charts.emoji(pd.DataFrame({"emoji": ["\N{BANANA}", "\ue000", "\ue001"], "posts": [3, 2, 1]}))
    pictures = [text.get_text() for text in drawn.texts if text.get_fontfamily() == ["Probe of Yi"]]
    assert pictures == ["\N{BANANA}"]
    assert not caplog.records


@pytest.mark.parametrize(("name", "advice"), [("colour.ttf", "colour or bitmap font"), ("words.ttf", "cannot be read")])
def test_a_font_that_charts_cannot_draw_with_is_refused(name: str, advice: str, tmp_path: Path) -> None:
    make_font(tmp_path / "colour.ttf", "Probe in Colour", "a", colour=True)
    (tmp_path / "words.ttf").write_text("no font", encoding="utf-8")
    with pytest.raises(PostscanError, match=f"{name}.*{advice}"):
        charts.add_fonts(tmp_path / name)


@pytest.mark.skipif(sys.platform != "linux", reason="fonts of one user are elsewhere on other systems")
def test_a_font_that_was_installed_later_is_found(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    make_font(fonts / "probe.ttf", "Noto Sans Probe", "\ue777")
    (fonts / "broken.ttf").write_text("no font", encoding="utf-8")
    code = "from postscan import charts; print(charts.families('\ue777'))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8",
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout == "['DejaVu Sans', 'Noto Sans Probe']\n"


def test_drawing_changes_no_setting_and_needs_no_pyplot() -> None:
    code = (
        "import sys, postscan.charts as c; assert 'matplotlib' not in sys.modules, 'imported early'\n"
        "import matplotlib, pandas; from matplotlib import font_manager as m; before = matplotlib.rcParams.copy()\n"
        "fonts = len(m.fontManager.ttflist)\n"
        "f = pandas.DataFrame({'hashtag': ['a', 'b', '\u06cd'], 'posts': [3, 2, 1]})\n"
        "c.hashtags(f).figure.draw_without_rendering(); c.hashtags(f).figure.draw_without_rendering()\n"
        "assert 'matplotlib.pyplot' not in sys.modules, 'pyplot'\n"
        "assert matplotlib.rcParams.copy() == before, 'settings'\n"
        "assert len(m.fontManager.ttflist) == fonts + 1, 'fonts'\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
