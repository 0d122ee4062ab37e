"""A table grows by rows of any width and remembers which were out of order."""

import numpy as np

from verbatlas.tables.lazy_column import piece_of
from verbatlas.tables.row_scan import rows_of
from verbatlas.tables.row_signs import signs_of
from verbatlas.tables.rows_in_bulk import Bulk
from verbatlas.tables.table import TableFormat
from verbatlas.tables.table_body import Body


def body_of(names: list[str], *parts: list[list[str]], counts_replaced: bool = False) -> Body:
    body = Body(names, counts_replaced=counts_replaced)
    line = 2
    for rows in parts:
        body.add(Bulk(piece_of(rows), np.arange(line, line + len(rows))))
        line += len(rows)
    return body


def test_rows_wider_than_the_names_widen_the_table_and_blank_ones_at_the_end_are_none() -> None:
    body = body_of(["id", "text"], [["1", "a"], ["2"]], [["3", "b", "c"], [], ["4", ""]], [[], []])

    table = body.table(TableFormat())

    assert table.names == ("id", "text", "")
    assert table.columns == (("1", "2", "3", None, "4"), ("a", None, "b", None, ""), (None, None, "c", None, None))
    ragged, blank = body.out_of_order()
    assert ragged.lines == (3, 4)
    assert blank.lines == (5,)


def test_without_names_most_of_the_first_rows_say_how_wide_a_row_is() -> None:
    body = body_of([], [[]] * 600, [["1"], ["2", "b"], ["3", "c"]] + [["4"]] * 1000)

    assert body.out_of_order()[0].lines == (603, 604)


def test_no_rows_are_no_table() -> None:
    assert body_of(["id"], [[], []]).table(TableFormat()).n_rows == 0
    assert body_of([]).table(TableFormat()).n_rows == 0


def test_replaced_characters_are_counted_and_each_line_is_named_once() -> None:
    rows = [["1", "fine"], ["2", "\ufffd\ufffd late"], [], ["\ufffd", "", "dear"]]

    replaced = body_of(["id", "text"], rows, counts_replaced=True).replaced

    assert (replaced.count, replaced.lines) == (3, (3, 5))


def test_replaced_characters_of_rows_that_are_in_another_piece_do_not_count() -> None:
    text = "1,\ufffd\n2,\ufffd\n3,\ufffd\n".encode()
    body = Body(["id", "text"], counts_replaced=True)
    for line, begin in ((2, 0), (3, 6), (4, 12)):
        signs = signs_of(text, ord(","), None, begin=begin, end=begin + 6)
        found = rows_of(text, signs, delimiter=ord(","), quote=None, is_end=True)
        body.add(Bulk(found.piece, found.lines + line))

    assert (body.replaced.count, body.replaced.lines) == (3, (2, 3, 4))
