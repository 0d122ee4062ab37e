"""The page of shortcuts, grown from the table of actions."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from verbatlas.app.actions import Action, menu_titles, plain
from verbatlas.app.other_keys import Key, any_of, other_keys
from verbatlas.words import gettext as _

_FRAME = 40  # pixels that the title bar takes of the screen


class ShortcutsDialog(QDialog):
    """List every action that has a key, by menu, and then the keys of each place; never higher than ``parent``."""

    def __init__(self, actions: Iterable[Action], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle(_("Keyboard shortcuts"))
        self._page = QWidget()
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(24, 18, 24, 0)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(6)
        with_keys = [action for action in actions if action.shortcuts]
        for menu, title in menu_titles().items():
            rows = [action for action in with_keys if action.menu is menu]
            self._add(plain(title), [Key(action.plain_title, any_of(action.shortcuts)) for action in rows])
        for title, keys in other_keys().items():
            self._add(title, keys)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("shortcuts_scroll")
        self._scroll.setAccessibleName(_("Keyboard shortcuts"))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._page)
        self._scroll.viewport().setAutoFillBackground(False)
        self._page.setAutoFillBackground(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.setContentsMargins(24, 0, 24, 18)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._scroll, 1)
        column.addWidget(buttons)
        self._fit(parent, below=buttons.sizeHint().height() + column.spacing())

    def _add(self, title: str, keys: Iterable[Key]) -> None:
        """Add a section, unless it is empty."""
        for number, key in enumerate(keys):
            if number == 0:
                self._grid.addWidget(_label(title, role="section"), self._grid.rowCount(), 0, 1, 2)
            row = self._grid.rowCount()
            self._grid.addWidget(QLabel(key.title), row, 0)
            self._grid.addWidget(_label(key.keys, role="keys"), row, 1, Qt.AlignmentFlag.AlignRight)

    def _fit(self, parent: QWidget, *, below: int) -> None:
        """Be as wide as the lines, and as high as there is room for; the rest is scrolled to."""
        wanted = self._page.sizeHint()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self._scroll.verticalScrollBar())
        room = min(parent.window().height(), parent.screen().availableSize().height() - _FRAME)
        self.setMaximumHeight(room)
        self._scroll.setMinimumWidth(wanted.width() + bar)
        self.resize(wanted.width() + bar, min(wanted.height() + below, room))


def _label(text: str, *, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
