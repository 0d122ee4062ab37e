"""What the review shows of the parts of a cluster, found among its strands."""

import numpy as np
from PySide6.QtGui import QColor

from verbatlas.analysis.strands import Strands
from verbatlas.app.clusters.cluster_rows import comments
from verbatlas.app.elsewhere import Place
from verbatlas.app.map.palette import cluster_colour
from verbatlas.app.preview_model import shortened
from verbatlas.app.review.part_list import PartCard
from verbatlas.study import NameParts, Study, named_by_hand

_MOST_PLACES = 5
_LONGEST = 600  # characters of a comment


def part_cards(study: Study, strands: Strands, cluster_id: int, *, scheme: str) -> list[PartCard]:
    """Return the parts of a cluster in the order to read; none where other comments are in it now.

    Args:
        study: The study.
        strands: Of all its clusters.
        cluster_id: The cluster.
        scheme: Of colours, light or dark.
    """
    labelling = study.labelling
    assert labelling is not None
    found = strands.inside(cluster_id, labelling.members)
    _rows, places_of = strands.rows_of(found, cluster_id, labelling.members)
    sizes = np.bincount(places_of, minlength=len(found))
    named = named_by_hand(labelling).values()
    cards = []
    for strand, size in zip(found, sizes.tolist(), strict=False):
        places = [
            Place(id_, labelling.clusters[id_].name, QColor(*cluster_colour(labelling.clusters[id_].colour, scheme)))
            for id_ in strands.likeliest(strand, labelling.members, among=named, n=_MOST_PLACES)
        ]
        rows = [row for row in strands.shown[strand].tolist() if row >= 0]
        texts = tuple((row, shortened(study.documents[row], longest=_LONGEST)) for row in rows)
        follows = int(strands.follows[strand])
        place_above = found.index(follows) if follows >= 0 else -1
        cards.append(PartCard(comments(size), texts, tuple(places), place_above))
    return cards


def answer_of(study: Study, strands: Strands | None, cluster_id: int, *, name: str, names: list[str]) -> NameParts:
    """Return the edit that calls a cluster ``name`` and its parts ``names``, blank ones like the cluster.

    Args:
        study: The study.
        strands: Of which the cluster's parts are; None where it is named as a whole.
        cluster_id: The cluster.
        name: Its name.
        names: Of its parts, as ``part_cards`` returned them.
    """
    labelling = study.labelling
    assert labelling is not None
    if strands is None or not names:
        rows = np.flatnonzero(labelling.members == cluster_id)
        typical = [labelling.clusters[cluster_id].typical]
        return NameParts(cluster_id, name, rows, np.zeros(len(rows), np.int32), [""], typical)
    found = strands.inside(cluster_id, labelling.members)
    rows, parts = strands.rows_of(found, cluster_id, labelling.members)
    typical = [tuple(row for row in strands.shown[strand].tolist() if row >= 0) for strand in found]
    return NameParts(cluster_id, name, rows, parts, names, typical)
