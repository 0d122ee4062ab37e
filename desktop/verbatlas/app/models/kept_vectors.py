"""How much room the vectors of comments that were read before take, and may take, and a way to forget them."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from verbatlas.amounts import bytes_in_words
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _

_GB = 1_000_000_000
_LEAST_GB, _MOST_GB = 0.01, 1_000.0


class KeptVectors(QWidget):
    """Show and change what is kept.

    Attributes:
        limit_asked: Keep at most so many bytes; 0 for none at all.
        clear_asked: Forget all that is kept.
    """

    limit_asked = Signal(object)
    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.amount = words_label("cell")
        self.clear = QPushButton(_("Forget them"))
        self.most = _Limit()
        self.most.setRange(0.0, _MOST_GB)
        self.most.setDecimals(2)
        self.most.setSingleStep(0.5)
        self.most.setSuffix(" GB")
        self.most.setSpecialValueText(_("keep none"))
        self.most.setKeyboardTracking(False)
        self.most.setAccessibleName(_("Keep at most"))
        self.problem = words_label("problem", selectable=True)
        self.fixed = words_label("secondary", text=_("This was set outside Verbatlas, by VERBATLAS_CACHE_BYTES."))
        self._build()

    def show_amount(self, n_bytes: int, most_bytes: int, *, is_fixed: bool = False) -> None:
        """Say how much room is taken, and how much may be.

        Args:
            n_bytes: What is taken.
            most_bytes: What may be.
            is_fixed: Whether the environment says so, and nothing here can change it.
        """
        words = _("{used} of at most {most}")
        self.amount.setText(words.format(used=bytes_in_words(n_bytes), most=bytes_in_words(most_bytes)))
        self.clear.setEnabled(n_bytes > 0)
        with QSignalBlocker(self.most):
            # However little it is, it is not none.
            self.most.setValue(max(most_bytes / _GB, _LEAST_GB) if most_bytes else 0.0)
        self.most.setEnabled(not is_fixed)
        self.fixed.setVisible(is_fixed)

    def show_problem(self, words: str) -> None:
        """Say why the limit could not be set; nothing when blank."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _build(self) -> None:
        room = QHBoxLayout()
        room.addWidget(self.amount, 1)
        room.addWidget(self.clear)
        limit = QHBoxLayout()
        label = QLabel(self.most.accessibleName())
        label.setBuddy(self.most)
        limit.addWidget(label)
        limit.addWidget(self.most)
        limit.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(words_label("section", text=_("Comments that were read before")))
        said = _(
            "What a model makes of a comment is kept on this computer, so that the same comment is never read twice, "
            "also in next month's file. Only numbers are kept, no text. Where they take more room than they may, those "
            "not needed for longest are forgotten."
        )
        column.addWidget(words_label("secondary", text=said))
        column.addLayout(room)
        column.addLayout(limit)
        for part in (self.fixed, self.problem):
            column.addWidget(part)
            part.hide()
        self.clear.clicked.connect(self.clear_asked)
        self.most.valueChanged.connect(lambda value: self.limit_asked.emit(round(value * _GB)))


class _Limit(QDoubleSpinBox):
    """A number that the wheel does not change while the page is scrolled past it: what is too much is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
