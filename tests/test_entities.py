"""Entities: what holds for all texts, the rules that a case file cannot show, and time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import emoji
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import postscan.data._twitter as table
from postscan.entities import entity_value, find_columns, find_entities, find_spans, split_tag, suspicious
from postscan.entities.emojis import find_emoji
from postscan.entities.rules import apply_rules

KINDS = {"hashtag", "glued_hashtag", "handle", "url", "email", "cashtag", "emoji"}
PIECES = [
    *"#＃@＠$./:?!&-_ \n()'aZ1é",
    *(
        "https://",
        "t.co/",
        "pic.twitter.com/",
        "example.com",
        "a_b.",
        "co.uk",
        "كابل",
        "می\u200cخ",
        "東京",
        "中国",
        "xn--p1ai",
    ),
    *(
        "\N{FIRE}",
        "\N{HEAVY BLACK HEART}",
        "\ufe0f",
        "\u200d",
        "\u20e3",
        "\u200f",
        "\ud800",
        "\U00020000",
        "rt",
        "Ab1Cd2Ef3G",
    ),
]
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(st.characters(), max_size=60),
)
WORDS = [
    *("#Kabul", "#كابل", "#a\N{INFORMATION SOURCE}", "#12", "#12a", "＃wide", "@dana", "RT", "$AAPL", "$brk.b", "v2.0"),
    *("https://t.co/Ab1Cd2Ef3G", "https://t.co/a-b", "http://a.de", "pic.twitter.com/Qq1", "example.co.uk/x"),
    *("www.a.ai.com", "a.com/pic.twitter.com/Q", "desk@example.org", "a.中国", "end.Then"),
    *("خبر", "\N{FIRE}", "1\ufe0f\u20e3"),
]  # fmt: skip
MARKS = ["", "", "", "", *",.:!()\N{COPYRIGHT SIGN}\N{RIGHT DOUBLE QUOTATION MARK}\u200d\ufe0f\N{FIRE}"]
posts = st.lists(
    st.tuples(st.sampled_from(MARKS), st.sampled_from(WORDS), st.sampled_from(MARKS), st.sampled_from("    \n\t")).map(
        "".join
    ),
    max_size=12,
).map("".join)
often = settings(max_examples=150, deadline=None)


@often
@given(texts)
@example("\ud800.com #\udfff @\ud800")
@example("https://é.\ud800b.com/ mail@\ud800.com")
def test_entities_of_any_text_are_sorted_disjoint_and_of_the_known_kinds(text: str) -> None:
    end = 0
    for entity in find_entities([text])[0]:
        assert end <= entity.start < entity.end <= len(text)
        assert entity.kind in KINDS
        assert entity.value
        end = entity.end


@often
@given(texts)
def test_every_entity_begins_as_its_kind_does(text: str) -> None:
    for start, _, kind in find_spans(text):
        signs = {"hashtag": "#＃", "glued_hashtag": "#＃", "handle": "@＠", "cashtag": "$"}.get(kind)
        assert signs is None or text[start] in signs


@settings(max_examples=400, deadline=None)
@given(st.one_of(posts, texts))
@example("#a\N{INFORMATION SOURCE}\u200d\N{FIRE}")  # a character of tags and of emoji
@example("foo.de\n.org a.com\nb.com")
@example("word https://t.co/" + "a" * 41)
@example("x" * 70 + ".com")
def test_one_pass_finds_what_the_rules_find(text: str) -> None:
    assert find_spans(text) == apply_rules(text)


@often
@given(st.lists(texts, max_size=5))
def test_a_batch_has_the_entities_of_its_texts(batch: list[str]) -> None:
    assert find_entities(batch) == [find_entities([text])[0] for text in batch]


@often
@given(texts, texts)
def test_what_stands_after_a_line_break_changes_nothing_before_it(text: str, more: str) -> None:
    found = find_spans(text)
    assert [span for span in find_spans(f"{text}\n{more}") if span[0] < len(text)] == found


def test_columns_hold_what_entities_hold() -> None:
    text = "#كابل via @Dana: TOLOnews.com $aapl \N{FIRE}"
    (columns,), (entities,) = find_columns([text]), find_entities([text])
    assert [(e.start, e.end, e.kind, e.value) for e in entities] == columns
    assert [value for *_, value in columns] == ["كابل", "dana", "https://TOLOnews.com", "AAPL", "\N{FIRE}"]


@pytest.mark.parametrize(
    ("kind", "surface", "value"),
    [
        ("url", "HTTPS://Example.org/A", "HTTPS://Example.org/A"),
        ("url", "httpd.example.org", "https://httpd.example.org"),
        ("email", "Desk@Example.org", "Desk@Example.org"),
        ("glued_hashtag", "＃ＫＡＢＵＬ", "kabul"),
    ],
)
def test_a_value_is_what_counts_as_the_same(kind: str, surface: str, value: str) -> None:
    assert entity_value(kind, surface) == value


def test_values_are_right_when_there_are_more_forms_than_are_kept() -> None:
    many = [f"@u{number}" for number in range(70_000)]
    assert [found[0].value for found in find_entities(many)] == [text[1:] for text in many]


@pytest.mark.parametrize("length", [63, 64])
def test_a_label_of_a_host_has_up_to_63_characters(length: int) -> None:
    plain, wide = "a" * length, "é" * 20 + "a" * (length - 28)
    assert bool(find_spans(f"http://{plain}.com")) is (length == 63)
    assert bool(find_spans(f"http://{wide}.com/x")) is (len("xn--" + wide.encode("punycode").decode()) <= 63)


@pytest.mark.parametrize(("size", "found"), [(4000, True), (4082, True), (4090, False)])
def test_a_link_has_up_to_4096_characters_with_its_scheme_twice(size: int, found: bool) -> None:
    assert bool(find_spans("http://" + "a.com/".ljust(size - 1, "b"))) is found
    assert bool(find_spans("a.com/".ljust(size, "b"))) is (size <= 4088)


def test_a_short_link_with_too_long_a_slug_is_none() -> None:
    assert find_spans("https://t.co/" + "a" * 40) == [(0, 53, "url")]
    assert find_spans("https://t.co/" + "a" * 41) == []


def test_every_top_level_domain_makes_a_link() -> None:
    for name in table.TLDS.split():
        wide = name[4:].encode().decode("punycode") if name.startswith("xn--") else name
        assert find_spans(f"https://harbour.{wide}/") == [(0, 17 + len(wide), "url")], name
        assert find_spans(f"https://harbour.{name}") == [(0, 16 + len(name), "url")], name


def test_every_sequence_of_the_emoji_package_is_found_whole() -> None:
    bare = {"\N{COPYRIGHT SIGN}", "\N{REGISTERED SIGN}", "\N{TRADE MARK SIGN}"}
    for sequence in emoji.EMOJI_DATA.keys() - bare:
        assert find_emoji(f"a {sequence}b") == [(2, 2 + len(sequence), "emoji")], sequence


HEART, FIRE, COOK = (
    "\N{HEAVY BLACK HEART}",
    "\N{FIRE}",
    "\N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\u200d\N{COOKING}",
)
PARTS = [
    HEART,
    FIRE,
    COOK,
    *COOK,
    "\u200d",
    "\ufe0f",
    "\ufe0e",
    "\u20e3",
    "1",
    "#",
    "a",
    " ",
    "\N{WAVING BLACK FLAG}",
    "\U000e0067",
]
PARTS += [
    "\N{REGIONAL INDICATOR SYMBOL LETTER L}",
    "\N{REGIONAL INDICATOR SYMBOL LETTER B}",
    "\N{COPYRIGHT SIGN}",
    "\N{MAN}",
]


@often
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
@example(f"{COOK}\u200d{COOK}\u200d{HEART}\ufe0f")
@example("\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\u200d\N{MAN}\u200d\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\u200d\N{FIRE}")
def test_emoji_are_those_of_the_emoji_package_but_for_two_rules(text: str) -> None:
    theirs = [(e["match_start"], e["match_end"]) for e in emoji.emoji_list(text) if e["emoji"] != "\N{COPYRIGHT SIGN}"]
    assert [span[:2] for span in sorted(find_emoji(text))] == [(a, b + text.startswith("\ufe0f", b)) for a, b in theirs]


SHAPES: dict[str, Callable[[int], str]] = {
    "hyphens": lambda n: "a-" * (n // 2) + ".com",
    "signs": lambda n: "#" * n,
    "handles": lambda n: "@a" * (n // 2),
    "glued hosts": lambda n: "a.com" * (n // 5),
    "glued tags": lambda n: "#a" * (n // 2),
    "Arabic letters": lambda n: "ب" * n + ".com",
    "labels": lambda n: "é." * (n // 2) + "com",
    "underscores": lambda n: "x.com_" * (n // 6),
    "ports": lambda n: "a.com:1" * (n // 7),
    "brackets": lambda n: "http://a.com/(a(a)a" * (n // 19),
    "marks": lambda n: "http://a.com/" + "!" * n,
    "pictures": lambda n: "pic.twitter.com/a" * (n // 17),
    "pictures in brackets": lambda n: "https://a.com/" + "(pic.twitter.com/a" * (n // 18),
    "picture hosts": lambda n: "a.compic.twitter.com/b" * (n // 22),
    "links in tags": lambda n: "#ahttp://x.co" * (n // 13),
    "addresses": lambda n: "a@b.com " * (n // 8),
    "local parts": lambda n: "a@" * (n // 2) + "b.com",
    "joined emoji": lambda n: "\N{MAN}\u200d\N{FIRE}" * (n // 3),
    "selectors": lambda n: "\N{HEAVY BLACK HEART}" + "\ufe0f" * n,
    "wide domains": lambda n: "a.中国b" * (n // 5),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_length_of_hostile_texts(shape: str) -> None:
    def seconds(size: int) -> float:
        text = SHAPES[shape](size)
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            find_spans(text)
            best = min(best, time.process_time() - start)
        return best

    find_spans("#a @b c.de \N{FIRE}")  # the tables are read
    size = 4_000
    while (once := seconds(size)) < 0.004 and size < 500_000:
        size *= 2
    # A quadratic rule takes sixteen times as long for four times the text.
    assert seconds(4 * size) <= 2.5**2 * once + 0.01


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("#AceNewsDesk", ("Ace", "News", "Desk")),
        ("#breaking_news__today", ("breaking", "news", "today")),
        ("#BBCNews24h", ("BBC", "News", "24", "h")),
        ("#COVID19Update", ("COVID19", "Update")),
        ("#2021Wahl", ("2021", "Wahl")),
        ("#ÉtéÀParis", ("Été", "À", "Paris")),
        ("#КиевДень", ("Киев", "День")),
        ("#كابلNews", ("كابل", "News")),
        ("#أَفْغَانِسْتَان_اليوم", ("أَفْغَانِسْتَان", "اليوم")),
        ("#می\u200cخواهم", ("می\u200cخواهم",)),
        ("＃東京・大阪", ("東京", "大阪")),
        ("#a", ("a",)),
        ("#A", ("A",)),
        ("#___", ()),
    ],
)
def test_a_tag_is_split_where_its_spelling_divides_it(tag: str, words: tuple[str, ...]) -> None:
    assert split_tag(tag) == words


@often
@given(texts)
def test_splitting_a_tag_loses_nothing_but_what_divides_words(tag: str) -> None:
    words = split_tag(tag)
    assert all(words)
    dividers = "_#＃\N{KATAKANA MIDDLE DOT}\N{MIDDLE DOT}\N{HEBREW PUNCTUATION MAQAF}\N{WAVE DASH}\N{FULLWIDTH TILDE}"
    keep = str.maketrans("", "", dividers)
    assert "".join(words).translate(keep) == tag.translate(keep)


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("#Taliban", None),
        ("#طالبان", None),
        ("#می\u200cخواهم", None),
        ("#कार्\u200dय", None),
        ("#Киев_Kyiv", None),
        ("#ЖивиBerlin", None),
        ("#كابلKabul", None),
        ("#T\N{CYRILLIC SMALL LETTER A}liban", "look-alike"),
        ("#\N{GREEK CAPITAL LETTER ALPHA}pple", "look-alike"),
        ("#Мocква", "look-alike"),
        ("#Tali\u200bban".replace("\u200b", "\u200d"), "joiner"),
        ("#News\u200c", "joiner"),
        ("#Tali\u202eban", "bidi-control"),
        ("#كابل\u200f", "bidi-control"),
    ],
)
def test_a_tag_that_is_not_what_it_looks_like_is_suspicious(tag: str, reason: str | None) -> None:
    assert suspicious(tag) == reason


def test_finding_entities_imports_nothing_heavy() -> None:
    code = "import sys, postscan.entities as e; e.find_spans('a.com'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert not {"emoji", "numpy", "pandas", "tldextract"} & set(done.stdout.split())


def test_the_official_javascript_agrees(tmp_path: Path) -> None:
    modules = Path(os.environ.get("POSTSCAN_NODE_MODULES", tmp_path))
    if not (modules / "twitter-text").is_dir():
        pytest.skip("set POSTSCAN_NODE_MODULES to a node_modules folder with twitter-text 3.1.0")
    script = Path(__file__).parents[1] / "benchmarks" / "twitter_text.py"
    done = subprocess.run(
        [sys.executable, script, modules, "--count", "4000"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
