"""The terminal: right to left where it should be, aligned, and deaf to what posts hold."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import postscan
from postscan.corpus import Corpus
from postscan.model import Block, Embed, Entity, Post, Scan, Source
from postscan.terminal import (
    cell,
    clean,
    find_emulator,
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


NAMES = (
    *("TMUX", "STY", "ZELLIJ", "INSIDE_EMACS", "TERM", "TERM_PROGRAM", "TERMINAL_EMULATOR", "MLTERM", "WT_SESSION"),
    *("XTERM_VERSION", "KONSOLE_VERSION", "VTE_VERSION", "NO_COLOR", "FORCE_COLOR"),
)


@pytest.fixture(autouse=True)
def _a_terminal_with_colours_that_orders_text(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("VTE_VERSION", "7006")


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
    assert "The posts behind a figure: postscan posts out tag=NAME" in text
    assert re.search(r"When, in posts a day   2026-07-01 to 2026-07-03, most \(1\) on 2026-07-01\n  █ █\n", text)
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
    assert re.search(r"posts\.jsonl#2  2026-07-03  own\n    \u2067دخان فوق الميناء مرة اخرى #ميناء\u2069\n", text)


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
    assert re.search(r"\x1b\[[0-9;]*4[;m][^\x1b]*#kabul\u2069\x1b", shown)
    assert re.search(r"\x1b\[[0-9;]*4[;m][^\x1b]*#كابل\u2069\x1b", shown)
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
    assert resolve_bidi("auto", make_console(Terminal())) == ("isolate", None)
    assert resolve_bidi("auto", make_console(Terminal("cp1252"))) == ("logical", None)
    assert resolve_bidi("auto", make_console(Terminal(terminal=False))) == ("logical", None)
    assert resolve_bidi("visual", make_console(Terminal(terminal=False))) == ("visual", None)
    assert resolve_bidi("auto", make_console(Terminal()), {"TERM": "alacritty"}) == ("visual", None)
    assert make_console(io.StringIO()).encoding == "utf-8"
    assert is_rtl("a ב")
    assert not is_rtl("a 1")


def test_the_summary_counts_what_was_chosen_and_says_so(corpus: Corpus) -> None:
    chosen = corpus.select(since="2026-07-01", until="2026-07-03")
    text = summary(chosen, Terminal(terminal=False), report="out", counting={"count": "all", "by": None})
    assert "4 posts in 2 files\n  2 posts of them chosen, 2026-07-01 to 2026-07-03\n" in text
    assert re.search(r"  1  ━+  #Port\n +1  ━+ +#ميناء\n  Hashtags anywhere in the posts of 2 posts", text)
    assert "postscan posts out --since 2026-07-01 --until 2026-07-03 --count all tag=NAME" in text


@pytest.mark.parametrize(
    ("days", "by", "shown"),
    [
        (("2026-07-01", "2026-07-03"), None, "a day   2026-07-01 to 2026-07-03, most (1) on 2026-07-01\n  █ █\n"),
        (("2026-07-01", "2026-07-08", "2026-07-09"), "week", "(2) in the week of 2026-07-06\n  ▄█\n"),
        (
            ("2024-01-05", "2026-07-08", "2026-07-09"),
            "day",
            "a month   2024-01-05 to 2026-07-09, most (2) in 2026-07",
        ),
        (("2001-01-05", "2026-07-08", "2026-07-09"), None, "a month   2019-06-01 to 2026-07-09, most (2) in 2026-07"),
        (("2026-07-01",), None, ""),
        ((), None, ""),
    ],
)
def test_steps_show_when_in_what_fits_the_line(
    tmp_path: Path, days: tuple[str, ...], by: str | None, shown: str
) -> None:
    rows = [{"text": f"Gate {n}", "created": day} for n, day in enumerate(days)] or [{"text": "Gate"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with postscan.scan_all(tmp_path, progress=False) as dated:
        stream = Terminal(terminal=False)
        print_summary(dated, make_console(stream, width=88), counting={"by": by})
    text = stream.written()
    assert shown in text
    assert ("When" in text) == bool(shown)
    assert max(map(cell_len, text.splitlines())) <= 88


def test_days_that_the_data_does_not_cover_are_dots(corpus: Corpus) -> None:
    text = summary(corpus.select(gaps=[("2026-07-02", "2026-07-02")]), Terminal(terminal=False))
    assert "; · not covered\n  █·█\n" in text


def test_a_pipe_holds_no_isolates_also_where_colours_are_asked_for(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = summary(corpus, Terminal(terminal=False))
    assert "\x1b[" in text
    assert not re.search(r"[\u2066-\u2069]", text)


@pytest.mark.parametrize(
    ("environ", "bidi", "sure"),
    [
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, "isolate", True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "5202"}, "visual", True),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "221203"}, "isolate", True),
        ({"TERM": "xterm", "XTERM_VERSION": "XTerm(379)", "VTE_VERSION": "7006"}, "visual", True),
        ({"TERM": "xterm-256color", "WT_SESSION": "8f2c"}, "visual", True),
        ({"OS": "Windows_NT", "WT_SESSION": "8f2c"}, "visual", True),
        ({"OS": "Windows_NT"}, "logical", False),
        ({"TERM": "alacritty", "VTE_VERSION": "7006"}, "visual", True),
        ({"TERM": "foot-extra"}, "visual", True),
        ({"TERM": "xterm-kitty"}, "logical", False),
        ({"TERM": "linux"}, "logical", False),
        ({"TERM": "xterm", "MLTERM": "3.9.0"}, "logical", True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, "visual", True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "isolate", False),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0", "VTE_VERSION": "7006"}, "isolate", False),
        ({"TERM": "screen", "STY": "12.pts"}, "isolate", False),
        ({"TERM": "xterm-256color"}, "isolate", False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "", "TMUX": ""}, "isolate", False),
        ({"VTE_VERSION": "what"}, "isolate", True),
        ({}, "isolate", False),
    ],
)
def test_the_environment_tells_which_terminal_it_is(environ: dict[str, str], bidi: str, sure: bool) -> None:
    found = find_emulator(environ)
    assert (found.bidi, found.sure) == (bidi, sure)


@pytest.mark.parametrize(
    ("environ", "advice"),
    [
        ({"TMUX": "/tmp/tmux,1,0"}, "tmux, which hides the terminal around it: .* add --bidi visual"),
        ({"TERM_PROGRAM": "WezTerm"}, "WezTerm, where ordering is an option: .* add --bidi logical"),
    ],
)
def test_one_remark_where_the_order_may_be_wrong(
    corpus: Corpus,
    environ: dict[str, str],
    advice: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    caplog.set_level(logging.INFO, "postscan")
    summary(corpus, Terminal())
    (message,) = caplog.messages
    assert re.fullmatch(advice, message)


def test_no_remark_without_right_to_left_letters_or_doubt(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "postscan")
    summary(corpus, Terminal())
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")
    summary(corpus, Terminal(terminal=False))
    summary(corpus, Terminal(), bidi="isolate")
    print_scan(postscan.scan("Quiet at the gate"), make_console(Terminal()))
    assert not caplog.messages


def test_every_name_of_the_summary_begins_in_one_column(corpus: Corpus) -> None:
    for bidi in ("logical", "isolate", "visual"):
        text = re.sub(r"\x1b\[[0-9;]*[mlh]", "", summary(corpus, Terminal(), bidi=bidi))
        rows = [line for line in text.splitlines() if "━" in line]
        before = {cell_len(re.match(r" *[\d<%]+ +━+ *", row)[0]) for row in rows}  # type: ignore[index]
        assert len(rows) >= 4
        assert len(before) == 1


def test_lines_of_an_arabic_paragraph_are_wrapped_before_they_are_ordered() -> None:
    text = "قال شهود " + "إن الطريق مغلق " * 8 + "Reuters"
    lines = shown_lines(text, "visual")
    first, last = lines[3], lines[-2]
    assert first.endswith(visual("قال شهود")), "it begins at the right, in the first line"
    assert last.strip().startswith("Reuters")
    assert max(map(cell_len, lines)) <= 60


def test_a_handle_in_an_arabic_line_keeps_its_sign_at_its_left() -> None:
    assert "@noor_k" in shown_lines("خبر عاجل @noor_k من الميناء", "visual")[3]
    assert f"{ISOLATE}@noor_k{POP}" in shown_lines("خبر عاجل @noor_k من الميناء", "isolate")[3]
    (line,) = (line for line in shown_lines("AFP: خبر عاجل من الميناء الآن", "isolate") if "AFP: " in line)
    assert line.strip().startswith("\N{RIGHT-TO-LEFT ISOLATE}AFP"), "the block's direction, not the first letter's"


def shown_lines(text: str, bidi: str) -> list[str]:
    stream = Terminal()
    print_scan(postscan.scan(text), make_console(stream, width=60), bidi=bidi)
    return re.sub(r"\x1b\[[0-9;]*[mlh]", "", stream.written()).splitlines()


HOSTILE = "Odd\x1b[2J\x1b]0;pwned\x07 \x9b31m\x85\u202e\u2066\u200f words #\u202etag @a\x1b[8mb خبر\x00 https://a.example/\x1b[1m"


def test_what_a_post_holds_reaches_no_terminal_as_a_command(tmp_path: Path) -> None:
    post = Post("\x1b]0;id\x07", HOSTILE, author="\x9b2J\u202eauthor")
    embed = Embed("x\x1b[1m", 0, 9, 0, 9, "\x1b[1mNoor", "a\x07b", "\x1b[0m", None, (), "rule\x1b[5m")
    scan = postscan.scan(post)
    odd = Scan(post, "\x1b[1m", "\x9b", "en", "en", scan.blocks, (embed,), scan.entities, (), scan.sources)
    for one in (scan, odd):
        stream = Terminal()
        print_scan(one, make_console(stream, width=80), bidi="logical")
        assert not re.search(
            r"[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u200f\u202a-\u202e\u2066]", stream.written()
        )
        assert set(re.findall(r"\x1b[^m]*.", stream.written())) <= OUR_OWN
    (tmp_path / "posts.jsonl").write_text(json.dumps({"text": f"{HOSTILE} #tag", "id": "\x1b"}), encoding="utf-8")
    with postscan.scan_all(tmp_path, progress=False) as hostile:
        stream = Terminal()
        print_summary(hostile, make_console(stream, width=80), bidi="logical")
        print_evidence(hostile.evidence(tag="tag"), make_console(stream, width=80), bidi="logical")
    assert set(re.findall(r"\x1b[^m]*.", stream.written())) <= OUR_OWN


OUR_OWN = {f"\x1b[{style}m" for style in ("0", "1", "2", "4", "7", "33", "34", "35", "36", "1;34", "2;33", "2;36")} | {
    f"\x1b[{weight}{style}m" for weight in ("1;", "2;", "4;", "7;", "1;7;", "2;7;") for style in range(30, 38)
}


@pytest.fixture
def pane(tmp_path: Path) -> Iterator[Pane]:
    tmux = shutil.which("tmux")
    if tmux is None:
        pytest.skip("tmux, a real terminal that can be read, is not installed")
    shown = Pane(tmux, tmp_path)
    yield shown
    shown("kill-server", check=False)


class Pane:
    """A tmux of our own."""

    def __init__(self, tmux: str, folder: Path) -> None:
        self.command = [tmux, "-u", "-S", str(folder / "socket"), "-f", os.devnull]

    def __call__(self, *args: str, check: bool = True) -> str:
        done = subprocess.run([*self.command, *args], capture_output=True, check=check, encoding="utf-8")
        return done.stdout

    def run(self, command: str) -> list[str]:
        """The screen after a command."""
        end = uuid.uuid4().hex
        self("new-session", "-d", "-x", "90", "-y", "50", f"{command}; echo {end}; sleep 60")
        for _ in range(300):
            screen = self("capture-pane", "-p")
            if end in screen:
                return screen.partition(end)[0].splitlines()
            time.sleep(0.1)
        raise AssertionError(screen)


def test_a_real_terminal_shows_columns_in_line_and_obeys_no_post(pane: Pane, tmp_path: Path) -> None:
    script = tmp_path / "show.py"
    script.write_text(
        "import postscan, pandas as pd\n"
        "from postscan.terminal import make_console, print_scan\n"
        "from postscan.terminal.console import print_lines\n"
        "from postscan.terminal.summary import _bars\n"
        "console = make_console()\n"
        "rows = [('#Port', 12), ('#ميناء', 9), ('#مُحَمَّد', 8), ('#می\u200cرود', 7), ('#🇦🇫👩\u200d👧', 3), ('#港口', 2)]\n"
        "print_lines(console, 'isolate', lambda mode: _bars({'': rows}, console, mode))\n"
        f"print_scan(postscan.scan({HOSTILE!r}), console, bidi='isolate')\n",
        encoding="utf-8",
    )
    lines = pane.run(f"LC_ALL=C.UTF-8 PYTHONPATH={':'.join(filter(None, sys.path))} {sys.executable} {script}")
    rows = [line for line in lines if "━" in line]
    assert [line.split()[0] for line in rows] == ["12", "9", "8", "7", "3", "2"]
    assert {line.replace(ISOLATE, "").index("#") for line in rows} == {31}
    assert any("Odd" in line for line in lines), "the post did not clear the screen"
    assert "pwned" not in pane("display-message", "-p", "#{pane_title}")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_lacks_letters_gets_no_traceback(tmp_path: Path, encoding: str) -> None:
    import pty

    post = tmp_path / "خبر.txt"
    post.write_text("خبر عاجل – “#كابول” 🇦🇫", encoding="utf-8")
    ours, theirs = pty.openpty()
    console = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "TERM": "xterm", "LC_ALL": "C", "COLUMNS": "80"}
    command = [sys.executable, "-m", "postscan", "show", str(post)]
    with open(ours, "rb", buffering=0) as screen:  # noqa: PTH123
        done = subprocess.run(
            command, env={**os.environ, **console}, stdout=theirs, stderr=subprocess.PIPE, check=False
        )
        os.close(theirs)
        shown = screen.read(4000).decode(encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "hashtag ?????:  #?????" in re.sub(r"\x1b\[[0-9;]*m", "", shown)


def test_progress_is_a_bar_on_a_terminal() -> None:
    stream = Terminal()
    with show_progress(stream) as report:
        report(0, 2_000_000, 0)
        time.sleep(0.01)
        report(2_000_000, 2_000_000, 9000)
    written = stream.written()
    assert "reading" in written
    assert "2.0/2.0 MB" in written
    assert re.search(r"[\d,]+ posts/s, [\d,.]+ MB/s", written)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_progress_needs_no_letter_that_a_console_lacks(encoding: str) -> None:
    stream = Terminal(encoding)
    with show_progress(stream) as report:
        report(1_000_000, 2_000_000, 10)
    assert "1.0/2.0 MB" in stream.written()


def test_progress_elsewhere_is_a_line_now_and_then() -> None:
    stream = Terminal(terminal=False)
    with show_progress(stream, every=0) as report:
        for done in (0, 500_000, 1_000_000):
            time.sleep(0.01)
            report(done, 1_000_000, done // 100)
    (line,) = stream.written().splitlines()
    assert re.fullmatch(r"postscan: 50% of 1\.0 MB read, [\d,]+ posts/s, [\d,.]+ MB/s, about 1 min left", line)
    quiet = Terminal(terminal=False)
    with show_progress(quiet) as report:
        report(1, 2, 0)
    assert not quiet.written()
