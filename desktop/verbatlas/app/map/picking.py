"""Which documents are meant: the one under the pointer, those inside a drawn shape."""

from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map.camera import Bounds
from verbatlas.app.map.point_store import PointStore

_CHUNK = 4096
_NEAR = 0.15  # of the reach, looked at first


def nearest_document(points: PointStore, x: float, y: float, *, within: float) -> int | None:
    """Return the document whose point is nearest, the first of several, or None when there is none ``within`` reach.

    Args:
        points: The placed points.
        x: Where the pointer is, in layout units.
        y: Likewise.
        within: The farthest that counts, in layout units.
    """
    for reach in (within * _NEAR, within):  # where points lie dense, the first look finds one, and among few
        found = _nearest(points, x, y, within=reach)
        if found is not None:
            return found
    return None


def _nearest(points: PointStore, x: float, y: float, *, within: float) -> int | None:
    level = points.levels[0]
    best, best_squared = None, within * within
    for run in points.runs(level, Bounds(x - within, y - within, x + within, y + within)):
        across, up = level.x[run] - x, level.y[run] - y
        squared = across * across + up * up
        position = int(squared.argmin())
        found = float(squared[position])
        if found > best_squared:
            continue
        row = int(level.rows[run.start + position])
        if best is None or found < best_squared or row < best:
            best, best_squared = row, found
    return best


def documents_inside(
    points: PointStore, corners: NDArray[np.float64], *, kernels: ModuleType | None = None
) -> NDArray[np.bool_]:
    """Return which documents lie inside a closed shape, by the even-odd rule.

    Args:
        points: The placed points; documents without a place are in no shape.
        corners: float64, shape (n_corners, 2), in layout units.
        kernels: The compiled loops, once they are loaded.

    Returns:
        bool, shape (n_documents,).
    """
    chosen = np.zeros(points.n_documents, np.bool_)
    if len(corners) < 3:
        return chosen
    level = points.levels[0]
    corners = np.ascontiguousarray(corners, np.float64)
    if kernels is not None:
        kernels.mark_inside(
            chosen,
            level.x,
            level.y,
            level.rows,
            level.starts,
            points.side,
            points.cell,
            points.bounds.left,
            points.bounds.bottom,
            corners,
        )
        return chosen
    for run in points.runs(level, Bounds(*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())):
        for start in range(run.start, run.stop, _CHUNK):
            part = slice(start, min(start + _CHUNK, run.stop))
            inside = _inside(level.x[part].astype(np.float64), level.y[part].astype(np.float64), corners)
            chosen[level.rows[part][inside]] = True
    return chosen


def _inside(x: NDArray[np.float64], y: NDArray[np.float64], corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    ends = np.roll(corners, -1, axis=0)
    crossed = (corners[:, 1, None] > y) != (ends[:, 1, None] > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = (
            (ends[:, 0] - corners[:, 0])[:, None] * (y - corners[:, 1, None]) / (ends[:, 1] - corners[:, 1])[:, None]
        )
        left = x < slope + corners[:, 0, None]
    odd: NDArray[np.bool_] = np.logical_xor.reduce(crossed & left, axis=0)
    return odd


def rectangle(left: float, bottom: float, right: float, top: float) -> NDArray[np.float64]:
    """Return the corners of a rectangle."""
    return np.array([[left, bottom], [right, bottom], [right, top], [left, top]], np.float64)
