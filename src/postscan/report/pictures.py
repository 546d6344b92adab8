"""Charts as SVG inside the page: no style attributes (the page forbids them), colours that follow light and dark."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from postscan.charts import alt_text, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
# What the page's style sheet colours itself, so that it is right on a dark page and in print.
_CLASSES = {
    ("fill", style.INK): "ink",
    ("fill", style.MUTED): "dim",
    ("stroke", style.RULE): "rule",
    ("stroke", style.PAPER): "gap",
}


def page_chart(draw: Callable[..., Axes], frame: DataFrame, name: str, **options: Any) -> str:
    """The chart as an `<svg>` element for the page, whose heading and caption say what its title and sentence say."""
    import matplotlib as mpl

    axes = draw(without_sentence(frame), **options)
    figure = style.whole(axes)
    figure.suptitle("")
    figure.supxlabel("")
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    buffer = io.BytesIO()
    with style.missing_letters(name), mpl.rc_context({"svg.hashsalt": "postscan", "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return inline_svg(buffer.getvalue(), name, alt_text(axes))


def without_sentence(frame: DataFrame) -> DataFrame:
    """The table without the sentence that the page prints below it."""
    bare = frame.copy()
    bare.attrs = {}
    return bare


def inline_svg(source: bytes, name: str, alt: str) -> str:
    """An SVG file as an element of a page: named for those who do not see it, its ids made the page's own.

    Style becomes attributes, for the page's policy allows no style but its own sheet.
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
        attributes["d"] = " ".join(attributes["d"].split())
    element.text = element.tail = None
