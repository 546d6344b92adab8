"""Charts whose Arabic labels are right: joined, in order, with the count beside the tag.

Every chart takes a Corpus or a DataFrame and gives back matplotlib Axes; `save` writes them. matplotlib is imported
when the first chart is drawn.
"""

from __future__ import annotations

from postscan.charts.bars import hashtags, sources
from postscan.charts.days import timeline
from postscan.charts.labels import elide, families, isolate, label
from postscan.charts.strip import languages
from postscan.charts.style import alt_text, check_matplotlib, save, text_style

__all__ = [
    "alt_text",
    "check_matplotlib",
    "elide",
    "families",
    "hashtags",
    "isolate",
    "label",
    "languages",
    "save",
    "sources",
    "text_style",
    "timeline",
]
