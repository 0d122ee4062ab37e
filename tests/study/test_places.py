"""Unnamed studies get a path of their own in the person's data folder."""

from pathlib import Path

import pytest

from verbatlas.study import ENDING, new_study_path, studies_folder


def test_every_study_of_a_file_gets_its_own_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_DATA_DIR", str(tmp_path / "数据"))
    first = new_study_path("评论: 3月?")
    second = new_study_path("评论: 3月?")

    assert first.parent == second.parent == studies_folder()
    assert first != second
    assert first.suffix == second.suffix == ENDING
    assert first.stem.startswith("评论_ 3月_")
