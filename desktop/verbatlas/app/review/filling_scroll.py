"""A page that scrolls, with parts at its end that come as they are scrolled to."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QWidget

from verbatlas.app.review.part_list import PartList


class FillingScroll(QScrollArea):
    """Ask for further parts while less than a page of them is left below: nobody has to press a button."""

    def __init__(self, page: QWidget, parts: PartList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._filling = QTimer(self)
        self._filling.setSingleShot(True)
        self._filling.timeout.connect(self._fill)
        page.installEventFilter(self)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._filling.start())
        bar.rangeChanged.connect(lambda _least, _most: self._filling.start())

    def turn_page(self, *, down: bool) -> None:
        """Scroll by a page, for a key that was pressed beside it."""
        steps = QAbstractSlider.SliderAction
        self.verticalScrollBar().triggerAction(steps.SliderPageStepAdd if down else steps.SliderPageStepSub)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for room when parts have come or gone: while all of them fit, the scroll bar has nothing to tell."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._filling.start()
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        bar = self.verticalScrollBar()
        if not self._parts.more.isHidden() and bar.maximum() - bar.value() < bar.pageStep():
            self._parts.more_asked.emit()
