"""Emoji: bars with the name of each, and its picture where a font here has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postscan.charts import style
from postscan.charts.bars import Bar, draw_bars, most_first
from postscan.charts.fonts import emoji_family
from postscan.charts.frames import as_frame, caption_of, language_of
from postscan.wording import RIGHT_TO_LEFT, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROOM = 22  # points between name and bar, for the picture


def emoji(corpus_or_frame: Any, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Axes with a bar for each of the `top` emoji, most posts first.

    Takes a Corpus, or a DataFrame with the columns `emoji` and `posts`. Every emoji has its name, for pictures in one
    colour lose skin tones; the picture stands beside it where a font here has it (Noto Emoji has all).

    >>> import pandas
    >>> from postscan.charts import alt_text
    >>> alt_text(emoji(pandas.DataFrame({"emoji": ["☕", "🇮🇶", "👍🏽"], "posts": [7, 4, 1]})))
    'Emoji, most posts first: hot beverage 7, Iraq 4, thumbs up medium skin tone 1.'
    """
    frame = as_frame(corpus_or_frame, "emoji", top=top)
    ui = language_of(frame)
    found = most_first(frame, "emoji", top)
    bars = [Bar(at, emoji_name(each, ui), posts) for at, (each, posts) in enumerate(found)]
    fonts = {at: family for at, (each, _) in enumerate(found) if (family := emoji_family(each))}
    axes = draw_bars(
        say(ui, "chart.emoji"), bars, {}, ui, caption_of(frame), ax,
        kinds=["Latn"] * len(bars), room=_ROOM if fonts else 0, letters=36,
    )  # fmt: skip
    if len(bars) >= style.FEWEST:
        _draw_pictures(axes, {at: (found[at][0], family) for at, family in fonts.items()}, mirrored=ui in RIGHT_TO_LEFT)
    return axes


def emoji_name(text: str, ui: str) -> str:
    r"""The name of an emoji in the Unicode Common Locale Data Repository; code points for one without a name.

    >>> emoji_name("\N{BANANA}", "en"), emoji_name("\N{BANANA}", "ar"), emoji_name("\ue000", "en")
    ('banana', 'موز', 'U+E000')
    """
    from emoji import demojize

    name = demojize(text, delimiters=("", ""), language=ui)
    return " ".join(f"U+{ord(char):04X}" for char in text) if name == text else name.replace("_", " ")


def _draw_pictures(axes: Axes, pictures: dict[int, tuple[str, str]], *, mirrored: bool) -> None:
    for place, (each, family) in pictures.items():
        axes.annotate(
            each, (int(mirrored), place), xycoords=("axes fraction", "data"),
            xytext=(14 if mirrored else -14, 0), textcoords="offset points", ha="center", va="center",
            parse_math=False, family=[family], fontsize=14, color=style.INK,
        )  # fmt: skip
