"""Measure how often the likeliest language is right, by how much likelier it is: the steps of the language score.

    python scripts/calibrate_profiles.py TRAINING_FOLDER

Profiles are made from lines 1 to 2,000 of TICO-19 (and all else that `build_profiles.py` counts); stretches of one,
two, three and five words are taken from lines 2,001 to 2,456. Neither the shipped profiles nor the lines that
`benchmarks/languages.py` measures on have a part in it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from build_profiles import LATIN, SOURCES, TICO_LINES, build, read_lines

from postscan.languages.decisions import find_prior
from postscan.languages.letters import read_words
from postscan.languages.profiles import make_profiles

TRAINED = 2000
EDGES = (0, 500, 1_000, 2_000, 3_000, 4_000, 6_000, 8_000, 12_000, 16_000, 24_000, 32_000, 64_000, 1 << 30)
LENGTHS = (1, 2, 3, 5)
DRAWS = 400


def measure(folder: Path) -> Iterator[tuple[int, bool]]:
    """For each stretch, the margin between the two likeliest languages and whether the likeliest is right."""
    own = build(folder, TRAINED)
    draw = random.Random(1)
    for script in ("Arab", "Latn"):
        profiles = make_profiles(script, own)
        assert profiles is not None
        prior = find_prior(script, profiles)
        names = [n for c, some in SOURCES.items() if (c in LATIN) == (script == "Latn") for n in some if "tico" in n]
        for name in names:
            code = name.removeprefix("tico-19/").replace("prs", "fa")
            lines = read_lines(folder, name, TICO_LINES)[TRAINED:]
            words = [word for line in lines for word in read_words(line, script)]
            for length in LENGTHS:
                for _ in range(DRAWS):
                    at = draw.randrange(len(words) - length)
                    totals = (profiles.sum_words(words[at : at + length]).sum(axis=0) + prior).tolist()
                    first, second = sorted(totals, reverse=True)[:2]
                    yield first - second, profiles.codes[totals.index(first)] == code


def main(arguments: Sequence[str]) -> int:
    """Print the share that is right for each step of the margin."""
    if len(arguments) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    found = list(measure(Path(arguments[0])))
    for low, high in pairwise(EDGES):
        right = [ok for margin, ok in found if low <= margin < high]
        if right:
            print(f"{low / 1000:5.1f} bits and more: {sum(right) / len(right):.3f} of {len(right)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
