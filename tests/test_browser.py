"""The page in Debian's chromium: nothing is asked for, filters and tables work, letters run their own way."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import postscan
from pages import write_harmful
from postscan.report import write_report
from postscan.wording import LANGUAGES

pytest.importorskip("selenium", reason="selenium is not installed: pip install -e .[test]")
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="needs Debian's chromium and chromium-driver: apt-get install chromium-driver"
)
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1280,1000"
)
SHOWN = "return document.querySelectorAll('.post:not([hidden])').length"

Browser = webdriver.Chrome


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    options = Options()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_script_timeout(120)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of pages: of the example corpus and of harmful posts, in each language."""
    found = {}
    for name, folder in (("corpus", CORPUS), ("harm", write_harmful(tmp_path_factory.mktemp("in") / "=harbour"))):
        out = tmp_path_factory.mktemp(name)
        corpus = postscan.scan_all(folder, out=out)
        for ui in LANGUAGES:
            write_report(corpus.select(ui=ui), out, chart_formats=())
            page = (out / "report.html").rename(out / f"report-{ui}.html")
            found[f"{name}-{ui}"] = page.as_uri()
    return found


@pytest.fixture
def opened(browser: Browser, pages: dict[str, str]) -> Iterator[Callable[[str], Browser]]:
    """Opens one of the pages afresh; what was emulated for it goes."""

    def open_page(name: str) -> Browser:
        browser.get("about:blank")
        said(browser)
        browser.get(pages.get(name, name))
        return browser

    yield open_page
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def said(browser: Browser) -> list[str]:
    """What the console said since it was last asked, and which addresses other than the page's were asked for."""
    console = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    for entry in browser.get_log("performance"):  # type: ignore[no-untyped-call]
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not (url.startswith("file:") and "/report" in url) and url != "about:blank":
                console.append(url)
    return console


def run(browser: Browser, script: str, *values: Any) -> Any:
    return browser.execute_script(script, *values)


def hover(browser: Browser, part: Any) -> None:
    """Bring the pointer onto a part; a pointer that is there already, or a page that still moves, needs another try."""

    def brought(_: Any) -> bool:
        size = browser.get_window_size()
        corner: Any = ActionBuilder(browser)
        corner.pointer_action.move_to_location(size["width"] // 2, 1)
        corner.perform()
        ActionChains(browser).move_to_element(part).perform()
        return bool(run(browser, "return arguments[0].matches(':hover')", part))

    WebDriverWait(browser, 10).until(brought)


def row_of(asked: str) -> str:
    return f"tr[data-ask='{asked}'] button"


def press(browser: Browser, selector: str, key: str) -> None:
    """Give the keyboard to the first such element, and press a key there."""
    run(browser, "document.querySelector(arguments[0]).focus()", selector)
    ActionChains(browser).send_keys(key).perform()


@pytest.mark.parametrize("ui", LANGUAGES)
@pytest.mark.parametrize("name", ["corpus", "harm"])
def test_a_page_opens_without_a_complaint_or_a_request(opened: Callable[[str], Browser], name: str, ui: str) -> None:
    browser = opened(f"{name}-{ui}")
    assert run(browser, "return [...document.querySelectorAll('form')].some((form) => !form.hidden)"), "the script ran"
    run(browser, "for (const part of document.querySelectorAll('details')) part.open = true")
    assert len(run(browser, "return [...document.querySelectorAll('.answers dt')].map((part) => part.innerText)")) == 5
    assert all(run(browser, "return [...document.querySelectorAll('.answers dd')].map((part) => part.innerText)"))
    assert said(browser) == []
    assert run(browser, "return document.images.length + document.querySelectorAll('iframe,object').length") == 0


def test_the_page_of_the_example_corpus_is_small(pages: dict[str, str]) -> None:
    for ui in LANGUAGES:
        assert Path(pages[f"corpus-{ui}"].removeprefix("file://")).stat().st_size <= 2_000_000


def test_rows_and_bars_filter_to_their_posts_and_combine(opened: Callable[[str], Browser]) -> None:
    browser = opened("harm-en")
    whole = run(browser, SHOWN)
    assert whole == 41
    run(browser, f'document.querySelector("{row_of("tag=ميناء")}").click()')
    assert run(browser, SHOWN) == 10
    assert run(browser, "return decodeURIComponent(location.hash)") == "#tag=ميناء"
    assert "10 of the 10 posts behind it" in run(browser, "return document.getElementById('shown').textContent")
    assert run(browser, "return document.querySelector('#chosen code').textContent") == "postscan posts . 'tag=ميناء'"
    run(browser, f'document.querySelector("{row_of("period=2026-07-02")}").click()')
    assert run(browser, SHOWN) == 2
    run(browser, "document.querySelector('#chosen li button').click()")
    assert run(browser, SHOWN) == 5, "the day alone is left"
    run(browser, "document.querySelector('#chosen > button').click()")
    assert run(browser, SHOWN) == whole
    assert run(browser, "return location.hash") == ""
    press(browser, ".spot", Keys.ENTER)
    assert run(browser, "return document.activeElement.getAttribute('aria-pressed')") == "true"
    assert run(browser, SHOWN) == 31, "the first bar is #Port"
    for asked, left in (("source.named=reuters", 11), ("language=en", 11), ("period=2026-07-05", 1)):
        run(browser, "document.querySelector(arguments[0]).click()", row_of(asked))
        assert run(browser, SHOWN) == left, asked
    command = run(browser, "return document.querySelector('#chosen code').textContent")
    assert command == "postscan posts . tag=port source=reuters language=en period=2026-07-05 group=named"
    assert said(browser) == []


def test_the_command_of_the_page_gives_all_posts(opened: Callable[[str], Browser], pages: dict[str, str]) -> None:
    import shlex
    import subprocess
    import sys

    browser = opened("harm-en")
    run(browser, f'document.querySelector("{row_of("tag=port")}").click()')
    run(browser, f'document.querySelector("{row_of("source.named=reuters")}").click()')
    command = run(browser, "return document.querySelector('#chosen code').textContent")
    folder = Path(pages["harm-en"].removeprefix("file://")).parent
    words = [sys.executable, "-m", *shlex.split(command), "--format", "jsonl"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True, encoding="utf-8")
    assert len({json.loads(line)["post"] for line in done.stdout.splitlines()}) == run(browser, SHOWN) == 11


def test_the_address_keeps_what_is_asked_for(opened: Callable[[str], Browser], pages: dict[str, str]) -> None:
    browser = opened(pages["harm-en"] + "#tag=port&words=REUTERS&nothing=known")
    assert run(browser, SHOWN) == 11
    assert run(browser, "return document.querySelector('#words input').value") == "REUTERS"
    run(browser, "document.querySelector('nav a[href=\"#posts\"]').click()")
    assert run(browser, SHOWN) == 11, "a link within the page changes nothing"
    run(browser, "location.hash = 'tag=n1'")
    browser.execute_async_script("setTimeout(arguments[0], 50)")
    assert run(browser, SHOWN) == 13
    browser.refresh()
    assert run(browser, SHOWN) == 13
    assert said(browser) == []


def test_words_are_found_however_they_are_written(opened: Callable[[str], Browser]) -> None:
    browser = opened("harm-en")
    script = """const box = document.querySelector("#words input"); box.value = arguments[0];
        box.dispatchEvent(new Event("input")); """
    for words, posts in (
        ("reuters", 11),
        ("مِينَاء", 10),
        ("بندر آرام", 10),
        ("بندر ارام", 10),
        ("<script>", 1),
        ("", 41),
    ):
        assert run(browser, script + SHOWN, words) == posts, words


def test_tables_sort_and_filter_by_keyboard(opened: Callable[[str], Browser]) -> None:
    browser = opened("corpus-en")
    cells = """return [...document.querySelectorAll('#hashtags tbody tr:not([hidden])')]
        .map((row) => row.cells[arguments[0]].textContent)"""
    assert run(browser, cells, 0)[:2] == ["#PortStrike", "#زلزله_زرین"]
    press(browser, "#hashtags thead th:nth-child(2) button", Keys.ENTER)
    press(browser, "#hashtags thead th:nth-child(2) button", Keys.ENTER)
    posts = [int(number) for number in run(browser, cells, 1)]
    assert posts == sorted(posts)
    heads = run(browser, "return [...document.querySelectorAll('#hashtags thead th')].map((c) => c.ariaSort)")
    assert heads == [None, "ascending", None, None, None]
    press(browser, "#hashtags thead th:nth-child(1) button", " ")
    names = run(browser, cells, 0)
    assert names != run(browser, "return [...arguments[0]].reverse()", names)
    assert run(browser, "const c = new Intl.Collator('en', {numeric: true}); "
               "return [...arguments[0]].sort(c.compare)", names) == names  # fmt: skip
    press(browser, "#hashtags .find input", "زلزله")
    assert run(browser, cells, 0) == ["#د_زرین_زلزله", "#زلزله_زرین"]
    assert "2 of 20 rows" in run(browser, "return document.querySelector('#hashtags .more').textContent")


def test_arrows_move_within_bars_rows_and_reasons(opened: Callable[[str], Browser]) -> None:
    browser = opened("corpus-en")
    for group, parts in (("#hashtags svg", ".spot"), ("#hashtags tbody", "th button"), (".post", "[tabindex]")):
        press(browser, f"{group} {parts}", Keys.ARROW_DOWN)
        place = "return [...document.querySelector(arguments[0]).querySelectorAll(arguments[1])]"
        assert run(browser, f"{place}.indexOf(document.activeElement)", group, parts) == 1
        stops = run(browser, f"{place}.filter((part) => part.tabIndex === 0).length", group, parts)
        assert stops == 1, f"{group}: one stop of the Tab key"
    assert run(browser, SHOWN) == 75


@pytest.mark.parametrize("ui", LANGUAGES)
def test_reasons_show_under_the_pointer_and_where_the_keyboard_is(opened: Callable[[str], Browser], ui: str) -> None:
    browser = opened(f"corpus-{ui}")
    tip = "return getComputedStyle(document.querySelector(arguments[0]), '::after').content"
    for mark in (".post .ps-kind", ".post .ps-entity", ".post .ps-source"):
        assert run(browser, tip, mark) == "none"
        run(browser, "document.querySelector(arguments[0]).focus()", mark)
        reason = run(browser, "return document.querySelector(arguments[0]).getAttribute('aria-description')", mark)
        assert run(browser, tip, mark) not in ("none", '""')
        assert len(reason) > 10
        run(browser, "document.activeElement.blur()")
        part = browser.find_element("css selector", mark)
        run(browser, "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", part)
        hover(browser, part)
        assert run(browser, tip, mark) not in ("none", '""')
        ActionChains(browser).move_to_element(browser.find_element("css selector", "#posts h2")).perform()


ENDS = """const inside = document.createRange(), node = arguments[0].firstChild;
    const at = (n) => { inside.setStart(node, n); inside.setEnd(node, n + 1); return inside.getBoundingClientRect(); };
    return [at(0).x, at(node.length - 1).x, getComputedStyle(arguments[0]).direction];"""


@pytest.mark.parametrize("ui", LANGUAGES)
def test_cells_and_posts_run_their_own_way(opened: Callable[[str], Browser], ui: str) -> None:
    browser = opened(f"harm-{ui}")
    cell = "#hashtags tr[data-ask='tag={}'] bdi"
    for tag, right_to_left in (("ميناء", True), ("بندر", True), ("calm", False)):
        first, last, way = run(browser, ENDS, browser.find_element("css selector", cell.format(tag)))
        assert (first > last, way) == (right_to_left, "rtl" if right_to_left else "ltr"), (
            "the sign stands where it begins"
        )
    ways = run(
        browser,
        """return [...document.querySelectorAll('.ps-text')].slice(0, 4)
        .map((part) => getComputedStyle(part).direction)""",
    )
    assert ways == ["ltr", "rtl", "rtl", "ltr"], "in input order: English, Arabic, Persian, English"
    name, number = run(
        browser,
        """const row = document.querySelector('#hashtags tbody tr');
        return [row.cells[0].getBoundingClientRect().x, row.cells[1].getBoundingClientRect().x]""",
    )
    assert (name > number) == (ui == "ar"), "tables are mirrored as a whole"
    assert run(browser, "return getComputedStyle(document.body).direction") == ("rtl" if ui == "ar" else "ltr")


def test_days_keep_the_order_of_their_parts_in_arabic(opened: Callable[[str], Browser]) -> None:
    browser = opened("corpus-ar")
    days = browser.find_elements("css selector", ".answers bdi[dir=ltr], .sentence bdi[dir=ltr]")
    assert len(days) > 6
    for day in days:
        first, last, _ = run(browser, ENDS, day)
        assert first < last or first == last == 0, day.text


@pytest.mark.parametrize("ui", LANGUAGES)
def test_a_phone_shows_the_page_without_scrolling_sideways(opened: Callable[[str], Browser], ui: str) -> None:
    browser = opened(f"corpus-{ui}")
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    run(browser, "for (const part of document.querySelectorAll('details')) part.open = true")
    run(browser, f'document.querySelector("{row_of("tag=portstrike")}").click()')
    assert run(browser, "return document.documentElement.scrollWidth <= 390")
    assert run(browser, "const box = document.getElementById('chosen').getBoundingClientRect(); "
               "return box.left >= 0 && box.right <= 390 && box.height < 300")  # fmt: skip


def test_with_scripts_off_everything_is_there(opened: Callable[[str], Browser], browser: Browser) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    opened("corpus-en")
    assert run(browser, SHOWN) == 75
    assert run(browser, "return [...document.querySelectorAll('form, aside')].every((part) => part.hidden)")
    assert run(browser, "return document.querySelectorAll('tbody button, thead button').length") == 0
    assert run(browser, "return document.querySelectorAll('svg[role=img]').length") == 8
    assert run(browser, "return document.querySelectorAll('.post [tabindex=\"0\"]').length") > 500
    heading = browser.find_element("css selector", "#pairs summary")
    run(browser, "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", heading)
    heading.click()
    assert run(browser, "return document.querySelector('#pairs svg').getBoundingClientRect().height") > 100


def test_paper_shows_what_is_closed_on_the_screen(opened: Callable[[str], Browser]) -> None:
    browser = opened("corpus-en")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    run(browser, "dispatchEvent(new Event('beforeprint'))")
    assert run(browser, "return document.querySelector('#pairs table').getBoundingClientRect().height") > 100
    assert run(browser, "return getComputedStyle(document.querySelector('nav')).display") == "none"
    assert run(browser, "return getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    run(browser, "dispatchEvent(new Event('afterprint'))")
    assert not run(browser, "return document.getElementById('pairs').open")


def axe_source() -> str:
    """axe-core, where npm put it: the file in POSTSCAN_AXE, or `node_modules` beside the tests."""
    beside = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
    file = Path(os.environ.get("POSTSCAN_AXE") or beside)
    if file.is_file():
        return file.read_text(encoding="utf-8")
    pytest.skip("axe-core is not there: npm install --prefix tests axe-core, or name its file in POSTSCAN_AXE")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["corpus-en", "corpus-ar", "harm-en"])
def test_axe_finds_no_violation(opened: Callable[[str], Browser], name: str, scheme: str) -> None:
    source = axe_source()
    browser = opened(name)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    run(browser, "for (const part of document.querySelectorAll('details')) part.open = true")
    run(browser, "document.querySelector('tbody button').click()")
    run(browser, source)
    violations = browser.execute_async_script(
        "axe.run(document, {resultTypes: ['violations']}).then((found) => arguments[0](found.violations))"
    )
    told = [f"{each['id']}: {node['html'][:200]}" for each in violations for node in each["nodes"]]
    assert told == []
    paper = run(browser, "return getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")


def test_the_page_of_5000_posts_opens_within_3_seconds(opened: Callable[[str], Browser], tmp_path: Path) -> None:
    chance = random.Random(7)
    words = ("boats", "wait", "at", "the", "gate", "while", "crews", "count", "crates", "and", "nobody", "knows")
    lines = []
    for n in range(5000):
        text = " ".join(chance.choices(words, k=chance.randint(10, 60))) + f" #port #t{int(chance.paretovariate(1))} 🚢"
        lines.append(
            json.dumps({"id": f"{n}", "text": f"{text}, Reuters said.", "created": f"2026-07-{1 + n % 28:02}"})
        )
    (tmp_path / "posts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    write_report(postscan.scan_all(tmp_path / "posts.jsonl"), tmp_path / "out", chart_formats=())
    page = tmp_path / "out" / "report.html"
    assert page.stat().st_size < 15_000_000
    start = time.monotonic()
    browser = opened(page.as_uri())
    run(browser, f'document.querySelector("{row_of("tag=t2")}").click()')
    took = time.monotonic() - start
    assert 5 <= run(browser, SHOWN) < 400
    assert took < 3, f"{took:.1f} s"
    assert said(browser) == []
