"""The page of shortcuts, grown from the table of actions."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from verbatlas.app.actions import Action, menu_titles, plain
from verbatlas.words import gettext as _


class ShortcutsDialog(QDialog):
    """List every action that has a key, by menu."""

    def __init__(self, actions: Iterable[Action], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle(_("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        with_keys = [action for action in actions if action.shortcuts]
        for menu, title in menu_titles().items():
            rows = [action for action in with_keys if action.menu is menu]
            if rows:
                grid.addWidget(_label(plain(title), role="section"), grid.rowCount(), 0, 1, 2)
            for action in rows:
                row = grid.rowCount()
                grid.addWidget(QLabel(action.plain_title), row, 0)
                keys = _label(_keys(action), role="keys")
                grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(buttons)


def _keys(action: Action) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return _(" or ").join(QKeySequence(keys).toString(native) for keys in action.shortcuts)


def _label(text: str, *, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
