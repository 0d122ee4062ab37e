"""Which comments of no cluster would get one, at a given sureness, and how the map shows it."""

import numpy as np

from verbatlas.app.map.colouring import MISSING, Colouring, Value
from verbatlas.engine.corrections import Assigned
from verbatlas.study import AssignNoise, Labelling
from verbatlas.study.colours import N_SLOTS
from verbatlas.words import gettext as _

_MOST_NAMED = 8  # in the legend, which lies over the map


def n_assigned(assigned: Assigned, least: float) -> int:
    """Return how many comments belong to a cluster at least as clearly as ``least``, 0..1."""
    return int(np.count_nonzero(assigned.strengths >= least))


def edit_of(assigned: Assigned, least: float) -> AssignNoise:
    """Return the edit that puts those comments into their clusters."""
    sure = assigned.strengths >= least
    return AssignNoise(assigned.rows[sure], assigned.clusters[sure], assigned.strengths[sure])


def preview_of(assigned: Assigned, least: float, labelling: Labelling) -> Colouring:
    """Return the map on which only those comments have colours: those of the clusters to which they would go.

    The legend names those of these clusters that would get most, and how many; those of one colour share a line.
    """
    sure = assigned.strengths >= least
    found = assigned.clusters[sure]
    counts = np.bincount(found, minlength=labelling.next_id)
    colours = np.full(labelling.next_id, MISSING, np.uint16)
    lines: dict[int, list[int]] = {}
    for id_ in sorted(np.flatnonzero(counts).tolist(), key=lambda id_: -counts[id_]):
        colours[id_] = labelling.clusters[id_].colour + 1
        lines.setdefault(int(colours[id_]), []).append(id_)
    codes = np.full(len(labelling.members), MISSING, np.uint16)
    codes[assigned.rows[sure]] = colours[found]
    legend = [
        Value(code, _(", ").join(labelling.clusters[id_].name for id_ in ids), int(counts[ids].sum()))
        for code, ids in lines.items()
    ]
    legend.sort(key=lambda value: -value.count)
    return Colouring(_("Where they would go"), codes, tuple(legend[:_MOST_NAMED]), N_SLOTS + 1, is_ordered=False)
