"""Where the clusters' names go on the map: inside their own clusters, by size, never one over another."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map.camera import Bounds, Camera
from verbatlas.app.map.point_store import are_placed

_GAP = 4.0
_CELLS = 24
_EDGES = (4.0, 96.0)  # percentiles between which a cluster is said to lie: a stray point is no part of its shape
_SMALLEST_TEXT, _LARGEST_TEXT = 11, 16  # pixels
_COVERED = 0.10  # share of the view that names may cover: the points are what the map is about
_BONUS = 1.6  # how much larger a cluster counts whose name is shown already: names do not come and go by turns


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a cluster is on the map.

    Attributes:
        cluster: Its id.
        x: Where it is densest, in layout units.
        y: Likewise.
        size: How many documents it has.
        bounds: What most of it takes up.
    """

    cluster: int
    x: float
    y: float
    size: int
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name and its place in pixels, from the top left corner.

    Attributes:
        cluster: The cluster's id.
        text: Its name, cut where it is long.
        text_size: Height of its letters' font in pixels.
        left: The left edge.
        top: The upper edge.
        width: In pixels.
        height: In pixels.
    """

    cluster: int
    text: str
    text_size: int
    left: float
    top: float
    width: float
    height: float


def anchors(layout: NDArray[np.float32], members: NDArray[np.int32]) -> list[Anchor]:
    """Return where each cluster is, the largest cluster first; unplaced documents do not count.

    The densest place and not the middle: the middle of a ring or of two halves lies outside of the cluster.
    """
    placed = are_placed(layout) & (members >= 0)
    rows = np.flatnonzero(placed)
    if not len(rows):
        return []
    sizes = np.bincount(members[rows])
    clusters = np.flatnonzero(sizes)
    ids = members[rows].astype(np.uint16) if len(sizes) <= 2**16 else members[rows]  # sixteen bits sort in linear time
    order = rows[np.argsort(ids, kind="stable")]
    found = [
        _anchor(int(cluster), layout[part])
        for cluster, part in zip(clusters, np.split(order, sizes[clusters].cumsum()[:-1]), strict=True)
    ]
    return sorted(found, key=lambda anchor: (-anchor.size, anchor.cluster))


def _anchor(cluster: int, points: NDArray[np.float32]) -> Anchor:
    x, y = _densest(points)
    (left, bottom), (right, top) = np.percentile(points, _EDGES, axis=0).tolist()
    bounds = Bounds(min(left, x), min(bottom, y), max(right, x), max(top, y))
    return Anchor(cluster, x, y, len(points), bounds)


def _densest(points: NDArray[np.float32]) -> tuple[float, float]:
    low = points.min(axis=0)
    cell = max(float((points.max(axis=0) - low).max()) / _CELLS, 1e-6)
    cells = ((points - low) / cell).astype(np.int64).clip(0, _CELLS)
    side = _CELLS + 3
    counts = np.bincount((cells[:, 0] + 1) * side + cells[:, 1] + 1, minlength=side * side).reshape(side, side)
    around = sum(np.roll(counts, (dx, dy), (0, 1)) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
    x, y = np.unravel_index(int(np.asarray(around).argmax()), counts.shape)
    near = (np.abs(cells - (x - 1, y - 1)) <= 1).all(axis=1)
    middle = points[near].mean(axis=0) if near.any() else points.mean(axis=0)
    return float(middle[0]), float(middle[1])


def text_size(size: int, largest: int) -> int:
    """Return how large a cluster's name is written, in pixels: by the root of its share of the largest cluster."""
    root = float(np.sqrt(size / max(largest, 1)))
    return round(_SMALLEST_TEXT + (_LARGEST_TEXT - _SMALLEST_TEXT) * min(root, 1.0))


def place_labels(
    found: Sequence[Anchor],
    names: Mapping[int, str],
    *,
    camera: Camera,
    measure: Callable[[str, int], tuple[float, float]],
    most: int,
    shown: Collection[int] = (),
    first: Collection[int] = (),
    longest: int = 36,
) -> list[PlacedLabel]:
    """Return the names that fit, the largest clusters' before the others.

    A name stands where its cluster is densest; when that is out of sight, at the nearest place in view that is still
    inside the cluster. It lies wholly in view and off all other names.

    Args:
        found: The clusters, the largest first.
        names: Their names, by id.
        camera: What is in view.
        measure: A text's width and height in pixels at a text size.
        most: How many names at most.
        shown: The clusters whose names were shown a moment ago.
        first: The clusters whose names take their places before all others, such as the selected ones.
        longest: Characters of a name; a Chinese one counts double.
    """
    view, largest = camera.bounds, found[0].size if found else 1
    room = _COVERED * camera.width * camera.height
    ranked = sorted(
        found,
        key=lambda anchor: (
            anchor.cluster not in first,
            -anchor.size * (_BONUS if anchor.cluster in shown else 1.0),
        ),
    )
    placed: list[PlacedLabel] = []
    taken = np.empty((most, 4))
    for anchor in ranked:
        if len(placed) == most or room <= 0:
            break
        own = anchor.bounds.intersect(view)
        text = elide(names.get(anchor.cluster, ""), longest)
        if own is None or not text:
            continue
        full = text_size(anchor.size, largest)
        for size in dict.fromkeys((full, _SMALLEST_TEXT)):  # rather small than not at all
            width, height = measure(text, size)
            place = _place(anchor, own, camera, width, height)
            if place is not None and not _overlaps(taken[: len(placed)], (*place, width, height)):
                left, top = place
                taken[len(placed)] = (left, top, left + width, top + height)
                placed.append(PlacedLabel(anchor.cluster, text, size, left, top, width, height))
                room -= width * height
                break
    return placed


def _overlaps(taken: NDArray[np.float64], box: tuple[float, float, float, float]) -> bool:
    left, top, width, height = box
    return bool(
        (
            (taken[:, 0] < left + width + _GAP)
            & (taken[:, 2] > left - _GAP)
            & (taken[:, 1] < top + height + _GAP)
            & (taken[:, 3] > top - _GAP)
        ).any()
    )


def _place(anchor: Anchor, own: Bounds, camera: Camera, width: float, height: float) -> tuple[float, float] | None:
    """Return the top left corner of a name whose middle is inside its cluster and that lies wholly in view."""
    if width > camera.width or height > camera.height:
        return None
    x, y = camera.to_pixels(anchor.x, anchor.y)
    first_x, last_y = camera.to_pixels(own.left, own.bottom)
    last_x, first_y = camera.to_pixels(own.right, own.top)
    middle_x = min(max(x, width / 2), camera.width - width / 2)
    middle_y = min(max(y, height / 2), camera.height - height / 2)
    if not (first_x - 1 <= middle_x <= last_x + 1 and first_y - 1 <= middle_y <= last_y + 1):
        return None
    return middle_x - width / 2, middle_y - height / 2


def elide(text: str, longest: int) -> str:
    """Return ``text``, cut with an ellipsis when it is wider than ``longest`` Latin characters."""
    width = 0
    for position, char in enumerate(text):
        width += 2 if char >= "\u2e80" else 1
        if width > longest:
            return text[: max(1, position - 1)].rstrip(" ·") + "…"
    return text
