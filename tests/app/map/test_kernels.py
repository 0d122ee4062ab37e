"""The compiled loops and plain numpy draw the same picture and choose the same points."""

import numpy as np
import pytest
from map_points import colours, groups, rgb

from verbatlas.app.map import kernels, plain_kernels
from verbatlas.app.map.camera import Camera
from verbatlas.app.map.look import Dot
from verbatlas.app.map.picking import documents_inside
from verbatlas.app.map.point_store import PointStore
from verbatlas.app.map.renderer import Renderer


@pytest.mark.parametrize("radius", [0.4, 0.9, 2.7])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_draw_the_same(radius: float, scheme: str) -> None:
    layout, members = groups(4000)
    members[:500] = -1
    points = PointStore(layout)
    camera = Camera.fitting(points.bounds, width=300, height=200).zoomed(1.7, at_x=140, at_y=90)

    pictures = [
        rgb(
            Renderer(loops, n_threads=2).render(
                points, colours(members, scheme=scheme), camera, scheme=scheme, dot=Dot(radius, 0.6)
            )
        )
        for loops in (kernels, plain_kernels)
    ]

    difference = np.abs(pictures[0] - pictures[1])
    assert difference.max() <= 3
    assert (difference > 1).mean() < 0.001


def test_both_choose_the_same() -> None:
    layout, _ = groups(20_000)
    points = PointStore(layout)
    corners = np.random.default_rng(1).normal(0, 5, (40, 2))

    found = [documents_inside(points, corners, kernels=loops) for loops in (kernels, None)]

    np.testing.assert_array_equal(*found)
    assert 0 < found[0].sum() < len(layout)
