"""A card that floats over another widget and keeps its place when that one is resized."""

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QWidget

_MARGIN = 24


class Overlay(QObject):
    """Keep ``card`` over ``ground``: in its middle, or in its upper right corner out of the way."""

    def __init__(self, card: QWidget, ground: QWidget) -> None:
        super().__init__(card)
        self._card = card
        self._ground = ground
        self._in_corner = False
        card.setParent(ground)
        card.hide()
        ground.installEventFilter(self)
        card.installEventFilter(self)

    def use_corner(self, in_corner: bool) -> None:  # noqa: FBT001 - the one thing that it can be told
        """Stand in the corner, when there is something to see underneath, or in the middle."""
        self._in_corner = in_corner
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of both."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        free = self._ground.size() - self._card.size()
        if self._in_corner:
            place = QPoint(free.width() - _MARGIN, _MARGIN)
        else:
            place = QPoint(free.width() // 2, free.height() // 2)
        self._card.move(max(0, place.x()), max(0, place.y()))
        self._card.raise_()
