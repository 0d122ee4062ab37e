"""One cluster in short: what a person reads before giving it a name."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from verbatlas.app.cluster_card import ClusterCard
from verbatlas.app.typical_list import TypicalList
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _


class ClusterView(QWidget):
    """Show one cluster.

    Attributes:
        document_chosen: Show this comment (its row) in full.
        rename_asked: Give the cluster another name.
    """

    document_chosen = Signal(object)
    rename_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = QLabel()
        self._dot.setFixedSize(12, 12)
        self._name = words_label("heading")
        self._size = words_label("secondary")
        self._keywords = words_label("cell", selectable=True)
        self._typical = TypicalList()
        self._rename = QPushButton(_("Rename…"))
        self._build()
        self.setFocusProxy(self._typical)

    def show_cluster(self, card: ClusterCard, *, colour: QColor) -> None:
        """Show a cluster in its ``colour``."""
        self._name.setText(card.name)
        self._size.setText(card.size)
        self._keywords.setText(card.keywords)
        self._dot.setStyleSheet(f"background:{colour.name()}; border-radius:6px;")
        self._typical.show_comments(card.typical)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._name, 1)
        head.setContentsMargins(0, 4, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._size)
        column.addWidget(self._keywords)
        column.addWidget(words_label("section", text=_("Typical comments")))
        column.addWidget(self._typical, 1)
        column.addWidget(self._rename, 0, Qt.AlignmentFlag.AlignLeft)
        self._typical.chosen.connect(self.document_chosen)
        self._rename.clicked.connect(self.rename_asked)
