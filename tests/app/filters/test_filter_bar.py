"""Filters are chosen from a menu of the columns, shown as chips, changed and taken away."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from verbatlas.app.filters.checklist import Checklist
from verbatlas.app.filters.column_summary import summary_of
from verbatlas.app.filters.filter import CategoryFilter, ClusterFilter
from verbatlas.app.filters.filter_bar import FilterBar
from verbatlas.app.filters.filter_chip import FilterChip
from verbatlas.study import Rename, Study

APP, STARS = CategoryFilter(1, ("App",)), CategoryFilter(2, ("1", "2"))


@pytest.fixture
def bar(qtbot: QtBot, study: Study) -> Iterator[FilterBar]:
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.show_study(study)
    bar.show()
    qtbot.waitExposed(bar)
    yield bar
    bar.show_study(None)
    bar.hide()


def chips(bar: FilterBar) -> list[FilterChip]:
    return [chip for chip in bar.findChildren(FilterChip) if chip.isVisible()]


def words(bar: FilterBar) -> list[str]:
    return [chip.words.text() for chip in chips(bar)]


def choose(bar: FilterBar, study: Study, column: int | None, *labels: str) -> None:
    """Ask about a column and tick values, as a person does."""
    bar.ask(summary_of(study, column))
    assert bar.dialog is not None
    question = bar.dialog.question
    assert isinstance(question, Checklist)
    for row in range(question.list.count()):
        item = question.list.item(row)
        ticked = item.text().rpartition("  (")[0] in labels
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    bar.dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def test_the_menu_offers_clusters_and_every_column_but_the_text(qtbot: QtBot, bar: FilterBar) -> None:
    bar.menu.aboutToShow.emit()
    actions = [action for action in bar.menu.actions() if not action.isSeparator()]

    assert [action.text() for action in actions] == ["Cluster", "channel && shop", "stars", "price", "date"]
    with qtbot.waitSignal(bar.summary_asked) as asked:
        actions[1].trigger()
    assert asked.args == [1]
    assert not bar.add.isEnabled()
    bar.stop_waiting()
    with qtbot.waitSignal(bar.summary_asked) as asked:
        actions[0].trigger()
    assert asked.args == [None]


def test_what_is_ticked_becomes_a_filter_and_a_chip(qtbot: QtBot, bar: FilterBar, study: Study) -> None:
    with qtbot.waitSignal(bar.changed) as changed:
        choose(bar, study, 1, "App")
    assert changed.args == [(APP,)]
    assert words(bar) == ["channel && shop: App"]
    assert bar.add.isEnabled()
    with qtbot.waitSignal(bar.changed) as changed:
        choose(bar, study, None, "电池发热", "No cluster")
    assert changed.args == [(APP, ClusterFilter((0, -1)))]


def test_a_column_has_one_filter_which_keeps_its_place_when_it_is_changed(
    qtbot: QtBot, bar: FilterBar, study: Study
) -> None:
    bar.show_filters((APP, STARS))
    with qtbot.waitSignal(bar.summary_asked) as asked:
        qtbot.mouseClick(chips(bar)[0].words, Qt.MouseButton.LeftButton)
    assert asked.args == [1]
    bar.ask(summary_of(study, 1))
    assert bar.dialog is not None
    assert isinstance(bar.dialog.question, Checklist)
    assert bar.dialog.question.values() == ("App",)
    with qtbot.waitSignal(bar.changed) as changed:
        choose(bar, study, 1, "Web", "No value")
    assert changed.args == [(CategoryFilter(1, ("Web", "")), STARS)]


def test_a_dialog_that_is_left_changes_nothing(qtbot: QtBot, bar: FilterBar, study: Study) -> None:
    bar.show_filters((APP,))
    bar.ask(summary_of(study, 1))
    assert bar.dialog is not None
    with qtbot.assertNotEmitted(bar.changed):
        qtbot.keyClick(bar.dialog, Qt.Key.Key_Escape)
    assert bar.dialog is None
    assert bar.filters == (APP,)


def test_chips_are_removed_one_by_one_or_all(qtbot: QtBot, bar: FilterBar) -> None:
    bar.show_filters((APP, STARS, ClusterFilter((0,))))
    with qtbot.waitSignal(bar.changed) as changed:
        qtbot.mouseClick(chips(bar)[0].remove, Qt.MouseButton.LeftButton)
    assert changed.args == [(STARS, ClusterFilter((0,)))]
    with qtbot.waitSignal(bar.changed) as changed:
        qtbot.keyClick(chips(bar)[1].words, Qt.Key.Key_Delete)
    assert changed.args == [(STARS,)]
    with qtbot.waitSignal(bar.changed) as changed:
        qtbot.mouseClick(bar.clear, Qt.MouseButton.LeftButton)
    assert changed.args == [()]
    assert words(bar) == []
    assert not bar.clear.isVisible()


def test_filters_that_are_shown_are_not_announced_and_their_result_is(qtbot: QtBot, bar: FilterBar) -> None:
    with qtbot.assertNotEmitted(bar.changed):
        bar.show_filters((APP,))
    bar.show_result(1234)
    assert bar.result.text() == "1,234 comments pass"
    bar.show_filters(())
    assert not bar.result.isVisible()


def test_a_renamed_cluster_is_called_by_its_new_name(bar: FilterBar, study: Study) -> None:
    bar.show_filters((ClusterFilter((0,)),))
    study.do(Rename(0, "R&D"))
    bar.show_labelling(study.labelling)
    assert words(bar) == ["Cluster: R&&D"]


def test_another_study_begins_without_filters(bar: FilterBar) -> None:
    bar.show_filters((APP,))
    bar.show_study(None)
    assert bar.filters == ()
    assert words(bar) == []
    assert not bar.add.isEnabled()


def test_everything_has_a_name_for_a_screen_reader(bar: FilterBar) -> None:
    bar.show_filters((APP,))
    for button in bar.findChildren(QPushButton):
        assert button.accessibleName()
    assert chips(bar)[0].remove.accessibleName() == "Remove the filter channel & shop: App"


def test_chips_flow_into_lines_where_the_bar_is_narrow(bar: FilterBar) -> None:
    bar.show_filters((APP, STARS))
    layout = bar.layout()
    assert layout is not None
    assert layout.heightForWidth(200) > layout.heightForWidth(2000)
