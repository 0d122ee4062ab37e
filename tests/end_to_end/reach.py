"""Whether all that can be pressed or typed into is wholly on the screen."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QTabBar,
    QWidget,
)

_BETWEEN_LINES = 2  # pixels of a font's height that no letter needs
_PARTS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)


def out_of_reach(window: QWidget) -> list[str]:
    """Return the buttons and fields that are cut off by the screen or by what they stand in.

    What scrolls is left out: the rest of it comes by the wheel, or by the arrows beside the tabs.
    """
    screen = window.screen().geometry()
    parts = [one for one in window.findChildren(QWidget) if isinstance(one, _PARTS) and one.isVisible()]
    found = []
    for part in parts:
        around = parents(part)
        if any(isinstance(one, (QAbstractScrollArea, QTabBar)) or is_behind_another(one) for one in around):
            continue
        is_whole = part.visibleRegion().boundingRect() == part.rect()
        is_there = screen.contains(QRect(part.mapToGlobal(QPoint(0, 0)), part.size()))
        needed = part.minimumSizeHint() if isinstance(part, QAbstractButton) else QSize(0, 0)
        has_room = part.width() >= needed.width() and part.height() >= needed.height() - _BETWEEN_LINES
        if not (is_whole and is_there and has_room):
            found.append(f"{type(part).__name__} {part.accessibleName()} {words_on(part)} {part.size()} {needed}")
    return found


def parents(part: QWidget) -> list[QWidget]:
    """Return what a part stands in, from the inside out, up to its window."""
    above = part.parentWidget()
    return [] if above is None or part.isWindow() else [above, *parents(above)]


def is_behind_another(part: QWidget) -> bool:
    """Return whether a panel stands behind another one, whose tab is in front."""
    return isinstance(part, QDockWidget) and part.visibleRegion().isEmpty()


def words_on(part: QWidget) -> str:
    """Return the words on a button."""
    return part.text() if isinstance(part, QAbstractButton) else ""
