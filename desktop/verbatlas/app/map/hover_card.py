"""The card beside the pointer: the comment, its cluster, and how clearly it belongs there."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from verbatlas.amounts import strength_in_words
from verbatlas.words import gettext as _

_WIDTH = 340
_LONGEST = 300
_OFFSET = 18


@dataclass(frozen=True, slots=True)
class Hovered:
    """What the card says.

    Attributes:
        text: The comment.
        cluster: The cluster's name; blank for none.
        colour: The cluster's colour, ``#rrggbb``.
        strength: 0..1.
    """

    text: str
    cluster: str
    colour: str
    strength: float


class HoverCard(QFrame):
    """A small card over the map; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hover_card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(_WIDTH)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._cluster = QLabel()
        self._cluster.setTextFormat(Qt.TextFormat.RichText)
        self._cluster.setWordWrap(True)
        self._fit = QLabel()
        self._fit.setProperty("role", "secondary")
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for label in (self._text, self._cluster, self._fit):
            column.addWidget(label)
        self.hide()

    def show_near(self, hovered: Hovered, place: QPoint, room: QRect) -> None:
        """Show what is hovered beside ``place``, wholly inside ``room``."""
        text = " ".join(hovered.text.split())
        self._text.setText(breakable(text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"))
        name = _escaped(hovered.cluster or _("No cluster"))
        self._cluster.setText(f'<span style="color:{hovered.colour}">●</span>&nbsp; <b>{name}</b>')
        self._fit.setText(strength_in_words(hovered.strength) if hovered.cluster else "")
        self._fit.setVisible(bool(hovered.cluster))
        self.setFixedHeight(self._column.heightForWidth(_WIDTH))
        left = place.x() + _OFFSET
        if left + _WIDTH > room.right():
            left = place.x() - _OFFSET - _WIDTH
        top = min(place.y() + _OFFSET, room.bottom() - self.height())
        self.move(max(room.left(), left), max(room.top(), top))
        self.raise_()
        self.show()


def breakable(text: str) -> str:
    """Return ``text`` with places to break in words of a length that no line holds."""
    return " ".join(
        "\u200b".join(word[start : start + 30] for start in range(0, len(word), 30)) if len(word) > 40 else word
        for word in text.split(" ")
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
