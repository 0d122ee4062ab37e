"""A cluster goes on when most of it does."""

import numpy as np

from verbatlas.study import Cluster, Labelling
from verbatlas.study.matching import match_clusters


def test_two_match_when_each_has_more_than_half_of_the_other() -> None:
    members = np.array([4] * 6 + [9] * 4, np.int32)
    old = Labelling(members, np.ones(10, np.float32), {4: Cluster(4, "A"), 9: Cluster(9, "B")}, 10)

    assert match_clusters(old, np.array([1] * 5 + [0] * 5, np.int32)) == {1: 4, 0: 9}
    assert match_clusters(old, np.array([0] * 10, np.int32)) == {0: 4}
    assert match_clusters(old, np.array([0, 0, 0, 1, 1, 1, 2, 2, 3, 3], np.int32)) == {}
    assert match_clusters(old, np.full(10, -1, np.int32)) == {}
