"""What is selected and what is current can be seen, in both themes."""

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor

from verbatlas.app.documents.document_delegate import row_height
from verbatlas.app.documents.document_table import DocumentTable
from verbatlas.app.documents.listing import CLUSTER
from verbatlas.app.map.palette import DARK, LIGHT, cluster_colour
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
