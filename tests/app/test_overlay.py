"""A floating card keeps its place."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.overlay import Overlay


@pytest.mark.parametrize("in_corner", [False, True])
def test_a_card_stays_in_its_place_when_the_window_changes_size(qtbot: QtBot, in_corner: bool) -> None:
    ground, card = QWidget(), QWidget()
    qtbot.addWidget(ground)
    card.setFixedSize(100, 50)
    overlay = Overlay(card, ground)
    ground.resize(500, 300)
    ground.show()
    card.show()
    overlay.use_corner(in_corner)
    assert card.pos().toTuple() == ((376, 24) if in_corner else (200, 125))
    ground.resize(700, 400)
    qtbot.waitUntil(lambda: card.pos().toTuple() == ((576, 24) if in_corner else (300, 175)))
