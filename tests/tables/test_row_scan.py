"""The rows of a well-formed text are found at once, up to the first quote out of place."""

import pytest

from verbatlas.tables.row_scan import Scanned, rows_of, scan
from verbatlas.tables.row_signs import signs_of


def scanned(text: str, *, is_end: bool = True) -> tuple[list[list[str | None]], Scanned]:
    found = scan(text.encode(), delimiter=ord(","), quote=ord('"'), is_end=is_end)
    widths = found.piece.widths.tolist()
    return [[found.piece.cell(row, column) for column in range(width)] for row, width in enumerate(widths)], found


def test_cells_lose_their_quotes_and_blank_lines_are_rows_without_cells() -> None:
    rows, found = scanned('1,"a ""b"""\r\n\r\n"",\n2')

    assert rows == [["1", 'a "b"'], [], ["", ""], ["2"]]
    assert found.lines.tolist() == [0, 1, 2, 3]
    assert (found.n_bytes, found.n_lines, found.is_refused) == (20, 4, False)


def test_line_ends_in_cells_count_as_lines_and_end_no_row() -> None:
    rows, found = scanned('"a\r\nb\rc\nd",1\n2,x\n')

    assert rows == [["a\r\nb\rc\nd", "1"], ["2", "x"]]
    assert found.lines.tolist() == [0, 4]
    assert found.n_lines == 5


@pytest.mark.parametrize("bad", ['2,5" pipe', '2,"so" slow', '2, "x"', '2,"a"b"'])
def test_the_first_quote_out_of_place_ends_it_before_its_row(bad: str) -> None:
    rows, found = scanned(f'1,"a"\n{bad}\n3,"c"\n')

    assert rows == [["1", "a"]]
    assert (found.n_bytes, found.is_refused) == (6, True)


def test_a_row_that_may_go_on_is_left_for_later() -> None:
    for rest in ("2,b", '2,"b\n', '2,"b"', "2,b\r"):
        rows, found = scanned("1,a\n" + rest, is_end=False)

        assert (rows, found.n_bytes, found.is_refused) == ([["1", "a"]], 4, False)


def test_a_quote_that_is_open_at_the_end_is_refused() -> None:
    rows, found = scanned('1,a\n2,"b\n3,c\n')

    assert (rows, found.is_refused) == ([["1", "a"]], True)


def test_a_part_of_a_text_is_a_text_of_its_own() -> None:
    text = b'1,"a\n2,"b ""c"""\n3,d\n4,"'
    begin, end = text.index(b"2"), text.index(b"4")
    found = rows_of(
        text, signs_of(text, ord(","), ord('"')).between(begin, end), delimiter=ord(","), quote=ord('"'), is_end=True
    )

    assert [found.piece.cells(column, 0, 2) for column in (0, 1)] == [["2", "3"], ['b "c"', "d"]]
    assert (found.lines.tolist(), found.n_bytes, found.is_refused) == ([0, 1], end - begin, False)
