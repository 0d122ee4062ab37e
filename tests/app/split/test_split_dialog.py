"""The question asks again when it is changed, and can be accepted only when there is something to split into."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from verbatlas.app.detail_lines import DETAIL_ROLE
from verbatlas.app.split.split_dialog import SplitDialog
from verbatlas.app.split.split_preview import PartLine


@pytest.fixture
def dialog(qtbot: QtBot) -> SplitDialog:
    dialog = SplitDialog("电池")
    qtbot.addWidget(dialog)
    return dialog


def split_button(dialog: SplitDialog) -> QPushButton:
    return next(part for part in dialog.findChildren(QPushButton) if part.text() == "Split")


def test_every_change_asks_again_and_dense_groups_know_no_number(qtbot: QtBot, dialog: SplitDialog) -> None:
    asked: list[tuple[str, int | None]] = []
    dialog.parts_wanted.connect(lambda method, number: asked.append((method, number)))
    dialog.ask()
    dialog._number.setValue(4)
    dialog.findChild(QComboBox).setCurrentIndex(2)
    assert asked == [("auto", None), ("auto", 4), ("hdbscan", None)]
    assert not dialog._number.isEnabled()
    assert not split_button(dialog).isEnabled()


def test_parts_are_listed_with_their_size_and_what_stays_over_is_said(dialog: SplitDialog) -> None:
    dialog.show_parts([PartLine("续航", 12), PartLine("heat", 1)], 3)
    shown = dialog.findChild(QListWidget)
    lines = [(shown.item(row).text(), shown.item(row).data(DETAIL_ROLE)) for row in range(2)]
    assert lines == [("续航", "12 comments"), ("heat", "1 comment")]
    assert dialog._state.text() == "2 parts. The map shows them. 3 comments would be in no cluster."
    assert split_button(dialog).isEnabled()


def test_one_part_is_no_split_but_may_be_a_cluster_found_among_the_left_over(dialog: SplitDialog) -> None:
    dialog.show_parts([PartLine("all", 12)], 0)
    assert not split_button(dialog).isEnabled()
    assert "No parts stand out here" in dialog._state.text()
    dialog.show_parts([PartLine("all", 12)], 0, fewest=1)
    assert split_button(dialog).isEnabled()


def test_enter_in_the_number_splits_and_does_not_ask_for_the_same_again(qtbot: QtBot, dialog: SplitDialog) -> None:
    dialog.show()
    number = dialog.findChild(QSpinBox)
    number.selectAll()
    with qtbot.waitSignal(dialog.parts_wanted) as wanted:
        qtbot.keyClicks(number, "2")
    assert wanted.args == ["auto", 2]
    with qtbot.assertNotEmitted(dialog.parts_wanted), qtbot.assertNotEmitted(dialog.accepted):
        qtbot.keyClick(number, Qt.Key.Key_Return)  # the parts are not known yet
    dialog.show_parts([PartLine("late", 5), PartLine("wet", 4)], 0)
    with qtbot.assertNotEmitted(dialog.parts_wanted), qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(number, Qt.Key.Key_Return)
