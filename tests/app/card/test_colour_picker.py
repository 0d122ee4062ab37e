"""A press on the dot offers the whole palette."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from verbatlas.app.card.colour_picker import ColourPicker
from verbatlas.study.colours import N_SLOTS


def test_each_colour_can_be_chosen_and_has_a_name(qtbot: QtBot) -> None:
    picker = ColourPicker()
    qtbot.addWidget(picker)
    picker.show_colour(QColor("red"))
    picker.show()
    picker.menu().popup(picker.mapToGlobal(picker.rect().bottomLeft()))
    swatches = [part for part in picker.menu().findChildren(QToolButton) if part.accessibleName().startswith("Colour ")]
    assert len({part.accessibleName() for part in swatches}) == N_SLOTS
    with qtbot.waitSignal(picker.chosen) as chosen:
        qtbot.mouseClick(swatches[4], Qt.MouseButton.LeftButton)
    assert chosen.args == [4]
    assert not picker.menu().isVisible()
