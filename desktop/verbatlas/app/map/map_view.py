"""The map: pan, zoom, hover, click, and names that never cover one another."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from verbatlas.app.map.hover_card import HoverCard, Hovered
from verbatlas.app.map.labels import Anchor, anchors, place_labels
from verbatlas.app.map.nearest import nearest_point
from verbatlas.app.map.overlay import MapOverlay
from verbatlas.app.map.palette import LIGHT, background, cluster_colour, noise_colour
from verbatlas.app.map.points_item import PointsItem
from verbatlas.words import gettext as _

_REACH = 12.0  # pixels between pointer and point
_STEP = 0.2  # of the visible width, for an arrow key
_ZOOM = 0.7
_MOST_LABELS = 40
_CLICK_SLACK = 4  # pixels that a click may wander without being a drag


class MapView(QWidget):
    """Show every document as a point.

    Attributes:
        document_clicked: A point was clicked (its row), or the ground (None).
        document_hovered: The pointer is over a point (its row), or over none (None).
    """

    document_clicked = Signal(object)
    document_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Map of the comments"))
        self._rows = np.zeros(0, np.int64)
        self._points = np.zeros((0, 2), np.float32)
        self._members = np.zeros(0, np.int32)
        self._strengths: NDArray[np.float32] = np.zeros(0, np.float32)
        self._documents: Sequence[str] = ()
        self._names: Mapping[int, str] = {}
        self._colours: Mapping[int, int] = {}
        self._anchors: list[Anchor] = []
        self._scheme = LIGHT
        self._alone: int | None = None
        self._selected: int | None = None
        self._hovered: int | None = None
        self._pressed_at: QPoint | None = None
        self._plot = self._make_plot()
        self._item = PointsItem()
        self._plot.addItem(self._item)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        # After the drawing, so that they lie above it.
        self._overlay = MapOverlay(self)
        self._card = HoverCard(self)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._place_overlay)
        self._plot.viewport().setMouseTracking(True)
        self._plot.viewport().installEventFilter(self)
        self._box.sigRangeChanged.connect(self._settle.start)

    def _make_plot(self) -> pyqtgraph.PlotWidget:
        plot = pyqtgraph.PlotWidget(enableMenu=False)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.hideAxis("left")
        plot.hideAxis("bottom")
        plot.hideButtons()
        plot.setFrameShape(pyqtgraph.QtWidgets.QFrame.Shape.NoFrame)
        self._box = plot.getViewBox()
        self._box.setAspectLocked(True)
        self._box.setDefaultPadding(0.06)
        return plot

    def set_points(
        self,
        layout: NDArray[np.float32],
        members: NDArray[np.int32],
        *,
        names: Mapping[int, str],
        colours: Mapping[int, int],
        documents: Sequence[str] = (),
        strengths: NDArray[np.float32] | None = None,
    ) -> None:
        """Show a layout and its clusters; the whole of it is in view then.

        Args:
            layout: float32, shape (n_documents, 2); documents with NaN or infinity are not placed.
            members: int32, shape (n_documents,): cluster ids, -1 for noise.
            names: The clusters' names, by id.
            colours: Their palette slots, by id.
            documents: Their texts, for the card at the pointer.
            strengths: float32, shape (n_documents,), for the card.
        """
        self._rows = np.flatnonzero(np.isfinite(layout).all(axis=1))
        self._points = layout[self._rows]
        self._documents = documents
        self._selected = self._hovered = None
        self._card.hide()
        self._item.show_points(self._points, members[self._rows])
        self.set_clusters(members, names=names, colours=colours, strengths=strengths)
        self.fit()

    def set_clusters(
        self,
        members: NDArray[np.int32],
        *,
        names: Mapping[int, str],
        colours: Mapping[int, int],
        strengths: NDArray[np.float32] | None = None,
    ) -> None:
        """Show other clusters of the same layout; what is in view stays so."""
        self._members = members[self._rows]
        self._strengths = np.ones(len(members), np.float32) if strengths is None else strengths
        self._colours = colours
        if self._alone not in names:
            self._alone = None
        self._item.follow_members(self._members)
        self._anchors = anchors(self._points, self._members)
        self._paint()
        self.set_names(names)

    def set_names(self, names: Mapping[int, str]) -> None:
        """Show other names of the same clusters."""
        self._names = names
        self._place_overlay()

    def use_scheme(self, scheme: str) -> None:
        """Show the map of the ``light`` or the ``dark`` theme."""
        self._scheme = scheme
        self._plot.setBackground(QColor(*background(scheme)))
        self._paint()
        self._place_overlay()

    def highlight(self, cluster: int | None) -> None:
        """Dim all clusters but one; None lights all of them."""
        if cluster != self._alone:
            self._alone = cluster
            self._paint()
            self._place_overlay()

    def select_document(self, row: int | None) -> None:
        """Mark one document; move the map only if it is out of sight."""
        self._selected = row
        place = self._place_of(row)
        if place is not None and row is not None and not self.rect().contains(place.toPoint()):
            x, y = self._points[np.searchsorted(self._rows, row)]
            (left, right), (low, high) = self._box.viewRange()
            self._box.translateBy(x=float(x) - (left + right) / 2, y=float(y) - (low + high) / 2)
        self._place_overlay()

    def fit(self) -> None:
        """Bring all points into view."""
        if not len(self._points):
            return
        low, high = self._points.min(axis=0), self._points.max(axis=0)
        # One point, or many in one place, have no extent of their own.
        margin = np.maximum(0.5 - (high - low) / 2, 0)
        low, high = low - margin, high + margin
        self._box.setRange(xRange=(float(low[0]), float(high[0])), yRange=(float(low[1]), float(high[1])))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Scale what is in view; below 1 brings it nearer.

        Args:
            factor: By how much.
            at: What stays where it is, in pixels; the middle if not given.
        """
        place = QPointF(self.rect().center()) if at is None else at
        self._box.scaleBy((factor, factor), center=self._box.mapSceneToView(place))

    def document_at(self, place: QPointF) -> int | None:
        """Return the row of the point at ``place`` in pixels, or None."""
        pixel = max(abs(size) for size in self._box.viewPixelSize()) if len(self._points) else 0.0
        where = self._box.mapSceneToView(place)
        found = nearest_point(self._points, where.x(), where.y(), within=_REACH * pixel)
        return None if found is None else int(self._rows[found])

    @property
    def hovered(self) -> int | None:
        """The row of the document under the pointer."""
        return self._hovered

    def visible_extent(self) -> float:
        """Return how many layout units fit into the width of the map."""
        left, right = self._box.viewRange()[0]
        return float(right - left)

    def place_of(self, row: int) -> QPointF | None:
        """Return where a document is drawn, in pixels of this widget; None if it is not placed."""
        return self._place_of(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom by plus and minus, pan by arrows, F fits, Escape selects nothing."""
        key = event.key()
        steps = {
            Qt.Key.Key_Left: (-_STEP, 0.0),
            Qt.Key.Key_Right: (_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, _STEP),
            Qt.Key.Key_Down: (0.0, -_STEP),
        }
        if key in steps:
            (left, right), (low, high) = self._box.viewRange()
            dx, dy = steps[Qt.Key(key)]
            self._box.translateBy(x=dx * (right - left), y=dy * (high - low))
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(_ZOOM)
        elif key in {Qt.Key.Key_Minus, Qt.Key.Key_Underscore}:
            self.zoom(1 / _ZOOM)
        elif key == Qt.Key.Key_F and not event.modifiers():
            self.fit()
        elif key == Qt.Key.Key_Escape:
            self.document_clicked.emit(None)
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overlay over the whole map."""
        super().resizeEvent(event)
        self._overlay.setGeometry(self.rect())
        self._settle.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer over the drawing; panning and the wheel are pyqtgraph's."""
        if isinstance(event, QMouseEvent):
            self._on_mouse(event)
            if event.type() == QEvent.Type.MouseButtonDblClick:
                self.zoom(_ZOOM * _ZOOM, event.position())
                return True
        elif event.type() == QEvent.Type.Leave:
            self._hover(None, QPoint())
        return super().eventFilter(watched, event)

    def _on_mouse(self, event: QMouseEvent) -> None:
        place = event.position()
        if event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._pressed_at = place.toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        elif event.type() == QEvent.Type.MouseMove:
            is_dragging = bool(event.buttons())
            self._hover(None if is_dragging else self.document_at(place), place.toPoint())
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed_at is not None:
            wandered = (place.toPoint() - self._pressed_at).manhattanLength()
            self._pressed_at = None
            if wandered <= _CLICK_SLACK:
                self.document_clicked.emit(self.document_at(place))

    def _hover(self, row: int | None, place: QPoint) -> None:
        if row != self._hovered:
            self._hovered = row
            self.document_hovered.emit(row)
            self._show_rings()
        if row is None:
            self._card.hide()
        else:
            self._card.show_near(self._hovered_card(row), place, self.rect())

    def _hovered_card(self, row: int) -> Hovered:
        member = int(self._members[np.searchsorted(self._rows, row)])
        slot = self._colours.get(member)
        colour = noise_colour(self._scheme) if slot is None else cluster_colour(slot, self._scheme)
        return Hovered(
            text=self._documents[row] if row < len(self._documents) else "",
            cluster=self._names.get(member, ""),
            colour=QColor(*colour).name(),
            strength=float(self._strengths[row]),
        )

    def _paint(self) -> None:
        self._item.paint_clusters(self._colours, scheme=self._scheme, alone=self._alone)

    def _place_overlay(self) -> None:
        metrics = QFontMetricsF(self._overlay.label_font())
        labels = place_labels(
            self._anchors,
            self._names,
            to_pixels=self._to_pixels,
            measure=lambda text: (metrics.horizontalAdvance(text) + 8, metrics.height() + 2),
            size=(float(self.width()), float(self.height())),
            most=_MOST_LABELS,
        )
        self._overlay.show_labels(labels, alone=self._alone, scheme=self._scheme)
        self._show_rings()

    def _show_rings(self) -> None:
        self._overlay.show_rings(self._place_of(self._hovered), self._place_of(self._selected))

    def _place_of(self, row: int | None) -> QPointF | None:
        if row is None:
            return None
        position = int(np.searchsorted(self._rows, row))
        if position == len(self._rows) or self._rows[position] != row:
            return None
        x, y = self._points[position]
        return QPointF(*self._to_pixels(float(x), float(y)))

    def _to_pixels(self, x: float, y: float) -> tuple[float, float]:
        place = self._box.mapViewToScene(QPointF(x, y))
        return place.x(), place.y()
