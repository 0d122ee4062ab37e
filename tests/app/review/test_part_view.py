"""A part says what it is while nobody has said anything, and lets it be changed by a press."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from verbatlas.app.elsewhere import Place
from verbatlas.app.review.part_view import PartView


def test_it_is_like_the_part_it_follows_until_it_gets_a_name_or_is_the_same(qtbot: QtBot) -> None:
    part = PartView(3, "8 comments", ((5, "电池"),), (Place(7, "Wet", QColor("blue")),))
    qtbot.addWidget(part)
    part.show()
    assert part.name.placeholderText() == "the same"
    assert not part.same.isVisible()

    part.show_likeliest("Late", like=2)
    assert part.name.placeholderText() == "Late, like part 2"
    assert part.answer is None
    qtbot.mouseClick(part.same, Qt.MouseButton.LeftButton)
    assert part.answer == ""
    assert part.name.placeholderText() == "the same"
    assert part.same.isChecked()
    qtbot.mouseClick(part.buttons["wet"], Qt.MouseButton.LeftButton)
    assert part.answer == part.name.text() == "Wet"
    assert not part.same.isChecked()
    qtbot.mouseClick(part.buttons["wet"], Qt.MouseButton.LeftButton)
    assert part.answer is None
    assert part.name.placeholderText() == "Late, like part 2"


def test_a_name_is_told_when_it_is_whole_and_the_answer_with_every_letter(qtbot: QtBot) -> None:
    part = PartView(1, "8 comments", ((5, "电池"),), ())
    qtbot.addWidget(part)
    names: list[str] = []
    answers: list[str | None] = []
    part.named.connect(names.append)
    part.answered.connect(lambda: answers.append(part.answer))
    qtbot.keyClicks(part.name, "Dry")
    assert answers == ["D", "Dr", "Dry"]
    assert names == []
    qtbot.keyClick(part.name, Qt.Key.Key_Return)
    assert names == ["Dry"]
    part.name.clear()
    assert part.answer is None
