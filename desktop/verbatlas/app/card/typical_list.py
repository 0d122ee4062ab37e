"""A list of whole comments, as high as they are, each of which can be clicked; telling words stand out."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from verbatlas.app.marked_text import marked_text
from verbatlas.words import gettext as _


class TypicalList(QWidget):
    """Show comments, wrapped, one under the other; ``is_dense`` where many lists are read in a row.

    The lines for ``n_ahead`` comments are made at once: styling new ones takes milliseconds each, while somebody waits.

    Attributes:
        chosen: A comment was clicked, or Enter pressed on it (its row).
    """

    chosen = Signal(object)

    def __init__(self, name: str, *, n_ahead: int = 0, is_dense: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("typical_comments")
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0 if is_dense else 6)
        self._is_dense = is_dense
        self._lines: list[CommentLine] = []
        self._n_shown = 0
        self._make_lines(n_ahead)

    @property
    def comments(self) -> "tuple[CommentLine, ...]":
        """The comments that are shown."""
        return tuple(self._lines[: self._n_shown])

    def show_comments(self, comments: Sequence[tuple[int, str]], *, marked: Sequence[str] = ()) -> None:
        """Show these comments, given as rows and texts, with the words of ``marked`` emphasised."""
        self._make_lines(len(comments))
        self._n_shown = len(comments)
        for line, (row, text) in zip(self._lines, comments, strict=False):
            line.show_comment(row, text, marked)
            line.show()
        for line in self._lines[self._n_shown :]:  # kept: a new one is styled anew, which takes milliseconds
            line.hide()
        if self._lines:
            self.setFocusProxy(self._lines[0])

    def _make_lines(self, n: int) -> None:
        while len(self._lines) < n:
            line = CommentLine(is_dense=self._is_dense)
            line.hide()
            line.chosen.connect(self.chosen)
            self._column.addWidget(line)
            self._lines.append(line)


class CommentLine(QLabel):
    """One comment, in a box of its own unless it ``is_dense``.

    Attributes:
        chosen: It was clicked, or Enter or Space pressed on it (its row).
        row: Its row.
        plain: Its text.
    """

    chosen = Signal(object)

    def __init__(self, *, is_dense: bool) -> None:
        super().__init__()
        self.row, self.plain = -1, ""
        self.setProperty("role", "dense_comment_line" if is_dense else "comment_line")
        if is_dense:  # not by the theme's padding, for which Qt finds some lines too many
            self.setContentsMargins(10, 3, 4, 3)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Show this comment in full"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)

    def show_comment(self, row: int, text: str, marked: Sequence[str]) -> None:
        """Show the comment of a row, with the words of ``marked`` emphasised."""
        self.row, self.plain = row, text
        self.setText(_emphasised(text, marked))
        self.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the comment."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the comment by Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self.row)
        else:
            super().keyPressEvent(event)


def _emphasised(text: str, words: Sequence[str]) -> str:
    """Return ``text`` as HTML, the ``words`` in it bold; whole words in scripts that set them apart."""
    patterns = [rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in words if word.strip()]
    if not patterns:
        return marked_text(text, ())
    found = re.compile("|".join(sorted(patterns, key=len, reverse=True)), re.IGNORECASE)
    return marked_text(text, (match.span() for match in found.finditer(text)))
