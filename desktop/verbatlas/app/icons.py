"""Line icons in the colour of the text around them, sharp at any scale."""

from functools import cache

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from verbatlas.resources import resource

_SIZES = (16, 20, 24, 32, 48, 64)
_AROUND_DOT = QMarginsF(10, 10, 10, 10)  # in the largest of these sizes


def icon(name: str) -> QIcon:
    """Return the icon called ``name`` in the colours of the application's palette.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    found = QIcon()
    palette = QApplication.palette()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        colour = palette.color(group, QPalette.ColorRole.ButtonText)
        if mode == QIcon.Mode.Disabled:
            colour.setAlphaF(0.45)
        for shape in _shapes(name):
            found.addPixmap(_coloured(shape, colour), mode)
    return found


def dot(colour: QColor) -> QIcon:
    """Return a dot of this colour, in a selected line too: what stands for a cluster or a value beside its name."""
    image = QImage(QSize(_SIZES[-1], _SIZES[-1]), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(image.rect()).marginsRemoved(_AROUND_DOT))
    painter.end()
    found = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        found.addPixmap(QPixmap.fromImage(image), mode)
    return found


def app_icon() -> QIcon:
    """Return the mark of the program."""
    found = QIcon()
    drawing = QSvgRenderer(str(resource("icons", "verbatlas.svg")))
    for size in (*_SIZES, 128, 256):
        found.addPixmap(QPixmap.fromImage(_drawn(drawing, size)))
    return found


@cache
def _shapes(name: str) -> tuple[QImage, ...]:
    """Return a line icon in all sizes; drawing them takes milliseconds, colouring what was drawn hardly anything."""
    drawing = QSvgRenderer(str(resource("icons", f"{name}.svg")))
    return tuple(_drawn(drawing, size) for size in _SIZES)


def _drawn(drawing: QSvgRenderer, size: int) -> QImage:
    image = QImage(QSize(size, size), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    return image


def _coloured(shape: QImage, colour: QColor) -> QPixmap:
    image = shape.copy()
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(image.rect(), colour)
    painter.end()
    return QPixmap.fromImage(image)
