"""The page of shortcuts says what every key does, and fits into any window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.actions import Action, Menu
from verbatlas.app.main_window import MainWindow
from verbatlas.app.other_keys import other_keys
from verbatlas.app.shortcuts_dialog import ShortcutsDialog


@pytest.fixture
def low_window(qtbot: QtBot, window: MainWindow) -> Iterator[MainWindow]:
    """The window on a low screen, with the keyboard; a page that is left open is closed after the test."""
    window.resize(1280, 720)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.setFocus()
    yield window
    for dialog in window.findChildren(ShortcutsDialog):
        dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def words_of(dialog: ShortcutsDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def close_button(dialog: ShortcutsDialog) -> QPushButton:
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close)


def is_whole(part: QWidget) -> bool:
    """Return whether nothing of ``part`` is cut off."""
    return part.isVisible() and part.visibleRegion().boundingRect() == part.rect()


def test_every_action_with_a_key_is_listed_under_its_menu_and_then_the_other_keys(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    actions = [
        Action(name="open", title="&Open…", menu=Menu.FILE, shortcuts=("Ctrl+O",)),
        Action(name="redo", title="&Redo", menu=Menu.EDIT, shortcuts=("Ctrl+Shift+Z", "Ctrl+Y")),
        Action(name="about", title="&About", menu=Menu.HELP),
    ]
    words = words_of(ShortcutsDialog(actions, parent))
    menus = ["File", "Open", "Ctrl+O", "Edit", "Redo", "Ctrl+Shift+Z or Ctrl+Y"]
    others = [
        word
        for title, keys in other_keys().items()
        for word in (title, *(part for key in keys for part in (key.title, key.keys)))
    ]
    assert words == [*menus, *others]


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question], ids=["F1", "?"])
def test_a_key_opens_it_no_higher_than_a_low_window_with_close_in_sight(
    key: Qt.Key, qtbot: QtBot, low_window: MainWindow
) -> None:
    QTest.keyClick(low_window, key)
    qtbot.waitUntil(lambda: low_window.findChild(ShortcutsDialog) is not None)
    dialog = low_window.findChild(ShortcutsDialog)
    qtbot.waitExposed(dialog)
    assert dialog.height() <= 720
    assert is_whole(close_button(dialog))
    qtbot.mouseClick(close_button(dialog), Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_its_last_line_is_scrolled_to_with_the_keyboard_and_none_is_cut_off(
    qtbot: QtBot, low_window: MainWindow
) -> None:
    QTest.keyClick(low_window, Qt.Key.Key_F1)
    dialog = low_window.findChild(ShortcutsDialog)
    qtbot.waitExposed(dialog)
    last = dialog.findChildren(QLabel)[-1]
    assert not is_whole(last)
    scroll = dialog.findChild(QScrollArea)
    qtbot.waitUntil(scroll.hasFocus)
    for _page in range(9):
        QTest.keyClick(scroll, Qt.Key.Key_PageDown)
    assert is_whole(last)
    assert scroll.widget().width() <= scroll.viewport().width()
