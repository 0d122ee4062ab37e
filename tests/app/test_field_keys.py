"""The program's keys work while the keyboard is in a field, as long as they are not about what is typed there."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.field_keys import FieldKeys


class LinuxField(QLineEdit):
    """A field that claims Ctrl+E, as Qt's own do on Linux with a real screen."""

    def event(self, event: QEvent) -> bool:
        claims = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if claims and event.keyCombination() == QKeySequence("Ctrl+E")[0]:
            event.accept()
            return True
        return super().event(event)


@pytest.fixture
def field_keys(qapp: QApplication) -> Iterator[FieldKeys]:
    keys = FieldKeys(qapp)
    yield keys
    keys.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> Iterator[QWidget]:
    page = QWidget()
    layout = QVBoxLayout(page)
    for name in ("first", "second"):
        field = LinuxField(objectName=name)
        layout.addWidget(field)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    yield page
    page.deleteLater()
    QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)


def pressed(qtbot: QtBot, page: QWidget, keys: str) -> int:
    """Return how often the program's key was heard, pressed in the second field."""
    heard: list[None] = []
    shortcut = QShortcut(QKeySequence(keys), page)
    shortcut.activated.connect(lambda: heard.append(None))
    for name in ("first", "second"):
        field = page.findChild(QLineEdit, name)
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
    combined = QKeySequence(keys)[0]
    qtbot.keyClick(page.windowHandle(), combined.key(), combined.keyboardModifiers())
    shortcut.deleteLater()
    return len(heard)


@pytest.mark.usefixtures("field_keys")
def test_a_field_leaves_the_key_of_the_export_to_the_program(qtbot: QtBot, page: QWidget) -> None:
    assert pressed(qtbot, page, "Ctrl+E") == 1


def test_without_it_the_field_would_keep_the_key(qtbot: QtBot, page: QWidget) -> None:
    assert pressed(qtbot, page, "Ctrl+E") == 0


@pytest.mark.usefixtures("field_keys")
def test_the_keys_of_editing_stay_with_the_field(qtbot: QtBot, page: QWidget) -> None:
    field = page.findChild(QLineEdit, "second")
    field.setText("a name")
    assert pressed(qtbot, page, "Ctrl+A") == 0
    assert field.selectedText() == "a name"


@pytest.mark.usefixtures("field_keys")
@pytest.mark.parametrize("keys", ["Ctrl+Z", "Ctrl+Shift+Z"])
def test_a_field_that_nothing_was_typed_into_leaves_undo_to_the_program(qtbot: QtBot, page: QWidget, keys: str) -> None:
    page.findChild(QLineEdit, "second").setText("a name that was found")
    assert pressed(qtbot, page, keys) == 1


@pytest.mark.usefixtures("field_keys")
def test_undo_takes_back_what_was_typed_into_the_field_and_nothing_else(qtbot: QtBot, page: QWidget) -> None:
    field = page.findChild(QLineEdit, "second")
    qtbot.keyClicks(field, "abc")
    assert pressed(qtbot, page, "Ctrl+Z") == 0
    assert field.text() == ""
    assert pressed(qtbot, page, "Ctrl+Z") == 0
