"""The desk places its parts and remembers their widths."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.background import Background
from verbatlas.app.desk import Desk


def built() -> Desk:
    desk = Desk()
    for _step in desk.build(Background()):
        pass
    return desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = built()
    qtbot.addWidget(desk)
    desk.resize(1280, 640)
    desk.show()
    return desk


def test_there_is_no_map_until_there_is_one(desk: Desk) -> None:
    desk.show_map(is_there=False)
    assert not desk.map.isVisible()
    desk.show_map(is_there=True)
    assert desk.map.isVisible()


@pytest.mark.parametrize("size", [(1280, 640), (2560, 1340)])
def test_the_map_has_most_of_the_room(qtbot: QtBot, desk: Desk, size: tuple[int, int]) -> None:
    desk.show_map(is_there=True)
    desk.resize(*size)
    qtbot.waitUntil(lambda: desk.map.width() > size[0] * 0.45)
    assert desk.clusters.width() >= 240


@pytest.mark.parametrize("height", [640, 900])
def test_on_a_low_screen_the_list_of_clusters_has_the_room_of_its_controls(qtbot: QtBot, height: int) -> None:
    desk = built()
    qtbot.addWidget(desk)
    desk.resize(1280, height)
    desk.show()
    assert desk.controls.is_folded == (height == 640)
    qtbot.waitUntil(lambda: desk.clusters.height() > 450)


def test_the_widths_of_the_parts_are_remembered(qtbot: QtBot, desk: Desk) -> None:
    hidden, shown = desk.panel_actions()[:2]
    hidden.trigger()
    other = built()
    qtbot.addWidget(other)
    other.resize(1280, 640)
    other.restore_shape(desk.save_shape())
    other.show()
    assert not other.panel_actions()[0].isChecked()
    assert other.panel_actions()[1].isChecked() == shown.isChecked()


def test_a_desk_that_was_never_seen_keeps_its_shape(qtbot: QtBot, desk: Desk) -> None:
    other = built()
    qtbot.addWidget(other)
    other.restore_shape(desk.save_shape())
    assert other.save_shape() == desk.save_shape()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
@pytest.mark.parametrize("front", ["details", "noise", "review", "history"])
def test_tab_goes_round_over_what_stands_behind_another_tab(key: Qt.Key, front: str, qtbot: QtBot, desk: Desk) -> None:
    desk.activateWindow()
    desk.noise.show_noise(3, 9)
    desk.show_panel(front)
    panel = desk.findChild(QDockWidget, front)
    qtbot.waitUntil(lambda: desk.isActiveWindow() and desk.rect().contains(panel.geometry()))
    start = desk.clusters.view
    start.setFocus()
    walked: list[QWidget] = []
    while start not in walked and len(walked) < 80:
        QTest.keyClick(desk.focusWidget(), key)
        walked.append(desk.focusWidget())
    assert start in walked
    assert any(panel.isAncestorOf(part) for part in walked)
    behind = {"details", "noise", "review", "history"} - {front}
    assert not any(desk.findChild(QDockWidget, name).isAncestorOf(part) for name in behind for part in walked)
