"""The options that choose posts and say how they are counted, on the command line; none scans anything again."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from postscan.cli import main
from postscan.corpus import load

ROWS: list[dict[str, Any]] = [
    {"platform": "x", "id": "1", "text": "The gate at #Masna is open.", "created": "2021-08-06T22:30:00Z", "likes": 3},
    {"platform": "x", "id": "2", "text": "Still open: #masna and #Kaa", "created": "2021-08-09"},
    {"platform": "x", "id": "3", "text": "Open again: #masna and #Kaa", "repost_of": "2", "created": "2021-08-10"},
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counts")
    (folder / "posts.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    command = [sys.executable, "-m", "postscan", str(folder / "posts.jsonl"), "-o", str(folder / "out")]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "out"


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(args)
    return int(str(end.value.code))


def table(out: Path, name: str) -> list[dict[str, str]]:
    text = (out / "tables" / f"{name}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_report_counts_again_under_every_option_and_scans_nothing(out: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (out / "data").rglob("*")}
    code = run(
        "report", str(out), "--since", "2021-08-07", "--until", "2021-08-10", "--tz", "Asia/Beirut", "--by", "day",
        "--where", "id <> '9'", "--count", "all", "--reposts", "without", "--duplicates", "without", "--unit", "story",
        "--merge", "none", "--weight", "likes", "--dates", "metadata,id", "--gap", "2021-08-08..2021-08-08",
        "--ui", "en", "--top", "5", "--chart-format", "svg",
    )  # fmt: skip
    assert code == 0
    rows = table(out, "hashtags")
    assert [(row["hashtag"], row["likes"], row["stories"], row["posts"]) for row in rows] == [
        ("Masna", "3", "1", "1"), ("Kaa", "0", "1", "1"), ("masna", "0", "1", "1")
    ]  # fmt: skip
    assert before == {path: path.stat().st_mtime_ns for path in (out / "data").rglob("*")}
    page = (out / "report.html").read_text(encoding="utf-8")
    for words in ("only posts from 2021-08-07 to 2021-08-10", "times in Asia/Beirut", "1 repost left out",
                  "no data from 2021-08-08 to 2021-08-08", "sorted by likes, share is of 3 likes"):  # fmt: skip
        assert words in page, words


def test_scan_takes_the_same_options(out: Path, tmp_path: Path) -> None:
    assert run(str(out.parent / "posts.jsonl"), "-o", str(tmp_path / "out"), "--reposts", "only") == 0
    assert {row["posts"] for row in table(tmp_path / "out", "hashtags")} == {"1"}
    with load(tmp_path / "out") as corpus:
        assert len(corpus.posts) == len(ROWS)


def test_posts_takes_the_options_that_choose_posts_and_uses(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def ids(*args: str) -> list[str]:
        assert run("posts", str(out), *args, "--format", "jsonl") == 0
        return [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]

    assert ids("tag=masna") == ["1", "2", "3"]
    assert ids("tag=masna", "--reposts", "without") == ["1", "2"]
    assert ids("tag=masna", "period=2021-W32") == ["2", "3"]
    assert ids("period=2021-08-07", "--tz", "Asia/Beirut") == ["1"]
    assert ids("tag=#Masna", "--merge", "none") == ["1"]
    assert ids("tag=masna", "--where", "likes > 2") == ["1"]
    assert ids("tag=kaa", "tag=masna", "--until", "2021-08-09") == ["1", "2", "2"]
    assert ids("tag=kaa", "--count", "embedded") == []


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--tz", "Beirut"), "did you mean Asia/Beirut?"),
        (("--dates", "file"), "the times of files are not kept"),
        (("--where", "likse > 3"), "likse"),
        (("--since", "2021-13"), "is no day or time"),
        (("--gap", "2021-08-12..2021-08-10"), "write its first and its last day"),
        (("--reposts", "none"), "is not one of"),
    ],
)
def test_wrong_options_are_told_before_anything_is_scanned(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], args: tuple[str, ...], message: str
) -> None:
    assert run(str(out.parent / "posts.jsonl"), "-o", str(tmp_path / "new"), *args) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
    assert run("report", str(out), *args) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("tga=kabul", "did you mean tag=?"),
        ("period=soon", "is no day or time"),
        ("tag=", "write NAME=VALUE"),
    ],
)
def test_wrong_conditions_are_told(out: Path, capsys: pytest.CaptureFixture[str], condition: str, message: str) -> None:
    assert run("posts", str(out), condition) == 2
    assert message in capsys.readouterr().err


def test_period_is_named_once(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("posts", str(out), "period=2021", "period=2022") == 2
    assert "period can be named once" in capsys.readouterr().err
