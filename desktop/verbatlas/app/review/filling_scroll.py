"""A page that scrolls, with parts at its end that come as they are scrolled to."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QWidget

from verbatlas.app.review.part_list import PartList

_STEPS = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
}


class FillingScroll(QScrollArea):
    """Ask for further parts while less than a page of them is left below: nobody has to press a button.

    Page up and page down, pressed in the field that has the keyboard while a person reads, turn its pages.
    """

    def __init__(self, page: QWidget, parts: PartList, *, turned_from: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._field = turned_from
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._filling = QTimer(self)
        self._filling.setSingleShot(True)
        self._filling.timeout.connect(self._fill)
        page.installEventFilter(self)
        turned_from.installEventFilter(self)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._filling.start())
        bar.rangeChanged.connect(lambda _least, _most: self._filling.start())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn the page for the field, and look for room when parts come or go.

        While all of them fit, the scroll bar has nothing to tell.
        """
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.verticalScrollBar().triggerAction(step)
                return True
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._filling.start()
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        bar = self.verticalScrollBar()
        if not self._parts.more.isHidden() and bar.maximum() - bar.value() < bar.pageStep():
            self._parts.more_asked.emit()
