"""What the colours of the map mean, when they mean something else than clusters."""

from functools import partial

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from verbatlas.app.icons import dot
from verbatlas.app.map.colouring import Colouring
from verbatlas.app.map.palette import LIGHT
from verbatlas.words import gettext as _

_WIDTH = 236
_HISTOGRAM = QSize(208, 44)
_ROOM = 168  # pixels for the words beside a dot


class Legend(QFrame):
    """A card that names the colours; a press on a value shows only its documents.

    Attributes:
        value_chosen: Only the documents of this code are wanted; None for all again.
    """

    value_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self.setFixedWidth(_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.setSpacing(2)
        self._buttons: dict[int, QPushButton] = {}
        self._colouring: Colouring | None = None
        self._scheme = LIGHT
        self._chosen: int | None = None
        self.hide()

    def show_colouring(self, colouring: Colouring | None, *, scheme: str) -> None:
        """Explain ``colouring``; None hides the card."""
        if colouring is not self._colouring:
            self._chosen = None
        self._colouring, self._scheme = colouring, scheme
        self.hide()  # what is added to a card that is seen has no size yet
        self._clear()
        if colouring is None:
            return
        title = QLabel()
        title.setProperty("role", "section")
        title.setText(_elided(title, colouring.title, room=_ROOM))
        self._column.addWidget(title)
        if colouring.ends:
            self._add_scale(colouring)
        for value in colouring.values:
            self._add_value(colouring, value.code, value.label, value.count)
        self.show()
        self.adjustSize()

    def _add_scale(self, colouring: Colouring) -> None:
        self._column.addWidget(_histogram(colouring, scheme=self._scheme))
        row = QHBoxLayout()
        for end, side in zip(colouring.ends, (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True):
            label = QLabel(end)
            label.setProperty("role", "secondary")
            row.addWidget(label, alignment=side)
        self._column.addLayout(row)

    def _add_value(self, colouring: Colouring, code: int, label: str, count: int) -> None:
        button, end = QPushButton(), f"  {count:,}"
        button.setProperty("kind", "legend")
        words = _elided(button, label, room=_ROOM - button.fontMetrics().horizontalAdvance(end))
        button.setText(words.replace("&", "&&") + end)  # a single one underlines the next letter
        button.setCheckable(True)
        button.setChecked(code == self._chosen)
        button.setIcon(dot(QColor(*colouring.colour(code, self._scheme))))
        button.setToolTip(_("Show only these comments: {value}").format(value=label))
        button.clicked.connect(partial(self._choose, code))
        self._buttons[code] = button
        self._column.addWidget(button)

    def _choose(self, code: int) -> None:
        self._chosen = None if self._chosen == code else code
        for other, button in self._buttons.items():
            button.setChecked(other == self._chosen)
        self.value_chosen.emit(self._chosen)

    def _clear(self) -> None:
        self._buttons.clear()
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
            elif (layout := item.layout()) is not None:
                while (inner := layout.takeAt(0)) is not None:
                    if (label := inner.widget()) is not None:
                        label.hide()
                        label.deleteLater()


def _histogram(colouring: Colouring, *, scheme: str) -> QWidget:
    """Return how many documents have how much, in the colours of the scale; as roots, so that few show beside many."""
    import pyqtgraph  # noqa: PLC0415 - a quarter of a second, for those who colour by numbers

    plot = pyqtgraph.PlotWidget(enableMenu=False, background=None)
    plot.setFixedSize(_HISTOGRAM)
    plot.setFrameShape(QFrame.Shape.NoFrame)
    plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    plot.setAccessibleName(_("How the values are spread"))
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for axis in ("left", "bottom"):
        plot.hideAxis(axis)
    plot.hideButtons()
    plot.getViewBox().setDefaultPadding(0)
    heights = np.sqrt(colouring.counts)
    heights += 0.04 * heights.max(initial=1)  # an empty step shows its colour too
    colours = [QColor(*colouring.colour(code, scheme)) for code in range(1, len(heights) + 1)]
    plot.addItem(
        pyqtgraph.BarGraphItem(x=np.arange(len(heights)), height=heights, width=0.9, brushes=colours, pen=None)
    )
    chart: QWidget = plot
    return chart


def _elided(part: QWidget, text: str, *, room: int) -> str:
    """Return as much of ``text`` as fits into ``room`` pixels of ``part``."""
    return part.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
