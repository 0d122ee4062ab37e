"""The point under the pointer is the nearest one."""

import numpy as np
from scipy.spatial import cKDTree

from verbatlas.app.map.nearest import nearest_point


def test_it_agrees_with_a_tree_on_a_thousand_questions() -> None:
    random = np.random.default_rng(2)
    points = random.normal(size=(3000, 2)).astype(np.float32)
    tree = cKDTree(points)
    for x, y in random.normal(size=(1000, 2)):
        distance, expected = tree.query((x, y))
        assert nearest_point(points, x, y, within=0.05) == (expected if distance <= 0.05 else None)


def test_an_empty_map_has_no_point() -> None:
    assert nearest_point(np.zeros((0, 2), np.float32), 0, 0, within=1) is None
