"""A filter that is in use, as something small that can be read, changed and taken away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from verbatlas.words import gettext as _


class FilterChip(QFrame):
    """Show one filter in words.

    Attributes:
        change_asked: Ask once more what is wanted.
        remove_asked: Do without it.
    """

    change_asked = Signal()
    remove_asked = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter_chip")
        self.words = QPushButton()
        self.words.setToolTip(_("Change this filter (Delete removes it)"))
        self.remove = QPushButton("✕")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 1, 2, 1)
        row.setSpacing(0)
        row.addWidget(self.words)
        row.addWidget(self.remove)
        self.words.clicked.connect(self.change_asked)
        self.remove.clicked.connect(self.remove_asked)
        self.show_words(words)

    def show_words(self, words: str) -> None:
        """Say what the filter asks for."""
        self.words.setText(words.replace("&", "&&"))  # no letter of it is a shortcut
        self.words.setAccessibleName(_("Filter {words}").format(words=words))
        self.remove.setAccessibleName(_("Remove the filter {words}").format(words=words))
        self.remove.setToolTip(_("Remove the filter {words}").format(words=words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove the filter when Delete is pressed on it."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)
