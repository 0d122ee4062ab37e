"""The rows of the list say what the study says."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from verbatlas.app.clusters.cluster_model import COHESION_ROLE, ID_ROLE, NUMBER_ROLE, SIZE_ROLE, ClusterModel
from verbatlas.study import Cluster, Labelling


def labelling() -> Labelling:
    members = np.array([7, 7, 7, 2, 2, -1], np.int32)
    clusters = {2: Cluster(2, "电池", keywords=("续航",)), 7: Cluster(7, "Late", named_by_hand=True)}
    return Labelling(members, np.ones(6, np.float32), clusters, 8)


@pytest.fixture
def model() -> ClusterModel:
    made = ClusterModel()
    made.show_labelling(labelling())
    return made


def test_rows_stand_by_size_and_what_is_in_no_cluster_is_last(model: ClusterModel, qtmodeltester: ModelTester) -> None:
    rows = [model.index(row) for row in range(model.rowCount())]

    assert [row.data(ID_ROLE) for row in rows] == [7, 2, -1]
    assert [row.data(SIZE_ROLE) for row in rows] == [3, 2, 1]
    assert [row.data() for row in rows] == ["Late", "电池", "No cluster"]
    qtmodeltester.check(model)


def test_a_new_name_is_asked_for_and_not_taken(model: ClusterModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.rename_asked) as asked:
        model.setData(model.index(1), "续航")

    assert asked.args == [2, "续航"]
    assert model.index(1).data() == "电池"


def test_only_clusters_can_be_renamed(model: ClusterModel) -> None:
    editable = [bool(model.flags(model.index(row)) & Qt.ItemFlag.ItemIsEditable) for row in range(3)]

    assert editable == [True, True, False]


def test_a_rename_is_no_reset(model: ClusterModel, qtbot: QtBot) -> None:
    after = Labelling(labelling().members, labelling().strengths, {**labelling().clusters, 2: Cluster(2, "续航")}, 8)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_labelling(after)

    assert model.index(1).data() == "续航"


def test_without_a_labelling_there_are_no_rows(model: ClusterModel) -> None:
    model.show_labelling(None)

    assert model.rowCount() == 0


def test_groups_are_rows_with_rows_under_them(qtmodeltester: ModelTester) -> None:
    clusters = {1: Cluster(1, "a", parent=3), 2: Cluster(2, "b"), 3: Cluster(3, "Group")}
    model = ClusterModel()
    model.show_labelling(Labelling(np.array([1, 2, 2], np.int32), np.ones(3, np.float32), clusters, 4))

    assert model.has_groups
    assert model.index_of(1).parent() == model.index_of(3)
    assert model.index_of(1).data() == "a"
    assert not model.index_of(99).isValid()
    qtmodeltester.check(model)


def test_how_alike_the_comments_are_is_read_and_heard_once_it_is_known(model: ClusterModel, qtbot: QtBot) -> None:
    first, second = model.index(0), model.index(1)
    assert first.data(COHESION_ROLE) is None
    assert "alike" not in first.data(Qt.ItemDataRole.ToolTipRole)
    with qtbot.waitSignal(model.cohesions_changed), qtbot.assertNotEmitted(model.dataChanged):
        model.show_cohesions({7: 0.62})

    assert first.data(Qt.ItemDataRole.ToolTipRole) == "Late\n3 comments\n62% alike inside\nNamed by you"
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Late, 3 comments, 62% alike inside, Named by you"
    assert "alike" not in second.data(Qt.ItemDataRole.ToolTipRole)
    assert first.data(NUMBER_ROLE) == "3"
