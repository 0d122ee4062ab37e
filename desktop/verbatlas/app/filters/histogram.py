"""How the values of a column are spread, with the part that is wanted."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from verbatlas.words import gettext as _

_HEIGHT = 110
_SEEN_THROUGH = 60  # of 255


class Histogram(QWidget):
    """Bars from the least to the greatest value, and a range over them that can be dragged.

    The keyboard changes the range in the boxes beside it, which stand for the same.

    Attributes:
        range_dragged: Where the range begins and ends now, as shares (0..1) of the way from least to greatest.
    """

    range_dragged = Signal(float, float)

    def __init__(self, counts: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph  # noqa: PLC0415 - not before someone filters by numbers or dates

        self._n_bars = len(counts)
        heights = np.sqrt(np.asarray(counts, np.float64))  # as roots, so that few show beside many
        plot = pyqtgraph.PlotWidget(enableMenu=False, background=None)
        plot.setFrameShape(QFrame.Shape.NoFrame)
        plot.setFixedHeight(_HEIGHT)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setAccessibleName(_("How the values are spread"))
        for axis in ("left", "bottom"):
            plot.hideAxis(axis)
        plot.hideButtons()
        plot.setMouseEnabled(x=False, y=False)
        plot.getViewBox().setDefaultPadding(0)
        plot.setXRange(-0.02 * self._n_bars, 1.02 * self._n_bars, padding=0)
        plot.setYRange(0, float(heights.max(initial=1)), padding=0.05)
        self._bars: Any = pyqtgraph.BarGraphItem(x0=np.arange(self._n_bars), height=heights, width=0.9, pen=None)
        self._region: Any = pyqtgraph.LinearRegionItem((0, self._n_bars), bounds=(0, self._n_bars))
        plot.addItem(self._bars)
        plot.addItem(self._region)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(plot)
        self._region.sigRegionChanged.connect(self._on_dragged)
        self._colour()

    def show_range(self, low: float, high: float) -> None:
        """Show which range is wanted, without announcing it: shares (0..1) of the way from least to greatest."""
        with QSignalBlocker(self._region):
            self._region.setRegion((low * self._n_bars, high * self._n_bars))
        for line in self._region.lines:  # they hear of it by the signal that was kept back
            line.update()
        self._region.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _on_dragged(self) -> None:
        low, high = self._region.getRegion()
        self.range_dragged.emit(low / self._n_bars, high / self._n_bars)

    def _colour(self) -> None:
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Highlight)
        light = QColor(accent)
        light.setAlpha(_SEEN_THROUGH)
        self._bars.setOpts(brush=palette.color(QPalette.ColorRole.PlaceholderText))
        self._region.setBrush(light)
        self._region.setHoverBrush(light)
        for line in self._region.lines:
            line.setPen(accent, width=2)
            line.setHoverPen(accent, width=4)
