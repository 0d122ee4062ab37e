"""An export has the rows and columns that were wanted, in one file or in one for each cluster."""

from pathlib import Path

import numpy as np
import openpyxl
import pytest

from verbatlas import tables
from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.export_files import export_table
from verbatlas.app.session import Session
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled, no_report
from verbatlas.study import Delete, Rename, SetNote


def test_an_export_has_the_wanted_rows_and_columns_and_the_next_best_cluster(mapped: Session, tmp_path: Path) -> None:
    study = mapped.study
    rows = np.array([3, 5, 40])
    choice = ExportChoice(tmp_path / "some.csv", guard_formulas=True, left_out=frozenset({"x", "y", "strength"}))
    export_table(study, choice, no_report, rows=rows)
    written = tables.read(choice.path)
    assert written.n_rows == 3
    assert written.names[4:] == ("cluster_id", "cluster", "cluster_group", "second_cluster", "moved_by_hand")
    assert list(written.column(1)) == [study.documents[row] for row in rows]
    names = {cluster.name for cluster in study.labelling.clusters.values()}
    for own, second in zip(written.column(5), written.column(7), strict=True):
        assert second in names
        assert second != own


def test_each_cluster_gets_a_file_and_every_row_is_in_one_of_them(mapped: Session, tmp_path: Path) -> None:
    study = mapped.study
    first, second, *_ = study.labelling.clusters
    study.do(Rename(first, "物流/配送: 慢?"))
    study.do(Delete([second]))
    choice = ExportChoice(tmp_path / "out.csv", guard_formulas=True, one_per_cluster=True)

    folder = export_table(study, choice, no_report)

    assert folder == tmp_path / "out"
    files = sorted(folder.iterdir())
    assert len(files) == len(study.labelling.clusters) + 1
    assert any("物流_配送_ 慢_" in path.name for path in files)
    read = [tables.read(path) for path in files]
    assert sorted(cell for table in read for cell in table.column(0)) == sorted(study.table.column(0))
    for table in read:
        assert len(set(table.column(table.names.index("cluster_id")))) == 1
    with pytest.raises(UserError) as caught:
        export_table(study, choice, no_report)
    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE


def test_a_cancelled_export_of_files_leaves_no_folder_and_can_be_done_again(mapped: Session, tmp_path: Path) -> None:
    choice = ExportChoice(tmp_path / "out.csv", left_out=frozenset({"second_cluster"}), one_per_cluster=True)

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_table(mapped.study, choice, stop)
    assert list(tmp_path.glob("*out*")) == list(tmp_path.glob(".*out*")) == []
    assert export_table(mapped.study, choice, no_report).is_dir()


def test_a_file_that_cannot_be_written_is_named_as_it_would_have_been(mapped: Session, tmp_path: Path) -> None:
    study = mapped.study
    study.do(Rename(next(iter(study.labelling.clusters)), "long " * 10_000))
    choice = ExportChoice(tmp_path / "out.xlsx", one_per_cluster=True)
    with pytest.raises(UserError) as caught:
        export_table(study, choice, no_report)
    assert caught.value.values["path"].parent == tmp_path / "out"
    assert not (tmp_path / "out").exists()


def test_a_workbook_has_a_summary_behind_the_table(mapped: Session, tmp_path: Path) -> None:
    study = mapped.study
    largest = max(study.labelling.clusters, key=study.labelling.sizes().get)
    study.do(SetNote(largest, "=look"))
    path = export_table(study, ExportChoice(tmp_path / "out.xlsx", guard_formulas=True), no_report)

    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 2
    rows = list(book["Summary"].iter_rows(values_only=True))
    assert rows[0] == ("Cluster", "Group", "Comments", "Share", "What it is about", "Note")
    assert rows[1][0] == study.labelling.clusters[largest].name
    assert rows[1][2] == study.labelling.sizes()[largest]
    assert rows[1][5] == "=look"
    assert sum(row[2] for row in rows[1:]) == 42
    assert tables.read(path).n_rows == 42
