"""What happened, in a bar above the work: it can be read, copied and closed, and never stands in the way."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from verbatlas.words import gettext as _


class Tone(StrEnum):
    """How a message is meant; the theme colours it, and its first word says it too."""

    NOTICE = "notice"
    PROBLEM = "problem"


class MessageBar(QWidget):
    """Show one message at a time, the latest; hidden when there is none.

    Attributes:
        retry_asked: The person wants to do again what failed.
        undo_asked: The person wants to take back what was done.
    """

    retry_asked = Signal()
    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel()
        self._text.setObjectName("message_text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._retry = QPushButton(_("Try again"))
        self._undo = QPushButton(_("Undo"))
        self._copy = QPushButton(_("Copy"))
        self._close = QToolButton()
        self._close.setText("✕")
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))
        self._build()
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says now; empty when it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, *, tone: Tone = Tone.NOTICE, can_retry: bool = False, can_undo: bool = False) -> None:
        """Show ``text`` in place of what was there."""
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._retry.setVisible(can_retry)
        self._undo.setVisible(can_undo)
        self.setProperty("tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def dismiss(self) -> None:
        """Hide the bar."""
        self.hide()

    def dismiss_undo(self) -> None:
        """Hide the bar if it offers to undo: the last edit is another one now."""
        if not self._undo.isHidden():
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape while the keyboard is in the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._text)
        for button in (self._undo, self._retry, self._copy, self._close):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            # A click leaves the keyboard where it is: the bar hides, and Qt would hand it to any field that is next.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._retry.clicked.connect(self._on_retry)
        self._undo.clicked.connect(self._on_undo)
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.dismiss)

    def _on_retry(self) -> None:
        self.dismiss()
        self.retry_asked.emit()

    def _on_undo(self) -> None:
        self.dismiss()
        self.undo_asked.emit()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.text())
