"""Bars: hashtags, and who is credited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from postscan.charts import style
from postscan.charts.labels import elide, label, script_kind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

_INCHES_A_BAR = 0.34
_HALF_LETTER = 3.7  # points from the middle of a small letter to its baseline
# Who is credited, in the order of the chart; brand, photo and staff are in the table alone.
GROUPS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("named", ("outlet", "wire", "domain", "embed", "via")),
    ("official", ("official",)),
    ("unnamed", ("unnamed",)),
)
_KINDS = (
    "Named: outlets, wires, domains, embedded accounts, hat tips. Official: institutions and officers that speak. "
    "Unnamed: sources without a name."
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place from the top, what stands beside it, and how long it is."""

    place: int
    words: str
    posts: int


def hashtags(corpus_or_frame: Any, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Axes with a bar for each of the `top` hashtags, most posts first.

    Takes a Corpus, or a DataFrame with the columns `hashtag` and `posts`. Without `ax` the chart gets a figure of its
    own, with title and what was counted below it.

    >>> import pandas
    >>> from postscan.charts import alt_text
    >>> frame = pandas.DataFrame({"hashtag": ["Kabul", "كابول", "Herat"], "posts": [12, 9, 4]})
    >>> alt_text(hashtags(frame))
    'Hashtags, most posts first: #Kabul 12, #كابول 9, #Herat 4.'
    """
    frame = as_frame(corpus_or_frame, "hashtags", top)
    frame = (
        frame[frame["posts"] > 0].sort_values(["posts", "hashtag"], ascending=[False, True], kind="stable").head(top)
    )
    bars = [
        Bar(place, "#" + str(tag).lstrip("#＃"), int(posts))
        for place, (tag, posts) in enumerate(zip(frame["hashtag"], frame["posts"], strict=True))
    ]
    return _draw("Hashtags, most posts first", bars, {}, frame.attrs.get("sentence", ""), ax)


def sources(corpus_or_frame: Any, *, top: int = 15, ax: Axes | None = None) -> Axes:
    """Axes with who is credited: up to `top` named sources, then a third as many officials and unnamed ones.

    Takes a Corpus, or a DataFrame with the columns `kind`, `key`, `name` and `posts`.
    """
    frame = as_frame(corpus_or_frame, "source_counts", None)
    bars: list[Bar] = []
    headings: dict[int, str] = {}
    place = 0
    for group, rows in credited(frame, top).items():
        headings[place] = group.capitalize()
        bars += [Bar(place + 1 + at, words, posts) for at, (words, posts) in enumerate(rows)]
        place += len(rows) + 1
    sentence = " ".join(filter(None, (_KINDS, frame.attrs.get("sentence", ""))))
    return _draw("Who is credited", bars, headings, sentence, ax)


def credited(frame: DataFrame, top: int) -> dict[str, list[tuple[str, int]]]:
    """Words and posts of the charted sources, by group, most posts first; empty groups are left out."""
    groups = {}
    for group, kinds in GROUPS:
        part = frame[frame["kind"].isin(kinds) & (frame["posts"] > 0)]
        part = part.assign(
            words=[source_words(dict(zip(part.columns, row, strict=True))) for row in part.to_numpy()]
        ).sort_values(["posts", "words"], ascending=[False, True], kind="stable")
        part = part.head(top if group == "named" else max(1, top // 3))
        rows = [(str(words), int(posts)) for words, posts in zip(part["words"], part["posts"], strict=True)]
        if rows:
            groups[group] = rows
    return groups


def source_words(row: Mapping[str, Any]) -> str:
    """What a source is called: its name, else its key; an account that is mostly written as a handle has its "@".

    >>> source_words({"name": "abed", "key": "abed", "variants": "@abed (3)"})
    '@abed'
    """
    name = row["name"] if isinstance(row["name"], str) and row["name"] else str(row["key"])
    written = str(row.get("variants", "")).casefold()
    return f"@{name}" if written.startswith(f"@{name.casefold()} (") else name


def as_frame(corpus_or_frame: Any, counts: str, top: int | None) -> DataFrame:
    """The frame itself, or the corpus's counts of that name."""
    import pandas as pd

    if isinstance(corpus_or_frame, pd.DataFrame):
        return corpus_or_frame
    method = getattr(corpus_or_frame, counts)
    frame = method(top=top) if top is not None else method()
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"{counts}() gave no DataFrame: {type(frame).__name__}")
    return frame


def _draw(title: str, bars: Sequence[Bar], headings: dict[int, str], sentence: str, ax: Axes | None) -> Axes:
    figures = ", ".join(f"{bar.words} {bar.posts:,}" for bar in bars[:8])
    more = f" and {len(bars) - 8} more" if len(bars) > 8 else ""
    if len(bars) < style.FEWEST:
        return style.write_sentence(f"{title}: {figures or 'none found'}. {sentence}".strip(), ax)
    rows = len(bars) + len(headings)
    own = ax is None
    axes = ax if ax is not None else style.new_axes(1.05 + _INCHES_A_BAR * rows + style.sentence_height(sentence))
    kinds = [script_kind(bar.words) for bar in bars]
    drawn = axes.barh(
        [bar.place for bar in bars],
        [bar.posts for bar in bars],
        height=0.72,
        color=[style.COLOURS[kind] for kind in kinds],
        linewidth=0,
    )
    style.bare(axes, keep=("left",))
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_xlim(0, max(1, *(bar.posts for bar in bars)))
    axes.bar_label(
        drawn,
        labels=[f"{bar.posts:,} posts" if bar is bars[0] else f"{bar.posts:,}" for bar in bars],
        padding=5,
        **style.text_style("", fontsize=10, color=style.MUTED),
    )
    _name_rows(axes, bars, headings)
    if own:
        style.add_title(axes, title)
        style.add_sentence(axes, sentence)
    used = [kind for kind in style.COLOURS if kind in kinds]
    if len(used) > 1:
        style.add_key(axes, [(style.COLOURS[kind], [style.SCRIPT_WORDS[kind]]) for kind in used])
    axes.set_label(f"{title}: {figures}{more}. {sentence}".strip())
    return axes


def _name_rows(axes: Axes, bars: Sequence[Bar], headings: dict[int, str]) -> None:
    """Labels flush with the axis and on one baseline, in both directions of writing; headings where a group begins."""
    from matplotlib.transforms import ScaledTranslation

    down = ScaledTranslation(0, -_HALF_LETTER / 72, axes.figure.dpi_scale_trans)
    rows = sorted([*((bar.place, elide(bar.words)) for bar in bars), *headings.items()])
    axes.set_yticks([place for place, _ in rows], [label(words) for _, words in rows])
    for (place, words), text in zip(rows, axes.get_yticklabels(), strict=True):
        heading = place in headings
        text.set(**style.text_style(words, fontsize=9 if heading else 10.5))
        text.set(va="baseline", transform=text.get_transform() + down)
        text.set_color(style.MUTED if heading else style.INK)
        text.set_fontweight("bold" if heading else "normal")
