"""A histogram of numbers or dates, with the line of all comments over it."""

import numpy as np
import pyqtgraph
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from verbatlas.app.card.breakdown import Breakdown
from verbatlas.app.theme import ROLES, scheme_of
from verbatlas.words import gettext as _

_SIZE = QSize(200, 76)
_BAR = 0.85  # of the distance between two


class ScaleChart(QWidget):
    """Show how a cluster is spread over a column's range; made once, for making a plot takes 20 ms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot = pyqtgraph.PlotWidget(enableMenu=False, background=None)
        self._bars = pyqtgraph.BarGraphItem(x=[], height=[], width=_BAR, pen=None)
        self._line = pyqtgraph.PlotCurveItem()
        self._least, self._most = QLabel(), QLabel()
        self._build()

    def show_breakdown(self, breakdown: Breakdown, *, colour: QColor) -> None:
        """Show ``breakdown``, which has ends, in the cluster's ``colour``."""
        shares, wholes = (np.array([getattr(bar, name) for bar in breakdown.bars]) for name in ("share", "whole"))
        places = np.arange(len(shares))
        muted = QColor(ROLES[scheme_of(self.palette())].muted)
        self._bars.setOpts(x=places, height=shares, width=_BAR, brush=colour, pen=None)
        self._line.setData(places, wholes, pen=pyqtgraph.mkPen(muted, width=1.5))
        self._plot.setAccessibleName(_("How the values of {column} are spread").format(column=breakdown.title))
        self._least.setText(breakdown.ends[0])
        self._most.setText(breakdown.ends[-1])

    def _build(self) -> None:
        plot = self._plot
        plot.setMinimumSize(_SIZE)
        plot.setMaximumHeight(_SIZE.height())
        plot.setFrameShape(QFrame.Shape.NoFrame)
        plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for axis in ("left", "bottom"):
            plot.hideAxis(axis)
        plot.hideButtons()
        plot.getViewBox().setDefaultPadding(0.02)
        plot.addItem(self._bars)
        plot.addItem(self._line)
        row = QHBoxLayout()
        for label, side in (
            (self._least, Qt.AlignmentFlag.AlignLeft),
            (QLabel(_("line: all comments")), Qt.AlignmentFlag.AlignHCenter),
            (self._most, Qt.AlignmentFlag.AlignRight),
        ):
            label.setProperty("role", "secondary")
            row.addWidget(label, alignment=side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(plot)
        column.addLayout(row)
