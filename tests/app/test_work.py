"""What is done in the background, as plain functions."""

from pathlib import Path

import pytest
from window_steps import write_csv

from verbatlas.app.work import count_texts, create_study, open_study, read_table
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled, no_report
from verbatlas.study import Settings, studies_folder


def go_on() -> None:
    """Be wanted."""


def test_a_table_is_read_with_a_guess_at_its_comments(small_table: Path) -> None:
    read = read_table(small_table, None, no_report)
    assert read.table.n_rows == 42
    assert read.guess == (1,)


def test_the_documents_of_columns_are_counted(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", ["a"], [["same"], ["same"], ["other"], [" "]])
    counted = count_texts(read_table(table, None, no_report).table, (0,))
    assert (counted.counts.n_documents, counted.counts.n_blank, counted.counts.n_distinct) == (4, 1, 2)


def test_a_study_is_made_in_the_person_s_folder_and_opens_again(small_table: Path) -> None:
    opened = create_study(read_table(small_table, None, no_report), (1,), Settings(), go_on=go_on)
    path = opened.study.path
    opened.study.close()
    assert path.parent == studies_folder()
    again = open_study(path)
    assert again.study.source == small_table
    assert again.counts == opened.counts
    assert again.choice == opened.choice
    again.study.close()


def test_a_study_that_is_no_longer_wanted_leaves_no_file(small_table: Path) -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        create_study(read_table(small_table, None, no_report), (1,), Settings(), go_on=stop)
    assert list(studies_folder().iterdir()) == []


def test_columns_without_text_make_no_study(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", ["a", "b"], [["words", ""], ["words", " "]])
    with pytest.raises(UserError) as error:
        create_study(read_table(table, None, no_report), (1,), Settings(), go_on=go_on)
    assert error.value.problem is Problem.TABLE_ALL_BLANK
    assert error.value.values["columns"] == ["b"]


def test_a_folder_for_studies_that_cannot_be_made_is_said_to_be_unwritable(
    small_table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("VERBATLAS_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(UserError) as error:
        create_study(read_table(small_table, None, no_report), (1,), Settings(), go_on=go_on)
    assert error.value.problem is Problem.OUTPUT_UNWRITABLE
