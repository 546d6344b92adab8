"""The command line: what it writes, says, and ends with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from postscan.cli import main

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"


class Done:
    """What a call ended with: code, standard output, standard error."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    return Run(capfdbinary)


class Run:
    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self.capture = capture

    def __call__(self, *args: str | Path) -> Done:
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in args])
        out, err = self.capture.readouterr()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        done = Done(code or 0, out.decode("utf-8"), err.decode("utf-8"))
        assert "Traceback" not in done.err
        return done


def write(path: Path, *texts: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    path.write_text("".join(rows), encoding="utf-8")
    return path


def says(done: Done, *words: str) -> bool:
    """Whether one line of standard error holds all the words."""
    return any(all(word in line for word in words) for line in done.err.split("\n"))


def test_scan_of_the_corpus_writes_page_charts_tables_and_store(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "report"
    done = run(CORPUS, "-o", out)
    assert done.code == 0, done.err
    assert "75" in done.out
    assert "إضراب_الميناء" in done.out
    assert (out / "report.html").stat().st_size > 10_000
    drawn = {p.name for p in (out / "charts").iterdir()}
    assert {"hashtags.png", "hashtags.svg", "sources.png", "sources.svg"} <= drawn
    assert (out / "tables" / "hashtags.csv").is_file()
    before = {p: p.stat().st_mtime_ns for p in (out / "data").rglob("*.parquet")}
    again = run(CORPUS, "-o", out)
    assert says(again, "nothing was scanned again")
    assert {p: p.stat().st_mtime_ns for p in (out / "data").rglob("*.parquet")} == before
    report = run("report", out, "--top", "5", "--chart-format", "pdf")
    assert report.code == 0
    assert (out / "charts" / "hashtags.pdf").read_bytes().startswith(b"%PDF")
    assert run("verify", out).out.endswith("the store is whole\n")


def test_records_go_to_a_file_in_input_order_and_nothing_else_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    posts = write(tmp_path / "posts.jsonl", "One #a", "Two #b", "خبر من #كابل")
    done = run(posts, "--jsonl", "out.jsonl")
    assert done.code == 0
    assert not done.out
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert [r["entities"][0]["value"] for r in records] == ["a", "b", "كابل"]
    schema = json.loads((ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8"))
    for record in records:
        jsonschema.validate(record, schema)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "posts.jsonl"]


def test_records_on_standard_output_stand_alone(run: Run, tmp_path: Path) -> None:
    done = run(write(tmp_path / "posts.jsonl", "One #a"), "--jsonl", "-")
    assert json.loads(done.out)["text"] == "One #a"
    assert done.out.count("\n") == 1


def test_records_do_not_depend_on_the_hash_seed() -> None:
    outs = set()
    for seed in ("0", "1", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "postscan", str(CORPUS), "--jsonl", "-"]
        outs.add(subprocess.run(command, env=env, check=True, capture_output=True).stdout)
    assert len(outs) == 1
    assert outs.pop().count(b"\n") == 75


def test_missing_path_is_named_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    posts = write(tmp_path / "posts.jsonl", "One #a")
    done = run(posts, tmp_path / "none.txt", "--jsonl", "-")
    assert done.code == 1
    assert says(done, "none.txt")
    assert json.loads(done.out)["text"] == "One #a"


def test_missing_path_alone_says_that_nothing_was_read(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path / "none", "-o", tmp_path / "out")
    assert done.code in (1, 2)
    assert says(done, "none")
    assert not (tmp_path / "out" / "report.html").exists()


def test_empty_folder_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run(tmp_path / "empty", "-o", tmp_path / "out")
    assert done.code in (1, 2)
    assert says(done, "empty")


def test_folder_without_posts_says_what_was_there_by_ending(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(60))
    (folder / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(60))
    (folder / "c.pdf").write_bytes(b"%PDF-1.7\n")
    for options in (["--jsonl", "-"], ["-o", tmp_path / "out"]):
        done = run(folder, *options)
        assert done.code in (1, 2)
        assert says(done, "2 .jpg", "1 .pdf")


def test_wrong_column_lists_the_columns_that_are_there(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "posts.csv"
    table.write_text("nr,message\n1,Hello #a\n", encoding="utf-8")
    done = run(table, "--column", "text=body", "--jsonl", "-")
    assert done.code == 1
    assert says(done, "nr, message")
    done = run(table, "--column", "text=message", "--jsonl", "-")
    assert done.code == 0
    assert json.loads(done.out)["text"] == "Hello #a"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["corpus", "--jsnol", "-"], ["--jsonl"]),
        (["corpus", "--column", "text"], ["FIELD=NAME"]),
        (["corpus", "--column", "txet=a"], ["text"]),
        (["corpus", "--encoding", "latin-99"], ["latin-99"]),
        (["corpus", "--format", "jsnl"], ["jsonl"]),
        (["corpus", "--detect", "ar,xx"], ["xx"]),
        (["reprot", "out"], ["report"]),
        (["report", "nowhere"], ["nowhere"]),
        (["posts", "corpus", "tga=a"], ["tag"]),
        (["verify", "corpus"], ["no finished run"]),
    ],
)
def test_wrong_call_ends_with_two_and_says_what_to_write(
    run: Run, args: list[str], words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    done = run(*args)
    assert done.code == 2
    assert says(done, *words), done.err


def test_binary_file_is_skipped_with_its_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "post.txt").write_bytes(bytes(range(256)) * 4)
    done = run(tmp_path / "post.txt", "--jsonl", "-")
    assert done.code == 1
    assert says(done, "post.txt")


def test_output_folder_of_another_input_is_left_alone(run: Run, tmp_path: Path) -> None:
    run(write(tmp_path / "a.jsonl", "One #a"), "-o", tmp_path / "out")
    before = sorted((tmp_path / "out").rglob("*"))
    done = run(write(tmp_path / "b.jsonl", "Two #b"), "-o", tmp_path / "out")
    assert done.code == 2
    assert says(done, "-o")
    assert sorted((tmp_path / "out").rglob("*")) == before


def test_output_that_is_a_file_is_known_before_the_scan(run: Run, tmp_path: Path) -> None:
    posts = write(tmp_path / "a.jsonl", "One #a")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run(posts, "-o", tmp_path / "file" / "out")
    assert done.code == 2
    assert says(done, "file")
    done = run(posts, "--jsonl", tmp_path / "file" / "out.jsonl")
    assert done.code == 2
    assert says(done, "out.jsonl")


def test_evidence_of_a_figure_is_as_long_as_the_figure(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(write(tmp_path / "a.jsonl", "One #Kabul #kabul", "Two #kabul", "Three"), "-o", out)
    done = run("posts", out, "tag=kabul", "--format", "jsonl")
    assert done.out.count("\n") == 3
    assert run("posts", out, "tag=kabul", "--format", "csv").out.count("\n") == 4
    assert "Kabul" in run("posts", out, "tag=kabul").out


def test_show_annotates_one_post(run: Run, tmp_path: Path) -> None:
    posts = write(tmp_path / "a.jsonl", "One #a", "Smoke over the port, witnesses told Reuters. #kabul")
    done = run("show", f"{posts}#1")
    assert done.code == 0
    assert all(word in done.out for word in ("body", "#kabul", "Reuters", "outlet"))
    assert run("show", f"{posts}#7").code == 2


def test_sql_answers_in_csv(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(write(tmp_path / "a.jsonl", "One #a"), "-o", out)
    assert "1" in run("sql", out, "SELECT count(*) AS n FROM posts").out
    done = run("sql", out, "SELECT nothing FROM nowhere")
    assert done.code == 2


def test_changed_store_is_found(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(write(tmp_path / "a.jsonl", "One #a"), "-o", out)
    file = next((out / "data").rglob("*.parquet"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    done = run("verify", out)
    assert done.code == 1
    assert says(done, file.name)


def test_help_is_a_screen_and_names_every_verb(run: Run) -> None:
    done = run("--help")
    assert done.code == 0
    assert all(verb in done.out for verb in ("scan", "report", "posts", "show", "sql", "verify"))
    assert run("scan", "--help").out.count("\n") < 60


def test_old_python_is_told_in_one_line() -> None:
    code = "import sys; sys.version_info = (3, 10, 0, 'final', 0); sys.argv[0] = '-m'; import postscan"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("postscan: postscan needs Python 3.11")
    assert done.stderr.count("\n") == 1


def test_closed_pipe_ends_quietly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "postscan", str(CORPUS), "--jsonl", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()


def test_own_error_is_one_line_without_debug(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("postscan.reading.read", broken)
    posts = write(tmp_path / "a.jsonl", "One")
    done = run(posts, "--jsonl", "-")
    assert done.code == 1
    assert says(done, "boom", "--debug")
    with pytest.raises(RuntimeError):
        main([str(posts), "--jsonl", "-", "--debug"])
