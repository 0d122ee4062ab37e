"""What is typed about a cluster is kept, whatever the person does next."""

import pytest
from pytestqt.qtbot import QtBot

from verbatlas.app.card.note_field import NoteField


@pytest.fixture
def field(qtbot: QtBot) -> NoteField:
    field = NoteField()
    qtbot.addWidget(field)
    field.show()
    field.show_note(1, "old")
    field.heard = []
    field.written.connect(lambda cluster, words: field.heard.append((cluster, words)))
    return field


@pytest.mark.parametrize("way", ["pause", "another cluster", "hidden"])
def test_the_words_are_kept(way: str, field: NoteField, qtbot: QtBot) -> None:
    field.setPlainText("look again 再看")
    match way:
        case "pause":
            qtbot.waitUntil(lambda: bool(field.heard), timeout=20_000)
        case "another cluster":
            field.show_note(2, "")
        case "hidden":
            field.hide()
    assert field.heard == [(1, "look again 再看")]
    field.keep()
    assert len(field.heard) == 1


def test_showing_a_note_writes_nothing_and_typing_is_not_taken_away(field: NoteField) -> None:
    field.show_note(2, "another")
    field.show_note(2, "another")
    assert field.toPlainText() == "another"
    field.setPlainText("another one")
    field.show_note(2, "another")
    assert field.toPlainText() == "another one"
    assert field.heard == []
