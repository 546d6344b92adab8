"""The example that is written to a folder: whole, from a wheel too, and never over a file of the user's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from postscan.cli import main
from postscan.example import NOTEBOOKS, next_steps, write_example
from postscan.model import PostscanError

ROOT = Path(__file__).parents[1]
# Copies of the package are not what coverage is measured of.
UNMEASURED = {name: value for name, value in os.environ.items() if not name.startswith("COV")}


def files_below(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_example_is_the_corpus_and_the_notebooks(tmp_path: Path) -> None:
    written = write_example(tmp_path / "new" / "try")
    found = files_below(tmp_path / "new" / "try")
    assert sorted(p.relative_to(tmp_path / "new" / "try").as_posix() for p in written) == sorted(found)
    wanted = {f"corpus/{name}": data for name, data in files_below(ROOT / "corpus").items()}
    assert found == wanted | {name: (ROOT / "notebooks" / name).read_bytes() for name in NOTEBOOKS}
    assert set(NOTEBOOKS) == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert write_example(tmp_path)


def test_a_folder_with_a_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tour.ipynb").write_text("mine", encoding="utf-8")
    with pytest.raises(PostscanError, match="is not empty, and no file of yours is overwritten; name a new folder"):
        write_example(tmp_path)
    with pytest.raises(PostscanError, match="ipynb: is not empty"):
        write_example(tmp_path / "tour.ipynb")
    assert files_below(tmp_path) == {"tour.ipynb": b"mine"}


@pytest.mark.skipif(os.name == "nt", reason="a limit on the size of files is POSIX's")
def test_nothing_is_left_of_an_example_that_could_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    script = (
        "import resource, sys\n"
        "from postscan.example import write_example\n"
        "from postscan.model import PostscanError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))\n"
        "try: write_example(sys.argv[1])\n"
        "except PostscanError as error: print(error)\n"
    )
    for folder in (tmp_path / "new" / "try", tmp_path / "empty"):
        command = [sys.executable, "-c", script, str(folder)]
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
        assert done.stdout == f"{folder}: cannot be written (File too large); name another folder\n"
    assert list(tmp_path.rglob("*")) == [tmp_path / "empty"]


def test_the_command_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["example", str(tmp_path / "my try")])
    assert ended.value.code in (0, None)
    shown = capsys.readouterr().out
    assert next_steps(tmp_path / "my try") in shown
    assert "python -m postscan '" in shown
    assert "jupyter lab '" in shown
    with pytest.raises(SystemExit) as ended:
        main(["example", str(tmp_path / "my try")])
    assert ended.value.code == 2
    assert "name a new folder" in capsys.readouterr().err


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an installed wheel holds, laid out by what pyproject.toml says of it."""
    target = tmp_path_factory.mktemp("site")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    build = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    for package in build["packages"]:
        ignored = shutil.ignore_patterns("__pycache__", "*.so", "*.pyd")
        shutil.copytree(ROOT / package, target / Path(package).name, ignore=ignored)
    for source, place in build["force-include"].items():
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        copy(ROOT / source, target / place)
    return target


def installed(wheel: Path, folder: Path, *command: str) -> str:
    """What a Python command prints that finds postscan in the wheel, in a folder of its own."""
    environ = {**UNMEASURED, "PYTHONPATH": str(wheel), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environ, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def test_an_installed_wheel_has_the_example_in_it(wheel: Path, tmp_path: Path) -> None:
    assert str(wheel) in installed(wheel, tmp_path, "-c", "import postscan; print(postscan.__file__)")
    assert "Next:" in installed(wheel, tmp_path, "-m", "postscan", "example", "try")
    write_example(tmp_path / "checkout")
    assert files_below(tmp_path / "try") == files_below(tmp_path / "checkout")
    shown = installed(wheel, tmp_path, "-m", "postscan", "show", "try/corpus/x-posts.jsonl#21")
    assert "#زلزله_زرین" in shown


def test_the_example_changes_no_key_of_a_store(wheel: Path, tmp_path: Path) -> None:
    digest = "from postscan.store.slices import versions; print(versions()['code'])"
    before = installed(wheel, tmp_path, "-c", digest)
    with (wheel / "postscan" / "data" / "example" / "corpus" / "x-posts.jsonl").open("a") as stream:
        stream.write("\n")
    (wheel / "postscan" / "example.py").write_text("", encoding="utf-8")
    assert installed(wheel, tmp_path, "-c", digest) == before


def test_an_installation_without_the_example_is_named(tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(ROOT / "src" / "postscan", bare / "postscan", ignore=shutil.ignore_patterns("__pycache__"))
    script = "import sys; from postscan.example import write_example; write_example(sys.argv[1])"
    command = [sys.executable, "-c", script, "try"]
    environ = {**UNMEASURED, "PYTHONPATH": str(bare)}
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=False, encoding="utf-8")
    assert "PostscanError: the example is not where it was installed; install postscan again" in done.stderr
    assert not (tmp_path / "try").exists()
