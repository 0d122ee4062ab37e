"""Which part of the layout is in view, and where its points fall on the screen."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

_FARTHEST, _NEAREST = 0.2, 20_000.0  # times the scale at which everything is in view
_SMALLEST_EXTENT = 1e-6


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of the layout; its aspect ratio is always kept, and y grows upwards as on any map.

    Attributes:
        x: What lies in the middle, in layout units.
        y: Likewise.
        scale: Pixels that a layout unit takes; logical pixels on a screen.
        width: Of the view, in pixels.
        height: Likewise.
        home: The scale at which everything is in view; zooming is bounded by it.
    """

    x: float
    y: float
    scale: float
    width: float
    height: float
    home: float

    @classmethod
    def fitting(cls, bounds: "Bounds", *, width: float, height: float, margin: float = 0.06) -> "Camera":
        """Return the camera that has all of ``bounds`` in view.

        Args:
            bounds: What is to be seen; one place without extent is seen from one unit away.
            width: Of the view, in pixels; a view without area counts as one pixel.
            height: Likewise.
            margin: Share of the view that stays free on every side.
        """
        width, height = max(width, 1.0), max(height, 1.0)
        across, up = bounds.right - bounds.left, bounds.top - bounds.bottom
        if max(across, up) < _SMALLEST_EXTENT:
            across = up = 1.0
        room = 1 - 2 * margin
        scale = min(width * room / max(across, _SMALLEST_EXTENT), height * room / max(up, _SMALLEST_EXTENT))
        x, y = (bounds.left + bounds.right) / 2, (bounds.bottom + bounds.top) / 2
        return cls(x, y, scale, width, height, scale)

    def resized(self, width: float, height: float) -> "Camera":
        """Return the camera of a view of another size with the same middle and scale."""
        return replace(self, width=max(width, 1.0), height=max(height, 1.0))

    def panned(self, right: float, down: float) -> "Camera":
        """Return the camera after the ground has been dragged by so many pixels."""
        return replace(self, x=self.x - right / self.scale, y=self.y + down / self.scale)

    def zoomed(self, factor: float, *, at_x: float, at_y: float) -> "Camera":
        """Return the camera ``factor`` times as near; what lies at the given pixel stays there."""
        scale = min(max(self.scale * factor, self.home * _FARTHEST), self.home * _NEAREST)
        x, y = self.to_layout(at_x, at_y)
        return replace(
            self,
            x=x - (at_x - self.width / 2) / scale,
            y=y + (at_y - self.height / 2) / scale,
            scale=scale,
        )

    def centred(self, x: float, y: float) -> "Camera":
        """Return the camera with another place in the middle."""
        return replace(self, x=x, y=y)

    def widened(self, margin: float) -> "Camera":
        """Return the camera of a view that is larger by ``margin`` pixels on every side."""
        return replace(self, width=self.width + 2 * margin, height=self.height + 2 * margin)

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the layout is drawn, from the top left corner."""
        return self.width / 2 + (x - self.x) * self.scale, self.height / 2 - (y - self.y) * self.scale

    def to_layout(self, left: float, top: float) -> tuple[float, float]:
        """Return which place of the layout is drawn at a pixel."""
        return self.x + (left - self.width / 2) / self.scale, self.y - (top - self.height / 2) / self.scale

    @property
    def bounds(self) -> "Bounds":
        """What is in view."""
        across, up = self.width / 2 / self.scale, self.height / 2 / self.scale
        return Bounds(self.x - across, self.y - up, self.x + across, self.y + up)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle of the layout, in layout units."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, points: NDArray[np.float32]) -> "Bounds":
        """Return what finite ``points``, shape (n, 2), take up; the unit square around the origin for none."""
        if not len(points):
            return cls(-0.5, -0.5, 0.5, 0.5)
        across, up = points[:, 0], points[:, 1]  # numpy takes forty times as long for both columns at once
        return cls(float(across.min()), float(up.min()), float(across.max()), float(up.max()))

    def contains(self, other: "Bounds") -> bool:
        """Return whether all of ``other`` lies inside."""
        return (
            self.left <= other.left
            and self.right >= other.right
            and self.bottom <= other.bottom
            and self.top >= other.top
        )

    def intersect(self, other: "Bounds") -> "Bounds | None":
        """Return what both have in common."""
        left, right = max(self.left, other.left), min(self.right, other.right)
        bottom, top = max(self.bottom, other.bottom), min(self.top, other.top)
        return Bounds(left, bottom, right, top) if left <= right and bottom <= top else None
