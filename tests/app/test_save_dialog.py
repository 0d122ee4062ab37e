"""Where a file goes: the ending is added, and leaving the dialog does nothing."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.save_dialog import ask_where_to_save


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


def ask(parent: QWidget, folder: Path) -> tuple[QFileDialog, list[Path]]:
    chosen: list[Path] = []
    kinds = ("Pictures (*.png)", "Drawings (*.svg)")
    ask_where_to_save(parent, title="Save", suggested=folder / "map.png", kinds=kinds, then=chosen.append)
    return parent.findChildren(QFileDialog)[-1], chosen


def test_agreeing_takes_the_suggestion(qtbot: QtBot, parent: QWidget, tmp_path: Path) -> None:
    dialog, chosen = ask(parent, tmp_path)
    dialog.accept()
    assert chosen == [tmp_path / "map.png"]


def test_a_name_without_ending_gets_it(qtbot: QtBot, parent: QWidget, tmp_path: Path) -> None:
    dialog, chosen = ask(parent, tmp_path)
    dialog.selectFile("other")
    dialog.accept()
    assert chosen == [tmp_path / "other.png"]


def test_the_ending_is_that_of_the_chosen_kind(qtbot: QtBot, parent: QWidget, tmp_path: Path) -> None:
    dialog, chosen = ask(parent, tmp_path)
    dialog.selectNameFilter("Drawings (*.svg)")
    dialog.filterSelected.emit("Drawings (*.svg)")
    dialog.selectFile("other")
    dialog.accept()
    assert chosen == [tmp_path / "other.svg"]


def test_leaving_does_nothing(qtbot: QtBot, parent: QWidget, tmp_path: Path) -> None:
    dialog, chosen = ask(parent, tmp_path)
    dialog.reject()
    assert chosen == []
