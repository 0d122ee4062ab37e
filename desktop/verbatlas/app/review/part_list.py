"""The parts of the cluster that is reviewed: their comments, and a name for those that are something else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from verbatlas.app.elsewhere import Place
from verbatlas.app.review.part_entry import PartEntry
from verbatlas.app.review.part_view import PartView
from verbatlas.app.review.part_votes import Votes, likeliest, names_of
from verbatlas.words import ngettext


@dataclass(frozen=True, slots=True)
class PartCard:
    """One part, ready to be shown.

    Attributes:
        size: How many comments it has, in words.
        comments: Rows of some of them, with their beginnings.
        places: The clusters that it may belong to instead, the likeliest first.
        votes: The parts above it that say what it is, by their places from 0, and how strong the vote of each is.
        present: Its name now, where it is shown without its cluster; blank inside this.
    """

    size: str
    comments: tuple[tuple[int, str], ...]
    places: tuple[Place, ...]
    votes: Votes
    present: str = ""


class PartList(QWidget):
    """Show the parts of one cluster, one under the other.

    A part without an answer of its own is what most of the like parts above it are; the first is what the cluster is.

    Attributes:
        answered: What a part is has changed, a letter typed included.
        accepted: Enter was pressed in the name of a part: all of them are right now.
        document_chosen: Show this comment (its row) in full.
        more_asked: Show further parts.
        shown: Other parts are shown, or more of them.
    """

    answered = Signal()
    accepted = Signal()
    document_chosen = Signal(object)
    more_asked = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._votes: tuple[Votes, ...] = ()
        self.parts: tuple[PartView, ...] = ()
        self._total = 0
        self._marked: frozenset[int] = frozenset()
        self.more = QPushButton()
        self.more.hide()
        self.more.clicked.connect(self.more_asked)
        self._column.addWidget(self.more)

    @property
    def names(self) -> list[str]:
        """What each part is called; blank where it is what the cluster is."""
        return names_of([part.answer for part in self.parts], self._votes)

    def show_parts(self, cards: Sequence[PartCard], *, total: int) -> None:
        """Show these parts, all of them what the cluster is; ``total`` is how many there are."""
        for part in self.parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._votes, self.parts, self._marked = (), (), frozenset()
        self.add_parts(cards, total=total)

    def add_parts(self, cards: Sequence[PartCard], *, total: int) -> None:
        """Show these parts under the others."""
        self._votes += tuple(card.votes for card in cards)
        first = len(self.parts)
        new = tuple(
            PartView(number, card.size, card.comments, card.places, present=card.present)
            for number, card in enumerate(cards, start=first + 1)
        )
        self.parts += new
        for place, part in enumerate(new, start=first):
            self._column.insertWidget(place, part)
            part.name.returnPressed.connect(self.accepted)
            part.comments.chosen.connect(self.document_chosen)
            part.answered.connect(self._pass_on)
            part.answered.connect(self.answered)
            part.named.connect(self._offer)
        self._total, left = total, total - len(self.parts)
        self.more.setText(ngettext("Show {n} more part", "Show {n} more parts", left).format(n=f"{left:,}"))
        self.more.setVisible(left > 0)
        self._pass_on()
        self.setVisible(bool(self.parts))
        self.shown.emit()

    def mark(self, numbers: Collection[int]) -> None:
        """Mark the parts with these numbers, of which a person is typing what they are."""
        wanted = frozenset(number for number in numbers if 1 <= number <= len(self.parts))
        for number in self._marked ^ wanted:
            self.parts[number - 1].mark(is_meant=number in wanted)
        self._marked = wanted

    def has(self, entry: PartEntry) -> bool:
        """Whether all parts that are named are shown."""
        return entry.missing(len(self.parts)) is None

    def words_of(self, entry: PartEntry) -> str:
        """Return what entering it does, or why it does nothing."""
        return entry.words(n_shown=len(self.parts), total=self._total)

    def answer(self, entry: PartEntry) -> PartView:
        """Name parts; a blank name takes their own ones back. Returns the last of them."""
        named = [self.parts[number - 1] for number in entry.numbers]
        for part in named:
            with QSignalBlocker(part):  # what it says is passed on once for all of them
                part.give(entry.name or None)
        if entry.name:
            self._offer(entry.name)
        self._pass_on()
        self.answered.emit()
        return named[-1]

    def _pass_on(self) -> None:
        """Let every part show what it is until it has an answer of its own."""
        names = self.names
        for part, votes in zip(self.parts, self._votes, strict=True):
            name, place = likeliest(names, votes)
            if place >= 0:
                part.show_likeliest(name, like=place + 1)

    def _offer(self, name: str) -> None:
        """Offer a name given to one part for the others too."""
        for part in self.parts:
            part.offer(Place(-1, name, QColor(Qt.GlobalColor.transparent)))
