"""A dot in the colour of a cluster that opens the palette."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QMenu, QToolButton, QWidget, QWidgetAction

from verbatlas.app.map.palette import cluster_colour
from verbatlas.app.theme import scheme_of
from verbatlas.study.colours import N_SLOTS
from verbatlas.words import gettext as _

_PER_ROW = 6
_DOT, _SWATCH = 18, 26


class ColourPicker(QToolButton):
    """Show a colour; a press offers the others.

    Attributes:
        chosen: Another slot of the palette.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.setStyleSheet(
            f"QToolButton {{ background: {colour.name()}; border-radius: {_DOT // 2}px; border: none; padding: 0; }}"
            f"QToolButton:focus, QToolButton:hover {{ border: 2px solid palette(text); }}"
            "QToolButton::menu-indicator { image: none; }"
        )

    def _fill(self) -> None:
        self._menu.clear()
        page = QWidget()
        grid = QGridLayout(page)
        grid.setSpacing(6)
        for slot in range(N_SLOTS):
            colour = QColor(*cluster_colour(slot, scheme_of(self.palette())))
            swatch = QToolButton()
            swatch.setFixedSize(_SWATCH, _SWATCH)
            swatch.setAccessibleName(_("Colour {number}").format(number=slot + 1))
            swatch.setStyleSheet(
                f"QToolButton {{ background: {colour.name()}; border-radius: 6px; border: none; }}"
                "QToolButton:focus, QToolButton:hover { border: 2px solid palette(text); }"
            )
            swatch.setCursor(Qt.CursorShape.PointingHandCursor)
            swatch.clicked.connect(partial(self._choose, slot))
            grid.addWidget(swatch, slot // _PER_ROW, slot % _PER_ROW)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(page)
        self._menu.addAction(action)

    def _choose(self, slot: int) -> None:
        self._menu.close()
        self.chosen.emit(slot)
