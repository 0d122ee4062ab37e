"""The report of a bug holds what a developer needs and can be copied."""

import platform

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from verbatlas.app.report_dialog import ReportDialog


def test_the_report_has_versions_system_and_traceback_and_can_be_copied(qtbot: QtBot) -> None:
    dialog = ReportDialog("Traceback: here")
    qtbot.addWidget(dialog)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "Traceback: here" in copied
    assert platform.python_version() in copied
    assert "Verbatlas" in copied
