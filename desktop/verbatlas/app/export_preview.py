"""The first lines of an export as they will be written, whatever is chosen: work for the background."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas import tables
from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.export_files import files_of_clusters
from verbatlas.progress import no_report
from verbatlas.study import SECOND, Study
from verbatlas.study.label_columns import label_columns
from verbatlas.study.second_cluster import second_clusters
from verbatlas.tables import AddedColumn, Table, TextForm

_N_ROWS = 10
_LONGEST_LINE = 1_000  # characters: a longer one is slow to show, and nobody reads its end


@dataclass(frozen=True, slots=True)
class FirstLines:
    """The beginning of a file.

    Attributes:
        text: Its first lines, each cut where it is too long to be shown.
        for_excel: Whether it is written so that Excel opens it correctly, and not as the source was.
    """

    text: str
    for_excel: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the first lines do not tell of the rows behind them.

    Attributes:
        first: The first rows that are written.
        labels: Their label columns.
        is_ascii: Whether no cell of the table has a character beyond ASCII.
        has_formulas: Whether a cell of the table needs a guard.
        names: The names of clusters in each label column that has any; the others hold numbers.
    """

    first: Table
    labels: tuple[AddedColumn, ...]
    is_ascii: bool
    has_formulas: bool
    names: dict[str, tuple[str, ...]]


class ExportPreview:
    """Knows the first lines of any export of a study; what takes time is found out once.

    Args:
        study: The study.
        selected: The selected rows, rising: int64, shape (n_selected,).
    """

    def __init__(self, study: Study, selected: NDArray[np.int64]) -> None:
        self._study = study
        self._selected = selected
        self._known: dict[tuple[bool, bool], _Facts] = {}

    def of(self, choice: ExportChoice) -> FirstLines:
        """Return the first lines for a choice; those of the first file where there are several.

        Raises:
            UserError: OUTPUT_KIND, for a kind of file that can be read but not written.
        """
        which = (choice.only_selected, choice.one_per_cluster)
        facts = self._known.get(which) or self._known.setdefault(which, self._facts(choice))
        added = [column for column in facts.labels if column.name not in choice.left_out]
        names = [name for column in added for name in facts.names.get(column.name, ())]
        for_excel = choice.form is TextForm.EXCEL
        if choice.form is TextForm.AUTO:
            is_ascii = facts.is_ascii and tables.is_ascii([names])
            for_excel = not tables.excel_reads(self._study.table.format, is_ascii=is_ascii)
        if choice.guard_formulas and tables.kind_to_write(choice.path) == "delimited":
            is_marked = facts.has_formulas or bool(tables.guard_marks([names]))
            added = tables.with_marks(facts.first, added, always=is_marked)
        form = TextForm.EXCEL if for_excel else TextForm.SOURCE
        text = tables.first_lines(choice.path, facts.first, added, guard_formulas=choice.guard_formulas, form=form)
        lines = [f"{line[:_LONGEST_LINE]}…" if len(line) > _LONGEST_LINE else line for line in text.splitlines()]
        return FirstLines("\n".join(lines), for_excel)

    def _facts(self, choice: ExportChoice) -> _Facts:
        study = self._study
        table, rows = study.table, self._selected if choice.only_selected else None
        if choice.one_per_cluster and study.labelling is not None:
            files = files_of_clusters(study.labelling, rows)
            rows = files[0][1] if files else np.zeros(0, np.int64)
        if rows is not None:
            table = tables.some_rows(table, rows.tolist())
        first = np.arange(study.table.n_rows)[:_N_ROWS] if rows is None else rows[:_N_ROWS]
        return _Facts(
            tables.some_rows(study.table, first.tolist()),
            tuple(label_columns(study, rows=first)),
            tables.is_ascii([table.names, *table.columns]),
            bool(tables.guard_marks(table.columns)),
            self._names(rows),
        )

    def _names(self, rows: NDArray[np.int64] | None) -> dict[str, tuple[str, ...]]:
        """Return the names of clusters that stand in the label columns of some rows."""
        labelling, embedding = self._study.labelling, self._study.embedding
        if labelling is None:
            return {}
        shown = labelling.shown_rows if rows is None else labelling.shown_rows[rows]
        ids = np.unique(labelling.members[shown]).tolist()
        found = [labelling.clusters[id_] for id_ in ids if id_ in labelling.clusters]
        groups = {one.parent for one in found if one.parent is not None}
        names = {
            "cluster": tuple(one.name for one in found),
            "cluster_group": tuple(labelling.clusters[id_].name for id_ in groups),
        }
        if embedding is not None:
            second = second_clusters(embedding.vectors, labelling, rows=shown, report=no_report)
            names[SECOND] = tuple(set(second))
        return names
