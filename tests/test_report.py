"""The report: one page that asks for nothing and in which a post can do nothing; tables that are no formulas."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import postscan
from pages import Page, write_harmful
from postscan.annotate import annotated_html, direction
from postscan.corpus import Corpus
from postscan.model import Block, Embed, Entity, Language, Post, PostscanError, Scan, Source
from postscan.report import write_report
from postscan.report.behind import command_flags, uses_of
from postscan.report.sample import EACH, cut, find_sample
from postscan.wording import LANGUAGES
from timing import assert_linear

CHARTS = ["emoji", "hashtags", "languages", "pairs", "sources", "tag_sources", "timeline"]
SECTIONS = ["read", "hashtags", "sources", "timeline", "languages"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return postscan.scan_all(write_harmful(tmp_path_factory.mktemp("in") / "=harbour"))


@pytest.fixture(scope="module")
def out(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_report(corpus, folder)
    return folder


@pytest.fixture(scope="module")
def page(out: Path) -> Page:
    return Page((out / "report.html").read_text(encoding="utf-8"))


def page_of(corpus: Corpus, folder: Path, **options: Any) -> str:
    write_report(corpus, folder, chart_formats=(), **options)
    return (folder / "report.html").read_text(encoding="utf-8")


def test_the_report_is_a_page_charts_and_tables(out: Path) -> None:
    formats = ("pdf", "png", "svg")
    assert sorted(p.name for p in (out / "charts").iterdir()) == [f"{n}.{f}" for n in CHARTS for f in formats]
    tables = {p.name for p in (out / "tables").iterdir()}
    assert {"hashtags.csv", "sources.csv", "pairs.csv", "tag_sources.csv", "suspicious_tags.csv"} <= tables
    assert {"languages.csv", "problems.csv", "skipped.csv", "README.txt"} <= tables


def test_the_same_run_gives_the_same_bytes(corpus: Corpus, out: Path, tmp_path: Path) -> None:
    write_report(corpus, tmp_path, chart_formats=("svg",))
    files = sorted(p.relative_to(out) for p in out.rglob("*") if p.is_file() and p.suffix not in (".png", ".pdf"))
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert [path for path in files if (out / path).read_bytes() != (tmp_path / path).read_bytes()] == []


def test_the_page_opens_with_five_answers(page: Page) -> None:
    links = [a["href"] for a in page.all("a") if a["href"] != "#posts"]
    assert links[:5] == [f"#{name}" for name in SECTIONS]
    sections = [part["id"] for part in page.all("details") if "id" in part]
    assert sections[:5] == SECTIONS
    assert {"pairs", "tag_sources", "emoji", "more", "posts", "made"} <= set(sections)
    assert "1 skipped record" in page.text
    assert "1 problem" in page.text
    assert "2026-07-01" in page.text


def test_what_is_no_answer_is_under_headings_that_open(page: Page) -> None:
    closed = {part["id"] for part in page.all("details") if "id" in part and "open" not in part}
    assert closed == {"pairs", "tag_sources", "emoji", "more", "made"}
    assert len(page.all("summary")) == len(page.all("details"))


def test_the_page_is_well_formed_and_its_ids_are_unique(page: Page) -> None:
    assert page.open == []
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else(page: Page) -> None:
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = hashlib.sha256("".join(page.words[tag]).encode()).digest()
        assert len(page.all(tag)) == 1
        assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy


@pytest.mark.parametrize("ui", LANGUAGES)
def test_nothing_on_the_page_can_act_or_be_asked_for(corpus: Corpus, tmp_path: Path, ui: str) -> None:
    page = Page(page_of(corpus.select(ui=ui), tmp_path))
    for tag, attributes in page.elements:
        assert tag not in ("iframe", "object", "embed", "base", "link", "img", "foreignobject")
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
        for name in ("href", "src", "action", "xlink:href"):
            value = attributes.get(name)
            assert value is None or re.match(r"#|tables/", value), (tag, value)
        for value in attributes.values():
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", value)
    assert "alert(1)</script>" in page.text, "the post's words are shown as words"
    assert "{{ 7*7 }}" in page.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", page.text)


def test_data_is_isolated_and_posts_run_their_own_way(page: Page, out: Path) -> None:
    text = (out / "report.html").read_text(encoding="utf-8")
    assert '<th scope="row"><bdi>#ميناء</bdi></th>' in text
    assert re.search(r'dir="rtl" lang="ar">ميناء', text)
    assert {"ltr", "rtl"} <= {d.get("dir") for d in page.all("div")}


def test_charts_on_the_page_have_words_for_those_who_do_not_see_them(page: Page) -> None:
    drawings = page.all("svg", role="img")
    assert len(drawings) == len(CHARTS) + 1
    assert all(len(d["aria-label"]) > 30 for d in drawings)
    assert any("#ميناء 10" in d["aria-label"] for d in drawings)


def test_what_was_counted_is_said_once_below_chart_and_table(corpus: Corpus, page: Page) -> None:
    captions = " ".join(page.words["figcaption"])
    assert "One scale for all rows" in captions
    for frame in (corpus.hashtags(), corpus.source_counts(), corpus.pairs(), corpus.tag_sources()):
        assert page.text.count("\n" + frame.attrs["sentence"] + "\n") <= 1
        assert frame.attrs["sentence"] in page.text
        assert frame.attrs["sentence"] not in captions
        assert not any(frame.attrs["sentence"] in d["aria-label"] for d in page.all("svg", role="img"))


def test_every_bar_and_row_finds_the_posts_that_it_counts(page: Page) -> None:
    posts = [set(post["data-k"].split()) for post in page.all("section")]
    assert len(posts) == 41
    rows = [row for row in page.all("tr") if row.get("data-n")]
    assert {row["data-ask"].split("=")[0] for row in rows} >= {
        "tag", "source.named", "source.official", "source.unnamed", "language", "period", "pair", "emoji",
        "poster.author", "rule.blocks",
    }  # fmt: skip
    for row in rows:
        assert sum(set(row["data-k"].split()) <= post for post in posts) == int(row["data-n"]), row
    spots = page.all("rect", **{"class": "spot"})
    assert len(spots) > 30
    for spot in spots:
        behind = int(re.findall(r": (\d+) posts?$", spot["data-words"])[0])
        assert sum(set(spot["data-k"].split()) <= post for post in posts) == behind, spot


@pytest.mark.parametrize("counting", [{"count": "all", "merge": "case"}, {"unit": "story"}, {"by": "week"}])
def test_rows_find_their_posts_however_they_are_counted(
    corpus: Corpus, tmp_path: Path, counting: dict[str, str]
) -> None:
    page = Page(page_of(corpus.select(since="2026-07-02", reposts="without"), tmp_path, counting=counting))
    posts = [set(post["data-k"].split()) for post in page.all("section")]
    rows = [row for row in page.all("tr") if row.get("data-n")]
    assert len(rows) > 30
    for row in rows:
        assert sum(set(row["data-k"].split()) <= post for post in posts) == int(row["data-n"]), row
    flags = page.all("aside")[0]["data-flags"]
    assert flags.startswith("--since 2026-07-02 --reposts without")
    assert flags.endswith("--count all --merge case") == ("merge" in counting)
    assert ("period=2026-W27" in {row["data-ask"] for row in rows}) == ("by" in counting)


def many_posts(size: int) -> Iterator[str]:
    """Posts of a few hundred tags, of which most are rare."""
    for n in range(size):
        rare = f" #tag{n % 300}" if n % 3 == 0 else ""
        who = ("Reuters", "The Harbour Office", "witnesses")[n % 3]
        text = f"Boats wait at gate {n}, {who} said. #port{rare} #{'calm' if n % 7 else 'storm'} 🚢"
        yield json.dumps({"id": f"{n}", "platform": "x", "text": text, "created": f"2026-0{1 + n % 9}-{1 + n % 28:02}"})


def test_a_sample_keeps_posts_of_every_charted_bar_and_is_the_same_everywhere(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text("\n".join(many_posts(1500)), encoding="utf-8")
    corpus = postscan.scan_all(tmp_path / "posts.jsonl")
    text = page_of(corpus, tmp_path / "a", most_posts=60)
    page = Page(text)
    posts = [set(post["data-k"].split()) for post in page.all("section")]
    assert 60 < len(posts) < 600, "bars need more than were asked for, and not all"
    assert f"{len(posts)} of 1,500 posts shown." in page.text
    spots = page.all("rect", **{"class": "spot"})
    assert len(spots) > 50
    for spot in spots:
        behind = int(re.findall(r": ([\d,]+) posts?$", spot["data-words"])[0].replace(",", ""))
        assert sum(set(spot["data-k"].split()) <= post for post in posts) >= min(EACH, behind), spot
    assert page_of(corpus, tmp_path / "b", most_posts=60) == text
    assert len(Page(page_of(corpus, tmp_path / "c", most_posts=700)).all("section")) == 700


def test_a_sample_takes_no_key_for_a_query(corpus: Corpus) -> None:
    uses = uses_of(corpus, "day", {})
    assert find_sample(corpus, uses, [(("hashtags", "", "x' OR 1=1 --"),)], [], 0) == []


def test_long_lists_say_how_much_of_them_is_shown(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text("\n".join(many_posts(900)), encoding="utf-8")
    page = Page(page_of(postscan.scan_all(tmp_path / "posts.jsonl"), tmp_path / "out", posts=False))
    assert "100 of 103 rows shown" in page.text
    assert "all are in tables/hashtags.csv" in page.text
    assert page.all("a", href="tables/hashtags.csv")


def test_a_shown_post_is_the_scan_that_was_made(corpus: Corpus) -> None:
    shown = find_sample(corpus, {}, [], [], 100)
    assert len(shown) == 41
    for post in shown:
        scan = postscan.scan(Post(post.scan.post.id, post.scan.post.text))
        for layer in ("blocks", "embeds", "entities", "languages"):
            assert getattr(post.scan, layer) == getattr(scan, layer)


def test_long_posts_are_cut_and_say_what_gives_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postscan.report.posts.BYTES", 300_000)
    words = "Boats #wait 🚢 at the gate, Reuters said. @noor https://example.org/a\n\n" * 400
    lines = [json.dumps({"id": f"{n}", "text": f"Post {n}. {words if n % 2 else 'Short.'}"}) for n in range(40)]
    (tmp_path / "posts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    folder = tmp_path / "out"
    text = page_of(postscan.scan_all(tmp_path / "posts.jsonl", out=folder), folder)
    assert len(text.encode()) < 300_000 + 700_000
    page = Page(text)
    assert page.open == []
    assert len(page.all("section")) == 40
    assert page.text.count("Cut here: ") == 20, "the short ones are whole"
    command = re.findall(r'postscan sql \. "(SELECT text FROM posts WHERE post = -?\d+)"', page.text)
    whole = postscan.load(folder).sql(command[0]).fetchall()[0][0]
    assert whole.endswith(words), "the whole post"


@given(st.data())
@settings(max_examples=60)
def test_a_post_that_is_cut_is_a_whole_scan_of_its_beginning(data: st.DataObject) -> None:
    scan = made_scan()
    end = data.draw(st.integers(0, len(scan.post.text) + 1))
    part = cut(scan, end)
    size = len(part.post.text)
    assert part.post.text == scan.post.text[:end]
    layers: list[tuple[Any, ...]] = [part.blocks, part.embeds, part.entities, part.languages, part.sources]
    assert all(0 <= span.start < span.end <= size for layer in layers for span in layer)
    for embed in part.embeds:
        assert embed.body_end is None or (embed.body_start or 0) <= embed.body_end <= max(size, embed.body_start or 0)
    assert Page(annotated_html(part, style=False)).open == []
    assert end < len(scan.post.text) or part == scan


def test_an_empty_run_has_a_report_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("12", encoding="utf-8")
    text = page_of(postscan.scan_all(tmp_path / "in"), tmp_path / "out")
    assert "No post has a hashtag" in text
    assert "Nobody is credited" in text
    assert "no post has a date" in text
    assert Page(text).open == []


def test_a_report_may_leave_posts_out(corpus: Corpus, tmp_path: Path) -> None:
    for options in ({"posts": False}, {"most_posts": 0}):
        text = page_of(corpus, tmp_path, **options)
        assert 'id="posts"' not in text
        assert "calm today" not in text
        assert "#ميناء" in text
    assert not (tmp_path / "charts").exists()


def test_the_command_line_leaves_posts_out_too(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text("\n".join(many_posts(9)), encoding="utf-8")
    words = ["posts.jsonl", "-o", "out", "--no-posts", "--ui", "ar", "--chart-format", "svg"]
    subprocess.run([sys.executable, "-m", "postscan", *words], cwd=tmp_path, capture_output=True, check=True)
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert 'id="posts"' not in text
    assert '<html lang="ar" dir="rtl">' in text


def test_commands_of_the_page_see_the_posts_that_it_counts(corpus: Corpus) -> None:
    assert command_flags(corpus, {}) == ""
    chosen = corpus.select(since="2026-07-02", until="2026-08", where="likes > 3 OR text = 'it''s'", tz="UTC")
    assert shlex.split(command_flags(chosen, {"count": "all", "unit": "story"})) == [
        "--since", "2026-07-02", "--until", "2026-08", "--where", "likes > 3 OR text = 'it''s'", "--tz", "UTC",
        "--count", "all",
    ]  # fmt: skip
    twice = chosen.select(where="platform = 'x'", dates=("id", "byline"), duplicates="without")
    flags = shlex.split(command_flags(twice, {"merge": "none"}))
    assert flags[flags.index("--where") + 1] == "(likes > 3 OR text = 'it''s') AND (platform = 'x')"
    assert flags[-6:] == ["--tz", "UTC", "--dates", "id,byline", "--merge", "none"]
    assert "--duplicates" in flags


def test_a_part_that_is_missing_is_said_on_the_page(corpus: Corpus, tmp_path: Path) -> None:
    whole = page_of(corpus, tmp_path, posts=False)
    assert 'class="banner"' not in whole
    part = corpus.select()
    part.run = {**corpus.run, "missing": ["2/3", "3/3"]}
    assert "Shards of this run are missing: 2/3, 3/3." in Page(page_of(part, tmp_path, posts=False)).text


def test_the_page_speaks_arabic_and_is_mirrored(corpus: Corpus, tmp_path: Path) -> None:
    text = page_of(corpus.select(ui="ar"), tmp_path)
    page = Page(text)
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert {"الوسوم", "المنشورات", "متى"} <= set(page.words["a"])
    around = [words for tag in ("h2", "h3", "dt", "button", "label", "small") for words in page.words.get(tag, ())]
    assert around
    assert [words for words in around if re.search("[A-Za-z]{3}", words) and "postscan" not in words] == []
    left_to_right = re.findall(r'<bdi dir="ltr">(\d{4}-\d\d-\d\d)</bdi>', text)
    assert len(left_to_right) > 5, "the parts of a day would change places"
    assert re.search(r'dir="ltr" lang="en">', text), "a post runs its own way"


def test_a_folder_that_cannot_be_written_is_named(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(PostscanError, match=r"taken/charts: cannot be written .*-o DIR"):
        write_report(corpus, tmp_path / "taken")


def made_scan() -> Scan:
    text = "Title\n\nSeen by @noor: حريق كبير في المخزن القديم #حريق https://example.org"
    at = text.index
    return Scan(
        Post("p1", text, author="Desk"),
        "2026-07-01",
        "byline",
        "mul",
        "ar",
        (Block("headline", 0, 5, 0, "short line"), Block("embed", 7, len(text), 1, "attribution")),
        (Embed("x", 7, len(text), at("حريق"), at("#") - 1, "Noor", "noor", "2026-06-30", None, (), "named"),),
        (
            Entity("handle", at("@"), at(":"), "noor"),
            Entity("hashtag", at("#"), at(" https"), "حريق"),
            Entity("<b>", at("https"), len(text), '"quoted"'),
        ),
        (Language("en", "Latn", 0, 14, 0.9), Language("ar", "Arab", at("حريق"), at("#") - 1, 0.9)),
        (Source("embed", at("@"), at(":"), "noor", "noor", "embed handle"),),
    )


def test_an_annotated_post_says_what_and_why() -> None:
    html = annotated_html(made_scan())
    assert html.startswith("<style>")
    assert 'aria-description="headline, story 0, by the rule short line; in English"' in html
    assert 'aria-description="post of Noor (@noor), x, 2026-06-30, by the rule named; in Arabic, English"' in html
    assert 'aria-description="handle: @noor; credited, embed: noor, by the rule embed handle">@noor</bdi>' in html
    assert '<bdi class="ps-entity ps-hashtag" tabindex="0" aria-description="hashtag: #حريق">#حريق</bdi>' in html
    assert "ps-story" in html
    assert "ps-own" in html
    assert "&quot;quoted&quot;" in html
    assert "several languages, mainly Arabic" in html
    assert 'dir="rtl" lang="ar"' in html
    assert not annotated_html(made_scan(), style=False).startswith("<style>")
    assert Page(html).open == []


def test_reasons_are_shown_to_the_pointer_and_to_the_keyboard() -> None:
    page = Page(annotated_html(made_scan()))
    reasoned = [each for _, each in page.elements if "aria-description" in each]
    assert len(reasoned) >= 5
    assert all(each["tabindex"] == "0" for each in reasoned)
    sheet = "".join(page.words["style"])
    for state in ("hover", "focus"):
        assert f"[aria-description]:{state}::after" in sheet
    assert "content:attr(aria-description)" in sheet


def test_what_stands_around_a_post_is_said_in_arabic_too() -> None:
    html = annotated_html(made_scan(), ui="ar")
    assert ">عنوان</span>" in html
    assert "لغات متعددة، أغلبها العربية" in html
    assert "بقاعدة short line" in html
    assert "Noor" in html


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40))), st.integers(0, 40))
@settings(max_examples=150)
def test_annotation_keeps_every_character_whatever_overlaps(text: str, spans: list[tuple[int, int]], cut: int) -> None:
    text = re.sub("[\x00-\x1f\x7f-\x9f]", "_", text) or "_"  # these are replaced, one by one
    size = len(text)
    edges = [0, min(cut, size), size] if 0 < cut < size else [0, size]
    blocks = tuple(Block("body", a, b, 0, "r") for a, b in pairwise(edges))
    found = [(a, min(a + n, size)) for a, n in spans if a < size]
    entities = tuple(Entity("hashtag", a, b, "v") for a, b in found[::2])
    sources = tuple(Source("outlet", a, b, None, "k", "r") for a, b in found[1::2])
    scan = Scan(Post("", text), None, None, "und", None, blocks, (), entities, (), sources)
    page = annotated_html(scan, style=False)
    shown = re.findall(r'<div class="ps-text"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert "".join("".join(Page(part).data) for part in shown) == text


def prepare_annotation(size: int) -> Callable[[], object]:
    text = "#ab c\n" * size
    blocks = tuple(Block("body", 6 * n, 6 * n + 5, 0, "r") for n in range(size))
    entities = tuple(Entity("hashtag", 6 * n, 6 * n + 3, "ab") for n in range(size))
    languages = tuple(Language("en", "Latn", 6 * n + 4, 6 * n + 5, 1.0) for n in range(size))
    scan = Scan(Post("", text), None, None, "en", "en", blocks, (), entities, languages, ())
    return lambda: annotated_html(scan)


def test_annotation_takes_time_in_proportion_to_the_post() -> None:
    assert_linear(prepare_annotation, 4000)


def test_guesses_are_dashed_and_decisions_are_not() -> None:
    source = Source("outlet", 0, 4, None, "wire", "told?")
    blocks = (Block("body", 0, 4, 0, "text"), Block("teaser", 5, 9, 0, "capital-label?"))
    page = annotated_html(Scan(Post("", "Wire MORE"), None, None, "en", "en", blocks, (), (), (), (source,)))
    assert 'class="ps-row ps-body"' in page
    assert 'class="ps-row ps-teaser ps-guess"' in page
    assert 'class="ps-source ps-guess"' in page
    assert ".ps-guess{border-inline-start-style:dashed}" in page


def test_a_post_without_blocks_is_shown_as_it_is() -> None:
    scan = Scan(Post("", "  "), None, None, "zxx", None, (), (), (), (), ())
    assert '<p class="ps-text">  </p>' in annotated_html(scan)
    assert direction("#Desk خبر عاجل") == "rtl"
    assert direction("") == "ltr"
