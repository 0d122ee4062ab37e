"""Which comments are selected: one bit per comment, whatever the order and however many."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QTimer,
    Signal,
)

from verbatlas.app.documents.document_model import DocumentModel

# Qt compares every range with every other when a selection changes: 500 take a millisecond or two, 5,000 stop the
# window. In a table that is sorted by another column each selected row may be a range of its own.
_MOST_RANGES = 500
_Flag = QItemSelectionModel.SelectionFlag
_CHANGES = _Flag.Select | _Flag.Deselect | _Flag.Toggle

Ranges = list[tuple[int, int]]


class RowSelection(QItemSelectionModel):
    """Understand what Qt's views ask of a selection model, and keep the answer as an array.

    The array is the truth and what is painted (the model's CHOSEN_ROLE). Qt's own ranges follow it for screen readers
    as long as they are few; beyond, Qt is told that nothing is selected.

    Attributes:
        rows_selected: The person selected other rows: bool, shape (n_documents,), read-only.
        row_activated: The person went to another row: the comment's row in the table.
    """

    rows_selected = Signal(object)
    row_activated = Signal(int)

    def __init__(self, model: DocumentModel, parent: QObject) -> None:
        # Without a second argument Qt would make the model the parent, and it and Python would both delete this.
        super().__init__(model, parent)
        self._documents = model
        self._kept = model.chosen  # what the open range is added to or taken from
        self._open: tuple[Ranges, QItemSelectionModel.SelectionFlag] = ([], _Flag.NoUpdate)
        self._is_quiet = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._tell_qt)
        self.currentRowChanged.connect(self._on_current)

    def is_chosen(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Return whether the row of ``index`` is selected."""
        return index.isValid() and bool(self._documents.chosen[self._documents.rows[index.row()]])

    def show_chosen(self, chosen: NDArray[np.bool_]) -> None:
        """Select exactly these comments without announcing it: bool, shape (n_documents,)."""
        self._kept, self._open = chosen, ([], _Flag.NoUpdate)
        if not np.array_equal(chosen, self._documents.chosen):
            self._documents.show_chosen(chosen)
            self._tell_qt()

    def go_to(self, place: int | None) -> QModelIndex:
        """Make the row at ``place`` the current one, or none, without announcing it; return its cell."""
        column = max(0, self.currentIndex().column())
        index = QModelIndex() if place is None else self._documents.index(place, column)
        self._is_quiet = True
        try:
            self.setCurrentIndex(index, _Flag.NoUpdate)
        finally:
            self._is_quiet = False
        return index

    def select(
        self,
        selection: QItemSelection | QModelIndex | QPersistentModelIndex,
        command: QItemSelectionModel.SelectionFlag,
    ) -> None:
        """Do to the array what ``command`` does to Qt's ranges; called by the view for mouse and keyboard."""
        if self._is_quiet:
            super().select(selection, command)
            return
        if command == _Flag.NoUpdate:
            return
        if command & _Flag.Clear:
            self._kept, self._open = np.zeros(self._documents.n_documents, np.bool_), ([], _Flag.NoUpdate)
        if not command & _Flag.Current:  # a new gesture begins: what the one before selected is settled
            self._kept = self._merged()
        if command & _CHANGES:
            self._open = (_ranges_of(selection), command)
        chosen = self._merged()
        if not np.array_equal(chosen, self._documents.chosen):
            chosen.setflags(write=False)
            self._documents.show_chosen(chosen)
            self._tell_qt()
            self.rows_selected.emit(chosen)

    def reset(self) -> None:
        """Let go of what belonged to the places of rows: other rows are shown, or in another order."""
        self._is_quiet = True
        try:
            super().reset()
        finally:
            self._is_quiet = False
        self._kept, self._open = self._documents.chosen, ([], _Flag.NoUpdate)
        self._soon.start()  # once: the model, the view and its heading each ask for this when other rows are shown

    def _merged(self) -> NDArray[np.bool_]:
        ranges, command = self._open
        if not ranges:
            return self._kept
        chosen = self._kept.copy()
        for first, last in ranges:
            documents = self._documents.rows[first : last + 1]
            if command & _Flag.Toggle:
                chosen[documents] = ~chosen[documents]
            else:
                chosen[documents] = bool(command & _Flag.Select)
        return chosen

    def _tell_qt(self) -> None:
        chosen = self._documents.chosen
        ranges = runs(chosen[self._documents.rows]) if chosen.any() else []
        told = QItemSelection()
        if len(ranges) <= _MOST_RANGES:
            last_column = self._documents.columnCount() - 1
            for first, last in ranges:
                told.append(
                    QItemSelectionRange(self._documents.index(first, 0), self._documents.index(last, last_column))
                )
        super().select(told, _Flag.ClearAndSelect)

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and not self._is_quiet:
            self.row_activated.emit(int(self._documents.rows[current.row()]))


def runs(is_chosen: NDArray[np.bool_]) -> Ranges:
    """Return the first and last place of every run of True; at most one more than the ranges that Qt is given."""
    edges = np.flatnonzero(np.diff(is_chosen, prepend=False, append=False))[: 2 * (_MOST_RANGES + 1)]
    return [(int(first), int(end) - 1) for first, end in edges.reshape(-1, 2)]


def _ranges_of(selection: QItemSelection | QModelIndex | QPersistentModelIndex) -> Ranges:
    if isinstance(selection, QItemSelection):
        return [(part.top(), part.bottom()) for part in selection.toList()]
    return [(selection.row(), selection.row())] if selection.isValid() else []
