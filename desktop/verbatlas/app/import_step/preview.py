"""The first rows of a file, and those that look wrong, as tabs over one table; below it the first comment."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from verbatlas.app.preview_model import PreviewModel
from verbatlas.app.words_label import words_label
from verbatlas.app.work import ReadTable
from verbatlas.reading_words import oddity_words
from verbatlas.tables.read_report import LINES_NAMED
from verbatlas.words import gettext as _

_TEXT_WIDTH, _OTHER_WIDTH = 460, 130  # pixels
_WIDEST_NOTE = 380  # pixels for what is wrong with a row
_FIRST, _ODD = 0, 1


class Preview(QWidget):
    """Show rows of a table and the text that is made of them.

    Attributes:
        row_changed: Another row is the current one, or None; its text is to be shown.
    """

    row_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: ReadTable | None = None
        self._model: PreviewModel | None = None
        self._chosen: tuple[int, ...] = ()
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName(_("Which rows are shown"))
        self._rows = QTableView()
        self._rows.setAccessibleName(_("First rows of the file"))
        self._heading = words_label("secondary")
        self._document = QPlainTextEdit()
        self._document.setReadOnly(True)
        self._document.setTabChangesFocus(True)
        self._document.setAccessibleName(_("The first comment, as it will be read"))
        self._build()

    def show_read(self, read: ReadTable) -> None:
        """Show a table; the rows that look wrong are in a tab of their own."""
        self._read = read
        self._tabs.blockSignals(True)  # noqa: FBT003 - Qt's own
        while self._tabs.count():
            self._tabs.removeTab(0)
        self._tabs.addTab(_("First rows"))
        if read.odd:
            self._tabs.addTab(_odd_title(read))
        self._tabs.blockSignals(False)  # noqa: FBT003
        self._tabs.setVisible(bool(read.odd))
        self._show_rows()

    def choose(self, chosen: tuple[int, ...]) -> None:
        """Mark these columns."""
        self._chosen = chosen
        if self._model is not None:
            self._model.choose(frozenset(chosen))
            if chosen:
                self._rows.scrollTo(self._model.index(0, chosen[0]))

    def show_document(self, heading: str, text: str) -> None:
        """Show what becomes of a row."""
        self._heading.setText(heading)
        self._document.setPlainText(text)

    def _show_rows(self) -> None:
        assert self._read is not None
        is_odd = self._tabs.currentIndex() == _ODD
        rows: Sequence[int] | None = [odd.row for odd in self._read.odd] if is_odd else None
        notes = [oddity_words(odd) for odd in self._read.odd] if is_odd else []
        self._model = PreviewModel(self._read.table, frozenset(self._chosen), rows=rows, notes=notes)
        self._rows.setModel(self._model)
        self._rows.selectionModel().currentRowChanged.connect(self._on_row)
        self._size_columns()
        self.choose(self._chosen)
        self.row_changed.emit(None)

    def _on_row(self) -> None:
        index = self._rows.currentIndex()
        if self._model is not None and index.isValid():
            self.row_changed.emit(self._model.row_at(index.row()))

    def _size_columns(self) -> None:
        assert self._read is not None
        for column in range(self._rows.horizontalHeader().count()):
            self._rows.setColumnWidth(column, _TEXT_WIDTH if column in self._read.guess else _OTHER_WIDTH)

    def _build(self) -> None:
        self._rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._rows.setTabKeyNavigation(False)
        self._rows.setWordWrap(False)
        self._rows.verticalHeader().setDefaultSectionSize(26)
        self._rows.verticalHeader().setMaximumWidth(_WIDEST_NOTE)
        header = self._rows.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._document.setMaximumHeight(72)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._tabs)
        column.addWidget(self._rows, 1)
        column.addWidget(self._heading)
        column.addWidget(self._document)
        self._tabs.currentChanged.connect(self._show_rows)


def _odd_title(read: ReadTable) -> str:
    """Return how many rows look wrong; where there are more than are listed, that these are the first."""
    report = read.report
    kinds = () if report is None else (report.ragged, report.mended, report.broken, report.replaced, report.zeros)
    is_cut = any(len(places.lines) == LINES_NAMED for places in kinds)
    words = _("Rows that look wrong: the first {count}") if is_cut else _("Rows that look wrong: {count}")
    return words.format(count=f"{len(read.odd):,}")
