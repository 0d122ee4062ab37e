"""Points, colours and a camera in; an image out. No Qt, no window."""

import itertools
import math
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map import plain_kernels
from verbatlas.app.map.camera import Bounds, Camera
from verbatlas.app.map.look import Dot, disc_stamps, dot_for, ground_and_goal, optical_depth, tone_table
from verbatlas.app.map.point_colours import PointColours
from verbatlas.app.map.point_store import Level, PointStore

_MOST_THREADS = 8
_Draw = Callable[[int, int], None]
_STRIP = 512  # rows of pixels that a large picture is drawn by
_ROUND = 32  # radii are drawn in steps of one part in so many of a pixel: few stamps serve all


@dataclass(frozen=True, slots=True)
class Sharpness:
    """How much work a picture is worth.

    Attributes:
        ratio: Device pixels per logical pixel.
        most: Points in view above which a sample of them is drawn; None draws all.
    """

    ratio: float = 1.0
    most: int | None = None


class Renderer:
    """Draws pictures; keeps its buffers between them, so one thread at a time.

    Args:
        kernels: ``kernels``, or ``plain_kernels`` as long as that is not loaded.
        n_threads: Bands that are drawn at the same time; one per core if not given.
    """

    def __init__(self, kernels: ModuleType = plain_kernels, *, n_threads: int | None = None) -> None:
        self.kernels = kernels
        self._n_threads = n_threads or min(_MOST_THREADS, os.cpu_count() or 1)
        self._pool: ThreadPoolExecutor | None = None
        self._sums = np.zeros((0, 0, 4), np.float32)

    def render(
        self,
        points: PointStore,
        colours: PointColours,
        camera: Camera,
        *,
        scheme: str,
        sharpness: Sharpness | None = None,
        dot: Dot | None = None,
    ) -> NDArray[np.uint32]:
        """Return the picture of what the camera sees; the same arguments give the same pixels.

        Args:
            points: What is drawn.
            colours: Of each document.
            camera: In logical pixels.
            scheme: ``light`` or ``dark``.
            sharpness: All points at one device pixel per logical one if not given.
            dot: How a point is drawn; by how many are in view if not given.

        Returns:
            uint32, shape (height, width) in device pixels, each 0xffrrggbb.
        """
        sharp = sharpness or Sharpness()
        width, height = round(camera.width * sharp.ratio), round(camera.height * sharp.ratio)
        width, height = max(width, 1), max(height, 1)
        dot = dot or dot_for(points.count_in(camera.bounds), width=camera.width, height=camera.height)
        level = points.level_for(sharp.most, camera.bounds)
        # The points of a sample are larger: together they cover as much ground as all of them.
        larger = 1 / math.sqrt(level.fraction) if level.fraction else 1.0
        radius = max(round(dot.radius * sharp.ratio * larger * _ROUND), 1) / _ROUND
        stamps = optical_depth(disc_stamps(radius), dot.opacity)
        tones = tone_table(round(dot.opacity, 2), scheme)
        ground, goal = ground_and_goal(scheme)
        image = np.empty((height, width), np.uint32)
        if self._sums.shape[:2] != (height, width):
            self._sums = np.zeros((height, width, 4), np.float32)
        place = np.array(
            [
                (camera.width / 2 - camera.x * camera.scale) * sharp.ratio,
                (camera.height / 2 + camera.y * camera.scale) * sharp.ratio,
                camera.scale * sharp.ratio,
            ]
        )
        codes, flags = colours.of(level)
        sums, table, kernels = self._sums, colours.table, self.kernels

        def draw(top: int, bottom: int) -> None:
            ranges = _ranges(points, _seen(camera, top, bottom, sharp.ratio, margin=radius + 1))
            kernels.stamp_points(
                sums, level.x, level.y, codes, flags, level.starts, ranges, table, stamps, place, top, bottom
            )
            kernels.resolve(sums, image, tones, ground, goal, top, bottom)

        self._in_bands(draw, self._bands(points, level, camera, height))
        return image

    def render_large(
        self,
        points: PointStore,
        colours: PointColours,
        camera: Camera,
        *,
        scheme: str,
        ratio: float,
    ) -> NDArray[np.uint8]:
        """Return a picture of any size, drawn strip by strip so that the buffers stay small.

        Returns:
            uint8, shape (height, width, 3) in device pixels: red, green, blue.
        """
        width, height = round(camera.width * ratio), round(camera.height * ratio)
        dot = dot_for(points.count_in(camera.bounds), width=camera.width, height=camera.height)
        picture = np.empty((height, width, 3), np.uint8)
        for top in range(0, height, _STRIP):
            tall = min(_STRIP, height - top)
            middle = camera.to_layout(camera.width / 2, (top + tall / 2) / ratio)[1]
            strip = replace(camera, y=middle, width=width / ratio, height=tall / ratio)
            pixels = self.render(points, colours, strip, scheme=scheme, sharpness=Sharpness(ratio), dot=dot)
            for channel, shift in enumerate((16, 8, 0)):
                picture[top : top + tall, :, channel] = (pixels >> np.uint32(shift)) & np.uint32(255)
        return picture

    def close(self) -> None:
        """End the threads."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def _in_bands(self, draw: _Draw, edges: list[int]) -> None:
        if len(edges) == 2:
            draw(edges[0], edges[1])
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._n_threads, thread_name_prefix="map")
        drawn: list[Future[None]] = [self._pool.submit(draw, top, bottom) for top, bottom in itertools.pairwise(edges)]
        # All are waited for before the first failure is raised: the buffers are theirs until then.
        failures = [failure for band in drawn if (failure := band.exception()) is not None]
        if failures:
            raise failures[0]

    def _bands(self, points: PointStore, level: Level, camera: Camera, height: int) -> list[int]:
        """Return the edges of bands with about as much to do: counted are points, and pixels as half a point."""
        if self._n_threads == 1 or height < 2 * self._n_threads:
            return [0, height]
        side, starts = points.side, level.starts
        cells = points.cells_in(camera.bounds)
        rows = np.arange(cells.bottom, cells.top)
        counts = starts[rows * side + cells.right] - starts[rows * side + cells.left]
        middles = points.bounds.bottom + (rows + 0.5) * points.cell
        lines = np.clip((camera.height / 2 - (middles - camera.y) * camera.scale) / camera.height, 0, 1)
        work = np.full(height, camera.width * 0.15)
        np.add.at(work, np.minimum((lines * height).astype(np.int64), height - 1), counts)
        done = work.cumsum()
        shares = done[-1] * np.arange(1, self._n_threads) / self._n_threads
        inner = np.clip(np.searchsorted(done, shares), 1, height - 1).tolist()
        return sorted({0, *inner, height})


def _seen(camera: Camera, top: int, bottom: int, ratio: float, *, margin: float) -> Bounds:
    """Return which part of the layout may reach into a band of device pixels, discs included."""
    view = camera.bounds
    edge = margin / ratio / camera.scale
    high = camera.to_layout(0, top / ratio)[1]
    low = camera.to_layout(0, bottom / ratio)[1]
    return Bounds(view.left - edge, low - edge, view.right + edge, high + edge)


def _ranges(points: PointStore, view: Bounds) -> NDArray[np.int64]:
    cells = points.cells_in(view)
    rows = np.arange(cells.bottom, cells.top, dtype=np.int64)
    return np.stack([rows * points.side + cells.left, rows * points.side + cells.right], axis=1)
