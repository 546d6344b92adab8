"""Who scans, shards, and the verbs that look after a store, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from postscan.cli import main

SIZE = "3000"


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    rows = (json.dumps({"text": f"Post {n} on #flood{n % 5}: the bridge holds."}) for n in range(200))
    (tmp_path / "posts.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path / "posts.jsonl"


class Said:
    """What a call ended with, and what it said."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


def run(capture: pytest.CaptureFixture[str], *args: str | Path) -> Said:
    with pytest.raises(SystemExit) as end:
        main([str(arg) for arg in args])
    out, err = capture.readouterr()
    return Said(int(str(end.value.code)), out, err)


def data(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in (folder / "data").rglob("*") if p.is_file()}


def test_processes_and_shards_write_what_one_process_does(
    posts: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one = run(capfd, posts, "-o", tmp_path / "one", "--slice-size", SIZE, "--jobs", "1", "--chart-format", "svg")
    assert one.code == 0
    two = run(capfd, posts, "-o", tmp_path / "two", "--slice-size", SIZE, "--jobs", "2", "--chart-format", "svg")
    assert "2 processes scan" in two.err
    assert data(tmp_path / "two") == data(tmp_path / "one")
    out = tmp_path / "three"
    first = run(capfd, posts, "-o", out, "--slice-size", SIZE, "--shard", "2/2")
    assert first.code == 0
    assert "still missing: 1/2" in first.err
    assert not (out / "report.html").exists()
    partial = run(capfd, "report", out, "--chart-format", "svg")
    assert "shards are missing (1/2); the report is of the others" in partial.err
    assert "1/2" in (out / "report.html").read_text(encoding="utf-8")
    last = run(capfd, posts, "-o", out, "--slice-size", SIZE, "--shard", "1/2")
    assert "all are there; join them: postscan report" in last.err
    assert run(capfd, "report", out, "--chart-format", "svg").code == 0
    assert data(out) == data(tmp_path / "one")


@pytest.mark.parametrize("shard", ["3", "0/2", "3/2", "a/b"])
def test_shard_that_cannot_be_is_told(shard: str, posts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = run(capfd, posts, "--shard", shard)
    assert said.code == 2
    assert "write I/N" in said.err


def test_cluster_that_does_not_answer_is_told(posts: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("distributed")
    said = run(capfd, posts, "-o", tmp_path / "out", "--dask", "nonsense://1")
    assert said.code == 2
    assert "no Dask scheduler answers" in said.err


def test_store_is_verified_cleaned_and_its_run_made_again(
    posts: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    run(capfd, posts, "-o", out, "--detect", "en", "--chart-format", "svg")
    run(capfd, posts, "-o", out, "--chart-format", "svg")
    assert "the store is whole" in run(capfd, "verify", out).out
    assert " files deleted" in run(capfd, "clean", out).out
    assert "0 files deleted" in run(capfd, "clean", out).out
    again = run(capfd, "rerun", out / "data" / "run.json", posts, "-o", tmp_path / "again", "--jobs", "1")
    assert again.code == 0
    assert "every byte is the same" in again.out
    posts.write_text('{"text": "Another post."}\n', encoding="utf-8")
    other = run(capfd, "rerun", out, posts, "-o", tmp_path / "other")
    assert other.code == 1
    assert "posts.jsonl has changed" in other.out
    assert "kept: 200 then, 1 now" in other.out


def test_help_of_scan_points_to_that_of_report(capfd: pytest.CaptureFixture[str]) -> None:
    scan, report = run(capfd, "scan", "--help").out, run(capfd, "report", "--help").out
    assert "--reposts" not in scan
    assert "All options of `postscan report` work here too" in scan
    assert "--reposts" in report
