"""A key of the program that a text field would keep for itself.

Qt's single-line fields take Ctrl+E on Linux for the end of the line, as terminals do; the End key does the same. Who
types a name and then presses Ctrl+E wants to export.
"""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

_LEFT_TO_THE_PROGRAM = {QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E)}


class FieldKeys(QObject):
    """Let the program's keys work wherever the keyboard is in a text field.

    Args:
        application: Its fields are watched while they have the keyboard.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.focusChanged.connect(self._on_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do not let the field claim a key that is the program's."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.keyCombination() in _LEFT_TO_THE_PROGRAM
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _on_focus(self, left: QWidget | None, entered: QWidget | None) -> None:
        if isinstance(left, QLineEdit):
            left.removeEventFilter(self)
        if isinstance(entered, QLineEdit):
            entered.installEventFilter(self)
