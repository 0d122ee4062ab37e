"""The comments of a study as rows and columns of a table, in any order, none of them kept twice."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from verbatlas.amounts import strength_in_words
from verbatlas.app.documents.listing import CLUSTER, COMMENT, N_OWN, ROW, STRENGTH, Listing, listing_of
from verbatlas.app.documents.shown_text import for_tip, one_line
from verbatlas.study import Labelling, Study
from verbatlas.words import gettext as _

COLOUR_ROLE = Qt.ItemDataRole.UserRole  # the palette slot of the row's cluster; None without one
CHOSEN_ROLE = Qt.ItemDataRole.UserRole + 1  # whether the row is selected
_LONGEST_CELL = 200  # characters that are shown of a cell that is no comment
_LONGEST_TITLE = 60
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

Index = QModelIndex | QPersistentModelIndex


class DocumentModel(QAbstractTableModel):
    """Row number, comment, cluster, strength and the file's other columns.

    Cells are read from the study when they are drawn; of each row only its number is kept, and whether it is selected.

    Attributes:
        rows: int64, shape (n_shown,): the rows that are shown, in this order.
        chosen: bool, shape (n_documents,): the selected ones, shown or not.
    """

    def __init__(self) -> None:
        super().__init__()
        self._listing: Listing | None = None
        self.rows = np.zeros(0, np.int64)
        self.chosen = np.zeros(0, np.bool_)

    @property
    def listing(self) -> Listing | None:
        """What is shown; None without a study."""
        return self._listing

    @property
    def n_documents(self) -> int:
        """How many comments there are, shown or not."""
        return 0 if self._listing is None else len(self._listing.documents)

    def show_study(self, study: Study | None) -> None:
        """Show all rows of ``study`` in the file's order, none selected."""
        self.show_listing(None if study is None else listing_of(study))

    def show_listing(self, listing: Listing | None) -> None:
        """Show all rows of ``listing`` in the file's order, none selected."""
        self.beginResetModel()
        self._listing = listing
        self.rows = np.arange(self.n_documents)
        self.chosen = np.zeros(self.n_documents, np.bool_)
        self.endResetModel()

    def show_labelling(self, labelling: Labelling | None) -> None:
        """Show who belongs where now; rows, order and selection stay."""
        if self._listing is not None:
            self._listing = replace(self._listing, labelling=labelling)
            self._repaint(CLUSTER, STRENGTH)

    def show_rows(self, rows: NDArray[np.int64]) -> None:
        """Show these rows in this order: int64, shape (n_shown,), each at most once."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def show_chosen(self, chosen: NDArray[np.bool_]) -> None:
        """Show which rows are selected: bool, shape (n_documents,)."""
        self.chosen = chosen
        self._repaint(0, self.columnCount() - 1)

    def whole_text(self, index: Index) -> str:
        """Return the text of a cell as it is in the file, or what is shown where it is not from the file."""
        if self._listing is None or not index.isValid():
            return ""
        document, column = int(self.rows[index.row()]), index.column()
        if column >= N_OWN:
            return self._listing.cell(document, column)
        return self._listing.documents[document] if column == COMMENT else _shown(self._listing, document, column)

    def place_of(self, document: int) -> int | None:
        """Return where a comment is among the shown ones; None where it is not."""
        found = np.flatnonzero(self.rows == document)
        return int(found[0]) if len(found) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown; rows have no children."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        is_child = parent is not None and parent.isValid()
        return 0 if is_child or self._listing is None else self._listing.n_columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one fact about one cell."""
        if self._listing is None or not index.isValid():
            return None
        document, column = int(self.rows[index.row()]), index.column()
        fact: Any = None
        if role == Qt.ItemDataRole.DisplayRole:
            fact = _shown(self._listing, document, column)
        elif role == Qt.ItemDataRole.ToolTipRole:
            fact = _tip(self._listing, document, column)
        elif role == Qt.ItemDataRole.TextAlignmentRole:
            fact = _AT_RIGHT if column in {ROW, STRENGTH} else _AT_LEFT
        elif role == COLOUR_ROLE:
            cluster = self._listing.cluster_of(document)
            fact = None if cluster is None else cluster.colour
        elif role == CHOSEN_ROLE:
            fact = bool(self.chosen[document])
        return fact

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's name, in full in its tool tip."""
        if self._listing is None or orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(self._listing.title(section), longest=_LONGEST_TITLE)
        return for_tip(self._listing.title(section)) if role == Qt.ItemDataRole.ToolTipRole else None

    def _repaint(self, first: int, last: int) -> None:
        if len(self.rows):
            self.dataChanged.emit(self.index(0, first), self.index(len(self.rows) - 1, last))


def _shown(listing: Listing, document: int, column: int) -> str:
    if column == ROW:
        return f"{document + 1:,}"
    if column == COMMENT:
        return one_line(listing.documents[document])
    if column >= N_OWN:
        return one_line(listing.cell(document, column), longest=_LONGEST_CELL)
    return _label(listing, document, column)


def _label(listing: Listing, document: int, column: int) -> str:
    labelling, cluster = listing.labelling, listing.cluster_of(document)
    if labelling is None:
        return ""
    if column == STRENGTH:
        return "" if cluster is None else f"{labelling.strengths[labelling.shown_row(document)]:.0%}"
    if cluster is None:
        return _("Left out") if labelling.stand_ins[document] < 0 else _("No cluster")
    return one_line(cluster.name, longest=_LONGEST_CELL)


def _tip(listing: Listing, document: int, column: int) -> str:
    if column == COMMENT:
        return for_tip(listing.documents[document])
    if column >= N_OWN:
        return for_tip(listing.cell(document, column))
    cluster, labelling = listing.cluster_of(document), listing.labelling
    if cluster is None or labelling is None or column == ROW:
        return ""
    return (
        cluster.name
        if column == CLUSTER
        else strength_in_words(float(labelling.strengths[labelling.shown_row(document)]))
    )
