"""The pointer finds the nearest point, and shapes choose what lies inside them."""

import numpy as np
import pytest
import shapely
from map_points import groups
from scipy.spatial import cKDTree

from verbatlas.app.map import kernels
from verbatlas.app.map.picking import documents_inside, nearest_document, rectangle
from verbatlas.app.map.point_store import PointStore


@pytest.mark.parametrize("n", [1, 50, 30_000])
def test_the_nearest_is_the_one_that_a_tree_finds(n: int) -> None:
    layout, _ = groups(n)
    points, tree, random = PointStore(layout), cKDTree(layout.astype(np.float64)), np.random.default_rng(2)
    places = np.concatenate([random.uniform(-20, 20, (1500, 2)), layout[random.integers(0, n, 1500)] + 0.01])

    for x, y in places:
        for within in (0.05, 0.7):
            distance, row = tree.query((x, y), distance_upper_bound=within)
            found = nearest_document(points, x, y, within=within)
            if found is None:
                assert not np.isfinite(distance) or distance == pytest.approx(within, rel=1e-5)
            else:
                assert found == row or np.hypot(*(layout[found] - (x, y))) == pytest.approx(distance, rel=1e-4)


def test_of_two_in_one_place_the_first_is_found() -> None:
    points = PointStore(np.array([[5, 5], [1, 1], [1, 1]], np.float32))

    assert nearest_document(points, 1, 1, within=0.5) == 1
    assert nearest_document(points, 3, 3, within=0.5) is None


@pytest.mark.parametrize("n_corners", [3, 4, 12, 200])
@pytest.mark.parametrize("seed", range(5))
def test_a_lasso_chooses_what_shapely_says_is_inside(n_corners: int, seed: int) -> None:
    layout, _ = groups(20_000)
    random = np.random.default_rng(seed)
    angles = np.sort(random.uniform(0, 2 * np.pi, n_corners))
    radii = random.uniform(1, 9, n_corners)
    corners = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)

    found = documents_inside(PointStore(layout), corners, kernels=kernels)

    shape = shapely.Polygon(corners)
    assert shape.is_valid
    np.testing.assert_array_equal(found, shapely.contains_xy(shape, layout[:, 0], layout[:, 1]))


def test_a_lasso_that_crosses_itself_leaves_out_what_it_goes_round_twice() -> None:
    layout = np.array([[0, 0], [4, 0], [np.nan, 0]], np.float32)
    bow = np.array([[-1, -1], [5, 1], [5, -1], [-1, 1]], np.float64)

    assert documents_inside(PointStore(layout), bow, kernels=kernels).tolist() == [True, True, False]


@pytest.mark.parametrize("loops", [kernels, None])
def test_a_rectangle_chooses_what_is_in_it_and_a_line_nothing(loops: object) -> None:
    points = PointStore(np.array([[0, 0], [1, 1], [2, 2]], np.float32))

    assert documents_inside(points, rectangle(0.5, 0.5, 3, 3), kernels=loops).tolist() == [False, True, True]  # type: ignore[arg-type]
    assert not documents_inside(points, np.zeros((2, 2)), kernels=loops).any()  # type: ignore[arg-type]
