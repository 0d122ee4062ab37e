"""A person who cannot see the window is told what every control is."""

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_steps import LONG

from verbatlas.app.main_window import MainWindow

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


def unnamed(root: QWidget) -> list[str]:
    """Return the controls below ``root`` that a screen reader could not name."""
    found = []
    for part in root.findChildren(QWidget):
        if not isinstance(part, _CONTROLS) or isinstance(part, QScrollBar) or not part.isEnabled():
            continue
        inside = part.parentWidget()
        is_part_of_another = isinstance(inside, (QComboBox, QAbstractSpinBox)) or part.objectName().startswith("qt_")
        of_a_list = isinstance(inside.parentWidget() if inside else None, QComboBox)
        text = part.text() if isinstance(part, (QAbstractButton, QLineEdit)) else ""
        is_named = bool(part.accessibleName() or text or part.toolTip())
        if not (is_named or is_part_of_another or of_a_list) and part.isVisibleTo(root):
            found.append(f"{type(part).__name__} {part.objectName()} in {type(inside).__name__}")
    return found


@pytest.mark.parametrize("panel", ["clusters", "details", "noise", "review", "history", "documents"])
def test_every_control_of_the_desk_has_a_name(panel: str, qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    qtbot.waitUntil(lambda: window._view.advice.overview is not None, timeout=LONG)
    window.desk.show_panel(panel)
    window.selection.select_cluster(next(iter(window.session.study.labelling.clusters)))
    assert unnamed(window) == []
    window.selection.select_document(3)
    QApplication.sendPostedEvents()
    assert unnamed(window) == []
