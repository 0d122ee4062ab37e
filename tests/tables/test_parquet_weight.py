"""Parquet files in which a text is written once for any number of rows are weighed before they are decoded."""

import subprocess
import sys
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


_EVERY_FLIPPED_BIT = """
import sys
from collections import Counter
from pathlib import Path
from verbatlas import tables
from verbatlas.errors import UserError
path = Path(sys.argv[1])
whole = path.read_bytes()
said = 8 + int.from_bytes(whole[-8:-4], "little")  # the length of what it says of itself, and where that stands
outcomes = Counter()
for bit in range(8 * (len(whole) - said), 8 * len(whole)):
    data = bytearray(whole)
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)
    try:
        tables.read(path)
        outcomes["table"] += 1
    except UserError:
        outcomes["sentence"] += 1
print(len(outcomes))
"""


def test_no_flipped_bit_of_what_a_file_says_of_itself_ends_the_program(tmp_path: Path) -> None:
    # A file of lists is asked in a process of its own, which takes too long for every bit.
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"comment": ["late", None, "太慢"]}), path)

    said = subprocess.run(
        [sys.executable, "-c", _EVERY_FLIPPED_BIT, str(path)], capture_output=True, text=True, check=False
    )

    assert (said.returncode, said.stdout) == (0, "2\n"), said.stderr
