"""The question suits what is in the column: values to tick, two numbers, two days."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from verbatlas.app.filters.column_summary import Categories, ColumnSummary, Numbers, Option, summary_of
from verbatlas.app.filters.date_range import DateRange
from verbatlas.app.filters.filter import CategoryFilter, DateFilter, Filter, RangeFilter
from verbatlas.app.filters.filter_dialog import FilterDialog
from verbatlas.app.filters.number_range import NumberRange
from verbatlas.study import Study


def dialog_of(qtbot: QtBot, summary: ColumnSummary, wanted: Filter | None = None) -> FilterDialog:
    dialog = FilterDialog(summary, wanted)
    qtbot.addWidget(dialog)
    return dialog


def agree(qtbot: QtBot, dialog: FilterDialog) -> Filter:
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    answer: Filter = chosen.args[0]
    return answer


def test_nothing_ticked_is_no_filter(qtbot: QtBot, study: Study) -> None:
    dialog = dialog_of(qtbot, summary_of(study, 1))
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    dialog.question.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert ok.isEnabled()
    assert agree(qtbot, dialog) == CategoryFilter(1, ("App",))


def test_values_are_found_by_typing_and_only_those_are_ticked_together(qtbot: QtBot) -> None:
    options = tuple(
        Option(f"{city} {number}", f"{city} {number}", 1) for city in ("上海", "Rome") for number in range(6)
    )
    dialog = dialog_of(qtbot, ColumnSummary(2, "city", Categories(options, n_left_out=3)))
    question = dialog.question
    qtbot.keyClicks(question.find_line, "rome")
    question.all.click()
    question.find_line.clear()
    assert question.values() == tuple(f"Rome {number}" for number in range(6))
    question.none.click()
    assert question.values() == ()
    assert "3 rarer values are not in the list." in [label.text() for label in dialog.findChildren(QLabel)]


def test_the_keyboard_ticks_values(qtbot: QtBot, study: Study) -> None:
    dialog = dialog_of(qtbot, summary_of(study, 1))
    question = dialog.question
    qtbot.keyClick(question.list, Qt.Key.Key_Down)
    qtbot.keyClick(question.list, Qt.Key.Key_Space)
    assert question.values() == ("Web",)


def test_numbers_are_asked_for_by_their_ends(qtbot: QtBot, study: Study) -> None:
    dialog = dialog_of(qtbot, summary_of(study, 3))
    assert isinstance(dialog.question, NumberRange)
    assert "1 comment has no number here: it is left out." in [label.text() for label in dialog.findChildren(QLabel)]
    dialog.question.low.setValue(3)
    dialog.question.high.setValue(6)
    assert agree(qtbot, dialog) == RangeFilter(3, 3, 6)


def test_ends_that_cross_push_each_other(qtbot: QtBot, study: Study) -> None:
    dialog = dialog_of(qtbot, summary_of(study, 3), RangeFilter(3, 10, 20))
    question = dialog.question
    assert isinstance(question, NumberRange)
    question.low.setValue(25)
    assert question.filter() == RangeFilter(3, 25, 25)
    question.high.setValue(7)
    assert question.filter() == RangeFilter(3, 7, 7)


def test_an_end_keeps_the_digits_that_its_box_does_not_show(qtbot: QtBot) -> None:
    numbers = Numbers(0.12345678, 7.87654321, 6, (1,) * 40, 0)
    dialog = dialog_of(qtbot, ColumnSummary(0, "x", numbers))
    question = dialog.question
    assert question.filter() == RangeFilter(0, 0.12345678, 7.87654321)


def test_the_range_in_the_picture_is_the_range_in_the_boxes(qtbot: QtBot, study: Study) -> None:
    dialog = dialog_of(qtbot, summary_of(study, 3))
    question = dialog.question
    assert isinstance(question, NumberRange)
    question.histogram.range_dragged.emit(0.0, 0.5)
    assert question.filter() == RangeFilter(3, 1.5, 18.0)


def test_days_are_asked_for_by_their_ends(qtbot: QtBot, study: Study) -> None:
    dialog = dialog_of(qtbot, summary_of(study, 4), DateFilter(4, date(2026, 3, 2), date(2026, 3, 9)))
    question = dialog.question
    assert isinstance(question, DateRange)
    question.last.setDate(QDate(2026, 3, 12))
    assert agree(qtbot, dialog) == DateFilter(4, date(2026, 3, 2), date(2026, 3, 12))
    question.first.setDate(QDate(2026, 3, 20))
    assert question.filter() == DateFilter(4, date(2026, 3, 20), date(2026, 3, 20))
    question.histogram.range_dragged.emit(0.0, 1.0)
    assert question.filter() == DateFilter(4, date(2026, 3, 1), date(2026, 3, 24))


@pytest.mark.parametrize("column", [1, 3, 4])
def test_every_part_of_the_question_has_a_name_for_a_screen_reader(qtbot: QtBot, study: Study, column: int) -> None:
    dialog = dialog_of(qtbot, summary_of(study, column))
    boxes = dialog.findChildren(QAbstractSpinBox) or [dialog.question.list, dialog.question.find_line]
    for box in boxes:
        assert box.accessibleName()
