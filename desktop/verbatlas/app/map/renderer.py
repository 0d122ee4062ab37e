"""Points, colours and a camera in; an image out. No Qt, no window."""

import math
import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map import plain_kernels
from verbatlas.app.map.camera import Camera
from verbatlas.app.map.look import Dot, disc_stamps, dot_for, ground_and_goal, optical_depth, tone_table
from verbatlas.app.map.point_colours import PointColours
from verbatlas.app.map.point_store import PointStore

_MOST_THREADS = 8
_STRIP = 48  # rows of pixels whose sums stay in the processor's cache
_MOST_SPARE = 2
_PART = 480  # rows of pixels that a large picture is drawn by
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
        n_threads: How many draw at the same time; one per core if not given.
    """

    def __init__(self, kernels: ModuleType = plain_kernels, *, n_threads: int | None = None) -> None:
        self.kernels = kernels
        self._n_threads = n_threads or min(_MOST_THREADS, os.cpu_count() or 1)
        self._pool: ThreadPoolExecutor | None = None
        self._sums: list[NDArray[np.float32]] = []
        self._spare: deque[NDArray[np.uint32]] = deque(maxlen=_MOST_SPARE)

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
        image = self._new_image(height, width)
        cells = points.cells_in(camera.widened((radius + 1) / sharp.ratio).bounds)
        strips = self._strips(points, camera, height, sharp.ratio, margin=radius + 1)
        arguments = (
            (level.x, level.y, *colours.of(level)),
            level.starts,
            (points.side, cells.left, cells.right),
            colours.table,
            stamps,
            _place(camera, sharp.ratio),
            tone_table(round(dot.opacity, 2), scheme),
            ground_and_goal(scheme),
        )
        n_threads = min(self._n_threads, len(strips))
        buffers = self._buffers(n_threads, width)

        def draw(thread: int) -> None:
            self.kernels.draw_strips(buffers[thread], image, strips, thread, n_threads, *arguments)

        self._in_threads(draw, n_threads)
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
        for top in range(0, height, _PART):
            tall = min(_PART, height - top)
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

    def recycle(self, image: NDArray[np.uint32]) -> None:
        """Let a later picture be drawn into ``image``, which nobody looks at any more; from any thread.

        Fresh memory costs as much as drawing ten thousand points into it.
        """
        self._spare.append(image)

    def _new_image(self, height: int, width: int) -> NDArray[np.uint32]:
        while self._spare:
            image = self._spare.popleft()
            if image.shape == (height, width):
                return image
        return np.empty((height, width), np.uint32)

    def _in_threads(self, draw: Callable[[int], None], n_threads: int) -> None:
        if n_threads == 1:
            draw(0)
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._n_threads, thread_name_prefix="map")
        drawn: list[Future[None]] = [self._pool.submit(draw, thread) for thread in range(n_threads)]
        # All are waited for before the first failure is raised: the buffers are theirs until then.
        failures = [failure for part in drawn if (failure := part.exception()) is not None]
        if failures:
            self._sums = []  # half full
            raise failures[0]

    def _buffers(self, n_threads: int, width: int) -> list[NDArray[np.float32]]:
        """Return the sums of one strip for each thread, all nought."""
        if len(self._sums) < n_threads or self._sums[0].shape[1] != width:
            self._sums = [np.zeros((_STRIP, width, 4), np.float32) for _ in range(n_threads)]
        return self._sums

    @staticmethod
    def _strips(points: PointStore, camera: Camera, height: int, ratio: float, *, margin: float) -> NDArray[np.int64]:
        """Return which rows of pixels and of cells belong together: int64, shape (n_strips, 4)."""
        tops = np.arange(0, height, _STRIP)
        bottoms = np.minimum(tops + _STRIP, height)
        high = camera.y + (camera.height / 2 - (tops - margin) / ratio) / camera.scale
        low = camera.y + (camera.height / 2 - (bottoms + margin) / ratio) / camera.scale
        first = np.floor((low - points.bounds.bottom) / points.cell).clip(0, points.side)
        last = (np.floor((high - points.bounds.bottom) / points.cell) + 1).clip(0, points.side)
        return np.stack([tops, bottoms, first, last], axis=1).astype(np.int64)


def _place(camera: Camera, ratio: float) -> NDArray[np.float64]:
    """Return where the layout's origin is in device pixels, and how many a layout unit takes."""
    left = camera.width / 2 - camera.x * camera.scale
    top = camera.height / 2 + camera.y * camera.scale
    return np.array([left, top, camera.scale]) * ratio
