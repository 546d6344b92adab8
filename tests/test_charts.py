"""Charts: labels joined and in order, counts outside them, the same bytes twice, no state left behind."""

from __future__ import annotations

import logging
import subprocess
import sys
import unicodedata
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
from matplotlib.patches import Rectangle

from pictures import draw_glyphs, draw_label, likeness
from postscan import charts
from postscan.charts.bars import credited
from postscan.charts.labels import clusters, script_kind
from postscan.charts.style import whole

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
    text = next(t for t in axes.get_yticklabels() if word in t.get_text())
    return draw_label(axes, text)


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
def test_the_old_recipe_is_drawn_wrong_and_warned_of(name: str, caplog: pytest.LogCaptureFixture) -> None:
    from arabic_reshaper import reshape
    from bidi import get_display

    word, family, glyphs = WORDS[name]
    with caplog.at_level(logging.WARNING, "postscan"):
        picture = drawn_word(get_display(reshape(word)))
    assert likeness(picture, draw_glyphs(family, glyphs)) < WRONG
    assert "matplotlib 3.11 joins and orders Arabic itself" in caplog.text


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
    counts = [text for text in axes.texts if text.get_text()[:1].isdigit()]
    assert [text.get_text() for text in counts] == ["1,200 posts", "900", "5"]
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
    from postscan.charts.labels import drawable

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


def steps(axes: Axes, edges: int) -> list[np.ndarray]:
    """The heights of each row of steps that has so many edges."""
    return [ys for ys in (np.asarray(line.get_ydata(), dtype=float) for line in axes.lines) if len(ys) == edges]


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
    heights = steps(axes, 5)
    assert [round(float(max(ys)) % 1, 3) for ys in heights] == [round(n / 12 / 1.45, 3) for n in (12, 9, 1)]


def test_days_that_the_data_lacks_are_gaps_and_zero_is_drawn() -> None:
    frame = periods("2026-07-01", "D", {"a": [1, 0, 2, 3, 1]})
    axes = charts.timeline(frame[frame["period"] != "2026-07-03"])
    heights = steps(axes, 6)[0]
    assert [bool(np.isnan(y)) for y in heights] == [False, False, True, False, False, False]
    assert heights[1] == 0


def test_weeks_months_and_partial_periods_are_told_apart() -> None:
    weeks = periods("2026-06-29", "W-MON", {"a": [1, 2, 3], "b": [1, 1, 1]}, partial=[True, False, False] * 2)
    axes = charts.timeline(weeks)
    assert charts.alt_text(axes).startswith(
        "Posts a week, by hashtag: #a 6 in all, most (3) in the week of 13 Jul 2026"
    )
    assert [patch.get_hatch() for patch in axes.patches] == ["///"]
    months = charts.timeline(periods("2026-01-01", "MS", {"a": [1, 2, 3, 1]}))
    assert "most (3) in Mar 2026" in charts.alt_text(months)
    whole(months).draw_without_rendering()
    ticks = [text.get_text() for text in months.get_xticklabels()]
    assert ticks[0] == "1 Jan\n2026"
    assert "2026" not in "".join(ticks[1:])


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


def test_letters_that_no_font_has_are_named_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    axes = charts.hashtags(frame(("\U0010fffda", 5), ("b\U0010fffd", 4), ("c", 3)))
    with caplog.at_level(logging.WARNING, "postscan"):
        charts.save(axes, tmp_path / "c", ["png"])
    assert [record.message for record in caplog.records] == [
        "chart c: no font here has \U0010fffd; install one that does, such as Noto Sans CJK or Noto Emoji (monochrome)"
    ]


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
