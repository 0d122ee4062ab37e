"""Qt's commands on an array, and Qt's ranges after the array."""

import numpy as np
import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject
from pytestqt.qtbot import QtBot

from verbatlas.app.documents.document_model import DocumentModel
from verbatlas.app.documents.listing import Listing
from verbatlas.app.documents.row_selection import RowSelection, runs

Flag = QItemSelectionModel.SelectionFlag


@pytest.fixture
def model(listing: Listing) -> DocumentModel:
    model = DocumentModel()
    model.show_listing(listing)
    return model


@pytest.fixture
def selection(model: DocumentModel, owner: QObject) -> RowSelection:
    return RowSelection(model, owner)


@pytest.fixture
def owner() -> QObject:
    return QObject()


def select(selection: RowSelection, first: int, last: int, command: Flag) -> None:
    model = selection.model()
    selection.select(QItemSelection(model.index(first, 0), model.index(last, 0)), command | Flag.Rows)


def chosen(model: DocumentModel) -> list[int]:
    return np.flatnonzero(model.chosen).tolist()


def test_a_growing_range_replaces_what_it_was_before(selection: RowSelection, model: DocumentModel) -> None:
    select(selection, 2, 2, Flag.ClearAndSelect)
    select(selection, 2, 8, Flag.SelectCurrent)
    select(selection, 2, 4, Flag.SelectCurrent)
    assert chosen(model) == [2, 3, 4]


def test_toggling_adds_and_takes_away_and_remembers(selection: RowSelection, model: DocumentModel) -> None:
    select(selection, 1, 3, Flag.ClearAndSelect)
    select(selection, 2, 2, Flag.Toggle)
    select(selection, 9, 9, Flag.Toggle)
    assert chosen(model) == [1, 3, 9]
    select(selection, 1, 1, Flag.Deselect)
    assert chosen(model) == [3, 9]


def test_places_are_translated_to_comments_and_hidden_ones_stay(selection: RowSelection, model: DocumentModel) -> None:
    selection.show_chosen(np.arange(12) == 0)
    model.show_rows(np.array([7, 5, 3]))
    select(selection, 0, 1, Flag.Select)
    assert chosen(model) == [0, 5, 7]
    assert [selection.isSelected(model.index(place, 0)) for place in range(3)] == [True, True, False]


def test_only_what_the_person_does_is_announced(selection: RowSelection, model: DocumentModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(selection.rows_selected):
        selection.show_chosen(np.arange(12) < 3)
        model.show_rows(np.arange(11, -1, -1))
    with qtbot.waitSignal(selection.rows_selected) as announced:
        select(selection, 0, 0, Flag.Select)
    assert np.flatnonzero(announced.args[0]).tolist() == [0, 1, 2, 11]
    assert not announced.args[0].flags.writeable


def test_another_current_row_is_announced_by_its_comment(
    selection: RowSelection, model: DocumentModel, qtbot: QtBot
) -> None:
    model.show_rows(np.array([7, 5, 3]))
    with qtbot.waitSignal(selection.row_activated) as announced:
        selection.setCurrentIndex(model.index(1, 0), Flag.NoUpdate)
    assert announced.args == [5]
    with qtbot.assertNotEmitted(selection.row_activated):
        selection.go_to(2)
    assert selection.currentIndex().row() == 2


def test_qt_is_not_told_of_thousands_of_ranges(qtbot: QtBot, make_listing, owner: QObject) -> None:  # type: ignore[no-untyped-def]
    model = DocumentModel()
    model.show_listing(make_listing(["a"] * 10_000))
    selection = RowSelection(model, owner)
    selection.show_chosen(np.arange(10_000) % 2 == 0)
    assert not selection.hasSelection()
    assert selection.is_chosen(model.index(4_000, 0))
    model.show_rows(np.argsort(np.arange(10_000) % 2, kind="stable"))  # the same comments, now one beside the other
    qtbot.waitUntil(lambda: selection.selection().count() == 1)  # told soon after, once for all who ask


def test_runs_of_nothing_and_of_all() -> None:
    assert runs(np.zeros(4, np.bool_)) == []
    assert runs(np.ones(4, np.bool_)) == [(0, 3)]
    assert runs(np.array([True, False, False, True])) == [(0, 0), (3, 3)]
