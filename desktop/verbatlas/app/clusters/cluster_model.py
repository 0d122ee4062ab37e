"""The clusters of a labelling as rows, for any view: name, size, colour, and what is in no cluster at the end."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from verbatlas.study import NOISE, Labelling
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

Index = QModelIndex | QPersistentModelIndex
ID_ROLE = Qt.ItemDataRole.UserRole
SIZE_ROLE = Qt.ItemDataRole.UserRole + 1
SHARE_ROLE = Qt.ItemDataRole.UserRole + 2
COLOUR_ROLE = Qt.ItemDataRole.UserRole + 3
BY_HAND_ROLE = Qt.ItemDataRole.UserRole + 4
SEARCH_ROLE = Qt.ItemDataRole.UserRole + 5


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """What the list shows of one cluster.

    Attributes:
        id: The cluster's id; -1 for what is in no cluster.
        name: Its name.
        size: How many documents it has.
        share: Its size against the largest, 0..1.
        colour: Its palette slot; None for what is in no cluster.
        by_hand: Whether a person typed the name.
        keywords: What it is about.
    """

    id: int
    name: str
    size: int
    share: float
    colour: int | None
    by_hand: bool
    keywords: tuple[str, ...]


class ClusterModel(QAbstractListModel):
    """Rows by falling size.

    Attributes:
        rename_asked: A new name was typed: the cluster's id and the name.
    """

    rename_asked = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ClusterRow] = []

    def show_labelling(self, labelling: Labelling | None) -> None:
        """Show the clusters of ``labelling``; rows that stay keep their selection and place in the view."""
        rows = [] if labelling is None else rows_of(labelling)
        if [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, cluster: int) -> int | None:
        """Return where a cluster is in the list."""
        return next((row for row, entry in enumerate(self._rows) if entry.id == cluster), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows; rows have no children."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: all clusters can be renamed."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_cluster = self._rows[index.row()].id != NOISE
        return flags | Qt.ItemFlag.ItemIsEditable if is_cluster else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one fact about one cluster."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        facts: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: row.name,
            Qt.ItemDataRole.EditRole: row.name,
            Qt.ItemDataRole.ToolTipRole: _tool_tip(row),
            Qt.ItemDataRole.AccessibleTextRole: f"{row.name}, {comments(row.size)}",
            ID_ROLE: row.id,
            SIZE_ROLE: row.size,
            SHARE_ROLE: row.share,
            COLOUR_ROLE: row.colour,
            BY_HAND_ROLE: row.by_hand,
            SEARCH_ROLE: " ".join((row.name, *row.keywords)),
        }
        return facts.get(role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a new name; the list shows it when the study has it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row = self._rows[index.row()]
        if str(value).strip() != row.name:
            self.rename_asked.emit(row.id, str(value))
        return False


def rows_of(labelling: Labelling) -> list[ClusterRow]:
    """Return the rows of a labelling: the largest cluster first, what is in no cluster last."""
    sizes = labelling.sizes()
    largest = max([*sizes.values(), labelling.n_noise, 1])
    rows = [
        ClusterRow(
            id=id_,
            name=cluster.name,
            size=sizes[id_],
            share=sizes[id_] / largest,
            colour=cluster.colour,
            by_hand=cluster.named_by_hand,
            keywords=cluster.keywords,
        )
        for id_, cluster in labelling.clusters.items()
    ]
    rows.sort(key=lambda row: (-row.size, row.id))
    if labelling.n_noise:
        share = labelling.n_noise / largest
        rows.append(ClusterRow(NOISE, _("No cluster"), labelling.n_noise, share, None, by_hand=False, keywords=()))
    return rows


def comments(count: int) -> str:
    """Return a number of comments in words."""
    return ngettext("{count} comment", "{count} comments", count).format(count=f"{count:,}")


def _tool_tip(row: ClusterRow) -> str:
    lines = [row.name, comments(row.size)]
    if row.keywords:
        lines.append(", ".join(row.keywords))
    if row.by_hand:
        lines.append(_("Named by you"))
    return "\n".join(lines)
