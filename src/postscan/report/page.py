"""`report.html`: one page that asks for nothing, and in which a post's words can do nothing.

A Content-Security-Policy forbids every request, and every style and script but the page's own two, which it knows by
their digests. Jinja2 escapes whatever is put in; what the template marks as safe was made and escaped by us.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

from postscan import charts
from postscan.annotate import annotated_html, clean_html, style_sheet, without_controls
from postscan.charts.bars import GROUPS, credited, source_words
from postscan.charts.strip import language_name, percent
from postscan.charts.style import FEWEST
from postscan.report.pictures import page_chart, without_sentence
from postscan.report.sample import find_sample, keys_attribute, shown_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

    from postscan.corpus import Corpus

_ROWS = 100  # of a table on the page; the CSV has all
_CHARTED = frozenset(kind for _, kinds in GROUPS for kind in kinds)
_OTHER_TABLES = {
    "handles": ("Handles", "handle"),
    "embedded_accounts": ("Accounts whose posts are embedded", "account"),
    "domains": ("Domains of links", "domain"),
    "emoji": ("Emoji", "emoji"),
    "posters": ("Who posted", "poster"),
    "platforms": ("Platforms", "platform"),
    "rules": ("Rules that decided", "rule"),
}


def page_html(corpus: Corpus, tables: Mapping[str, DataFrame], *, top: int, most_posts: int) -> str:
    """The whole page."""
    import jinja2

    summary = corpus.summary()
    css = _data("report.css") + style_sheet()
    script = _data("report.js")
    rows = {
        name: shown_rows(frame, _ROWS)
        for name, frame in tables.items()
        if "posts" in frame and "key" in frame and "period" not in frame
    }
    for row in rows["languages"]:
        row |= {"english": language_name(row["code"]), "own_name": language_name(row["code"], own=True)}
    for row in rows["sources"]:
        row["name"] = source_words(row)
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"clean": without_controls, "percent": percent}
    shown = find_sample(corpus, _tags(rows["hashtags"][:top]), _credited(rows["sources"], top), most_posts)
    return environment.from_string(_data("report.html.j2")).render(
        policy=_policy(css, script),
        css=css,
        script=script,
        title=_title(corpus),
        summary=summary,
        rows=rows,
        charted=[row for row in rows["sources"] if row["kind"] in _CHARTED],
        uncharted=[row for row in rows["sources"] if row["kind"] not in _CHARTED],
        totals={name: int((frame["posts"] > 0).sum()) for name, frame in tables.items() if name in rows},
        sentences={name: frame.attrs.get("sentence", "") for name, frame in tables.items()},
        pictures=_pictures(tables, top),
        answers=_answers(rows) | {"busiest": _busiest(tables["periods"])},
        others={name: words for name, words in _OTHER_TABLES.items() if rows.get(name)},
        problems=_listed(tables["problems"], "message"),
        skipped=_listed(tables["skipped"], "reason"),
        posts=[
            (
                annotated_html(post.scan, style=False),
                keys_attribute(post.keys),
                post.scan.post.id,
                _where(post.scan.post),
            )
            for post in shown
        ],
        options=corpus.run["options"],
        versions=corpus.run["versions"],
    )


def _data(name: str) -> str:
    return resources.files("postscan.data").joinpath(name).read_text(encoding="utf-8")


def _policy(css: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(css)}'; script-src 'sha256-{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(source: str) -> str:
    return base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")


def _title(corpus: Corpus) -> str:
    return ", ".join(corpus.run["arguments"])


def _tags(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(row["key"]) for row in rows]


def _credited(rows: Sequence[Mapping[str, Any]], top: int) -> list[str]:
    return [str(row["key"]) for row in rows if row["kind"] in _CHARTED][: 2 * top]


def _answers(rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The first words of an answer: the top rows."""
    named = [row for row in rows["sources"] if row["kind"] in GROUPS[0][1]]
    decided = [row for row in rows["languages"] if row["code"] != "und" and row["share"] > 0]
    return {"tags": rows["hashtags"][:3], "named": named[:3], "languages": decided[:3]}


def _busiest(periods: DataFrame) -> tuple[str, int] | None:
    """The day with most posts, the first of them, and how many; None where there are fewer than three days."""
    if len(periods) < FEWEST:
        return None
    row = periods.iloc[int(periods["posts"].to_numpy().argmax())]
    return f"{row['period']:%Y-%m-%d}", int(row["posts"])


def _pictures(tables: Mapping[str, DataFrame], top: int) -> dict[str, str]:
    """Charts as SVG; a sentence where a chart would have fewer than three rows; nothing where nothing was found."""
    parts: dict[str, tuple[Callable[..., Axes], int, dict[str, int]]] = {
        "hashtags": (charts.hashtags, int((tables["hashtags"]["posts"] > 0).sum()), {"top": top}),
        "sources": (charts.sources, sum(map(len, credited(tables["sources"], top).values())), {"top": top}),
        "languages": (charts.languages, int((tables["languages"]["share"] > 0).sum()), {}),
        "timeline": (charts.timeline, tables["timeline"]["period"].nunique(), {}),
    }
    pictures = {}
    for name, (draw, rows, options) in parts.items():
        if rows >= FEWEST:
            pictures[name] = page_chart(draw, tables[name], name, **options)
        else:
            words = charts.alt_text(draw(without_sentence(tables[name]), **options)) if rows else ""
            pictures[name] = f'<p class="big" dir="auto">{clean_html(words)}</p>' if words else ""
    return pictures


def _listed(frame: DataFrame, column: str) -> list[tuple[str, str]]:
    """Place and reason of the first rows."""
    return [
        (str(path) if record is None or record != record else f"{path}#{record}", str(words))  # noqa: PLR0124
        for path, record, words in zip(
            frame["path"].head(_ROWS),
            frame["record"].astype(object).where(frame["record"].notna(), None),
            frame[column],
            strict=False,
        )
    ]


def _where(post: Any) -> str:
    return str(post.path) if post.record is None else f"{post.path}#{post.record}"
