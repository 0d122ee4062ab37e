"""Where the clusters' names go on the map: by size, never one over another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_GAP = 4.0
_CELLS = 24


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a cluster is on the map.

    Attributes:
        cluster: Its id.
        x: Where it is densest, in layout units.
        y: Likewise.
        size: How many documents it has.
    """

    cluster: int
    x: float
    y: float
    size: int


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name and its place in pixels, from the top left corner.

    Attributes:
        cluster: The cluster's id.
        text: Its name, cut where it is long.
        left: The left edge.
        top: The upper edge.
        width: In pixels.
        height: In pixels.
    """

    cluster: int
    text: str
    left: float
    top: float
    width: float
    height: float


def anchors(layout: NDArray[np.float32], members: NDArray[np.int32]) -> list[Anchor]:
    """Return where each cluster is densest, the largest cluster first; unplaced documents do not count.

    The densest place and not the middle: the middle of a ring or of two halves lies outside of the cluster.
    """
    placed = np.isfinite(layout).all(axis=1) & (members >= 0)
    rows = np.flatnonzero(placed)
    if not len(rows):
        return []
    order = rows[np.argsort(members[rows], kind="stable")]
    clusters, starts = np.unique(members[order], return_index=True)
    found = [
        Anchor(int(cluster), *_densest(layout[part]), size=len(part))
        for cluster, part in zip(clusters, np.split(order, starts[1:]), strict=True)
    ]
    return sorted(found, key=lambda anchor: (-anchor.size, anchor.cluster))


def _densest(points: NDArray[np.float32]) -> tuple[float, float]:
    low = points.min(axis=0)
    cell = max(float((points.max(axis=0) - low).max()) / _CELLS, 1e-6)
    cells = ((points - low) / cell).astype(np.int64).clip(0, _CELLS)
    counts = np.zeros((_CELLS + 3, _CELLS + 3))
    np.add.at(counts, (cells[:, 0] + 1, cells[:, 1] + 1), 1)
    around = sum(np.roll(counts, (dx, dy), (0, 1)) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
    x, y = np.unravel_index(int(np.asarray(around).argmax()), counts.shape)
    near = (np.abs(cells - (x - 1, y - 1)) <= 1).all(axis=1)
    middle = points[near].mean(axis=0) if near.any() else points.mean(axis=0)
    return float(middle[0]), float(middle[1])


def place_labels(
    found: list[Anchor],
    names: Mapping[int, str],
    *,
    to_pixels: Callable[[float, float], tuple[float, float]],
    measure: Callable[[str], tuple[float, float]],
    size: tuple[float, float],
    most: int,
    longest: int = 36,
) -> list[PlacedLabel]:
    """Return the names that fit, the largest clusters' first.

    Args:
        found: The clusters, in the order in which they get room.
        names: Their names, by id.
        to_pixels: From layout units to pixels.
        measure: A text's width and height in pixels.
        size: Width and height of the picture in pixels; a name lies wholly inside.
        most: How many names at most.
        longest: Characters of a name; a Chinese one counts double.
    """
    placed: list[PlacedLabel] = []
    for anchor in found:
        if len(placed) == most:
            break
        text = elide(names.get(anchor.cluster, ""), longest)
        if not text:
            continue
        width, height = measure(text)
        x, y = to_pixels(anchor.x, anchor.y)
        label = PlacedLabel(anchor.cluster, text, x - width / 2, y - height / 2, width, height)
        if _inside(label, size) and not any(_overlap(label, other) for other in placed):
            placed.append(label)
    return placed


def elide(text: str, longest: int) -> str:
    """Return ``text``, cut with an ellipsis when it is wider than ``longest`` Latin characters."""
    width = 0
    for position, char in enumerate(text):
        width += 2 if char >= "\u2e80" else 1
        if width > longest:
            return text[: max(1, position - 1)].rstrip(" ·") + "…"
    return text


def _inside(label: PlacedLabel, size: tuple[float, float]) -> bool:
    return (
        label.left >= 0
        and label.top >= 0
        and label.left + label.width <= size[0]
        and label.top + label.height <= size[1]
    )


def _overlap(one: PlacedLabel, two: PlacedLabel) -> bool:
    return (
        one.left < two.left + two.width + _GAP
        and two.left < one.left + one.width + _GAP
        and one.top < two.top + two.height + _GAP
        and two.top < one.top + one.height + _GAP
    )
