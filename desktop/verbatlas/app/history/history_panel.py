"""The panel of the history: a click on an edit goes to the moment after it."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from verbatlas.app.history.history_model import NUMBER_ROLE, HistoryModel
from verbatlas.app.words_label import words_label
from verbatlas.study import HistoryEntry
from verbatlas.words import gettext as _


class HistoryPanel(QWidget):
    """Show the edits of a study.

    Attributes:
        asked: The person wants to go to the moment after the edit of this number; 0 is the beginning.
    """

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = HistoryModel()
        self.view = QListView()
        self.view.setObjectName("history_view")
        self.view.setAccessibleName(_("History"))
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hint = _("Click an edit to go back to it. What came after it can be brought back until you edit again.")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        column.addWidget(words_label("secondary", text=hint))
        self.view.clicked.connect(self._on_chosen)
        self.view.activated.connect(self._on_chosen)

    def show_history(self, entries: Sequence[HistoryEntry]) -> None:
        """Show these edits, the oldest of which comes first, and mark where the study is."""
        self.model.show_history(entries)
        if entries:
            index = self.model.index(self.model.row_of(self.model.now))
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index)

    def _on_chosen(self, index: QModelIndex) -> None:
        number = int(index.data(NUMBER_ROLE))
        if number != self.model.now:
            self.asked.emit(number)
