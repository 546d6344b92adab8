"""The report: one page that asks for nothing and in which a post can do nothing; tables that are no formulas."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import postscan
from postscan.annotate import annotated_html, direction
from postscan.corpus import Corpus
from postscan.model import Block, Embed, Entity, Language, Post, PostscanError, Scan, Source
from postscan.report import csv_bytes, report_tables, write_report
from postscan.report.sample import EACH, find_sample
from postscan.report.spreadsheets import COLUMNS, guard, write_tables
from timing import assert_linear

EVIL = (
    "</style><script>alert(1)</script> \"'><img src=x onerror=alert(1)> <a href='javascript:alert(1)'>x</a> {{ 7*7 }}"
)
CHARTS = ["hashtags", "languages", "sources", "timeline"]
VOID = {"meta", "input", "br", "img", "path", "use", "rect"}


class Page(HTMLParser):
    """The elements of a page, and what stands open where the page ends."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: dict[str, list[str]] = {}
        self.data: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        self.data.append(data)
        if self.open:
            self.words.setdefault(self.open[-1], []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def day(number: int) -> str:
    return f"2026-07-{number:02}"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("in") / "=harbour"
    folder.mkdir()
    words = [
        "#Port calm today",
        "ميناء هادئ اليوم #ميناء",
        "بندر آرام است #بندر",
        "Reuters says the port is calm #calm",
    ]
    rows = [
        {"id": f"{n}", "text": f"{words[n % 4]} {n} #n{n % 3}", "created": day(1 + n % 9), "author": f"=desk{n % 2}"}
        for n in range(40)
    ]
    rows.append({"id": EVIL, "text": f"{EVIL}\n\n#Port \x00\x1b[31m \u202eend, Reuters said.", "author": EVIL})
    (folder / "posts.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n{no json\n", encoding="utf-8")
    (folder / "+cat.jpg").write_bytes(b"\xff\xd8\xff\xe0cat")
    return postscan.scan_all(folder)


@pytest.fixture(scope="module")
def out(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_report(corpus, folder)
    return folder


@pytest.fixture(scope="module")
def page(out: Path) -> Page:
    return Page((out / "report.html").read_text(encoding="utf-8"))


def test_the_report_is_a_page_charts_and_tables(out: Path) -> None:
    assert sorted(p.name for p in (out / "charts").iterdir()) == [f"{n}.{f}" for n in CHARTS for f in ("png", "svg")]
    tables = {p.name for p in (out / "tables").iterdir()}
    assert {"hashtags.csv", "sources.csv", "languages.csv", "problems.csv", "skipped.csv", "README.txt"} <= tables


def test_the_same_run_gives_the_same_bytes(corpus: Corpus, out: Path, tmp_path: Path) -> None:
    write_report(corpus, tmp_path, chart_formats=("svg",))
    files = sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file() and path.suffix != ".png")
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert [path for path in files if (out / path).read_bytes() != (tmp_path / path).read_bytes()] == []


def test_the_page_opens_with_five_answers(page: Page) -> None:
    assert [a["href"] for a in page.all("a")][:5] == ["#read", "#tags", "#credited", "#when", "#languages"]
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert {"read", "tags", "credited", "when", "languages", "posts"} <= ids
    text = "".join(page.data)
    assert "1 skipped record" in text
    assert "1 problem" in text


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


def test_nothing_on_the_page_can_act_or_be_asked_for(page: Page) -> None:
    for tag, attributes in page.elements:
        assert tag not in ("iframe", "object", "embed", "base", "link", "img", "foreignobject")
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
        for name in ("href", "src", "action"):
            value = attributes.get(name)
            assert value is None or re.match(r"#|tables/", value), (tag, value)
    text = "".join(page.data)
    assert "alert(1)</script>" in text, "the post's words are shown as words"
    assert "{{ 7*7 }}" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", text)


def test_data_is_isolated_and_posts_run_their_own_way(page: Page, out: Path) -> None:
    text = (out / "report.html").read_text(encoding="utf-8")
    assert '<th scope="row"><bdi>#ميناء</bdi></th>' in text
    assert re.search(r'dir="rtl" lang="ar">ميناء', text)
    assert {"ltr", "rtl"} <= {d.get("dir") for d in page.all("div")}


def test_charts_on_the_page_have_words_for_those_who_do_not_see_them(page: Page) -> None:
    drawings = page.all("svg")
    assert len(drawings) >= 3
    assert all(d["role"] == "img" and len(d["aria-label"] or "") > 40 for d in drawings)
    assert any("#ميناء 10" in (d["aria-label"] or "") for d in drawings)


def test_cells_that_a_spreadsheet_would_run_get_an_apostrophe(out: Path) -> None:
    rows = list(csv.reader(io.StringIO((out / "tables" / "posters.csv").read_text(encoding="utf-8-sig"))))
    assert {row[0] for row in rows} >= {"'=desk0", "'=desk1"}
    skipped = (out / "tables" / "skipped.csv").read_text(encoding="utf-8-sig")
    assert "'+cat.jpg" in skipped
    for path in (out / "tables").glob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row), path.name


@given(st.text(), st.sampled_from(["hashtag", "handle", "name"]))
@settings(max_examples=150)
def test_no_text_becomes_a_formula(text: str, column: str) -> None:
    cell = guard(text, column)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert text.endswith(cell.removeprefix("'")) or cell == text


def test_cells_keep_numbers_dates_lists_and_gaps() -> None:
    frame = pd.DataFrame({"a": [-1], "b": [0.25], "c": [None], "d": [pd.Timestamp("2026-07-01")], "e": [["x", "y"]]})
    frame["f"] = pd.array([None], dtype="Int64")
    frame["g"] = [True]
    assert csv_bytes(frame).decode("utf-8-sig") == 'a,b,c,d,e,f,g\n-1,0.25,,2026-07-01,"x, y",,true\n'


def test_the_tables_readme_explains_every_column(corpus: Corpus, out: Path) -> None:
    text = (out / "tables" / "README.txt").read_text(encoding="utf-8")
    tables = report_tables(corpus)
    for name, frame in tables.items():
        assert f"{name}.csv, {len(frame):,} row" in text
        assert [column for column in frame.columns if column not in COLUMNS] == [], name
    assert "poster*" in text
    assert "hashtag, " in text


def test_a_table_that_is_cut_says_how_many_rows_there_are(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("postscan.report.MOST_ROWS", 2)
    tables = report_tables(corpus)
    write_tables(tables, tmp_path)
    assert len(tables["hashtags"]) == 2
    assert "hashtags.csv, 2 rows, the first of " in (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert "problems.csv, 1 row\n" in (tmp_path / "README.txt").read_text(encoding="utf-8")


def test_a_sample_keeps_posts_of_every_charted_bar(corpus: Corpus) -> None:
    shown = find_sample(corpus, ["port", "ميناء"], ["reuters"], 15)
    assert len(shown) == 15
    keys = [key for post in shown for key in post.keys]
    assert keys.count("tag:port") >= EACH
    assert keys.count("tag:ميناء") >= EACH
    assert [s.scan.post.id for s in shown] == [
        s.scan.post.id for s in find_sample(corpus, ["port", "ميناء"], ["reuters"], 15)
    ]
    assert find_sample(corpus, ["x' OR 1=1 --"], [], 0) == []


def test_a_shown_post_is_the_scan_that_was_made(corpus: Corpus) -> None:
    for post in find_sample(corpus, [], [], 100):
        scan = postscan.scan(Post(post.scan.post.id, post.scan.post.text))
        for layer in ("blocks", "embeds", "entities", "languages"):
            assert getattr(post.scan, layer) == getattr(scan, layer)


def test_an_empty_run_has_a_report_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("12", encoding="utf-8")
    write_report(postscan.scan_all(tmp_path / "in"), tmp_path / "out", chart_formats=("svg",))
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "No post has a hashtag" in text
    assert "Nobody is credited" in text
    assert Page(text).open == []


def test_a_report_may_leave_posts_out(corpus: Corpus, tmp_path: Path) -> None:
    write_report(corpus, tmp_path, chart_formats=(), most_posts=0)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'id="posts"' not in text
    assert "calm today" not in text
    assert not (tmp_path / "charts").exists()


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
    assert 'title="headline, story 0, by the rule short line"' in html
    assert 'title="post of Noor (@noor), x, 2026-06-30, by the rule named"' in html
    assert 'title="handle: @noor; credited, embed: noor, by the rule embed handle">@noor</bdi>' in html
    assert '<bdi class="ps-entity ps-hashtag" title="hashtag: #حريق">#حريق</bdi>' in html
    assert "ps-story" in html
    assert "ps-own" in html
    assert "&quot;quoted&quot;" in html
    assert "language mul, mainly ar" in html
    assert 'dir="rtl" lang="ar"' in html
    assert not annotated_html(made_scan(), style=False).startswith("<style>")
    assert Page(html).open == []


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


def opened(page: Path, profile: Path) -> tuple[str, str]:
    """The page's elements after its script ran, and what the browser had to say."""
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --enable-logging=stderr --virtual-time-budget=3000 --dump-dom"
    )
    command = ["chromium", *flags.split(), f"--user-data-dir={profile}", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, done.stderr


needs_browser = pytest.mark.skipif(shutil.which("chromium") is None, reason="Debian's chromium is not installed")


@needs_browser
def test_a_browser_opens_the_page_without_a_complaint(out: Path, tmp_path: Path) -> None:
    shown, said = opened(out / "report.html", tmp_path)
    assert "CONSOLE" not in said, said
    page = Page(shown)
    assert [form for form in page.all("form") if "hidden" in form] == [], "the script ran"
    assert len(page.all("button")) > 20


@needs_browser
def test_rows_filter_the_posts_and_headings_sort(out: Path, tmp_path: Path) -> None:
    text = (out / "report.html").read_text(encoding="utf-8")
    text = re.sub(r"<meta http-equiv[^>]*>", "", text)
    act = """
        const seen = () => String([...document.querySelectorAll(".post")].filter((post) => !post.hidden).length);
        const row = document.querySelector('tr[data-key="tag:ميناء"]');
        const notes = [seen()];
        row.querySelector("button").click(); notes.push(seen());
        row.querySelector("button").click(); notes.push(seen());
        const input = document.querySelector("#filter input");
        input.value = "REUTERS"; input.dispatchEvent(new Event("input")); notes.push(seen());
        const table = row.closest("table"), uses = table.tHead.rows[0].cells[2];
        uses.querySelector("button").click(); notes.push(uses.getAttribute("aria-sort"));
        uses.querySelector("button").click(); notes.push(table.tBodies[0].rows[0].cells[2].textContent);
        document.body.dataset.notes = notes.join(" ");
    """
    (tmp_path / "page.html").write_text(text.replace("</body>", f"<script>{act}</script></body>"), encoding="utf-8")
    shown, said = opened(tmp_path / "page.html", tmp_path / "profile")
    assert "CONSOLE" not in said, said
    assert Page(shown).all("body")[0]["data-notes"] == "41 10 41 11 descending 10"
