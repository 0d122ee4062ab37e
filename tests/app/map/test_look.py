"""Points shrink and fade as they become many, and one alone comes out as strong as was asked for."""

import numpy as np
import pytest

from verbatlas.app.map.look import PHASES, disc_stamps, dot_for, optical_depth, tone_table


def test_more_points_are_smaller_and_fainter() -> None:
    dots = [dot_for(n, width=1400, height=900) for n in (1, 1000, 10_000, 100_000, 1_000_000, 10_000_000)]

    assert [dot.radius for dot in dots] == sorted((dot.radius for dot in dots), reverse=True)
    assert [dot.opacity for dot in dots] == sorted((dot.opacity for dot in dots), reverse=True)
    assert dots[-1].radius > 0.5
    assert dots[0].radius <= 8


@pytest.mark.parametrize("radius", [0.3, 0.85, 2.0, 6.5, 13.0])
def test_a_disc_covers_its_area_wherever_it_lies_in_a_pixel(radius: float) -> None:
    stamps = disc_stamps(radius)

    areas = stamps.sum(axis=(2, 3))
    assert stamps.shape[:2] == (PHASES, PHASES)
    np.testing.assert_allclose(areas, np.pi * radius**2, rtol=0.15 if radius > 0.5 else 0.5)


@pytest.mark.parametrize("opacity", [0.3, 0.92])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_point_alone_covers_as_much_as_was_asked_for(opacity: float, scheme: str) -> None:
    cover = np.array([0.25, 0.5, 1.0], np.float32)
    depth = optical_depth(cover, opacity)
    tones = tone_table(opacity, scheme)

    found = tones[(np.sqrt(depth) * 24).astype(int)]

    np.testing.assert_allclose(found[:, 0], cover * opacity, atol=0.04)
    assert found[:, 1].max() == 0
    assert 0.2 < tones[-1, 1] < 0.6
