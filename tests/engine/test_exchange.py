import errno
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbatlas.engine import exchange
from verbatlas.errors import Problem, UserError

any_text = st.text(st.characters(codec=None, exclude_categories=[]), max_size=20)


@given(st.lists(any_text, max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_documents_come_back_exactly_lone_surrogates_and_nul_included(tmp_path: Path, documents: list[str]) -> None:
    reference = exchange.write_documents(tmp_path, "documents", documents)
    assert reference.load() == tuple(documents)


def test_documents_lie_in_one_utf8_file_with_int64_offsets(tmp_path: Path) -> None:
    reference = exchange.write_documents(tmp_path, "documents", ["电池", "", "slow\n"])
    assert reference.path.read_bytes() == "电池slow\n".encode()
    offsets = reference.offsets.load()
    assert offsets.dtype == np.int64
    assert offsets.tolist() == [0, 6, 6, 11]


def test_some_documents_come_back_without_the_others(tmp_path: Path) -> None:
    reference = exchange.write_documents(tmp_path, "documents", ["电池", "", "slow\n", "\ud800"])
    assert reference.take(np.array([3, 0, 1])) == ("\ud800", "电池", "")
    assert reference.take(np.zeros(0, np.int64)) == ()


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12, dtype=np.float32).reshape(3, 4),
        np.asfortranarray(np.arange(12, dtype=np.int32).reshape(3, 4)),
        np.arange(12, dtype=np.float64)[::3],
        np.zeros((0, 2), dtype=np.float32),
        np.array([[np.nan, np.inf]], dtype=np.float32),
    ],
)
def test_arrays_come_back_with_shape_type_and_every_value(tmp_path: Path, array: np.ndarray) -> None:
    reference = exchange.write_array(tmp_path, "array", array)
    loaded = pickle.loads(pickle.dumps(reference)).load()
    assert reference.shape == loaded.shape == array.shape
    assert loaded.dtype == array.dtype
    np.testing.assert_array_equal(loaded, array)


def test_a_loaded_array_is_mapped_and_cannot_be_written(tmp_path: Path) -> None:
    loaded = exchange.write_array(tmp_path, "array", np.arange(5)).load()
    assert isinstance(loaded.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        loaded[0] = 1


def test_removing_takes_every_file_and_forgives_what_is_gone(tmp_path: Path) -> None:
    array = exchange.write_array(tmp_path, "array", np.arange(5))
    documents = exchange.write_documents(tmp_path, "documents", ["a", "b"])
    exchange.remove(array, documents)
    exchange.remove(array)
    assert not list(tmp_path.iterdir())
    exchange.remove_path(tmp_path / "never was")


def test_every_job_has_a_folder_of_its_own(tmp_path: Path) -> None:
    assert exchange.job_folder(tmp_path, 1) != exchange.job_folder(tmp_path, 2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's own")
def test_a_full_disk_is_told_to_the_person(tmp_path: Path) -> None:
    (tmp_path / "array.npy").symlink_to("/dev/full")
    (tmp_path / "documents.utf8").symlink_to("/dev/full")
    for write in (
        lambda: exchange.write_array(tmp_path, "array", np.arange(50_000)),
        lambda: exchange.write_documents(tmp_path, "documents", ["long text"] * 50_000),
    ):
        with pytest.raises(UserError) as caught:
            write()
        assert caught.value.problem is Problem.DISK_FULL
        assert caught.value.values == {"path": tmp_path}


def test_other_failures_of_the_system_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), exchange.told_when_full(tmp_path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
