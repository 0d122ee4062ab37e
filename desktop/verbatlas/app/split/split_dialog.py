"""The question how a cluster is to be split, beside the map that shows the answer before it is done."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QListWidget,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from verbatlas.analysis.splitting import SplitMethod
from verbatlas.app.clusters.cluster_rows import comments
from verbatlas.app.detail_lines import DetailDelegate, detail_line
from verbatlas.app.number_box import indent_words
from verbatlas.app.split.split_preview import PartLine
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_AS_MANY_AS_FIT, _MOST_PARTS = 1, 50


class SplitDialog(QDialog):
    """Ask for parts and show them; the window behind it can be looked at meanwhile.

    Attributes:
        parts_wanted: Look for parts by a method (auto, kmeans, hdbscan); how many, or None for as many as fit.
    """

    parts_wanted = Signal(str, object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setObjectName("split_dialog")
        self.setWindowTitle(_("Split '{name}'").format(name=name))
        self.setMinimumWidth(340)
        self._method = QComboBox()
        self._method.setAccessibleName(_("How parts are found"))
        methods: tuple[tuple[str, SplitMethod], ...] = (
            (_("Automatic"), "auto"),
            (_("Even groups (KMeans)"), "kmeans"),
            (_("Dense groups, rest left over (HDBSCAN)"), "hdbscan"),
        )
        for words, method in methods:
            self._method.addItem(words, method)
        self._asked = _AS_MANY_AS_FIT
        self._number = QSpinBox()
        self._number.setRange(_AS_MANY_AS_FIT, _MOST_PARTS)
        self._number.setSpecialValueText(_("as many as fit"))
        self._number.setAccessibleName(_("Number of parts"))
        indent_words(self._number)
        self._state = words_label("secondary")
        self._parts = QListWidget()
        self._parts.setObjectName("split_parts")
        self._parts.setAccessibleName(_("Parts"))
        self._parts.setItemDelegate(DetailDelegate(self._parts))
        self._parts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._split = self._buttons.addButton(_("Split"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._split.setProperty("kind", "primary")
        self._place()
        self._method.currentIndexChanged.connect(self._on_method)
        self._number.valueChanged.connect(self._on_number)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def show_beside(self, part: QWidget) -> None:
        """Open at the right side of ``part``, which is to be seen, as far as the screen goes."""
        self.show()
        corner = part.mapToGlobal(part.rect().topRight())
        screen = part.screen().availableGeometry()
        self.move(min(corner.x(), screen.right() - self.frameGeometry().width()), corner.y())

    def ask(self) -> None:
        """Look for parts as the controls say."""
        number = self._asked = self._number.value()
        self._parts.clear()
        self._split.setEnabled(False)
        self._state.setText(_("Looking for parts…"))
        self.parts_wanted.emit(str(self._method.currentData()), None if number == _AS_MANY_AS_FIT else number)

    def show_parts(self, lines: Sequence[PartLine], n_left: int, *, fewest: int = 2) -> None:
        """Show what was found.

        Args:
            lines: The parts.
            n_left: How many comments are in none of them.
            fewest: How many parts there must be for a split.
        """
        self._parts.clear()
        for line in lines:
            self._parts.addItem(detail_line(line.name, comments(line.count)))
        is_possible = len(lines) >= fewest
        self._split.setEnabled(is_possible)
        if not is_possible:
            self._state.setText(_("No parts stand out here. Choose a number, or another way."))
        else:
            said = ngettext("{count} part. The map shows it.", "{count} parts. The map shows them.", len(lines))
            left = "" if not n_left else " " + _("{comments} would be in no cluster.").format(comments=comments(n_left))
            self._state.setText(said.format(count=len(lines)) + left)

    def show_problem(self, sentence: str) -> None:
        """Say why there are no parts."""
        self._state.setText(sentence)

    def _on_number(self, number: int) -> None:
        """Ask for another number; Enter tells the same one again, and means that the parts are right."""
        if number != self._asked:
            self.ask()

    def _on_method(self) -> None:
        is_counted = self._method.currentData() != "hdbscan"
        self._number.setEnabled(is_counted)
        if not is_counted:
            with QSignalBlocker(self._number):
                self._number.setValue(_AS_MANY_AS_FIT)
        self.ask()

    def _place(self) -> None:
        form = QFormLayout()
        form.addRow(_("Method"), self._method)
        form.addRow(_("Parts"), self._number)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self._state)
        column.addWidget(self._parts, 1)
        column.addWidget(self._buttons)
