"""Every part shows its comments and can get a name by one press."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from verbatlas.app.elsewhere import Place
from verbatlas.app.review.part_entry import PartEntry
from verbatlas.app.review.part_list import PartCard, PartList

PLACES = (Place(4, "Late", QColor("red")), Place(7, "Wet", QColor("blue")))
CARDS = (
    PartCard("20 comments", ((3, "it came late"),), PLACES, ()),
    PartCard("8 comments", ((5, "电池"),), (), ((0, 1.0),)),
)


def test_a_press_names_a_part_and_a_second_one_takes_it_back(qtbot: QtBot) -> None:
    parts = PartList()
    qtbot.addWidget(parts)
    parts.show_parts(CARDS, total=2)
    assert parts.names == ["", ""]
    assert [line.plain for line in parts.parts[0].comments.comments] == ["it came late"]

    qtbot.mouseClick(parts.parts[0].buttons["wet"], Qt.MouseButton.LeftButton)
    assert parts.names == ["Wet", "Wet"], "what follows a part is what that one is"
    qtbot.mouseClick(parts.parts[1].same, Qt.MouseButton.LeftButton)
    assert parts.names == ["Wet", ""]
    qtbot.mouseClick(parts.parts[1].buttons["wet"], Qt.MouseButton.LeftButton)  # offered as it was given here
    qtbot.mouseClick(parts.parts[0].buttons["wet"], Qt.MouseButton.LeftButton)
    assert parts.names == ["", "Wet"]
    parts.show_parts(CARDS[:1], total=1)
    assert parts.names == [""]


def test_an_answer_goes_down_to_all_that_follow_and_stops_at_another(qtbot: QtBot) -> None:
    parts = PartList()
    qtbot.addWidget(parts)
    votes = ((), ((0, 1.0),), ((1, 1.0),), ((2, 1.0),), ((0, 1.0),))
    parts.show_parts([PartCard("2 comments", ((row, "x"),), (), own) for row, own in enumerate(votes)], total=5)
    parts.answer(PartEntry((2,), "Late"))
    assert parts.names == ["", "Late", "Late", "Late", ""]
    assert parts.parts[3].name.placeholderText() == "Late, like part 3"
    parts.answer(PartEntry((3,), "Wet"))
    assert parts.names == ["", "Late", "Wet", "Wet", ""]
    parts.answer(PartEntry((2,), ""))
    assert parts.names == ["", "", "Wet", "Wet", ""]
    assert "late" in parts.parts[4].buttons


def test_a_part_without_its_cluster_shows_the_name_that_it_has(qtbot: QtBot) -> None:
    parts = PartList()
    qtbot.addWidget(parts)
    parts.show_parts([PartCard("8 comments", ((3, "it came late"),), PLACES, (), present="Dry")], total=1)
    assert parts.parts[0].name.placeholderText() == "Dry"
    with qtbot.waitSignal(parts.answered):
        qtbot.mouseClick(parts.parts[0].buttons["wet"], Qt.MouseButton.LeftButton)
    assert parts.names == ["Wet"]


def test_a_name_can_be_typed_and_enter_accepts_all(qtbot: QtBot) -> None:
    parts = PartList()
    qtbot.addWidget(parts)
    parts.show_parts(CARDS, total=2)
    qtbot.keyClicks(parts.parts[1].name, "Dry")
    with qtbot.waitSignal(parts.accepted):
        qtbot.keyClick(parts.parts[1].name, Qt.Key.Key_Return)
    assert parts.names == ["", "Dry"]
    assert "dry" in parts.parts[0].buttons


def test_further_parts_come_when_they_are_asked_for(qtbot: QtBot) -> None:
    parts = PartList()
    qtbot.addWidget(parts)
    parts.show_parts(CARDS[:1], total=2)
    assert parts.more.text() == "Show 1 more part"
    parts.answer(PartEntry((1,), "Late"))
    with qtbot.waitSignal(parts.more_asked):
        qtbot.mouseClick(parts.more, Qt.MouseButton.LeftButton)
    parts.add_parts(CARDS[1:], total=2)
    assert parts.names == ["Late", "Late"]
    assert parts.parts[1].name.placeholderText() == "Late, like part 1"
    assert parts.more.isHidden()


def test_several_parts_get_a_name_at_once_and_it_is_passed_on_once(qtbot: QtBot) -> None:
    parts = PartList()
    qtbot.addWidget(parts)
    votes = ((), ((0, 1.0),), ((1, 1.0),), ((0, 1.0),), ((0, 1.0),))
    parts.show_parts([PartCard("2 comments", ((row, "x"),), (), own) for row, own in enumerate(votes)], total=9)
    told: list[list[str]] = []
    parts.answered.connect(lambda: told.append(parts.names))
    last = parts.answer(PartEntry((2, 4), "Late"))
    assert last is parts.parts[3]
    assert told == [["", "Late", "Late", "Late", ""]]
    assert parts.names == ["", "Late", "Late", "Late", ""]
    assert "late" in parts.parts[4].buttons
    parts.answer(PartEntry((2, 4), ""))
    assert parts.names == [""] * 5


def test_what_is_being_typed_about_is_marked_also_when_it_comes_later(qtbot: QtBot) -> None:
    parts = PartList()
    qtbot.addWidget(parts)
    parts.shown.connect(lambda: parts.mark((1, 2, 7)))
    parts.show_parts(CARDS[:1], total=2)
    assert parts.parts[0].said == "▸ 1 · 20 comments"
    parts.add_parts(CARDS[1:], total=2)
    assert [part.said for part in parts.parts] == ["▸ 1 · 20 comments", "▸ 2 · 8 comments"]
    parts.mark((2,))
    assert [part.said for part in parts.parts] == ["1 · 20 comments", "▸ 2 · 8 comments"]
    parts.show_parts(CARDS[:1], total=1)
    parts.mark(())
    assert parts.parts[0].said == "1 · 20 comments"


def test_what_entering_would_do_is_known_before(qtbot: QtBot) -> None:
    parts = PartList()
    qtbot.addWidget(parts)
    parts.show_parts(CARDS, total=3)
    assert [parts.has(PartEntry(numbers, "x")) for numbers in ((1,), (1, 2), (2, 3))] == [True, True, False]
    assert parts.words_of(PartEntry((2, 3), "x")) == "Part 3 is further down"
