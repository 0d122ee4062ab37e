"""The step between a file and its map: what was understood of it, and which columns hold the comments."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from verbatlas import sentences, tables
from verbatlas.app.preview_model import PreviewModel, shortened
from verbatlas.app.work import ReadTable
from verbatlas.reading_words import ENCODING_NAMES, delimiter_name, encoding_name, reading_notices
from verbatlas.sentences import TextCounts
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_DELIMITERS = (",", "\t", ";", "|")
_ROWS_LOOKED_AT = 1000  # for the first comment that is not blank
_TEXT_WIDTH, _OTHER_WIDTH = 460, 130  # pixels
_COLUMN_ROLE = Qt.ItemDataRole.UserRole


class ImportPage(QWidget):
    """Preview of a table and choice of its text columns.

    Attributes:
        accepted: Make the map from these columns (a tuple of positions).
        left: The person does not want this file.
        format_chosen: Read the file again, written as this TableFormat.
        counts_wanted: Say how many rows have text in these columns.
    """

    accepted = Signal(object)
    left = Signal()
    format_chosen = Signal(object)
    counts_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_page")
        self._read: ReadTable | None = None
        self._model: PreviewModel | None = None
        self._title = _label(role="heading")
        self._about = _label(role="secondary")
        self._notices = _label(role="notice")
        self._columns = QListWidget()
        self._columns.setAccessibleName(_("Columns with the comments"))
        self._rows = QTableView()
        self._rows.setAccessibleName(_("First rows of the file"))
        self._member = QComboBox()
        self._sheet = QComboBox()
        self._encoding = QComboBox()
        self._delimiter = QComboBox()
        self._header = QComboBox()
        self._document = QPlainTextEdit()
        self._document.setReadOnly(True)
        self._document.setTabChangesFocus(True)
        self._document.setAccessibleName(_("The first comment, as it will be read"))
        self._counts = _label(role="secondary")
        self._back = QPushButton(_("Back"))
        self._make = QPushButton(_("Make the map"))
        self._make.setProperty("kind", "primary")
        self._build()

    @property
    def read(self) -> ReadTable | None:
        """The table that the page shows."""
        return self._read

    @property
    def chosen(self) -> tuple[int, ...]:
        """The columns that are ticked, in the table's order."""
        items = (self._columns.item(row) for row in range(self._columns.count()))
        return tuple(item.data(_COLUMN_ROLE) for item in items if item.checkState() == Qt.CheckState.Checked)

    def show_table(self, read: ReadTable) -> None:
        """Show a table that was just read, with the guessed columns ticked."""
        self._read = read
        table = read.table
        self._title.setText(_("Which column holds the comments?"))
        self._about.setText(_about(read))
        notices = [] if read.report is None else reading_notices(read.report)
        self._notices.setText("\n".join(notices))
        self._notices.setVisible(bool(notices))
        self._model = PreviewModel(table)
        self._rows.setModel(self._model)
        self._size_columns(read.guess)
        self._fill_columns(table, read.guess)
        self._fill_format(read)
        self._on_columns()
        self._columns.setFocus()

    def show_format(self) -> None:
        """Show how the table was read, after another way of reading it failed."""
        if self._read is not None:
            self._fill_format(self._read)

    def show_counts(self, columns: Sequence[int], counts: TextCounts) -> None:
        """Show what was counted, unless other columns have been chosen since."""
        if tuple(columns) != self.chosen:
            return
        with_text = counts.n_documents - counts.n_blank
        said = [
            ngettext("{count} comment with text.", "{count} comments with text.", with_text).format(
                count=f"{with_text:,}"
            )
        ]
        n_repeated = with_text - counts.n_distinct
        if n_repeated and counts.n_distinct > 1:
            words = ngettext(
                "{count} of them is the same as an earlier one.",
                "{count} of them are the same as earlier ones.",
                n_repeated,
            )
            said.append(words.format(count=f"{n_repeated:,}"))
        said += sentences.notices(counts)
        self._counts.setText(" ".join(said))
        self._make.setEnabled(with_text > 0)

    def _size_columns(self, guess: Sequence[int]) -> None:
        header = self._rows.horizontalHeader()
        for column in range(header.count()):
            self._rows.setColumnWidth(column, _TEXT_WIDTH if column in guess else _OTHER_WIDTH)

    def _fill_columns(self, table: tables.Table, guess: Sequence[int]) -> None:
        blocker = QSignalBlocker(self._columns)
        self._columns.clear()
        for column, label in enumerate(table.labels()):
            item = QListWidgetItem(shortened(label, longest=60))
            item.setData(_COLUMN_ROLE, column)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if column in guess else Qt.CheckState.Unchecked)
            self._columns.addItem(item)
        self._columns.setCurrentRow(guess[0] if guess else 0)
        del blocker

    def _fill_format(self, read: ReadTable) -> None:
        found, parts = read.table.format, read.parts
        encodings = {found.encoding: encoding_name(found.encoding)} | ENCODING_NAMES
        delimiters = {delimiter: delimiter_name(delimiter) for delimiter in (found.delimiter, *_DELIMITERS)}
        headers = {True: _("Column names"), False: _("A comment already")}
        _fill(self._encoding, encodings, found.encoding)
        _fill(self._delimiter, delimiters, found.delimiter)
        _fill(self._header, headers, found.has_header)
        _fill(self._member, {name: name for name in parts.members}, found.member)
        _fill(self._sheet, {name: name for name in parts.sheets}, found.sheet)
        is_text, is_workbook = found.kind == "delimited", bool(found.sheet)
        for box, is_open in (
            (self._member, bool(parts.members)),
            (self._sheet, bool(parts.sheets)),
            (self._encoding, is_text),
            (self._delimiter, is_text),
            (self._header, is_text or is_workbook),
        ):
            self._form.setRowVisible(box, is_open)

    def _on_columns(self) -> None:
        assert self._read is not None
        assert self._model is not None
        chosen = self.chosen
        self._model.choose(frozenset(chosen))
        self._make.setEnabled(bool(chosen))
        if not chosen:
            self._document.clear()
            self._counts.setText(_("Tick the column that holds the text of the comments."))
            return
        self._document.setPlainText(_first_document(self._read.table, chosen))
        self._rows.scrollTo(self._model.index(0, chosen[0]))
        self._counts.setText(_("Counting…"))
        self.counts_wanted.emit(chosen)

    def _on_format(self) -> None:
        assert self._read is not None
        found = self._read.table.format
        if found.kind != "delimited":
            self.format_chosen.emit(replace(found, has_header=self._header.currentData()))
            return
        encoding = self._encoding.currentData()
        self.format_chosen.emit(
            replace(
                found,
                encoding=encoding,
                byte_order_mark=found.byte_order_mark and encoding == found.encoding,
                delimiter=self._delimiter.currentData(),
                has_header=self._header.currentData(),
            )
        )

    def _on_member(self) -> None:
        self.format_chosen.emit(tables.TableFormat(kind="", member=self._member.currentData()))

    def _on_sheet(self) -> None:
        assert self._read is not None
        found = self._read.table.format
        self.format_chosen.emit(tables.TableFormat(kind="", member=found.member, sheet=self._sheet.currentData()))

    def _on_make(self) -> None:
        if chosen := self.chosen:
            self.accepted.emit(chosen)

    def _build(self) -> None:
        self._rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._rows.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._rows.setTabKeyNavigation(False)
        self._rows.setWordWrap(False)
        self._rows.verticalHeader().setDefaultSectionSize(26)
        self._rows.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._rows.horizontalHeader().setStretchLastSection(True)
        self._document.setMaximumHeight(72)
        splitter = QSplitter()
        splitter.addWidget(self._choices())
        splitter.addWidget(self._preview())
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([300, 900])
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._notices)
        column.addWidget(splitter, 1)
        column.addLayout(self._foot())
        self._columns.itemChanged.connect(self._on_columns)
        for box in (self._encoding, self._delimiter, self._header):
            box.activated.connect(self._on_format)
        self._member.activated.connect(self._on_member)
        self._sheet.activated.connect(self._on_sheet)
        self._back.clicked.connect(self.left)
        self._make.clicked.connect(self._on_make)
        for key in ("Return", "Enter"):
            agree = QShortcut(QKeySequence(key), self)
            agree.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            agree.activated.connect(self._make.click)

    def _choices(self) -> QWidget:
        form = self._form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows = (
            (_("File in the archive"), self._member),
            (_("Sheet"), self._sheet),
            (_("Encoding"), self._encoding),
            (_("Separated by"), self._delimiter),
            (_("First row is"), self._header),
        )
        for words, box in rows:
            box.setAccessibleName(words)
            form.addRow(words, box)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 12, 0)
        hint = _label(role="secondary")
        hint.setText(_("Tick one column, or several that belong together, such as a title and its text."))
        column.addWidget(hint)
        column.addWidget(self._columns, 1)
        column.addSpacing(6)
        column.addLayout(form)
        return side

    def _preview(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 0, 0, 0)
        column.addWidget(self._rows, 1)
        heading = _label(role="secondary")
        heading.setText(_("The first comment will be read as:"))
        column.addWidget(heading)
        column.addWidget(self._document)
        return side

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._counts, 1)
        row.addWidget(self._back)
        row.addWidget(self._make)
        return row


def _label(*, role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _fill(box: QComboBox, choices: dict[str, str] | dict[bool, str], current: str | bool) -> None:  # noqa: FBT001
    box.clear()
    for value, words in choices.items():
        box.addItem(words, value)
    box.setCurrentIndex(list(choices).index(current) if current in choices else -1)


def _about(read: ReadTable) -> str:
    rows = ngettext("{count} row", "{count} rows", read.table.n_rows).format(count=f"{read.table.n_rows:,}")
    columns = ngettext("{count} column", "{count} columns", read.table.n_columns).format(count=read.table.n_columns)
    return f"{read.path.name}  ·  {rows}  ·  {columns}"


def _first_document(table: tables.Table, columns: Sequence[int]) -> str:
    """Return the first document that is not blank, cut to what a preview can hold."""
    for row in range(min(table.n_rows, _ROWS_LOOKED_AT)):
        cells = (table.column(column)[row] or "" for column in columns)
        document = "\n".join(cell[:2000] for cell in cells if not tables.is_blank(cell[:2000]))
        if document:
            return document
    return ""
