"""Columns of the same name are as wide as they were."""

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from verbatlas.app.documents.document_table import DocumentTable
from verbatlas.app.documents.listing import COMMENT


def widths(table: DocumentTable) -> list[int]:
    return [table.view.columnWidth(column) for column in range(table.model.columnCount())]


def test_widths_are_remembered_by_name(table: DocumentTable, make_listing) -> None:  # type: ignore[no-untyped-def]
    table.view.setColumnWidth(COMMENT, 300)
    table.view.setColumnWidth(5, 77)  # city
    shape = table.save_shape()
    table.view.setColumnWidth(COMMENT, 500)
    table.restore_shape(shape)
    assert widths(table)[COMMENT] == 300
    usual = widths(table)[4]
    table.show_listing(make_listing(["a"], city=["x"], other=["y"]))
    assert widths(table)[4:] == [77, usual]
    assert widths(table)[COMMENT] == 300


@pytest.mark.parametrize("shape", [b"", b"\xff\x00", b"[1]", b'{"comment": -5, "row": "wide", "cluster": true}'])
def test_a_damaged_shape_changes_nothing(table: DocumentTable, shape: bytes) -> None:
    before = widths(table)
    table.restore_shape(QByteArray(shape))
    assert widths(table) == before


def test_thousands_of_columns_work(table: DocumentTable, make_listing) -> None:  # type: ignore[no-untyped-def]
    table.show_listing(make_listing(["a", "b"], **{f"c{number}": ["1", "2"] for number in range(3_000)}))
    bar = table.view.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert table.view.columnAt(table.view.viewport().width() - 2) == 3_003
    assert not table.grab().isNull()


def test_the_comment_has_the_room_that_the_others_leave_until_it_is_given_a_width(
    qtbot: QtBot, table: DocumentTable
) -> None:
    table.resize(1600, 600)
    header = table.view.horizontalHeader()
    qtbot.waitUntil(lambda: header.length() == header.width() > 1400)
    before = widths(table)[COMMENT]
    table.view.setColumnWidth(5, 300)
    assert widths(table)[COMMENT] == before, "no column moves while the edge of another is dragged"
    table.resize(700, 600)
    qtbot.waitUntil(lambda: header.width() < 700)
    assert widths(table)[COMMENT] >= 300, "it stays readable; the table can be moved to the side"
    table.view.setColumnWidth(COMMENT, 410)
    table.resize(1600, 600)
    qtbot.waitUntil(lambda: header.width() > 1400)
    assert widths(table)[COMMENT] == 410
