"""What is selected and what is current can be seen, in both themes."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor

from verbatlas.analysis.text_query import SearchKind
from verbatlas.app.documents.document_delegate import row_height
from verbatlas.app.documents.document_table import DocumentTable
from verbatlas.app.documents.listing import CLUSTER, COMMENT, Listing
from verbatlas.app.map.palette import DARK, LIGHT, cluster_colour
from verbatlas.app.search.found_parts import FoundParts
from verbatlas.app.search.query import Query
from verbatlas.app.theme import ROLES
from verbatlas.app.theme.theme import palette_of


def colours(table: DocumentTable, place: int, column: int) -> set[str]:
    rect: QRect = table.view.visualRect(table.model.index(place, column))
    image = table.view.viewport().grab(rect).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
def test_selected_current_and_coloured_rows_look_so(table: DocumentTable, scheme: str) -> None:
    roles = ROLES[scheme]
    table.setPalette(palette_of(roles))
    table.view.setPalette(palette_of(roles))
    table.show_selected(np.arange(12) == 1)
    table.select_row(2)
    assert roles.selection in colours(table, 1, 1)
    assert roles.accent in colours(table, 1, 0), "a tick, not only another ground"
    assert roles.selection not in colours(table, 0, 1)
    assert roles.accent in colours(table, 2, 1)
    assert QColor(*cluster_colour(3, scheme)).name() in colours(table, 0, CLUSTER)


def test_all_rows_are_as_high_as_three_lines(table: DocumentTable) -> None:
    heights = {table.view.rowHeight(place) for place in range(12)}
    assert heights == {row_height(table.view.fontMetrics())}
    assert row_height(table.view.fontMetrics()) > 3 * table.view.fontMetrics().height()


def found(text: str) -> FoundParts:
    return FoundParts(Query(text, SearchKind.WORDS, 1))


def test_what_a_search_has_found_is_marked_in_the_comments_only(table: DocumentTable) -> None:
    table.mark_found(found("comment"))
    assert ROLES[LIGHT].found in colours(table, 0, COMMENT)
    assert ROLES[LIGHT].found not in colours(table, 0, CLUSTER)
    table.mark_found(found("refund"))  # the name of its cluster, which is not searched
    assert ROLES[LIGHT].found not in colours(table, 0, COMMENT) | colours(table, 0, CLUSTER)
    table.mark_found(found("comment"))
    table.mark_found(FoundParts())
    assert ROLES[LIGHT].found not in colours(table, 0, COMMENT)


@pytest.mark.parametrize("n_before", [3, 60, 300])
def test_what_was_found_far_behind_is_in_sight(
    table: DocumentTable, make_listing: Callable[..., Listing], n_before: int
) -> None:
    table.show_listing(make_listing(["word " * n_before + "battery " + "word " * 300, "退款太慢" * n_before + "电池"]))
    for place, text in enumerate(("battery", "电池")):
        table.mark_found(found(text))
        assert ROLES[LIGHT].found in colours(table, place, COMMENT)
        assert ROLES[LIGHT].found not in colours(table, 1 - place, COMMENT)
