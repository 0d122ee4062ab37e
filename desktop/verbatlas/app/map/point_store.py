"""The placed points in the order in which drawing and searching go through them fast."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map.camera import Bounds

_PER_CELL = 24  # points that a cell holds on average
_MOST_CELLS = 256  # per side: a cell's number fits into 16 bits, which sort in linear time
_SAMPLE = 2  # each coarser level has one point in so many
_SMALLEST_LEVEL = 50_000

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """All points, or a random sample of them, sorted by the rows of cells of a square grid.

    Attributes:
        x: float32, shape (n,).
        y: Likewise.
        rows: int32, shape (n,): each point's document.
        starts: int64, shape (n_cells + 1,): where each cell's points begin.
        fraction: The share of all points that it holds.
    """

    x: NDArray[np.float32]
    y: NDArray[np.float32]
    rows: NDArray[np.int32]
    starts: NDArray[np.int64]
    fraction: float

    def arrange(self, values: NDArray[Number]) -> NDArray[Number]:
        """Return one value per point of one value per document."""
        taken: NDArray[Number] = values[self.rows]
        return taken


@dataclass(frozen=True, slots=True)
class Cells:
    """A rectangle of grid cells; the ends are outside."""

    left: int
    bottom: int
    right: int
    top: int


class PointStore:
    """The points of a layout that can be placed.

    Args:
        layout: float32, shape (n_documents, 2); documents with NaN or infinity are left out and counted.

    Attributes:
        n_documents: How many documents the layout has.
        n_points: How many of them are placed.
        bounds: What the points take up.
        levels: The points, and ever smaller samples of them, the same ones every time.
    """

    def __init__(self, layout: NDArray[np.float32]) -> None:
        self.n_documents = len(layout)
        rows = np.flatnonzero(are_placed(layout)).astype(np.int32)
        points = np.ascontiguousarray(layout[rows], np.float32) if len(rows) < len(layout) else layout
        self.n_points = len(rows)
        self.bounds = Bounds.of(points)
        self.side = max(1, min(_MOST_CELLS, math.isqrt(max(1, self.n_points // _PER_CELL))))
        extent = max(self.bounds.right - self.bounds.left, self.bounds.top - self.bounds.bottom)
        self.cell = max(extent * (1 + 1e-6) / self.side, 1e-9)
        self.levels = tuple(self._levels(points, rows))
        self._sums = self._summed(self.levels[0].starts)

    @property
    def n_unplaced(self) -> int:
        """How many documents have no place."""
        return self.n_documents - self.n_points

    def level_for(self, most: int | None, view: Bounds) -> Level:
        """Return the finest level with at most ``most`` points in view, or the coarsest; None asks for all."""
        visible = self.count_in(view) if most is not None else 0
        for level in self.levels:
            if most is None or visible * level.fraction <= most:
                return level
        return self.levels[-1]

    def cells_in(self, view: Bounds) -> Cells:
        """Return the cells that ``view`` touches; none if it is beside the points."""
        left = math.floor((view.left - self.bounds.left) / self.cell)
        right = math.floor((view.right - self.bounds.left) / self.cell) + 1
        bottom = math.floor((view.bottom - self.bounds.bottom) / self.cell)
        top = math.floor((view.top - self.bounds.bottom) / self.cell) + 1
        left, bottom, right, top = (min(max(edge, 0), self.side) for edge in (left, bottom, right, top))
        return Cells(left, bottom, max(left, right), max(bottom, top))

    def count_in(self, view: Bounds) -> int:
        """Return how many points lie in the cells that ``view`` touches."""
        cells, sums = self.cells_in(view), self._sums
        return int(
            sums[cells.top, cells.right]
            - sums[cells.bottom, cells.right]
            - sums[cells.top, cells.left]
            + sums[cells.bottom, cells.left]
        )

    def runs(self, level: Level, view: Bounds) -> Iterator[slice]:
        """Yield the runs of points in the cells that ``view`` touches, one for each row of cells."""
        cells = self.cells_in(view)
        for row in range(cells.bottom, cells.top):
            start, end = level.starts[row * self.side + cells.left], level.starts[row * self.side + cells.right]
            if start < end:
                yield slice(int(start), int(end))

    def _levels(self, points: NDArray[np.float32], rows: NDArray[np.int32]) -> Iterator[Level]:
        across = self._cell_numbers(points[:, 0], self.bounds.left)
        up = self._cell_numbers(points[:, 1], self.bounds.bottom)
        cells = up * np.uint16(self.side) + across
        order = np.argsort(cells, kind="stable").astype(np.int32)
        cells, rows = cells[order], rows[order]
        x, y = points[order, 0], points[order, 1]
        edges = np.arange(self.side * self.side + 1, dtype=np.uint32)
        chance = _hashed(rows)
        yield Level(x, y, rows, np.searchsorted(cells, edges).astype(np.int64), 1.0)
        n_kept, share = len(rows), 1.0
        while n_kept >= _SMALLEST_LEVEL * _SAMPLE:
            share /= _SAMPLE
            kept = np.flatnonzero(chance < np.uint32(share * 2**32))
            starts = np.searchsorted(cells[kept], edges).astype(np.int64)
            n_kept = len(kept)
            yield Level(x[kept], y[kept], rows[kept], starts, n_kept / len(rows))

    def _cell_numbers(self, values: NDArray[np.float32], low: float) -> NDArray[np.uint16]:
        scaled = (values - np.float32(low)) * np.float32(1 / self.cell)
        return np.minimum(scaled.astype(np.uint16), np.uint16(self.side - 1))

    def _summed(self, starts: NDArray[np.int64]) -> NDArray[np.int64]:
        counts = np.diff(starts).reshape(self.side, self.side)
        sums = np.zeros((self.side + 1, self.side + 1), np.int64)
        sums[1:, 1:] = counts.cumsum(axis=0).cumsum(axis=1)
        return sums


def are_placed(layout: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which documents of a layout have a place: bool, shape (n_documents,)."""
    placed: NDArray[np.bool_] = np.isfinite(layout[:, 0]) & np.isfinite(layout[:, 1])
    return placed


def _hashed(rows: NDArray[np.int32]) -> NDArray[np.uint32]:
    """Return a number that looks random and is the same every time, by document (Wellons 2018, lowbias32)."""
    value = rows.astype(np.uint32)
    for shift, factor in ((16, 0x21F0AAAD), (15, 0xD35A2D97)):
        value ^= value >> np.uint32(shift)
        value *= np.uint32(factor)
    value ^= value >> np.uint32(15)
    return value
