"""What stands in one post: pairs of hashtags, and hashtags with sources, counted again in plain Python."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import postscan
from postscan.corpus import Corpus

TAGS = ["port", "Port", "ميناء", "سد", "dam", "strike", "إضراب"]
NAMES = ["Reuters", "AFP", "Al Jazeera"]
FOLDED = {"Port": "port", "إضراب": "اضراب"}
Post = dict[str, str]


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    """Posts with a few tags each, some of which name a source that told them."""
    choose = random.Random(5)
    made = []
    for number in range(300):
        tags = choose.choices(TAGS, k=choose.randrange(5))
        credit = (
            f"Two ferries waited outside, {choose.choice(NAMES)} reported. " if number % 3 else "Two ferries waited. "
        )
        day = f"2026-08-{1 + number % 20:02}"
        made.append(
            {"id": str(number), "platform": "x", "created": day, "text": credit + " ".join(f"#{tag}" for tag in tags)}
        )
    return made


@pytest.fixture(scope="module")
def corpus(posts: list[Post], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    file = tmp_path_factory.mktemp("pairs") / "posts.jsonl"
    file.write_text("\n".join(map(json.dumps, posts)), encoding="utf-8")
    with postscan.scan_all(file, progress=False) as made:
        yield made


def tags_of(post: Post) -> set[str]:
    written = [word[1:] for word in post["text"].split() if word.startswith("#")]
    return {FOLDED.get(tag, tag) for tag in written}


def recount(posts: list[Post]) -> tuple[Counter[frozenset[str]], Counter[str]]:
    both = Counter(frozenset(two) for post in posts for two in itertools.combinations(sorted(tags_of(post)), 2))
    return both, Counter(tag for post in posts for tag in tags_of(post))


@pytest.mark.parametrize("since", ["2026-08-01", "2026-08-12"])
def test_pairs_are_those_of_a_recount_in_what_is_selected(since: str, corpus: Corpus, posts: list[Post]) -> None:
    chosen = [post for post in posts if post["created"] >= since]
    both, alone = recount(chosen)
    frame = corpus.select(since=since).pairs()
    rows = frame.to_dict("records")
    assert {frozenset((row["key"], row["other_key"])): row["posts"] for row in rows} == dict(both)
    assert all((row["tag_posts"], row["other_posts"]) == (alone[row["key"]], alone[row["other_key"]]) for row in rows)
    assert all(row["tag_posts"] >= row["other_posts"] for row in rows)
    assert frame["share"].tolist() == [row["posts"] / len(chosen) for row in rows]
    assert frame["posts"].is_monotonic_decreasing
    assert f"of {len(chosen)} posts" in frame.attrs["sentence"]


def test_pairs_have_the_names_and_figures_of_the_table_of_hashtags(corpus: Corpus) -> None:
    for merge in ("spelling", "case", "none"):
        tags = corpus.hashtags(merge=merge).set_index("key")
        frame = corpus.pairs(merge=merge)
        assert frame["tag"].tolist() == tags.loc[frame["key"], "hashtag"].tolist()
        assert frame["other_posts"].tolist() == tags.loc[frame["other_key"], "posts"].tolist()
    assert len(corpus.pairs(merge="none")) > len(corpus.pairs())


def test_the_first_pairs_are_the_first_of_all(corpus: Corpus) -> None:
    every, first = corpus.pairs(), corpus.pairs(top=3)
    assert first.equals(every.head(3))
    assert corpus.pairs(where="false").empty
    assert corpus.pairs(count="embedded").empty


def test_posts_behind_a_pair_are_as_many_as_its_figure(corpus: Corpus) -> None:
    for row in corpus.pairs(top=5).to_dict("records"):
        behind = [set(corpus.evidence(tag=row[key])["post"]) for key in ("key", "other_key")]
        assert len(behind[0] & behind[1]) == row["posts"]


def test_cells_of_tags_and_sources_are_those_of_a_recount(corpus: Corpus, posts: list[Post]) -> None:
    frame = corpus.tag_sources(top_tags=4, top_sources=2)
    credited = Counter(name for post in posts for name in NAMES if name in post["text"])
    tagged = recount(posts)[1]
    names = [name for name, _ in credited.most_common(2)]
    assert list(dict.fromkeys(frame["name"])) == names
    assert [tagged[key] for key in dict.fromkeys(frame["tag_key"])] == [n for _, n in tagged.most_common(4)]
    assert len(frame) == 8
    for row in frame.to_dict("records"):
        found = sum(row["tag_key"] in tags_of(post) and row["name"] in post["text"] for post in posts)
        assert (row["posts"], row["share"]) == (found, found / tagged[row["tag_key"]])
        assert (row["tag_posts"], row["source_posts"]) == (tagged[row["tag_key"]], credited[row["name"]])


def test_posts_behind_a_cell_are_as_many_as_its_figure(corpus: Corpus) -> None:
    for row in corpus.tag_sources(top_tags=3).to_dict("records"):
        evidence = [corpus.evidence(tag=row["tag_key"]), corpus.evidence(source=row["key"], group=row["group"])]
        assert len(set(evidence[0]["post"]) & set(evidence[1]["post"])) == row["posts"]


def test_sources_stand_in_the_order_of_their_groups_and_signatures_are_left_out(tmp_path: Path) -> None:
    lines = [
        "The port is closed, the Harbour Authority said. #port",
        "The port is closed, the Harbour Authority said again. #port",
        "The port is open, Reuters reported, and witnesses said so. #port Photo: Getty Images",
    ]
    for number, line in enumerate(lines):
        (tmp_path / f"{number}.txt").write_text(line, encoding="utf-8")
    with postscan.scan_all(tmp_path, progress=False) as corpus:
        frame = corpus.tag_sources()
        empty = corpus.tag_sources(where="false")
    assert list(dict.fromkeys(frame["group"])) == ["named", "official", "unnamed"]
    assert frame["posts"].tolist() == [1, 2, 1]
    assert empty.empty
    assert "0 posts" in empty.attrs["sentence"]
