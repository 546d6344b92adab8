"""Places of the nodes and labels of a network, in points: the same network always has the same picture.

Nodes are placed by stress majorization (Gansner, Koren and North, "Graph drawing by stress majorization", 2004), from
a few seeded starts of which the best is kept; then those that lie over each other are pushed apart. A label takes the
free place beside its node that is farthest from the node's lines and neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_SEED = 7
_STARTS, _STEPS = 6, 120
_STRETCH = 1.6  # a picture is pulled so much more in one direction than in the other, to fill its space
_GAP = 3.0  # points between things
_APART = 0.8  # of a line's length, between parts that nothing joins
_DIRECTIONS = np.array([(0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)], dtype=float)


def place_nodes(edges: Sequence[tuple[int, int]], sizes: np.ndarray, width: float, height: float) -> np.ndarray:
    """The middle of each node, in a space from (0, 0) to (width, height).

    `edges` are pairs of node numbers; `sizes` is what each node needs with its label, an array of (width, height).
    """
    steps = _steps(edges, len(sizes))
    parts = [np.flatnonzero(np.isfinite(row)) for row in steps]
    parts = [part for node, part in enumerate(parts) if part[0] == node]
    places = np.zeros((len(sizes), 2))
    for part, at in zip(
        parts, _shelve([_turn(_majorize(steps[np.ix_(part, part)])) for part in parts], width / height), strict=True
    ):
        places[part] = at
    places = _fit(places, sizes, width, height)
    return np.round(_push_apart(places, sizes, width, height), 2)


def _steps(edges: Sequence[tuple[int, int]], nodes: int) -> np.ndarray:
    """Steps from node to node (Floyd and Warshall), infinite where there is no way."""
    steps = np.full((nodes, nodes), np.inf)
    np.fill_diagonal(steps, 0)
    for one, other in edges:
        steps[one, other] = steps[other, one] = 1
    for via in range(nodes):
        np.minimum(steps, steps[:, via, None] + steps[None, via, :], out=steps)
    return steps


def _shelve(parts: list[np.ndarray], shape: float) -> list[np.ndarray]:
    """The parts that nothing joins in rows, the largest on top, in about the shape (width by height) that is wanted."""
    boxes = [np.ptp(part, axis=0) + _APART for part in parts]
    order = sorted(range(len(parts)), key=lambda at: (-len(parts[at]), at))
    length = max(float(boxes[order[0]][0]), np.sqrt(shape * sum(float(box.prod()) for box in boxes)))
    shelves: list[list[int]] = []
    room = 0.0
    for at in order:
        if room < boxes[at][0] * 0.999:
            shelves.append([])
            room = length
        shelves[-1].append(at)
        room -= float(boxes[at][0])
    shelved: list[np.ndarray] = list(parts)
    top = 0.0
    for shelf in shelves:
        gap = (length - sum(float(boxes[at][0]) for at in shelf)) / (len(shelf) + 1)
        high = max(float(boxes[at][1]) for at in shelf)
        left = gap
        for at in shelf:
            corner = (left + _APART / 2, top - (high + boxes[at][1]) / 2 + _APART / 2)
            shelved[at] = parts[at] - parts[at].min(axis=0) + corner
            left += float(boxes[at][0]) + gap
        top -= high
    return shelved


def _majorize(distances: np.ndarray) -> np.ndarray:
    nodes = len(distances)
    random = np.random.default_rng(_SEED)
    places = random.normal(size=(_STARTS, nodes, 2)) * distances.mean()
    weights = np.divide(1, distances**2, out=np.zeros_like(distances), where=distances > 0)
    # With these weights the majorizing system is solved node by node (the localized form), all nodes at once at half
    # the step, which needs no factorization and so gives the same bits with every linear algebra library.
    for _ in range(_STEPS):
        offset = places[:, :, None] - places[:, None]
        length = np.sqrt((offset**2).sum(axis=-1))
        ratio = np.divide(distances, length, out=np.zeros_like(length), where=length > 1e-9)
        wanted = places[:, None] + offset * ratio[..., None]
        aim = (weights[None, :, :, None] * wanted).sum(axis=2) / weights.sum(axis=1)[None, :, None]
        places = (places + aim) / 2
    offset = places[:, :, None] - places[:, None]
    stress = (weights * (np.sqrt((offset**2).sum(axis=-1)) - distances) ** 2).sum(axis=(1, 2))
    best: np.ndarray = places[int(np.round(stress, 6).argmin())]
    return best


def _turn(places: np.ndarray) -> np.ndarray:
    """The longest direction across, the first node (which has most posts) above the middle and left of it."""
    places = places - places.mean(axis=0)
    x, y = places.T
    angle = np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum()) / 2
    turned = np.column_stack([x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)])
    return turned * np.where(turned[0] * (-1, 1) < 0, -1, 1)


def _fit(places: np.ndarray, sizes: np.ndarray, width: float, height: float) -> np.ndarray:
    room = np.array([width, height]) - sizes.max(axis=0)
    extent = np.maximum(np.ptp(places, axis=0), 1e-6)
    scale = np.maximum(room, 1) / extent
    scale = np.minimum(scale, scale.min() * _STRETCH)
    middle = (places.max(axis=0) + places.min(axis=0)) / 2
    fitted: np.ndarray = (places - middle) * scale + np.array([width, height]) / 2
    return fitted


def _push_apart(places: np.ndarray, sizes: np.ndarray, width: float, height: float) -> np.ndarray:
    """Moves what lies over each other apart, each pair in the direction in which least is needed."""
    places = places.copy()
    low = sizes / 2
    high = np.array([width, height]) - low
    for _ in range(300):
        offset = places[:, None] - places[None]
        over = (sizes[:, None] + sizes[None]) / 2 + _GAP - np.abs(offset)
        apart = (over <= 0).any(axis=-1)
        np.fill_diagonal(apart, val=True)
        if apart.all():
            break
        axis = over.argmin(axis=-1)
        # Of two at one place the first goes to the left or down.
        order = np.sign(np.subtract.outer(np.arange(len(places)), np.arange(len(places))))
        for direction in (0, 1):
            side = np.where(offset[..., direction] == 0, order, np.sign(offset[..., direction]))
            push = np.where(apart | (axis != direction), 0, side * over[..., direction] / 2)
            places[:, direction] += push.sum(axis=1) / np.maximum(1, (push != 0).sum(axis=1))
        places = np.clip(places, np.minimum(low, high), np.maximum(low, high))
    return places


def place_labels(
    places: np.ndarray, radii: np.ndarray, sizes: np.ndarray, edges: Sequence[tuple[int, int]],
    width: float, height: float,
) -> np.ndarray:  # fmt: skip
    """The middle of each node's label; `sizes` is the width and height of each label."""
    reach = radii[:, None, None] + _GAP
    slant = np.where(np.abs(_DIRECTIONS).sum(axis=1) == 2, 0.71, 1.0)[None, :, None]
    options = places[:, None] + _DIRECTIONS * (reach * slant + sizes[:, None] / 2)
    near = [[b if a == node else a for a, b in edges if node in (a, b)] for node in range(len(places))]
    line = np.linspace(0, 1, 60)[1:-1, None]
    points = np.concatenate([places[a] + (places[b] - places[a]) * line for a, b in edges])
    fixed = np.empty((len(places), len(_DIRECTIONS)))
    for node in range(len(places)):
        away = places[node] - places[near[node]].mean(axis=0)
        away = away / max(float(np.hypot(*away)), 1e-9)
        unit = _DIRECTIONS / np.hypot(*_DIRECTIONS.T)[:, None]
        for at, middle in enumerate(options[node]):
            half = sizes[node] / 2 + 1
            outside = np.maximum(0, np.abs(middle - [width / 2, height / 2]) + half - [width / 2, height / 2]).sum()
            others = np.delete(np.arange(len(places)), node)
            covered = _overlap(middle, half, places[others], radii[others, None] + 1)
            crossed = (np.abs(points - middle) < half).all(axis=1).sum()
            fixed[node, at] = 8 * outside + 4 * covered.sum() ** 0.5 + 1.2 * crossed - 3 * unit[at] @ away + 0.5 * at
    chosen = fixed.argmin(axis=1)
    for _ in range(4):  # each label looks again where the others are now
        for node in range(len(places)):
            others = np.delete(np.arange(len(places)), node)
            cost = [
                fixed[node, at]
                + 6
                * _overlap(middle, sizes[node] / 2 + 1, options[others, chosen[others]], sizes[others] / 2).sum() ** 0.5
                for at, middle in enumerate(options[node])
            ]
            chosen[node] = int(np.argmin(np.round(cost, 6)))
    found: np.ndarray = options[np.arange(len(places)), chosen]
    return found


def _overlap(middle: np.ndarray, half: np.ndarray, others: np.ndarray, halves: np.ndarray) -> np.ndarray:
    """The areas that a box shares with each of the others."""
    shared: np.ndarray = np.clip(half + halves - np.abs(others - middle), 0, None).prod(axis=1)
    return shared
