"""Everything a person can do is in one table, and menus, toolbar and keys agree with it."""

import pytest
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.actions import Action, ActionTable, Menu, Situation, plain


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    return owner


def table_of(owner: QWidget, done: list[str]) -> ActionTable:
    return ActionTable(
        [
            Action(
                name="open",
                title="&Open…",
                run=lambda: done.append("open"),
                menu=Menu.FILE,
                shortcuts=("Ctrl+O", "F3"),
                in_toolbar="Open",
            ),
            Action(
                name="export",
                title="&Export…",
                run=lambda: done.append("export"),
                menu=Menu.FILE,
                when=lambda situation: situation.has_map,
                starts_group=True,
            ),
            Action(
                name="recent",
                title="&Recent",
                menu=Menu.FILE,
                submenu=lambda menu: menu.addAction(f"entry {len(done)}"),
            ),
        ],
        owner,
    )


def menu_called(bar: QMenuBar, title: str) -> QMenu:
    return next(menu for menu in bar.findChildren(QMenu) if menu.title() == title)


def test_an_action_runs_when_it_is_triggered(owner: QWidget) -> None:
    done: list[str] = []
    table_of(owner, done)["open"].trigger()
    assert done == ["open"]


def test_every_shortcut_of_the_table_belongs_to_its_action_and_the_tip_names_the_first(owner: QWidget) -> None:
    action = table_of(owner, [])["open"]
    assert [keys.toString() for keys in action.shortcuts()] == ["Ctrl+O", "F3"]
    assert action.toolTip() == "Open (Ctrl+O)"


def test_what_makes_no_sense_now_is_disabled(owner: QWidget) -> None:
    table = table_of(owner, [])
    table.follow(Situation())
    assert table["open"].isEnabled()
    assert not table["export"].isEnabled()
    table.follow(Situation(has_study=True, has_map=True))
    assert table["export"].isEnabled()


@pytest.mark.parametrize(("title", "shown"), [("&Open…", "Open"), ("打开(&O)…", "打开"), ("Q&uit", "Quit")])
def test_a_title_is_listed_without_its_marks(title: str, shown: str) -> None:
    assert plain(title) == shown


def test_menus_grow_from_the_table_in_its_order(owner: QWidget) -> None:
    bar = QMenuBar(owner)
    table_of(owner, []).fill_menu_bar(bar)
    titles = [action.text() or "-" for action in menu_called(bar, "&File").actions()]
    assert titles == ["&Open…", "-", "&Export…", "&Recent"]


def test_a_submenu_is_filled_anew_each_time_it_opens(owner: QWidget) -> None:
    done: list[str] = []
    bar = QMenuBar(owner)
    table_of(owner, done).fill_menu_bar(bar)
    submenu = menu_called(bar, "&Recent")
    done.append("something")
    submenu.aboutToShow.emit()
    assert [action.text() for action in submenu.actions()] == ["entry 1"]


def test_the_toolbar_shows_what_belongs_there(owner: QWidget) -> None:
    bar = QToolBar(owner)
    table_of(owner, []).fill_toolbar(bar)
    assert [action.objectName() for action in bar.actions()] == ["open"]
