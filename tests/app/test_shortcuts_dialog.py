"""The page of shortcuts says what every key does."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.actions import Action, Menu
from verbatlas.app.shortcuts_dialog import ShortcutsDialog


def test_every_action_with_a_key_is_listed_under_its_menu(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    actions = [
        Action(name="open", title="&Open…", menu=Menu.FILE, shortcuts=("Ctrl+O",)),
        Action(name="redo", title="&Redo", menu=Menu.EDIT, shortcuts=("Ctrl+Shift+Z", "Ctrl+Y")),
        Action(name="about", title="&About", menu=Menu.HELP),
    ]
    dialog = ShortcutsDialog(actions, parent)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert words == ["File", "Open", "Ctrl+O", "Edit", "Redo", "Ctrl+Shift+Z or Ctrl+Y"]
