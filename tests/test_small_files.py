"""A small file is written whole or not at all."""

from pathlib import Path

import pytest

from verbatlas.small_files import write_small


def test_the_folder_is_made_and_nothing_else_is_left_in_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "small.json"
    write_small(path, "一")
    write_small(path, "二")
    assert path.read_text(encoding="utf-8") == "二"
    assert [one.name for one in path.parent.iterdir()] == ["small.json"]


def test_what_cannot_be_written_leaves_all_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    write_small(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_small(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["small.json"]


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "small.json").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_small(tmp_path / "small.json", "new")
    assert [one.name for one in tmp_path.iterdir()] == ["small.json"]
