"""Parquet files: cells as the text that a spreadsheet shows, and text that comes back as it went."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled
from verbatlas.tables import AddedColumn, TableFormat, from_columns
from verbatlas.tables.parquet import number_type

DAY = dt.datetime(2026, 3, 1, 14, 5)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array(["007", "", None]), ("007", "", None)),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ("a", "b", "a")),
        (pa.array([1, None, 2**62]), ("1", None, str(2**62))),
        (pa.array([1.0, 0.1, float("nan")]), ("1", "0.1", "NaN")),
        (pa.array([1.0, 0.1, None], pa.float32()), ("1", "0.1", None)),
        (pa.array([True, False, None]), ("TRUE", "FALSE", None)),
        (pa.array([dt.date(2026, 3, 1)]), ("2026-03-01",)),
        (pa.array([DAY, DAY.replace(microsecond=250_000)]), ("2026-03-01 14:05:00", "2026-03-01 14:05:00.25")),
        (pa.array([DAY], pa.timestamp("ns")), ("2026-03-01 14:05:00",)),
        (pa.array([DAY], pa.timestamp("ms", "UTC")), ("2026-03-01 14:05:00Z",)),
        (pa.array([Decimal("1.10")]), ("1.10",)),
        (pa.array([b"late", b"\xff"]), ("late", "\\xff")),
        (pa.array([["慢", "差"], None]), ('["慢", "差"]', None)),
        (pa.array([{"a": DAY, "b": None}]), ('{"a": "2026-03-01 14:05:00", "b": null}',)),
    ],
)
def test_every_type_is_the_text_that_is_shown(values: pa.Array, texts: tuple[str | None, ...], tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": values}), tmp_path / "a.bin")
    table = tables.read(tmp_path / "a.bin")
    assert table.column(0) == texts
    assert table.format.kind == "parquet"


def test_added_columns_are_numbers_where_all_their_cells_are(tmp_path: Path) -> None:
    table = from_columns(["id", "id"], [["1", "2"], [None, ""]], TableFormat())
    added = [
        AddedColumn("cluster_id", ["3", "-1"]),
        AddedColumn("strength", ["0.5", ""]),
        AddedColumn("cluster", ["late", ""]),
        AddedColumn("code", ["007", "8"]),
    ]
    tables.write(tmp_path / "a.parquet", table, added=added)
    schema = pq.read_schema(tmp_path / "a.parquet")
    assert schema.names == ["id", "id (2)", "cluster_id", "strength", "cluster", "code"]
    assert [str(kind) for kind in schema.types] == ["string", "string", "int64", "double", "string", "string"]
    assert pq.read_table(tmp_path / "a.parquet")["strength"].to_pylist() == [0.5, None]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "2"], int),
        (["1", "0.5"], float),
        (["", ""], None),
        (["1", "x"], None),
        (["1", "01"], None),
        (["0.50"], None),
        (["nan", "inf"], None),
        (["12345678901234567"], None),
    ],
)
def test_only_text_that_comes_back_is_a_number(cells: list[str], kind: type | None) -> None:
    assert number_type(cells) is kind


@pytest.mark.parametrize(
    "damage", [lambda data: data[:100], lambda data: data[:200] + data[210:], lambda data: b"PAR1"]
)
def test_a_damaged_file_gets_a_sentence(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [str(i) for i in range(1000)]}), path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(UserError) as caught:
        tables.read(path)
    assert caught.value.problem is Problem.FILE_DAMAGED


def test_a_file_without_rows_gets_a_sentence(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": pa.array([], pa.string())}), tmp_path / "a.parquet")
    with pytest.raises(UserError) as caught:
        tables.read(tmp_path / "a.parquet")
    assert caught.value.problem is Problem.TABLE_NO_ROWS


def test_a_file_that_says_it_has_billions_of_rows_is_not_tried(tmp_path: Path) -> None:
    nothing = pa.record_batch([pa.nulls(5_000_000, pa.string())] * 120, names=[f"c{i}" for i in range(120)])
    pq.write_table(pa.Table.from_batches([nothing]), tmp_path / "a.parquet")
    with pytest.raises(UserError) as caught:
        tables.read(tmp_path / "a.parquet")
    assert caught.value.problem is Problem.UNPACKED_TOO_LARGE


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": ["x"] * 5000}), tmp_path / "a.parquet")

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        tables.read(tmp_path / "a.parquet", report=stop)
