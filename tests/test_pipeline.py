"""The way through as a whole: what holds for every post, in every batch, and on a real digest."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import postscan
from postscan.model import Post, Scan
from postscan.pipeline import scan, scan_many
from postscan.reading import read
from postscan.scripts import script_of
from postscan.tables import record_line
from timing import assert_linear

CORPUS = Path(__file__).parents[1] / "corpus"
# As twitter-text has them, counted by hand in the seed.
HASHTAGS = [(153, 165), (174, 188), (332, 345), (425, 433), (1420, 1428), (6826, 6838),
            (7448, 7460), (7462, 7468), (7470, 7480)]  # fmt: skip
URLS = [(648, 661), (2033, 2059), (2508, 2534), (7059, 7084), (7133, 7170), (7220, 7257), (7423, 7446)]
HANDLES = [(2084, 2099), (2548, 2558)]


def posts_in(folder: Path) -> list[Post]:
    return [item for item in read(folder) if isinstance(item, Post)]


def lines(posts: list[Post], batch: int) -> list[bytes]:
    return [record_line(one) for one in scan_many(posts, batch=batch)]


@pytest.fixture(scope="module")
def seed(shared: Path) -> Scan:
    (post,) = posts_in(shared / "seed")
    return scan(post)


def test_records_do_not_depend_on_the_batch() -> None:
    posts = posts_in(CORPUS)
    assert len(posts) == 75
    assert lines(posts, 1) == lines(posts, 7) == lines(posts, 512)


def test_records_of_a_real_digest_do_not_depend_on_the_batch(shared: Path) -> None:
    posts = posts_in(shared / "seed") * 8
    assert lines(posts, 1) == lines(posts, 7) == lines(posts, 512)


def test_records_of_a_real_digest_do_not_depend_on_the_hash_seed(shared: Path) -> None:
    command = [sys.executable, "-m", "postscan", str(shared / "seed"), "--jsonl", "-"]
    outs = set()
    for number in ("0", "1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": number}
        outs.add(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    assert len(outs) == 1


def test_every_post_of_the_corpus_is_tiled_and_every_decision_names_its_rule() -> None:
    for one in scan_many(posts_in(CORPUS)):
        check_layers(one)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_tiled(text: str) -> None:
    check_layers(postscan.scan(text))


def check_layers(one: Scan) -> None:
    """Every character is in exactly one block or is white space; every span lies in the text and names its rule."""
    text = one.post.text
    covered = Counter(at for block in one.blocks for at in range(block.start, block.end))
    assert set(covered.values()) <= {1}
    assert all(at in covered or char.isspace() for at, char in enumerate(text))
    for layer in (one.blocks, one.embeds, one.entities, one.languages, one.sources):
        assert all(0 <= span.start < span.end <= len(text) for span in layer)
    rules = [b.rule for b in one.blocks] + [e.rule for e in one.embeds] + [s.rule for s in one.sources]
    assert all(rules)


def test_entities_of_a_real_digest_stand_where_twitter_text_has_them(seed: Scan) -> None:
    def spans(kind: str) -> list[tuple[int, int]]:
        return [(found.start, found.end) for found in seed.entities if found.kind == kind]

    assert spans("hashtag") == HASHTAGS
    assert spans("url") == URLS
    assert spans("handle") == HANDLES
    assert len(seed.entities) == 18


def test_embedded_posts_of_a_real_digest_are_records(seed: Scan) -> None:
    assert [embed.platform for embed in seed.embeds] == ["x", "x"]
    for embed, (start, end) in zip(seed.embeds, HANDLES, strict=True):
        assert embed.name
        assert embed.handle == seed.post.text[start + 1 : end]
        assert embed.date == "2021-08-06"
        assert [medium.startswith("pic.twitter.com/") for medium in embed.media] == [True]
        assert embed.body_start is not None
        assert embed.body_end is not None
        assert embed.start <= embed.body_start < embed.body_end < embed.end
    scripts = [Counter(map(script_of, seed.post.text[e.body_start : e.body_end])) for e in seed.embeds]
    assert scripts[0]["Arab"] > 50 > scripts[0]["Latn"]
    assert scripts[1]["Latn"] > 50 > scripts[1]["Arab"]


def test_blocks_of_a_real_digest(seed: Scan) -> None:
    by_kind = {kind: [b for b in seed.blocks if b.kind == kind] for kind in ("tags", "boilerplate", "teaser", "body")}
    assert {block.story for block in seed.blocks} == {0, 1, 2}
    assert [(block.start, block.end) for block in by_kind["tags"]] == [(7448, 7480)]
    (disclaimer,) = by_kind["boilerplate"]
    assert disclaimer.start == 6874
    assert disclaimer.end == 7446
    # Two teasers are glued to the end of what stands before them: no white space parts them.
    glued = [block for block in by_kind["teaser"] if not seed.post.text[block.start - 1].isspace()]
    assert [block.start for block in glued] == [4710, 6762]
    assert any(block.end == 4710 for block in by_kind["body"])
    check_layers(seed)


def test_post_of_a_real_digest_is_dated_by_its_byline(seed: Scan) -> None:
    assert (seed.created, seed.created_from, seed.language) == ("2021-08-08", "byline", "en")


def test_nothing_is_fetched(tmp_path: Path) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*args, **options): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
        "from postscan.cli import main; main(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", code, str(CORPUS), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert (tmp_path / "out" / "report.html").is_file()


HOSTILE = (
    "word ", "\N{EM DASH} ", "(@a) ", "\n", "ab\n", "خبر عاجل من المدينة ", "\N{LEFT DOUBLE QUOTATION MARK}a ", "a: ",
    "#a", "@a", "told Reuters ", "w \N{EM DASH} N (@a) August 6, 2021 ", "a-", "a.com", "https://x.com/a/status/1715 ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_scan_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        return lambda: postscan.scan(text)

    postscan.scan(piece * 3)  # tables are read
    assert_linear(prepare, 40_000, doublings=2)
