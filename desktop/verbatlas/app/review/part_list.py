"""The parts of the cluster that is reviewed: their comments, and a name for those that are something else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from verbatlas.app.card.typical_list import TypicalList
from verbatlas.app.elsewhere import Place, place_button
from verbatlas.app.flow_layout import FlowLayout
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _


@dataclass(frozen=True, slots=True)
class PartCard:
    """One part, ready to be shown.

    Attributes:
        size: How many comments it has, in words.
        comments: Rows of some of them, with their beginnings.
        places: The clusters that it may belong to instead, the likeliest first.
    """

    size: str
    comments: tuple[tuple[int, str], ...]
    places: tuple[Place, ...]


class PartList(QWidget):
    """Show the parts of one cluster, one under the other.

    Attributes:
        accepted: Enter was pressed in the name of a part: all of them are right now.
        document_chosen: Show this comment (its row) in full.
    """

    accepted = Signal()
    document_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self.parts: tuple[PartView, ...] = ()

    @property
    def names(self) -> list[str]:
        """What each part is called; blank where it is what the cluster is."""
        return [part.name.text() for part in self.parts]

    def show_parts(self, cards: Sequence[PartCard]) -> None:
        """Show these parts, all of them what the cluster is."""
        for part in self.parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts = tuple(PartView(card, number) for number, card in enumerate(cards, start=1))
        for part in self.parts:
            self._column.addWidget(part)
            part.name.returnPressed.connect(self.accepted)
            part.comments.chosen.connect(self.document_chosen)
            part.named.connect(partial(self._on_named, part))
        self.setVisible(bool(cards))

    def _on_named(self, named: "PartView", name: str) -> None:
        """Offer a name given to one part for the others too."""
        for part in self.parts:
            if part is not named:
                part.offer(Place(-1, name, QColor(Qt.GlobalColor.transparent)))


class PartView(QWidget):
    """One part.

    Attributes:
        named: It has got a name of its own.
    """

    named = Signal(str)

    def __init__(self, card: PartCard, number: int) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.name.setObjectName("part_name")
        self.name.setPlaceholderText(_("the same"))
        self.name.setClearButtonEnabled(True)
        self.name.setAccessibleName(_("Name of part {number}, if it is something else").format(number=number))
        self.comments = TypicalList(_("Comments of part {number}").format(number=number))
        self.comments.show_comments(card.comments)
        self.buttons: dict[str, QPushButton] = {}
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(words_label("section", text=card.size))
        head.addWidget(self.name, 1)
        places = QWidget()
        self._flow = FlowLayout(places)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(places)
        column.addWidget(self.comments)
        for place in card.places:
            self.offer(place)
        self.name.editingFinished.connect(self._on_edited)

    def offer(self, place: Place) -> None:
        """Offer one more name, unless it is offered already."""
        key = place.name.casefold()
        if key not in self.buttons:
            self.buttons[key] = place_button(place, _("This part is '{name}'").format(name=place.name))
            self.buttons[key].clicked.connect(partial(self._on_pressed, place.name))
            self._flow.addWidget(self.buttons[key])

    def _on_pressed(self, name: str) -> None:
        self.name.setText("" if self.name.text() == name else name)
        self._on_edited()

    def _on_edited(self) -> None:
        if name := self.name.text().strip():
            self.named.emit(name)
