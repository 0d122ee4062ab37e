"""What is drawn over the points: the clusters' names, and rings round the hovered and the selected comment."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from verbatlas.app.map.labels import PlacedLabel
from verbatlas.app.map.palette import background, ink

_HALO = 4.0
_RING = 9.0
_MOST_KEPT = 400


class MapOverlay(QWidget):
    """Lets the mouse through and draws what it is given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._labels: Sequence[PlacedLabel] = ()
        self._alone: int | None = None
        self._rings: tuple[QPointF | None, QPointF | None] = (None, None)
        self._scheme = "light"
        self._drawn: dict[tuple[str, str, float], QPixmap] = {}

    def label_font(self) -> QFont:
        """Return the font of the names."""
        font = QFont(self.font())
        font.setPixelSize(13)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def show_labels(self, labels: Sequence[PlacedLabel], *, alone: int | None, scheme: str) -> None:
        """Show names; those of other clusters than ``alone`` are faint."""
        self._labels, self._alone, self._scheme = labels, alone, scheme
        self.update()

    def show_rings(self, hovered: QPointF | None, selected: QPointF | None) -> None:
        """Show a ring round the hovered and one round the selected comment."""
        if (hovered, selected) != self._rings:
            self._rings = (hovered, selected)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw rings and names."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_rings(painter)
        for label in self._labels:
            painter.setOpacity(1.0 if self._alone in (None, label.cluster) else 0.25)
            self._draw_label(painter, label)
        painter.end()

    def _draw_rings(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, width in zip(self._rings, (1.5, 2.5), strict=True):
            if place is not None:
                for colour, pen_width in ((background(self._scheme), width + 2), (ink(self._scheme), width)):
                    painter.setPen(QPen(QColor(*colour), pen_width))
                    painter.drawEllipse(place, _RING, _RING)

    def _draw_label(self, painter: QPainter, label: PlacedLabel) -> None:
        painter.drawPixmap(QPointF(label.left, label.top), self._lettered(label))

    def _lettered(self, label: PlacedLabel) -> QPixmap:
        """Return a name with its halo, drawn once: stroking its outline takes a millisecond or two."""
        ratio = self.devicePixelRatioF()
        key = (label.text, self._scheme, ratio)
        if key not in self._drawn:
            if len(self._drawn) > _MOST_KEPT:
                self._drawn.clear()
            pixmap = QPixmap(math.ceil(label.width * ratio), math.ceil(label.height * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._letter(painter, label)
            painter.end()
            self._drawn[key] = pixmap
        return self._drawn[key]

    def _letter(self, painter: QPainter, label: PlacedLabel) -> None:
        path = QPainterPath()
        path.addText(QPointF(_HALO, label.height * 0.74), self.label_font(), label.text)
        halo = QColor(*background(self._scheme))
        halo.setAlphaF(0.92)
        painter.strokePath(
            path, QPen(halo, _HALO, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.fillPath(path, QColor(*ink(self._scheme)))
