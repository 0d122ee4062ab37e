"""The table of all comments: how many are shown, in which order, which are selected."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from verbatlas.app.background import Background
from verbatlas.app.clusters.cluster_rows import comments
from verbatlas.app.documents.column_widths import ColumnWidths
from verbatlas.app.documents.document_model import DocumentModel
from verbatlas.app.documents.document_sorting import DocumentSorting, Question
from verbatlas.app.documents.document_view import DocumentView
from verbatlas.app.documents.listing import CLUSTER, STRENGTH, Listing, listing_of
from verbatlas.app.documents.shown_text import one_line
from verbatlas.app.search.found_parts import FoundParts
from verbatlas.study import Labelling, Study
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_PATIENCE = 200  # ms: sorting that is quicker than this is not worth a word
_UNSORTED = -1
_LONGEST_TITLE = 30

Mask = NDArray[np.bool_]


class DocumentTable(QWidget):
    """Show the comments of a study as a table.

    Attributes:
        model: The rows and columns.
        view: The table itself.
        rows_selected: The person selected other rows: bool, shape (n_documents,), read-only.
        filter_asked: The person wants to filter by a column: its position in the file, None for the clusters.
        row_activated: The person went to another row, or pressed Enter on it: the comment's row in the study's table.
    """

    rows_selected = Signal(object)
    filter_asked = Signal(object)
    row_activated = Signal(int)

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document_table")
        self.model = DocumentModel()
        self.view = DocumentView(self.model)
        self._widths = ColumnWidths(self.view.horizontalHeader(), self.model)
        self._sorting = DocumentSorting(background, self)
        self._order: NDArray[np.int64] | None = None  # None is the file's
        self._wanted: Mask | None = None  # what is to be shown, by a search or a filter; None is all
        self._held: Mask | None = None  # what was selected when only that was to be shown
        self._of_clusters: Callable[[], Mask] | None = None
        self._document: int | None = None
        self._count = QLabel()
        self._count.setObjectName("document_count")
        self._count.setProperty("role", "section")
        self._busy = QLabel(_("Sorting…"))
        self._busy.setProperty("role", "secondary")
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._only = QCheckBox(_("Only the selected"))
        self._only.setObjectName("only_selected")
        self._only.setToolTip(_("Show the selected comments, or those of the selected clusters, and hide all others"))
        self._menu = QMenu(self)
        self._place()
        self._column = 0  # of the menu
        self._sort_actions = self._make_sort_actions()
        self._filter = QAction(self)
        self._filter.triggered.connect(self._on_filter)
        self.offer_actions([])
        self._connect()
        self._show_rows()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 8)
        head.setSpacing(12)
        head.addWidget(self._count)
        head.addWidget(self._busy)
        head.addStretch(1)
        head.addWidget(self._only)
        self._busy.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.view.selection.rows_selected.connect(self._on_rows_selected)
        self.view.selection.row_activated.connect(self._on_row)
        self.view.activated.connect(self._on_activated)
        self.view.customContextMenuRequested.connect(self._on_menu)
        header = self.view.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_heading_menu)
        header.sortIndicatorChanged.connect(self._on_sort_asked)
        self._only.toggled.connect(self._on_only)
        self._sorting.found.connect(self._on_order)
        self._sorting.busy_changed.connect(self._on_busy)
        self._patience.timeout.connect(self._busy.show)

    def show_study(self, study: Study | None) -> None:
        """Show all comments of ``study`` in the file's order, none selected; None shows none."""
        self.show_listing(None if study is None else listing_of(study))

    def show_listing(self, listing: Listing | None) -> None:
        """Show all comments of ``listing`` in the file's order, none selected; None shows none."""
        self._sorting.forget()
        self._order = self._wanted = self._held = self._of_clusters = self._document = None
        header = self.view.horizontalHeader()
        with QSignalBlocker(self._only), QSignalBlocker(header):
            self._only.setChecked(False)
            header.setSortIndicator(_UNSORTED, Qt.SortOrder.AscendingOrder)
        self.model.show_listing(listing)
        self._widths.apply()
        self.view.scrollToTop()
        self._say_how_many()

    def show_labelling(self, labelling: Labelling | None) -> None:
        """Show who belongs where now; rows that stand in the order of clusters or strength are sorted again."""
        self.model.show_labelling(labelling)
        if self.view.horizontalHeader().sortIndicatorSection() in {CLUSTER, STRENGTH}:
            self._ask()

    def show_only(self, wanted: Mask | None) -> None:
        """Show only these comments, such as a search has found: bool, shape (n_documents,); None shows all."""
        self._wanted = wanted
        self._show_rows()

    def show_selected(self, chosen: Mask) -> None:
        """Select these comments without announcing it: bool, shape (n_documents,).

        When only the selected are shown, these are shown now. What the person selects in the table itself does not
        narrow it: the next click would leave a single row.

        Raises:
            ValueError: There are not as many as comments.
        """
        if len(chosen) != self.model.n_documents:
            raise ValueError(f"{len(chosen)} bits for {self.model.n_documents} comments")
        if np.array_equal(chosen, self.model.chosen):
            return
        self.view.selection.show_chosen(chosen)
        self._follow_selected()

    def show_of_clusters(self, find: Callable[[], Mask] | None) -> None:
        """Know the comments of the selected clusters, which count as selected while no comment is.

        Args:
            find: Returns them, bool, shape (n_documents,); asked only when they are to be shown. None where no cluster
                is selected.
        """
        self._of_clusters = find
        if not self.model.chosen.any():
            self._follow_selected()

    def mark_found(self, found: FoundParts) -> None:
        """Mark in the comments what a search has found."""
        self.view.mark_found(found)

    def select_row(self, document: int | None) -> None:
        """Make a comment the current one and bring it into view, or none, without announcing it."""
        self._document = document
        self.view.go_to(None if document is None else self.model.place_of(document))

    def offer_actions(self, actions: Sequence[QAction]) -> None:
        """Offer ``actions`` for the selected rows in the context menu, before those for the order."""
        self._menu.clear()
        self._menu.addActions([*actions])
        self._menu.addSeparator()
        self._menu.addActions([*self._sort_actions, self._filter])

    def sort_by(self, column: int, *, descending: bool = False) -> None:
        """Show the rows in the order of a column of the model; -1 is the file's order."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.view.horizontalHeader().setSortIndicator(column, order)

    def save_shape(self) -> QByteArray:
        """Return the widths of the columns."""
        return self._widths.save()

    def restore_shape(self, shape: QByteArray) -> None:
        """Give the columns the widths that they had."""
        self._widths.restore(shape)

    def _make_sort_actions(self) -> list[QAction]:
        def sort(*, descending: bool) -> None:
            self.sort_by(self._column, descending=descending)

        ascending, descending, as_file = (QAction(self) for _number in range(3))
        ascending.triggered.connect(lambda: sort(descending=False))
        descending.triggered.connect(lambda: sort(descending=True))
        as_file.setText(_("In the order of the file"))
        as_file.triggered.connect(lambda: self.sort_by(_UNSORTED))
        return [ascending, descending, as_file]

    def _show_rows(self) -> None:
        """Show what is wanted in the order that was asked for, from the top."""
        masks = [mask for mask in (self._wanted, self._held) if mask is not None]
        is_shown = np.logical_and.reduce(masks) if masks else None
        if self._order is None:
            rows = np.arange(self.model.n_documents) if is_shown is None else np.flatnonzero(is_shown)
        else:
            rows = self._order if is_shown is None else self._order[is_shown[self._order]]
        self.model.show_rows(rows)
        place = None if self._document is None else self.model.place_of(self._document)
        self.view.selection.go_to(place)  # without bringing it into view: who sorts wants to see the first ones
        self.view.scrollToTop()
        self._say_how_many()

    def _say_how_many(self) -> None:
        shown, count = len(self.model.rows), self.model.n_documents
        words = comments(count)
        if shown != count:
            words = ngettext("{shown} of {count} comment", "{shown} of {count} comments", count).format(
                shown=f"{shown:,}", count=f"{count:,}"
            )
        self._count.setText(words)
        none = _("None of these comments is selected.") if self._held is not None else _("No comment to show.")
        self.view.say_when_empty(none if count else "")
        self._allow_only()

    def _selected(self) -> Mask:
        return self.model.chosen if self._of_clusters is None or self.model.chosen.any() else self._of_clusters()

    def _follow_selected(self) -> None:
        if self._held is not None and not np.array_equal(selected := self._selected(), self._held):
            self._held = selected
            self._show_rows()
        self._allow_only()

    def _allow_only(self) -> None:
        self._only.setEnabled(self._only.isChecked() or self._of_clusters is not None or bool(self.model.chosen.any()))

    def _ask(self) -> None:
        header = self.view.horizontalHeader()
        column, listing = header.sortIndicatorSection(), self.model.listing
        if listing is None or not 0 <= column < listing.n_columns:
            self._sorting.forget()
            self._order = None
            self._show_rows()
            return
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self._sorting.ask(Question(listing, column, descending))

    def _on_sort_asked(self, _column: int, _order: Qt.SortOrder) -> None:
        self._ask()

    def _on_order(self, order: NDArray[np.int64]) -> None:
        self._order = order
        self._show_rows()

    def _on_busy(self, is_busy: bool) -> None:  # noqa: FBT001 - a signal has no keywords
        if is_busy:
            self._patience.start()
        else:
            self._patience.stop()
            self._busy.hide()

    def _on_only(self, is_wanted: bool) -> None:  # noqa: FBT001
        self._held = self._selected() if is_wanted else None
        self._show_rows()

    def _on_rows_selected(self, chosen: Mask) -> None:
        self._allow_only()
        self.rows_selected.emit(chosen)

    def _on_row(self, document: int) -> None:
        self._document = document
        self.row_activated.emit(document)

    def _on_activated(self) -> None:
        if self._document is not None:
            self.row_activated.emit(self._document)

    def _on_menu(self, place: QPoint) -> None:
        self._open_menu(max(0, self.view.currentIndex().column()), self.view.viewport().mapToGlobal(place))

    def _on_heading_menu(self, place: QPoint) -> None:
        header = self.view.horizontalHeader()
        self._open_menu(max(0, header.logicalIndexAt(place)), header.mapToGlobal(place))

    def _open_menu(self, column: int, place: QPoint) -> None:
        """Offer what can be done with the selected rows and with a column."""
        listing = self.model.listing
        if listing is None:
            return
        self._column = column
        title = one_line(listing.title(column), longest=_LONGEST_TITLE)
        title = title.replace("&", "&&")  # in a menu a single one underlines the next letter
        ascending, descending, as_file = self._sort_actions
        ascending.setText(_("Sort by {column}, smallest first").format(column=title))
        descending.setText(_("Sort by {column}, largest first").format(column=title))
        as_file.setEnabled(self.view.horizontalHeader().sortIndicatorSection() != _UNSORTED)
        self._filter.setText(_("Filter by {column}…").format(column=title))
        self._filter.setVisible(listing.can_filter(column))
        self._menu.popup(place)

    def _on_filter(self) -> None:
        if (listing := self.model.listing) is not None:
            self.filter_asked.emit(listing.subject(self._column))
