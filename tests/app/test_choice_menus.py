"""The submenus that depend on the moment."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from verbatlas.app.choice_menus import fill_languages, fill_recent, fill_samples, fill_schemes
from verbatlas.app.preferences import Preferences, Recent, Scheme


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    menu = QMenu()
    qtbot.addWidget(menu)
    return menu


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_recent_studies_open_by_their_path_and_an_ampersand_in_a_name_stays_one(menu: QMenu) -> None:
    opened: list[Path] = []
    preferences = Preferences(recent=(Recent("/a/q&a.verbatlas", "q&a.csv"), Recent("/b.verbatlas", "b.csv")))
    fill_recent(menu, preferences, opened.append)
    assert titles(menu) == ["q&&a.csv", "b.csv"]
    menu.actions()[0].trigger()
    assert opened == [Path("/a/q&a.verbatlas")]


def test_without_recent_studies_the_menu_says_so(menu: QMenu) -> None:
    fill_recent(menu, Preferences(), lambda _path: None)
    assert titles(menu) == ["None yet"]
    assert not menu.actions()[0].isEnabled()


def test_samples_open_by_their_name(menu: QMenu) -> None:
    opened: list[str] = []
    fill_samples(menu, opened.append)
    menu.actions()[1].trigger()
    assert opened == ["phone_reviews_zh"]


def test_the_present_colours_are_ticked_and_others_can_be_chosen(menu: QMenu) -> None:
    chosen: list[Scheme] = []
    fill_schemes(menu, Preferences(scheme=Scheme.LIGHT), chosen.append)
    assert [action.isChecked() for action in menu.actions()] == [False, True, False]
    menu.actions()[2].trigger()
    assert chosen == [Scheme.DARK]


def test_every_language_is_called_by_its_own_name(menu: QMenu) -> None:
    chosen: list[str] = []
    fill_languages(menu, Preferences(), chosen.append)
    assert titles(menu)[1:] == ["English", "简体中文"]
    menu.actions()[2].trigger()
    assert chosen == ["zh_CN"]
