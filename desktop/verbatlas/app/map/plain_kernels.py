"""The drawing of ``kernels.py`` in plain numpy, for the moments until that is loaded."""

# The signature is that of the compiled function.
# ruff: noqa: PLR0917

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map.look import PHASES, TABLE_STEP

Points = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.uint16], NDArray[np.uint8]]


def draw_strips(
    sums: NDArray[np.float32],
    image: NDArray[np.uint32],
    strips: NDArray[np.int64],
    first: int,
    step: int,
    points: Points,
    starts: NDArray[np.int64],
    cells: tuple[int, int, int],
    table: NDArray[np.float32],
    stamps: NDArray[np.float32],
    place: NDArray[np.float64],
    tones: NDArray[np.float32],
    colours: NDArray[np.float32],
) -> None:
    """Do what ``kernels.draw_strips`` does."""
    side, left, right = cells
    for top, bottom, low, high in strips[first::step].tolist():
        runs = [np.arange(starts[line * side + left], starts[line * side + right]) for line in range(low, high)]
        chosen = np.concatenate([np.zeros(0, np.int64), *runs])
        part = sums[: bottom - top]
        _stamp(part, points, chosen, table, stamps, place - (0, top, 0))
        image[top:bottom] = _resolved(part, tones, colours)
        part[:] = 0


def _stamp(
    sums: NDArray[np.float32],
    points: Points,
    chosen: NDArray[np.int64],
    table: NDArray[np.float32],
    stamps: NDArray[np.float32],
    place: NDArray[np.float64],
) -> None:
    x, y, codes, flags = (values[chosen] for values in points)
    colours = table[flags, codes]
    whole_x = np.floor((place[0] + place[2] * x) * PHASES).astype(np.int64)
    whole_y = np.floor((place[1] - place[2] * y) * PHASES).astype(np.int64)
    height, width, _channels = sums.shape
    size = stamps.shape[2]
    left, up = whole_x // PHASES - size // 2, whole_y // PHASES - size // 2
    flat = sums.reshape(-1, 4)
    for row in range(size):
        for column in range(size):
            depth = stamps[whole_y % PHASES, whole_x % PHASES, row, column] * colours[:, 3]
            across, down = left + column, up + row
            hit = np.flatnonzero((depth > 0) & (across >= 0) & (across < width) & (down >= 0) & (down < height))
            pixels, depth = (down * width + across)[hit], depth[hit]
            for channel in range(3):
                np.add.at(flat[:, channel], pixels, colours[hit, channel] * depth)
            np.add.at(flat[:, 3], pixels, depth)


def _resolved(
    sums: NDArray[np.float32], tones: NDArray[np.float32], colours: NDArray[np.float32]
) -> NDArray[np.uint32]:
    ground, goal = colours
    depth = sums[:, :, 3]
    covered = depth > 0
    shown = np.empty((*depth.shape, 3), np.float32)
    shown[:] = ground
    entry = np.minimum((np.sqrt(depth[covered]) * np.float32(TABLE_STEP)).astype(np.int64), len(tones) - 1)
    cover, turned = tones[entry, 0, None], tones[entry, 1, None]
    mean = sums[covered][:, :3] / depth[covered][:, None]
    shown[covered] = cover * ((1 - turned) * mean + turned * goal) + (1 - cover) * ground + np.float32(0.5)
    red, green, blue = (shown[:, :, channel].astype(np.uint32) for channel in range(3))
    pixels: NDArray[np.uint32] = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    return pixels
