"""A file is there as a whole or not at all."""

from pathlib import Path
from typing import BinaryIO

import pytest

from verbatlas.errors import Problem, UserError
from verbatlas.tables.whole_file import write_whole, write_whole_folder


def test_a_new_file_takes_the_place_of_the_old_one_and_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "out.bin"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, lambda file: file.write(b"new"))
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.bin"
    path.write_bytes(b"old")

    def fail(file: BinaryIO) -> None:
        file.write(b"half")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_whole(path, fail)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_whole(tmp_path / "none" / "out.bin", lambda file: file.write(b""))
    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE


def test_a_folder_is_there_when_it_is_full(tmp_path: Path) -> None:
    write_whole_folder(tmp_path / "out", lambda folder: (folder / "a.txt").write_text("a"))
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out" / "a.txt").read_text() == "a"
    assert (tmp_path / "out").stat().st_mode & 0o500 == 0o500


def test_a_folder_that_cannot_be_filled_is_not_there(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "a.txt").write_text("a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_whole_folder(tmp_path / "out", fail)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_already_stays(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_whole_folder(tmp_path, lambda folder: (folder / "a.txt").write_text("a"))
    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE
    assert list(tmp_path.iterdir()) == []
