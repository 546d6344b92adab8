"""Measures the speed of the whole way: CPU seconds over orjson's parse of the same short posts, in one process.

    python benchmarks/pipeline.py [--posts 20000] [--rounds 5] [--most 35] [--peers]

The posts are those of `benchmarks/sources.py`. Timed are `scan_many`, and JSON Lines to a committed store
(`write_run`); then the stages of that way, batch by batch: what is left of it is written as "parquet and commit". The
best of several interleaved rounds counts. `--peers` adds what a user would pick instead: advertools' extractors of
hashtags, mentions, links and emoji, and one call of langdetect a post, on a sample, without offsets and blocks. The
first line says whether the package is compiled. Exit code 1 where the whole way over orjson is above `--most`.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import orjson
from sources import best_of, make_posts

from postscan.blocks import find_blocks
from postscan.dates import find_created
from postscan.embeds import find_embeds
from postscan.entities import find_entities
from postscan.languages import find_languages
from postscan.model import Post, Scan
from postscan.pipeline import BATCH, scan_many
from postscan.reading import read
from postscan.sources import find_sources
from postscan.store import write_run
from postscan.tables import rows

_SAMPLED = 20
"""Of so many posts the peers get one: they are slow."""


def run_stages(posts: Iterator[Post], spent: dict[str, float]) -> None:
    """Scans the posts and makes their rows as a run does, and adds the CPU seconds of each stage."""
    clock = time.process_time

    def until(name: str, since: float) -> float:
        now = clock()
        spent[name] = spent.get(name, 0.0) + now - since
        return now

    at = clock()
    while batch := list(islice(posts, BATCH)):
        at = until("reading", at)
        texts = [post.text for post in batch]
        entities = find_entities(texts)
        at = until("entities", at)
        embeds = [find_embeds(p.text, e, p.embeds) for p, e in zip(batch, entities, strict=True)]
        at = until("embeds", at)
        blocks = [find_blocks(text, m, e) for text, m, e in zip(texts, embeds, entities, strict=True)]
        at = until("blocks", at)
        languages = find_languages(texts, blocks, embeds, entities)
        at = until("languages", at)
        sources = [find_sources(*layers) for layers in zip(batch, blocks, embeds, entities, strict=True)]
        at = until("sources", at)
        created = [find_created(*layers) for layers in zip(batch, blocks, embeds, strict=True)]
        at = until("dates", at)
        scans = [
            Scan(p, when[0], when[1], spoken.language, spoken.main, b, m, e, spoken.segments, s)
            for p, when, spoken, b, m, e, s in zip(
                batch, created, languages, blocks, embeds, entities, sources, strict=True
            )
        ]
        at = until("scans", at)
        rows(scans)
        at = until("rows", at)


def time_stages(file: Path, rounds: int) -> dict[str, float]:
    """The best CPU seconds of each stage."""
    best: dict[str, float] = {}
    for _ in range(rounds):
        spent: dict[str, float] = {}
        run_stages((item for item in read(file) if isinstance(item, Post)), spent)
        best = {name: min(seconds, best.get(name, seconds)) for name, seconds in spent.items()}
    return best


def peer_calls(texts: list[str]) -> dict[str, Callable[[], object]]:
    """What a user would pick instead, for a sample of the texts; nothing where advertools is not installed."""
    try:
        advertools = importlib.import_module("advertools")
    except ModuleNotFoundError:
        print("advertools is not installed (pip install advertools): peers are left out")
        return {}
    langdetect = importlib.import_module("langdetect")
    langdetect.DetectorFactory.seed = 0
    sample = texts[::_SAMPLED]

    def detect(text: str) -> str | None:
        try:
            return str(langdetect.detect(text))
        except langdetect.LangDetectException:  # no letter in it
            return None

    names = ("extract_hashtags", "extract_mentions", "extract_urls", "extract_emoji")
    return {
        "advertools": lambda: [getattr(advertools, name)(sample) for name in names],
        "langdetect": lambda: [detect(text) for text in sample],
    }


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=float, default=35.0)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    texts, lines = make_posts(options.posts)
    posts = [Post(str(number), text) for number, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder, "posts.jsonl"), Path(folder, "out")
        given.write_bytes(b"\n".join(lines) + b"\n")

        def write() -> None:
            shutil.rmtree(out, ignore_errors=True)
            write_run(given, out)

        write()  # tables are read and patterns compiled at first use
        calls: dict[str, Callable[[], object]] = {
            "orjson": lambda: [orjson.loads(line) for line in lines],
            "scan_many": lambda: [None for _ in scan_many(posts)],
            "JSON Lines to store": write,
        }
        peers = peer_calls(texts) if options.peers else {}
        best = best_of(calls | peers, options.rounds)
        stages = time_stages(given, options.rounds)
    file = sys.modules[find_blocks.__module__].__file__ or ""
    kind = "pure Python" if file.endswith(".py") else "compiled"
    print(f"{kind}; {len(texts)} posts of {sum(map(len, texts)) / len(texts):.0f} characters")
    stages["parquet and commit"] = best["JSON Lines to store"] - sum(stages.values())
    for name, seconds in {name: best[name] for name in calls}.items():
        print(f"  {name:22} {seconds / len(texts) * 1e6:7.2f} us a post {seconds / best['orjson']:7.1f} x orjson")
    for name, seconds in stages.items():
        print(f"    {name:20} {seconds / len(texts) * 1e6:7.2f} us a post {seconds / best['orjson']:7.1f} x orjson")
    if peers:
        sample = len(texts[::_SAMPLED])
        other = sum(best[name] for name in peers) / sample
        print(f"  {' + '.join(peers):22} {other * 1e6:7.0f} us a post")
        print(f"  these / JSON Lines to store: {other / (best['JSON Lines to store'] / len(texts)):.1f}")
    ratio = best["JSON Lines to store"] / best["orjson"]
    print(f"  JSON Lines to store / orjson: {ratio:.1f} (at most {options.most:g})")
    sys.exit(ratio > options.most)


if __name__ == "__main__":
    main()
