"""One comment in full: its text, its cluster, and the other columns of its row."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from verbatlas.app.reading_card import Comment
from verbatlas.words import gettext as _

_LONGEST = 20_000  # characters that a label lays out without a pause


class CommentPanel(QScrollArea):
    """Show the selected comment, or say how to select one.

    Attributes:
        next_asked: Go to the next comment of the same cluster.
        previous_asked: Go to the one before.
    """

    next_asked = Signal()
    previous_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comment_panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Selected comment"))
        self._hint = _label("secondary", text=_("Click a point on the map to read its comment."))
        self._heading = _label("section")
        self._dot = QLabel()
        self._dot.setFixedSize(12, 12)
        self._cluster = _label("heading")
        self._strength = _label("secondary")
        self._text = _label("comment", selectable=True)
        self._others = QFormLayout()
        self._previous = QPushButton(_("Previous"))
        self._next = QPushButton(_("Next"))
        self._card = QWidget()
        self._build()
        self.clear()

    @property
    def text(self) -> str:
        """The comment that is shown; empty when there is none."""
        return "" if self._card.isHidden() else self._text.text()

    def clear(self) -> None:
        """Show no comment."""
        self._card.hide()
        self._hint.show()

    def show_comment(self, comment: Comment, *, colour: QColor) -> None:
        """Show ``comment`` with its cluster's ``colour``."""
        self._heading.setText(_("Comment in row {row}").format(row=f"{comment.row + 1:,}"))
        self._text.setText(comment.text[:_LONGEST] + ("…" if len(comment.text) > _LONGEST else ""))
        self._cluster.setText(comment.cluster)
        self._strength.setText(comment.strength)
        self._dot.setStyleSheet(f"background:{colour.name()}; border-radius:6px;")
        self._dot.setVisible(comment.is_in_cluster)
        self._fill_others(comment)
        self._hint.hide()
        self._card.show()
        self.verticalScrollBar().setValue(0)

    def _fill_others(self, comment: Comment) -> None:
        while self._others.rowCount():
            self._others.removeRow(0)
        for name, cell in comment.others:
            self._others.addRow(_label("secondary", text=name), _label("cell", text=cell[:_LONGEST], selectable=True))

    def _build(self) -> None:
        chip = QHBoxLayout()
        chip.setSpacing(8)
        chip.addWidget(self._dot)
        chip.addWidget(self._cluster, 1)
        self._others.setHorizontalSpacing(12)
        self._others.setVerticalSpacing(6)
        self._others.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._others.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        steps = QHBoxLayout()
        steps.addWidget(self._previous)
        steps.addWidget(self._next)
        steps.addStretch(1)
        card = QVBoxLayout(self._card)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(8)
        card.addWidget(self._heading)
        card.addLayout(chip)
        card.addWidget(self._strength)
        card.addWidget(self._text)
        card.addLayout(self._others)
        card.addLayout(steps)
        card.addStretch(1)
        page = QWidget()
        page.setObjectName("comment_page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(self._hint)
        column.addWidget(self._card, 1)
        column.addStretch(0)
        self.setWidget(page)
        self._previous.setToolTip(_("Previous comment of this cluster"))
        self._next.setToolTip(_("Next comment of this cluster"))
        self._previous.clicked.connect(self.previous_asked)
        self._next.clicked.connect(self.next_asked)


def _label(role: str, *, text: str = "", selectable: bool = False) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return label
