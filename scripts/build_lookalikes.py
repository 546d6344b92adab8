"""Writes `src/postscan/data/_lookalikes.py`: letters of different alphabets that look the same, after UTS 39.

    pip install confusable-homoglyphs==3.3.1
    python scripts/build_lookalikes.py

The package brings Unicode's confusables.txt. Kept are single letters of the alphabets that are mixed up in practice.
"""

from __future__ import annotations

import importlib
import json
import textwrap
import unicodedata
from importlib import resources
from pathlib import Path

from postscan.scripts import is_letter, script_of

TARGET = Path(__file__).parents[1] / "src/postscan/data/_lookalikes.py"
ALPHABETS = ("Armn", "Cyrl", "Grek", "Latn")

_PAGE = '''"""Letters of the alphabets {alphabets} that look the same; written by `scripts/build_lookalikes.py`.

Groups of code points, one to a line. Source: Unicode's confusables.txt (UTS 39), from confusable-homoglyphs {version}.
"""

GROUPS = """
{groups}
"""
'''


def is_kept(text: str) -> bool:
    """Whether a string is one plain letter of the alphabets."""
    return (
        len(text) == 1
        and is_letter(text)
        and script_of(text) in ALPHABETS
        and unicodedata.normalize("NFKC", text) == text
    )


def group_letters(confusables: dict[str, list[dict[str, str]]]) -> list[list[str]]:
    """Letters that can be taken for one another, of two alphabets or more."""
    groups: dict[str, set[str]] = {}
    for letter, others in confusables.items():
        for other in others:
            if is_kept(letter) and is_kept(other["c"]):
                merged = groups.get(letter, {letter}) | groups.get(other["c"], {other["c"]})
                groups.update(dict.fromkeys(merged, merged))
    different = {tuple(sorted(group)) for group in groups.values() if len(set(map(script_of, group))) > 1}
    return sorted(map(list, different))


def main() -> None:
    """Writes the table."""
    version = importlib.import_module("confusable_homoglyphs").__version__
    data = resources.files("confusable_homoglyphs").joinpath("confusables.json").read_text(encoding="utf-8")
    groups = "\n".join(
        textwrap.fill(" ".join(f"{ord(letter):X}" for letter in group), 116)
        for group in group_letters(json.loads(data))
    )
    TARGET.write_text(_PAGE.format(alphabets=", ".join(ALPHABETS), version=version, groups=groups), encoding="utf-8")


if __name__ == "__main__":
    main()
