"""A comment goes to a likelier cluster by one press."""

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.elsewhere import Elsewhere, Place
from verbatlas.app.main_window import MainWindow
from verbatlas.app.type_ahead import TypeAhead


def test_each_place_is_a_button_with_a_name_and_nothing_is_seen_without_places(qtbot: QtBot) -> None:
    part = Elsewhere()
    qtbot.addWidget(part)
    part.offer([Place(4, "R&D", QColor("red")), Place(9, "x" * 50, QColor("blue"))])
    part.show()
    first = next(button for button in part.findChildren(QPushButton) if "R&&D" in button.text())
    assert first.accessibleName() == "Move this comment to 'R&D'"
    with qtbot.waitSignal(part.chosen) as chosen:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert chosen.args == [4]
    part.offer([])
    assert not part.isVisible()


def test_a_press_moves_the_comment_and_the_next_places_do_not_name_its_own_cluster(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    window, part = mapped_window, mapped_window.desk.comment.comment.elsewhere
    qtbot.waitUntil(lambda: window._view.advice.overview is not None, timeout=LONG)
    window.selection.select_document(3)
    assert 1 <= len(part._buttons) <= 5
    labelling = window.session.study.labelling
    target = next(id_ for id_ in labelling.clusters if labelling.clusters[id_].name in part._buttons[0].toolTip())
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        part._buttons[0].click()
    assert window.session.study.labelling.members[3] == target
    assert window.session.study.labelling.by_hand[3]
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    qtbot.waitUntil(lambda: window._view.advice.overview is not None, timeout=LONG)
    assert not any(labelling.clusters[target].name in button.toolTip() for button in part._buttons)


def test_a_cluster_that_is_not_offered_is_found_by_its_name(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    window.selection.select_document(5)
    window.desk.comment.comment.elsewhere.other_asked.emit()
    dialog = window.findChild(TypeAhead)
    target = max(window.session.study.labelling.clusters)
    words = dialog.findChild(QLineEdit)
    words.setText(window.session.study.labelling.clusters[target].name)
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        qtbot.keyClick(words, Qt.Key.Key_Return)
    assert np.flatnonzero(window.session.study.labelling.by_hand).tolist() == [5]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
