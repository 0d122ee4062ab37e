"""What is searched and filtered is seen on the map and in the counts, and can be selected."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.analysis.text_query import SearchKind
from verbatlas.app.clusters.cluster_model import SIZE_ROLE
from verbatlas.app.filters.filter import CategoryFilter
from verbatlas.app.main_window import MainWindow
from verbatlas.app.theme import ROLES, scheme_of


def counted(window: MainWindow) -> int:
    """Return how many comments the list of clusters counts."""
    model = window.desk.cluster_model
    return sum(model.index(row).data(SIZE_ROLE) for row in range(model.rowCount()))


def is_marked(part: QWidget) -> bool:
    """Return whether something in it has the ground of what was found."""
    ground, image = QColor(ROLES[scheme_of(part.palette())].found), part.grab().toImage()
    return any(image.pixelColor(x, y) == ground for x in range(image.width()) for y in range(image.height()))


def search(qtbot: QtBot, window: MainWindow, text: str, kind: SearchKind = SearchKind.WORDS) -> np.ndarray:
    """Search and return the rows that are shown then."""
    finding = window._view.finding
    with qtbot.waitSignal(finding.shown_changed, timeout=LONG):
        window.desk.search.ask(text, kind)
    return np.flatnonzero(finding.shown)


def test_chinese_inside_a_sentence_is_found_counted_and_selected(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    documents = window.session.study.documents
    for text in ("电池", "太慢", "不理人"):
        expected = [row for row, document in enumerate(documents) if text in document]
        assert search(qtbot, window, text).tolist() == expected
        assert f"{len(expected)} comment" in window.desk.search.result.text()
        assert counted(window) == len(expected)
    qtbot.mouseClick(window.desk.search.select, Qt.MouseButton.LeftButton)
    assert np.flatnonzero(window.selection.chosen).tolist() == expected

    window.selection.select_document(expected[0])
    assert is_marked(window.desk.comment)
    assert is_marked(window.desk.documents)

    window.desk.search.clear_search()
    assert window._view.finding.shown is None
    assert counted(window) == 42
    assert not is_marked(window.desk.comment)
    assert not is_marked(window.desk.documents)


def test_what_was_found_becomes_a_cluster_by_a_press_and_a_name(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    found = search(qtbot, window, "电池")
    qtbot.mouseClick(window.desk.search.make_cluster, Qt.MouseButton.LeftButton)
    line = window.findChild(QInputDialog).findChild(QLineEdit)
    line.setText("电池问题")
    with qtbot.waitSignal(window.session.edited, timeout=LONG):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    labelling = window.session.study.labelling
    (made,) = [id_ for id_, cluster in labelling.clusters.items() if cluster.name == "电池问题"]
    assert np.flatnonzero(labelling.members == made).tolist() == found.tolist()


def test_a_pattern_finds_and_a_wrong_one_is_told(qtbot: QtBot, mapped_window: MainWindow) -> None:
    documents = mapped_window.session.study.documents
    found = search(qtbot, mapped_window, "refund|late", SearchKind.PATTERN)
    assert found.tolist() == [
        row for row, text in enumerate(documents) if "refund" in text.lower() or "late" in text.lower()
    ]
    mapped_window.desk.search.ask("(refund", SearchKind.PATTERN)
    qtbot.waitUntil(lambda: mapped_window.desk.search.result.property("role") == "problem", timeout=LONG)


def test_a_search_by_meaning_shows_as_many_as_are_wanted(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    window.desk.search.n_most.setValue(5)
    found = search(qtbot, window, "battery is empty", SearchKind.MEANING)
    assert len(found) == 5
    assert any("battery" in window.session.study.documents[row].lower() for row in found)
    window.desk.search.n_most.setValue(3)
    qtbot.waitUntil(lambda: int(window._view.finding.shown.sum()) == 3, timeout=LONG)


def test_filters_and_search_narrow_each_other_down(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, finding = mapped_window, mapped_window._view.finding
    stars = window.session.study.table.column(3)
    with qtbot.waitSignal(finding.shown_changed, timeout=LONG):
        window.desk.filters._use((CategoryFilter(3, ("1", "2")),))
    low = [row for row, cell in enumerate(stars) if cell in {"1", "2"}]
    assert np.flatnonzero(finding.shown).tolist() == low
    assert counted(window) == len(low)

    found = search(qtbot, window, "电池")
    assert set(found) < set(low)
    window.desk.filters.clear.click()
    assert set(np.flatnonzero(finding.shown)) > set(found)


def test_the_columns_of_the_table_are_offered_as_filters(qtbot: QtBot, mapped_window: MainWindow) -> None:
    filters = mapped_window.desk.filters
    with qtbot.waitSignal(mapped_window.session.answered, timeout=LONG):
        filters.ask_about(3)
    assert filters.dialog is not None
    filters.dialog.reject()


def test_comments_like_the_selected_ones_are_selected(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    with qtbot.waitSignal(window.session.answered, timeout=LONG):
        window._view.finding.select_alike(np.array([3]))
    assert window.selection.chosen[3]
    assert 1 < window.selection.chosen.sum() <= 1 + 42 // 5, "some, not all of a small table"


def test_what_was_selected_stays_so_when_similar_comments_are_added(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, many = mapped_window, np.arange(0, 42, 2)
    with qtbot.waitSignal(window.session.answered, timeout=LONG):
        window._view.finding.select_alike(many)
    assert window.selection.chosen[many].all()
    assert window.selection.chosen.sum() > len(many)


def test_another_study_begins_without_search_and_filters(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window = mapped_window
    search(qtbot, window, "电池")
    path = window.session.study.path
    window.commands.close_study()
    assert window._view.finding.shown is None
    with qtbot.waitSignal(window.session.study_changed, timeout=LONG):
        window.session.open(path)
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert window.desk.search.line.text() == ""
    assert counted(window) == 42


FAR = "http://192.0.2.1:30000/v1#bge-m3"  # nobody answers there


def press(window: MainWindow, words: str) -> None:
    question = window.findChild(QMessageBox)
    next(button for button in question.findChildren(QPushButton) if button.text() == words).click()


def test_a_search_by_meaning_leaves_this_computer_only_when_the_person_agreed_once(
    qtbot: QtBot, mapped_window: MainWindow
) -> None:
    # As when somebody opens the study of a colleague whose server has read the comments.
    window = mapped_window
    said = window.desk.search.result.text
    window.session.choice = replace(window.session.choice, encoder=FAR)

    window.desk.search.ask("battery", SearchKind.MEANING)
    question = window.findChild(QMessageBox)
    assert "What you look for will be sent to http://192.0.2.1:30000/v1" in question.text()
    press(window, "Cancel")
    assert said().startswith("Not searched")
    assert window.own.preferences.told_hosts == ()
    question.setParent(None)

    window.desk.search.ask("battery", SearchKind.MEANING)
    question = window.findChild(QMessageBox)
    press(window, "Send them")
    assert said() == "Searching…"
    assert window.own.preferences.told_hosts == ("192.0.2.1:30000",)
    question.setParent(None)

    window.desk.search.ask("refund", SearchKind.MEANING)
    assert window.findChild(QMessageBox) is None
    assert said() == "Searching…"
    window.session.forget("search")
