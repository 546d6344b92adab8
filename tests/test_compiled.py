"""Compiled or not, the package is the same: what is made of its modules, and what only shows, changes no key."""

from __future__ import annotations

import importlib
import os
import shutil
from pathlib import Path

import pytest

import postscan
from postscan.store.slices import digest_code

PACKAGE = Path(postscan.__file__).parent
HOT = ("blocks", "dates", "embeds", "entities", "sources", "tables")
"""As in hatch_build.py."""
SHOWING = [
    f"data/{name}"
    for name in ("report.css", "report.js", "report.html.j2", "annotate.css", "words/page.toml", "language_names.toml")
]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "postscan"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyd"))
    return folder


def test_hot_modules_are_all_compiled_or_none_is() -> None:
    files = [importlib.import_module(f"postscan.{name}").__file__ or "" for name in HOT]
    assert len({Path(file).suffix for file in files}) == 1, files
    if os.environ.get("POSTSCAN_COMPILED") == "required":
        assert not any(file.endswith(".py") for file in files)


def test_digest_of_the_code_is_that_of_its_sources(package: Path) -> None:
    before = digest_code(package)
    assert before == digest_code(PACKAGE)
    for name in ("folding.cpython-311-x86_64-linux-gnu.so", "blocks/pieces.cp311-win_amd64.pyd"):
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
