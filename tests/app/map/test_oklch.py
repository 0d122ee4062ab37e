"""The colour maths agrees with its source."""

import numpy as np
import pytest

from verbatlas.app.map.oklch import contrast, to_oklab, to_rgb


@pytest.mark.parametrize(
    ("colour", "lab"),
    [
        ((255, 255, 255), (1.0, 0.0, 0.0)),
        ((0, 0, 0), (0.0, 0.0, 0.0)),
        ((255, 0, 0), (0.62796, 0.22486, 0.12585)),
        ((0, 0, 255), (0.45201, -0.03246, -0.31153)),
    ],
)
def test_known_colours(colour: tuple[int, int, int], lab: tuple[float, float, float]) -> None:
    np.testing.assert_allclose(to_oklab(colour), lab, atol=2e-4)


@pytest.mark.parametrize("hue", range(0, 360, 30))
def test_lightness_and_hue_survive_the_way_to_the_screen(hue: int) -> None:
    lightness, a, b = to_oklab(to_rgb(0.65, 0.11, hue))

    assert lightness == pytest.approx(0.65, abs=0.01)
    assert np.degrees(np.arctan2(b, a)) % 360 == pytest.approx(hue, abs=4) or hue == 0


def test_contrast_of_black_and_white() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
