"""The search bar asks while one types, says what was found, and lets go on Esc."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.analysis.text_query import SearchKind
from verbatlas.app.search.query import Query
from verbatlas.app.search.search_bar import SearchBar


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[SearchBar]:
    bar = SearchBar()
    qtbot.addWidget(bar)
    bar.show()
    qtbot.waitExposed(bar)
    yield bar
    bar.hide()


def use(bar: SearchBar, kind: SearchKind) -> None:
    bar.kind.setCurrentIndex(bar.kind.findData(kind.value))


def test_typing_asks_once_after_a_pause(qtbot: QtBot, bar: SearchBar) -> None:
    asked: list[Query] = []
    bar.asked.connect(asked.append)
    with qtbot.waitSignal(bar.asked):
        qtbot.keyClicks(bar.line, " late parcel ")
    assert asked == [Query("late parcel", SearchKind.WORDS, 100)]


def test_enter_asks_at_once(qtbot: QtBot, bar: SearchBar) -> None:
    use(bar, SearchKind.PATTERN)
    qtbot.keyClicks(bar.line, "late|slow")
    with qtbot.waitSignal(bar.asked, timeout=100) as asked:
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert asked.args == [Query("late|slow", SearchKind.PATTERN, 100)]


def test_meanings_are_asked_for_on_enter_only(qtbot: QtBot, bar: SearchBar) -> None:
    use(bar, SearchKind.MEANING)
    with qtbot.assertNotEmitted(bar.asked, wait=400):
        qtbot.keyClicks(bar.line, "rude staff")
    assert bar.result.text() == "Press Enter to search by meaning."
    bar.n_most.setValue(20)
    with qtbot.waitSignal(bar.asked, timeout=100) as asked:
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert asked.args == [Query("rude staff", SearchKind.MEANING, 20)]


def test_more_or_fewer_of_the_most_similar_are_asked_for_without_enter(qtbot: QtBot, bar: SearchBar) -> None:
    bar.ask("rude staff", SearchKind.MEANING)
    with qtbot.waitSignal(bar.asked) as asked:
        bar.n_most.setValue(30)
    assert asked.args == [Query("rude staff", SearchKind.MEANING, 30)]


def test_the_number_is_there_for_meanings_only(bar: SearchBar) -> None:
    bar.ask("late")
    assert not bar.n_most.isVisible()
    use(bar, SearchKind.MEANING)
    assert bar.n_most.isVisible()


def test_another_way_to_search_asks_again(qtbot: QtBot, bar: SearchBar) -> None:
    bar.ask("late.*")
    with qtbot.waitSignal(bar.asked) as asked:
        use(bar, SearchKind.PATTERN)
    assert asked.args == [Query("late.*", SearchKind.PATTERN, 100)]


@pytest.mark.parametrize(
    ("kind", "count", "words"),
    [
        (SearchKind.WORDS, 1, "1 comment found."),
        (SearchKind.WORDS, 31200, "31,200 comments found."),
        (SearchKind.PATTERN, 0, "No comment found."),
        (SearchKind.MEANING, 100, "The 100 most similar comments."),
        (SearchKind.MEANING, 0, "No comment found."),
    ],
)
def test_the_answer_is_said_and_can_be_selected_if_there_is_one(
    qtbot: QtBot, bar: SearchBar, kind: SearchKind, count: int, words: str
) -> None:
    bar.ask("late", kind)
    bar.show_searching()
    assert bar.result.text() == "Searching…"
    assert not bar.select.isEnabled()
    bar.show_result(count)
    assert bar.result.text() == words
    assert bar.select.isEnabled() == bar.make_cluster.isEnabled() == (count > 0)
    if count:
        with qtbot.waitSignal(bar.select_asked):
            qtbot.mouseClick(bar.select, Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(bar.cluster_asked):
            qtbot.mouseClick(bar.make_cluster, Qt.MouseButton.LeftButton)


def test_a_problem_is_said_and_nothing_can_be_selected(bar: SearchBar) -> None:
    bar.ask("(late", SearchKind.PATTERN)
    bar.show_problem("The bracket is never closed.")
    assert bar.result.text() == "The bracket is never closed."
    assert bar.result.property("role") == "problem"
    assert not bar.select.isEnabled()


def test_nothing_to_look_for_clears(qtbot: QtBot, bar: SearchBar) -> None:
    bar.ask("late")
    bar.show_result(3)
    with qtbot.waitSignal(bar.cleared):
        bar.line.setText("  ")
    assert bar.query is None
    assert bar.result.text() == ""


@pytest.mark.parametrize("part", ["line", "kind", "clear"])
def test_escape_clears_the_search_before_the_window_hears_of_it(qtbot: QtBot, part: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = SearchBar()
    QVBoxLayout(window).addWidget(bar)
    of_the_window: list[None] = []
    QShortcut(QKeySequence("Esc"), window).activated.connect(lambda: of_the_window.append(None))
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    bar.ask("late")
    focused = getattr(bar, part)
    focused.setFocus()
    with qtbot.waitSignal(bar.cleared):
        qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert bar.line.text() == ""
    assert of_the_window == []
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert of_the_window == [None]
    window.hide()


def test_the_button_clears_and_one_can_type_again(qtbot: QtBot, bar: SearchBar) -> None:
    bar.ask("late")
    bar.show_result(3)
    with qtbot.waitSignal(bar.cleared):
        qtbot.mouseClick(bar.clear, Qt.MouseButton.LeftButton)
    assert bar.line.hasFocus()
    with qtbot.assertNotEmitted(bar.cleared):
        bar.clear_search()


def test_focus_lets_one_type_over_what_stands_there(bar: SearchBar) -> None:
    bar.ask("late")
    bar.focus_search()
    assert bar.line.hasFocus()
    assert bar.line.selectedText() == "late"


def test_everything_has_a_name_for_a_screen_reader(bar: SearchBar) -> None:
    for part in (bar.line, bar.kind, bar.n_most):
        assert part.accessibleName()
    for button in (bar.select, bar.clear):
        assert button.text()
