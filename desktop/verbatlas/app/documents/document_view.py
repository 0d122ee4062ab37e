"""The table itself: rows of one height, a heading to click on, and nothing that grows with the number of rows."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from verbatlas.app.documents.document_delegate import DocumentDelegate, row_height
from verbatlas.app.documents.document_model import DocumentModel
from verbatlas.app.documents.row_selection import RowSelection
from verbatlas.app.search.found_parts import FoundParts
from verbatlas.app.theme import ROLES, scheme_of
from verbatlas.words import gettext as _

_Flag = QItemSelectionModel.SelectionFlag
_Modifier = Qt.KeyboardModifier


class DocumentView(QTableView):
    """A table view over a ``DocumentModel``.

    Attributes:
        selection: Which rows are selected.
    """

    def __init__(self, model: DocumentModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document_view")
        self.setAccessibleName(_("Comments"))
        self.setModel(model)
        self._documents = model
        self.selection = RowSelection(model, self)
        self.setSelectionModel(self.selection)
        self._cells = DocumentDelegate(self)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTabKeyNavigation(False)  # Tab leaves the table; the arrows move in it
        self.setShowGrid(False)
        self.setWordWrap(False)
        self._empty_words = ""
        self._pressed: int | None = None
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns = self.horizontalHeader()
        columns.setAccessibleName(_("Columns"))
        # A heading asks its selection model whether its whole column is selected, which asks every row: ten seconds
        # for a million. Columns are never selected here.
        columns.setSelectionModel(QItemSelectionModel(model, self))
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionsClickable(True)
        columns.setSortIndicatorClearable(True)
        columns.setSortIndicatorShown(True)
        columns.setResizeContentsPrecision(0)  # a double click on an edge measures what is visible, not all rows
        self._use_font()

    def say_when_empty(self, words: str) -> None:
        """Write ``words`` where rows would be when there are none."""
        self._empty_words = words
        self.viewport().update()

    def mark_found(self, found: FoundParts) -> None:
        """Mark in the comments what a search has found."""
        self._cells.found = found
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard; only somebody who comes by Tab goes to the first row by that, as Qt means it."""
        if event.reason() not in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            event = QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.MouseFocusReason)
        super().focusInEvent(event)

    def go_to(self, place: int | None) -> None:
        """Make a row the current one, or none, without announcing it, and bring it into view."""
        index = self.selection.go_to(place)
        if index.isValid():
            # Only as far down as needed; Qt would also scroll to the side if the cell is not wholly visible.
            side = self.horizontalScrollBar().value()
            self.scrollTo(index)
            self.horizontalScrollBar().setValue(side)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw both rows anew: the mark of the current one goes through all its cells."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Return what a key or click does to the selection.

        Qt asks its own ranges whether a pressed row is selected already, and those are not kept when there are many.
        """
        if isinstance(event, QMouseEvent) and not event.modifiers() & (
            _Modifier.ShiftModifier | _Modifier.ControlModifier
        ):
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = index.row() if self.selection.is_chosen(index) else None
                if self._pressed is not None:
                    return _Flag.NoUpdate
            elif event.type() == QEvent.Type.MouseButtonRelease and index.isValid():
                is_click = event.button() == Qt.MouseButton.LeftButton and index.row() == self._pressed
                is_click = is_click and self.state() != QAbstractItemView.State.DragSelectingState
                return _Flag.ClearAndSelect | _Flag.Rows if is_click else _Flag.NoUpdate
        return super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the current cell as it is in the file; Qt would copy what is drawn of it, cut and on one line."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._documents.whole_text(self.currentIndex()))
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would ask every row whether it begins with the letters that are typed."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or what to say when there are none."""
        super().paintEvent(event)
        if self.model().rowCount() == 0 and self._empty_words:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(ROLES[scheme_of(self.palette())].muted))
            place = self.viewport().rect().adjusted(16, 16, -16, -16)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty_words)
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._use_font()

    def _use_font(self) -> None:
        height = row_height(self.fontMetrics())
        if self.verticalHeader().defaultSectionSize() != height:
            self.verticalHeader().setMinimumSectionSize(height)
            self.verticalHeader().setDefaultSectionSize(height)
