"""How the file was understood to be written, how sure that is, and the choice of something else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from verbatlas.app.number_box import indent_words
from verbatlas.app.work import ReadTable
from verbatlas.reading_words import DELIMITERS, delimiter_name, encoding_choices, encoding_name, sureness
from verbatlas.tables import TableFormat
from verbatlas.words import gettext as _

_MOST_LINES_ABOVE = 999
_MARK = " with mark"
_LEAST_SIZE = 96  # pixels of a box, so that the words beside it have room


@dataclass(frozen=True, slots=True)
class _Guess:
    """What was found out about a file by its content, and how sure it is."""

    encoding: tuple[str, float]
    delimiter: tuple[str, float]
    has_header: tuple[bool, float]


class FormatChoices(QWidget):
    """A form of boxes, each with the sureness of what it shows.

    Attributes:
        chosen: Read the file again, written as this TableFormat.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: ReadTable | None = None
        self._guess: _Guess | None = None
        self._member, self._sheet = QComboBox(), QComboBox()
        self._encoding, self._delimiter, self._header = QComboBox(), QComboBox(), QComboBox()
        self._above = QSpinBox()
        self._sure = {box: QLabel() for box in (self._encoding, self._delimiter, self._header)}
        self._rows: dict[QWidget, QWidget] = {}
        self._build()

    def show_read(self, read: ReadTable) -> None:
        """Show how a table was read."""
        self._read = read
        found, parts, report = read.table.format, read.parts, read.report
        if read.is_guess and report is not None:
            self._guess = _Guess(
                (found.encoding, report.encoding_sure),
                (found.delimiter, report.delimiter_sure),
                (found.has_header, read.header_sure),
            )
        n_columns = len(read.table.names)
        current = (found.encoding, found.byte_order_mark)
        encodings = {_key(*way): encoding_name(way[0], has_mark=way[1]) for way in (current, *encoding_choices())}
        delimiters = {one: delimiter_name(one, n_columns=n_columns) for one in (found.delimiter, *DELIMITERS)}
        _fill(self._encoding, encodings, _key(*current))
        _fill(self._delimiter, delimiters, found.delimiter)
        _fill(self._header, {True: _("Column names"), False: _("A comment already")}, found.has_header)
        _fill(self._member, {name: name for name in parts.members}, found.member)
        _fill(self._sheet, {name: name for name in parts.sheets}, found.sheet)
        is_text, is_workbook = found.kind == "delimited", bool(found.sheet)
        with QSignalBlocker(self._above):
            self._above.setValue(0 if report is None else len(report.lines_above))
        for box, is_open in (
            (self._member, bool(parts.members)),
            (self._sheet, bool(parts.sheets)),
            (self._encoding, is_text),
            (self._delimiter, is_text),
            (self._above, is_text or is_workbook),
            (self._header, is_text or is_workbook),
        ):
            self._form.setRowVisible(self._rows[box], is_open)
        self._show_sureness(found, is_text=is_text)

    def _show_sureness(self, found: TableFormat, *, is_text: bool) -> None:
        guess = self._guess
        for box, value, guessed in (
            (self._encoding, found.encoding, None if guess is None else guess.encoding),
            (self._delimiter, found.delimiter, None if guess is None else guess.delimiter),
            (self._header, found.has_header, None if guess is None else guess.has_header),
        ):
            label = self._sure[box]
            label.setVisible(is_text)
            if guessed is None or guessed[0] != value:
                label.setText(_("your choice"))
                label.setToolTip(_("You chose this. What was found out is different."))
            else:
                label.setText(sureness(guessed[1]))
                label.setToolTip(_("How sure it is what was found out by the content of the file"))
            box.setAccessibleDescription(label.text() if is_text else "")

    def _on_signs(self) -> None:
        """Have the rest found out anew: which lines are above the table depends on the encoding and the delimiter."""
        assert self._read is not None
        found = self._read.table.format
        encoding, mark, _end = self._encoding.currentData().partition(_MARK)
        self.chosen.emit(
            replace(
                found,
                encoding=encoding,
                byte_order_mark=bool(mark),
                more_marks=found.more_marks if mark else 0,
                delimiter=self._delimiter.currentData(),
                is_rough=True,
            )
        )

    def _on_rows(self) -> None:
        assert self._read is not None
        found = self._read.table.format
        lines = "\n" * self._above.value()
        self.chosen.emit(replace(found, has_header=self._header.currentData(), above=lines))

    def _on_member(self) -> None:
        self.chosen.emit(TableFormat(kind="", member=self._member.currentData()))

    def _on_sheet(self) -> None:
        assert self._read is not None
        found = self._read.table.format
        self.chosen.emit(TableFormat(kind="", member=found.member, sheet=self._sheet.currentData()))

    def _build(self) -> None:
        form = self._form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setContentsMargins(0, 0, 0, 0)
        for words, box in (
            (_("File in the archive"), self._member),
            (_("Sheet"), self._sheet),
            (_("Encoding"), self._encoding),
            (_("Separated by"), self._delimiter),
            (_("Lines above"), self._above),
            (_("First row is"), self._header),
        ):
            box.setAccessibleName(words)
            box.setMinimumWidth(_LEAST_SIZE)
            row = self._rows[box] = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(box, 1)
            if isinstance(box, QComboBox) and box in self._sure:
                self._sure[box].setProperty("role", "secondary")
                line.addWidget(self._sure[box])
            form.addRow(words, row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        self._above.setRange(0, _MOST_LINES_ABOVE)
        indent_words(self._above)
        self._above.setKeyboardTracking(False)  # a number is read when it is typed to its end
        self._encoding.activated.connect(self._on_signs)
        self._delimiter.activated.connect(self._on_signs)
        self._header.activated.connect(self._on_rows)
        self._above.valueChanged.connect(self._on_rows)
        self._member.activated.connect(self._on_member)
        self._sheet.activated.connect(self._on_sheet)


def _key(codec: str, has_mark: bool) -> str:  # noqa: FBT001 - the two make one name
    return codec + _MARK * has_mark


def _fill(box: QComboBox, choices: Mapping[str, str] | Mapping[bool, str], current: str | bool) -> None:  # noqa: FBT001
    box.clear()
    for value, words in choices.items():
        box.addItem(words, value)
    box.setCurrentIndex(list(choices).index(current) if current in choices else -1)
