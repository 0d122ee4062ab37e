"""Which comments of no cluster would get one, at a given sureness, and how the map shows it."""

import numpy as np

from verbatlas.app.map.colouring import MISSING, Colouring
from verbatlas.engine.corrections import Assigned
from verbatlas.study import AssignNoise, Labelling
from verbatlas.study.colours import N_SLOTS
from verbatlas.words import gettext as _


def n_assigned(assigned: Assigned, least: float) -> int:
    """Return how many comments belong to a cluster at least as clearly as ``least``, 0..1."""
    return int(np.count_nonzero(assigned.strengths >= least))


def edit_of(assigned: Assigned, least: float) -> AssignNoise:
    """Return the edit that puts those comments into their clusters."""
    sure = assigned.strengths >= least
    return AssignNoise(assigned.rows[sure], assigned.clusters[sure], assigned.strengths[sure])


def preview_of(assigned: Assigned, least: float, labelling: Labelling) -> Colouring:
    """Return the map on which only those comments have colours: those of the clusters to which they would go."""
    sure = assigned.strengths >= least
    codes = np.full(len(labelling.members), MISSING, np.uint16)
    slots = {id_: cluster.colour for id_, cluster in labelling.clusters.items()}
    found = assigned.clusters[sure]
    codes[assigned.rows[sure]] = [slots[id_] + 1 for id_ in found.tolist()]
    return Colouring(_("Where they would go"), codes, (), N_SLOTS + 1, is_ordered=False)
