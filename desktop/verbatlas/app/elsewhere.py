"""Where else a comment may belong: a few clusters, each a press away."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from verbatlas.app.flow_layout import FlowLayout
from verbatlas.app.icons import dot
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _

_LONGEST = 28


@dataclass(frozen=True, slots=True)
class Place:
    """A cluster to which a comment may belong."""

    cluster: int
    name: str
    colour: QColor


class Elsewhere(QWidget):
    """Offer other clusters for one comment; hidden while none is known.

    Attributes:
        chosen: The comment belongs to this cluster.
        other_asked: It belongs to one that is not offered.
    """

    chosen = Signal(int)
    other_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QPushButton] = []
        places = QWidget()
        self._flow = FlowLayout(places)
        self._other = QPushButton(_("Another…"))
        self._other.clicked.connect(self.other_asked)
        self._flow.addWidget(self._other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(words_label("section", text=_("Belongs elsewhere?")))
        column.addWidget(places)
        self.hide()

    def offer(self, places: Sequence[Place]) -> None:
        """Offer these clusters, the likeliest first."""
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(place) for place in places]
        for position, button in enumerate(self._buttons):
            self._flow.insert(position, button)
            button.show()
        # With Tab too they come first; what is made later would else come after all that is in the window.
        for before, button in pairwise((self._other, *self._buttons)):
            QWidget.setTabOrder(before, button)
        if self._buttons:
            QWidget.setTabOrder(self._buttons[-1], self._other)
        self.setVisible(bool(places))

    def _button(self, place: Place) -> QPushButton:
        button = place_button(place, _("Move this comment to '{name}'").format(name=place.name))
        button.clicked.connect(partial(self.chosen.emit, place.cluster))
        return button


def place_button(place: Place, words: str) -> QPushButton:
    """Return a button with a cluster's colour and name; ``words`` say what a press does."""
    short = place.name if len(place.name) <= _LONGEST else place.name[: _LONGEST - 1] + "…"
    button = QPushButton(short.replace("&", "&&"))
    button.setProperty("kind", "place")
    button.setIcon(dot(place.colour))
    button.setToolTip(words)
    button.setAccessibleName(words)
    return button
