"""The small picture on the first page: three groups of comments on a map, drawn, not stored."""

import math
import random

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_SIZE = QSize(440, 110)
# centre x, centre y, spread, points, colour: soft colours that hold on a light and on a dark ground
_GROUPS = (
    (0.12, 0.55, 0.10, 46, "#4C8DD6"),
    (0.33, 0.40, 0.08, 38, "#E3863C"),
    (0.52, 0.62, 0.09, 52, "#3FA58C"),
    (0.71, 0.42, 0.07, 34, "#C9679B"),
    (0.88, 0.58, 0.09, 44, "#8C7BD0"),
)


class StarMap(QWidget):
    """A decoration: it says nothing that the words beside it do not say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(_SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._points = _points()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the points."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for place, radius, colour in self._points:
            painter.setBrush(colour)
            painter.drawEllipse(place, radius, radius)
        painter.end()


def _points() -> list[tuple[QPointF, float, QColor]]:
    chance = random.Random(11)  # noqa: S311 - a picture that is the same each time, not a secret
    points = []
    for x, y, spread, count, name in _GROUPS:
        for _number in range(count):
            angle, distance = chance.uniform(0, math.tau), abs(chance.gauss(0, 0.55)) * spread
            colour = QColor(name)
            colour.setAlphaF(max(0.25, 0.95 - 5 * distance))
            place = QPointF(
                _SIZE.width() * (x + math.cos(angle) * distance),
                _SIZE.height() * (y + math.sin(angle) * distance * 3),
            )
            points.append((place, chance.uniform(1.8, 3.4), colour))
    return points
