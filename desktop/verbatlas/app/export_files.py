"""The labelled table as a person wants it: which rows and columns, in one file or in one for each cluster."""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas import tables
from verbatlas.app.clusters.cluster_rows import ClusterRow, rows_of
from verbatlas.app.export_dialog import ExportChoice
from verbatlas.app.second_cluster import SECOND, second_clusters
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.study import NOISE, Labelling, Study
from verbatlas.tables import AddedColumn, ExtraSheet, Table
from verbatlas.words import gettext as _

_LONGEST_NAME = 80  # characters of a cluster's name in that of its file


def export_table(study: Study, choice: ExportChoice, report: Report, *, rows: NDArray[np.int64] | None = None) -> Path:
    """Write the study's table with the labels behind it and return where.

    Args:
        study: The study.
        choice: What is wanted.
        report: Told how far it has come.
        rows: The rows that are wanted, rising; None for all.

    Returns:
        The file, or the folder of the files.

    Raises:
        UserError: A file cannot be written, or the folder is there already.
    """
    columns = _columns(study, choice, report)
    labelling = study.labelling
    if not choice.one_per_cluster or labelling is None:
        more = [] if labelling is None else [_summary(labelling)]
        _write(choice.path, study.table, columns, rows, choice=choice, more=more, report=report)
        return choice.path
    return _write_each(study.table, columns, labelling, choice, rows=rows, report=report)


def _columns(study: Study, choice: ExportChoice, report: Report) -> list[tuple[str, list[str]]]:
    columns = [(name, cells) for name, cells in study.export_columns() if name not in choice.left_out]
    embedding, labelling = study.embedding, study.labelling
    if SECOND not in choice.left_out and embedding is not None and labelling is not None:
        second = second_clusters(embedding.vectors, labelling, report=report)
        columns.append((SECOND, [second[row] for row in labelling.shown_rows.tolist()]))
    return columns


def _write(
    path: Path,
    table: Table,
    columns: list[tuple[str, list[str]]],
    rows: NDArray[np.int64] | None,
    *,
    choice: ExportChoice,
    more: list[ExtraSheet],
    report: Report,
) -> None:
    if rows is not None:
        wanted = rows.tolist()
        cells = [[column[row] for row in wanted] for column in table.columns]
        table = tables.from_columns(table.names, cells, table.format)
        columns = [(name, [found[row] for row in wanted]) for name, found in columns]
    added = [AddedColumn(name, found) for name, found in columns]
    tables.write(path, table, added=added, guard_formulas=choice.guard_formulas, more=more, report=report)


def _write_each(
    table: Table,
    columns: list[tuple[str, list[str]]],
    labelling: Labelling,
    choice: ExportChoice,
    *,
    rows: NDArray[np.int64] | None,
    report: Report,
) -> Path:
    """Write a file for each cluster into a new folder, which is called as the file would be."""
    folder = choice.path.with_suffix("")
    try:
        folder.mkdir()
    except FileExistsError:
        raise UserError(Problem.OUTPUT_UNWRITABLE, path=folder, reason=_("there is a folder of this name")) from None
    except OSError as error:
        raise UserError(Problem.OUTPUT_UNWRITABLE, path=folder, reason=error.strerror or str(error)) from error
    wanted = np.ones(len(labelling.members), np.bool_)
    if rows is not None:
        wanted[:] = False
        wanted[rows] = True
    clusters = [row for group in rows_of(labelling) for row in (group, *group.children)]
    for done, row in enumerate(clusters):
        report(done, len(clusters))
        own = np.flatnonzero(wanted & (labelling.shown_members == row.id))
        if len(own):
            path = folder / f"{done + 1:03d} {_file_name(row)}{choice.path.suffix}"
            _write(path, table, columns, own, choice=choice, more=[], report=lambda _done, _total: None)
    report(len(clusters), len(clusters))
    return folder


def _file_name(row: ClusterRow) -> str:
    """Return a cluster's name as every system takes it in the name of a file."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", row.name)[:_LONGEST_NAME].strip(" .") or str(row.id)


def _summary(labelling: Labelling) -> ExtraSheet:
    """Return the clusters as a sheet of their own."""
    rows = [
        (row, group.name if row is not group else "")
        for group in rows_of(labelling)
        for row in (group, *group.children)
    ]
    n = max(1, labelling.n_counted)
    notes = {id_: cluster.note for id_, cluster in labelling.clusters.items()}
    return ExtraSheet(
        _("Summary"),
        [_("Cluster"), _("Group"), _("Comments"), _("Share"), _("What it is about"), _("Note")],
        [
            [row.name for row, _group in rows],
            [group for _row, group in rows],
            [str(row.size) for row, _group in rows],
            [f"{row.size / n:.4f}" for row, _group in rows],
            [", ".join(row.keywords) for row, _group in rows],
            [notes.get(row.id, "") if row.id != NOISE else "" for row, _group in rows],
        ],
    )
