"""The camera keeps the aspect ratio, and pixels and layout units lead back to each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.app.map.camera import Bounds, Camera

NUMBERS = st.floats(-1e3, 1e3)
SIZES = st.floats(20, 4000)


@given(NUMBERS, NUMBERS, SIZES, SIZES, st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_all_of_it_is_in_view_and_nothing_is_squeezed(
    left: float, bottom: float, width: float, height: float, across: float, up: float
) -> None:
    camera = Camera.fitting(Bounds(left, bottom, left + across, bottom + up), width=width, height=height)
    x0, y0 = camera.to_pixels(left, bottom + up)
    x1, y1 = camera.to_pixels(left + across, bottom)

    assert -1e-6 <= x0 <= x1 <= width + 1e-6
    assert -1e-6 <= y0 <= y1 <= height + 1e-6
    assert (x1 - x0) * up == pytest.approx((y1 - y0) * across, rel=1e-6)


@given(NUMBERS, NUMBERS, st.floats(0, 800), st.floats(0, 600), st.floats(0.3, 5))
def test_what_is_under_the_pointer_stays_there_when_zooming(
    x: float, y: float, left: float, top: float, factor: float
) -> None:
    camera = Camera.fitting(Bounds(-10, -10, 10, 10), width=800, height=600).centred(x, y)
    before = camera.to_layout(left, top)

    after = camera.zoomed(factor, at_x=left, at_y=top)

    assert after.to_pixels(*before) == pytest.approx((left, top), abs=1e-5)


def test_dragging_moves_the_ground_with_the_pointer() -> None:
    camera = Camera.fitting(Bounds(0, 0, 10, 10), width=500, height=500)
    x, y = camera.to_pixels(3, 4)

    assert camera.panned(40, -25).to_pixels(3, 4) == pytest.approx((x + 40, y - 25))


def test_zooming_has_an_end_on_both_sides() -> None:
    camera = Camera.fitting(Bounds(0, 0, 10, 10), width=500, height=500)
    near = far = camera
    for _ in range(200):
        near, far = (one.zoomed(factor, at_x=10, at_y=10) for one, factor in ((near, 2), (far, 0.5)))

    assert np.isfinite(near.bounds.left)
    assert near.scale == near.zoomed(2, at_x=1, at_y=1).scale
    assert far.scale > camera.scale / 100


@pytest.mark.parametrize("points", [np.zeros((0, 2)), np.full((5, 2), 3.0)])
def test_nothing_and_one_place_are_seen_from_a_sane_distance(points: np.ndarray) -> None:
    camera = Camera.fitting(Bounds.of(points.astype(np.float32)), width=0, height=0)

    assert np.isfinite([camera.x, camera.y, camera.scale]).all()
    assert camera.scale > 0


def test_what_two_rectangles_share() -> None:
    assert Bounds(0, 0, 2, 2).intersect(Bounds(1, 1, 3, 3)) == Bounds(1, 1, 2, 2)
    assert Bounds(0, 0, 1, 1).intersect(Bounds(2, 0, 3, 1)) is None
