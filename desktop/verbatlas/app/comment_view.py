"""One comment in full: its text, its cluster, and the other columns of its row."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from verbatlas.app.elsewhere import Elsewhere
from verbatlas.app.marked_text import marked_text
from verbatlas.app.reading_card import Comment
from verbatlas.app.search.found_parts import FoundParts
from verbatlas.app.theme import ROLES, scheme_of
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _

_LARGER = 1.15  # the comment is what is read here
_LONGEST = 20_000  # characters that a label lays out without a pause


class CommentView(QWidget):
    """Show one comment.

    Attributes:
        cluster_asked: Show its cluster instead.
        next_asked: Go to the next comment of the same cluster.
        previous_asked: Go to the one before.
        elsewhere: The clusters that are offered for it.
    """

    cluster_asked = Signal()
    next_asked = Signal()
    previous_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = words_label("section")
        self._dot = QLabel()
        self._dot.setFixedSize(12, 12)
        self._cluster = QPushButton()
        self._cluster.setProperty("kind", "link")
        self._cluster.setToolTip(_("Show this cluster"))
        self._cluster.setCursor(Qt.CursorShape.PointingHandCursor)
        self._strength = words_label("secondary")
        self._text = words_label("comment", selectable=True)
        larger = self._text.font()
        larger.setPixelSize(round(QFontInfo(larger).pixelSize() * _LARGER))
        self._text.setFont(larger)
        self._others = QFormLayout()
        self.elsewhere = Elsewhere()
        self._previous = QPushButton(_("Previous"))
        self._next = QPushButton(_("Next"))
        self._plain, self._found = "", FoundParts()
        self._build()

    @property
    def text(self) -> str:
        """The comment."""
        return self._plain

    def mark_found(self, found: FoundParts) -> None:
        """Mark in the comment what a search has found."""
        self._found = found
        self._show_text()

    def take_keyboard(self) -> None:
        """Give the keyboard to the way on; as the proxy of all that would be the first that Tab comes to."""
        self._next.setFocus()

    def show_comment(self, comment: Comment, *, colour: QColor) -> None:
        """Show ``comment`` with its cluster's ``colour``."""
        self._heading.setText(_("Comment in row {row}").format(row=f"{comment.row + 1:,}"))
        self._plain = _cut(comment.text)
        self._show_text()
        self._cluster.setText(comment.cluster.replace("&", "&&"))
        self._cluster.setEnabled(comment.is_in_cluster)
        self._strength.setText(comment.strength)
        self._strength.setVisible(bool(comment.strength))
        self._dot.setStyleSheet(f"background:{colour.name()}; border-radius:6px;")
        while self._others.rowCount():
            self._others.removeRow(0)
        for name, cell in comment.others:
            shown = words_label("cell", text=_cut(cell), selectable=True)
            self._others.addRow(words_label("secondary", text=name), shown)

    def _show_text(self) -> None:
        marks = self._found.spans(self._plain)
        if not marks:
            self._text.setTextFormat(Qt.TextFormat.PlainText)
            self._text.setText(self._plain)
            return
        before = f'<span style="background-color: {ROLES[scheme_of(self.palette())].found}; font-weight: 600">'
        words = marked_text(self._plain, marks, before=before, after="</span>")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setText(f'<p style="white-space: pre-wrap; margin: 0">{words}</p>')

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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        column.addSpacing(4)
        column.addLayout(chip)
        column.addWidget(self._strength)
        column.addWidget(self.elsewhere)
        column.addSpacing(4)
        column.addLayout(self._others)
        column.addSpacing(4)
        column.addLayout(steps)
        column.addStretch(1)
        self._previous.setToolTip(_("Previous comment of this cluster"))
        self._next.setToolTip(_("Next comment of this cluster"))
        self._previous.clicked.connect(self.previous_asked)
        self._next.clicked.connect(self.next_asked)
        self._cluster.clicked.connect(self.cluster_asked)


def _cut(text: str) -> str:
    return text[:_LONGEST] + "…" if len(text) > _LONGEST else text
