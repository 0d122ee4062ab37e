"""The next best cluster is the nearest that is not the own one; blank comments have none."""

import numpy as np

from verbatlas.progress import no_report
from verbatlas.study import Cluster, Labelling
from verbatlas.study.second_cluster import second_clusters


def test_the_nearest_other_cluster_is_named() -> None:
    angles = np.radians([0, 5, 40, 45, 90, 95, 60])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    vectors = np.vstack([vectors, np.zeros((1, 2), np.float32)])
    members = np.array([1, 1, 2, 2, 3, 3, -1, -1], np.int32)
    clusters = {id_: Cluster(id_, name) for id_, name in ((1, "east"), (2, "middle"), (3, "north"))}

    labelling = Labelling(members, np.ones(8, np.float32), clusters, 4)
    found = second_clusters(vectors, labelling, report=no_report)

    assert found == ["middle", "middle", "east", "east", "middle", "middle", "middle", ""]
    assert second_clusters(vectors, labelling, rows=np.array([7, 2]), report=no_report) == ["", "east"]


def test_one_cluster_has_no_other() -> None:
    vectors = np.eye(2, dtype=np.float32)
    labelling = Labelling(np.zeros(2, np.int32), np.ones(2, np.float32), {0: Cluster(0, "a")}, 1)
    assert second_clusters(vectors, labelling, report=no_report) == ["", ""]
