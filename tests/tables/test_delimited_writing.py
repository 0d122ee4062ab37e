"""Cells and rows are put together as the format says."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatlas.progress import no_report
from verbatlas.tables import AddedColumn, TableFormat, from_columns
from verbatlas.tables.delimited_writing import text_blocks
from verbatlas.tables.quoting import Quoting

_CELLS = st.text(st.sampled_from('a1,"\n\r\\ \0;é'), max_size=5)


def text_of(rows: list[list[str | None]], table_format: TableFormat, *added: AddedColumn) -> str:
    columns = [list(column) for column in zip(*rows, strict=True)]
    table = from_columns([f"n{number}" for number in range(len(columns))], columns, table_format)
    return "".join(text_blocks(table, added, table_format, guard_formulas=False, report=no_report))


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=1, max_size=5), st.sampled_from([",", ";"]))
def test_every_program_reads_the_cells(rows: list[list[str]], delimiter: str) -> None:
    text = text_of(rows, TableFormat(delimiter=delimiter))
    assert list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))[1:] == rows


def test_labels_are_quoted_as_texts_are() -> None:
    quoting = Quoting((True, True), ("", "t"), other_names=True, other_cells="t").text()
    text = text_of(
        [["1", "late"]], TableFormat(quoting=quoting), AddedColumn("cluster", ["slow"]), AddedColumn("x", ["0"])
    )
    assert text == '"n0","n1","cluster","x"\n1,"late","slow",0\n'


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, 'n0,n1\na,"b""\\x"\n,\n'),
        ({"escape": "\\"}, 'n0,n1\na,"b\\"\\\\x"\n,\n'),
        ({"escape": "\\", "doubles_escapes": False}, 'n0,n1\na,"b\\"\\x"\n,\n'),
        ({"gap": " "}, 'n0, n1\na, "b""\\x"\n, \n'),
        ({"below": "\n\n"}, 'n0,n1\na,"b""\\x"\n,\n\n\n'),
        ({"ends_with_line_end": False}, 'n0,n1\na,"b""\\x"\n,'),
        ({"has_header": False}, 'a,"b""\\x"\n,\n'),
        ({"n_names": 1}, 'n0\na,"b""\\x"\n,\n'),
        ({"above": "Title\n"}, 'Title\nn0,n1\na,"b""\\x"\n,\n'),
    ],
)
def test_the_format_is_kept(changes: dict[str, object], text: str) -> None:
    assert text_of([["a", 'b"\\x'], ["", ""]], TableFormat(**changes)) == text


def test_short_rows_stay_short_and_a_blank_cell_is_no_blank_line() -> None:
    assert text_of([["", None], [None, None], ["a", ""]], TableFormat()) == 'n0,n1\n""\n\na,\n'


def test_a_leading_space_is_kept_where_spaces_are_skipped() -> None:
    assert text_of([["a", " b"]] * 2, TableFormat(gap=" ", skip_spaces=True)).endswith('a, " b"\n')
