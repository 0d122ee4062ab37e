"""What is worth showing of one row of a study, as a value."""

from dataclasses import dataclass

import numpy as np

from verbatlas.amounts import strength_in_words
from verbatlas.study import Labelling, Study
from verbatlas.words import gettext as _

NOISE = -1


@dataclass(frozen=True, slots=True)
class Comment:
    """One row, ready to be shown.

    Attributes:
        row: Its position in the table, from 0.
        text: The whole document.
        cluster: The cluster's name, or why it has none.
        is_in_cluster: Whether it has one.
        strength: How well it fits there, in words.
        others: The other columns that have something to show: their labels and cells.
    """

    row: int
    text: str
    cluster: str
    is_in_cluster: bool
    strength: str
    others: tuple[tuple[str, str], ...]


def comment_of(study: Study, row: int) -> Comment:
    """Return what is worth showing of ``row``."""
    labelling = study.labelling
    assert labelling is not None
    shown = labelling.shown_row(row)
    member = int(labelling.members[shown])
    cells = study.table.row(row)
    others = tuple(
        (label, cell)
        for column, (label, cell) in enumerate(zip(study.table.labels(), cells, strict=True))
        if column not in study.text_columns and cell
    )
    is_in_cluster = member != NOISE
    return Comment(
        row=row,
        text=study.documents[row],
        cluster=_place(labelling, row),
        is_in_cluster=is_in_cluster,
        strength=strength_in_words(float(labelling.strengths[shown])) if is_in_cluster else "",
        others=others,
    )


def _place(labelling: Labelling, row: int) -> str:
    shown = labelling.shown_row(row)
    known = labelling.clusters.get(int(labelling.members[shown]))
    if shown != row:
        name = _("In no cluster") if known is None else known.name
        return _("{cluster}, like row {row}, which it repeats").format(cluster=name, row=f"{shown + 1:,}")
    if known is not None:
        return known.name
    return _("Left out: very short") if labelling.stand_ins[row] < 0 else _("In no cluster")


def neighbour_in_cluster(labelling: Labelling, *, cluster: int | None, document: int | None, by: int) -> int | None:
    """Return the comment ``by`` steps on in the cluster, in the table's order, round at its ends.

    Without a cluster it is the one of ``document``; without either, or when the cluster is empty, None.
    """
    if document is not None and (cluster is None or labelling.members[document] != cluster):
        cluster = cluster if cluster is not None else int(labelling.members[document])
    if cluster is None:
        return document
    rows = np.flatnonzero(labelling.members == cluster)
    if len(rows) == 0:
        return document
    if document is None:
        return int(rows[0])
    here = int(np.searchsorted(rows, document))
    if by > 0 and (here == len(rows) or rows[here] != document):
        here -= 1  # between two members: the next one is already one step on
    return int(rows[(here + by) % len(rows)])
