"""The label columns are the same for all rows and for some."""

import numpy as np

from verbatlas.app.label_columns import label_columns
from verbatlas.app.session import Session
from verbatlas.study import COLUMNS


def test_all_columns_are_there_unless_they_are_not_wanted(mapped: Session) -> None:
    study = mapped.study
    columns = label_columns(study)
    assert tuple(column.name for column in columns) == COLUMNS
    few = label_columns(study, left_out={"x", "y", "second_cluster"}, rows=np.array([5, 0]))
    assert [column.name for column in few] == ["cluster_id", "cluster", "cluster_group", "strength", "moved_by_hand"]
    assert few[1].cells == [columns[1].cells[5], columns[1].cells[0]]


def test_the_next_best_cluster_of_some_rows_is_that_of_all(mapped: Session) -> None:
    rows = np.array([7, 3])
    second = {column.name: column.cells for column in label_columns(mapped.study)}["second_cluster"]
    some = {column.name: column.cells for column in label_columns(mapped.study, rows=rows)}["second_cluster"]
    assert some == [second[row] for row in rows]
