"""The loops of ``kernels.py`` in plain numpy, for the moments until those are loaded."""

# The signatures are those of the compiled functions.
# ruff: noqa: PLR0917

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map.look import PHASES, TABLE_STEP


def stamp_points(
    sums: NDArray[np.float32],
    x: NDArray[np.float32],
    y: NDArray[np.float32],
    codes: NDArray[np.uint16],
    flags: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ranges: NDArray[np.int64],
    table: NDArray[np.float32],
    stamps: NDArray[np.float32],
    place: NDArray[np.float64],
    top: int,
    bottom: int,
) -> None:
    """Do what ``kernels.stamp_points`` does."""
    runs = [np.arange(starts[first], starts[last]) for first, last in ranges.tolist()]
    chosen = np.concatenate([np.zeros(0, np.int64), *runs])
    colours = table[flags[chosen], codes[chosen]]
    whole_x = np.floor((place[0] + place[2] * x[chosen]) * PHASES).astype(np.int64)
    whole_y = np.floor((place[1] - place[2] * y[chosen]) * PHASES).astype(np.int64)
    size, width = stamps.shape[2], sums.shape[1]
    left, up = whole_x // PHASES - size // 2, whole_y // PHASES - size // 2
    flat = sums.reshape(-1, 4)
    for row in range(size):
        for column in range(size):
            depth = stamps[whole_y % PHASES, whole_x % PHASES, row, column] * colours[:, 3]
            across, down = left + column, up + row
            hit = np.flatnonzero((depth > 0) & (across >= 0) & (across < width) & (down >= top) & (down < bottom))
            pixels, depth = (down * width + across)[hit], depth[hit]
            for channel in range(3):
                np.add.at(flat[:, channel], pixels, colours[hit, channel] * depth)
            np.add.at(flat[:, 3], pixels, depth)


def resolve(
    sums: NDArray[np.float32],
    image: NDArray[np.uint32],
    tones: NDArray[np.float32],
    ground: NDArray[np.float32],
    goal: NDArray[np.float32],
    top: int,
    bottom: int,
) -> None:
    """Do what ``kernels.resolve`` does."""
    part = sums[top:bottom]
    depth = part[:, :, 3]
    covered = depth > 0
    colours = np.empty((*depth.shape, 3), np.float32)
    colours[:] = ground
    entry = np.minimum((np.sqrt(depth[covered]) * np.float32(TABLE_STEP)).astype(np.int64), len(tones) - 1)
    cover, turned = tones[entry, 0, None], tones[entry, 1, None]
    mean = part[covered][:, :3] / depth[covered][:, None]
    colours[covered] = cover * ((1 - turned) * mean + turned * goal) + (1 - cover) * ground + np.float32(0.5)
    red, green, blue = (colours[:, :, channel].astype(np.uint32) for channel in range(3))
    image[top:bottom] = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    part[:] = 0
