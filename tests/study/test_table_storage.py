"""Every cell of the table comes back as it was, whatever is in it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas.study import Settings, Study
from verbatlas.study.table_storage import columns_of_fact, columns_to_fact
from verbatlas.tables import TableFormat, from_columns

# Half a surrogate pair cannot be in a decoded file, but a cell typed by a broken program must not break ours.
CELLS = st.none() | st.text(st.characters() | st.characters(categories=["Cs"]), max_size=10)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_any_cells_come_back(
    rows: list[tuple[str | None, str | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("study") / "s.verbatlas"
    table_format = TableFormat(encoding="gb18030", delimiter=";", line_end="\r\n", quote_all=True)
    table = from_columns(["a", ""], list(zip(*rows, strict=True)), table_format)
    Study.create(path, table=table, text_columns=(0,), settings=Settings()).close()

    with Study.open(path) as study:
        assert [study.table.row(row) for row in range(study.table.n_rows)] == rows
        assert study.table.names == ("a", "")
        assert study.table.format == table_format


@given(st.lists(st.integers(0, 300), max_size=4), st.data())
def test_no_flipped_bit_makes_other_columns_of_the_text(columns: list[int], data: st.DataObject) -> None:
    fact = bytearray(columns_to_fact(columns).encode())
    assert columns_of_fact(fact.decode()) == tuple(columns)
    fact[data.draw(st.integers(0, len(fact) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with suppress(ValueError, TypeError):
        assert columns_of_fact(fact.decode()) == tuple(columns)


def test_columns_of_an_older_study_have_no_checksum() -> None:
    assert columns_of_fact("[1, 4]") == (1, 4)
