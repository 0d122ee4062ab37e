"""The label columns are the same for all rows and for some."""

import numpy as np
import pytest

from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.study import COLUMNS, SECOND, Study
from verbatlas.study.label_columns import label_columns


@pytest.fixture
def embedded(study: Study) -> Study:
    vectors = np.random.default_rng(1).standard_normal((study.table.n_rows, 4)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    study.store_embedding(Embedding(vectors, EncoderIdentity("m", "1", "mean", "", "fp32")))
    return study


def test_all_columns_are_there_unless_they_are_not_wanted(embedded: Study) -> None:
    columns = label_columns(embedded)
    assert tuple(column.name for column in columns) == COLUMNS
    few = label_columns(embedded, left_out={"x", "y", SECOND}, rows=np.array([5, 0]))
    assert [column.name for column in few] == ["cluster_id", "cluster", "cluster_group", "strength", "moved_by_hand"]
    assert few[1].cells == [columns[1].cells[5], columns[1].cells[0]]


def test_the_next_best_cluster_of_some_rows_is_that_of_all(embedded: Study) -> None:
    rows = np.array([7, 3])
    second = {column.name: column.cells for column in label_columns(embedded)}[SECOND]
    some = {column.name: column.cells for column in label_columns(embedded, rows=rows)}[SECOND]
    assert some == [second[row] for row in rows]
    assert set(second) <= {"Name 0", "Name 1", "Name 2"}


def test_without_vectors_there_is_no_next_best_cluster(study: Study) -> None:
    names = [column.name for column in label_columns(study)]
    assert "cluster" in names
    assert SECOND not in names
