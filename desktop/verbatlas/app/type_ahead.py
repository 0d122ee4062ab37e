"""A dialog in which typing a few letters finds one of many things: a cluster, an action."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from verbatlas.app.detail_lines import DetailDelegate, detail_line
from verbatlas.app.icons import dot
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _

_KEY_ROLE = Qt.ItemDataRole.UserRole
_SIZE = QSize(460, 420)
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that can be found.

    Attributes:
        key: What the dialog answers with.
        title: Its words.
        detail: More words, that are shown at the end of its line.
        found_by: Words that find it besides these.
        colour: Of the dot before it; no dot when None.
    """

    key: object
    title: str
    detail: str = ""
    found_by: str = ""
    colour: QColor | None = None

    def matches(self, words: Sequence[str]) -> bool:
        """Return whether every one of ``words``, casefolded, is part of it."""
        whole = f"{self.title} {self.detail} {self.found_by}".casefold()
        return all(word in whole for word in words)


class TypeAhead(QDialog):
    """Show choices, fewer with every letter; Enter or a click takes one.

    Attributes:
        chosen: The key of the choice that was taken.
    """

    chosen = Signal(object)

    def __init__(self, choices: Sequence[Choice], *, title: str, lead: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("type_ahead")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE)
        self._choices = choices
        self._words = QLineEdit()
        self._words.setObjectName("type_ahead_words")
        self._words.setPlaceholderText(_("Type to find…"))
        self._words.setAccessibleName(title)
        self._list = QListWidget()
        self._list.setObjectName("type_ahead_list")
        self._list.setAccessibleName(title)
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(DetailDelegate(self._list))
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none = words_label("secondary", text=_("Nothing is called that."))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(8)
        if lead:
            column.addWidget(words_label("secondary", text=lead))
        column.addWidget(self._words)
        column.addWidget(self._none)
        column.addWidget(self._list, 1)
        self._words.installEventFilter(self)
        self._words.textChanged.connect(self._show)
        self._words.returnPressed.connect(self._on_enter)
        self._list.itemClicked.connect(self._on_item)
        self._show("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move through the list while the keyboard is in the words."""
        is_key = watched is self._words and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in _MOVES:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _show(self, text: str) -> None:
        words = text.casefold().split()
        self._list.clear()
        for choice in self._choices:
            if choice.matches(words):
                item = detail_line(choice.title, choice.detail)
                item.setData(_KEY_ROLE, choice.key)
                if choice.colour is not None:
                    item.setIcon(dot(choice.colour))
                self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._none.setVisible(self._list.count() == 0)

    def _on_enter(self) -> None:
        if (item := self._list.currentItem()) is not None:
            self._on_item(item)

    def _on_item(self, item: QListWidgetItem) -> None:
        key = item.data(_KEY_ROLE)
        self.accept()
        self.chosen.emit(key)
