"""The store: what a run leaves on the disk, what it re-uses, what it refuses, and how damage is found."""

from __future__ import annotations

import ast
import contextlib
import gc
import inspect
import io
import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import postscan
from postscan.corpus import Corpus
from postscan.model import Post, PostscanError
from postscan.pipeline import scan_many
from postscan.reading import read
from postscan.store import clean, copy_run, find_leftovers, open_run, read_run, verify, write_run
from postscan.store.files import digest_file, parse, seal, temporary_file
from postscan.store.slices import digest_code, versions
from postscan.tables import COLUMNS, rows, schemas

POSTS = [
    {"id": "1", "platform": "x", "text": "Gate open at #Masna, drivers say. @rana", "created": "2021-08-06"},
    {"id": "2", "platform": "x", "text": "المعبر مفتوح #المصنع", "created": "2021-08-07T10:00:00Z"},
    {"id": "3", "text": "#Masna https://t.co/abcdefghij"},
]


def fill(folder: Path) -> Path:
    """An input folder with two posts files, a picture, and a row that is no post."""
    folder.mkdir()
    (folder / "note.txt").write_text("A short note from the harbour.\n", encoding="utf-8")
    rows = [*POSTS, {"id": "4"}]
    (folder / "posts.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    (folder / "ship.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return fill(tmp_path / "corpus")


def contents(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def stamps(out: Path) -> dict[str, int]:
    return {p.relative_to(out).as_posix(): p.stat().st_mtime_ns for p in out.rglob("*.parquet")}


# -- what a run leaves


def test_every_input_and_record_is_a_post_skipped_or_a_problem(corpus: Path, tmp_path: Path) -> None:
    run = write_run([corpus], tmp_path / "out")
    counts = run["counts"]
    assert counts == {"read": 6, "kept": 4, "skipped": 1, "problems": 1, "files": 3}
    assert counts["read"] == counts["kept"] + counts["skipped"] + counts["problems"]
    assert [i["path"] for i in run["inputs"]] == ["note.txt", "posts.jsonl", "ship.png"]
    assert run["options"] == {
        "columns": None, "detect": None, "encoding": None, "input_format": None, "input_tz": None,
        "language_engine": "profiles", "max_depth": 3, "max_expansion": 200, "max_record": 67108864,
    }  # fmt: skip
    assert read_run(tmp_path / "out")[0] == run


def test_path_that_is_not_there_is_a_problem_of_the_run(corpus: Path, tmp_path: Path) -> None:
    run = write_run([corpus, tmp_path / "missing.txt"], tmp_path / "out")
    assert run["counts"]["problems"] == 2


def test_files_are_named_by_their_content_and_hold_no_metadata(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out")
    files = open_run(tmp_path / "out")[1]
    assert list(files) == list(COLUMNS)
    for name, (path,) in files.items():
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            assert file.metadata.metadata is None
            assert file.schema_arrow.equals(schemas()[name])
        (record,) = read_run(tmp_path / "out")[1]
        assert path.stem == record["tables"][name]["digest"]


def test_files_hold_the_rows_of_all_batches(tmp_path: Path) -> None:
    first = [{"text": f"The gate at #Masna is open again, day {n}."} for n in range(1100)]
    later = [{"text": "Photo: Omar Kassem/AFP\n\nالمعبر مفتوح 🚢 @rana"}, {"text": "#only #tags"}] * 3
    file = tmp_path / "posts.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in [*later, *first, *later]), encoding="utf-8")
    write_run(file, tmp_path / "out")
    wanted = rows(scan_many(item for item in read(file) if isinstance(item, Post)))
    for name, (path,) in open_run(tmp_path / "out")[1].items():
        assert pq.read_table(path).to_pylist() == wanted[name].to_pylist(), name


def test_same_input_gives_the_same_bytes_wherever_it_lies(corpus: Path, tmp_path: Path) -> None:
    write_run([corpus], tmp_path / "a")
    moved = tmp_path / "elsewhere" / "corpus"
    shutil.copytree(corpus, moved)
    write_run([os.fspath(moved) + "/"], tmp_path / "deeper" / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "deeper" / "b")


def test_same_bytes_with_another_hash_seed(corpus: Path, tmp_path: Path) -> None:
    write_run([corpus], tmp_path / "a")
    code = "import sys; from postscan.store import write_run; write_run([sys.argv[1]], sys.argv[2])"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, corpus, tmp_path / "b"], check=True, env=environment, timeout=120)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_row_groups_hold_a_bounded_number_of_items(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text("5\n" * (8192 + 300), encoding="utf-8")
    write_run(tmp_path / "many.jsonl", tmp_path / "out")
    (path,) = open_run(tmp_path / "out")[1]["problems"]
    with pq.ParquetFile(path) as file:
        assert [file.metadata.row_group(g).num_rows for g in range(file.num_row_groups)] == [8192, 300]
        assert file.read(columns=["record"])["record"].to_pylist() == list(range(8492))


@pytest.mark.parametrize("young", [0, 700, 900_000])
def test_a_run_leaves_the_garbage_collector_as_it_was(young: int, corpus: Path, tmp_path: Path) -> None:
    before = gc.get_threshold()
    during: set[int] = set()
    gc.set_threshold(young, 11, 12)
    try:
        write_run(corpus, tmp_path / "out", progress=lambda *_: during.add(gc.get_threshold()[0]))
        assert gc.get_threshold() == (young, 11, 12)
    finally:
        gc.set_threshold(*before)
    assert (max(during) == young) == (young != 700)


def test_records_that_are_no_posts_are_written_as_they_come(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("5\n" * 1100 + '{"text":"the only post"}\n', encoding="utf-8")
    run = write_run(tmp_path / "bad.jsonl", tmp_path / "out")
    assert run["counts"] == {"read": 1101, "kept": 1, "skipped": 0, "problems": 1100, "files": 1}
    assert verify(tmp_path / "out") == []


def test_progress_goes_from_nothing_to_all_of_the_input(corpus: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_run(corpus, tmp_path / "out", progress=lambda done, total, _: seen.append((done, total)))
    total = sum(p.stat().st_size for p in corpus.iterdir())
    assert seen[0] == (0, total)
    assert seen[-1] == (total, total)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_standard_input_is_read_once_and_known_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run() -> dict[str, Any]:
        lines = b'{"text":"Gate open #Masna"}\n'
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
        return write_run(["-"], tmp_path / "out", input_format="jsonl")

    first = run()
    before = stamps(tmp_path / "out")
    assert first["inputs"][0]["path"] == "-"
    assert run() == first
    assert stamps(tmp_path / "out") == before
    assert find_leftovers(tmp_path / "out") == []


def test_standard_input_that_fills_the_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 90_000)))
    with files_of_at_most(50_000), pytest.raises(PostscanError, match="free some space"):
        write_run(["-"], tmp_path / "out")
    assert contents(tmp_path / "out") == {}


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_file_that_cannot_be_read_is_a_problem(corpus: Path, tmp_path: Path) -> None:
    (corpus / "memory.txt").symlink_to("/proc/self/mem")
    run = write_run(corpus, tmp_path / "out")
    assert run["counts"]["problems"] == 2
    with Corpus(tmp_path / "out") as opened:
        assert any(m.startswith("memory.txt: cannot be read") for m in opened.problems["message"])


# -- what is re-used


def test_second_run_scans_nothing_again(corpus: Path, tmp_path: Path) -> None:
    first = write_run(corpus, tmp_path / "out")
    before = stamps(tmp_path / "out")

    def never(done: int, total: int, posts: int) -> None:
        raise AssertionError((done, total, posts))

    assert write_run(corpus, tmp_path / "out", progress=never) == first
    assert stamps(tmp_path / "out") == before


def test_option_that_changes_a_record_scans_again_and_back(corpus: Path, tmp_path: Path) -> None:
    first = write_run(corpus, tmp_path / "out")
    other = write_run(corpus, tmp_path / "out", detect=["en", "ar"])
    assert other["commits"] != first["commits"]
    assert other["options"]["detect"] == ["ar", "en"]
    assert write_run(corpus, tmp_path / "out") == first


def test_package_that_was_not_installed_is_used_once_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Gate open at #Masna, drivers say.")
    document.save(tmp_path / "note.docx")
    installed = metadata.version

    def version(name: str) -> str:
        if name == "python-docx":
            raise metadata.PackageNotFoundError(name)
        return installed(name)

    with monkeypatch.context() as bare:
        bare.setattr(metadata, "version", version)
        bare.setitem(sys.modules, "docx", None)
        versions.cache_clear()
        run = write_run(tmp_path / "note.docx", tmp_path / "out")
        assert run["counts"]["skipped"] == 1
        assert run["versions"]["python-docx"] == "not installed"
    versions.cache_clear()
    assert write_run(tmp_path / "note.docx", tmp_path / "out")["counts"]["kept"] == 1


def test_versions_of_all_packages_that_read_or_judge_posts_are_in_the_key(corpus: Path, tmp_path: Path) -> None:
    """Packages that the modules up to the store import; numpy aside, on which no record depends."""
    package = Path(postscan.__file__).parent
    later = {"annotate", "charts", "cli", "corpus", "engines", "example", "progress", "report", "terminal"}
    imported = set()
    for path in package.rglob("*.py"):
        place = path.relative_to(package).parts
        if place[0].removesuffix(".py") in later:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            imported |= {name.partition(".")[0] for name in names}
    owners = metadata.packages_distributions()
    wanted = {owners[name][0] for name in imported - set(sys.stdlib_module_names) - {"postscan", "numpy"}}
    assert {"pyarrow", "lxml", "trafilatura"} < wanted
    assert wanted <= set(write_run(corpus, tmp_path / "out")["versions"])


def test_changed_or_deleted_input_leaves_no_trace(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out")
    (corpus / "posts.jsonl").unlink()
    (corpus / "note.txt").write_text("Another note, from the station.", encoding="utf-8")
    write_run(corpus, tmp_path / "out")
    with Corpus(tmp_path / "out") as opened:
        assert opened.posts["text"].tolist() == ["Another note, from the station."]
    write_run(corpus, tmp_path / "fresh")
    assert contents(tmp_path / "fresh").items() <= contents(tmp_path / "out").items()


@pytest.mark.parametrize(
    "changed",
    [
        {"encoding": "cp1256"}, {"columns": {"text": "words"}}, {"input_format": "text"}, {"detect": ["ar"]},
        {"language_engine": "langdetect"}, {"slice_size": 200}, {"input_tz": "Asia/Beirut"}, {"max_record": 50},
        {"max_expansion": 90}, {"max_depth": 1},
    ],
    ids=lambda changed: next(iter(changed)),
)  # fmt: skip
def test_run_after_an_option_was_changed_is_a_fresh_one(changed: dict[str, Any], corpus: Path, tmp_path: Path) -> None:
    rows = [{"text": f"Gate {n} is open, drivers say. #Masna", "words": f"المعبر {n} مفتوح"} for n in range(12)]
    (corpus / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    first = write_run(corpus, tmp_path / "out")
    other = write_run(corpus, tmp_path / "out", **changed)
    assert other["commits"] != first["commits"]
    write_run(corpus, tmp_path / "fresh", **changed)
    clean(tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_options_of_this_test_are_all_that_there_are() -> None:
    known = {"encoding", "columns", "input_format", "detect", "language_engine", "slice_size"}
    known |= {"input_tz", "max_record", "max_expansion", "max_depth"}
    other = {"paths", "out", "shard", "progress", "scan_slices"}
    assert set(inspect.signature(write_run).parameters) == known | other


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package, whose rules and tables may be changed."""
    copy = tmp_path / "changed" / "postscan"
    shutil.copytree(Path(postscan.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_every_module_and_table_that_shapes_records_is_in_the_key(package: Path) -> None:
    whole = digest_code(package)
    built = (".so", ".pyd", ".typed", "compiled.txt")
    ignored = set()
    for path in sorted(p for p in package.rglob("*") if p.is_file() and not p.name.endswith(built)):
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        if digest_code(package) == whole:
            ignored.add(path.relative_to(package).parts[:2])
        path.write_bytes(before)
    assert digest_code(package) == whole
    tables = {parts[1] for parts in ignored if parts[0] == "data"}
    assert tables <= {
        "annotate.css", "example", "language_names.toml", "notebook.css", "report.css", "report.html.j2", "report.js",
        "words",
    }  # fmt: skip
    assert {folder.removesuffix(".py") for folder, *_ in ignored} - {"data"} <= {
        "annotate", "charts", "cli", "compiled", "corpus", "engines", "example", "limits", "progress", "report",
        "terminal", "wording",
    }  # fmt: skip


def test_run_after_a_table_was_changed_is_a_fresh_one(corpus: Path, package: Path, tmp_path: Path) -> None:
    (corpus / "note.txt").write_text("The gate is open, Harbour Courier reports. #quay", encoding="utf-8")
    first = write_run(corpus, tmp_path / "out")
    outlets = package / "data" / "outlets.toml"
    outlets.write_text(
        outlets.read_text(encoding="utf-8") + '\n[[outlet]]\nname = "Harbour Courier"\nkind = "outlet"\n', "utf-8"
    )
    code = "import sys; from postscan.store import write_run; [write_run(sys.argv[1], out) for out in sys.argv[2:]]"
    # The copy is not measured: it is no part of what is to be covered.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    environment = kept | {"PYTHONPATH": os.fspath(package.parent)}
    arguments = [corpus, tmp_path / "out", tmp_path / "fresh"]
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, env=environment, timeout=120)
    run = read_run(tmp_path / "out")[0]
    assert run["versions"]["code"] != first["versions"]["code"]
    clean(tmp_path / "out")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")
    assert write_run(corpus, tmp_path / "out") == first


COUNTS = (
    "hashtags", "suspicious_tags", "handles", "links", "domains", "emoji", "embedded_accounts", "source_counts",
    "unmatched_sources", "pairs", "tag_sources", "language_shares", "posters", "platforms", "rules", "periods",
    "skipped_counts", "duplicate_ids", "code_mixing",
)  # fmt: skip


def test_posts_of_a_deleted_or_changed_input_are_in_no_count(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(6):
        rows = [
            {"text": f"Gate {n} open, Reuters reports. #gone{n} #Masna @who{n} https://site{n}.org/a 🔥", "id": str(k),
             "platform": "x", "author": f"poster{n}", "created": f"2021-08-0{n + 1}T10:00:00Z"}
            for k in range(n, n + 3)
        ]  # fmt: skip
        (folder / f"{n}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "ship.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert len(write_run(folder, tmp_path / "out", slice_size=500)["commits"]) > 3
    (folder / "2.jsonl").unlink()
    (folder / "4.jsonl").write_text('{"text": "The ferry sails. #quay"}', encoding="utf-8")
    write_run(folder, tmp_path / "out", slice_size=500)
    write_run(folder, tmp_path / "fresh", slice_size=500)
    with Corpus(tmp_path / "out") as again, Corpus(tmp_path / "fresh") as fresh:
        assert again.summary() == fresh.summary()
        for name in COUNTS:
            counted = getattr(again, name)()
            assert str(counted) == str(getattr(fresh, name)()), name
            if name != "code_mixing":
                assert counted.equals(getattr(fresh, name)()), name
                assert counted.attrs.get("sentence") == getattr(fresh, name)().attrs.get("sentence"), name
        assert not {"gone2", "gone4"} & {tag.casefold() for tag in again.hashtags()["hashtag"]}
        assert {"gone3", "quay"} <= {tag.casefold() for tag in again.hashtags()["hashtag"]}


def test_run_that_stopped_before_its_end_is_none_and_is_finished_by_the_next(corpus: Path, tmp_path: Path) -> None:
    run = write_run(corpus, tmp_path / "out")
    (tmp_path / "out" / "data" / "run.json").unlink()
    before = stamps(tmp_path / "out")
    with pytest.raises(PostscanError, match="no finished run is there; make one with `postscan PATHS -o "):
        read_run(tmp_path / "out")
    assert write_run(corpus, tmp_path / "out") == run
    assert stamps(tmp_path / "out") == before


def test_missing_table_is_written_again(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out")
    whole = contents(tmp_path / "out")
    open_run(tmp_path / "out")[1]["entities"][0].unlink()
    with pytest.raises(PostscanError, match="is missing or cut; scan the input again"):
        open_run(tmp_path / "out")
    write_run(corpus, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


def test_damaged_table_is_replaced_once_it_is_deleted_and_a_damaged_record_at_once(
    corpus: Path, tmp_path: Path
) -> None:
    write_run(corpus, tmp_path / "out")
    whole = contents(tmp_path / "out")
    (record,) = (tmp_path / "out" / "data" / "commits").iterdir()
    record.write_bytes(record.read_bytes().replace(b'"kept": 4', b'"kept": 5'))
    path = committed_path(tmp_path / "out", "posts")
    path.write_bytes(path.read_bytes()[:-1] + b"X")
    write_run(corpus, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


def committed_path(out: Path, name: str) -> Path:
    (path,) = (out / "data" / name).glob("*.parquet")
    return path


def test_output_folder_inside_the_input_is_not_read(corpus: Path) -> None:
    out = corpus / "postscan-report"
    first = write_run(corpus, out)
    assert write_run(corpus, out)["inputs"] == first["inputs"]
    (out / "data" / "run.json").unlink()
    (out / "report.html").write_text("ours", encoding="utf-8")
    assert write_run(corpus, out) == first


# -- what is refused


def test_output_of_another_input_is_refused_with_advice(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out")
    before = contents(tmp_path / "out")
    other = fill(tmp_path / "other")
    with pytest.raises(
        PostscanError, match=r"holds the run of another input \(corpus\); choose another folder: -o DIR"
    ):
        write_run(other, tmp_path / "out")
    strange = tmp_path / "strange" / "corpus"
    strange.mkdir(parents=True)
    (strange / "unknown.txt").write_text("Not a word in common.", encoding="utf-8")
    with pytest.raises(PostscanError, match="another input"):
        write_run(strange, tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_output_that_is_a_file_is_refused_before_anything_is_read(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(PostscanError, match=r"out: cannot be written \(.*\); choose another folder: -o DIR"):
        write_run(corpus, tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "in the way"


@contextlib.contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process may grow beyond a size: the disk is full, as far as it can see."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [100, 4500])
def test_full_disk_is_told_before_the_scan_or_in_it_and_leaves_nothing_half_written(size: int, tmp_path: Path) -> None:
    dice = random.Random(3)
    text = " ".join(str(dice.random()) for _ in range(2000))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with files_of_at_most(size), pytest.raises(PostscanError, match=r"cannot be written .*; free some space"):
        write_run(tmp_path / "a.txt", tmp_path / "out")
    assert contents(tmp_path / "out") == {}
    assert write_run(tmp_path / "a.txt", tmp_path / "out")["counts"]["kept"] == 1


def test_disk_that_is_surely_too_small_is_told_in_numbers(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    free = shutil.disk_usage(tmp_path).free
    for number in range(5):  # sparse files: they take no space
        with (tmp_path / "in" / f"{number}.jsonl").open("wb") as stream:
            stream.truncate(free)
    with pytest.raises(
        PostscanError, match=r"[\d,]+ MB are free there and about [\d,]+ MB are needed; free some space"
    ):
        write_run(tmp_path / "in", tmp_path / "out")


def test_nothing_to_read_says_so_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path, message in (
        (tmp_path / "empty", "no files in this folder"),
        (tmp_path / "gone", "no such file or folder"),
    ):
        with pytest.raises(PostscanError, match=message):
            write_run(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_copy_keeps_what_the_run_names_and_nothing_else(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out", detect=["en"])
    write_run(corpus, tmp_path / "out")
    copy_run(tmp_path / "out", tmp_path / "copy")
    write_run(corpus, tmp_path / "fresh")
    assert contents(tmp_path / "copy") == contents(tmp_path / "fresh")
    copy_run(tmp_path / "out", tmp_path / "copy")
    other = fill(tmp_path / "other")
    write_run(other, tmp_path / "third")
    with pytest.raises(PostscanError, match="holds another run; choose another folder"):
        copy_run(tmp_path / "out", tmp_path / "third")
    (tmp_path / "wall").write_text("in the way", encoding="utf-8")
    with pytest.raises(PostscanError, match="cannot be written"):
        copy_run(tmp_path / "out", tmp_path / "wall")


def test_store_of_many_slices_is_opened_and_counted_with_few_open_files() -> None:
    script = Path(__file__).parents[1] / "benchmarks" / "slices.py"
    arguments = [sys.executable, os.fspath(script), "--slices", "500", "--files", "256"]
    done = subprocess.run(arguments, check=False, timeout=120, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "500 posts, 500 tags" in done.stdout


# -- damage


def test_whole_store_verifies(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out")
    assert verify(tmp_path / "out") == []
    assert verify(tmp_path / "out" / "data") == []


def test_sixty_flipped_bits_in_all_files_of_a_run_are_found(corpus: Path, tmp_path: Path) -> None:
    (corpus / "page.txt").write_text(
        "The gate is open, Reuters reports. #quay\n\n"
        "The ferry sails. pic.twitter.com/abcdefghij \N{EM DASH} Rana (@rana) August 6, 2021\n",
        encoding="utf-8",
    )
    write_run(corpus, tmp_path / "out", slice_size=200)
    assert len(read_run(tmp_path / "out")[1]) > 1
    with Corpus(tmp_path / "out") as opened:
        assert [name for name in COLUMNS if opened.table(name).empty] == []
    files = sorted(p for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert {path.parent.name for path in files} == {*COLUMNS, "commits", "data"}
    assert len(files) < 60
    dice = random.Random(11)
    found = 0
    for turn in range(60):
        path = files[turn % len(files)]
        whole = path.read_bytes()
        at = dice.randrange(len(whole) * 8)
        damaged = bytearray(whole)
        damaged[at // 8] ^= 1 << at % 8
        path.write_bytes(damaged)
        found += any(path.name in sentence for sentence in verify(tmp_path / "out"))
        path.write_bytes(whole)
    assert found == 60
    assert verify(tmp_path / "out") == []


def test_flipped_bit_is_found_by_page_checksums_too(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out")
    path = committed_path(tmp_path / "out", "posts")
    with pq.ParquetFile(path) as file:
        column = file.metadata.row_group(0).column(0)
    whole = bytearray(path.read_bytes())
    whole[(column.dictionary_page_offset or column.data_page_offset) + column.total_compressed_size - 2] ^= 1
    path.write_bytes(whole)
    with pq.ParquetFile(path, page_checksum_verification=True) as file, pytest.raises(OSError, match=r"CRC|crc"):
        file.read()


def change(path: Path, **values: Any) -> None:
    """Change a sealed file and seal it again, as no accident does."""
    value = parse(path)
    del value["digest"]
    path.write_bytes(json_bytes(seal({**value, **values})))


def json_bytes(value: dict[str, Any]) -> bytes:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def test_missing_swapped_and_forged_files_are_found(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = write_run(corpus, out)
    record = out / "data" / "commits" / f"{run['commits'][0]['key']}.json"
    change(record, notes=[])
    assert verify(out) == []  # the same value, sealed again, is the same file
    change(record, counts={"read": 9, "kept": 4, "skipped": 1, "problems": 1})
    assert "is not the one that run.json names" in verify(out)[0]
    change(out / "data" / "run.json", commits=[{"key": record.stem, "digest": parse(record)["digest"]}])
    wrong = verify(out)
    assert len(wrong) == 2
    assert "its counts do not add up" in wrong[0]
    assert "read is not the sum of its commits" in wrong[1]


def test_table_of_other_rows_is_found_though_all_digests_fit(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = write_run(corpus, out)
    record = out / "data" / "commits" / f"{run['commits'][0]['key']}.json"
    tables = parse(record)["tables"]
    for broken in (
        {**tables["posts"], "rows": 5},
        {**tables["blocks"], "rows": 4},
        {**tables["posts"], "file": "posts/gone"},
    ):
        change(record, tables={**tables, "posts": broken})
        change(out / "data" / "run.json", commits=[{"key": record.stem, "digest": parse(record)["digest"]}])
        assert any("rows, not" in w or "is missing" in w or "add up" in w for w in verify(out)), broken
    path = out / "data" / "posts" / "noise.parquet"
    path.write_bytes(b"noise")
    entry = {"file": "posts/noise.parquet", "rows": 4, "bytes": 5, "digest": digest_file(path)}
    change(record, tables={**tables, "posts": entry})
    change(out / "data" / "run.json", commits=[{"key": record.stem, "digest": parse(record)["digest"]}])
    assert any("cannot be read" in w for w in verify(out))


def test_leftovers_of_killed_writers_are_found_and_harm_nothing(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out")
    data = tmp_path / "out" / "data"
    left = [data / ".tmp-1", data / "posts" / ".tmp-2"]
    for path in left:
        path.write_bytes(b"PAR1 half")
    assert find_leftovers(tmp_path / "out") == find_leftovers(data) == left
    assert verify(tmp_path / "out") == []
    with Corpus(tmp_path / "out") as opened:
        assert len(opened.posts) == 4


def test_temporary_file_is_gone_when_its_writer_fails(tmp_path: Path) -> None:
    def fail() -> None:
        with temporary_file(tmp_path / "new") as (path, _):
            assert path.exists()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list((tmp_path / "new").iterdir()) == []


def test_changed_run_file_is_told_with_its_path(corpus: Path, tmp_path: Path) -> None:
    write_run(corpus, tmp_path / "out")
    path = tmp_path / "out" / "data" / "run.json"
    whole = path.read_bytes()
    for damaged in (whole[:-1], whole.replace(b"note.txt", b"nose.txt"), b"[1]\n", b"{"):
        path.write_bytes(damaged)
        with pytest.raises(PostscanError, match=r"run\.json: .*; scan the input again"):
            read_run(tmp_path / "out")
    write_run(corpus, tmp_path / "out")
    assert path.read_bytes() == whole


def test_killed_run_is_finished_by_the_next(tmp_path: Path) -> None:
    lines = "".join(f'{{"text":"Post {n} says #tag{n % 7}"}}\n' for n in range(3000))
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    code = (
        "import os, signal, sys; from postscan.store import write_run\n"
        "def kill(done, total, posts):\n    if done: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_run([sys.argv[1]], sys.argv[2], progress=kill)"
    )
    arguments = [sys.executable, "-c", code, os.fspath(tmp_path / "many.jsonl"), os.fspath(tmp_path / "out")]
    assert subprocess.run(arguments, check=False, timeout=120).returncode == -9
    assert len(find_leftovers(tmp_path / "out")) == len(COLUMNS)
    with pytest.raises(PostscanError, match="no finished run"):
        read_run(tmp_path / "out")
    write_run(tmp_path / "many.jsonl", tmp_path / "out")
    assert verify(tmp_path / "out") == []
    write_run(tmp_path / "many.jsonl", tmp_path / "fresh")
    assert contents(tmp_path / "fresh").items() <= contents(tmp_path / "out").items()
