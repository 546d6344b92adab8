"""Writes `src/postscan/data/_twitter.py`: the characters and top-level domains that twitter-text knows.

    npm install --prefix /tmp/twitter twitter-text@3.1.0
    python scripts/build_entities.py /tmp/twitter/node_modules

Every character is put before the package's own patterns, so that what JavaScript's case-insensitive matching adds is
in the tables too, but for characters that came after Unicode 14, which only newer releases of node match. Needs node.
The conformance tests say whether a newer release still means the same rules.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

from code_points import merge

from postscan.data._scripts import NEWER

TARGET = Path(__file__).parents[1] / "src/postscan/data/_twitter.py"

_DUMP = r"""
const path = process.argv[2];
const r = require(`${path}/dist/regexp/index.js`);
const { version } = require(`${path}/package.json`);
const whole = (pattern) => new RegExp(`^(?:${pattern.source})$`, "i");
const group = (pattern, flags) => new RegExp(`^[${pattern.source}]$`, flags);
const classes = {
  TAG_LETTERS: whole(r.hashtagAlpha),
  TAG_CHARACTERS: whole(r.hashtagAlphaNumeric),
  PATH: whole(r.validGeneralUrlPathChars),
  ACCENTS: group(r.latinAccentChars, ""),
  HOST_ACCENTS: group(r.latinAccentChars, "i"),
};
const found = {};
for (const [name, pattern] of Object.entries(classes)) {
  found[name] = [];
  for (let cp = 0; cp < 0x110000; cp++) {
    if ((cp < 0xd800 || cp > 0xdfff) && pattern.test(String.fromCodePoint(cp))) found[name].push(cp);
  }
}
const list = (pattern) => pattern.source.replace(/^\(\?:\(\?:/, "").replace(/\)\(\?=.*$/, "").split("|");
found.TLDS = [...list(r.validGTLD), ...list(r.validCCTLD)];
found.VERSION = version;
console.log(JSON.stringify(found));
"""

_PAGE = '''"""The characters and top-level domains of twitter-text {version}; written by `scripts/build_entities.py`.

Ranges of code points, both ends included. Source: npm twitter-text {version} (Apache-2.0).
"""

VERSION = "{version}"

{classes}

# Top-level domains, generic and of countries, as IANA had them when the release was made; in Punycode.
TLDS = """
{tlds}
"""
'''

_COMMENTS = {
    "TAG_LETTERS": "Letters and marks: a hashtag has at least one.",
    "TAG_CHARACTERS": "Whatever a hashtag is made of.",
    "PATH": "The path of a url, but for round brackets.",
    "ACCENTS": "Letters that undo a handle when they follow it.",
    "HOST_ACCENTS": "Letters of a host without a scheme, besides ASCII.",
}


def newer_points() -> set[int]:
    """The code points that Unicode 14 does not have."""
    pairs = (item.partition("-") for item in NEWER.split())
    return {point for first, _, last in pairs for point in range(int(first, 16), int(last or first, 16) + 1)}


def ascii_domain(name: str) -> str:
    """A top-level domain in Punycode, as IANA lists it."""
    return name if name.isascii() else "xn--" + name.encode("punycode").decode("ascii")


def fill(words: str) -> str:
    """Words in lines of a table, none of them broken."""
    return textwrap.fill(words, 116, break_long_words=False, break_on_hyphens=False)


def write_tables(folder: Path) -> None:
    """Writes the tables from the package in a node_modules folder."""
    package = folder.resolve() / "twitter-text"
    done = subprocess.run(["node", "-", package], input=_DUMP, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    newer = newer_points()
    for name in _COMMENTS:
        found[name] = [point for point in found[name] if point not in newer]
    classes = [f'# {comment}\n{name} = """\n{fill(merge(found[name]))}\n"""' for name, comment in _COMMENTS.items()]
    tlds = sorted(map(ascii_domain, found["TLDS"]))
    TARGET.write_text(
        _PAGE.format(version=found["VERSION"], classes="\n\n".join(classes), tlds=fill(" ".join(tlds))),
        encoding="utf-8",
    )


if __name__ == "__main__":
    write_tables(Path(sys.argv[1]))
