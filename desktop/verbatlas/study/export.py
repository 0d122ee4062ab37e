"""The columns that a labelled table gets: one place for their names, order and form."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.study.labelling import Labelling

COLUMNS = ("cluster_id", "cluster", "strength", "x", "y")
GROUP = "cluster_group"
BY_HAND = "moved_by_hand"
REPEATS = "repeats_row"
_YES = "yes"


def export_names(labelling: Labelling) -> tuple[str, ...]:
    """Return the names of the label columns, without the work of filling them."""
    has_groups = any(cluster.parent is not None for cluster in labelling.clusters.values())
    has_repeats = bool((labelling.left_out & (labelling.stand_ins >= 0)).any())
    more = ((GROUP, has_groups), (BY_HAND, bool(labelling.by_hand.any())), (REPEATS, has_repeats))
    return (*COLUMNS, *(name for name, is_needed in more if is_needed))


def export_columns(labelling: Labelling, layout: NDArray[np.float32]) -> tuple[tuple[str, list[str]], ...]:
    """Return the names and cells of the label columns; more where clusters stand in groups or documents were moved.

    A document that was left out because it repeats another has the label of that one, and a column says which it is.

    Args:
        labelling: Noise is ``-1`` with an empty name.
        layout: float32, shape (n_documents, 2); the cells of unplaced documents (NaN) are empty.
    """
    names = {id_: cluster.name for id_, cluster in labelling.clusters.items()}
    rows = labelling.shown_rows
    members = labelling.members[rows].tolist()
    groups = {id_: names[one.parent] for id_, one in labelling.clusters.items() if one.parent is not None}
    cells = (
        [str(member) for member in members],
        [names.get(member, "") for member in members],
        [f"{strength:.4f}" for strength in labelling.strengths[rows].tolist()],
        *([_decimal(value) for value in layout[rows, axis].tolist()] for axis in (0, 1)),
    )
    named = dict(zip(COLUMNS, cells, strict=True))
    named[GROUP] = [groups.get(member, "") for member in members]
    named[BY_HAND] = [_YES if by_hand else "" for by_hand in labelling.by_hand[rows].tolist()]
    named[REPEATS] = [str(shown + 1) if shown != row else "" for row, shown in enumerate(rows.tolist())]
    return tuple((name, named[name]) for name in export_names(labelling))


def _decimal(value: float) -> str:
    # Adding 0 makes the negative zero that rounding may leave a plain one.
    return "" if np.isnan(value) else f"{round(value, 4) + 0.0:.4f}"
