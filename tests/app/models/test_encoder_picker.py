"""The box of encoders picks one, or leads to more without picking anything."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from verbatlas.app.models.encoder_picker import EncoderPicker

OFFERED = [("auto", "Automatic"), ("minilm", "English"), ("lexical", "Characters")]


@pytest.fixture
def picker(qtbot: QtBot) -> EncoderPicker:
    picker = EncoderPicker()
    qtbot.addWidget(picker)
    picker.offer(OFFERED, wanted="minilm")
    picker.show()
    return picker


def press(qtbot: QtBot, picker: EncoderPicker, *keys: Qt.Key) -> None:
    picker.setFocus()
    for key in keys:
        qtbot.keyClick(picker, key)


def test_the_wanted_encoder_is_shown_by_its_words(picker: EncoderPicker) -> None:
    assert picker.currentText() == "English"
    assert [picker.itemText(place) for place in range(3)] == ["Automatic", "English", "Characters"]


def test_another_encoder_is_picked_by_the_keyboard(qtbot: QtBot, picker: EncoderPicker) -> None:
    with qtbot.waitSignal(picker.picked) as picked:
        press(qtbot, picker, Qt.Key.Key_Down)
    assert picked.args == ["lexical"]


def test_the_same_encoder_again_is_no_pick(qtbot: QtBot, picker: EncoderPicker) -> None:
    with qtbot.assertNotEmitted(picker.picked):
        picker.activated.emit(picker.currentIndex())


def test_more_models_leads_there_and_picks_nothing(qtbot: QtBot, picker: EncoderPicker) -> None:
    with qtbot.assertNotEmitted(picker.picked), qtbot.waitSignal(picker.more_asked):
        press(qtbot, picker, Qt.Key.Key_End)
    assert picker.currentText() == "English"


def test_an_encoder_that_is_no_longer_there_is_still_shown(picker: EncoderPicker) -> None:
    picker.offer(OFFERED, wanted="http://localhost:30000/v1#bge-m3")
    assert picker.currentText() == "http://localhost:30000/v1#bge-m3"
