"""The bars say how a cluster differs from all comments."""

import numpy as np

from verbatlas.app.card.breakdown import breakdown_of
from verbatlas.app.map.colouring import by_column, by_strength
from verbatlas.study import Cluster, Labelling

MEMBERS = np.array([0, 0, 0, 0, 1, 1, 1, 1], np.int32)
LABELLING = Labelling(MEMBERS, np.linspace(0, 1, 8, dtype=np.float32), {0: Cluster(0, "a"), 1: Cluster(1, "b")}, 2)


def test_values_stand_by_falling_count_with_their_share_here_and_everywhere() -> None:
    colouring = by_column("channel", ["mail", "chat", "chat", None, "mail", "mail", "mail", "shop"])

    found = breakdown_of(colouring, LABELLING, (0,))

    assert [(bar.label, bar.count) for bar in found.bars] == [("chat", 2), ("mail", 1)]
    assert [round(bar.share, 3) for bar in found.bars] == [0.667, 0.333]
    assert [round(bar.whole, 3) for bar in found.bars] == [0.286, 0.571]
    assert found.n_missing == 1


def test_several_clusters_are_counted_as_one() -> None:
    colouring = by_column("channel", ["mail", "chat", "chat", None, "mail", "mail", "mail", "shop"])

    found = breakdown_of(colouring, LABELLING, (0, 1))

    assert [(bar.label, bar.count) for bar in found.bars] == [("mail", 4), ("chat", 2), ("shop", 1)]
    assert all(bar.share == bar.whole for bar in found.bars)
    assert found.n_missing == 1


def test_stars_stand_in_their_order() -> None:
    colouring = by_column("stars", ["5", "1", "1", "3", "5", "5", "5", "5"])
    found = breakdown_of(colouring, LABELLING, (0,))
    assert [(bar.label, bar.count) for bar in found.bars] == [("1", 2), ("3", 1), ("5", 1)]


def test_a_scale_has_steps_between_its_ends_fewer_for_a_small_cluster() -> None:
    found = breakdown_of(by_strength(LABELLING.strengths), LABELLING, (1,))
    assert found.ends == ("0%", "100%")
    assert len(found.bars) == 16
    assert sum(bar.count for bar in found.bars) == 4
    assert not any(bar.count for bar in found.bars[:8])
    np.testing.assert_allclose([sum(bar.share for bar in found.bars), sum(bar.whole for bar in found.bars)], 1)
