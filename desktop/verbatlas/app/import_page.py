"""The step between a file and its map: what was understood of it, which columns hold the comments, what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QSplitter, QVBoxLayout, QWidget

from verbatlas import sentences, tables
from verbatlas.app.import_step.format_choices import FormatChoices
from verbatlas.app.import_step.leaving_out_box import LeavingOutBox
from verbatlas.app.import_step.preview import Preview
from verbatlas.app.import_step.template_field import TemplateField
from verbatlas.app.preview_model import shortened
from verbatlas.app.words_label import words_label
from verbatlas.app.work import Counted, ReadTable, TextChoice
from verbatlas.reading_words import reading_notices
from verbatlas.sentences import TextCounts
from verbatlas.study import LeaveOut
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_ROWS_LOOKED_AT = 1000  # for the first comment that is not blank
_LONGEST_CELL = 2000  # characters of a cell that a preview can hold
_COLUMN_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """What a person wants of a table.

    Attributes:
        text: Where the text of the comments comes from.
        leave_out: What is left out of the clustering.
    """

    text: TextChoice
    leave_out: tuple[LeaveOut, ...]


class ImportPage(QWidget):
    """Preview of a table and choice of its text columns.

    Attributes:
        accepted: Make the map of this ImportChoice.
        left: The person does not want this file.
        format_chosen: Read the file again, written as this TableFormat.
        counts_wanted: Say what the documents of this TextChoice are.
        near_wanted: Say of this Counted which documents are near duplicates too; of None: no longer.
    """

    accepted = Signal(object)
    left = Signal()
    format_chosen = Signal(object)
    counts_wanted = Signal(object)
    near_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_page")
        self._read: ReadTable | None = None
        self._counted: Counted | None = None
        self._row: int | None = None
        self._title = words_label("heading")
        self._about = words_label("secondary")
        self._notices = words_label("notice")
        self._columns = QListWidget()
        self._columns.setObjectName("column_list")
        self._columns.setAccessibleName(_("Columns with the comments"))
        self._template = TemplateField()
        self._format = FormatChoices()
        self._preview = Preview()
        self._leaving_out = LeavingOutBox()
        self._said = words_label("secondary")
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

    @property
    def choice(self) -> TextChoice | None:
        """Where the text comes from now; None while no column is ticked or the template is wrong."""
        ticked, template = self.chosen, self._template.template
        if not ticked or self._template.is_wrong:
            return None
        return TextChoice(ticked) if template is None else TextChoice(template.columns, template)

    def show_table(self, read: ReadTable) -> None:
        """Show a table that was just read, with the guessed columns ticked.

        What a person chose before stays where the same file was read in another way and has the same columns.
        """
        is_again = self._read is not None and self._read.path == read.path
        is_same = is_again and self._read is not None and self._read.table.labels() == read.table.labels()
        ticked = self.chosen if is_same else read.guess
        self._read = read
        table = read.table
        self._title.setText(_("Which column holds the comments?"))
        self._about.setText(_about(read))
        notices = [] if read.report is None else reading_notices(read.report)
        self._notices.setText("\n".join(notices))
        self._notices.setVisible(bool(notices))
        if not is_again:
            self._leaving_out.leave_out_nothing()
        if not is_same:
            self._template.clear(table.labels())
        self._row = None
        self._fill_columns(table, ticked)
        self._preview.show_read(read)
        self._format.show_read(read)
        self._template.follow(ticked)
        self._on_choice()
        self._columns.setFocus()

    def show_format(self) -> None:
        """Show how the table was read, after another way of reading it failed."""
        if self._read is not None:
            self._format.show_read(self._read)

    def count_again(self) -> None:
        """Ask for what could not be counted because something else was done."""
        if self._read is not None and not self._leaving_out.is_whole:
            self._on_choice()

    def show_counts(self, counted: Counted) -> None:
        """Show what was counted, unless other columns have been chosen since."""
        if counted.choice != self.choice:
            return
        self._counted = counted
        self._leaving_out.show_sifted(counted.sifted)
        if counted.sifted.near is None:
            self._leaving_out.look_for_near()
        self._show_possible()

    def show_near_progress(self, _stage: object, done: int, total: int) -> None:
        """Show how far the search for near duplicates has come."""
        self._leaving_out.show_near_progress(done, total)

    def _fill_columns(self, table: tables.Table, ticked: Sequence[int]) -> None:
        blocker = QSignalBlocker(self._columns)
        self._columns.clear()
        for column, label in enumerate(table.labels()):
            item = QListWidgetItem(shortened(label, longest=60))
            item.setData(_COLUMN_ROLE, column)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if column in ticked else Qt.CheckState.Unchecked)
            self._columns.addItem(item)
        self._columns.setCurrentRow(ticked[0] if ticked else 0)
        del blocker

    def _on_columns(self) -> None:
        self._template.follow(self.chosen)
        self._on_choice()

    def _on_template(self) -> None:
        template = self._template.template
        if template is not None:
            blocker = QSignalBlocker(self._columns)
            for column in template.columns:
                self._columns.item(column).setCheckState(Qt.CheckState.Checked)
            del blocker
            self._template.take_up(self.chosen)
        self._on_choice()

    def _on_choice(self) -> None:
        """Let everything follow other columns or another template."""
        self._counted = None
        choice = self.choice
        if choice is None:
            self._leaving_out.show_nothing()
        else:
            self._leaving_out.show_counting()
        self._preview.choose(self.chosen if choice is None else choice.columns)
        self._show_document()
        self._said.setText("" if self.chosen else _("Tick the column that holds the text of the comments."))
        self._make.setEnabled(choice is not None)
        if choice is not None:
            self.counts_wanted.emit(choice)

    def _on_row(self, row: int | None) -> None:
        self._row = row
        self._show_document()

    def _show_document(self) -> None:
        choice, read = self.choice, self._read
        if choice is None or read is None:
            self._preview.show_document(_("The first comment will be read as:"), "")
        elif self._row is None:
            self._preview.show_document(_("The first comment will be read as:"), _first_document(read.table, choice))
        else:
            heading = _("Row {row} will be read as:").format(row=f"{self._row + 1:,}")
            self._preview.show_document(heading, _document(read.table, choice, self._row))

    def _show_possible(self) -> None:
        """Say what a person should know of the documents, and whether they make a map."""
        assert self._counted is not None
        amounts = self._counted.sifted.amounts(())
        n_distinct = amounts.n_left - amounts.n_same
        said = sentences.notices(TextCounts(amounts.n_left, 0, n_distinct))  # the switches tell of blank rows
        n_left = self._leaving_out.n_left
        if not amounts.n_left:
            said = [_("There is no text: all rows are blank. Choose another column.")]
        elif not n_left:
            said = [_("Nothing is left to cluster: leave out less.")]
        self._said.setText(" ".join(said))
        self._make.setEnabled(bool(n_left))

    def _on_switch(self) -> None:
        if self._counted is not None:
            self._show_possible()

    def _on_near(self, is_wanted: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.near_wanted.emit(self._counted if is_wanted else None)

    def _on_make(self) -> None:
        choice = self.choice
        if choice is not None:
            self.accepted.emit(ImportChoice(choice, self._leaving_out.leave_out))

    def _build(self) -> None:
        splitter = QSplitter()
        splitter.addWidget(self._choices())
        splitter.addWidget(self._preview)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([330, 870])
        splitter.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(self._back)
        foot.addWidget(self._make)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(10)
        for part in (self._title, self._about, self._notices):
            column.addWidget(part)
        column.addWidget(splitter, 1)
        column.addWidget(self._leaving_out)
        column.addLayout(foot)
        self._columns.itemChanged.connect(self._on_columns)
        self._template.edited.connect(self._on_template)
        self._format.chosen.connect(self.format_chosen)
        self._preview.row_changed.connect(self._on_row)
        self._leaving_out.changed.connect(self._on_switch)
        self._leaving_out.near_asked.connect(self._on_near)
        self._back.clicked.connect(self.left)
        self._make.clicked.connect(self._on_make)
        for key in ("Return", "Enter"):
            agree = QShortcut(QKeySequence(key), self)
            agree.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            agree.activated.connect(self._make.click)

    def _choices(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 12, 0)
        hint = _("Tick one column, or several that belong together, such as a title and its text.")
        column.addWidget(words_label("secondary", text=hint))
        column.addWidget(self._columns, 1)
        column.addWidget(self._template)
        column.addSpacing(6)
        column.addWidget(self._format)
        return side


def _about(read: ReadTable) -> str:
    rows = ngettext("{count} row", "{count} rows", read.table.n_rows).format(count=f"{read.table.n_rows:,}")
    columns = ngettext("{count} column", "{count} columns", read.table.n_columns).format(count=read.table.n_columns)
    return f"{read.path.name}  ·  {rows}  ·  {columns}"


def _document(table: tables.Table, choice: TextChoice, row: int) -> str:
    """Return the document of a row, cut to what a preview can hold."""
    template = choice.template or tables.Template.in_lines(choice.columns)
    cells = [(table.column(column)[row] or "")[:_LONGEST_CELL] for column in template.columns]
    return template.fill(cells, [tables.is_blank(cell) for cell in cells])


def _first_document(table: tables.Table, choice: TextChoice) -> str:
    """Return the first document that is not blank."""
    rows = range(min(table.n_rows, _ROWS_LOOKED_AT))
    return next((document for row in rows if (document := _document(table, choice, row))), "")
