"""Pictures to compare drawn labels with, made glyph by glyph, so that they depend on nobody's shaping.

A reference is a word's glyphs from left to right as they stand on the screen, typed by hand: a presentation form, or
the font's own name of a glyph for the letters that Unicode has no joined forms of. One glyph alone can be neither
joined nor turned round, so a reference is right whatever draws the labels.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform
from PIL import Image

HEIGHT = 60


def draw_glyphs(family: str, glyphs: list[str]) -> np.ndarray:
    """The ink of these glyphs beside each other at the font's advance."""
    font = get_font(findfont(FontProperties(family=family)))
    font.set_size(100, 72)
    pieces, x = [], 0.0
    for glyph in glyphs:
        index = font.get_char_index(ord(glyph)) if len(glyph) == 1 else font.get_name_index(glyph)
        assert index, f"{family} has no glyph {glyph!r}"
        loaded = font.load_glyph(index, flags=LoadFlags.NO_HINTING)
        vertices, codes = font.get_path()
        pieces.append(Path(vertices, codes).transformed(Affine2D().translate(x, 0)))
        x += loaded.linearHoriAdvance / 65536
    figure = Figure(figsize=((x + 40) / 72, 3), dpi=72)
    path = Path.make_compound_path(*pieces)
    path = path.transformed(Affine2D().translate(20, 80))
    figure.add_artist(PathPatch(path, facecolor="k", linewidth=0, transform=IdentityTransform()))
    return ink(np.asarray(picture(figure, 72).convert("L")))


def draw_label(axes: Axes, text: Text) -> np.ndarray:
    """The ink of one text of a chart, cut out of the picture of the whole chart."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    box = text.get_window_extent().padded(1).transformed(figure.dpi_scale_trans.inverted())
    return ink(np.asarray(picture(figure, 400, box).convert("L")))


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Shared ink by all ink, both at one height; 0 where the widths differ by more than 12 %."""
    a, b = _scaled(one), _scaled(other)
    if not 0.88 < a.shape[1] / b.shape[1] < 1.12:
        return 0.0
    width = max(a.shape[1], b.shape[1])
    a, b = (np.asarray(Image.fromarray(x).resize((width, HEIGHT))) > 127 for x in (a, b))
    return float((a & b).sum() / (a | b).sum())


def ink(image: np.ndarray) -> np.ndarray:
    """The part of a grey picture that has ink."""
    rows, columns = np.nonzero(image < 128)
    return 255 - image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _scaled(image: np.ndarray) -> np.ndarray:
    width = max(1, round(image.shape[1] * HEIGHT / image.shape[0]))
    return np.asarray(Image.fromarray(image).resize((width, HEIGHT)))


def picture(figure: Figure, dpi: int, box: Bbox | None = None) -> Image.Image:
    """The figure as it is drawn, or a part of it, in inches, in colour."""
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=dpi, bbox_inches=box)
    return Image.open(buffer).convert("RGB")
