"""Mouse, wheel, touchpad and keys on the map, as people know them from other maps."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from verbatlas.app.map.map_canvas import MapCanvas

CLICK_SLACK = 4  # pixels that a click may wander without being a drag
_STEP = 0.2  # of the view, for an arrow key
ZOOM = 1.4  # for a key or a button
_WHEEL_NOTCH = 120.0  # eighths of a degree
_SHORTEST_STROKE = 3.0  # pixels between two corners of a lasso
_COMPRESS = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents


class Tool(Enum):
    """What dragging with the left button does."""

    PAN = "pan"
    RECTANGLE = "rectangle"
    LASSO = "lasso"


class Combine(Enum):
    """What becomes of what was selected before."""

    REPLACE = "replace"
    ADD = "add"
    REMOVE = "remove"


def combine_by(modifiers: Qt.KeyboardModifier) -> Combine:
    """Return what the held keys ask for: shift adds, control removes."""
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return Combine.ADD
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return Combine.REMOVE
    return Combine.REPLACE


class Gestures(QObject):
    """Turn what happens on a canvas into moves of its camera and into signals.

    Attributes:
        clicked: A place was clicked: its QPointF and a Combine.
        hovered: The pointer rests over a place, a QPointF, or over none (None).
        shape_drawn: A closed shape was drawn around something: its corners and a Combine.
        escaped: Escape was pressed while no shape was being drawn.
    """

    clicked = Signal(object, object)
    hovered = Signal(object)
    shape_drawn = Signal(object, object)
    escaped = Signal()

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._tool = Tool.PAN
        self._pressed_at: QPointF | None = None
        self._last: QPointF | None = None
        self._shape: list[QPointF] = []
        self._combine = Combine.REPLACE
        self._dragging = Tool.PAN
        self._compresses = QCoreApplication.testAttribute(_COMPRESS)
        self._resting: QPointF | None = None
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(lambda: self.hovered.emit(self._resting))
        self._handlers: dict[QEvent.Type, Callable[..., bool]] = {
            QEvent.Type.MouseButtonPress: self._on_press,
            QEvent.Type.MouseMove: self._on_move,
            QEvent.Type.MouseButtonRelease: self._on_release,
            QEvent.Type.MouseButtonDblClick: self._on_double_click,
            QEvent.Type.Wheel: self._on_wheel,
            QEvent.Type.NativeGesture: self._on_native_gesture,
            QEvent.Type.Gesture: self._on_gesture,
            QEvent.Type.Enter: self._on_enter,
            QEvent.Type.Leave: self._on_leave,
            QEvent.Type.KeyPress: self._on_key,
        }
        canvas.grabGesture(Qt.GestureType.PinchGesture)
        canvas.installEventFilter(self)
        self.use_tool(Tool.PAN)

    def use_tool(self, tool: Tool) -> None:
        """Let dragging do something else."""
        self._tool = tool
        cursor = Qt.CursorShape.OpenHandCursor if tool is Tool.PAN else Qt.CursorShape.CrossCursor
        self._canvas.setCursor(cursor)
        self._follow(closely=self._canvas.underMouse() and tool is Tool.LASSO)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Come ``factor`` times as near; ``at``, or the middle, stays where it is."""
        place = at or QPointF(self._canvas.rect().center())
        self._canvas.look(self._canvas.camera.zoomed(factor, at_x=place.x(), at_y=place.y()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is meant for the map."""
        handler = self._handlers.get(event.type())
        if handler is not None and watched is self._canvas and handler(event):
            return True
        return super().eventFilter(watched, event)

    def _on_press(self, event: QMouseEvent) -> bool:
        if event.button() not in {Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton}:
            return False
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed_at = self._last = event.position()
        self._combine = combine_by(event.modifiers())
        # With a key held, dragging selects whatever the tool: the hand cannot add to a selection.
        selects = Tool.RECTANGLE if self._combine is not Combine.REPLACE else Tool.PAN
        self._dragging = selects if self._tool is Tool.PAN else self._tool
        if event.button() == Qt.MouseButton.MiddleButton:
            self._dragging = Tool.PAN
        self._shape = []
        return True

    def _on_move(self, event: QMouseEvent) -> bool:
        if self._pressed_at is None or self._last is None:
            self._hover(None if event.buttons() else event.position())
            return False
        self._hover(None)
        place = event.position()
        if not self._has_wandered(place) and self._last == self._pressed_at:
            return True
        if self._dragging is Tool.PAN:
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
            moved = place - self._last
            self._canvas.look(self._canvas.camera.panned(moved.x(), moved.y()))
        elif self._dragging is Tool.RECTANGLE:
            start = self._pressed_at
            self._shape = [start, QPointF(place.x(), start.y()), place, QPointF(start.x(), place.y())]
        elif not self._shape or (place - self._shape[-1]).manhattanLength() >= _SHORTEST_STROKE:
            self._shape = [*(self._shape or [self._pressed_at]), place]
        self._last = place
        self._show_shape()
        return True

    def _on_release(self, event: QMouseEvent) -> bool:
        pressed_at, last, shape = self._pressed_at, self._last, self._shape
        self._stop()
        if pressed_at is None:
            return False
        if last == pressed_at and not self._is_far(pressed_at, event.position()):
            if event.button() == Qt.MouseButton.LeftButton:
                self.clicked.emit(event.position(), self._combine)
        elif len(shape) > 2:
            self.shape_drawn.emit(shape, self._combine)
        return True

    def _on_double_click(self, event: QMouseEvent) -> bool:
        if event.button() == Qt.MouseButton.LeftButton:
            self.zoom(ZOOM * ZOOM, event.position())
        return True

    def _on_wheel(self, event: QWheelEvent) -> bool:
        notches = event.angleDelta().y() / _WHEEL_NOTCH
        if notches:
            self.zoom(1.25**notches, event.position())
            event.accept()
        return True

    def _on_native_gesture(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoom(max(1 + event.value(), 0.1), event.position())
        return True

    def _on_gesture(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        self._stop()  # two fingers draw no shape
        self.zoom(pinch.scaleFactor(), QPointF(self._canvas.mapFromGlobal(pinch.centerPoint().toPoint())))
        return True

    def _on_enter(self, _event: QEvent) -> bool:
        self._follow(closely=self._tool is Tool.LASSO)
        return False

    def _on_leave(self, _event: QEvent) -> bool:
        self._follow(closely=False)
        self._hover(None)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key, canvas = event.key(), self._canvas
        right, down = _STEP * canvas.width(), _STEP * canvas.height()
        pans = {
            Qt.Key.Key_Left: (right, 0.0),
            Qt.Key.Key_Right: (-right, 0.0),
            Qt.Key.Key_Up: (0.0, down),
            Qt.Key.Key_Down: (0.0, -down),
        }
        if key in pans:
            canvas.look(canvas.camera.panned(*pans[Qt.Key(key)]))
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(ZOOM)
        elif key in {Qt.Key.Key_Minus, Qt.Key.Key_Underscore}:
            self.zoom(1 / ZOOM)
        elif key == Qt.Key.Key_F and not event.modifiers():
            canvas.fit()
        elif key == Qt.Key.Key_Escape:
            if self._pressed_at is None:
                self.escaped.emit()
            self._stop()
        else:
            return False
        return True

    def _follow(self, *, closely: bool) -> None:
        """Hear of every move of the pointer, or, when the window is busy, of the last one only.

        The latter is what Qt does on X11 and Windows, and it cuts the corners of a lasso.
        """
        QCoreApplication.setAttribute(_COMPRESS, self._compresses and not closely)

    def _hover(self, place: QPointF | None) -> None:
        """Say where the pointer rests: of many moves that come at once only the last."""
        self._resting = place
        if place is not None:
            self._rest.start()
        else:
            self._rest.stop()
            self.hovered.emit(None)

    def _stop(self) -> None:
        self._pressed_at = self._last = None
        self._shape = []
        self._show_shape()
        self.use_tool(self._tool)

    def _show_shape(self) -> None:
        self._canvas.overlay.shape = tuple(self._shape)
        self._canvas.update()

    def _has_wandered(self, place: QPointF) -> bool:
        return self._pressed_at is not None and self._is_far(self._pressed_at, place)

    @staticmethod
    def _is_far(one: QPointF, other: QPointF) -> bool:
        return (one - other).manhattanLength() > CLICK_SLACK
