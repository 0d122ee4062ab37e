"""A press on the dot offers the whole palette."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from verbatlas.app.card.colour_picker import ColourPicker
from verbatlas.app.map.palette import cluster_colour
from verbatlas.app.theme import scheme_of
from verbatlas.study.colours import N_SLOTS

ARROWS = {"L": Qt.Key.Key_Left, "R": Qt.Key.Key_Right, "U": Qt.Key.Key_Up, "D": Qt.Key.Key_Down}


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


def test_the_arrows_go_from_the_present_colour_to_the_next_and_stop_at_the_edge(qtbot: QtBot) -> None:
    picker = ColourPicker()
    qtbot.addWidget(picker)
    picker.show_colour(QColor(*cluster_colour(3, scheme_of(QGuiApplication.palette()))))
    picker.show()
    for keys, expected in (("", 3), ("R", 4), ("D", 9), ("UUU", 3), ("LLLLL", 0)):
        picker.menu().popup(picker.mapToGlobal(picker.rect().bottomLeft()))
        for key in keys:
            QTest.keyClick(picker.menu().focusWidget(), ARROWS[key])
        with qtbot.waitSignal(picker.chosen) as chosen:
            QTest.keyClick(picker.menu().focusWidget(), Qt.Key.Key_Return)
        assert chosen.args == [expected]
    picker.menu().popup(picker.mapToGlobal(picker.rect().bottomLeft()))
    with qtbot.assertNotEmitted(picker.chosen):
        QTest.keyClick(picker.menu().focusWidget(), Qt.Key.Key_Escape)
    assert not picker.menu().isVisible()
