"""Charts whose Arabic labels are right: joined, in order, with the count beside the tag.

Every chart takes a Corpus or a DataFrame and gives back matplotlib Axes; `save` writes them. matplotlib is imported
when the first chart is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from postscan.charts.bars import hashtags, sources
from postscan.charts.days import timeline
from postscan.charts.emojis import emoji
from postscan.charts.fonts import add_fonts, families
from postscan.charts.grid import tag_sources
from postscan.charts.labels import elide, isolate, label
from postscan.charts.network import pairs
from postscan.charts.strip import languages
from postscan.charts.style import alt_text, check_matplotlib, save, text_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "REPORT_CHARTS",
    "Chart",
    "add_fonts",
    "alt_text",
    "check_matplotlib",
    "elide",
    "emoji",
    "families",
    "hashtags",
    "isolate",
    "label",
    "languages",
    "pairs",
    "save",
    "sources",
    "tag_sources",
    "text_style",
    "timeline",
]


class Chart(NamedTuple):
    """A chart of the report."""

    draw: Callable[..., Axes]
    table: str
    """The table that it is drawn from."""
    takes_top: bool
    """Whether the report's `top` says how many rows it has."""


REPORT_CHARTS: Mapping[str, Chart] = {
    "hashtags": Chart(hashtags, "hashtags", takes_top=True),
    "sources": Chart(sources, "sources", takes_top=True),
    "timeline": Chart(timeline, "timeline", takes_top=False),
    "languages": Chart(languages, "languages", takes_top=False),
    "pairs": Chart(pairs, "pairs", takes_top=False),
    "tag_sources": Chart(tag_sources, "tag_sources", takes_top=False),
    "emoji": Chart(emoji, "emoji", takes_top=True),
}
"""The charts of the report by their name, in the order in which it shows them."""
