"""Keys of the program that a text field would keep for itself.

Qt's single-line fields take Ctrl+E on Linux for the end of the line, as terminals do; the End key does the same. Who
types a name and then presses Ctrl+E wants to export.

They take the keys of undo and redo even where nothing was typed. Who has accepted a name in the review, or clicked into
the search, and presses Ctrl+Z, wants the last edit back.
"""

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
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
            and isinstance(watched, QLineEdit)
            and (event.keyCombination() in _LEFT_TO_THE_PROGRAM or _has_nothing_to_step(watched, event))
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _on_focus(self, left: QWidget | None, entered: QWidget | None) -> None:
        if isinstance(left, QLineEdit):
            left.removeEventFilter(self)
        if isinstance(entered, QLineEdit):
            entered.installEventFilter(self)


def _has_nothing_to_step(field: QLineEdit, event: QKeyEvent) -> bool:
    """Return whether the key undoes or redoes, and nothing was typed into the field that it could be about."""
    is_step = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    return is_step and not (field.isUndoAvailable() or field.isRedoAvailable())
