"""The list of doubtful parts: one press or a number corrects a name, Enter ends it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from verbatlas.app.doubts.doubt_panel import DoubtPanel
from verbatlas.app.elsewhere import Place
from verbatlas.app.review.part_list import PartCard

PLACES = (Place(4, "Late", QColor("red")), Place(7, "Wet", QColor("blue")))
CARDS = [
    PartCard("8 comments", ((row, "it came late"), (row + 1, "电池")), PLACES, (), present=name)
    for row, name in ((3, "Refund"), (5, "Battery"), (9, "Refund"))
]


@pytest.fixture
def panel(qtbot: QtBot) -> DoubtPanel:
    """The panel with a list."""
    panel = DoubtPanel()
    qtbot.addWidget(panel)
    panel.resize(320, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_parts(CARDS, total=3)
    return panel


def test_every_part_shows_its_name_and_enter_leaves_all_as_they_are(qtbot: QtBot, panel: DoubtPanel) -> None:
    assert panel.said == "3 parts have a doubtful name"
    assert [part.name.placeholderText() for part in panel.parts.parts] == ["Refund", "Battery", "Refund"]
    assert panel.enter_words == "Done: all of these names are right"
    with qtbot.waitSignal(panel.done):
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert not panel.has_answers


def test_a_press_and_a_number_correct_and_the_button_counts_them(qtbot: QtBot, panel: DoubtPanel) -> None:
    qtbot.mouseClick(panel.parts.parts[0].buttons["wet"], Qt.MouseButton.LeftButton)
    assert panel.enter_words == "Done: correct 1 part"
    qtbot.keyClicks(panel.name, "3: Late")
    assert panel.enter_words == "Name part 3"
    with qtbot.assertNotEmitted(panel.done):
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert panel.parts.names == ["Wet", "", "Late"]
    assert panel.name.text() == ""
    assert panel.enter_words == "Done: correct 2 parts"
    qtbot.keyClicks(panel.name, "3:")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert panel.parts.names == ["Wet", "", ""]


def test_a_part_that_is_further_down_can_be_named_once_it_is_shown(qtbot: QtBot, panel: DoubtPanel) -> None:
    panel.add_parts([], total=4)
    qtbot.keyClicks(panel.name, "1 4: Late")
    assert panel.enter_words == "Part 4 is further down"
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert not panel.has_answers
    panel.add_parts(CARDS[:1], total=4)
    assert panel.enter_words == "Name parts 1, 4"
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert panel.parts.names == ["Late", "", "", "Late"]
    assert panel.enter_words == "Done: correct 2 parts"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("7: Late", "There is no part 7"), ("Late", "Type the number first, then a colon and the name")],
)
def test_what_names_no_part_does_nothing(qtbot: QtBot, panel: DoubtPanel, typed: str, said: str) -> None:
    qtbot.keyClicks(panel.name, typed)
    assert panel.enter_words == said
    with qtbot.assertNotEmitted(panel.done):
        qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    assert panel.name.text() == typed


def test_while_there_is_no_list_it_is_said_why_and_the_way_back_has_the_keyboard(
    qtbot: QtBot, panel: DoubtPanel
) -> None:
    panel.show_searching()
    assert panel.is_searching
    panel.show_progress(3, 10)
    panel.say("No name is doubtful.")
    panel.take_keyboard()
    assert not panel.is_searching
    assert (panel.said, panel.enter_words, len(panel.parts.parts)) == ("No name is doubtful.", "", 0)
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)


def test_a_page_is_turned_while_the_field_has_the_keyboard(qtbot: QtBot, panel: DoubtPanel) -> None:
    panel.resize(320, 300)
    bar = panel._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(panel.name, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(panel.name, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_the_keyboard_goes_from_the_field_through_the_parts_to_the_end(qtbot: QtBot, panel: DoubtPanel) -> None:
    panel.take_keyboard()
    met = []
    for _step in range(40):
        met.append(panel.focusWidget())
        if met[-1] is panel._back:
            break
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    assert met[0] is panel.name
    first, last = panel.parts.parts[0], panel.parts.parts[2]
    wanted = [first.name, first.buttons["late"], first.comments.comments[0], last.name, panel._accept, panel._back]
    assert [met.index(widget) for widget in wanted] == sorted(met.index(widget) for widget in wanted)
    named = [widget for widget in met if not isinstance(widget, type(panel._scroll))]
    assert all(widget.accessibleName() or widget.text() for widget in named)
