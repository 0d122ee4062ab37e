"""Where the labelled table goes, and what will be in it."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
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

from verbatlas.errors import Problem, UserError
from verbatlas.sentences import sentence
from verbatlas.words import gettext as _
from verbatlas.words import ngettext


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What a person chose.

    Attributes:
        path: The file to write.
        guard_formulas: Whether cells that a spreadsheet would run are made harmless.
    """

    path: Path
    guard_formulas: bool


def default_name(source: Path, *, ending: str) -> Path:
    """Return ``<source> labelled`` with ``ending``, beside ``source``."""
    name = _("{source} labelled").format(source=source.stem)
    return source.with_name(f"{name}{ending}")


def table_ending(source: Path | None) -> str:
    """Return the ending of a table that is written as ``source`` was."""
    known = source is not None and source.suffix.lower() in {".csv", ".tsv", ".tab", ".txt"}
    return source.suffix if source is not None and known else ".csv"


class ExportDialog(QDialog):
    """Ask for the file of the labelled table.

    Args:
        source: The file that the study was made from; never written over.
        suggested: The file that is written if the person just agrees.
        n_rows: Rows that will be written.
        added: Names of the columns that are added.
        parent: The window.
    """

    def __init__(
        self, *, source: Path | None, suggested: Path, n_rows: int, added: tuple[str, ...], parent: QWidget
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
        self.guard = QCheckBox(_("Protect against formulas in spreadsheets"))
        self.guard.setChecked(True)
        self.guard.setToolTip(
            _("Puts an apostrophe before cells that begin with =, +, - or @, so that Excel shows them as text.")
        )
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self._words = _what_is_written(n_rows, added)
        self._build()

    @property
    def choice(self) -> ExportChoice:
        """What the person chose."""
        return ExportChoice(Path(self.path.text().strip()).expanduser(), self.guard.isChecked())

    def accept(self) -> None:
        """Close if the file may be written; otherwise say why not, and ask before a file is replaced."""
        path = self.choice.path
        error = self._refusal()
        if error is not None:
            self._say(sentence(error))
            self.path.setFocus()
        elif path.exists() and path != self._may_replace:
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

    def _refusal(self) -> UserError | None:
        path = self.choice.path
        if not self.path.text().strip() or path.is_dir():
            return UserError(Problem.FILE_IS_FOLDER, path=path)
        if self._source is not None and _is_same_file(path, self._source):
            return UserError(Problem.OUTPUT_IS_INPUT, path=path)
        return None

    def _on_browse(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self.path.text(), f"{_('Tables')} (*.csv *.tsv *.txt);;{_('All files')} (*)"
        )
        if chosen:
            self.path.setText(chosen)
            self._may_replace = self.choice.path  # the file dialog has asked already

    def _build(self) -> None:
        words = QLabel(self._words)
        words.setWordWrap(True)
        file_row = QHBoxLayout()
        file_row.addWidget(self.path, 1)
        file_row.addWidget(self.browse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = buttons.addButton(_("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.export.setProperty("kind", "primary")
        self.browse.setAutoDefault(False)  # Enter in the field means Export
        self.export.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(words)
        column.addLayout(file_row)
        column.addWidget(self.problem)
        column.addWidget(self.guard)
        column.addWidget(buttons)
        self.problem.hide()
        self.path.textChanged.connect(self._on_path)
        self.browse.clicked.connect(self._on_browse)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)


def _what_is_written(n_rows: int, added: tuple[str, ...]) -> str:
    rows = ngettext(
        "{count} row with all its columns as it came,",
        "All {count} rows with all their columns, in their order, as they came,",
        n_rows,
    ).format(count=f"{n_rows:,}")
    return _("{rows} and after them: {columns}.").format(rows=rows, columns=", ".join(added))


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
