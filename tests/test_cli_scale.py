"""Who scans, shards, and the verbs that look after a store, on the command line."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from postscan.cli import main
from postscan.store import write_run

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


SBATCH = """
import os, pathlib, re, subprocess, sys

codes = pathlib.Path("codes")
*options, last = sys.argv[1:]
if "--wrap" in options:
    (dependency,) = [option for option in options if option.startswith("--dependency=")]
    how, job = dependency.removeprefix("--dependency=").split(":")
    assert job == "1234"
    if how == "afterok" and codes.read_text().strip("0 "):
        sys.exit("DependencyNeverSatisfied")
    subprocess.run(["sh", "-c", last])
    sys.exit()
script = pathlib.Path(last).read_text()
(line,) = re.findall("^#SBATCH (.*)$", script, re.MULTILINE)
given = dict(option.removeprefix("--").split("=") for option in line.split())
first, final = map(int, given["array"].split("-"))
for task in range(first, final + 1):
    own = {"SLURM_ARRAY_TASK_ID": str(task), "SLURM_CPUS_PER_TASK": given["cpus-per-task"]}
    code = subprocess.run(["sh", last], env={**os.environ, **own}, stdout=sys.stderr).returncode
    codes.open("a").write(f"{code} ")
print("1234")
"""
"""What Slurm's command does with an array and with a job that depends on it, as far as the documented scripts go."""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_documented_slurm_scripts_make_the_run_of_one_machine(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
    array, submit = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    array = array.replace("array=1-8", "array=1-3").replace("/8", "/3")
    (tmp_path / "scan.sh").write_text(array, encoding="utf-8")
    commands = {
        "sbatch": f"#!{sys.executable}\n{SBATCH}",
        "postscan": f'#!/bin/sh\n{sys.executable} -m postscan "$@"\n',
    }
    (tmp_path / "bin").mkdir()
    for name, text in commands.items():
        (tmp_path / "bin" / name).write_text(text, encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "posts").mkdir()
    rows = [json.dumps({"text": f"Post {n} on #flood{n % 3}", "note": "x" * 100_000}) for n in range(60)]
    (tmp_path / "posts" / "posts.jsonl").write_text("\n".join([*rows, "{broken"]), encoding="utf-8")
    for script in (array, submit):
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["bash", "-e"], input=submit, text=True, check=True, cwd=tmp_path, env=environment, timeout=200)
    assert (tmp_path / "codes").read_text().split() == ["0", "0", "1"]
    assert (tmp_path / "out" / "report.html").exists()
    whole = write_run(tmp_path / "posts", tmp_path / "one")
    assert len(whole["commits"]) > 2
    assert data(tmp_path / "out") == data(tmp_path / "one")


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
