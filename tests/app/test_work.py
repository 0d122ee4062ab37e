"""What is done in the background, as plain functions."""

from pathlib import Path

import pytest
from window_steps import write_csv

from verbatlas.app.work import TextChoice, count_near, count_texts, create_study, open_study, read_table
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
    counted = count_texts(read_table(table, None, no_report).table, TextChoice((0,)), no_report)
    amounts = counted.sifted.amounts(())
    assert (amounts.n_rows, amounts.n_blank, amounts.n_short, amounts.n_same, amounts.n_near) == (4, 1, 3, 1, None)
    assert count_near(counted, no_report).sifted.amounts(()).n_near == 0


def test_a_study_is_made_in_the_person_s_folder_and_opens_again(small_table: Path) -> None:
    opened = create_study(read_table(small_table, None, no_report), TextChoice((1,)), Settings(), go_on=go_on)
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
        create_study(read_table(small_table, None, no_report), TextChoice((1,)), Settings(), go_on=stop)
    assert list(studies_folder().iterdir()) == []


def test_columns_without_text_make_no_study(tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", ["a", "b"], [["words", ""], ["words", " "]])
    with pytest.raises(UserError) as error:
        create_study(read_table(table, None, no_report), TextChoice((1,)), Settings(), go_on=go_on)
    assert error.value.problem is Problem.TABLE_ALL_BLANK
    assert error.value.values["columns"] == ["b"]


def test_a_folder_for_studies_that_cannot_be_made_is_said_to_be_unwritable(
    small_table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("VERBATLAS_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(UserError) as error:
        create_study(read_table(small_table, None, no_report), TextChoice((1,)), Settings(), go_on=go_on)
    assert error.value.problem is Problem.OUTPUT_UNWRITABLE


def test_a_study_that_is_open_elsewhere_is_shown_read_only_with_a_sentence(small_table: Path) -> None:
    opened = create_study(read_table(small_table, None, no_report), TextChoice((1,)), Settings(), go_on=go_on)
    again = open_study(opened.study.path)
    assert again.study.is_read_only
    assert again.study.path == opened.study.path
    assert again.notice.startswith("feedback.verbatlas is open in another window")
    again.study.close()
    opened.study.close()


def test_a_damaged_study_is_opened_as_far_as_it_goes_with_what_was_saved(small_table: Path) -> None:
    opened = create_study(read_table(small_table, None, no_report), TextChoice((1,)), Settings(), go_on=go_on)
    documents, path = opened.study.documents, opened.study.path
    opened.study.close()
    data = bytearray(path.read_bytes())
    place = data.index(b"The delivery came two days late")
    data[place + 1] ^= 1
    path.write_bytes(data)

    again = open_study(path)

    assert again.study.path == studies_folder() / "feedback (saved from damage).verbatlas"
    assert len(again.study.documents) == len(documents)
    assert "42 cells of the table could not be read and are empty now." in again.notice
    assert path.exists()
    again.study.close()


def test_a_study_damaged_beyond_saving_is_refused_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "s.verbatlas"
    path.write_bytes(b"SQLite format 3\x00" + bytes(5000))
    with pytest.raises(UserError) as error:
        open_study(path)
    assert error.value.problem is Problem.STUDY_UNREADABLE
    assert list(studies_folder().iterdir()) == []
