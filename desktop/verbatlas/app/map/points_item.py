"""The points of the map, in the colours of their clusters."""

from collections.abc import Mapping

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor

from verbatlas.app.map.palette import cluster_colour, noise_colour

_DIMMED = 0.12
_NOISE_OPACITY = 0.45


class PointsItem(pyqtgraph.ScatterPlotItem):  # type: ignore[misc]
    """Round points; few are large and solid, many small and light, so that dense places stay readable."""

    def __init__(self) -> None:
        super().__init__(pxMode=True, pen=None, hoverable=False)
        self._members = np.zeros(0, np.int32)

    def show_points(self, points: NDArray[np.float32], members: NDArray[np.int32]) -> None:
        """Show points and who they belong to; ``paint_clusters`` gives them their colours.

        Args:
            points: float32, shape (n, 2), without NaN.
            members: int32, shape (n,): cluster ids, -1 for noise.
        """
        self._members = members
        self.setData(x=points[:, 0], y=points[:, 1], size=diameter(len(points)), brush=QBrush(), pen=None)

    def follow_members(self, members: NDArray[np.int32]) -> None:
        """Let the points belong to others, from the next ``paint_clusters`` on."""
        self._members = members

    def paint_clusters(self, colours: Mapping[int, int], *, scheme: str, alone: int | None) -> None:
        """Colour all points; with ``alone`` the other clusters are dimmed.

        Args:
            colours: Palette slots by cluster id.
            scheme: ``light`` or ``dark``.
            alone: The id of the cluster that stands out.
        """
        if not len(self._members):
            return
        opacity = opacity_of(len(self._members))
        shared = {
            cluster: _brush(cluster_colour(slot, scheme), opacity if alone in (None, cluster) else _DIMMED)
            for cluster, slot in colours.items()
        }
        shared[-1] = _brush(noise_colour(scheme), _NOISE_OPACITY * opacity if alone is None else _DIMMED)
        self.setBrush([shared[member] for member in self._members.tolist()])


def diameter(count: int) -> float:
    """Return the diameter of a point in pixels for a map of ``count`` points."""
    return float(np.clip(26 / max(count, 1) ** 0.17, 3.5, 15))


def opacity_of(count: int) -> float:
    """Return the opacity of a point for a map of ``count`` points, 0..1."""
    return float(np.clip(1.35 - 0.13 * np.log10(max(count, 1)) ** 1.1, 0.5, 0.95))


def _brush(colour: tuple[int, int, int], opacity: float) -> QBrush:
    return QBrush(QColor(*colour, round(255 * opacity)))
