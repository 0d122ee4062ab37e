"""The labelled table as a person wants it: which rows and columns, in one file or in one for each cluster."""

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas import tables
from verbatlas.app.clusters.cluster_rows import ClusterRow, rows_of
from verbatlas.app.export_choice import ExportChoice
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.study import NOISE, Labelling, Study
from verbatlas.study.label_columns import label_columns
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
    columns = label_columns(study, left_out=choice.left_out, report=report)
    labelling = study.labelling
    if not choice.one_per_cluster or labelling is None:
        more = [] if labelling is None else [_summary(labelling)]
        _write(choice.path, study.table, columns, rows, choice=choice, more=more, report=report)
        return choice.path
    return _write_each(study.table, columns, labelling, choice, rows=rows, report=report)


def _write(
    path: Path,
    table: Table,
    added: list[AddedColumn],
    rows: NDArray[np.int64] | None,
    *,
    choice: ExportChoice,
    more: list[ExtraSheet],
    report: Report,
) -> None:
    if rows is not None:
        wanted = rows.tolist()
        table = tables.some_rows(table, wanted)
        added = [AddedColumn(column.name, [column.cells[row] for row in wanted]) for column in added]
    tables.write(
        path, table, added=added, guard_formulas=choice.guard_formulas, form=choice.form, more=more, report=report
    )


def _write_each(
    table: Table,
    columns: list[AddedColumn],
    labelling: Labelling,
    choice: ExportChoice,
    *,
    rows: NDArray[np.int64] | None,
    report: Report,
) -> Path:
    """Write a file for each cluster into a new folder, which is called as the file would be; all of them or none."""
    folder = choice.path.with_suffix("")
    if folder.exists():
        raise UserError(Problem.OUTPUT_UNWRITABLE, path=folder, reason=_("there is a folder of this name"))
    files = files_of_clusters(labelling, rows)

    def fill(part: Path) -> None:
        for done, (stem, own) in enumerate(files):
            name = stem + choice.path.suffix

            def go_on(done: int, total: int, *, at: int = done) -> None:  # noqa: ARG001 - a report's signature
                report(at, len(files))

            try:
                _write(part / name, table, columns, own, choice=choice, more=[], report=go_on)
            except UserError as error:  # nobody knows the folder that the files are made in
                raise UserError(error.problem, **{**error.values, "path": folder / name}) from error
        report(len(files), len(files))

    tables.write_whole_folder(folder, fill)
    return folder


def files_of_clusters(labelling: Labelling, rows: NDArray[np.int64] | None) -> list[tuple[str, NDArray[np.int64]]]:
    """Return the name without ending and the rows of the file of each cluster that has any.

    Args:
        labelling: Who belongs where.
        rows: The rows that are wanted, rising; None for all.
    """
    wanted = np.ones(len(labelling.members), np.bool_)
    if rows is not None:
        wanted[:] = False
        wanted[rows] = True
    clusters = [row for group in rows_of(labelling) for row in (group, *group.children)]
    found = [np.flatnonzero(wanted & (labelling.shown_members == row.id)) for row in clusters]
    return [
        (f"{number:03d} {_file_name(row)}", own)
        for number, (row, own) in enumerate(zip(clusters, found, strict=True), 1)
        if len(own)
    ]


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
