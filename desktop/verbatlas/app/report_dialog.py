"""The one dialog for bugs: what a developer needs to know, ready to be copied."""

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

import verbatlas
from verbatlas.app.places import log_folder
from verbatlas.words import gettext as _


class ReportDialog(QDialog):
    """Say that something unexpected happened and show its report.

    Args:
        detail: The traceback.
        parent: The window.
    """

    def __init__(self, detail: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something unexpected happened"))
        self.resize(680, 460)
        words = QLabel(
            _(
                "This is a mistake in Verbatlas, not yours. Your work is kept and you can go on. If you send us this "
                "report, we can mend it; read it first, because it may quote a few words of your table."
            )
        )
        words.setWordWrap(True)
        self.report = QPlainTextEdit(report_text(detail))
        self.report.setReadOnly(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setAccessibleName(_("Report"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = QPushButton(_("Copy the report"))
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._on_copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.report, 1)
        column.addWidget(QLabel(_("The log is in {folder}").format(folder=log_folder())))
        column.addWidget(buttons)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def report_text(detail: str) -> str:
    """Return the report: versions, system and traceback."""
    return (
        f"Verbatlas {verbatlas.__version__}, Python {platform.python_version()}, PySide6 {pyside_version}\n"
        f"{platform.platform()}\n\n{detail}"
    )
