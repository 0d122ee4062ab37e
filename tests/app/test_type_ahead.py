"""Typing a few letters finds it; arrows, Enter and the mouse take it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.type_ahead import Choice, TypeAhead

CHOICES = (
    Choice(1, "Late delivery", "12 comments", "parcel courier", QColor("red")),
    Choice(2, "电池不耐用", "3 comments", "续航"),
    Choice(-1, "No cluster"),
)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[TypeAhead]:
    dialog = TypeAhead(CHOICES, title="Move comments", lead="Move 2 comments to:")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


def shown(dialog: TypeAhead) -> list[str]:
    found = dialog.findChild(QListWidget)
    return [found.item(row).text() for row in range(found.count())]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["Late delivery", "电池不耐用", "No cluster"]),
        ("DELI", ["Late delivery"]),
        ("late courier", ["Late delivery"]),
        ("电池", ["电池不耐用"]),
        ("续航", ["电池不耐用"]),
        ("nothing of the kind", []),
    ],
)
def test_words_find_it_by_title_and_by_what_it_is_about(typed: str, expected: list[str], dialog: TypeAhead) -> None:
    dialog.findChild(QLineEdit).setText(typed)
    assert shown(dialog) == expected


def test_enter_takes_the_first_and_the_arrows_another(qtbot: QtBot, dialog: TypeAhead) -> None:
    words = dialog.findChild(QLineEdit)
    qtbot.keyClick(words, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(words, Qt.Key.Key_Return)
    assert chosen.args == [2]
    assert not dialog.isVisible()


def test_a_click_takes_it(qtbot: QtBot, dialog: TypeAhead) -> None:
    found = dialog.findChild(QListWidget)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=found.visualItemRect(found.item(2)).center())
    assert chosen.args == [-1]


def test_enter_on_nothing_and_escape_take_nothing(qtbot: QtBot, dialog: TypeAhead) -> None:
    words = dialog.findChild(QLineEdit)
    words.setText("nothing of the kind")
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(words, Qt.Key.Key_Return)
        assert dialog.isVisible()
        qtbot.keyClick(words, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
