"""OpenDocument files in which a few bytes stand for more cells or spaces than fit into the memory are not opened."""

from pathlib import Path

import pytest
from workbooks import ods_cell, ods_row, with_part, write_ods_rows

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.tables.ods_weight import _pieces

HEADER = ods_row(ods_cell("id"), ods_cell("comment"))


def problem_of(tmp_path: Path, body: str) -> UserError:
    with pytest.raises(UserError) as caught:
        tables.read(write_ods_rows(tmp_path / "a.ods", "Survey &amp; more", HEADER + body))
    with pytest.raises(UserError) as of_parts:
        tables.parts(tmp_path / "a.ods")
    assert of_parts.value.problem is caught.value.problem
    return caught.value


def test_more_cells_than_fit_into_the_memory_are_refused_with_the_sheet(tmp_path: Path) -> None:
    error = problem_of(tmp_path, ods_row(ods_cell("x", times=16_384), times=1_048_576))

    assert error.problem is Problem.SHEET_TOO_LARGE
    assert error.values["sheet"] == "Survey & more"
    assert (error.values["rows"], error.values["columns"]) == (1_048_576, 16_384)


def test_many_sheets_count_together(tmp_path: Path) -> None:
    sheet = ods_row("<table:table-cell/>", times=1_000_000) + ods_row(ods_cell("x", times=15))
    body = f'</table:table><table:table table:name="more">{sheet}' * 4

    assert problem_of(tmp_path, body).problem is Problem.SHEET_TOO_LARGE


@pytest.mark.parametrize(
    "body",
    [
        ods_row(ods_cell("x" * 10_000, times=1000), times=10_000),
        ods_row(ods_cell("x" * 100, times=10), times=1_000_000),
        ods_row(ods_cell('a<text:s text:c="2000000000"/>b')),
        ods_row(ods_cell('a<text:s text:c="9000"/>b', times=16_384)),
        ods_row(ods_cell("x" * 10_000, times=16_384).replace("<table:table-cell", '<table:table-cell foo=">"')),
    ],
)
def test_more_text_than_a_table_can_have_is_refused(body: str, tmp_path: Path) -> None:
    assert problem_of(tmp_path, body).problem is Problem.UNPACKED_TOO_LARGE


@pytest.mark.parametrize("count", ["&#49;000000", "+1000000", "-5", "1" * 30])
def test_a_count_that_only_its_reader_might_understand_is_damage(count: str, tmp_path: Path) -> None:
    body = ods_row(ods_cell("x" * 10_000)).replace(
        "<table:table-row", f'<table:table-row table:number-rows-repeated="{count}"'
    )

    assert problem_of(tmp_path, body).problem is Problem.FILE_DAMAGED


@pytest.mark.parametrize(
    "end", ["", "</table:tablex>", "</table:table/x>", "<!-- </table:table> -->", "<![CDATA[</table:table>]]>"]
)
def test_a_sheet_without_an_end_is_damage(end: str, tmp_path: Path) -> None:
    # Its reader looks for the end for ever.
    path = write_ods_rows(tmp_path / "whole.ods", "S", HEADER + ods_row(ods_cell("1"), ods_cell("late")))
    assert tables.read(path).n_rows == 1
    damaged = with_part(path, "content.xml", lambda xml: xml.replace(b"</table:table>", end.encode()))
    with pytest.raises(UserError) as caught:
        tables.read(damaged)
    assert caught.value.problem is Problem.FILE_DAMAGED


def test_what_spreadsheets_write_below_and_beside_a_table_is_nothing(tmp_path: Path) -> None:
    nothing = '<table:table-cell table:number-columns-repeated="16384"/>'
    beside = '<table:table-cell table:number-columns-repeated="16382"/>'
    body = HEADER + ods_row(ods_cell("1"), ods_cell("late"), beside) + ods_row(nothing, times=1_048_574)

    assert tables.read(write_ods_rows(tmp_path / "a.ods", "S", body)).row(0) == ("1", "late")


def test_cells_and_rows_that_are_alike_are_read(tmp_path: Path) -> None:
    body = HEADER + ods_row(ods_cell("late", times=2), times=3)
    table = tables.read(write_ods_rows(tmp_path / "a.ods", "S", body))

    assert [table.row(row) for row in range(table.n_rows)] == [("late", "late")] * 3


@pytest.mark.parametrize("size", [1, 7, 40, 10_000])
def test_rows_are_whole_however_the_bytes_arrive(size: int) -> None:
    text = b'<table:table table:name="S">' + b"".join(
        b"<table:table-row><table:table-cell>%d</table:table-cell></table:table-row>" % number for number in range(20)
    )
    chunks = [text[start : start + size] for start in range(0, len(text), size)]
    pieces = list(filter(None, _pieces(iter(chunks), Path("a.ods"), lambda _done, _total: None)))

    assert b"".join(pieces) == text
    assert len(pieces) == 21
