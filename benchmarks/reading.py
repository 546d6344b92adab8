"""Times reading against what a user would write instead, in CPU time, interleaved in one process.

    python benchmarks/reading.py [--rows 60000] [--files 20000] [--rounds 5]

JSON Lines of short posts: against orjson alone on the same lines, of an open file. Our own rows, and tweets of X's
interface 2 as twarc flattens them. Small text files: against `Path.rglob` and `read_text`.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from postscan.reading import read

_WORDS = "Rain fell on #Kabul and the north, officials said https://t.co/abcdefghij أُغلقت الطريق شمال المدينة"


def make_row(number: int) -> dict[str, Any]:
    """A short post in our own fields."""
    return {
        "id": str(10**18 + number),
        "created": f"2021-08-06T10:{number // 60 % 60:02}:{number % 60:02}Z",
        "author": f"nrahimi{number % 999}",
        "author_id": str(10**9 + number % 999),
        "platform": "x",
        "url": f"https://x.com/nrahimi{number % 999}/status/{10**18 + number}",
        "counts": {"likes": number % 50, "shares": 3, "replies": 0, "views": number},
        "text": f"{_WORDS} {number}",
    }


def make_tweet(number: int) -> dict[str, Any]:
    """A short post as interface 2 of X gives it, flattened."""
    at = _WORDS.index("#Kabul"), _WORDS.index("https")
    link = {"url": "https://t.co/abcdefghij", "expanded_url": "https://a.example/x", "display_url": "a.example/x"}
    return {
        "id": str(10**18 + number),
        "author_id": "10",
        "created_at": f"2021-08-06T10:{number // 60 % 60:02}:{number % 60:02}.000Z",
        "conversation_id": str(10**18 + number),
        "edit_history_tweet_ids": [str(10**18 + number)],
        "text": f"{_WORDS} {number}",
        "lang": "en",
        "possibly_sensitive": False,
        "source": "X Web App",
        "entities": {
            "hashtags": [{"start": at[0], "end": at[0] + 6, "tag": "Kabul"}],
            "urls": [{"start": at[1], "end": at[1] + 23} | link],
        },
        "public_metrics": {"retweet_count": 1, "reply_count": 0, "like_count": number % 50, "quote_count": 0},
        "author": {"id": "10", "username": "nrahimi", "name": "N. Rahimi", "verified": False, "description": "Hills"},
    }


def time_lines(file: Path, rows: int, rounds: int) -> tuple[float, float]:
    """Microseconds a row of orjson alone, and of reading."""

    def load() -> None:
        with file.open("rb") as stream:
            for line in stream:
                orjson.loads(line)

    return _least(load, rows, rounds), _least(lambda: _drain(file), rows, rounds)


def time_files(folder: Path, files: int, rounds: int) -> tuple[float, float]:
    """Microseconds a file of `Path.rglob` and `read_text`, and of reading."""

    def load() -> None:
        for path in folder.rglob("*.txt"):
            path.read_text(encoding="utf-8")

    return _least(load, files, rounds), _least(lambda: _drain(folder), files, rounds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for name, make in (("our own rows", make_row), ("tweets, flattened", make_tweet)):
            file = Path(place, "rows.jsonl")
            file.write_bytes(b"\n".join(orjson.dumps(make(number)) for number in range(options.rows)))
            peer, ours = time_lines(file, options.rows, options.rounds)
            print(f"JSON Lines, {name}: orjson {peer:.2f}, reading {ours:.2f} us a row; {peer / ours:.2f} of its rate")
        folder = Path(place, "posts")
        for number in range(options.files):
            file = folder / f"{number % 100:02}" / f"{number}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{_WORDS} {number}\n" * 3, encoding="utf-8")
        peer, ours = time_files(folder, options.files, options.rounds)
        print(
            f"text files: rglob and read_text {peer:.1f}, reading {ours:.1f} us a file; {peer / ours:.2f} of its rate"
        )


def _drain(path: Path) -> None:
    for _ in read(path):
        pass


def _least(work: Callable[[], None], count: int, rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best / count * 1e6


if __name__ == "__main__":
    main()
