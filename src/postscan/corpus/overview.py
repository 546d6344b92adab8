"""What a notebook shows of a corpus: what was read, and the top of its counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from postscan.corpus.display import bdi
from postscan.corpus.summaries import Summary
from postscan.wordlists import read_toml

if TYPE_CHECKING:
    import pandas as pd

# No colour of its own but that of the bars, which is seen on light and dark: the rest is the notebook's. Every rule is
# for what lies in our own element; rows are no table, for notebooks have a look for those that would come through.
_STYLE = """
.ps-overview{line-height:1.5;text-align:start}
.ps-overview>p{margin:0 0 .5em}
.ps-overview>p.ps-dim{opacity:.72;font-size:90%}
.ps-overview .ps-lists{display:flex;flex-wrap:wrap;gap:.5em 2.5em}
.ps-overview .ps-list{display:grid;grid-template-columns:auto 5em minmax(0,1fr);align-content:start;gap:0 .7em}
.ps-overview .ps-list>b{grid-column:1/-1}
.ps-overview .ps-entry{display:contents}
.ps-overview .ps-figure{text-align:right;font-variant-numeric:tabular-nums}
.ps-overview .ps-track{display:flex;align-items:center}
.ps-overview .ps-bar{display:block;height:.6em;border-radius:2px;background:#2b8cc4}
.ps-overview bdi{overflow-wrap:anywhere}
"""


def overview_html(summary: Summary, counts: Mapping[str, tuple[str, pd.DataFrame]]) -> str:
    """A fragment of HTML: what was read, then a list for each count (title, column of names, table).

    Whatever a post holds is escaped, and isolated, so that right-to-left names push nothing aside.
    """
    lists = "".join(
        f'<div class="ps-list"><b>{bdi(title)}</b>{_entries(column, frame)}</div>'
        for title, (column, frame) in counts.items()
    )
    read, left = _read(summary)
    return (
        f'<div class="ps-overview"><style>{_STYLE}</style><p><b>{bdi(read)}</b></p><p class="ps-dim">{bdi(left)}</p>'
        f'<div class="ps-lists">{lists}</div></div>'
    )


def _read(summary: Summary) -> tuple[str, str]:
    """What was read, and what was not."""
    period = f", {summary.first} to {summary.last}" if summary.first else ""
    chosen = summary.counted + summary.repeated < summary.kept
    parts = [
        f"{_several(summary.counted, 'post')} of them chosen" if chosen else "",
        f"{_several(sum(summary.skipped.values()), 'record')} skipped",
        _several(sum(summary.problems.values()), "problem"),
        f"{_several(summary.undated, 'post')} without a date" if summary.undated else "",
        f"{_several(summary.repeated, 'record')} left out for a later one with its id" if summary.repeated else "",
        f"run {summary.run_id}",
    ]
    read = f"{_several(summary.kept, 'post')} in {_several(summary.files, 'file')}{period}"
    return read, " · ".join(filter(None, parts))


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _entries(column: str, frame: pd.DataFrame) -> str:
    """A line a row: figure, bar, name."""
    shown = list(zip(frame[column], frame["posts"], strict=True))
    most = max((int(posts) for _, posts in shown), default=0)
    return "".join(_entry(column, str(name), int(posts), most) for name, posts in shown) or "<div>none</div>"


def _entry(column: str, name: str, posts: int, most: int) -> str:
    words = f"#{name}" if column == "hashtag" else name
    if column == "code":
        words = read_toml("language_names").get(name, (name,))[0]
    bar = f'<span class="ps-bar" style="width:{100 * posts / max(most, 1):.0f}%"></span>'
    return (
        f'<div class="ps-entry"><span class="ps-figure">{posts:,}</span> '
        f'<span class="ps-track">{bar}</span> <span>{bdi(words)}</span></div>'
    )
