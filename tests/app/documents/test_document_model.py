"""Cells say what the study says, in any order of rows."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from verbatlas.app.documents.document_model import CHOSEN_ROLE, COLOUR_ROLE, DocumentModel
from verbatlas.app.documents.listing import CLUSTER, Listing
from verbatlas.study import Cluster


@pytest.fixture
def model(listing: Listing) -> DocumentModel:
    model = DocumentModel()
    model.show_listing(listing)
    return model


def row(model: DocumentModel, place: int) -> list[str]:
    return [model.index(place, column).data() for column in range(model.columnCount())]


def test_a_row_has_its_number_comment_cluster_strength_and_other_cells(
    model: DocumentModel, qtmodeltester: ModelTester
) -> None:
    assert row(model, 0) == ["1", "comment l", "Refund", "100%", "0", "上海"]
    assert row(model, 3) == ["4", "comment i", "No cluster", "", "3", "上海"]
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(6)]
    assert titles == ["Row", "Comment", "Cluster", "Strength", "stars", "city"]
    assert [model.index(place, CLUSTER).data(COLOUR_ROLE) for place in (0, 3)] == [3, None]
    qtmodeltester.check(model)


def test_rows_can_be_shown_in_any_order(model: DocumentModel) -> None:
    model.show_rows(np.array([5, 0]))
    assert [row(model, place)[0] for place in range(model.rowCount())] == ["6", "1"]
    assert (model.place_of(0), model.place_of(5), model.place_of(1)) == (1, 0, None)


def test_another_labelling_is_painted_without_a_reset(model: DocumentModel, listing: Listing, qtbot: QtBot) -> None:
    assert listing.labelling is not None
    named = replace(listing.labelling, clusters={**listing.labelling.clusters, 0: Cluster(0, "Money back")})
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as changed:
        model.show_labelling(named)
    assert row(model, 0)[2] == "Money back"
    assert [index.column() for index in changed.args[:2]] == [2, 3]


def test_a_selected_row_says_so(model: DocumentModel) -> None:
    model.show_chosen(np.arange(12) == 2)
    assert [model.index(place, 0).data(CHOSEN_ROLE) for place in (1, 2)] == [False, True]


def test_before_the_first_clustering_there_is_neither_cluster_nor_strength(listing: Listing) -> None:
    model = DocumentModel()
    model.show_listing(Listing(listing.table, listing.documents, listing.others, listing.labels, None))
    assert row(model, 0)[2:4] == ["", ""]
    model.show_study(None)
    assert (model.rowCount(), model.columnCount()) == (0, 0)


def test_the_whole_comment_is_in_the_tip(model: DocumentModel) -> None:
    tips = [model.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in range(6)]
    assert "comment l" in tips[1]
    assert tips[2:4] == ["Refund", "Fits well (100%)"]
