"""A field for the analyst's own words, which are kept as soon as the person pauses or goes elsewhere."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHideEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from verbatlas.words import gettext as _

_PAUSE = 2500  # ms; each pause makes one edit in the history
_LINES = 3


class NoteField(QPlainTextEdit):
    """Edit the note of one cluster.

    Attributes:
        written: The note of a cluster is to be kept: its id and the words.
    """

    written = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.setPlaceholderText(_("Your note on this cluster…"))
        self.setAccessibleName(_("Your note on this cluster"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(QFontMetrics(self.font()).lineSpacing() * _LINES + 16)
        self._cluster: int | None = None
        self._kept = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.keep)
        self.textChanged.connect(self._on_typed)

    def show_note(self, cluster: int, note: str) -> None:
        """Show the note of ``cluster``; what was typed about another one is kept first."""
        if cluster == self._cluster and note == self._kept:
            return
        if cluster != self._cluster:
            self.keep()
        self._cluster, self._kept = cluster, note
        if note != self.toPlainText().strip():
            self.setPlainText(note)
        self._pause.stop()

    def keep(self) -> None:
        """Keep what was typed, if it is not kept yet."""
        self._pause.stop()
        words = self.toPlainText().strip()
        if self._cluster is not None and words != self._kept:
            self._kept = words
            self.written.emit(self._cluster, words)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed."""
        super().focusOutEvent(event)
        self.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed."""
        super().hideEvent(event)
        self.keep()

    def _on_typed(self) -> None:
        if self.toPlainText().strip() != self._kept:
            self._pause.start()
