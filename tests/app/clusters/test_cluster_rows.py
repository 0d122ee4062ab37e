"""The rows say of each cluster what it is, what stands under it, and what a person did to it."""

import numpy as np

from verbatlas.app.clusters.cluster_rows import ClusterRow, facts_in_words, rows_of
from verbatlas.study import Cluster, Labelling


def test_groups_hold_their_clusters_and_count_them_in() -> None:
    members = np.array([1, 1, 1, 2, 2, 3, 3, 3, 3, -1], np.int32)
    clusters = {
        0: Cluster(0, "Group", named_by_hand=True),
        1: Cluster(1, "one", parent=0),
        2: Cluster(2, "two", parent=0, note="look again", locked=True),
        3: Cluster(3, "three", keywords=("a", "b")),
    }
    by_hand = np.zeros(10, np.bool_)
    by_hand[[5, 6, 9]] = True

    rows = rows_of(Labelling(members, np.ones(10, np.float32), clusters, 4, by_hand))

    assert [(row.name, row.size) for row in rows] == [("Group", 5), ("three", 4), ("No cluster", 1)]
    assert [(row.name, row.size) for row in rows[0].children] == [("one", 3), ("two", 2)]
    assert [row.share for row in rows] == [1.0, 0.8, 0.2]
    assert facts_in_words(rows[0]) == ["5 comments", "a group of 2 clusters", "Named by you"]
    assert facts_in_words(rows[1]) == ["4 comments", "a, b", "2 comments put here by you"]
    assert facts_in_words(rows[0].children[1]) == ["2 comments", "You wrote a note", "Locked"]
    assert [row.is_edited for row in rows] == [True, True, False]


def test_how_alike_the_comments_are_is_said_once_it_is_known() -> None:
    row = ClusterRow(1, "Late", 4, 1.0, 0, keywords=("late",))

    assert facts_in_words(row, cohesion=0.618) == ["4 comments", "62% alike inside", "late"]
    assert facts_in_words(row) == ["4 comments", "late"]
