"""Kept vectors have a size and a limit, and can be forgotten."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from verbatlas.app.models.kept_vectors import KeptVectors


@pytest.fixture
def kept(qtbot: QtBot) -> KeptVectors:
    kept = KeptVectors()
    qtbot.addWidget(kept)
    kept.show()
    return kept


def test_kept_vectors_have_a_size_and_can_be_forgotten(qtbot: QtBot, kept: KeptVectors) -> None:
    kept.show_amount(0, 2_000_000_000)
    assert not kept.clear.isEnabled()
    kept.show_amount(312_000_000, 2_000_000_000)
    assert kept.amount.text() == "312 MB of at most 2.0 GB"
    with qtbot.waitSignal(kept.clear_asked):
        kept.clear.click()


def test_the_limit_is_shown_without_being_announced_and_typed(qtbot: QtBot, kept: KeptVectors) -> None:
    with qtbot.assertNotEmitted(kept.limit_asked):
        kept.show_amount(0, 2_000_000_000)
    assert kept.most.text() == "2.00 GB"
    kept.most.selectAll()
    with qtbot.waitSignal(kept.limit_asked) as asked:
        qtbot.keyClicks(kept.most, "5.5")
        qtbot.keyClick(kept.most, Qt.Key.Key_Return)
    assert asked.args == [5_500_000_000]
    with qtbot.waitSignal(kept.limit_asked) as asked:
        kept.most.setValue(0)
    assert asked.args == [0]
    assert kept.most.text() == "keep none"


def test_scrolling_past_the_limit_leaves_it_as_it_is(qtbot: QtBot, kept: KeptVectors) -> None:
    kept.show_amount(1_000, 2_000_000_000)
    kept.clear.setFocus()
    middle = QPointF(kept.most.rect().center())
    wheel = QWheelEvent(
        middle,
        kept.most.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.assertNotEmitted(kept.limit_asked):
        QApplication.sendEvent(kept.most, wheel)
    assert kept.most.value() == 2.0


def test_a_limit_from_outside_is_named_and_stays(kept: KeptVectors) -> None:
    kept.show_amount(0, 100_000_000, is_fixed=True)
    assert not kept.most.isEnabled()
    assert "VERBATLAS_CACHE_BYTES" in kept.fixed.text()
    assert kept.fixed.isVisible()
    kept.show_amount(0, 100_000_000)
    assert kept.fixed.isHidden()
    kept.show_amount(0, 1_000)
    assert kept.most.text() == "0.01 GB"


def test_a_problem_is_said_and_goes(kept: KeptVectors) -> None:
    kept.show_problem("The disk is full.")
    assert kept.problem.isVisible()
    kept.show_problem("")
    assert kept.problem.isHidden()
