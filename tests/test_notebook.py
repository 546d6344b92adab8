"""The notebooks run as they are committed, and what a notebook shows is right, safe and keeps its style to itself."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from nbclient import NotebookClient

import postscan
from postscan.corpus.overview import overview_html

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
SECONDS, MEGABYTES = 60, 1000
# In the notebook's own process: what it needed is what it says of itself.
MEASURE = """
import pathlib, sys, time
status = pathlib.Path("/proc/self/status")  # the peak of rusage is inherited from whoever started the kernel
peak = int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024 if status.exists() else 0
print(time.process_time(), peak)
"""


def run(name: str) -> tuple[Any, float, float]:
    """A notebook after it ran, and the seconds and megabytes that it took."""
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(MEASURE))
    folder = {"metadata": {"path": str(ROOT)}}
    NotebookClient(notebook, timeout=240, kernel_name="python3", resources=folder).execute()
    seconds, megabytes = notebook.cells.pop()["outputs"][0]["text"].split()
    return notebook, float(seconds), float(megabytes)


def sources(name: str, kind: str) -> list[str]:
    return [c.source for c in nbformat.read(NOTEBOOKS / name, as_version=4).cells if c.cell_type == kind]


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert all(not c.outputs and c.execution_count is None for c in cells if c.cell_type == "code")


@pytest.mark.filterwarnings("default")  # the kernel's own packages warn
def test_tour_runs_and_shows_charts_and_tables_within_a_minute_and_a_gigabyte() -> None:
    notebook, seconds, megabytes = run("tour.ipynb")
    outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    shown = [kind for o in outputs for kind in o.get("data", {})]
    assert shown.count("image/png") >= 4
    assert shown.count("text/html") >= 12
    assert any("<bdi>سد_مروة</bdi>" in o.get("data", {}).get("text/html", "") for o in outputs)
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_sections_of_the_tour_are_questions() -> None:
    headings = [
        line for text in sources("tour.ipynb", "markdown") for line in text.splitlines() if line.startswith("#")
    ]
    assert len(headings) >= 10
    assert [heading for heading in headings if not heading.endswith("?")] == ["## My own question"]


@pytest.mark.filterwarnings("default")
def test_answers_of_the_exercises_run() -> None:
    notebook, *_ = run("exercises-answers.ipynb")
    answers = [c for c in notebook.cells if c.cell_type == "code"][1:]
    assert all("assert " in answer.source for answer in answers)
    assert all(answer.outputs for answer in answers)


def test_exercises_ask_what_is_answered() -> None:
    asked = [text for text in sources("exercises.ipynb", "markdown") if text.startswith("## ")]
    answered = [text for text in sources("exercises-answers.ipynb", "markdown") if text.startswith("## ")]
    assert asked == answered
    assert len(asked) >= 6
    assert set(sources("exercises.ipynb", "code")[1:]) == {"# your answer"}


HOSTILE = "<script>x</script>\x1b[2J\x9b\x07 \u202eReversed </style><img src=x onerror=alert(1)> javascript:alert(1) #ت"


def test_a_shown_table_has_each_text_in_its_own_direction_and_numbers_as_figures() -> None:
    frame = pd.DataFrame(
        {
            "hashtag": ["سد_مروة", None],
            "posts": [1234, 6],
            "share": [0.25, 1.0],
            "record": pd.array([3, None], dtype="Int64"),
            "post": [-8446744073709551616, 5],
            "day": pd.to_datetime(pd.Series(["2026-07-06", None])),
            "at": pd.to_datetime(["2026-07-06T05:00", "2026-07-06T05:00"]),
            "date": [dt.date(2026, 7, 6), None],
            "guess": [True, False],
            "words": ["خبر عاجل من الميناء القديم في قصر نورا اليوم", "short"],
            "media": [["a"], []],
        }
    )
    frame.attrs["sentence"] = "Hashtags of <2> posts."
    html = postscan.show(frame).to_html()
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html)
    assert cells[:11] == [
        "<bdi>سد_مروة</bdi>", "1,234", "0.250", "3", "-8446744073709551616", "<bdi>2026-07-06</bdi>",
        "<bdi>2026-07-06 05:00:00</bdi>", "<bdi>2026-07-06</bdi>", "<bdi>True</bdi>",
        '<div dir="auto">خبر عاجل من الميناء القديم في قصر نورا اليوم</div>', "<bdi>[&#x27;a&#x27;]</bdi>",
    ]  # fmt: skip
    assert cells[11:16] == ["", "6", "1", "", "5"]
    assert "<caption><bdi>Hashtags of &lt;2&gt; posts.</bdi></caption>" in html
    assert re.search(r"\.col1 \{[^}]*text-align: right", html)
    assert re.search(r"\.col0 \{[^}]*text-align: left", html)


def test_a_long_table_says_how_many_rows_are_not_shown_and_any_index_is_kept() -> None:
    frame = pd.DataFrame({"n": range(100)}, index=[f"#<{n}>" for n in range(100)])
    html = postscan.show(frame, rows=5).to_html()
    assert html.count("<td ") == 5
    assert "5 of 100 rows shown." in html
    assert "<bdi>#&lt;4&gt;</bdi></th>" in html
    twice = pd.concat([frame, frame], axis="columns")
    assert postscan.show(twice, rows=2).to_html().count("<td ") == 4
    assert "<table" in postscan.show(pd.DataFrame()).to_html()


def test_a_notebook_that_asks_for_it_shows_frames_so_and_the_frames_stay_frames() -> None:
    shell = SimpleNamespace(display_formatter=DisplayFormatter())
    frame = pd.DataFrame({"tag": ["سد"]})

    class Places(pd.DataFrame):
        def _repr_html_(self) -> str:
            return "a map"

    def html(value: object) -> str:
        return str(shell.display_formatter.format(value)[0]["text/html"])

    assert "<bdi>" not in html(frame)
    postscan.load_ipython_extension(shell)
    assert "<bdi>سد</bdi>" in html(frame)
    assert html(Places()) == "a map"
    assert type(frame) is pd.DataFrame
    assert "<bdi>" not in frame._repr_html_()  # type: ignore[operator]
    postscan.unload_ipython_extension(shell)
    postscan.unload_ipython_extension(shell)
    assert "<bdi>" not in html(frame)


@given(st.text())
@settings(max_examples=100)
def test_no_text_leaves_its_cell(text: str) -> None:
    html = postscan.show(pd.DataFrame({text: [text]}, index=[text])).to_html()
    assert html.count("<td ") == 1
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", html)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """What a notebook shows of a hostile post: annotated, as a table, and in the overview of its corpus."""
    frame = pd.DataFrame({"hashtag": [HOSTILE, HOSTILE], "posts": [2, 1]})
    frame.attrs["sentence"] = HOSTILE
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "a.txt").write_text(f"{HOSTILE}\n\n{HOSTILE} #a</style>b", encoding="utf-8")
    with postscan.scan_all(folder, progress=False) as corpus:
        overview = overview_html(corpus.summary(), {HOSTILE: ("hashtag", frame)})
        yield [postscan.scan(HOSTILE)._repr_html_(), postscan.show(frame).to_html(), overview, corpus._repr_html_()]


def test_a_hostile_post_is_text_in_a_notebook(hostile: list[str]) -> None:
    for html in hostile:
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", html)
        bare = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
        assert not re.search(r"<(?!/?(?:article|p|b|bdi|div|span|table|thead|tbody|tr|th|td|caption)\b)", bare)
        assert "href" not in bare
        assert not re.search(r"<[^>]*\bon\w+=", re.sub(r"\"[^\"]*\"", "", bare))


PAGE = """<!doctype html><meta charset="utf-8"><body data-jp-theme-light="{light}" style="color:#123456">
<style>td{{text-align:right}}</style><p id="p">quiet</p><table><tr id="tr"><td id="td">1</td></tr></table>{shown}
<script>
const look = (q) => {{ const s = getComputedStyle(document.querySelector(q));
  return [s.color, s.backgroundColor, s.textAlign, s.direction].join(" "); }};
const all = {{p: look("#p"), td: look("#td"), tr: look("#tr"), post: look(".ps-post"), overview: look(".ps-overview"),
  cell: look(".col0")}};
document.body.innerHTML = "<pre>" + Object.entries(all).map((e) => e.join("=")).join("\\n") + "</pre>";
</script>"""


def looks(chromium: str, file: Path, *, light: bool, shown: str) -> dict[str, str]:
    file.write_text(PAGE.format(light=str(light).lower(), shown=shown), encoding="utf-8")
    command = [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=120)
    lines = re.search(r"<pre>(.*)</pre>", done.stdout, re.DOTALL)
    assert lines is not None, done.stderr
    return dict(line.split("=", 1) for line in lines[1].splitlines())


@pytest.mark.skipif(sys.platform != "linux", reason="Chromium is called as Debian has it")
def test_looks_follow_the_notebooks_theme_and_stay_with_us(hostile: list[str], tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    alone = '<p class="ps-post">' + '<p class="ps-overview"><table><td class="col0"></table>'
    before = looks(chromium, tmp_path / "a.html", light=True, shown=alone)
    light = looks(chromium, tmp_path / "b.html", light=True, shown="".join(hostile))
    dark = looks(chromium, tmp_path / "c.html", light=False, shown="".join(hostile))
    for name in ("p", "td", "tr"):
        assert before[name] == light[name] == dark[name], "what is not ours looks as before"
    assert [colour > 128 for colour in brightness(light["post"])] == [False, True]
    assert [colour > 128 for colour in brightness(dark["post"])] == [True, False]
    assert light["overview"] == dark["overview"]
    assert "rgb(18, 52, 86) rgba(0, 0, 0, 0)" in dark["overview"], "the notebook's own ink on its own paper"


def brightness(look: str) -> list[float]:
    """Of ink and of paper."""
    return [sum(map(int, colour)) / 3 for colour in re.findall(r"rgb\((\d+), (\d+), (\d+)\)", look)]
