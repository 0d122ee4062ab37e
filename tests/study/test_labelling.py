"""A labelling is a value: counted, ordered, and not to be changed."""

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study import Cluster, Labelling


def labelling() -> Labelling:
    members = np.array([3, 3, 0, -1], np.int32)
    clusters = {3: Cluster(3, "Late"), 0: Cluster(0, "Dear")}
    return Labelling(members, np.ones(4, np.float32), clusters, 4)


def test_sizes_and_noise_are_counted() -> None:
    assert labelling().sizes() == {0: 1, 3: 2}
    assert labelling().n_noise == 1


def test_nothing_in_it_can_be_changed() -> None:
    value = labelling()

    with pytest.raises(ValueError, match="read-only"):
        value.members[0] = 0
    with pytest.raises(TypeError):
        value.clusters[0] = Cluster(0, "Other")  # type: ignore[index]


def test_a_cluster_that_is_gone_is_named() -> None:
    with pytest.raises(UserError) as caught:
        labelling().cluster(7)

    assert caught.value.problem is Problem.CLUSTER_MISSING
