"""The page of the network shows what is set and announces what a person changes, once."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from verbatlas.app.models.network_page import NetworkPage
from verbatlas.encoders.hub.network import CHINESE_MIRROR, HUB


@pytest.fixture
def page(qtbot: QtBot) -> NetworkPage:
    page = NetworkPage()
    qtbot.addWidget(page)
    page.show_network(mirror="", proxy="", is_offline=False)
    page.show()
    return page


def test_the_hub_itself_and_the_mirror_common_in_china_are_offered(page: NetworkPage) -> None:
    assert [page.mirror.itemText(place) for place in range(page.mirror.count())] == [HUB, CHINESE_MIRROR]
    assert page.mirror.currentText() == HUB


def test_what_is_set_is_shown_without_being_announced(qtbot: QtBot, page: NetworkPage) -> None:
    with qtbot.assertNotEmitted(page.changed):
        page.show_network(mirror="https://hub.example", proxy="http://proxy.example:3128", is_offline=True)
    assert page.mirror.currentText() == "https://hub.example"
    assert not page.proxy.isEnabled()


def test_every_change_is_announced_whole(qtbot: QtBot, page: NetworkPage) -> None:
    with qtbot.waitSignal(page.changed) as changed:
        page.proxy.setFocus()
        qtbot.keyClicks(page.proxy, "http://proxy.example:3128")
        qtbot.keyClick(page.proxy, Qt.Key.Key_Return)
    assert changed.args == ["", "http://proxy.example:3128", False]
    with qtbot.waitSignal(page.changed) as changed:
        qtbot.keyClick(page.mirror, Qt.Key.Key_Down)
        page.mirror.activated.emit(1)
    assert changed.args[0] == CHINESE_MIRROR
    with qtbot.waitSignal(page.changed) as changed:
        page.offline.click()
    assert changed.args[2] is True


def test_an_address_set_outside_is_named_and_can_be_chosen_against(qtbot: QtBot, page: NetworkPage) -> None:
    assert page.origin.isHidden()
    page.show_network(mirror="", proxy="", is_offline=False, environment="https://mirror.example")
    assert page.mirror.currentText() == "https://mirror.example"
    assert page.origin.isVisible()
    assert "by HF_ENDPOINT" in page.origin.text()
    with qtbot.waitSignal(page.changed) as changed:
        qtbot.keyClick(page.mirror, Qt.Key.Key_Down)
        page.mirror.activated.emit(page.mirror.currentIndex())
    assert changed.args[0] == HUB
    assert "HF_ENDPOINT names https://mirror.example" in page.origin.text()
    page.show_network(mirror=CHINESE_MIRROR, proxy="", is_offline=False, environment="https://mirror.example")
    assert page.mirror.currentText() == CHINESE_MIRROR
    with qtbot.waitSignal(page.changed) as changed:
        page.mirror.setEditText("https://mirror.example/")
        page.mirror.activated.emit(0)
    assert changed.args[0] == ""
