"""What all charts share: colours, figure, title, key, sentence, alt text, saving.

No state of pyplot and no global setting is touched: figures are made directly, settings hold while one is made or
saved, and every text says its own font.
"""

from __future__ import annotations

import functools
import logging
import re
import textwrap
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from postscan.charts.fonts import families, say_missing
from postscan.charts.labels import DROP, FIRST_STRONG, POP, label, paragraph
from postscan.model import PostscanError
from postscan.wording import RIGHT_TO_LEFT, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LOG = logging.getLogger("postscan")

INK = "#222222"
MUTED = "#5f6368"
RULE = "#9aa0a6"
PAPER = "#ffffff"
ON_COLOUR = "#1b1b1b"
"""Ink on a light colour, which stays dark on a dark page too."""
UNDECIDED = "#bdbdbd"
# Okabe and Ito, "Color Universal Design" (2008): told apart by people with any kind of colour vision.
COLOURS: Mapping[str, str] = {"Latn": "#0072B2", "Arab": "#D55E00", "both": "#009E73", "other": "#CC79A7"}
OLDEST = (3, 11)
"""The first version of matplotlib that joins and orders Arabic itself."""
FEWEST = 3
"""A chart with fewer rows is a sentence."""

_ISOLATED = re.compile(f"{FIRST_STRONG}[^{POP}]*{POP}")
_WIDTH = 8.0
_COMPRESSION = 3  # of PNG files: a little larger than at 6, and written in half the time
_LEFT = 0.012
_KEY_LENGTH = 96
_SETTINGS: dict[Any, Any] = {
    "font.size": 10.5,
    "font.style": "normal",
    "text.color": INK,
    "text.usetex": False,
    "axes.facecolor": PAPER,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "figure.facecolor": PAPER,
    "savefig.facecolor": "auto",
    "figure.constrained_layout.h_pad": 0.08,
    "figure.constrained_layout.w_pad": 0.08,
}


def text_style(text: str, **style: Any) -> dict[str, Any]:
    """The keywords with which a text from data is drawn: never as mathematics, in fonts that have its letters."""
    found = families(text)
    if found != families() and style.get("weight") == "bold":
        style["weight"] = "normal"  # the fonts for rare letters come in one weight
    return {"parse_math": False, "family": found, **style}


@functools.cache
def check_matplotlib() -> None:
    """Raise PostscanError where matplotlib is too old to draw Arabic right, without importing it."""
    from importlib import metadata

    found = metadata.version("matplotlib")
    if tuple(int(part) for part in re.findall(r"\d+", found)[:2]) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise PostscanError(
            f"matplotlib {found} is too old, it draws Arabic letters apart and reversed; "
            f'get {oldest} or newer: python -m pip install "matplotlib>={oldest}"'
        )


def new_axes(height: float) -> Axes:
    """Axes on a figure of their own, as wide as a page of text."""
    check_matplotlib()
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_SETTINGS):
        return Figure(figsize=(_WIDTH, height), layout="constrained").subplots()


def bare(axes: Axes, *, keep: Sequence[str] = ()) -> None:
    """Takes the box, ticks and grid away."""
    for name, spine in axes.spines.items():
        spine.set_visible(name in keep)
        spine.set_color(RULE)
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.tick_params(length=0)


def add_title(axes: Axes, title: str, ui: str) -> None:
    """The title, at the edge of the chart's own figure where its language begins."""
    mirrored = ui in RIGHT_TO_LEFT
    axes.figure.suptitle(
        paragraph([title], right_to_left=mirrored),
        **_edge(mirrored),
        **text_style(title, fontsize=15, weight="bold", color=INK),
    )


def add_caption(axes: Axes, caption: str, ui: str) -> None:
    """What was counted, below the chart."""
    if caption:
        mirrored = ui in RIGHT_TO_LEFT
        axes.figure.supxlabel(
            paragraph(wrap(caption), right_to_left=mirrored),
            **_edge(mirrored),
            **text_style(caption, fontsize=8.5, color=MUTED, linespacing=1.35, gid="postscan-sentence"),
        )


def _edge(mirrored: bool) -> dict[str, Any]:
    return {"x": 1 - _LEFT, "ha": "right"} if mirrored else {"x": _LEFT, "ha": "left"}


def wrap(caption: str) -> list[str]:
    """The caption in lines as wide as the chart."""
    return textwrap.wrap(caption, 120, break_long_words=True) or [""]


def caption_height(caption: str) -> float:
    """Inches that the caption takes."""
    return 0.17 * len(wrap(caption)) + 0.1 if caption else 0.0


def add_script_key(axes: Axes, kinds: Iterable[str], ui: str) -> None:
    """What the colours of scripts mean, where there are several."""
    used = set(kinds)
    if len(used) > 1:
        add_key(axes, [(COLOURS[kind], [say(ui, f"script.{kind}")]) for kind in COLOURS if kind in used], ui)


def add_key(axes: Axes, entries: Iterable[tuple[str, Sequence[str]]], ui: str, *, below: bool = False) -> None:
    """Colours and their words in lines above the bars, or below them, where no bar can lie over it."""
    from matplotlib.offsetbox import AnchoredOffsetbox, DrawingArea, HPacker, TextArea, VPacker
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import ScaledTranslation

    mirrored = ui in RIGHT_TO_LEFT
    onward = -1 if mirrored else 1
    lines: list[list[Any]] = []
    length = _KEY_LENGTH
    for colour, parts in entries:
        square = DrawingArea(10, 10, 0, 1)
        square.add_artist(Rectangle((0, 0), 10, 10, facecolor=colour, edgecolor="none"))
        text = TextArea(label(*parts[::onward]), textprops=text_style("".join(parts), fontsize=9.5, color=MUTED))
        length += 6 + sum(map(len, parts))
        if length > _KEY_LENGTH:
            lines.append([])
            length = sum(map(len, parts))
        pair: list[Any] = [square, text][::onward]
        lines[-1].append(HPacker(children=pair, pad=0, sep=5, align="center"))
    if lines:
        packed: list[Any] = [HPacker(children=line[::onward], pad=0, sep=16, align="center") for line in lines]
        side: Literal["left", "right"] = "right" if mirrored else "left"
        axes.add_artist(
            AnchoredOffsetbox(
                f"upper {side}" if below else f"lower {side}",
                child=VPacker(children=packed, pad=0, sep=6, align=side),
                pad=0,
                borderpad=0,
                frameon=False,
                bbox_to_anchor=(int(mirrored), int(not below)),
                bbox_transform=axes.transAxes
                + ScaledTranslation(0, (-7 if below else 7) / 72, axes.figure.dpi_scale_trans),
            )
        )


def write_sentence(sentence: str, ui: str, axes: Axes | None) -> Axes:
    """Axes that hold a sentence in place of a chart of fewer than three rows."""
    mirrored = ui in RIGHT_TO_LEFT
    whole_names = _ISOLATED.sub(lambda name: name[0].replace(" ", "\N{NO-BREAK SPACE}"), sentence)
    lines = textwrap.wrap(whole_names, 84) or [""]
    axes = axes if axes is not None else new_axes(0.3 + 0.25 * len(lines))
    bare(axes)
    axes.set_yticks([])
    axes.text(
        int(mirrored),
        0.5,
        paragraph(lines, right_to_left=mirrored),
        transform=axes.transAxes,
        ha="right" if mirrored else "left",
        va="center",
        **text_style(sentence, fontsize=11, color=INK, linespacing=1.4),
    )
    axes.set_label(sentence)
    return axes


def whole(axes: Axes) -> Figure:
    """The figure that the axes stand in, also where they stand in a part of it."""
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("the axes were removed from their figure")
    return figure


def alt_text(axes: Axes) -> str:
    """The chart in a sentence, with its main figures: for people who do not see it, and for `alt=` in a page."""
    return str(axes.get_label()).translate(DROP)


def save(axes: Axes, path: str | Path, formats: Sequence[str] = ("png", "svg")) -> list[Path]:
    """The files that were written: `path` with each format's suffix.

    The same chart gives the same bytes with one version of matplotlib. SVG text is drawn as shapes, so that it looks
    the same where the fonts are not installed; the alt text goes into the file. Letters that no font here has are
    named in one warning.
    """
    import matplotlib as mpl

    figure = whole(axes)
    engine = figure.get_layout_engine()
    targets = [Path(f"{path}.{suffix}") for suffix in formats]
    with missing_letters(Path(path).name), mpl.rc_context({"svg.hashsalt": "postscan", "svg.fonttype": "path"}):
        if engine is not None:
            engine.execute(figure)
        figure.set_layout_engine("none")  # else each drawing moves things by a hair, and bytes depend on the formats
        for suffix, target in zip(formats, targets, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            more: dict[str, Any] = {"pil_kwargs": {"compress_level": _COMPRESSION}} if suffix == "png" else {}
            figure.savefig(target, dpi=200, metadata=_metadata(suffix, alt_text(axes)), **more)
    if engine is not None:
        figure.set_layout_engine(engine)
    return targets


def _metadata(suffix: str, alt: str) -> dict[str, Any]:
    if suffix == "pdf":
        return {"CreationDate": None, "ModDate": None, "Subject": alt}
    if suffix == "svg":
        return {"Date": None, "Description": alt}
    return {"Description": alt} if suffix == "png" else {}


@contextmanager
def missing_letters(name: str) -> Iterator[None]:
    """Puts what matplotlib warns of letters without a font into one line of the log; other warnings stay."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    missing = set()
    for warning in caught:
        words = str(warning.message)
        if words.startswith("Glyph ") and "missing" in words:
            missing.add(chr(int(words.split()[1])))
        else:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    if missing:
        say_missing(name, "".join(sorted(missing)))
