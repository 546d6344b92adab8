"""The terminal: right to left where it should be, aligned, and deaf to what posts hold."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import postscan
from postscan.corpus import Corpus
from postscan.model import Block, Embed, Entity, Post, Scan, Source
from postscan.terminal import (
    cell,
    clean,
    is_rtl,
    make_console,
    print_evidence,
    print_scan,
    print_summary,
    resolve_bidi,
    show_progress,
    visual,
)

ISOLATE, POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def __init__(self, encoding: str = "utf-8", *, terminal: bool = True) -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def written(self) -> str:
        self.flush()
        data: bytes = self.buffer.getvalue()  # type: ignore[attr-defined]
        return data.decode(self.encoding)


@pytest.fixture(autouse=True)
def _a_terminal_with_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("posts")
    posts = [
        {"text": "Smoke over the harbour #Port", "id": "1", "platform": "x", "created": "2026-07-01"},
        {"text": "دخان فوق الميناء #ميناء #Port", "id": "2", "platform": "x", "created": "2026-07-02"},
        {"text": "دخان فوق الميناء مرة اخرى #ميناء", "id": "2", "platform": "x", "created": "2026-07-03"},
        {"text": "Odd \x1b[31m\x1b]0;title\x07 words \u202e#reversed", "id": "\x1b[2J3"},
    ]
    path = folder / "posts.jsonl"
    path.write_text("\n".join(json.dumps(post) for post in posts) + "\n{broken", encoding="utf-8")
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0picture")
    return postscan.scan_all(folder)


def summary(corpus: Corpus, stream: Terminal, **options: object) -> str:
    print_summary(corpus, make_console(stream, width=100), **options)  # type: ignore[arg-type]
    return stream.written()


def test_the_summary_says_what_was_read_and_what_was_not(corpus: Corpus) -> None:
    text = summary(corpus, Terminal(terminal=False), report="out")
    assert "4 posts in 2 files" in text
    assert "2026-07-01 to 2026-07-03" in text
    assert re.search(r"1 record skipped: \S", text)
    assert "1 problem: could not be read" in text
    assert "1 record left out for a later one with the same platform and id" in text
    assert re.search(r"  1  ━+ +#Port\n", text)
    assert "Report: " + str(Path("out", "report.html")) in text
    assert corpus.run_id in text


def test_nothing_in_a_pipe_is_a_control(corpus: Corpus) -> None:
    text = summary(corpus, Terminal("latin-1", terminal=False))
    assert "#ميناء" in text, "UTF-8, whatever the locale says"
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)


def test_on_a_terminal_a_right_to_left_name_stands_in_an_isolate(corpus: Corpus) -> None:
    text = summary(corpus, Terminal())
    assert f"{ISOLATE}#ميناء{POP}" in text
    assert f"{ISOLATE}#Port" not in text
    assert "\x1b[8l" not in text


def test_visual_switches_the_terminals_own_order_off_and_on_again(corpus: Corpus) -> None:
    text = summary(corpus, Terminal(), bidi="visual")
    assert text.startswith("\x1b[8l")
    assert text.endswith("\x1b[8h")
    assert "\ufe80\ufe8e\ufee8\ufef4\ufee3#" in text
    assert "\x1b[8l" not in summary(corpus, Terminal(terminal=False), bidi="visual")


def test_a_console_that_lacks_letters_gets_question_marks_not_an_error(corpus: Corpus) -> None:
    text = summary(corpus, Terminal("cp1252"))
    assert re.search(r"1  .*=+.*  #\?{5}\r?\n", text)


def test_a_corpus_without_tags_and_credits_says_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("12 34", encoding="utf-8")
    text = summary(postscan.scan_all(tmp_path), Terminal(terminal=False))
    assert text.count("   none") == 2
    assert "1 post in 1 file\n" in text


def test_evidence_is_the_place_and_the_words_around(corpus: Corpus) -> None:
    stream = Terminal()
    print_evidence(corpus.evidence(tag="ميناء"), make_console(stream, width=100))
    text = re.sub(r"\x1b\[[0-9;]*m", "", stream.written())
    assert text.startswith("1 use in 1 post\n")
    assert re.search(r"posts\.jsonl#2  2026-07-03  own\n    \u2068دخان فوق الميناء مرة اخرى #ميناء\u2069\n", text)


def test_one_post_is_shown_with_its_layers_and_reasons() -> None:
    text = "Title\n\nميناء " * 3 + "\x1b[2J"
    embed = Embed("x", 7, 12, 7, 12, "Noor", "noor", "2026-06-30", None, (), "named")
    scan = Scan(
        Post("p1", text), "2026-07-01", "byline", "ar", "ar",
        (Block("headline", 0, 5, 0, "short line"), Block("embed", 7, 12, 0, "named"), Block("odd", 13, 41, 1, "rest?")),
        (embed,), (Entity("hashtag", 0, 5, "title"),), (), (Source("outlet", 7, 12, None, "key", "told"),),
    )  # fmt: skip
    stream = Terminal()
    print_scan(scan, make_console(stream, width=60), bidi="isolate")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", stream.written())
    assert shown.startswith("p1   2026-07-01 (from byline)   language ar, mainly ar\n")
    assert "headline   story 0   rule short line\n    Title\n      hashtag title:  Title\n" in shown
    assert "      post of Noor @noor, x, 2026-06-30, rule named\n" in shown
    assert f"      credited, outlet, key, rule told:  {ISOLATE}ميناء{POP}\n" in shown
    assert "odd   story 1   rule rest?" in shown
    assert "\x1b" not in shown


def test_entities_of_a_shown_post_are_underlined_and_long_lines_wrapped() -> None:
    stream = Terminal()
    text = "word " * 20 + "then #kabul and " + "خبر " * 20 + "#كابل"
    print_scan(postscan.scan(text), make_console(stream, width=60), bidi="isolate")
    shown = stream.written()
    assert re.search(r"\x1b\[[0-9;]*4[;m][^\x1b]*#kabul\x1b", shown)
    assert re.search(r"\x1b\[[0-9;]*4[;m][^\x1b]*#كابل\x1b", shown)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert max(len(line) for line in plain.split("\n")) <= 64
    assert "".join(plain.split()).count("خبر") == 20


@given(st.text())
@settings(max_examples=200)
def test_clean_text_is_one_line_without_commands(text: str) -> None:
    safe = clean(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", safe)
    safe.encode("utf-8")
    for bidi in ("logical", "isolate", "visual"):
        assert cell(text, bidi) is not None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("#كابول", "\ufedd\ufeee\ufe91\ufe8e\ufedb#"),
        ("سلام", "\ufee1\ufefc\ufeb3"),
        ("(ب) a", "a (\ufe8f)"),
        ("a (ب) [c]", "a (\ufe8f) [c]"),
        ("«ب»", "«\ufe8f»"),
        ("ب 12", "12 \ufe8f"),
        ("مُ", "\u064f\ufee1"),
    ],
)
def test_visual_order_joins_letters_and_mirrors_brackets(text: str, shown: str) -> None:
    assert visual(text) == shown


def test_bidi_is_chosen_by_the_console() -> None:
    assert resolve_bidi("auto", make_console(Terminal())) == "isolate"
    assert resolve_bidi("auto", make_console(Terminal("cp1252"))) == "logical"
    assert resolve_bidi("auto", make_console(Terminal(terminal=False))) == "logical"
    assert resolve_bidi("visual", make_console(Terminal(terminal=False))) == "visual"
    assert make_console(io.StringIO()).encoding == "utf-8"
    assert is_rtl("a ב")
    assert not is_rtl("a 1")


def test_progress_is_a_bar_on_a_terminal() -> None:
    stream = Terminal()
    with show_progress(stream) as report:
        report(0, 2_000_000)
        report(2_000_000, 2_000_000)
    assert "reading" in stream.written()
    assert "2.0/2.0 MB" in stream.written()


def test_progress_elsewhere_is_a_line_now_and_then() -> None:
    stream = Terminal(terminal=False)
    with show_progress(stream, every=0) as report:
        for done in (0, 500_000, 1_000_000):
            report(done, 1_000_000)
    assert stream.written() == "postscan: 50% of 1.0 MB read, about 1 min left\n"
    quiet = Terminal(terminal=False)
    with show_progress(quiet) as report:
        report(1, 2)
    assert not quiet.written()
