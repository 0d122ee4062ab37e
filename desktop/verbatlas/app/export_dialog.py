"""Where the labelled table goes, and what will be in it."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.export_preview import FirstLines
from verbatlas.app.flow_layout import FlowLayout
from verbatlas.errors import Problem, UserError
from verbatlas.problem_words import sentence
from verbatlas.reading_words import encoding_name
from verbatlas.tables import READABLE_ENDINGS, WRITABLE_ENDINGS, TableFormat, TextForm, excel_reads, kind_to_write
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_LINES_SHOWN = 9
_SIZE = QSize(760, 640)  # the rows of boxes say too late how high they get


def default_name(source: Path, *, ending: str) -> Path:
    """Return ``<source> labelled`` with ``ending``, beside ``source``."""
    inner = Path(source.stem)
    is_packed_table = source.suffix.lower() in {".gz", ".zip"} and inner.suffix.lower() in READABLE_ENDINGS
    name = _("{source} labelled").format(source=inner.stem if is_packed_table else source.stem)
    return source.with_name(f"{name}{ending}")


def table_ending(source: Path | None) -> str:
    """Return the ending of a table that is written as ``source`` was."""
    if source is None:
        return ".csv"
    if source.suffix.lower() in {".gz", ".zip"}:
        return table_ending(source.with_suffix(""))
    if source.suffix.lower() in {".xls", ".xlsb", ".xlsm", ".ods"}:
        return ".xlsx"
    return source.suffix if source.suffix.lower() in WRITABLE_ENDINGS else ".csv"


class ExportDialog(QDialog):
    """Ask for the file of the labelled table.

    Args:
        source: The file that the study was made from; never written over.
        read_as: How that was read.
        begin: What is written if the person just agrees.
        n_rows: Rows that will be written.
        added: Names of the columns that can be added.
        n_selected: How many comments are selected.
        parent: The window.

    Attributes:
        changed: Something else is chosen; its first lines are to be shown.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        source: Path | None,
        read_as: TableFormat,
        begin: ExportChoice,
        n_rows: int,
        added: tuple[str, ...],
        n_selected: int = 0,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(_("Export the labelled table"))
        self.setMinimumWidth(680)
        self.resize(_SIZE)
        self._source = source
        self._read_as = read_as
        self._form = begin.form
        self._may_replace: Path | None = None
        self.path = QLineEdit(str(begin.path))
        self.path.setAccessibleName(_("File to write"))
        self.browse = QPushButton(_("Browse…"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind of file"))
        for ending, (words, _good_for) in _kinds().items():
            self.kind.addItem(f"{words} ({ending})", ending)
        self.good_for = QLabel()
        self.good_for.setProperty("role", "secondary")
        self.good_for.setWordWrap(True)
        self.form = QComboBox()
        self.form.setAccessibleName(_("Encoding"))
        if read_as.kind == "delimited":
            self.form.addItem(_as_source(read_as), TextForm.SOURCE)
        self.form.addItem(_("UTF-8 with BOM (opens correctly in Excel)"), TextForm.EXCEL)
        self._show_form(for_excel=not excel_reads(read_as, is_ascii=True))
        self.guard = QCheckBox(_("Protect against formulas in spreadsheets: ' before =, +, - and @"))
        self.guard.setChecked(begin.guard_formulas)
        self.guard.setToolTip(
            _(
                "Puts an apostrophe before names and cells that begin with =, +, -, @, a tab or a line break and are "
                "no numbers, so that Excel shows them as text. The column formulas_guarded says in which rows, if "
                "there are any; Verbatlas takes the apostrophes away again when it reads the file."
            )
        )
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.columns = {name: QCheckBox(name) for name in added}
        for name, box in self.columns.items():
            box.setChecked(name not in begin.left_out)
        selected = ngettext("Only the {count} selected comment", "Only the {count} selected comments", n_selected)
        self.only_selected = QCheckBox(selected.format(count=f"{n_selected:,}"))
        self.only_selected.setVisible(n_selected > 0)
        self.one_per_cluster = QCheckBox(_("One file for each cluster, in a folder of this name"))
        self.one_per_cluster.setChecked(begin.one_per_cluster)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.preview.setAccessibleName(_("First lines of the file"))
        self._words = _what_is_written(n_rows)
        self._build()

    @property
    def choice(self) -> ExportChoice:
        """What the person chose."""
        return ExportChoice(
            Path(self.path.text().strip()).expanduser(),
            self.guard.isChecked(),
            frozenset(name for name, box in self.columns.items() if not box.isChecked()),
            self.only_selected.isChecked(),
            self.one_per_cluster.isChecked(),
            self._form,
        )

    @property
    def ending(self) -> str:
        """The ending that stands for the kind of file; empty if it cannot be written."""
        return main_ending(self.choice.path)

    def on_answer(self, _name: str, found: object) -> None:
        """Show how the file will begin, if that is what was found out."""
        if not isinstance(found, FirstLines):
            return
        if found.text != self.preview.toPlainText():
            self.preview.setPlainText(found.text)
        if self._form is TextForm.AUTO:
            self._show_form(for_excel=found.for_excel)

    def ask_for_first_lines(self) -> None:
        """Announce the choice as it stands, unless no file can be of its kind."""
        if self.ending:
            self.changed.emit(self.choice)
        else:
            self.preview.clear()

    def accept(self) -> None:
        """Close if the file may be written; otherwise say why not, and ask before a file is replaced."""
        path = self.choice.path
        error = self._refusal()
        if error is not None:
            self._say(sentence(error))
            self.path.setFocus()
        elif path.exists() and path != self._may_replace and not self.choice.one_per_cluster:
            self._may_replace = path
            self._say(_("There is a file of this name already. Replace it, or choose another name."))
            self.export.setText(_("Replace"))
        else:
            super().accept()

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()

    def _show_form(self, *, for_excel: bool) -> None:
        wanted = TextForm.EXCEL if for_excel or self._form is TextForm.EXCEL else TextForm.SOURCE
        if self._form is TextForm.SOURCE:
            wanted = TextForm.SOURCE
        self.form.setCurrentIndex(max(0, self.form.findData(wanted)))

    def _on_form(self) -> None:
        """Keep what a person has chosen; until then it follows from what is written."""
        self._form = TextForm(self.form.currentData())
        self.ask_for_first_lines()

    def _on_path(self) -> None:
        self.problem.hide()
        self._may_replace = None
        self.export.setText(_("Export"))
        self._show_kind()
        self.ask_for_first_lines()

    def _refusal(self) -> UserError | None:
        path = self.choice.path
        if not self.path.text().strip() or path.is_dir():
            return UserError(Problem.FILE_IS_FOLDER, path=path)
        if self._source is not None and _is_same_file(path, self._source):
            return UserError(Problem.OUTPUT_IS_INPUT, path=path)
        try:
            kind_to_write(path)
        except UserError as error:
            return error
        return None

    def _on_kind(self) -> None:
        """Give the file the ending of the chosen kind, in the place of the one it has, if that is one."""
        path = self.choice.path
        if path.name:
            stem = path.stem if path.suffix.lower() in READABLE_ENDINGS else path.name
            self.path.setText(str(path.with_name(stem + self.kind.currentData())))
        self._show_kind()

    def _show_kind(self) -> None:
        """Show which kind of file the ending asks for, and what it is good for."""
        ending = self.ending
        self.kind.setCurrentIndex(self.kind.findData(ending))
        self.good_for.setText(_kinds()[ending][1] if ending else "")
        self.guard.setEnabled(ending in {".csv", ".tsv"})
        self.form.setEnabled(ending in {".csv", ".tsv"})

    def _on_browse(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self, self.windowTitle(), self.path.text(), self._filters())
        if chosen:
            self.path.setText(chosen)
            self._may_replace = self.choice.path  # the file dialog has asked already

    def _filters(self) -> str:
        endings = " ".join(f"*{ending}" for ending in WRITABLE_ENDINGS)
        return f"{_('Tables')} ({endings});;{_('All files')} (*)"

    def _columns(self) -> QWidget:
        places = QWidget()
        flow = FlowLayout(places, spacing=14)
        for box in self.columns.values():
            flow.addWidget(box)
        return places

    def _build(self) -> None:
        words = QLabel(self._words)
        words.setWordWrap(True)
        file_row = QHBoxLayout()
        file_row.addWidget(self.path, 1)
        file_row.addWidget(self.browse)
        kind_words = QLabel(_("Kind of file"))
        kind_words.setBuddy(self.kind)
        kind_row = QHBoxLayout()
        kind_row.addWidget(kind_words)
        kind_row.addWidget(self.kind, 1)
        form_words = QLabel(_("Encoding"))
        form_words.setBuddy(self.form)
        form_row = QHBoxLayout()
        form_row.addWidget(form_words)
        form_row.addWidget(self.form, 1)
        preview_words = QLabel(_("First lines of the file"))
        preview_words.setBuddy(self.preview)
        self.preview.setMinimumHeight(_LINES_SHOWN * self.preview.fontMetrics().lineSpacing())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = buttons.addButton(_("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.export.setProperty("kind", "primary")
        self.browse.setAutoDefault(False)  # Enter in the field means Export
        self.export.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(words)
        column.addWidget(self._columns())
        column.addWidget(self.only_selected)
        column.addLayout(file_row)
        column.addWidget(self.problem)
        column.addLayout(kind_row)
        column.addWidget(self.good_for)
        column.addLayout(form_row)
        column.addWidget(self.one_per_cluster)
        column.addWidget(self.guard)
        column.addWidget(preview_words)
        column.addWidget(self.preview, 1)
        column.addWidget(buttons)
        self.problem.hide()
        self._show_kind()
        self.path.setFocus()
        self.path.textChanged.connect(self._on_path)
        self.kind.activated.connect(self._on_kind)
        self.form.activated.connect(self._on_form)
        for box in (*self.columns.values(), self.only_selected, self.one_per_cluster, self.guard):
            box.toggled.connect(self.ask_for_first_lines)
        self.browse.clicked.connect(self._on_browse)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)


def _what_is_written(n_rows: int) -> str:
    rows = ngettext(
        "{count} row with all its columns as it came,",
        "All {count} rows with all their columns, in their order, as they came,",
        n_rows,
    ).format(count=f"{n_rows:,}")
    return _("{rows} and after them these columns:").format(rows=rows)


def _as_source(read_as: TableFormat) -> str:
    encoding = encoding_name(read_as.encoding)
    if read_as.encoding == "utf-8":
        encoding = _("UTF-8 with BOM") if read_as.byte_order_mark else _("UTF-8 without BOM")
    return _("As the file that you opened: {encoding}").format(encoding=encoding)


def _kinds() -> dict[str, tuple[str, str]]:
    """Return the kinds of files by their ending: their names, and what each is good for."""
    return {
        ".csv": (
            _("CSV"),
            _("Opens everywhere. Separated and quoted as the text file that you opened, if it was one."),
        ),
        ".tsv": (_("Text with tabs"), _("As CSV, but separated by tabs. Good for pasting into other programs.")),
        ".xlsx": (
            _("Excel"),
            _("Opens in Excel, LibreOffice and WPS. All cells stay text as they are, also 007 and long numbers."),
        ),
        ".jsonl": (_("JSON Lines"), _("One object a line, for programs. Empty and missing cells stay different.")),
        ".json": (_("JSON"), _("One array of objects, for programs that read the whole file at once.")),
        ".parquet": (_("Parquet"), _("Small and fast, for pandas, R, DuckDB and data warehouses.")),
    }


def main_ending(path: Path) -> str:
    """Return the ending that stands for the kind of file that would be written; empty if it cannot be."""
    try:
        kind = kind_to_write(path)
    except UserError:
        return ""
    ending = path.suffix.lower()
    return (".tsv" if ending in {".tsv", ".tab"} else ".csv") if kind == "delimited" else f".{kind}"


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
