"""The clusters of a labelling as a tree for any view: groups with the clusters under them, noise at the end."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractItemModel, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal

from verbatlas.app.clusters.cluster_rows import ClusterRow, facts_in_words, rows_of
from verbatlas.study import NOISE, Labelling

Index = QModelIndex | QPersistentModelIndex
ID_ROLE = Qt.ItemDataRole.UserRole
SIZE_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
SEARCH_ROLE = Qt.ItemDataRole.UserRole + 3
COHESION_ROLE = Qt.ItemDataRole.UserRole + 4
NUMBER_ROLE = Qt.ItemDataRole.UserRole + 5  # the number beside the name, as it is written there
_FACTS: dict[int, Callable[[ClusterRow], Any]] = {
    ID_ROLE: lambda row: row.id,
    SIZE_ROLE: lambda row: row.size,
    ROW_ROLE: lambda row: row,
    SEARCH_ROLE: lambda row: " ".join((row.name, *row.keywords)),
    NUMBER_ROLE: lambda row: QLocale().toString(row.size),
}
_TOP = 0  # the internal id of rows that stand under nothing; others have that of their parent, and one more


class ClusterModel(QAbstractItemModel):
    """Rows by falling size.

    Attributes:
        rename_asked: A new name was typed: the cluster's id and the name.
        cohesions_changed: How alike the comments are is known anew: for an order that goes by it. No row is said to
            have changed: else it is read in tool tips alone, which ask for it when they open.
    """

    rename_asked = Signal(int, str)
    cohesions_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ClusterRow, ...] = ()
        self._place: dict[int, tuple[int, int]] = {}
        self._cohesions: Mapping[int, float] = {}

    def show_cohesions(self, cohesions: Mapping[int, float]) -> None:
        """Know how alike the comments inside each cluster are: by id, the mean cosine to its middle."""
        self._cohesions = cohesions
        self.cohesions_changed.emit()

    @property
    def has_groups(self) -> bool:
        """Whether some cluster stands under another."""
        return any(row.children for row in self._rows)

    def show_labelling(self, labelling: Labelling | None, within: NDArray[np.bool_] | None = None) -> None:
        """Show the clusters of ``labelling``; rows that stay keep their selection and place in the view.

        Args:
            labelling: The clusters; None for none.
            within: Which documents are counted: bool, shape (n_documents,); None for all.
        """
        rows = () if labelling is None else rows_of(labelling, within)
        if _shape(rows) == _shape(self._rows):
            self._rows = rows
            self._tell_changed()
            return
        self.beginResetModel()
        self._rows = rows
        self._place = {}
        for position, row in enumerate(rows):
            self._place[row.id] = (position, _TOP)
            self._place |= {child.id: (number, position + 1) for number, child in enumerate(row.children)}
        self.endResetModel()

    def index_of(self, cluster: int) -> QModelIndex:
        """Return where a cluster is; an invalid index where it is not in the list."""
        place = self._place.get(cluster)
        return QModelIndex() if place is None else self.createIndex(place[0], 0, place[1])

    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own
        """Return the index of a row under ``parent``."""
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """Return the group in which a row stands."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows under ``parent``."""
        if not parent.isValid():
            return len(self._rows)
        return len(self._rows[parent.row()].children) if parent.internalId() == _TOP else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008 - Qt's own default
        """Return the number of columns."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: clusters can be renamed and dragged onto each other."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._row(index).id != NOISE:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows are moved: a view that moves its own rows refuses a drag that could only copy them."""
        return Qt.DropAction.MoveAction

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one fact about one cluster."""
        if not index.isValid():
            return None
        row = self._row(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.name
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(self._in_words(row))
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(self._in_words(row))
        fact = _FACTS.get(int(role))
        if fact is not None:
            return fact(row)
        return self._cohesions.get(row.id) if role == COHESION_ROLE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a new name; the list shows it when the study has it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row = self._row(index)
        if str(value).strip() != row.name:
            self.rename_asked.emit(row.id, str(value))
        return False

    def _in_words(self, row: ClusterRow) -> list[str]:
        return [row.name, *facts_in_words(row, cohesion=self._cohesions.get(row.id))]

    def _row(self, index: Index) -> ClusterRow:
        if index.internalId() == _TOP:
            return self._rows[index.row()]
        return self._rows[index.internalId() - 1].children[index.row()]

    def _tell_changed(self) -> None:
        if not self._rows:
            return
        self.dataChanged.emit(self.createIndex(0, 0, _TOP), self.createIndex(len(self._rows) - 1, 0, _TOP))
        for number, row in enumerate(self._rows, start=1):
            if row.children:
                last = self.createIndex(len(row.children) - 1, 0, number)
                self.dataChanged.emit(self.createIndex(0, 0, number), last)


def _shape(rows: tuple[ClusterRow, ...]) -> list[tuple[int, list[int]]]:
    """Return which clusters stand where."""
    return [(row.id, [child.id for child in row.children]) for row in rows]
