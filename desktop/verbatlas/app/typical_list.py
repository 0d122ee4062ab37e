"""A list of whole comments, each of which can be clicked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from verbatlas.words import gettext as _

_ROW_ROLE = Qt.ItemDataRole.UserRole


class TypicalList(QListWidget):
    """Show comments, wrapped.

    Attributes:
        chosen: A comment was clicked, or Enter pressed on it (its row).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("typical_comments")
        self.setAccessibleName(_("Typical comments"))
        self.setWordWrap(True)
        self.setSpacing(3)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._on_item)
        self.itemActivated.connect(self._on_item)

    def show_comments(self, comments: Sequence[tuple[int, str]]) -> None:
        """Show these comments, given as rows and texts."""
        self.clear()
        for row, text in comments:
            item = QListWidgetItem(text)
            item.setData(_ROW_ROLE, row)
            self.addItem(item)

    def _on_item(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_ROW_ROLE))
