"""Charts as SVG inside the page: no style attributes (the page forbids them), colours that follow light and dark.

Over a chart lie spots: the row of a bar, the part of a strip. A spot has the numbers of what it stands for, and the
page's script shows the posts behind it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from postscan.annotate import without_controls
from postscan.charts import alt_text, style
from postscan.charts.labels import DROP

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_POINTS = 72
"""Of an inch; the units of a drawing."""
_TITLE = 0.3
"""Inches that a title takes."""
_OF_ROW = 0.72
"""How much of its row a bar fills."""
_TALL, _OVER = 64, 6
"""Points that bars of periods have, and that stay free over them."""
_THICK = 18
"""Points of a circle that can be clicked on."""
# What the page's style sheet colours itself, so that it is right on a dark page and in print.
_CLASSES = {
    ("fill", style.INK): "ink",
    ("fill", style.MUTED): "dim",
    ("stroke", style.RULE): "rule",
    ("stroke", style.PAPER): "gap",
}
_MARKS = {**DROP, 0x0A: " "}
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")


Box = tuple[float, float, float, float]
"""Left, top, width and height, in the units of a drawing."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a chart that stands for posts."""

    box: Box
    numbers: str
    """Of what its posts stand behind."""
    words: str
    """What it is called."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as the page has it."""

    html: str
    caption: str
    """The words that stood below it, without the sentence, which the page prints."""
    left: float = 0.0
    """Where its axes begin and end, and its width."""
    right: float = 0.0
    width: float = 0.0


def page_chart(axes: Axes, name: str, bars: Sequence[tuple[str, str]], *, sentence: str, width: float) -> Picture:
    """The chart as an `<svg>` element for the page, which says itself what the chart's title and sentence say.

    `bars` are numbers and words of what stands for posts, in the order in which it is drawn; `width` is in inches.
    """
    import matplotlib as mpl

    figure = style.whole(axes)
    caption = _plain_words(figure.get_supxlabel())
    height = figure.get_figheight() - _TITLE - style.caption_height(caption)
    figure.suptitle("")
    figure.supxlabel("")
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    figure.set_dpi(_POINTS)  # that of SVG, so that the places of bars are those of the drawing
    figure.set_size_inches(width, height)
    buffer = io.BytesIO()
    with style.missing_letters(name), mpl.rc_context({"svg.hashsalt": "postscan", "svg.fonttype": "path"}):
        if engine := figure.get_layout_engine():
            engine.execute(figure)
        figure.set_layout_engine("none")
        boxes = _BOXES[name](axes)
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    spots = [Spot(box, *bar) for box, bar in zip(boxes, bars, strict=True) if bar[0]]
    said = _plain_words(sentence)
    alt = _plain_words(alt_text(axes)).removesuffix(said).strip()
    inner = axes.get_window_extent()
    return Picture(
        inline_svg(buffer.getvalue(), name, alt, spots),
        caption.removesuffix(said).strip(),
        inner.x0,
        inner.x1,
        width * _POINTS,
    )


def _plain_words(words: str) -> str:
    """Words of a chart without the marks that keep its parts apart, and in one line."""
    return " ".join(words.translate(_MARKS).split())


def _size(axes: Axes) -> tuple[float, float]:
    figure = style.whole(axes)
    return figure.get_figwidth() * _POINTS, figure.get_figheight() * _POINTS


def _part_boxes(axes: Axes) -> list[Box]:
    """Of a strip or of a heat map: each part."""
    from matplotlib.patches import Rectangle

    high = _size(axes)[1]
    found = (patch.get_window_extent() for patch in axes.patches if isinstance(patch, Rectangle))
    return [(box.x0, high - box.y1, box.width, box.height) for box in found]


def _row_boxes(axes: Axes) -> list[Box]:
    """Of bars: the whole row of each, with its words and its number."""
    wide = _size(axes)[0]
    return [(0, top - tall * (1 / _OF_ROW - 1) / 2, wide, tall / _OF_ROW) for _, top, _, tall in _part_boxes(axes)]


def _band_boxes(axes: Axes) -> list[Box]:
    """Of a timeline: each row from its line to that of the row above."""
    wide, high = _size(axes)
    rows = range(len(axes.get_yticks()) - 1, -1, -1)
    ends = [axes.transData.transform([(0, row), (0, row + 1)])[:, 1] for row in rows]
    return [(0, high - float(upper), wide, float(upper - lower)) for lower, upper in ends]


def _node_boxes(axes: Axes) -> list[Box]:
    """Of a network: a square over each circle, which is what is drawn last."""
    high = _size(axes)[1]
    circles = axes.collections[-1]
    half = [max(_THICK, float(area) ** 0.5) / 2 for area in circles.get_sizes()]  # type: ignore[attr-defined]
    middles = axes.transData.transform(circles.get_offsets())
    return [(float(x) - r, high - float(y) - r, 2 * r, 2 * r) for (x, y), r in zip(middles, half, strict=True)]


_BOXES: Mapping[str, Callable[[Axes], list[Box]]] = {
    "hashtags": _row_boxes,
    "sources": _row_boxes,
    "emoji": _row_boxes,
    "timeline": _band_boxes,
    "languages": _part_boxes,
    "tag_sources": _part_boxes,
    "pairs": _node_boxes,
}


def period_bars(
    periods: Sequence[tuple[str, str, int]], alt: str, words: str, under: Picture, *, mirrored: bool
) -> str:
    """Posts of each period as an `<svg>` element over a timeline, with its span and its words at the side.

    `periods` are numbers, words and posts of each, in their order.
    """
    most = max((posts for _, _, posts in periods), default=0) or 1
    left, right = (under.left, under.right) if under.width else (0.0, _POINTS * 7.0)
    wide = under.width or right
    step = (right - left) / max(1, len(periods))
    root = ET.Element(
        f"{_SVG}svg", {"class": "chart", "viewBox": f"0 0 {wide:.1f} {_TALL}", "role": "img", "aria-label": alt}
    )
    spots = []
    for at, (numbers, called, posts) in enumerate(periods):
        x = right - (at + 1) * step if mirrored else left + at * step
        tall = (_TALL - _OVER) * posts / most
        if posts:
            place = _place((x + 0.07 * step, _TALL - tall, 0.86 * step, tall))
            ET.SubElement(root, f"{_SVG}rect", {"class": "day"} | place)
        if numbers:
            spots.append(Spot((x, 0, step, _TALL), numbers, called))
    side = {"x": f"{right + 8 if mirrored else left - 8:.1f}", "y": f"{_TALL - 4}", "class": "side"}
    ET.SubElement(root, f"{_SVG}text", side).text = words if under.width else ""
    for spot in spots:
        _add_spot(root, spot)
    return _written(root)


def inline_svg(source: bytes, name: str, alt: str, spots: Sequence[Spot] = ()) -> str:
    """An SVG file as an element of a page: named for those who do not see it, its ids made the page's own.

    Style becomes attributes, for the page's policy allows no style but its own sheet. Spots lie over the drawing, and
    nobody sees them.
    """
    root = ET.fromstring(source)  # noqa: S314  # our own drawing
    for child in list(root):
        if child.tag == f"{_SVG}metadata":
            root.remove(child)
    wanted = {value.partition("#")[2].rstrip(")") for e in root.iter() for value in e.attrib.values() if "#" in value}
    for parent in root.iter():
        for child in list(parent):
            if child.tag == f"{_SVG}style":
                parent.remove(child)
    for element in root.iter():
        _plain(element, name, wanted)
    for size in ("width", "height", "version"):
        root.attrib.pop(size, None)
    root.attrib |= {"role": "img", "aria-label": alt, "class": "chart"}
    for spot in spots:
        _add_spot(root, spot)
    return _written(root)


def _add_spot(root: ET.Element, spot: Spot) -> None:
    spots = {"class": "spot", "data-k": spot.numbers, "data-words": without_controls(spot.words)}
    ET.SubElement(root, f"{_SVG}rect", _place(spot.box) | spots)


def _place(box: Box) -> dict[str, str]:
    return dict(zip(("x", "y", "width", "height"), (f"{value:.1f}" for value in box), strict=True))


def _written(root: ET.Element) -> str:
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    return ET.tostring(root, encoding="unicode")


def _plain(element: ET.Element, name: str, wanted: set[str]) -> None:
    """Style to attributes and classes, ids and references to the page's own; white space that nobody needs away."""
    attributes = element.attrib
    classes = []
    for rule in filter(None, attributes.pop("style", "").split(";")):
        key, value = (part.strip() for part in rule.split(":", 1))
        attributes[key] = value
        if found := _CLASSES.get((key, value)):
            classes.append(found)
    if classes:
        attributes["class"] = " ".join(classes)
    identifier = attributes.pop("id", None)
    if identifier in wanted:
        attributes["id"] = f"{name}-{identifier}"
    if link := attributes.pop(f"{_XLINK}href", None):
        attributes["href"] = f"#{name}-{link[1:]}"
    if (clip := attributes.get("clip-path", "")).startswith("url(#"):
        attributes["clip-path"] = f"url(#{name}-{clip[5:]}"
    if "d" in attributes:
        attributes["d"] = _LONG_NUMBER.sub(_shorter, " ".join(attributes["d"].split()))
    element.text = element.tail = None


def _shorter(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}"
