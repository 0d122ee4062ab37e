"""The table of actions: every one has its own key, is found in a menu, and makes sense when it should."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from verbatlas.app.actions import Menu, Situation
from verbatlas.app.main_window import MainWindow
from verbatlas.resources import resource


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = [QKeySequence(keys).toString() for spec in window.actions_of_window.specs for keys in spec.shortcuts]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_no_two_actions_of_a_menu_share_a_mnemonic(window: MainWindow) -> None:
    for menu in Menu:
        marks = [
            spec.title[spec.title.index("&") + 1].lower()
            for spec in window.actions_of_window.specs
            if spec.menu is menu
        ]
        assert [mark for mark, count in Counter(marks).items() if count > 1] == []


def test_every_icon_is_there(window: MainWindow) -> None:
    for spec in window.actions_of_window.specs:
        if spec.icon:
            assert resource("icons", f"{spec.icon}.svg").exists()


@pytest.mark.parametrize(
    ("situation", "possible", "impossible"),
    [
        (Situation(), {"open", "quit", "shortcuts"}, {"export", "undo", "update", "rename", "cancel", "fit"}),
        (Situation(has_study=True), {"close_study"}, {"export", "fit"}),
        (Situation(has_study=True, has_map=True), {"export", "picture", "fit", "find"}, {"cancel", "rename"}),
        (Situation(has_study=True, has_map=True, busy=True), {"cancel", "fit"}, {"open", "export", "undo"}),
        (Situation(has_study=True, has_map=True, has_cluster=True), {"rename"}, {"undo", "redo"}),
        (Situation(has_study=True, has_map=True, undo=True, redo=True), {"undo", "redo"}, {"update"}),
        (Situation(has_study=True, is_outdated=True), {"update"}, {"export"}),
    ],
)
def test_what_makes_sense_can_be_done_and_nothing_else(
    window: MainWindow, situation: Situation, possible: set[str], impossible: set[str]
) -> None:
    specs = {spec.name: spec for spec in window.actions_of_window.specs}
    assert all(specs[name].when(situation) for name in possible)
    assert not any(specs[name].when(situation) for name in impossible)
