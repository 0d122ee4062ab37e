"""Rows found many at a time are those that are found one by one, whatever the text is."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas.tables import rows_in_bulk
from verbatlas.tables.rows import Rows, split_text
from verbatlas.tables.rows_in_bulk import RowsInBulk
from verbatlas.tables.table import TableFormat

_ROWS = st.lists(
    st.sampled_from(
        [
            "1,slow",
            '2,"dear, and slow"',
            '3,"he said ""no"""',
            '4,"two\nlines"',
            '5,"two\r\nlines"',
            "6,太慢了",
            '7,""',
            "8,",
            "",
            '""',
            "9",
            "10,a,b,c",
            '11,5" pipe',
            '12,"so" slow',
            '13,"open',
            "14,nul\0here",
            '15,""""',
            '"16","x"',
            ' "17", "y"',
            '18,"\r"',
        ]
    ),
    max_size=30,
)
_LINE_ENDS = st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1, max_size=3)
_ANYTHING = st.text(st.sampled_from('ab,;"\r\n\t é的😀\0'), max_size=60)
_DIALECTS = st.sampled_from(
    [
        TableFormat(),
        TableFormat(delimiter=";"),
        TableFormat(delimiter="\t", quote="'"),
        TableFormat(escape="\\"),
        TableFormat(skip_spaces=True),
        TableFormat(delimiter="的"),
    ]
)

Found = tuple[list[list[str]], list[int], list[int]]


@pytest.fixture(scope="module", params=["no threads", "threads"])
def threads(request: pytest.FixtureRequest) -> Iterator[Executor | None]:
    if request.param == "no threads":
        yield None
        return
    with ThreadPoolExecutor(3) as pool:
        yield pool


def at_once(text: str, table_format: TableFormat, *, size: int, threads: Executor | None = None) -> Found:
    data = text.encode()
    rows = RowsInBulk((data[at : at + size] for at in range(0, len(data), size)), table_format, threads=threads)
    cells: list[list[str]] = []
    lines: list[int] = []
    for bulk in rows:
        widths = bulk.piece.widths.tolist()
        cells += [[bulk.piece.cell(row, column) or "" for column in range(width)] for row, width in enumerate(widths)]
        lines += bulk.lines.tolist()
    return cells, lines, rows.before.mended


def one_by_one(text: str, table_format: TableFormat) -> Found:
    reader = Rows(
        split_text(text),
        table_format.delimiter,
        quote=table_format.quote,
        escape=table_format.escape,
        skip_spaces=table_format.skip_spaces,
    )
    cells, lines = [], []
    for row in reader:
        cells.append(row)
        lines.append(reader.line)
    return cells, lines, reader.before.mended


@settings(max_examples=600, deadline=None)
@given(rows=_ROWS, line_ends=_LINE_ENDS, size=st.integers(1, 80), is_ended=st.booleans())
def test_rows_lines_and_mended_rows_of_a_table_are_the_same(
    threads: Executor | None, rows: Sequence[str], line_ends: Sequence[str], size: int, is_ended: bool
) -> None:
    text = "".join(row + line_ends[number % len(line_ends)] for number, row in enumerate(rows))
    text = text if is_ended else text.rstrip("\r\n")

    assert at_once(text, TableFormat(), size=size, threads=threads) == one_by_one(text, TableFormat())


@settings(max_examples=1000, deadline=None)
@given(text=_ANYTHING, table_format=_DIALECTS, size=st.integers(1, 70))
def test_whatever_the_text_is_it_is_taken_apart_the_same(
    threads: Executor | None, text: str, table_format: TableFormat, size: int
) -> None:
    assert at_once(text, table_format, size=size, threads=threads) == one_by_one(text, table_format)


@pytest.mark.parametrize("every", [3, 40, 900])
def test_a_long_text_with_a_quote_out_of_place_now_and_then_is_the_same(every: int, threads: Executor | None) -> None:
    rows = [f'{row},"so" slow' if row % every == 0 else f'{row},"dear, ""very"""' for row in range(6_000)]
    text = "\n".join(rows)

    assert at_once(text, TableFormat(), size=20_000, threads=threads) == one_by_one(text, TableFormat())


def test_quotes_that_stay_open_again_and_again_are_characters_at_last(threads: Executor | None) -> None:
    text = "id,text\n" + "".join(f'{row},"open {row}\n' if row % 10 == 0 else f"{row},shut\n" for row in range(3_000))

    found = at_once(text, TableFormat(), size=5_000, threads=threads)

    assert found == one_by_one(text, TableFormat())
    assert found[0][-10] == ["2990", '"open 2990']


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(_ROWS, min_size=2, max_size=6),
    n_plain=st.integers(0, 40),
    looked_at=st.integers(1, 90),
    size=st.integers(1, 400),
)
def test_texts_looked_at_side_by_side_give_the_same_wherever_they_are_cut(
    threads: Executor | None, rows: Sequence[Sequence[str]], n_plain: int, looked_at: int, size: int
) -> None:
    plain = [f'{row},"two\nlines, ""dear"" and 慢"' for row in range(n_plain)]
    text = "\n".join(row for some in rows for row in [*plain, *some])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows_in_bulk, "_LOOKED_AT", looked_at)
        patch.setattr(rows_in_bulk, "_WORTH_LOOKING_AHEAD", looked_at)
        assert at_once(text, TableFormat(), size=size, threads=threads) == one_by_one(text, TableFormat())


def test_lines_above_and_names_are_taken_before_the_rows() -> None:
    rows = RowsInBulk(iter([b"Survey\n\nid,te", b'xt\n1,"a\nb"\n2,c\n']), TableFormat())

    assert rows.take_lines(2) == ["Survey\n", "\n"]
    assert rows.take_row() == ["id", "text"]
    assert [(bulk.piece.cells(1, 0, 2), bulk.lines.tolist()) for bulk in rows] == [(["a\nb", "c"], [4, 6])]
    assert rows.take_row() == []
