"""A network: which hashtags stand in the same posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postscan.charts import style
from postscan.charts.fonts import written
from postscan.charts.frames import alternative, as_frame, caption_of, language_of
from postscan.charts.labels import elide, isolate, label, script_kind
from postscan.wording import count_of, say

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from pandas import DataFrame

MOST_NODES = 40
_MOST_LINES = 80
_MOST_PAIRS = 5_000  # that a corpus is asked for; far more than are drawn
_TOLD = 6  # figures of an alt text
_RADIUS = 17.0  # points, of the node with most posts
_WIDTH = 9.0  # points, of the line with most posts
_THINNEST = 0.6
_RING = 1.6  # points of paper between a node and the lines


def pairs(corpus_or_frame: Any, *, top: int = MOST_NODES, ax: Axes | None = None) -> Axes:
    """Axes with a network of at most `top` hashtags (never more than 40): lines join those that stand in one post.

    Takes a Corpus, or a DataFrame with a row a pair and the columns `tag`, `other`, `posts` (that have both),
    `tag_posts` and `other_posts`. A node's area is its posts, a line's width the posts with both. Lines with fewest
    posts are left out first, and the caption says where that ends.
    """
    frame = as_frame(corpus_or_frame, "pairs", top=_MOST_PAIRS)
    ui = language_of(frame)
    title = say(ui, "chart.pairs")
    drawn, left_out = strongest(frame, min(top, MOST_NODES), ui)
    nodes = _nodes(drawn)
    edges = [(list(nodes).index(a), list(nodes).index(b)) for a, b in zip(drawn["tag"], drawn["other"], strict=True)]
    told = [
        f"{say(ui, 'chart.with', one=isolate(f'#{a}'), other=isolate(f'#{b}'))} {posts:,}"
        for a, b, posts in zip(drawn["tag"], drawn["other"], drawn["posts"], strict=True)
    ]
    caption = caption_of(frame)
    if told:
        area, width = max(nodes.values()), int(drawn["posts"].max())
        words = {"area": count_of(ui, "post", area), "width": count_of(ui, "post", width), "left_out": left_out}
        caption = caption_of(frame, say(ui, "chart.network", **words))
    alt = alternative(ui, title, told[:_TOLD], max(0, len(told) - _TOLD), "other_pair", caption)
    if len(told) < style.FEWEST:
        return style.write_sentence(alt, ui, ax)
    own = ax is None
    axes = ax if ax is not None else style.new_axes(3.6 + 0.09 * len(nodes) + style.caption_height(caption))
    style.bare(axes)
    axes.set_yticks([])
    style.add_script_key(axes, map(script_kind, nodes), ui)
    if own:
        style.add_title(axes, title, ui)
        style.add_caption(axes, caption, ui)
    _draw(axes, nodes, edges, drawn["posts"].tolist(), title)
    axes.set_label(alt)
    return axes


def strongest(frame: DataFrame, most_nodes: int, ui: str) -> tuple[DataFrame, str]:
    """The pairs that are drawn, most posts first, and which are not, in words.

    Pairs with equal posts are drawn together or not at all, unless that leaves nothing.
    """
    frame = frame[frame["posts"] > 0].sort_values(
        ["posts", "tag", "other"], ascending=[False, True, True], kind="stable", ignore_index=True
    )
    fitting = 0
    seen: set[str] = set()
    for tag, other in zip(frame["tag"], frame["other"], strict=True):
        seen |= {tag, other}
        if len(seen) > most_nodes or fitting == _MOST_LINES:
            break
        fitting += 1
    if fitting == len(frame):
        return frame, say(ui, "chart.all_drawn")
    least = int(frame["posts"].iloc[fitting]) + 1
    whole = frame[frame["posts"] >= least]
    if len(whole) >= style.FEWEST:
        return whole, say(ui, "chart.threshold", least=f"{least:,}")
    return frame.head(fitting), say(ui, "chart.crowded", drawn=f"{fitting:,}")


def _nodes(drawn: DataFrame) -> dict[str, int]:
    """The tags and their posts, most posts first."""
    ends = [("tag", "tag_posts"), ("other", "other_posts")]
    posts = {str(tag): int(n) for one, all_posts in ends for tag, n in zip(drawn[one], drawn[all_posts], strict=True)}
    return dict(sorted(posts.items(), key=lambda each: (-each[1], each[0])))


def _draw(
    axes: Axes, nodes: dict[str, int], edges: list[tuple[int, int]], posts: list[int], title: str
) -> None:  # fmt: skip
    """Lines, nodes and labels, placed in the points that the axes have."""
    import numpy as np

    from postscan.charts.layout import place_labels, place_nodes

    width, height = _points(axes)
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    crowd = len(nodes) > 16
    words = written([elide(f"#{tag}", 18 if crowd else 26) for tag in nodes], title)
    texts = [
        axes.text(
            0,
            0,
            label(each),
            ha="center",
            va="center",
            zorder=5,
            **style.text_style(each, fontsize=9 if crowd else 10.5),
        )
        for each in words
    ]
    sizes = _sizes(axes, texts)
    most = max(nodes.values())
    radii = (0.8 if crowd else 1.0) * _RADIUS * np.sqrt(np.array(list(nodes.values())) / most)
    boxes = np.column_stack([np.maximum(sizes[:, 0], 2 * radii), sizes[:, 1] + 2 * radii])
    places = place_nodes(edges, boxes, width, height)
    for (one, other), number in zip(edges, posts, strict=True):
        axes.plot(
            *places[[one, other]].T, color=style.RULE, alpha=0.6, zorder=1, solid_capstyle="butt",
            linewidth=max(_THINNEST, _WIDTH * number / max(posts)),
        )  # fmt: skip
    kinds = [script_kind(tag) for tag in nodes]
    x, y = places.T
    ring = (2 * radii + _RING) ** 2
    axes.scatter(x, y, s=ring, facecolors="none", edgecolors=style.PAPER, linewidths=_RING, zorder=2)
    axes.scatter(x, y, s=(2 * radii) ** 2, c=[style.COLOURS[kind] for kind in kinds], linewidths=0, zorder=3)
    for text, place in zip(texts, place_labels(places, radii, sizes, edges, width, height), strict=True):
        text.set_position(tuple(place))
        _add_halo(text)


def _points(axes: Axes) -> tuple[float, float]:
    """Width and height of the axes once the title and caption have their space."""
    figure = style.whole(axes)
    if engine := figure.get_layout_engine():
        engine.execute(figure)
    box = axes.get_window_extent()
    return box.width * 72 / figure.dpi, box.height * 72 / figure.dpi


def _sizes(axes: Axes, texts: list[Text]) -> np.ndarray:
    import numpy as np

    figure = style.whole(axes)
    boxes = [text.get_window_extent() for text in texts]
    return np.array([(box.width, box.height) for box in boxes]) * 72 / figure.dpi


def _add_halo(text: Text) -> None:
    from matplotlib.patheffects import withStroke

    text.set(color=style.INK, path_effects=[withStroke(linewidth=3, foreground=style.PAPER)])
