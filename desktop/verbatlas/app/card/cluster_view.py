"""One cluster in short: what a person reads before giving it a name, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from verbatlas.app.card.breakdown_view import BreakdownView
from verbatlas.app.card.cluster_card import ClusterCard
from verbatlas.app.card.colour_picker import ColourPicker
from verbatlas.app.card.note_field import NoteField
from verbatlas.app.card.typical_list import TypicalList
from verbatlas.app.clusters.cluster_rows import alike_inside
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _


class ClusterView(QWidget):
    """Show one cluster.

    Attributes:
        document_chosen: Show this comment (its row) in full.
        rename_asked: Give the cluster another name.
        split_asked: Look for parts in it.
        merge_asked: Put the cluster with the second id into that with the first.
        recoloured: The cluster of this id gets the colour of this slot.
        note: The field of the note.
        breakdown: The chart.
        merge: The button that merges it with the cluster most like it.
    """

    document_chosen = Signal(object)
    rename_asked = Signal()
    split_asked = Signal()
    merge_asked = Signal(int, int)
    recoloured = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: ClusterCard | None = None
        self._dot = ColourPicker()
        self._name = words_label("heading")
        self._size = words_label("secondary")
        self._locked = words_label("secondary", text=_("Locked: nothing of it can be changed until you unlock it"))
        self._keywords = words_label("cell", selectable=True)
        self._nearest = words_label("secondary")
        self.merge = QPushButton(_("Merge with it"))
        self._typical = TypicalList(_("Typical comments"), n_ahead=5)
        self._doubtful = words_label("section", text=_("On the edge"))
        self._borderline = TypicalList(_("Comments on the edge"), n_ahead=3)
        self._rename = QPushButton(_("Rename…"))
        self._split = QPushButton(_("Split…"))
        self.note = NoteField()
        self.breakdown = BreakdownView()
        self._build()

    def take_keyboard(self) -> None:
        """Give the keyboard to the typical comments; as the proxy of all they would be the first that Tab comes to."""
        self._typical.setFocus()

    def show_cluster(self, card: ClusterCard, *, colour: QColor) -> None:
        """Show a cluster in its ``colour``."""
        self._card = card
        self._name.setText(card.name)
        self._size.setText(_facts(card))
        self._locked.setVisible(card.locked)
        self._keywords.setText(_(", ").join(card.keywords))
        self._dot.show_colour(colour)
        self._typical.show_comments(card.typical, marked=card.keywords)
        self._borderline.show_comments(card.borderline, marked=card.keywords)
        for part in (self._doubtful, self._borderline):
            part.setVisible(bool(card.borderline))
        for shown in (self._nearest, self.merge):
            shown.setVisible(card.nearest is not None)
        if card.nearest is not None:
            words = _("Most like it: '{name}' ({similarity} alike)")
            self._nearest.setText(words.format(name=card.nearest.name, similarity=f"{card.nearest.similarity:.0%}"))
        self.note.show_note(card.id, card.note)

    @property
    def nearest_words(self) -> str:
        """Which cluster is most like it."""
        return self._nearest.text()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._name, 1)
        head.setContentsMargins(0, 4, 0, 0)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._rename)
        buttons.addWidget(self._split)
        buttons.addStretch(1)
        nearest = QHBoxLayout()
        nearest.addWidget(self._nearest, 1)
        nearest.addWidget(self.merge, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._size)
        column.addWidget(self._locked)
        column.addWidget(self._keywords)
        column.addLayout(buttons)
        column.addWidget(self.note)
        column.addLayout(nearest)
        column.addWidget(words_label("section", text=_("Typical comments")))
        column.addWidget(self._typical)
        column.addWidget(self._doubtful)
        column.addWidget(self._borderline)
        column.addWidget(words_label("section", text=_("Its comments by")))
        column.addWidget(self.breakdown)
        column.addStretch(1)
        self._typical.chosen.connect(self.document_chosen)
        self._borderline.chosen.connect(self.document_chosen)
        self._rename.clicked.connect(self.rename_asked)
        self._split.clicked.connect(self.split_asked)
        self.merge.clicked.connect(self._on_merge)
        self._dot.chosen.connect(self._on_colour)

    def _on_merge(self) -> None:
        if self._card is not None and self._card.nearest is not None:
            self.merge_asked.emit(self._card.id, self._card.nearest.id)

    def _on_colour(self, slot: int) -> None:
        if self._card is not None:
            self.recoloured.emit(self._card.id, slot)


def _facts(card: ClusterCard) -> str:
    if card.cohesion is None:
        return card.size
    return card.size + "  ·  " + alike_inside(card.cohesion)
