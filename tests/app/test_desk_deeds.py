"""The deeds do nothing before there is a desk, and what they show has the keyboard."""

from pytestqt.qtbot import QtBot

from verbatlas.app.desk_deeds import DeskDeeds
from verbatlas.app.main_window import MainWindow
from verbatlas.app.selection import Selection


def test_before_there_is_a_desk_nothing_happens(window: MainWindow) -> None:
    selection = Selection(window)
    deeds = DeskDeeds(selection, window)
    for do in (
        deeds.alike,
        deeds.split,
        deeds.learn,
        deeds.review,
        deeds.second_look,
        deeds.show_noise,
        deeds.assign_noise,
        deeds.assign_all_noise,
        deeds.find_in_noise,
        deeds.select_noise,
    ):
        do()
    assert not selection.chosen.any()
    assert not window._is_begun


def test_the_tray_is_shown_with_the_keyboard_in_it(qtbot: QtBot, mapped_window: MainWindow) -> None:
    mapped_window.activateWindow()
    qtbot.waitUntil(mapped_window.isActiveWindow)
    mapped_window.deeds.show_noise()
    assert mapped_window.desk.noise.is_seen
    assert mapped_window.desk.noise.isVisible()
    none_left = mapped_window.session.study.labelling.n_noise == 0
    assert mapped_window.desk.noise.slider.hasFocus() is not none_left
