"""The rows of the history are a sound model with the place of the study in it."""

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from verbatlas.app.history.history_model import NUMBER_ROLE, HistoryModel
from verbatlas.study import HistoryEntry


def test_the_latest_edit_is_the_first_row_and_the_beginning_the_last(qtmodeltester: ModelTester) -> None:
    model = HistoryModel()
    facts = {"names": ["a"], "name": "b"}
    model.show_history([HistoryEntry(number, "rename", facts, is_undone=number > 2) for number in (1, 2, 3)])

    assert [model.index(row).data(NUMBER_ROLE) for row in range(model.rowCount())] == [3, 2, 1, 0]
    assert model.now == 2
    assert model.row_of(2) == 1
    assert model.row_of(0) == 3
    emphasised = [model.index(row).data(Qt.ItemDataRole.FontRole) is not None for row in range(4)]
    assert emphasised == [False, True, False, False]
    qtmodeltester.check(model)
