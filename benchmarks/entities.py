"""Times the entity stage against what a user would pick instead, in CPU time, interleaved in one process.

    python benchmarks/entities.py [--posts 100000] [--rounds 5] [--node-modules /tmp/twitter/node_modules]

Short posts are generated: English, Arabic and Persian, with Zipf-distributed tags and handles, links and emoji; long
ones are articles of such words with as many entities as seven of them have. advertools (`pip install advertools`) has
looser rules and gives no offsets; npm twitter-text under node has the same rules, and is timed
in its own process by its own clock.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import emoji

from postscan.entities import find_columns
from postscan.entities.emojis import find_emoji

_EN = "the of and to in on for with from after said police city people report two new fire road water north days"
_AR = "في من على إلى عن بعد قبل مدينة الشرطة المياه الطريق شمال يوم أكثر مصدر قال إن تم اليوم خبر عاجل"
_FA = """
در از به که این با برای شهر پلیس آب راه شمال روز بیشتر منبع گفت شد می\N{ZERO WIDTH NON-JOINER}شود خبر فوری
"""
_WORDS = {
    "en": _EN.split(),
    "ar": _AR.split(),
    "fa": _FA.split(),
}
_TAGS = {
    "en": ["Kabul", "News", "FloodWatch", "breaking", "Covid19", "Harbour_Fire"],
    "ar": ["كابل", "عاجل", "أخبار_اليوم", "السودان"],
    "fa": ["کابل", "خبر_فوری", "زمین\N{ZERO WIDTH NON-JOINER}لرزه", "تهران"],
}
_EMOJI = [
    "\N{FIRE}",
    "\N{LARGE RED CIRCLE}",
    "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}",
    "\N{FACE WITH TEARS OF JOY}",
    "\N{REGIONAL INDICATOR SYMBOL LETTER L}\N{REGIONAL INDICATOR SYMBOL LETTER B}",
    "\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}",
]
_ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_NODE = r"""
const twitter = require(`${process.argv[2]}/twitter-text`);
let input = "";
process.stdin.on("data", (chunk) => (input += chunk)).on("end", () => {
  const texts = input.trim().split("\n").map((line) => JSON.parse(line));
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const start = process.cpuUsage();
    for (const text of texts) twitter.extractEntitiesWithIndices(text);
    const used = process.cpuUsage(start);
    best = Math.min(best, (used.user + used.system) / 1e6);
  }
  console.log(best);
});
"""


def rank(chance: random.Random, size: int) -> int:
    """A rank below size, about as Zipf has it."""
    return min(int(size ** chance.random()), size) - 1


def make_link(chance: random.Random) -> str:
    """A link as posts have them: short, picture, bare or with a path."""
    code = "".join(chance.choices(_ID, k=10))
    return chance.choice(
        (
            f"https://t.co/{code}",
            f"https://t.co/{code}",
            f"pic.twitter.com/{code}",
            f"TOLOnews.com/{code}",
            f"https://www.example.com/news/2021/08/{code}.html?id=7",
        )
    )


def make_post(chance: random.Random) -> str:
    """A short post of one language."""
    language = chance.choices(("en", "ar", "fa"), (55, 27, 18))[0]
    pieces = chance.choices(_WORDS[language], k=chance.randint(8, 30))
    if language == "en" and chance.random() < 0.4:
        pieces[3] += "\N{RIGHT SINGLE QUOTATION MARK}s"
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        number = rank(chance, 20_000)
        tag = chance.choice(_TAGS[language]) + (f"_{number}" if number > 20 else "")
        pieces.insert(chance.randint(0, len(pieces)), f"#{tag}")
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        pieces.insert(chance.randint(0, len(pieces)), f"@user_{rank(chance, 20_000)}")
    if chance.random() < 0.3:
        pieces.insert(chance.randint(0, len(pieces)), "".join(chance.choices(_EMOJI, k=chance.randint(1, 3))))
    pieces[chance.randint(4, 7)] += ". "
    if chance.random() < 0.45:
        pieces.append(make_link(chance))
    return " ".join(pieces)


def make_article(chance: random.Random, posts: list[str]) -> str:
    """A long post: paragraphs of plain sentences, and a few that are posts."""
    words = _WORDS[chance.choices(("en", "ar", "fa"), (55, 27, 18))[0]]
    paragraphs = [
        " ".join(" ".join(chance.choices(words, k=chance.randint(8, 20))) + "." for _ in range(chance.randint(1, 4)))
        for _ in range(35)
    ]
    for post in chance.choices(posts, k=7):
        paragraphs.insert(chance.randint(0, len(paragraphs)), post)
    return "\n\n".join(paragraphs)


def make_texts(posts: int) -> dict[str, list[str]]:
    """Short posts, and a fiftieth as many long ones."""
    chance = random.Random(7)
    short = [make_post(chance) for _ in range(posts)]
    return {"short": short, "long": [make_article(chance, short) for _ in range(max(posts // 50, 1))]}


def run_stage(texts: list[str]) -> None:
    """The entity stage as `scan_many` runs it, in batches of 512, as columns."""
    for start in range(0, len(texts), 512):
        find_columns(texts[start : start + 512])


def used(call: Callable[[], object]) -> float:
    """The CPU seconds of a call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def best_times(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The best time of each, rounds interleaved."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, call in calls.items():
            best[name] = min(best.get(name, float("inf")), used(call))
    return best


def import_advertools() -> Any:
    """The package, or None where it is not installed."""
    try:
        return importlib.import_module("advertools")
    except ModuleNotFoundError:
        return None


def check_emoji(texts: list[str]) -> None:
    """Raises AssertionError where the emoji differ from the package's own, but for the two documented rules."""
    bare = {"\N{COPYRIGHT SIGN}", "\N{REGISTERED SIGN}", "\N{TRADE MARK SIGN}"}
    for text in texts:
        theirs = [(e["match_start"], e["match_end"]) for e in emoji.emoji_list(text) if e["emoji"] not in bare]
        selector = "\N{VARIATION SELECTOR-16}"
        wanted = [(start, end + text.startswith(selector, end)) for start, end in theirs]
        assert [span[:2] for span in find_emoji(text)] == wanted, text


def measure(texts: list[str], rounds: int, node_modules: Path | None) -> dict[str, float]:
    """How many times as long as postscan's entity stage, or its pass for emoji, each rival takes."""
    sample = texts[::50]
    advertools = import_advertools()
    calls: dict[str, Callable[[], object]] = {
        "stage": lambda: run_stage(texts),
        "emoji, sample": lambda: [find_emoji(text) for text in sample],
        "emoji_list, sample": lambda: [emoji.emoji_list(text) for text in sample],
    }
    if advertools:
        calls["advertools"] = lambda: (
            advertools.extract_hashtags(texts),
            advertools.extract_mentions(texts),
            advertools.extract_urls(texts),
        )
        calls["advertools emoji, sample"] = lambda: advertools.extract_emoji(sample)
    best = best_times(calls, rounds)
    # One pass finds all kinds, so that the whole stage is compared also with fewer of them.
    ratios: dict[str, float] = {}
    if advertools:
        of_sample = len(texts) / len(sample)
        ratios["advertools, hashtags + handles + URLs, no offsets"] = best["advertools"] / best["stage"]
        four = best["advertools"] + best["advertools emoji, sample"] * of_sample
        ratios["the same and its emoji"] = four / best["stage"]
    if node_modules:
        seconds = [time_javascript(node_modules, texts)]
        again = best_times({"stage": calls["stage"]}, rounds)
        seconds.append(time_javascript(node_modules, texts))
        ratios["npm twitter-text under node"] = min(seconds) / min(best["stage"], again["stage"])
    ratios["`emoji.emoji_list`, emoji alone"] = best["emoji_list, sample"] / best["emoji, sample"]
    return ratios


def time_javascript(node_modules: Path, texts: list[str]) -> float:
    """The CPU seconds of twitter-text, by its own process's clock."""
    done = subprocess.run(
        ["node", "-e", _NODE, "-", node_modules.resolve()],
        input="\n".join(map(json.dumps, texts)),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return float(done.stdout)


def main() -> None:
    """Prints a table of ratios of CPU time, for README.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--node-modules", type=Path)
    options = parser.parse_args()
    counts: dict[str, int] = {}
    rows: dict[str, dict[str, float]] = {}
    for name, texts in make_texts(options.posts).items():
        check_emoji(texts[:500])
        counts[name] = len(texts)
        for rival, ratio in measure(texts, options.rounds, options.node_modules).items():
            rows.setdefault(rival, {})[name] = ratio
    head = [f"{name} posts ({count:,})" for name, count in counts.items()]
    print(f"| postscan is so many times as fast as | {' | '.join(head)} |\n|---|{'---|' * len(head)}")
    for rival, ratios in rows.items():
        print(f"| {rival} | {' | '.join(f'{ratio:.1f}' for ratio in ratios.values())} |")


if __name__ == "__main__":
    main()
