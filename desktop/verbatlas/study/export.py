"""The columns that a labelled table gets: one place for their names, order and form."""

import numpy as np
from numpy.typing import NDArray

from verbatlas.study.labelling import Labelling

COLUMNS = ("cluster_id", "cluster", "strength", "x", "y")
BY_HAND = "moved_by_hand"
_YES = "yes"


def export_names(labelling: Labelling) -> tuple[str, ...]:
    """Return the names of the label columns, without the work of filling them."""
    return (*COLUMNS, BY_HAND) if labelling.by_hand.any() else COLUMNS


def export_columns(labelling: Labelling, layout: NDArray[np.float32]) -> tuple[tuple[str, list[str]], ...]:
    """Return the names and cells of the label columns; where a person moved documents, one more says which.

    Args:
        labelling: Noise is ``-1`` with an empty name.
        layout: float32, shape (n_documents, 2); the cells of unplaced documents (NaN) are empty.
    """
    names = {id_: cluster.name for id_, cluster in labelling.clusters.items()}
    members = labelling.members.tolist()
    cells = (
        [str(member) for member in members],
        [names.get(member, "") for member in members],
        [f"{strength:.4f}" for strength in labelling.strengths.tolist()],
        *([_decimal(value) for value in layout[:, axis].tolist()] for axis in (0, 1)),
    )
    by_hand = [_YES if by_hand else "" for by_hand in labelling.by_hand.tolist()]
    return tuple(zip(export_names(labelling), (*cells, by_hand), strict=False))


def _decimal(value: float) -> str:
    # Adding 0 makes the negative zero that rounding may leave a plain one.
    return "" if np.isnan(value) else f"{round(value, 4) + 0.0:.4f}"
