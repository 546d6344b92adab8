"""Compiled or not, the package is the same: what is made of its modules, and what only shows, changes no key."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import postscan
from postscan import compiled
from postscan.store.slices import digest_code

PACKAGE = Path(postscan.__file__).parent
HOOK = PACKAGE.parents[1] / "hatch_build.py"
HOT = ("blocks", "dates", "embeds", "entities", "sources", "tables")
"""As in hatch_build.py."""
SHOWING = [
    f"data/{name}"
    for name in ("report.css", "report.js", "report.html.j2", "annotate.css", "words/page.toml", "language_names.toml")
]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "src" / "postscan"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd", "compiled.txt"))
    return folder


def test_hot_modules_are_all_compiled_or_none_is() -> None:
    files = [importlib.import_module(f"postscan.{name}").__file__ or "" for name in HOT]
    assert len({Path(file).suffix for file in files}) == 1, files
    assert compiled.is_compiled() == (not files[0].endswith(".py"))
    if os.environ.get("POSTSCAN_COMPILED") == "required":
        assert compiled.is_compiled()


def test_digest_of_the_code_is_that_of_its_sources(package: Path) -> None:
    before = digest_code(package)
    assert before == digest_code(PACKAGE)
    for name in ("folding.cpython-311-x86_64-linux-gnu.so", "blocks/pieces.cp311-win_amd64.pyd", "compiled.txt"):
        (package / name).write_bytes(b"\x7fELF")
    assert digest_code(package) == before


@pytest.mark.parametrize("name", SHOWING)
def test_what_only_shows_changes_no_key(package: Path, name: str) -> None:
    before = digest_code(package)
    with (package / name).open("ab") as file:
        file.write(b"\n/* another colour */\n")
    assert digest_code(package) == before


def test_example_in_a_wheel_changes_no_key(package: Path) -> None:
    before = digest_code(package)
    example = package / "data" / "example" / "corpus"
    example.mkdir(parents=True, exist_ok=True)
    (example / "one-more.txt").write_text("A ferry left.", encoding="utf-8")
    assert digest_code(package) == before


@pytest.mark.parametrize("name", ["folding.py", "blocks/seams.py", "data/outlets.toml", "tables/__init__.py"])
def test_changed_rule_or_word_changes_the_key(package: Path, name: str) -> None:
    before = digest_code(package)
    with (package / name).open("ab") as file:
        file.write(b"\n# another rule\n")
    assert digest_code(package) != before


def state_of(package: Path) -> str:
    """What a build writes down of the sources that it compiles."""
    paths = sorted(path for name in HOT for path in (package / name).glob("*.py"))
    return "".join(
        f"{path.stat().st_size} {path.stat().st_mtime_ns} {path.relative_to(package).as_posix()}\n" for path in paths
    )


def starts(package: Path, **environment: str) -> bool:
    """Whether a module can be imported beside which lies a compiled one that is none."""
    # The copy is not measured: it is no part of what is to be covered.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "POSTSCAN_"))}
    environment = kept | {"PYTHONPATH": os.fspath(package.parent)} | environment
    command = [sys.executable, "-c", "import postscan.dates.zones as c; assert c.__file__.endswith('.py')"]
    done = subprocess.run(command, env=environment, check=False, timeout=60, capture_output=True, text=True)
    assert done.returncode == 0 or "ImportError" in done.stderr, done.stderr
    return done.returncode == 0


def test_sources_are_imported_once_one_was_edited_or_where_they_are_asked_for(package: Path) -> None:
    (package / "dates" / f"zones{EXTENSION_SUFFIXES[0]}").write_bytes(b"\x7fELF")
    assert not starts(package)  # a wheel: there is no record
    assert starts(package, POSTSCAN_PURE="1")
    (package / "compiled.txt").write_text(state_of(package), encoding="utf-8")
    assert not starts(package)
    with (package / "blocks" / "seams.py").open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    assert starts(package)
    (package / "compiled.txt").write_text(state_of(package), encoding="utf-8")
    assert not starts(package)
    (package / "compiled.txt").write_text("1 1 blocks/gone.py\n", encoding="utf-8")
    assert starts(package)


def test_finder_finds_sources_of_the_package_alone(monkeypatch: pytest.MonkeyPatch, package: Path) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setenv("POSTSCAN_PURE", "0")
    (package / "compiled.txt").write_text(state_of(package), encoding="utf-8")
    before = list(sys.meta_path)
    compiled.choose_form(package)
    assert sys.meta_path == before
    monkeypatch.setenv("POSTSCAN_PURE", "1")
    compiled.choose_form(package)
    finder = sys.meta_path[0]
    found = finder.find_spec("postscan.dates", [os.fspath(package)])
    assert found is not None
    assert found.origin == os.fspath(package / "dates" / "__init__.py")
    assert finder.find_spec("postscan.gone", [os.fspath(package)]) is None
    assert finder.find_spec("json", None) is None


@pytest.fixture
def hook() -> ModuleType:
    if not HOOK.is_file():
        pytest.skip("not a checkout: there is no hatch_build.py")
    spec = importlib.util.spec_from_file_location("hatch_build", HOOK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Said:
    """What a build says to the user."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, message: str) -> None:
        self.warnings.append(message)

    def display_info(self, message: str) -> None:
        """It is not looked at."""


def build(hook: ModuleType, package: Path, version: str) -> tuple[dict[str, Any], list[str]]:
    """What the hook adds to a wheel of the copied package, and what it warns of."""
    said = Said()
    data: dict[str, Any] = {"force_include": {}, "pure_python": True}
    hook.CompileHook(os.fspath(package.parents[1]), {}, None, None, "", "wheel", said).initialize(version, data)
    return data, said.warnings


def stand_in(source: Path, folder: Path) -> list[Path]:
    """What the compiler leaves: an extension module for each hot one, and a library for each package of them."""
    names = [path.relative_to(source) for name in HOT for path in sorted((source / "postscan" / name).glob("*.py"))]
    files = [folder / "lib" / name.with_name(name.stem + EXTENSION_SUFFIXES[0]) for name in names]
    files += [folder / "lib" / f"postscan_{name}__mypyc{EXTENSION_SUFFIXES[0]}" for name in HOT]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\x7fELF")
    return files


def test_build_without_a_compiler_is_pure_and_says_so(
    hook: ModuleType, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(source: Path, folder: Path) -> list[Path]:
        raise OSError(f"no cc for {source.name} in {folder.parent.name}")

    monkeypatch.setattr(hook, "compile_modules", fail)
    monkeypatch.setattr(hook, "WANTED", "")
    data, warnings = build(hook, package, "standard")
    assert data == {"force_include": {}, "pure_python": True}
    assert len(warnings) == 1
    assert "not compiled" in warnings[0]
    assert "no cc" in warnings[0]
    monkeypatch.setattr(hook, "WANTED", "1")
    with pytest.raises(SystemExit, match="needs a C compiler"):
        build(hook, package, "standard")
    monkeypatch.setattr(hook, "WANTED", "0")
    assert build(hook, package, "standard") == (data, [])


def test_build_compiles_again_only_what_was_edited(
    hook: ModuleType, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = []

    def compile_modules(source: Path, folder: Path) -> list[Path]:
        times.append(source)
        return stand_in(source, folder)

    monkeypatch.setattr(hook, "compile_modules", compile_modules)
    monkeypatch.setattr(hook, "WANTED", "")
    data, _ = build(hook, package, "editable")
    assert data["force_include"] == {}  # they lie in src/, where they are imported from
    assert (package / "compiled.txt").read_text(encoding="utf-8") == state_of(package)
    assert (package / "dates" / f"zones{EXTENSION_SUFFIXES[0]}").is_file()
    data, _ = build(hook, package, "standard")
    assert len(times) == 1
    assert len(data["force_include"]) == len(state_of(package).splitlines()) + len(HOT)
    assert f"postscan_dates__mypyc{EXTENSION_SUFFIXES[0]}" in data["force_include"].values()
    assert not data["pure_python"]
    (package / "dates" / "zones.py").touch()
    build(hook, package, "editable")
    assert len(times) == 2
