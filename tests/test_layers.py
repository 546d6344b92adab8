"""A module imports only from those that stand before it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import postscan

PACKAGE = Path(postscan.__file__).parent
ORDER = [
    "compiled", "frozen", "model", "data", "remembered", "wordlists", "wording", "scripts", "folding", "offsets",
    "dates", "postlinks", "reading", "entities", "embeds", "blocks", "languages", "sources", "pipeline", "tables",
    "progress", "limits", "store", "engines", "corpus", "charts", "annotate", "report", "terminal", "example", "cli",
    "__main__",
]  # fmt: skip
# The one look upwards: a Scan shows itself in a notebook through the module that draws it.
EXCEPTIONS = {("model", "annotate")}


def imported(path: Path) -> set[str]:
    """Top-level postscan modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            parts = node.module.split(".")
            if parts == ["postscan"]:
                names.update(alias.name for alias in node.names)
            elif parts[0] == "postscan":
                names.add(parts[1])
        elif isinstance(node, ast.Import):
            names.update(a.name.split(".")[1] for a in node.names if a.name.startswith("postscan."))
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative import"
    return names & set(ORDER)


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.name != "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_module_imports_only_from_those_before_it(path: Path) -> None:
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    assert own in ORDER, f"{own} has no place in the order of the layers"
    later = {n for n in imported(path) if ORDER.index(n) > ORDER.index(own) and (own, n) not in EXCEPTIONS}
    assert not later, f"{own} imports what comes after it: {sorted(later)}"


def test_check_sees_an_upward_import(tmp_path: Path) -> None:
    bad = tmp_path / "entities.py"
    bad.write_text("def f():\n    from postscan.cli import main\n    return main\n", encoding="utf-8")
    assert imported(bad) == {"cli"}
