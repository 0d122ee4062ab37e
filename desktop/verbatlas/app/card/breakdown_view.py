"""A chart of how a cluster is spread over a column that the person chooses."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from verbatlas.app.card.breakdown import Bar, Breakdown
from verbatlas.app.map.colouring import ColourChoice
from verbatlas.app.theme import ROLES, scheme_of
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_CHART = QSize(200, 76)
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
        fresh = self._scale(breakdown, colour) if breakdown.ends else self._values(breakdown, colour)
        self._column.replaceWidget(self._chart, fresh)
        self._chart.hide()
        self._chart.deleteLater()
        self._chart = fresh
        self._note.setVisible(breakdown.n_missing > 0)
        missing = ngettext("{count} comment has no value", "{count} comments have no value", breakdown.n_missing)
        self._note.setText(missing.format(count=f"{breakdown.n_missing:,}"))

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

    def _scale(self, breakdown: Breakdown, colour: QColor) -> QWidget:
        import pyqtgraph  # noqa: PLC0415 - a quarter of a second; whoever computes the chart has loaded it

        plot = pyqtgraph.PlotWidget(enableMenu=False, background=None)
        plot.setMinimumSize(_CHART)
        plot.setMaximumHeight(_CHART.height())
        plot.setFrameShape(QFrame.Shape.NoFrame)
        plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setAccessibleName(_("How the values of {column} are spread").format(column=breakdown.title))
        for axis in ("left", "bottom"):
            plot.hideAxis(axis)
        plot.hideButtons()
        plot.getViewBox().setDefaultPadding(0.02)
        shares, wholes = (np.array([getattr(bar, name) for bar in breakdown.bars]) for name in ("share", "whole"))
        x = np.arange(len(shares))
        plot.addItem(pyqtgraph.BarGraphItem(x=x, height=shares, width=0.85, brush=colour, pen=None))
        muted = QColor(ROLES[scheme_of(self.palette())].muted)
        plot.plot(x, wholes, pen=pyqtgraph.mkPen(muted, width=1.5))
        chart = QWidget()
        column = QVBoxLayout(chart)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(plot)
        row = QHBoxLayout()
        for words, side in zip(
            (breakdown.ends[0], _("line: all comments"), breakdown.ends[-1]),
            (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight),
            strict=True,
        ):
            label = QLabel(words)
            label.setProperty("role", "secondary")
            row.addWidget(label, alignment=side)
        column.addLayout(row)
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
