"""What is drawn for the screen: which points, in which colours, seen from where, how sharp."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map import plain_kernels
from verbatlas.app.map.camera import Camera
from verbatlas.app.map.point_colours import PointColours
from verbatlas.app.map.point_store import PointStore
from verbatlas.app.map.renderer import Renderer, Sharpness

_PLAIN_MOST = 30_000  # points that plain numpy draws in about the time of a frame


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """A picture that is wanted.

    Attributes:
        points: What is drawn.
        colours: Of each document.
        camera: What is seen, in logical pixels.
        scheme: ``light`` or ``dark``.
        sharpness: How much work it is worth.
    """

    points: PointStore
    colours: PointColours
    camera: Camera
    scheme: str
    sharpness: Sharpness


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A picture that is there.

    Attributes:
        wish: What it shows.
        image: uint32, 0xffrrggbb, shape (height, width) in device pixels.
        is_complete: Whether it is as sharp as was wished for.
    """

    wish: Wish
    image: NDArray[np.uint32]
    is_complete: bool


def draw_frame(renderer: Renderer, wish: Wish) -> Frame:
    """Draw what is wished for, as well as the renderer can in the time of a frame."""
    sharpness = wish.sharpness
    if renderer.kernels is plain_kernels:
        most = _PLAIN_MOST if sharpness.most is None else min(sharpness.most, _PLAIN_MOST)
        sharpness = replace(sharpness, most=most)
    image = renderer.render(wish.points, wish.colours, wish.camera, scheme=wish.scheme, sharpness=sharpness)
    is_complete = sharpness == wish.sharpness or wish.points.level_for(sharpness.most, wish.camera.bounds).fraction == 1
    return Frame(wish, image, is_complete)
