"""Parquet files in which a text is written once for any number of rows are weighed before they are decoded."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.tables.parquet_weight import rows_at_once, size_of


def repeated(text: str, times: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), pa.array([text]))


def written(path: Path, column: pa.Array, *, keeps_types: bool = True) -> Path:
    pq.write_table(pa.table({"a": column}), path, store_schema=keeps_types)
    return path


@pytest.mark.parametrize("keeps_types", [True, False])
@pytest.mark.parametrize(
    "column",
    [
        repeated("y" * 30_000, 300_000),
        repeated("y" * 3_000_000, 2_000),
        pa.StructArray.from_arrays([repeated("y" * 30_000, 300_000)], ["b"]),
        pa.ListArray.from_arrays(pa.array([0, 300_000], pa.int32()), repeated("y" * 30_000, 300_000)),
    ],
)
def test_a_long_text_in_very_many_rows_is_refused(column: pa.Array, keeps_types: bool, tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", column, keeps_types=keeps_types)
    assert path.stat().st_size < 200_000

    with pytest.raises(UserError) as caught:
        tables.read(path)
    assert caught.value.problem is Problem.UNPACKED_TOO_LARGE


def test_a_number_in_very_many_rows_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", pa.repeat(7, 20_000_000))

    with pytest.raises(UserError) as caught:
        tables.read(path)
    assert caught.value.problem is Problem.UNPACKED_TOO_LARGE


def test_texts_that_stand_in_many_rows_are_read(tmp_path: Path) -> None:
    table = tables.read(written(tmp_path / "a.parquet", repeated("late", 10_000)))

    assert table.column(0) == ("late",) * 10_000


def test_the_longer_its_texts_are_the_fewer_rows_are_decoded_at_once(tmp_path: Path) -> None:
    rows = {}
    for size in (10, 100_000, 100_000_000):
        path = written(tmp_path / "a.parquet", pa.array(["y" * size, *["late"] * 5000]))
        with path.open("rb") as file:
            rows[size] = rows_at_once(file, pq.read_metadata(path), 0, path)

    assert rows == {10: 2000, 100_000: 671, 100_000_000: 1}


def test_rows_are_as_large_as_their_texts() -> None:
    batch = pa.record_batch({"a": repeated("y" * 1000, 500), "b": pa.array(["x"] * 500)})

    assert 500_000 < size_of(batch) < 510_000
