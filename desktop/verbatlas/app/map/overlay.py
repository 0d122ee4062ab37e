"""What is drawn over the points: the clusters' names, rings round comments, the shape that is being drawn."""

import math
from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from verbatlas.app.map.labels import PlacedLabel
from verbatlas.app.map.palette import accent, background, ink

_HALO = 4.0
_AROUND = 12
_SHIFTS = tuple(
    QPointF(_HALO / 2 * math.cos(angle), _HALO / 2 * math.sin(angle))
    for angle in (2 * math.pi * step / _AROUND for step in range(_AROUND))
)
_MOST_KEPT = 600
_HOVER_PEN, _SELECTED_PEN = 1.5, 2.5


class MapOverlay:
    """Draws over the points of one map.

    Args:
        font: The window's font; names are written in a bolder one.
    """

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._metrics: dict[int, QFontMetricsF] = {}
        self._widths: dict[tuple[str, int], tuple[float, float]] = {}
        self._lettered: dict[tuple[str, int, str, float], QPixmap] = {}
        self.scheme = "light"
        self.labels: Sequence[PlacedLabel] = ()
        self.alone: Collection[int] = ()
        self.hovered: QPointF | None = None
        self.selected: QPointF | None = None
        self.ring = 9.0
        self.shape: Sequence[QPointF] = ()

    def measure(self, text: str, size: int) -> tuple[float, float]:
        """Return width and height of a name with its halo, in pixels."""
        key = (text, size)
        if key not in self._widths:
            if size not in self._metrics:
                self._metrics[size] = QFontMetricsF(self._label_font(size))
            metrics = self._metrics[size]
            self._widths[key] = (metrics.horizontalAdvance(text) + 2 * _HALO, metrics.height() + 2)
        return self._widths[key]

    def paint(self, painter: QPainter, *, ratio: float) -> None:
        """Draw everything; ``ratio`` is device pixels per logical pixel."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ring(painter, self.hovered, _HOVER_PEN)
        self._paint_ring(painter, self.selected, _SELECTED_PEN)
        for label in self.labels:
            painter.setOpacity(1.0 if not self.alone or label.cluster in self.alone else 0.25)
            painter.drawPixmap(QPointF(label.left, label.top), self._lettering(label, ratio))
        painter.setOpacity(1.0)
        self._paint_shape(painter)

    def _label_font(self, size: int) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _paint_ring(self, painter: QPainter, place: QPointF | None, width: float) -> None:
        if place is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, pen_width in ((background(self.scheme), width + 2), (ink(self.scheme), width)):
            painter.setPen(QPen(QColor(*colour), pen_width))
            painter.drawEllipse(place, self.ring, self.ring)

    def _paint_shape(self, painter: QPainter) -> None:
        if len(self.shape) < 2:
            return
        line, fill = QColor(*accent(self.scheme)), QColor(*accent(self.scheme))
        fill.setAlphaF(0.12)
        painter.setPen(QPen(line, 1.5))
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(list(self.shape)))

    def _lettering(self, label: PlacedLabel, ratio: float) -> QPixmap:
        """Return a name with its halo, drawn once: it takes about a millisecond."""
        key = (label.text, label.text_size, self.scheme, ratio)
        if key not in self._lettered:
            if len(self._lettered) > _MOST_KEPT:
                self._lettered.clear()
            pixmap = QPixmap(math.ceil(label.width * ratio), math.ceil(label.height * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._letter(painter, label)
            painter.end()
            self._lettered[key] = pixmap
        return self._lettered[key]

    def _letter(self, painter: QPainter, label: PlacedLabel) -> None:
        """Write the halo as the name shifted all around: like its outline stroked, in a tenth of the time."""
        painter.setFont(self._label_font(label.text_size))
        place = QPointF(_HALO, label.height * 0.74)
        painter.setPen(QColor(*background(self.scheme)))
        for shift in _SHIFTS:
            painter.drawText(place + shift, label.text)
        painter.setPen(QColor(*ink(self.scheme)))
        painter.drawText(place, label.text)
