"""Some rows of a table, with the columns that were chosen marked."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from verbatlas.tables import Table
from verbatlas.words import gettext as _

PREVIEW_ROWS = 100
_LONGEST = 300  # characters of a cell that a preview shows; a 10 MB cell would stop the window

Index = QModelIndex | QPersistentModelIndex


def shortened(text: str, *, longest: int = _LONGEST) -> str:
    """Return ``text`` on one line, cut where it is too long to show."""
    start = " ".join(text[: longest + 1].split())
    return f"{start[:longest]}…" if len(text) > longest else start


class PreviewModel(QAbstractTableModel):
    """Show the first hundred rows of a table, or others.

    Args:
        table: The table.
        chosen: The columns that are marked.
        rows: The rows that are shown; None for the first ones.
        notes: What stands beside each of them instead of its number; none for all numbers.
    """

    def __init__(
        self,
        table: Table,
        chosen: frozenset[int] = frozenset(),
        *,
        rows: Sequence[int] | None = None,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._table = table
        self._rows = range(min(PREVIEW_ROWS, table.n_rows)) if rows is None else rows
        self._notes = notes
        self._labels = table.labels()
        self._chosen = chosen

    def row_at(self, place: int) -> int:
        """Return which row of the table is shown at ``place``."""
        return self._rows[place]

    def choose(self, chosen: frozenset[int]) -> None:
        """Mark the columns ``chosen``."""
        self._chosen = chosen
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._table.n_columns - 1)
        last = self.index(self.rowCount() - 1, self._table.n_columns - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns the table has."""
        return 0 if parent is not None and parent.isValid() else self._table.n_columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, or its colour: columns that were not chosen step back."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return shortened(self._table.column(index.column())[self._rows[index.row()]] or "")
        if role == Qt.ItemDataRole.ForegroundRole and index.column() not in self._chosen:
            return QGuiApplication.palette().placeholderText()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's name, ticked when it was chosen, or a row's number."""
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._notes[section] if self._notes else None
            if role == Qt.ItemDataRole.TextAlignmentRole and self._notes:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            if role != Qt.ItemDataRole.DisplayRole:
                return None
            return self._notes[section] if self._notes else f"{self._rows[section] + 1:,}"
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        label = shortened(self._labels[section], longest=60)
        return _("✓ {column}").format(column=label) if section in self._chosen else label
