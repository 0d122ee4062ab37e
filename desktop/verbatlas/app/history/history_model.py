"""The edits of a study as rows, the latest first: what was done, where the study is now, and what was taken back."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from verbatlas.sentences import edit_sentence
from verbatlas.study import HistoryEntry
from verbatlas.words import gettext as _

Index = QModelIndex | QPersistentModelIndex
NUMBER_ROLE = Qt.ItemDataRole.UserRole
_NOW, _DONE, _UNDONE = "●", "✓", "○"


class HistoryModel(QAbstractListModel):
    """One row for every edit, and a last one for the study before the first."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[HistoryEntry] = ()
        self._now = 0

    @property
    def now(self) -> int:
        """The number of the edit after which the study is; 0 before the first."""
        return self._now

    def show_history(self, entries: Sequence[HistoryEntry]) -> None:
        """Show these edits, the oldest of which comes first."""
        self.beginResetModel()
        self._entries = entries
        self._now = sum(not entry.is_undone for entry in entries)
        self.endResetModel()

    def row_of(self, number: int) -> int:
        """Return the row of the edit with this number, or of the beginning for 0."""
        return len(self._entries) - number

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows; rows have no children, and a study that is not open has none."""
        return len(self._entries) + 1 if self._entries and not parent.isValid() else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one fact about one edit."""
        if not index.isValid():
            return None
        number = len(self._entries) - index.row()
        facts: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: f"{self._mark(number)}  {self._words(number)}",
            Qt.ItemDataRole.ToolTipRole: self._words(number),
            Qt.ItemDataRole.AccessibleTextRole: f"{self._words(number)}, {self._state(number)}",
            NUMBER_ROLE: number,
        }
        if number == self._now:
            facts[Qt.ItemDataRole.FontRole] = _emphasised()
        if number > self._now:
            facts[Qt.ItemDataRole.ForegroundRole] = QApplication.palette().brush(QPalette.ColorRole.PlaceholderText)
        return facts.get(role)

    def _words(self, number: int) -> str:
        return edit_sentence(self._entries[number - 1]) if number else _("The table as it was read")

    def _mark(self, number: int) -> str:
        return _NOW if number == self._now else _UNDONE if number > self._now else _DONE

    def _state(self, number: int) -> str:
        if number == self._now:
            return _("the study is here now")
        return _("taken back") if number > self._now else _("done")


def _emphasised() -> QFont:
    font = QFont(QApplication.font())
    font.setWeight(QFont.Weight.DemiBold)
    return font
