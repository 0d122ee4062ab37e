"""The columns that a labelled table gets, those included that take time."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from verbatlas.progress import Report, no_report
from verbatlas.study.export import SECOND
from verbatlas.study.second_cluster import second_clusters
from verbatlas.study.study import Study
from verbatlas.tables import AddedColumn


def label_columns(
    study: Study,
    *,
    left_out: Collection[str] = (),
    rows: NDArray[np.int64] | None = None,
    report: Report = no_report,
) -> list[AddedColumn]:
    """Return the label columns of a study.

    Args:
        study: The study.
        left_out: The names of those that are not wanted.
        rows: The rows that are wanted, shape (n_wanted,); None for all.
        report: Told how far it has come.

    Raises:
        Cancelled: The reporter no longer wants them.
    """
    second: list[str] | None = None
    embedding, labelling = study.embedding, study.labelling
    if SECOND not in left_out and embedding is not None and labelling is not None:
        shown = labelling.shown_rows if rows is None else labelling.shown_rows[rows]
        second = second_clusters(embedding.vectors, labelling, rows=shown, report=report)
    columns = study.export_columns(second=second, rows=rows)
    return [AddedColumn(name, cells) for name, cells in columns if name not in left_out]
