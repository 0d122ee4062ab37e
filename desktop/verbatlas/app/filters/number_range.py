"""Ask which numbers of a column are wanted."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from verbatlas.app.filters.column_summary import Numbers
from verbatlas.app.filters.filter import RangeFilter
from verbatlas.app.filters.histogram import Histogram
from verbatlas.app.filters.range_layout import lay_out_range
from verbatlas.app.number_box import indent_words
from verbatlas.words import gettext as _


class NumberRange(QWidget):
    """Two boxes for the least and the greatest number, and a picture of all of them.

    Args:
        column: The position of the column.
        numbers: What is in it.
        wanted: What was wanted before.
        parent: The dialog.
    """

    def __init__(self, column: int, numbers: Numbers, wanted: RangeFilter | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = column
        self._numbers = numbers
        self.histogram = Histogram(numbers.counts)
        self.low = self._box(_("At least"), numbers.low if wanted is None else wanted.low)
        self.high = self._box(_("At most"), numbers.high if wanted is None else wanted.high)
        lay_out_range(self, self.histogram, ((_("&At least"), self.low), (_("At &most"), self.high)))
        self.low.valueChanged.connect(self._on_low)
        self.high.valueChanged.connect(self._on_high)
        self.histogram.range_dragged.connect(self._on_dragged)
        self._show_range()
        self.setFocusProxy(self.low)

    def filter(self) -> RangeFilter:
        """Return what is wanted; a box at its end stands for the exact number there, whatever its digits say."""
        low = self._numbers.low if self.low.value() <= self.low.minimum() else self.low.value()
        high = self._numbers.high if self.high.value() >= self.high.maximum() else self.high.value()
        return RangeFilter(self._column, low, high)

    def _box(self, name: str, value: float) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setAccessibleName(name)
        box.setDecimals(self._numbers.decimals)
        box.setRange(self._numbers.low, self._numbers.high)
        box.setSingleStep(max(10.0**-self._numbers.decimals, self._nice_step()))
        box.setGroupSeparatorShown(True)
        indent_words(box)
        box.setValue(value)
        return box

    def _nice_step(self) -> float:
        width = self._numbers.high - self._numbers.low
        return float(10 ** (len(str(int(width))) - 3)) if width >= 100 else 0.0

    def _on_low(self, value: float) -> None:
        if value > self.high.value():
            self.high.setValue(value)
        self._show_range()

    def _on_high(self, value: float) -> None:
        if value < self.low.value():
            self.low.setValue(value)
        self._show_range()

    def _on_dragged(self, low: float, high: float) -> None:
        width = self._numbers.high - self._numbers.low
        for box, share in ((self.low, low), (self.high, high)):
            with QSignalBlocker(box):
                box.setValue(self._numbers.low + share * width)

    def _show_range(self) -> None:
        width = self._numbers.high - self._numbers.low
        low, high = ((box.value() - self._numbers.low) / width for box in (self.low, self.high))
        self.histogram.show_range(low, high)
