"""Progress of a scan in Python: a bar on a terminal, a line now and then elsewhere, or what the caller wants."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from postscan.corpus import Summary, scan_all
from postscan.corpus.overview import overview_html
from postscan.progress import show_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(json.dumps({"text": f"Gate {n} #open"}) + "\n" for n in range(1200)), encoding="utf-8")
    return path


def test_scan_all_shows_a_bar_on_a_terminal(posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream := Terminal())
    scan_all(posts).close()
    assert "reading" in stream.getvalue()


@pytest.mark.parametrize("progress", [False, None])
def test_scan_all_shows_nothing_when_told_so(
    posts: Path, progress: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream := Terminal())
    scan_all(posts, progress=progress).close()
    assert stream.getvalue() == ""


def test_scan_all_calls_a_function_with_what_is_done(posts: Path) -> None:
    seen: list[tuple[int, int, int]] = []
    scan_all(posts, progress=lambda *figures: seen.append(figures)).close()
    size = posts.stat().st_size
    assert seen[0] == (0, size, 0)
    assert seen[-1] == (size, size, 1200)


def test_nothing_is_shown_where_nothing_is_scanned(
    posts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan_all(posts, out=tmp_path / "out").close()
    monkeypatch.setattr(sys, "stderr", stream := Terminal())
    scan_all(posts, out=tmp_path / "out").close()
    assert stream.getvalue() == ""


def test_a_closed_standard_error_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with show_progress(every=0) as report:
        report(1, 2, 0)


def test_corpus_shows_itself_in_a_notebook(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text(
        '{"text": "The gate is open again, drivers told Reuters on Monday. #كابول"}\n{"text": 5}\n', encoding="utf-8"
    )
    with scan_all(tmp_path / "posts.jsonl") as corpus:
        shown = corpus._repr_html_()
    assert "<b><bdi>1 post in 1 file</bdi></b>" in shown
    assert f"<bdi>0 records skipped · 1 problem · 1 post without a date · run {corpus.run_id}</bdi>" in shown
    assert re.search(r">1</span> .*<bdi>#كابول</bdi></span></div>", shown)
    assert "<bdi>Reuters</bdi>" in shown
    assert "<bdi>English</bdi>" in shown


def test_every_style_of_the_overview_holds_for_the_overview_alone() -> None:
    summary = Summary("r", 1, 1, 1, {}, {}, 1, 2, 0, 0, None, None, 0, 0, {}, {}, ())
    shown = overview_html(summary, {})
    sheet = re.search(r"<style>(.*)</style>", shown, re.DOTALL)
    assert sheet is not None
    assert all(rule.startswith(".ps-overview") for rule in sheet[1].split("\n") if rule)
    assert "2 records left out for a later one with its id" in shown


def test_names_in_a_notebook_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text('{"text": "Smoke", "created": "2021-08-06"}\n', encoding="utf-8")
    with scan_all(tmp_path / "posts.jsonl") as corpus:
        frame = pd.DataFrame({"name": ["<script>\x1b[2J\x9b", "odd"], "posts": [1, 0]})
        shown = overview_html(corpus.summary(), {"<i>": ("name", frame)})
        assert "<bdi>&lt;script&gt;\ufffd[2J\ufffd</bdi>" in shown
        assert "<b><bdi>&lt;i&gt;</bdi></b>" in shown
        assert "2021-08-06 to 2021-08-06" in shown
        assert "<div>none</div>" in corpus._repr_html_()


def test_share_of_letters_is_of_all_letters_also_of_the_first_rows(tmp_path: Path) -> None:
    texts = ("The gate is open again, drivers say today.", "المعبر مفتوح اليوم والسائقون ينتظرون في الصف الطويل")
    (tmp_path / "posts.jsonl").write_text("".join(json.dumps({"text": t}) + "\n" for t in texts), encoding="utf-8")
    with scan_all(tmp_path / "posts.jsonl") as corpus:
        whole, first = corpus.language_shares(), corpus.language_shares(top=1)
    assert len(whole) == 2
    assert first["share"].tolist() == whole["share"].head(1).tolist()
    assert 0 < first["share"].iloc[0] < 1


def test_summary_of_very_many_problems_stays_small(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text("5\n" * 1500 + '{"text": "Smoke"}\n', encoding="utf-8")
    with scan_all(tmp_path / "posts.jsonl") as corpus:
        problems = corpus.summary().problems
    assert len(problems) == 1001
    assert problems["…"] == 500
    assert sum(problems.values()) == 1500
