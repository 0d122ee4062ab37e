"""The largest cluster that is left comes first, and what was done is counted."""

import numpy as np

from verbatlas.app.review.review_order import ReviewState
from verbatlas.study import Cluster, Labelling


def state(*named: int) -> ReviewState:
    members = np.repeat(np.array([4, 5, 6], np.int32), [2, 3, 1])
    clusters = {id_: Cluster(id_, f"c{id_}", named_by_hand=id_ in named) for id_ in (4, 5, 6)}
    clusters[7] = Cluster(7, "a group without comments of its own")
    return ReviewState.of(Labelling(members, np.ones(6, np.float32), clusters, 8))


def test_it_begins_with_the_largest_that_is_left() -> None:
    assert state().order == (5, 4, 6)
    assert state().first() == 5
    assert state(5).first() == 4
    assert state(4, 5, 6).first() == 5
    assert state(4, 5, 6).is_done


def test_it_goes_on_to_what_is_left_round_the_end_and_back_to_any() -> None:
    assert state().after(5) == 4
    assert state(4).after(5) == 6
    assert state(4).after(6) == 5
    assert state(4, 5, 6).after(4) == 4
    assert state(4).before(6) == 4
    assert state().before(5) == 6
    assert state().after(99) == 5


def test_a_study_without_clusters_has_nothing_to_review() -> None:
    empty = ReviewState.of(Labelling.empty(3))
    assert empty.first() is None
    assert empty.after(None) is None
