"""`report.html`: one page that asks for nothing, and in which a post's words can do nothing.

A Content-Security-Policy forbids every request, and every style and script but the page's own two, which it knows by
their digests. Jinja2 escapes whatever is put in; what the template marks as safe was made and escaped by us.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

from postscan.annotate import clean_html, style_sheet, without_controls
from postscan.charts import REPORT_CHARTS, alt_text
from postscan.charts.bars import GROUPS
from postscan.charts.labels import elide
from postscan.charts.style import FEWEST
from postscan.report.answers import busiest_period, find_answers
from postscan.report.behind import Behind, command_flags, uses_of
from postscan.report.lists import SPECS, List, Numbers, make_list, parts_of, period_words
from postscan.report.pictures import Picture, page_chart, period_bars
from postscan.report.posts import write_posts
from postscan.report.sample import EACH, find_sample
from postscan.report.spreadsheets.about import table_name
from postscan.wording import RIGHT_TO_LEFT, count_of, say, words

if TYPE_CHECKING:
    from markupsafe import Markup
    from pandas import DataFrame

    from postscan.corpus import Corpus
    from postscan.report.charted import Charted

_DAY = re.compile(r"\d{4}-(?:W?\d\d)(?:-\d\d)?(?:[ T]\d\d(?::\d\d)*)?|\b[0-9a-f]{10}\b", re.ASCII)
"""A period, or the short id of a run."""
_LONG = 300
"""Characters of a title, a remark or an option."""
_MOST_REMARKS = 30
_NARROW, _WIDE = 6.2, 8.6
"""Inches that a chart has on the page."""
_WIDTHS = {"timeline": 7.4, "languages": _WIDE, "tag_sources": _WIDE, "pairs": _WIDE}
_MORE = ("handles", "embedded_accounts", "domains", "links", "posters", "platforms", "suspicious_tags", "rules")
_LEFT_OUT = ("problems", "skipped", "duplicate_ids")


def page_html(
    corpus: Corpus,
    tables: Mapping[str, DataFrame],
    charted: Mapping[str, Charted],
    *,
    by: str,
    most_posts: int,
    counting: Mapping[str, Any],
    folder: str,
) -> str:
    """The whole page. `by` says what periods are, `folder` what the commands on the page call the corpus's folder."""
    import jinja2

    ui = corpus.ui
    summary = corpus.summary()
    numbers = Numbers()
    bars = {part for chart in charted.values() for bar in chart.bars for part in bar.parts}
    lists = {
        name: make_list(frame, name, ui, numbers, by=by, charted=bars)
        for name, frame in _page_tables(tables).items()
        if name in SPECS
    }
    posts = []
    if most_posts:
        sample = find_sample(corpus, uses_of(corpus, by, counting), _kept(charted, numbers), numbers.found, most_posts)
        posts = write_posts(sample, numbers.found, ui, folder)
    css, script = _data("report.css") + style_sheet(), _data("report.js")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"clean": without_controls, "dated": _dated}
    environment.filters["table_words"] = environment.globals["table_words"] = functools.partial(table_name, ui)
    pictures = _pictures(charted, tables, numbers, ui)
    shown = [name for name in _MORE if lists[name].rows]
    left_out = [lists[name] for name in _LEFT_OUT if lists[name].rows]
    below = [name for name in ("pairs", "tag_sources", "emoji") if name in lists and lists[name].rows]
    return environment.from_string(_data("report.html.j2")).render(
        **_speakers(ui),
        ui=ui,
        way="rtl" if ui in RIGHT_TO_LEFT else "ltr",
        policy=_policy(css, script),
        css=css,
        script=script,
        title=elide(", ".join(corpus.run["arguments"]), _LONG),
        run_words=say(ui, "run", run=summary.run_id),
        missing=_missing(corpus.run.get("missing")),
        summary=summary,
        skipped_count=sum(summary.skipped.values()),
        problem_count=sum(summary.problems.values()),
        read_parts=_parts(summary.kept, sum(summary.skipped.values()), sum(summary.problems.values())),
        encodings=[(elide(name, _LONG), count) for name, count in summary.encodings.items()][:_MOST_REMARKS],
        remarks=[elide(remark, _LONG) for remark in summary.remarks[:_MOST_REMARKS]],
        answers=find_answers(tables, ui),
        sections=_sections(ui, below, more=bool(shown), posts=bool(posts)),
        lists=lists,
        left_out=left_out,
        below=below,
        notes={name: _note(lists[name], ui) for name in below},
        more=[lists[name] for name in shown],
        pictures=pictures,
        days=_day_bars(tables["periods"], numbers, by, ui, pictures["timeline"]),
        when=tables["timeline"].attrs.get("sentence", ""),
        posts=posts,
        each=EACH,
        folder=folder,
        flags=command_flags(corpus, counting),
        options=_options(corpus, counting),
    )


def _page_tables(tables: Mapping[str, DataFrame]) -> dict[str, DataFrame]:
    """The tables of the page: who is credited is two of them, for the posters' own signatures are no credit."""
    sources = tables["sources"]
    charted = sources["kind"].isin([kind for _, kinds in GROUPS for kind in kinds])
    parts = {"sources": sources[charted], "uncharted": sources[~charted]}
    for part in parts.values():
        part.attrs["of"] = len(part)
    return {**tables, **parts}


def _data(name: str) -> str:
    return resources.files("postscan.data").joinpath(name).read_text(encoding="utf-8")


def _policy(css: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(css)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")


def _speakers(ui: str) -> dict[str, Any]:
    """What the template says things with."""
    from markupsafe import Markup

    def code(command: str) -> Markup:
        return Markup('<code dir="ltr">{}</code>').format(without_controls(command))

    return {
        "t": lambda key, **values: say(ui, f"page.{key}", **values),
        "raw": lambda key: words(ui)[f"page.{key}"],
        "n_of": functools.partial(count_of, ui),
        "number": lambda value: f"{value:,}",
        "phrase": lambda key, **pieces: _phrase(ui, f"page.{key}", **pieces),
        "code": code,
    }


def _phrase(ui: str, key: str, **pieces: object) -> Markup:
    """What is said with these pieces, as HTML; a piece that is none is escaped, as the words around are."""
    from markupsafe import Markup

    marks = {name: f"\N{OBJECT REPLACEMENT CHARACTER}{name}\N{OBJECT REPLACEMENT CHARACTER}" for name in pieces}
    said = clean_html(say(ui, key, **marks))
    for name, mark in marks.items():
        piece = pieces[name]
        said = said.replace(mark, str(piece) if hasattr(piece, "__html__") else clean_html(piece))
    return Markup(said)  # noqa: S704  # each piece was escaped, or is a macro's


def _dated(words: str) -> Markup:
    """The words as HTML, each day in them kept together: in Arabic its parts would change places."""
    from markupsafe import Markup

    return Markup(_DAY.sub(r'<bdi dir="ltr">\g<0></bdi>', clean_html(words)))  # noqa: S704  # it was escaped


def _missing(parts: Any) -> str:
    """Which parts of the run are not there, in a line."""
    return ", ".join(map(str, parts)) if isinstance(parts, list | tuple) else str(parts or "")


def _parts(*counts: int) -> list[float]:
    whole = sum(counts) or 1
    return [count / whole for count in counts]


def _day_bars(periods: DataFrame, numbers: Numbers, by: str, ui: str, under: Picture) -> str:
    """Posts of every period as a picture; nothing for fewer than three."""
    if len(periods) < FEWEST:
        return ""
    busiest = busiest_period(periods)
    alt = say(ui, "page.periods") + (
        ": " + say(ui, "page.busiest", period=busiest[0], posts=count_of(ui, "post", busiest[1])) if busiest else ""
    )
    rows = periods.assign(posts=periods["posts"].fillna(0)).to_dict("records")
    bars = [
        (numbers.of(parts_of("periods", row, by)), _called(period_words(row["period"]), int(row["posts"]), ui))
        for row in rows
    ]
    return period_bars(
        [(*bar, int(row["posts"])) for bar, row in zip(bars, rows, strict=True)],
        alt, say(ui, "page.all_posts"), under, mirrored=ui in RIGHT_TO_LEFT,
    )  # fmt: skip


def _called(words: str, posts: int, ui: str) -> str:
    """What a bar is called."""
    return f"{words}: {count_of(ui, 'post', posts)}"


def _kept(charted: Mapping[str, Charted], numbers: Numbers) -> list[tuple[Behind, ...]]:
    """Whatever a bar, a line or a period stands for: each keeps some of its posts on the page."""
    found = [bar.parts for chart in charted.values() for bar in chart.bars if bar.parts]
    found += [line for chart in charted.values() for line in chart.lines]
    return list(dict.fromkeys([*found, *((part,) for part in numbers.found if part[0] == "periods")]))


def _pictures(
    charted: Mapping[str, Charted], tables: Mapping[str, DataFrame], numbers: Numbers, ui: str
) -> dict[str, Picture]:
    """Charts as SVG with the words below them; a sentence where a chart would have fewer than three rows."""
    pictures = {}
    for name, chart in charted.items():
        if not chart.drawn:
            pictures[name] = Picture(f'<p class="big" dir="auto">{clean_html(alt_text(chart.axes))}</p>', "")
            continue
        bars = [(numbers.of(bar.parts), _called(bar.words, bar.posts, ui)) for bar in chart.bars]
        sentence = tables[REPORT_CHARTS[name].table].attrs.get("sentence", "")
        pictures[name] = page_chart(chart.axes, name, bars, sentence=sentence, width=_WIDTHS.get(name, _NARROW))
    return pictures


def _note(shown: List, ui: str) -> Markup:
    """The row with most posts of a table under a closed heading, for those who have not opened it."""
    from markupsafe import Markup

    row = max(shown.rows, key=lambda row: row.posts)
    one, other = (Markup("<bdi>{}</bdi>").format(without_controls(cell.words)) for cell in row.cells[:2])
    words = one + " " + other if shown.name == "emoji" else _phrase(ui, "chart.with", one=one, other=other)
    return words + f": {count_of(ui, 'post', row.posts)}"


def _sections(ui: str, below: Sequence[str], *, more: bool, posts: bool) -> list[tuple[str, str]]:
    """The headings of the page and what they are called."""
    return [
        ("read", say(ui, "page.read")),
        ("hashtags", table_name(ui, "hashtags")),
        ("sources", table_name(ui, "sources")),
        ("timeline", say(ui, "page.when")),
        ("languages", table_name(ui, "languages")),
        *((name, table_name(ui, name)) for name in below),
        *([("more", say(ui, "page.more_heading"))] if more else []),
        *([("posts", say(ui, "page.posts_heading"))] if posts else []),
        ("made", say(ui, "page.made_heading")),
    ]


def _options(corpus: Corpus, counting: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How the run was made and counted, and with what."""
    pairs = {**corpus.run["options"], **counting, **corpus.run["versions"]}
    return [(name, elide(str(value), _LONG)) for name, value in pairs.items()]
