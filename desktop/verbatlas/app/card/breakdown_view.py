"""A chart of how a cluster is spread over a column that the person chooses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from verbatlas.app.card.breakdown import Bar, Breakdown
from verbatlas.app.map.colouring import ColourChoice
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

if TYPE_CHECKING:
    from verbatlas.app.card.scale_chart import ScaleChart

_MOST_BARS = 8
_OFTEN = 1.5  # so many times as frequent as among all comments is worth an arrow


class BreakdownView(QWidget):
    """Show bars for the values of a column, or a histogram for its numbers and dates.

    Attributes:
        asked: The person wants another column: the key of a ColourChoice.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = QComboBox()
        self._choice.setAccessibleName(_("What the chart shows"))
        self._chart = QWidget()
        self._scale: ScaleChart | None = None
        self._note = words_label("secondary")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._choice)
        self._column.addWidget(self._chart)
        self._column.addWidget(self._note)
        self._choice.currentIndexChanged.connect(self._on_choice)

    @property
    def key(self) -> str:
        """The key of the column that is shown."""
        return str(self._choice.currentData() or "")

    def offer(self, choices: Sequence[ColourChoice]) -> None:
        """Offer these columns, the first of which is shown, or the one that was before."""
        before = self.key
        with QSignalBlocker(self._choice):
            self._choice.clear()
            for choice in choices:
                self._choice.addItem(choice.title, choice.key)
            self._choice.setCurrentIndex(max(0, self._choice.findData(before)))

    def show_breakdown(self, breakdown: Breakdown, *, colour: QColor) -> None:
        """Show ``breakdown`` in the cluster's ``colour``."""
        if breakdown.ends:
            self._show_scale(breakdown, colour)
        else:
            self._show_chart(self._values(breakdown, colour))
        self._note.setVisible(breakdown.n_missing > 0)
        missing = ngettext("{count} comment has no value", "{count} comments have no value", breakdown.n_missing)
        self._note.setText(missing.format(count=f"{breakdown.n_missing:,}"))

    def make_scale(self) -> "ScaleChart":
        """Return the chart of numbers and dates, made at the first call: 20 ms that fit better before it is wanted."""
        # Its library takes a quarter of a second to import, which is done before the window is shown.
        from verbatlas.app.card.scale_chart import ScaleChart  # noqa: PLC0415

        if self._scale is None:
            self._scale = ScaleChart(self)
            self._scale.hide()
        return self._scale

    def _show_scale(self, breakdown: Breakdown, colour: QColor) -> None:
        scale = self.make_scale()
        scale.show_breakdown(breakdown, colour=colour)
        self._show_chart(scale)

    def _show_chart(self, chart: QWidget) -> None:
        """Put ``chart`` in the place of the one before; the scale is kept, to be shown again."""
        if chart is self._chart:
            return
        self._column.replaceWidget(self._chart, chart)
        self._chart.hide()
        if self._chart is not self._scale:
            self._chart.deleteLater()
        self._chart = chart
        chart.show()

    def _on_choice(self) -> None:
        self.asked.emit(self.key)

    def _values(self, breakdown: Breakdown, colour: QColor) -> QWidget:
        chart = QWidget()
        grid = QGridLayout(chart)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        largest = max((bar.share for bar in breakdown.bars), default=1.0) or 1.0
        for row, bar in enumerate(breakdown.bars[:_MOST_BARS]):
            label = QLabel(bar.label[:24])
            label.setToolTip(bar.label)
            grid.addWidget(label, row, 0)
            grid.addWidget(_line(bar, largest, colour), row, 1)
            share = QLabel(f"{bar.share:.0%}{_arrow(bar)}")
            share.setProperty("role", "secondary")
            share.setToolTip(_spoken(bar))
            grid.addWidget(share, row, 2, Qt.AlignmentFlag.AlignRight)
        return chart


def _line(bar: Bar, largest: float, colour: QColor) -> QWidget:
    line = QProgressBar()
    line.setTextVisible(False)
    line.setFixedHeight(8)
    line.setRange(0, 1000)
    line.setValue(round(1000 * bar.share / largest))
    line.setStyleSheet(f"QProgressBar::chunk {{ background: {colour.name()}; border-radius: 3px; }}")
    line.setAccessibleName(_spoken(bar))
    line.setToolTip(_spoken(bar))
    return line


def _arrow(bar: Bar) -> str:
    """Return a mark for values that are much more, or much less, frequent here than everywhere."""
    if bar.whole and bar.share >= _OFTEN * bar.whole:
        return " ↑"
    return " ↓" if bar.share * _OFTEN <= bar.whole else ""


def _spoken(bar: Bar) -> str:
    words = _("{value}: {share} here, {whole} of all comments")
    return words.format(value=bar.label, share=f"{bar.share:.0%}", whole=f"{bar.whole:.0%}")
