"""A widget that computes its height for a width once, however often the layouts around it ask.

Qt asks every layout in a layout anew, for several widths, so that wrapped texts a few layouts deep are laid out some
thousand times.
"""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class SteadyWidget(QWidget):
    """Hold another widget with the layout.

    Attributes:
        body: As large as this one; whoever derives from this gives it a layout.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QWidget(self)
        self.body.installEventFilter(self)
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Return that the narrower it is, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all that is in it."""
        layout = self.body.layout()
        if layout is None:
            return 0
        if width not in self._heights:
            self._heights[width] = layout.totalHeightForWidth(width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return the size that the layout would like."""
        layout = self.body.layout()
        return QSize() if layout is None else layout.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return how narrow it may be; how high it is then is told by :meth:`heightForWidth`."""
        layout = self.body.layout()
        return QSize() if layout is None else QSize(layout.totalMinimumSize().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is in it as large."""
        self.body.resize(event.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Forget the heights when something in it has changed."""
        if watched is self.body and event.type() == QEvent.Type.LayoutRequest:
            self._heights.clear()
            self.updateGeometry()
        return False
