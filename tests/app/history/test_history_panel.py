"""The history says in words what was done, and a click or Enter goes there."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.history.history_panel import HistoryPanel
from verbatlas.app.main_window import MainWindow
from verbatlas.study import HistoryEntry

ENTRIES = (
    HistoryEntry(1, "replace_clustering", {"count": 3}, is_undone=False),
    HistoryEntry(2, "rename", {"names": ["a"], "name": "物流"}, is_undone=False),
    HistoryEntry(3, "move", {"names": ["物流"], "count": 1200}, is_undone=True),
)


@pytest.fixture
def panel(qtbot: QtBot) -> HistoryPanel:
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 400)
    panel.show()
    panel.show_history(ENTRIES)
    return panel


def rows(panel: HistoryPanel) -> list[str]:
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def test_the_edits_are_told_in_words_the_latest_first(panel: HistoryPanel) -> None:
    assert rows(panel) == [
        "○  Moved 1,200 comments to '物流'",
        "●  Renamed 'a' to '物流'",
        "✓  Found 3 clusters",
        "✓  The table as it was read",
    ]
    assert panel.view.currentIndex().row() == 1
    spoken = [panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert [words.rpartition(", ")[2] for words in spoken] == ["taken back", "the study is here now", "done"]


def test_a_click_or_enter_asks_for_that_moment_and_where_it_is_asks_for_nothing(
    qtbot: QtBot, panel: HistoryPanel
) -> None:
    asked: list[int] = []
    panel.asked.connect(asked.append)
    for row in (1, 0, 3):
        place = panel.view.visualRect(panel.model.index(row)).center()
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [3, 0]

    qtbot.keyClick(panel.view, Qt.Key.Key_Up)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert asked == [3, 0, 1]


def test_no_study_has_no_history(panel: HistoryPanel) -> None:
    panel.show_history(())
    assert rows(panel) == []


def test_the_window_goes_to_any_point_and_says_what_undo_takes_back(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, session = mapped_window, mapped_window.session
    study = session.study
    assert study is not None
    first = min(study.labelling.clusters)
    old = study.labelling.clusters[first].name
    session.rename(first, "Slow parcels")
    session.rename(first, "Late parcels")
    panel = window.desk.history
    qtbot.waitUntil(lambda: len(rows(panel)) == 4)
    undo, redo = window.actions_of_window["undo"], window.actions_of_window["redo"]
    assert undo.text() == "&Undo: Renamed 'Slow parcels' to 'Late parcels'"
    assert redo.text() == "&Redo"

    window.desk.show_panel("history")
    place = panel.view.visualRect(panel.model.index(2)).center()
    with qtbot.waitSignal(session.job_ended, timeout=LONG):
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait_until_idle(qtbot, lambda: session.is_busy)

    assert study.labelling.clusters[first].name == old
    assert window.desk.cluster_model.index(0, 0).data() is not None
    assert redo.text() == f"&Redo: Renamed '{old}' to 'Slow parcels'"
    assert undo.text().startswith("&Undo: Found")
    assert [row[0] for row in rows(panel)] == ["○", "○", "●", "✓"]
