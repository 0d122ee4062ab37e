"""How large and how strong points are drawn, and how colours turn where they lie dense."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map.palette import LIGHT, background

_LARGEST, _SMALLEST = 6.5, 0.85  # logical pixels
_FEW = 250  # points that are drawn at the largest size on an area of _AREA
_AREA = 1400 * 900
_THINNING = 0.262  # how fast the size falls with the number of points
_SOLID = 0.999  # what counts as opaque: nothing shines through
_STRONGEST, _FAINTEST = 0.92, 0.30
PHASES = 4  # parts of a pixel at which a disc may lie
TABLE_STEP = 24.0  # entries of the tone table per unit of the root of depth
_DEEPEST = 4096.0
_DENSE = 150.0  # points on one another at which a colour has turned as far as it goes
_BRIGHTER, _DARKER = 0.42, 0.34  # how far the densest places turn towards white or black


@dataclass(frozen=True, slots=True)
class Dot:
    """How a point is drawn.

    Attributes:
        radius: In logical pixels.
        opacity: Of one point, 0..1.
    """

    radius: float
    opacity: float


def dot_for(n_visible: int, *, width: float, height: float) -> Dot:
    """Return how points are drawn when so many share a view of so many logical pixels: few are large and solid."""
    crowding = max(n_visible, 1) * _AREA / max(width * height, 1.0) / _FEW
    radius = float(np.clip(_LARGEST * crowding**-_THINNING, _SMALLEST, _LARGEST))
    opacity = float(np.clip(_STRONGEST - 0.155 * np.log10(max(crowding, 1.0)), _FAINTEST, _STRONGEST))
    return Dot(radius, opacity)


@lru_cache(maxsize=32)
def disc_stamps(radius: float) -> NDArray[np.float32]:
    """Return the cover of an antialiased disc at every phase: float32, shape (PHASES, PHASES, size, size), 0..1.

    Args:
        radius: In device pixels. The disc of phase (v, h) has its centre (v + 0.5) / PHASES of a pixel below, and
            likewise right of, the corner of the pixel at index size // 2 - 1, which is where its point falls.
    """
    reach = int(np.ceil(radius + 0.5))
    size = 2 * reach + 1
    centres = reach + (np.arange(PHASES) + 0.5) / PHASES
    pixels = np.arange(size) + 0.5
    squared = (pixels[None, :] - centres[:, None]) ** 2
    distance = np.sqrt(squared[:, None, :, None] + squared[None, :, None, :])
    stamps: NDArray[np.float32] = np.clip(radius + 0.5 - distance, 0, 1).astype(np.float32)
    if radius < 0.5:  # a disc smaller than a pixel covers a part of it only
        stamps *= np.float32((2 * radius) ** 2)
    stamps.setflags(write=False)
    return stamps


def optical_depth(cover: NDArray[np.float32], opacity: float) -> NDArray[np.float32]:
    """Return what is added up per pixel so that one point alone comes out with ``cover * opacity``.

    Depths of points that lie on one another add up, in any order, to the transmittance of all of them.
    """
    depth: NDArray[np.float32] = -np.log1p(-np.minimum(cover * opacity, _SOLID)).astype(np.float32)
    return depth


@lru_cache(maxsize=32)
def tone_table(opacity: float, scheme: str) -> NDArray[np.float32]:
    """Return, by the root of a pixel's depth, how much of it is covered, and how far its colour turns.

    Args:
        opacity: Of one point.
        scheme: ``light``, where dense places grow darker, or ``dark``, where they glow.

    Returns:
        float32, shape (n, 2); entry ``int(sqrt(depth) * TABLE_STEP)``, the last one for all deeper pixels.
    """
    roots = (np.arange(int(np.sqrt(_DEEPEST) * TABLE_STEP) + 1) + 0.5) / TABLE_STEP
    depth = roots**2
    single = -np.log1p(-min(opacity, _SOLID))
    most = _DARKER if scheme == LIGHT else _BRIGHTER
    turned = most * np.clip(np.log(np.maximum(depth / (1.6 * single), 1)) / np.log(_DENSE), 0, 1)
    table = np.stack([1 - np.exp(-depth), turned], axis=1).astype(np.float32)
    table.setflags(write=False)
    return table


def ground_and_goal(scheme: str) -> NDArray[np.float32]:
    """Return the colours of the ground and of what dense places turn to: float32, shape (2, 3), 0..255."""
    goal = (8, 12, 24) if scheme == LIGHT else (255, 252, 240)
    return np.array([background(scheme), goal], np.float32)
