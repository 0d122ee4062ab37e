"""A dot in the colour of a cluster that opens the palette."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QToolButton, QWidget, QWidgetAction

from verbatlas.app.map.palette import cluster_colour
from verbatlas.app.theme import scheme_of
from verbatlas.study.colours import N_SLOTS
from verbatlas.words import gettext as _

_PER_ROW = 6
_DOT, _SWATCH = 18, 26
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_PER_ROW, Qt.Key.Key_Down: _PER_ROW}


class ColourPicker(QToolButton):
    """Show a colour; a press offers the others.

    Attributes:
        chosen: Another slot of the palette.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor()
        self.setObjectName("colour_picker")
        self.setFixedSize(QSize(_DOT, _DOT))
        self.setToolTip(_("Another colour"))
        self.setAccessibleName(_("Another colour"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def show_colour(self, colour: QColor) -> None:
        """Show ``colour``."""
        self._colour = colour
        self.setStyleSheet(
            f"QToolButton {{ background: {colour.name()}; border-radius: {_DOT // 2}px; border: none; padding: 0; }}"
            f"QToolButton:focus, QToolButton:hover {{ border: 2px solid palette(text); }}"
            "QToolButton::menu-indicator { image: none; }"
        )

    def _fill(self) -> None:
        self._menu.clear()
        page = _Swatches(scheme_of(QGuiApplication.palette()))  # its own is that of the cluster
        page.chosen.connect(self._choose)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(page)
        self._menu.addAction(action)
        page.take_keyboard(self._colour)

    def _choose(self, slot: int) -> None:
        self._menu.close()
        self.chosen.emit(slot)


class _Swatches(QWidget):
    """All colours of the palette; the arrow keys go from one to the next, Enter takes it.

    Attributes:
        chosen: The slot of the one that was taken.
    """

    chosen = Signal(int)

    def __init__(self, scheme: str) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setSpacing(6)
        self._colours = [QColor(*cluster_colour(slot, scheme)) for slot in range(N_SLOTS)]
        self._swatches = [_swatch(slot, colour) for slot, colour in enumerate(self._colours)]
        for slot, swatch in enumerate(self._swatches):
            swatch.clicked.connect(partial(self.chosen.emit, slot))
            swatch.installEventFilter(self)
            grid.addWidget(swatch, slot // _PER_ROW, slot % _PER_ROW)

    def take_keyboard(self, colour: QColor) -> None:
        """Give the keyboard to ``colour``, or to the first where that is none of these."""
        self._swatches[self._colours.index(colour) if colour in self._colours else 0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of a swatch before it: it would pass the arrows on to the menu, which has one entry."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QToolButton):
            key = Qt.Key(event.key())
            if key in _STEPS:
                place = self._swatches.index(watched) + _STEPS[key]
                if 0 <= place < N_SLOTS:
                    self._swatches[place].setFocus()
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                watched.click()
                return True
        return super().eventFilter(watched, event)


def _swatch(slot: int, colour: QColor) -> QToolButton:
    swatch = QToolButton()
    swatch.setFixedSize(_SWATCH, _SWATCH)
    swatch.setAccessibleName(_("Colour {number}").format(number=slot + 1))
    swatch.setStyleSheet(
        f"QToolButton {{ background: {colour.name()}; border-radius: 6px; border: none; }}"
        "QToolButton:focus, QToolButton:hover { border: 2px solid palette(text); }"
    )
    swatch.setCursor(Qt.CursorShape.PointingHandCursor)
    return swatch
