"""Line icons in the colour of the text around them, sharp at any scale."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from verbatlas.resources import resource

_SIZES = (16, 20, 24, 32, 48, 64)


def icon(name: str) -> QIcon:
    """Return the icon called ``name`` in the colours of the application's palette.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    found = QIcon()
    palette = QApplication.palette()
    for mode, group in (
        (QIcon.Mode.Normal, QPalette.ColorGroup.Active),
        (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled),
    ):
        colour = palette.color(group, QPalette.ColorRole.ButtonText)
        if mode == QIcon.Mode.Disabled:
            colour.setAlphaF(0.45)
        for size in _SIZES:
            found.addPixmap(_drawn(drawing, colour.name(), size, opacity=colour.alphaF()), mode)
    return found


def app_icon() -> QIcon:
    """Return the mark of the program."""
    found = QIcon()
    drawing = resource("icons", "verbatlas.svg").read_text(encoding="utf-8")
    for size in (*_SIZES, 128, 256):
        found.addPixmap(_drawn(drawing, "#000000", size))
    return found


def _drawn(drawing: str, colour: str, size: int, *, opacity: float = 1.0) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode())).render(painter)
    painter.end()
    return pixmap
