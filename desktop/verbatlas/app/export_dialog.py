"""Where the labelled table goes, and what will be in it."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from verbatlas.app.flow_layout import FlowLayout
from verbatlas.app.second_cluster import SECOND
from verbatlas.errors import Problem, UserError
from verbatlas.problem_words import sentence
from verbatlas.tables import READABLE_ENDINGS, WRITABLE_ENDINGS, kind_to_write
from verbatlas.words import gettext as _
from verbatlas.words import ngettext


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What a person chose.

    Attributes:
        path: The file to write.
        guard_formulas: Whether cells that a spreadsheet would run are made harmless.
        left_out: Names of label columns that are not wanted.
        only_selected: Whether only the rows of the selected comments are wanted.
        one_per_cluster: Whether each cluster gets a file of its own, in a folder called as the file would be.
    """

    path: Path
    guard_formulas: bool
    left_out: frozenset[str] = frozenset({SECOND})
    only_selected: bool = False
    one_per_cluster: bool = False


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
        suggested: The file that is written if the person just agrees.
        n_rows: Rows that will be written.
        added: Names of the columns that can be added.
        left_out: Those that are not, as things stand.
        n_selected: How many comments are selected.
        parent: The window.
    """

    def __init__(
        self,
        *,
        source: Path | None,
        suggested: Path,
        n_rows: int,
        added: tuple[str, ...],
        left_out: Collection[str] = (),
        n_selected: int = 0,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(_("Export the labelled table"))
        self.setMinimumWidth(600)
        self._source = source
        self._may_replace: Path | None = None
        self.path = QLineEdit(str(suggested))
        self.path.setAccessibleName(_("File to write"))
        self.browse = QPushButton(_("Browse…"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind of file"))
        for ending, (words, _good_for) in _kinds().items():
            self.kind.addItem(f"{words} ({ending})", ending)
        self.good_for = QLabel()
        self.good_for.setProperty("role", "secondary")
        self.good_for.setWordWrap(True)
        self.guard = QCheckBox(_("Protect against formulas in spreadsheets"))
        self.guard.setChecked(True)
        self.guard.setToolTip(
            _("Puts an apostrophe before cells that begin with =, +, - or @, so that Excel shows them as text.")
        )
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.columns = {name: QCheckBox(name) for name in added}
        for name, box in self.columns.items():
            box.setChecked(name not in left_out)
        selected = ngettext("Only the {count} selected comment", "Only the {count} selected comments", n_selected)
        self.only_selected = QCheckBox(selected.format(count=f"{n_selected:,}"))
        self.only_selected.setVisible(n_selected > 0)
        self.one_per_cluster = QCheckBox(_("One file for each cluster, in a folder of this name"))
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
        )

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

    def _on_path(self) -> None:
        self.problem.hide()
        self._may_replace = None
        self.export.setText(_("Export"))
        self._show_kind()

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
        ending = _main_ending(self.choice.path)
        self.kind.setCurrentIndex(self.kind.findData(ending))
        self.good_for.setText(_kinds()[ending][1] if ending else "")
        self.guard.setEnabled(ending in {".csv", ".tsv"})

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
        column.addWidget(self.one_per_cluster)
        column.addWidget(self.guard)
        column.addWidget(buttons)
        self.problem.hide()
        self._show_kind()
        self.path.setFocus()
        self.path.textChanged.connect(self._on_path)
        self.kind.activated.connect(self._on_kind)
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


def _kinds() -> dict[str, tuple[str, str]]:
    """Return the kinds of files by their ending: their names, and what each is good for."""
    return {
        ".csv": (
            _("CSV"),
            _(
                "Opens everywhere. Written with the encoding and separators of the text file that you opened, "
                "if it was one."
            ),
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


def _main_ending(path: Path) -> str:
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
