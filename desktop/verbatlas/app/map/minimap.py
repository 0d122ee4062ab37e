"""The whole map in a corner, with the part that is in view: nobody gets lost."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from verbatlas.app.map.camera import Bounds, Camera
from verbatlas.app.map.look import Dot
from verbatlas.app.map.palette import LIGHT, accent, background, faint_ink
from verbatlas.app.map.point_colours import PointColours
from verbatlas.app.map.point_store import PointStore
from verbatlas.app.map.renderer import Renderer, Sharpness
from verbatlas.words import gettext as _

SIZE = QSize(176, 120)
_MOST = 500_000
_DOT = Dot(0.7, 0.6)


def draw_minimap(
    renderer: Renderer, points: PointStore, colours: PointColours, *, scheme: str, ratio: float
) -> NDArray[np.uint32]:
    """Return the whole map in the size of the minimap: uint32, 0xffrrggbb."""
    camera = Camera.fitting(points.bounds, width=SIZE.width(), height=SIZE.height())
    sharpness = Sharpness(ratio, _MOST)
    return renderer.render(points, colours, camera, scheme=scheme, sharpness=sharpness, dot=_DOT)


class Minimap(QWidget):
    """Shows the whole and where the view is; a press moves the view there.

    Attributes:
        place_chosen: A place of the layout was pressed: x and y.
    """

    place_chosen = Signal(float, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("The whole map; press to go there"))
        self.setAccessibleName(_("The whole map"))
        self._image = QImage()
        self._pixels = np.zeros((0, 0), np.uint32)
        self._scheme = LIGHT
        self._camera = Camera.fitting(Bounds(0, 0, 1, 1), width=SIZE.width(), height=SIZE.height())
        self._view = Bounds(0, 0, 1, 1)

    def show_picture(self, pixels: NDArray[np.uint32], bounds: Bounds, *, scheme: str, ratio: float) -> None:
        """Show the picture of points that take up ``bounds``."""
        height, width = pixels.shape
        self._pixels, self._scheme = pixels, scheme
        self._image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(ratio)
        self._camera = Camera.fitting(bounds, width=SIZE.width(), height=SIZE.height())
        self.update()

    def show_view(self, view: Bounds) -> None:
        """Show which part is in view."""
        self._view = view
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where is pressed."""
        self._choose(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pressed pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the whole and the frame of the view."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(*background(self._scheme)))
        painter.drawImage(QPointF(0, 0), self._image)
        left, top = self._camera.to_pixels(self._view.left, self._view.top)
        right, bottom = self._camera.to_pixels(self._view.right, self._view.bottom)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(*accent(self._scheme)), 1.5))
        fill = QColor(*accent(self._scheme))
        fill.setAlphaF(0.12)
        painter.setBrush(fill)
        inner = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRect(QRectF(QPointF(left, top), QPointF(right, bottom)).intersected(inner))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = QColor(*faint_ink(self._scheme))
        edge.setAlphaF(0.4)
        painter.setPen(QPen(edge, 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _choose(self, event: QMouseEvent) -> None:
        if event.button() in {Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton}:
            place = event.position()
            self.place_chosen.emit(*self._camera.to_layout(place.x(), place.y()))
