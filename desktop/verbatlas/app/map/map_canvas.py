"""The surface of the map: shows what the worker drew, wherever the camera has moved meanwhile, and takes gestures."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from verbatlas.app.map.camera import Bounds, Camera
from verbatlas.app.map.frame import Frame, Wish, draw_frame
from verbatlas.app.map.labels import Anchor, place_labels
from verbatlas.app.map.overlay import MapOverlay
from verbatlas.app.map.palette import LIGHT, background
from verbatlas.app.map.picking import documents_inside, nearest_document
from verbatlas.app.map.point_colours import PointColours
from verbatlas.app.map.point_store import PointStore, are_placed
from verbatlas.app.map.render_worker import Kind, RenderWorker
from verbatlas.app.map.renderer import Sharpness

_MARGIN = 0.12  # of the view, drawn beyond its edges: a drag shows ground that is there already
_GRID = 4  # pixels; margins are multiples, so that pictures meet the pixels of every usual scale
_CALM = 90  # ms after the last movement until everything is drawn
_FEW = 60_000  # points that are drawn fully while moving too
_MOVING_MOST = 500_000
_MOST_LABELS = 60
_REACH = 12.0  # pixels between pointer and point


class MapCanvas(QWidget):
    """Show points through a camera.

    Attributes:
        camera_moved: Another part of the layout is in view.
        points_placed: The points can be drawn, found and chosen now.
        drawn: A picture with all points of the view is on the screen.
    """

    camera_moved = Signal()
    points_placed = Signal()
    drawn = Signal()

    def __init__(self, worker: RenderWorker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.overlay = MapOverlay(self.font())
        self.points: PointStore | None = None
        self.colours: PointColours | None = None
        self._worker = worker
        self._kernels: ModuleType | None = None
        self._scheme = LIGHT
        self._layout = np.zeros((0, 2), np.float32)
        self._bounds = Bounds.of(self._layout)
        self._camera = Camera.fitting(self._bounds, width=1, height=1)
        self._is_fitted = True
        self._frame: Frame | None = None
        self._wish: Wish | None = None
        self._image = QImage()
        self.inset = 0.0  # pixels at the top that something else covers: no point of the whole map lies there
        self._anchors: Sequence[Anchor] = ()
        self._names: Mapping[int, str] = {}
        self._are_labels_old = True
        self._calm = QTimer(self, singleShot=True, interval=_CALM)
        self._calm.timeout.connect(partial(self._ask, is_moving=False))
        worker.done.connect(self._on_done)
        worker.compiled.connect(self._on_compiled)

    @property
    def camera(self) -> Camera:
        """What is in view."""
        return self._camera

    @property
    def is_everything_in_view(self) -> bool:
        """Whether the whole layout can be seen."""
        return self._camera.bounds.contains(self._bounds)

    def show_layout(self, layout: NDArray[np.float32]) -> None:
        """Show another layout, the whole of it; it appears when its points are sorted."""
        self._layout = layout
        placed = are_placed(layout)
        self._bounds = Bounds.of(layout if placed.all() else layout[placed])
        self.points = self._frame = None
        self._image = QImage()
        self._anchors = ()
        self.fit()
        self._worker.ask(Kind.PLACE, lambda _renderer: (layout, PointStore(layout)))

    def show_colours(self, colours: PointColours) -> None:
        """Show the points in other colours."""
        self.colours = colours
        self._ask(is_moving=False)

    def show_names(self, anchors: Sequence[Anchor], names: Mapping[int, str], *, alone: Collection[int]) -> None:
        """Show the clusters' names; those of other clusters than ``alone`` are faint, if there are any."""
        self._anchors, self._names, self.overlay.alone = anchors, names, alone
        self._are_labels_old = True
        self.update()

    def use_scheme(self, scheme: str) -> None:
        """Show the map of the ``light`` or the ``dark`` theme."""
        self._scheme = self.overlay.scheme = scheme
        self._frame = None  # of the other theme
        self._ask(is_moving=False)
        self.update()

    def look(self, camera: Camera, *, is_fitted: bool = False) -> None:
        """Look at another part of the layout."""
        self._camera, self._is_fitted = camera, is_fitted
        self._are_labels_old = True
        self._ask(is_moving=True)
        self._calm.start()
        self.camera_moved.emit()
        self.update()

    def fit(self) -> None:
        """Bring all points into view."""
        fitted = Camera.fitting(self._bounds, width=self.width(), height=self.height() - self.inset)
        self.look(fitted.resized(self.width(), self.height()).panned(0, self.inset / 2), is_fitted=True)

    def document_at(self, place: QPointF) -> int | None:
        """Return the row of the point at ``place`` in pixels, or None."""
        if self.points is None:
            return None
        x, y = self._camera.to_layout(place.x(), place.y())
        return nearest_document(self.points, x, y, within=_REACH / self._camera.scale)

    def documents_in(self, shape: Sequence[QPointF]) -> NDArray[np.bool_]:
        """Return which documents are drawn inside a shape in pixels: bool, shape (n_documents,)."""
        if self.points is None:
            return np.zeros(len(self._layout), np.bool_)
        corners = np.array([self._camera.to_layout(corner.x(), corner.y()) for corner in shape], np.float64)
        return documents_inside(self.points, corners.reshape(-1, 2), kernels=self._kernels)

    def place_of(self, row: int | None) -> QPointF | None:
        """Return where a document is drawn, in pixels of this widget; None if it is not placed."""
        if row is None or not 0 <= row < len(self._layout) or not np.isfinite(self._layout[row]).all():
            return None
        x, y = self._layout[row].tolist()
        return QPointF(*self._camera.to_pixels(x, y))

    def bring_into_view(self, row: int | None) -> None:
        """Move the map only if the document is out of sight."""
        place = self.place_of(row)
        if place is not None and not self.rect().contains(place.toPoint()):
            x, y = self._layout[row].tolist()
            self.look(self._camera.centred(x, y))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole in view if it was, and the middle otherwise."""
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()
        else:
            self.look(self._camera.resized(self.width(), self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Show the last picture where its part of the layout is now, and names over it."""
        painter = QPainter(self)
        if self._frame is None or not self._covers(self._frame):
            painter.fillRect(self.rect(), QColor(*background(self._scheme)))
        if self._frame is not None:
            self._paint_frame(painter, self._frame)
        if self._are_labels_old:
            self._place_labels()
        self.overlay.paint(painter, ratio=self.devicePixelRatioF())
        painter.end()

    def _covers(self, frame: Frame) -> bool:
        """Return whether a picture leaves nothing of the view bare."""
        return frame.wish.camera.bounds.contains(self._camera.bounds)

    def _paint_frame(self, painter: QPainter, frame: Frame) -> None:
        then, now = frame.wish.camera, self._camera
        left, top = now.to_pixels(*then.to_layout(0, 0))
        factor = now.scale / then.scale
        if abs(factor - 1) < 1e-9:
            ratio = frame.wish.sharpness.ratio
            # On whole device pixels: between them the picture would be blurred.
            painter.drawImage(QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio), self._image)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(left, top, then.width * factor, then.height * factor), self._image)

    def _place_labels(self) -> None:
        shown = {label.cluster for label in self.overlay.labels}
        self.overlay.labels = place_labels(
            self._anchors,
            self._names,
            camera=self._camera,
            measure=self.overlay.measure,
            most=_MOST_LABELS,
            shown=shown,
            first=self.overlay.alone,
        )
        self._are_labels_old = False

    def _ask(self, *, is_moving: bool) -> None:
        if self.points is None or self.colours is None or not self.width() or not self.height():
            return
        ratio = self.devicePixelRatioF()
        sharpness = Sharpness(ratio)
        if is_moving and self.points.n_points > _FEW:
            sharpness = Sharpness(1.0, _MOVING_MOST)
        margin = np.ceil(max(self.width(), self.height()) * _MARGIN / _GRID) * _GRID
        self._wish = wish = Wish(
            self.points, self.colours, self._camera.widened(float(margin)), self._scheme, sharpness
        )
        self._worker.ask(Kind.DRAW, lambda renderer: draw_frame(renderer, wish))

    def _on_done(self, kind: Kind, result: object) -> None:
        match kind, result:
            case Kind.PLACE, (layout, PointStore() as points):
                if layout is self._layout:
                    self.points = points
                    self._ask(is_moving=False)
                    self.points_placed.emit()
            case Kind.DRAW, Frame() as frame:
                self._show_frame(frame)

    def _show_frame(self, frame: Frame) -> None:
        if frame.wish.points is not self.points or frame.wish.scheme != self._scheme:
            return
        before, self._frame = self._frame, frame
        height, width = frame.image.shape
        self._image = QImage(frame.image.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(frame.wish.sharpness.ratio)
        if before is not None:
            self._worker.recycle(before.image)
        self.update()
        if frame.wish is self._wish and frame.is_complete and frame.wish.sharpness.most is None:
            self.drawn.emit()

    def _on_compiled(self, kernels: ModuleType) -> None:
        self._kernels = kernels
        if self._frame is not None and not self._frame.is_complete:
            self._ask(is_moving=False)
