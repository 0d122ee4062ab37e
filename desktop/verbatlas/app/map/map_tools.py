"""The tools of the map: buttons over it, and the same things in its context menu."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from verbatlas.app import icons
from verbatlas.app.map.colouring import ColourChoice
from verbatlas.app.map.gestures import Tool
from verbatlas.words import gettext as _

_ICON = QSize(18, 18)
_NARROWEST, _WIDEST = 90, 220  # pixels


@dataclass(frozen=True, slots=True)
class MapDeeds:
    """What the tools do."""

    use_tool: Callable[[Tool], None]
    zoom_in: Callable[[], None]
    zoom_out: Callable[[], None]
    fit: Callable[[], None]
    clear: Callable[[], None]
    copy_picture: Callable[[], None]
    colour_by: Callable[[str], None]


class MapTools(QObject):
    """The actions of one map.

    Args:
        deeds: What they do.
        parent: The map.
    """

    def __init__(self, deeds: MapDeeds, parent: QWidget) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self._tools = QActionGroup(self)
        self._icons: dict[QAction, str] = {}
        for tool, icon, title in (
            (Tool.PAN, "hand", _("Move the map (drag)")),
            (Tool.RECTANGLE, "rectangle", _("Select a rectangle (Shift adds, Ctrl removes)")),
            (Tool.LASSO, "lasso", _("Select with a lasso (Shift adds, Ctrl removes)")),
        ):
            action = self._action(title, icon, partial(deeds.use_tool, tool))
            action.setCheckable(True)
            action.setChecked(tool is Tool.PAN)
            self._tools.addAction(action)
        self.zooms = [
            self._action(_("Zoom in (+)"), "zoom-in", deeds.zoom_in),
            self._action(_("Zoom out (−)"), "zoom-out", deeds.zoom_out),
            self._action(_("Show the whole map (F)"), "fit", deeds.fit),
        ]
        self.clear = self._action(_("Select nothing (Esc)"), "", deeds.clear)
        self.copy = self._action(_("Copy the picture"), "", deeds.copy_picture)
        self.colours = QComboBox()
        self.colours.setAccessibleName(_("Colour the map by"))
        self.colours.setToolTip(_("Colour the map by"))
        self.colours.setMaxVisibleItems(20)
        self.colours.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.colours.setMaximumWidth(_WIDEST)
        self.colours.activated.connect(self._on_colour)

    @property
    def tools(self) -> list[QAction]:
        """What dragging can do."""
        return self._tools.actions()

    def offer_colours(self, choices: Sequence[ColourChoice]) -> None:
        """Offer what the map can be coloured by; the first is taken."""
        self.colours.clear()
        for choice in choices:
            self.colours.addItem(_("Colour: {what}").format(what=choice.title), choice.key)
        self.colours.setMinimumWidth(_NARROWEST)

    def bar(self, parent: QWidget) -> QFrame:
        """Return the buttons, to lie over the map."""
        bar = QFrame(parent)
        bar.setObjectName("map_tools")
        row = QHBoxLayout(bar)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        for action in (*self._tools.actions(), None, *self.zooms, None):
            row.addWidget(_line() if action is None else self._button(action))
        row.addWidget(self.colours)
        return bar

    def menu(self, parent: QWidget) -> QMenu:
        """Return the same things as a context menu."""
        menu = QMenu(parent)
        menu.addActions(self._tools.actions())
        menu.addSeparator()
        menu.addActions(self.zooms)
        menu.addSeparator()
        colours = menu.addMenu(_("Colour the map by"))
        for position in range(self.colours.count()):
            chosen = colours.addAction(self.colours.itemText(position))
            chosen.setCheckable(True)
            chosen.setChecked(position == self.colours.currentIndex())
            chosen.triggered.connect(lambda _checked, position=position: self.take_colour(position))
        menu.addSeparator()
        menu.addActions([self.clear, self.copy])
        return menu

    def follow_colours(self) -> None:
        """Draw the icons in the colours of the theme."""
        for action, name in self._icons.items():
            action.setIcon(icons.icon(name))

    def _action(self, title: str, icon: str, run: Callable[[], None]) -> QAction:
        action = QAction(title, self)
        action.triggered.connect(lambda _checked: run())
        if icon:
            self._icons[action] = icon
            action.setIcon(icons.icon(icon))
        return action

    @staticmethod
    def _button(action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(_ICON)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.text())
        return button

    def take_colour(self, position: int) -> None:
        """Colour the map by the choice at ``position``."""
        self.colours.setCurrentIndex(position)
        self._on_colour(position)

    def _on_colour(self, position: int) -> None:
        self._deeds.colour_by(str(self.colours.itemData(position)))


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setObjectName("tool_line")
    return line
