"""What the review shows of the parts of a cluster, found among its strands."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QColor

from verbatlas.analysis.strands import Strands
from verbatlas.app.clusters.cluster_rows import comments
from verbatlas.app.elsewhere import Place
from verbatlas.app.map.palette import cluster_colour
from verbatlas.app.preview_model import shortened
from verbatlas.app.review.part_list import PartCard, names_of
from verbatlas.study import NameParts, Study, named_by_hand

_MOST_PLACES = 5
_AT_ONCE = 4  # parts: what is built in one turn of the event loop
_LONGEST = 600  # characters of a comment


def part_cards(
    study: Study, strands: Strands, cluster_id: int, *, scheme: str, first: int = 0
) -> tuple[list[PartCard], int]:
    """Return some parts of a cluster in the order to read, and how many there are; none where others are in it now.

    Args:
        study: The study.
        strands: Of all its clusters.
        cluster_id: The cluster.
        scheme: Of colours, light or dark.
        first: How many have been shown already; a large cluster has thousands.
    """
    labelling = study.labelling
    assert labelling is not None
    found = strands.inside(cluster_id, labelling.members)
    _rows, places_of = strands.rows_of(found, cluster_id, labelling.members)
    sizes = np.bincount(places_of, minlength=len(found))
    named = named_by_hand(labelling).values()
    cards = []
    some, above = slice(first, first + _AT_ONCE), _places_above(found, strands)
    for strand, size, place_above in zip(found[some], sizes[some].tolist(), above[some], strict=True):
        places = [
            Place(id_, labelling.clusters[id_].name, QColor(*cluster_colour(labelling.clusters[id_].colour, scheme)))
            for id_ in strands.likeliest(strand, labelling.members, among=named, n=_MOST_PLACES)
        ]
        rows = [row for row in strands.shown[strand].tolist() if row >= 0]
        texts = tuple((row, shortened(study.documents[row], longest=_LONGEST)) for row in rows)
        cards.append(PartCard(comments(size), texts, tuple(places), place_above))
    return cards, len(found)


def answer_of(study: Study, strands: Strands | None, cluster_id: int, *, name: str, names: list[str]) -> NameParts:
    """Return the edit that calls a cluster ``name`` and its parts ``names``, blank ones like the cluster.

    Args:
        study: The study.
        strands: Of which the cluster's parts are; None where it is named as a whole.
        cluster_id: The cluster.
        name: Its name.
        names: Of its first parts, as ``part_cards`` returned them; the others are what the part is that each follows.
    """
    labelling = study.labelling
    assert labelling is not None
    if strands is None or not names:
        rows = np.flatnonzero(labelling.members == cluster_id)
        typical = [labelling.clusters[cluster_id].typical]
        return NameParts(cluster_id, name, rows, np.zeros(len(rows), np.int32), [""], typical)
    found = strands.inside(cluster_id, labelling.members)
    unanswered = [None] * (len(found) - len(names))
    all_names = names_of([*names, *unanswered], _places_above(found, strands))
    rows, parts = strands.rows_of(found, cluster_id, labelling.members)
    typical = [tuple(row for row in strands.shown[strand].tolist() if row >= 0) for strand in found]
    return NameParts(cluster_id, name, rows, parts, all_names, typical)


def _places_above(found: Sequence[int], strands: Strands) -> list[int]:
    """Return the place among ``found`` of the strand that each follows, -1 for the first."""
    places = {strand: place for place, strand in enumerate(found)}
    return [places.get(int(strands.follows[strand]), -1) for strand in found]
