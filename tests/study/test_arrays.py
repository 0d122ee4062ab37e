"""Large arrays come back bit for bit, or the damage is said."""

from pathlib import Path

import numpy as np
import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.study.arrays import adopt_arrays, has_array, load_array, stage_arrays, update_rows
from verbatlas.study.storage import Storage


@pytest.fixture
def storage(tmp_path: Path):
    made = Storage.create(tmp_path / "s.verbatlas")
    yield made
    made.close()


def store(storage: Storage, array: np.ndarray) -> None:
    generations = stage_arrays(storage, {"a": array})
    with storage.transaction() as connection:
        adopt_arrays(connection, {"a": array}, generations)


@pytest.mark.parametrize("shape", [(0,), (0, 3), (1,), (300_001,), (1000, 700)])
@pytest.mark.parametrize("dtype", [np.float32, np.int32])
def test_an_array_comes_back(shape: tuple[int, ...], dtype: type, storage: Storage) -> None:
    array = np.random.default_rng(0).integers(-9, 9, shape).astype(dtype)

    store(storage, array)

    loaded = load_array(storage, "a")
    assert loaded.dtype == dtype
    np.testing.assert_array_equal(loaded, array)


def test_a_staged_array_is_not_in_use_before_it_is_adopted(storage: Storage) -> None:
    store(storage, np.zeros(10, np.float32))
    stage_arrays(storage, {"a": np.ones(10, np.float32), "b": np.ones(3, np.float32)})

    assert load_array(storage, "a").sum() == 0
    assert not has_array(storage, "b")


def test_changed_rows_are_written_in_place(storage: Storage) -> None:
    array = np.zeros(600_000, np.int32)
    store(storage, array)
    array[[0, 262_144, 599_999]] = 7

    with storage.transaction() as connection:
        update_rows(connection, "a", array, np.array([0, 262_144, 599_999]))

    np.testing.assert_array_equal(load_array(storage, "a"), array)


def test_a_damaged_part_is_said_and_not_returned(storage: Storage) -> None:
    store(storage, np.arange(1000, dtype=np.float32))
    with storage.transaction() as connection:
        connection.execute("UPDATE array_part SET data = zeroblob(4000)")

    with pytest.raises(UserError) as caught:
        load_array(storage, "a")

    assert caught.value.problem is Problem.STUDY_UNREADABLE
