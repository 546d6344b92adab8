"""The command line: what it writes, says, and ends with."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from postscan.charts import check_matplotlib
from postscan.cli import main
from postscan.cli.messages import StoppedError, stoppable
from postscan.store import write_run
from postscan.store.files import dump, seal
from postscan.store.slices import versions
from postscan.wording import say

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"


class Done:
    """What a call ended with: code, standard output, standard error."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture(autouse=True, scope="module")
def _signals_are_heard() -> Iterator[None]:
    """A run in the background of a script ignores Ctrl-C, and its children do; here they hear it."""
    before = {signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler)}
    for name in {"SIGTERM", "SIGHUP"} & set(dir(signal)):
        number = getattr(signal, name)
        before[number] = signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


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
    assert says(again, "nothing is scanned again")
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

    monkeypatch.setattr("postscan.reading.read_input", broken)
    posts = write(tmp_path / "a.jsonl", "One")
    done = run(posts, "--jsonl", "-")
    assert done.code == 1
    assert says(done, "boom", "--debug")
    with pytest.raises(RuntimeError):
        main([str(posts), "--jsonl", "-", "--debug"])


# -- what is re-used, and why


def test_run_says_before_it_starts_what_it_does_and_why(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder, out = tmp_path / "posts", tmp_path / "out"

    def said(detect: list[str] | None = None) -> str:
        caplog.clear()
        with caplog.at_level("INFO", "postscan"):
            write_run(folder, out, detect=detect)
        (record,) = caplog.records
        return record.getMessage().removeprefix(f"{out}: ")

    write(folder / "a.jsonl", "One #a")
    assert said() == "scans 1 file (1 kB): no finished run is there to re-use"
    assert said() == "nothing is scanned again: 1 file (1 kB), the input and the options of the last run"
    write(folder / "b.jsonl", "Two #b")
    assert said() == "scans 2 files (1 kB) again: b.jsonl is new"
    write(folder / "a.jsonl", "One #c")
    reasons = "a.jsonl has changed; the option detect was not given and is en"
    assert said(["en"]) == f"scans 2 files (1 kB) again: {reasons}"
    (folder / "a.jsonl").unlink()
    reasons = "a.jsonl is gone; the option detect was en and is not given"
    assert said() == f"scans 1 file (1 kB) again: {reasons}"
    for path in (out / "data" / "posts").iterdir():
        path.unlink()
    assert said() == "scans 1 file (1 kB) again: files of the store are missing or damaged"
    for number in range(4):
        write(folder / f"c{number}.jsonl", "Three #c")
    names = "c0.jsonl, c1.jsonl, c2.jsonl, ..."
    assert said() == f"scans 5 files (1 kB) again: 4 files are new ({names})"
    for number in range(4):
        (folder / f"c{number}.jsonl").unlink()
    assert said() == "nothing is scanned again: 1 file (1 kB), the input and the options of an earlier run"


def test_changed_rules_are_a_reason_to_scan_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    posts = write(tmp_path / "a.jsonl", "One #a")
    write_run(posts, tmp_path / "out")
    changed = {**versions(), "code": "0", "emoji": "9.0"}
    for module in ("slices", "partition", "run", "plan"):
        monkeypatch.setattr(f"postscan.store.{module}.versions", lambda: changed)
    with caplog.at_level("INFO", "postscan"):
        write_run(posts, tmp_path / "out")
    assert "scans 1 file (1 kB) again: the rules, emoji changed since" in caplog.text


def test_run_is_told_to_the_user_of_the_command(run: Run, tmp_path: Path) -> None:
    done = run(write(tmp_path / "a.jsonl", "One #a"), "-o", tmp_path / "out")
    assert says(done, "out: scans 1 file (1 kB): no finished run is there to re-use")


def test_store_of_another_version_is_told(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_run(write(tmp_path / "a.jsonl", "One #a"), out)
    path = out / "data" / "run.json"
    old = json.loads(path.read_bytes())
    del old["digest"]
    old["versions"]["tables"] = 0
    path.write_bytes(dump(seal(old)))
    done = run("report", out)
    assert done.code == 2
    assert says(done, "run.json: was made by another version of postscan; scan the input again")


def test_output_of_a_slip_without_posts_is_nobodys(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    assert run(tmp_path / "empty.jsonl", "-o", tmp_path / "out").code == 1
    assert run(write(tmp_path / "a.jsonl", "One #a"), "-o", tmp_path / "out").code == 0


# -- input and output in each other's way


def test_records_never_overwrite_an_input(run: Run, tmp_path: Path) -> None:
    posts = write(tmp_path / "a.jsonl", "One #a")
    before = posts.read_bytes()
    for given in (posts, tmp_path):
        done = run(given, "--jsonl", posts)
        assert done.code == 2
        assert says(done, "a.jsonl: is one of the inputs")
        assert posts.read_bytes() == before


def test_records_in_the_input_folder_are_no_input_of_theirs(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", "One #a")
    assert run(tmp_path, "--jsonl", tmp_path / "out.jsonl").code == 0
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 1


def test_wrong_option_leaves_the_file_of_records_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("kept", encoding="utf-8")
    assert run(write(tmp_path / "a.jsonl", "One"), "--format", "jsnl", "--jsonl", tmp_path / "out.jsonl").code == 2
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "kept"


def test_output_folder_that_holds_the_input_is_refused(run: Run, tmp_path: Path) -> None:
    posts = write(tmp_path / "in" / "a.jsonl", "One #a")
    for given in (posts, tmp_path / "in"):
        done = run(given, "-o", tmp_path / "in")
        assert done.code == 2
        assert says(done, "lies in it", "-o DIR")
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["a.jsonl"]


def test_output_folder_inside_the_input_is_no_input(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", "One #a")
    for words in ("scans 1 file", "nothing is scanned again"):
        assert says(run(tmp_path, "-o", tmp_path / "out"), words)


def test_standard_input_gives_records_and_report(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "postscan", "-", "--jsonl", "-", "-o", str(tmp_path / "out")]
    done = subprocess.run(command, input=b'{"text":"One #a"}\n', capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["text"] == "One #a"
    assert (tmp_path / "out" / "report.html").is_file()
    assert b"1 post; the page is" in done.stderr


def test_plain_text_on_standard_input_is_one_post() -> None:
    command = [sys.executable, "-m", "postscan", "-", "--jsonl", "-"]
    done = subprocess.run(command, input="خبر #كابول\nsecond line".encode(), capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["text"] == "خبر #كابول\nsecond line"


# -- messages


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["corpus", "--outptu", "x"], "no such option: --outptu; did you mean --output; its help: postscan scan"),
        (["--verson"], "did you mean --version"),
        (["report", "out", "--tpo", "3"], "did you mean --top; its help: postscan report --help"),
        (["reprot"], "did you mean `postscan report`"),
        (["corpus", "--jsonl"], "requires an argument"),
        (["report"], "Missing argument 'DIR'"),
        (["corpus", "--top", "0"], "'--top'"),
        (["sql", "nowhere", "SELECT 1"], "nowhere: no finished run is there; make one with"),
    ],
)
def test_wrong_call_is_told_in_one_line(run: Run, args: list[str], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = run(*args)
    assert done.code == 2
    assert done.err.startswith("postscan: ")
    assert words in done.err
    assert done.err.count("\n") == 1


def test_path_named_like_a_verb_is_told_how_to_write_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "report" / "a.jsonl", "One #a")
    assert says(run("report"), "write ./report")
    assert run("./report", "--jsonl", "-").code == 0


def test_no_argument_shows_the_help(run: Run) -> None:
    done = run()
    assert done.code == 2
    assert done.out.startswith("Usage: postscan")


@pytest.mark.parametrize(("name", "content"), [("none.jsonl", ""), ("none.txt", " \n"), ("none.csv", "text\n")])
def test_input_without_posts_says_what_was_there(run: Run, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    for options in (["--jsonl", "-"], ["-o", str(tmp_path / "out")]):
        done = run(tmp_path / name, *options)
        assert done.code == 1
        assert says(done, f"no posts in {tmp_path / name if '--jsonl' in options else name}", "found 1 .", "(no ")


def test_rows_that_are_all_broken_are_listed_and_counted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("5\n" * 25, encoding="utf-8")
    for options, advice in ((["--jsonl", "-"], "-o DIR"), (["-o", str(tmp_path / "out")], "postscan sql")):
        done = run(tmp_path / "a.jsonl", *options)
        assert done.code == 1
        assert says(done, "a.jsonl, line 20: not a JSON object")
        assert says(done, "and 5 more problems", advice)
        assert says(done, "no posts in", "found 25 problems (see above)")
        assert done.err.count("a.jsonl, line") == 20


def test_names_with_controls_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    name = "a\x1b[31m\n\u202eb.jsonl"
    (tmp_path / name).write_text('{"text":"One #a"}\n5\n', encoding="utf-8")
    for args in (
        [tmp_path],
        [tmp_path, "-o", tmp_path / "out"],
        [f"{tmp_path / name}x"],
        ["show", f"{tmp_path / name}x"],
    ):
        done = run(*args, *([] if "-o" in args or args[0] == "show" else ["--jsonl", "-"]))
        assert not any(sign in done.err for sign in "\x1b\u202e")
        assert all(line.startswith("postscan: ") for line in done.err.splitlines())


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names there are Unicode")
def test_names_that_are_no_text_are_read_and_written(run: Run, tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")
    Path(odd).write_text("One #a", encoding="utf-8")
    assert run(odd, "-o", tmp_path / "out").code == 0
    done = run(odd, "-o", os.fsdecode(os.fsencode(tmp_path) + b"/out\xfe"))
    assert done.code == 2
    assert says(done, "its name is no text in UTF-8", "-o DIR")


def test_console_without_arabic_letters_is_no_obstacle(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", "خبر #كابول")
    console = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    out, posts = str(tmp_path / "out"), str(tmp_path / "a.jsonl")
    query = "SELECT value FROM entities WHERE value = 'كابول'"
    good = [[posts, "-o", out], ["posts", out, "tag=كابول"], ["show", posts], ["sql", out, query]]
    for args in (*good, ["posts", out, "كابول=a"], ["كابول"]):
        command = [sys.executable, "-m", "postscan", *args]
        done = subprocess.run(command, env={**os.environ, **console}, capture_output=True, check=False)
        assert b"Traceback" not in done.stderr
        assert (done.returncode == 0) == (args in good), done.stderr
        assert args not in good or "كابول".encode() in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("args", [["--jsonl", "-"], ["--jsonl", "/dev/full"], ["-o", "out"]])
def test_full_output_is_named(tmp_path: Path, args: list[str]) -> None:
    posts = write(tmp_path / "a.jsonl", "One #a")
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "postscan", str(posts), *args]
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    where = "/dev/full" if "/dev/full" in args else "standard output"
    assert f"postscan: {where}: cannot be written (No space left on device); free some space" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a shell of POSIX")
def test_closed_standard_streams_are_told(tmp_path: Path) -> None:
    posts = write(tmp_path / "a.jsonl", "One #a")
    for args, words in ((f"{posts} --jsonl - >&-", "standard output is closed"), ("- -o out <&-", "no standard input")):
        command = f"{sys.executable} -m postscan {args}"
        done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_full_disk_while_the_report_is_written_says_how_to_go_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run(write(tmp_path / "a.jsonl", "One #a"), "-o", out)
    page = (out / "report.html").read_bytes()

    def full(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("postscan.report.write_tables", full)
    done = run("report", out)
    assert done.code == 2
    assert says(done, "free some space, then run `postscan report")
    assert (out / "report.html").read_bytes() == page


def test_old_matplotlib_is_told_before_anything_is_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_matplotlib.cache_clear()
    monkeypatch.setattr("importlib.metadata.version", lambda name: "3.9.2" if name == "matplotlib" else "0")
    try:
        posts, out = write(tmp_path / "a.jsonl", "One #a"), tmp_path / "out"
        for done in (run(posts, "-o", out), run("report", out)):
            assert done.code == 2
            assert says(done, "matplotlib 3.9.2 is too old", "3.11 or newer: python -m pip install")
            assert not out.exists()
        assert run(posts, "--jsonl", "-").code == 0
    finally:
        check_matplotlib.cache_clear()


def test_missing_package_is_told_in_one_line(tmp_path: Path) -> None:
    code = "import sys; sys.modules['duckdb'] = None; from postscan.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", code, str(write(tmp_path / "a.jsonl", "One #a")), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "duckdb" in done.stderr.splitlines()[-1]
    assert "python -m pip install" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_times_without_a_zone_get_the_one_that_is_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,created\nRain,2021-08-06 10:30\n", encoding="utf-8")
    done = run(tmp_path / "a.csv", "--jsonl", "-", "--input-tz", "Asia/Kabul")
    assert json.loads(done.out)["created"] == "2021-08-06T10:30+04:30"
    done = run(tmp_path / "a.csv", "--jsonl", "-", "--input-tz", "Kabul")
    assert done.code == 2
    assert "no time zone; did you mean Asia/Kabul?" in done.err


def test_bounds_of_reading_can_be_set_and_messages_name_them(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", "rain " * 1000, "snow")
    done = run(tmp_path / "a.jsonl", "--jsonl", "-", "--max-record", "4KiB")
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == ["snow"]
    assert says(done, "line 1: more than 4 KiB in one row; left out, or raise --max-record")
    assert run(tmp_path / "a.jsonl", "--jsonl", "-", "--max-record", "6kb").code == 0
    done = run(tmp_path / "a.jsonl", "--jsonl", "-", "--max-record", "much")
    assert done.code == 2
    assert says(done, "'much': write a number of bytes, for example 512MB")


def test_duplicate_ids_and_edited_versions_are_listed_on_the_page(run: Run, tmp_path: Path) -> None:
    rows = [("1", "Rain"), ("2", "Snow"), ("1", "Rain, edited"), ("2", "Snow")]
    lines = (json.dumps({"platform": "x", "id": each, "text": text}) + "\n" for each, text in rows)
    (tmp_path / "a.jsonl").write_text("".join(lines), encoding="utf-8")
    for ui in ("en", "ar"):
        assert run(tmp_path / "a.jsonl", "-o", tmp_path / ui, "--ui", ui, "--chart-format", "png").code == 0
        heading = say(ui, "page.duplicate_ids")
        assert heading in (tmp_path / ui / "report.html").read_text(encoding="utf-8")
    table = (tmp_path / "en" / "tables" / "duplicate_ids.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[1:] == ["x,1,a.jsonl,0,a.jsonl,2,true", "x,2,a.jsonl,1,a.jsonl,3,false"]


# -- signals


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize("options", [["--jsonl", "out.jsonl"], ["-o", "out"]])
def test_signal_ends_a_scan_and_says_what_stays(tmp_path: Path, name: str, code: int, options: list[str]) -> None:
    write(tmp_path / "big.jsonl", *(f"Smoke over the port, witnesses told Reuters. #kabul {n}" for n in range(60_000)))
    command = [sys.executable, "-m", "postscan", "big.jsonl", *options]
    # Not under coverage: what a signal's handler raises inside its tracer leaves its lock taken.
    env = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=pipe, stderr=pipe, text=True)
    begun = tmp_path / "out.jsonl" if "--jsonl" in options else tmp_path / "out" / "data" / "posts"
    while process.poll() is None and not (begun.is_file() and begun.stat().st_size) and not begun.is_dir():
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(getattr(signal, name))
    _, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    assert "postscan: stopped; " in err
    assert "Traceback" not in err
    if "--jsonl" in options:
        rows = (tmp_path / "out.jsonl").read_bytes().splitlines()
        assert f"out.jsonl has the first {len(rows):,} records" in err
        assert json.loads(rows[-1])["record"] == len(rows) - 1
    else:
        assert "slices are committed in out, and nothing half written counts; the same command goes on" in err
        assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_signal_handlers_are_as_before_afterwards(run: Run, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    run(write(tmp_path / "a.jsonl", "One"), "--jsonl", "-")
    assert signal.getsignal(signal.SIGTERM) is before


def test_ignored_signal_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with stoppable():
            assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN
            with pytest.raises(StoppedError) as stopped:
                signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert stopped.value.code == 130


def test_help_imports_nothing_heavy() -> None:
    code = "import sys\nfrom postscan.cli import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "postscan.cli" in loaded
    heavy = {
        "numpy",
        "pandas",
        "pyarrow",
        "duckdb",
        "matplotlib",
        "rich",
        "jinja2",
        "emoji",
        "langdetect",
        "tldextract",
    }
    assert not loaded & (heavy | {"postscan.charts", "postscan.reading"})


def test_checkout_without_its_packages_is_told_in_one_line() -> None:
    code = "import runpy, sys; sys.modules['click'] = None; runpy.run_module('postscan', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("postscan: ")
    assert "python -m pip install -e ." in done.stderr
    assert done.stderr.count("\n") == 1


def test_page_that_cannot_be_replaced_is_named(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_run(write(tmp_path / "a.jsonl", "One #a"), out)
    (out / "report.html").mkdir()
    done = run("report", out)
    assert done.code == 2
    assert says(done, "report.html: cannot be written")
    assert not list(out.glob(".tmp-*"))


def test_signal_while_a_module_is_imported_is_heard_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postscan.cli.messages._IMPORTING", __file__)
    with stoppable():
        signal.raise_signal(signal.SIGINT)  # as if this line stood in the import system: nothing is raised here
        monkeypatch.undo()
        with pytest.raises(StoppedError) as stopped:
            time.sleep(10)
    assert stopped.value.code == 130
