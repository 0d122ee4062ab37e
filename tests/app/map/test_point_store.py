"""Every placed point is in the store exactly once, in its own cell; samples are fair and always the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from map_points import groups

from verbatlas.app.map.camera import Bounds
from verbatlas.app.map.point_store import PointStore

COORDINATES = st.floats(-1e6, 1e6, width=32) | st.sampled_from([float("nan"), float("inf"), 0.0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(COORDINATES, COORDINATES), max_size=300))
def test_every_placed_point_is_there_once(points: list[tuple[float, float]]) -> None:
    layout = np.array(points, np.float32).reshape(-1, 2)

    store = PointStore(layout)

    placed = np.flatnonzero(np.isfinite(layout).all(axis=1))
    (level,) = store.levels
    assert sorted(level.rows.tolist()) == placed.tolist()
    np.testing.assert_array_equal(np.stack([level.x, level.y], axis=1), layout[level.rows])
    assert store.n_unplaced == len(layout) - len(placed)
    assert store.count_in(store.bounds) == len(placed)


def test_points_in_view_are_in_the_runs_of_its_cells() -> None:
    layout, _ = groups(50_000)
    store = PointStore(layout)
    view = Bounds(-2, -1, 3, 2.5)
    inside = (layout[:, 0] >= -2) & (layout[:, 0] <= 3) & (layout[:, 1] >= -1) & (layout[:, 1] <= 2.5)

    found = np.concatenate([store.levels[0].rows[run] for run in store.runs(store.levels[0], view)])

    assert set(np.flatnonzero(inside)) <= set(found.tolist())
    assert len(found) == store.count_in(view) < 50_000


def test_a_sample_is_fair_small_and_always_the_same() -> None:
    layout, members = groups(400_000)
    one, two = PointStore(layout), PointStore(layout)
    level = one.level_for(120_000, one.bounds)

    assert one.count_in(one.bounds) * level.fraction <= 120_000
    np.testing.assert_array_equal(level.rows, two.level_for(120_000, two.bounds).rows)
    shares = np.bincount(members[level.rows]) / np.bincount(members)
    np.testing.assert_allclose(shares, level.fraction, rtol=0.1)
    assert one.level_for(None, one.bounds).fraction == 1
    assert one.level_for(120_000, Bounds(-1, -1, 0, 0)).fraction > level.fraction


@pytest.mark.parametrize("n", [0, 1, 1000])
def test_points_in_one_place_are_no_trouble(n: int) -> None:
    store = PointStore(np.full((n, 2), 7, np.float32))

    assert store.n_points == store.count_in(store.bounds) == n
