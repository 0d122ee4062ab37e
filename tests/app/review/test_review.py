"""A person goes through all clusters by the keyboard alone."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from window_steps import LONG

from verbatlas.app.main_window import MainWindow
from verbatlas.app.type_ahead import TypeAhead


def test_enter_accepts_typing_renames_and_the_count_rises_until_all_are_done(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    window, panel = mapped_window, mapped_window.desk.review
    study = window.session.study
    assert study is not None
    order = sorted(study.labelling.clusters, key=lambda id_: (-study.labelling.sizes()[id_], id_))
    window.actions_of_window["review"].trigger()
    assert panel.isVisible()
    assert window.selection.clusters == (order[0],)
    found = panel.name.text()
    assert panel._count.text() == f"0 of {len(order)} reviewed"

    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert study.labelling.clusters[order[0]].named_by_hand
    assert study.labelling.clusters[order[0]].name == found
    assert window.selection.clusters == (order[1],)
    for cluster in order[1:]:
        assert window.selection.clusters == (cluster,)
        qtbot.keyClicks(panel.name, f"Name {cluster}")
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
        assert study.labelling.clusters[cluster].name == f"Name {cluster}"
    assert panel._count.text() == f"{len(order)} of {len(order)} reviewed  ·  all done"
    window.actions_of_window["undo"].trigger()
    qtbot.waitUntil(lambda: panel._count.text().startswith(f"{len(order) - 1} of"), timeout=LONG)


def test_a_cluster_is_left_for_later_gone_back_to_and_merged(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, panel = mapped_window, mapped_window.desk.review
    window.actions_of_window["review"].trigger()
    first = window.selection.cluster
    qtbot.keyClick(panel.name, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    second = window.selection.cluster
    assert second != first
    qtbot.keyClick(panel.name, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert window.selection.cluster == first

    qtbot.keyClick(panel.name, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    dialog = window.findChild(TypeAhead)
    words = dialog.findChild(QLineEdit)
    words.setText(window.session.study.labelling.clusters[second].name)
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        qtbot.keyClick(words, Qt.Key.Key_Return)
    assert second not in window.session.study.labelling.clusters
    assert window.selection.cluster == first
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_blank_name_is_refused_and_nothing_goes_on(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, panel = mapped_window, mapped_window.desk.review
    window.actions_of_window["review"].trigger()
    first = window.selection.cluster
    panel.name.clear()
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert window.selection.cluster == first
    assert "A cluster needs a name" in window.messages.text
