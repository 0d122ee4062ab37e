"""The map can be coloured by any column, and the legend says what the colours mean."""

import numpy as np
import pytest

from verbatlas.app.map.colouring import MISSING, by_column, by_strength, ramp
from verbatlas.app.map.oklch import to_oklab


def test_frequent_values_have_colours_of_their_own_and_the_rest_shares_one() -> None:
    cells = ["App", "App", "Shop", "", None, *(f"rare {number}" for number in range(15))]

    colouring = by_column("Channel", cells)

    labels = {value.label: value.count for value in colouring.values}
    assert labels["App"] == 2
    assert labels["No value"] == 2
    assert labels["Other values"] == 17 - 11 - 0 or labels["Other values"] > 0
    assert sum(labels.values()) == len(cells)
    assert colouring.codes[0] == colouring.codes[1] != colouring.codes[2]
    assert colouring.codes[3] == colouring.codes[4] == MISSING


def test_stars_are_values_in_their_order() -> None:
    colouring = by_column("Stars", ["5", "1", "10", "1", "n/a"] * 1 + ["2"] * 40)

    assert [value.label for value in colouring.values] == ["1", "2", "5", "10", "No value"]
    assert colouring.is_ordered
    assert not colouring.ends


def test_many_numbers_make_a_scale_that_outliers_do_not_squeeze() -> None:
    colouring = by_column("Price", [*map(str, range(1000)), "1,000,000", "-"])

    assert colouring.ends == ("10", "990")
    assert colouring.codes[500] == pytest.approx(colouring.n_codes / 2, abs=2)
    assert colouring.codes[-2] == colouring.n_codes - 1
    assert colouring.codes[-1] == MISSING
    assert sum(colouring.counts) == 1001


def test_dates_make_a_scale_from_the_first_to_the_last() -> None:
    colouring = by_column("Date", [f"2026-{month:02d}-15" for month in range(1, 13)] * 2)

    assert colouring.ends == ("2026-01-15", "2026-12-15")
    assert (np.diff(colouring.codes[:12].astype(int)) >= 0).all()


def test_an_empty_column_is_all_missing() -> None:
    colouring = by_column("Empty", ["", None, " "])

    assert (colouring.codes == MISSING).all()
    assert [value.count for value in colouring.values] == [3]
    assert np.isfinite(colouring.table("light")).all()


def test_strength_goes_from_nought_to_whole() -> None:
    colouring = by_strength(np.array([0, 0.5, 1], np.float32))

    assert colouring.codes.tolist() == [1, 25, 48]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_scale_grows_steadily_to_the_eye(scheme: str) -> None:
    lightness = np.array([to_oklab(ramp(share, scheme))[0] for share in np.linspace(0, 1, 20)])
    steps = np.diff(lightness)

    assert (steps < 0).all() if scheme == "light" else (steps > 0).all()
    assert np.abs(steps).max() < 2.5 * np.abs(steps).min()
