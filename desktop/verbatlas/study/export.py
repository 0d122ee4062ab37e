"""The columns that a labelled table gets: one place for their names, order and form."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verbatlas.study.labelling import Labelling

SECOND = "second_cluster"
COLUMNS = ("cluster_id", "cluster", "cluster_group", "strength", SECOND, "moved_by_hand", "x", "y")
REPEATS = "repeats_row"
_YES = "yes"


def export_names(labelling: Labelling) -> tuple[str, ...]:
    """Return the names of the label columns, without the work of filling them."""
    has_repeats = bool((labelling.left_out & (labelling.stand_ins >= 0)).any())
    return (*COLUMNS, REPEATS) if has_repeats else COLUMNS


def export_columns(
    labelling: Labelling,
    layout: NDArray[np.float32],
    *,
    second: Sequence[str] | None = None,
    rows: NDArray[np.int64] | None = None,
) -> tuple[tuple[str, list[str]], ...]:
    """Return the names and cells of the label columns.

    A document that was left out because it repeats another has the label of that one, and a column says which it is.

    Args:
        labelling: Noise is ``-1`` with an empty name.
        layout: float32, shape (n_documents, 2); the cells of unplaced documents (NaN) are empty.
        second: The next best cluster of the documents that the rows show; there is no such column if it is not given.
        rows: The rows that are wanted, shape (n_wanted,); None for all.
    """
    names = {id_: cluster.name for id_, cluster in labelling.clusters.items()}
    wanted = np.arange(len(labelling.members)) if rows is None else rows
    shown = labelling.shown_rows[wanted]
    members = labelling.members[shown].tolist()
    groups = {id_: names[one.parent] for id_, one in labelling.clusters.items() if one.parent is not None}
    columns = {
        "cluster_id": [str(member) for member in members],
        "cluster": [names.get(member, "") for member in members],
        "cluster_group": [groups.get(member, "") for member in members],
        "strength": [f"{strength:.4f}" for strength in labelling.strengths[shown].tolist()],
        SECOND: second,
        "moved_by_hand": [_YES if by_hand else "" for by_hand in labelling.by_hand[shown].tolist()],
        "x": [_decimal(value) for value in layout[shown, 0].tolist()],
        "y": [_decimal(value) for value in layout[shown, 1].tolist()],
        REPEATS: [str(one + 1) if one != row else "" for row, one in zip(wanted.tolist(), shown.tolist(), strict=True)],
    }
    return tuple((name, list(cells)) for name in export_names(labelling) if (cells := columns[name]) is not None)


def _decimal(value: float) -> str:
    # Adding 0 makes the negative zero that rounding may leave a plain one.
    return "" if np.isnan(value) else f"{round(value, 4) + 0.0:.4f}"
