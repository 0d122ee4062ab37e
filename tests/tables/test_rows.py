"""A text is taken apart into rows, and a quote out of place spoils its own line only."""

import pytest

from verbatlas.tables.rows import Rows, split_leniently, split_text


def rows_of(text: str, **how: object) -> tuple[list[list[str]], list[int]]:
    reader = Rows(split_text(text), ",", **how)
    return list(reader), reader.before.mended


def test_rows_know_the_lines_they_begin_at() -> None:
    reader = Rows(split_text('id,text\n1,"a\nb"\n2,c\n'), ",")

    assert [(row, reader.line) for row in reader] == [(["id", "text"], 1), (["1", "a\nb"], 2), (["2", "c"], 4)]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('1,"Late" said he', ["1", '"Late" said he']),
        ('1,"He said "great" to me"', ["1", 'He said "great" to me']),
        ('1,"closed" ', ["1", "closed"]),
        ('1,5" pipe', ["1", '5" pipe']),
        ('1,"a ""b"" c"', ["1", 'a "b" c']),
    ],
)
def test_quotes_out_of_place_stay_in_their_cell(line: str, cells: list[str]) -> None:
    found, _mended = rows_of(f"id,text\n{line}\n2,next\n")

    assert found == [["id", "text"], cells, ["2", "next"]]


def test_a_quote_that_is_never_closed_does_not_swallow_the_rows_after_it() -> None:
    found, mended = rows_of('id,text\n1,"open\n2,b\n3,c\n4,d\n')

    assert found == [["id", "text"], ["1", '"open'], ["2", "b"], ["3", "c"], ["4", "d"]]
    assert mended == [2]


def test_many_open_quotes_take_no_longer_than_the_text() -> None:
    text = "id,text\n" + "".join(f'{row},"open {row}\n' for row in range(3_001))

    found, _mended = rows_of(text)

    assert len(found) == 3_002
    assert found[-1] == ["3000", '"open 3000']


@pytest.mark.parametrize("end", ["the parcel was la", "first line\nand the sec", "a, b and\nc"])
def test_a_text_that_ends_in_a_quoted_cell_keeps_what_is_there(end: str) -> None:
    found, mended = rows_of(f'id,text\n1,"a"\n2,"{end}')

    assert found[-1] == ["2", end]
    assert mended == [3]


def test_a_row_that_a_sample_cuts_off_is_left_out() -> None:
    found, _mended = rows_of('id,text\n1,"a"\n2,"the parcel was la', is_cut=True)

    assert found == [["id", "text"], ["1", "a"]]


def test_a_backslash_can_make_a_quote_part_of_its_cell_and_no_other_sign() -> None:
    found, mended = rows_of('1,"say \\"hi\\", please"\n2,"C:\\new"\n3,"C:\\\\new"\n', escape="\\")

    assert found == [["1", 'say "hi", please'], ["2", "C:\\new"], ["3", "C:\\new"]]
    assert mended == []


def test_cells_may_be_longer_than_any_limit() -> None:
    found, _mended = rows_of('1,"' + "x" * 2_000_000 + '"\n')

    assert len(found[0][1]) == 2_000_000


def test_quotes_as_they_stand_are_right_where_they_give_as_many_cells_as_elsewhere() -> None:
    assert split_leniently('"a,b",c"', ",", width=3) == ['"a', 'b"', 'c"']
    assert split_leniently('"a,b",c"', ",", width=2) == ["a,b", 'c"']


def test_an_escaped_delimiter_is_part_of_its_cell() -> None:
    text = "1\\,1,2\n3,a\\\\,4\n"

    assert list(Rows(split_text(text), ",", escape="\\")) == [["1,1", "2"], ["3", "a\\", "4"]]


def test_a_quote_that_stays_open_swallows_no_rows_behind_a_short_one() -> None:
    text = 'id,name,text\n1,Ann\n2,Bob,"open, cell\n' + "".join(f"{n},N,late\n" for n in range(3, 9))

    rows = list(Rows(split_text(text), ","))

    assert len(rows) == 9
    assert rows[-1] == ["8", "N", "late"]
