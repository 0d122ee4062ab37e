"""What the second look shows of the doubtful parts, and the edit that corrects their names."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.review.part_cards import AT_ONCE, shown_rows, strand_card
from verbatlas.app.review.part_list import PartCard
from verbatlas.engine.corrections import Doubtful
from verbatlas.study import CorrectNames, Labelling, Study


def doubt_cards(study: Study, doubtful: Doubtful, *, scheme: str, first: int = 0) -> list[PartCard]:
    """Return some of the doubtful parts, ready to be shown.

    Args:
        study: The study.
        doubtful: Of its clusters.
        scheme: Of colours, light or dark.
        first: How many have been shown already.
    """
    labelling = study.labelling
    assert labelling is not None
    strands, wanted = doubtful.strands, doubtful.order[first : first + AT_ONCE]
    sizes = np.bincount(_rows_of(doubtful, wanted, labelling)[0], minlength=len(wanted)).tolist()
    among = [id_ for id_, cluster in labelling.clusters.items() if cluster.named_by_hand and not cluster.locked]
    cards = []
    for strand, size in zip(wanted.tolist(), sizes, strict=True):
        present = labelling.clusters.get(int(strands.clusters[strand]))
        name = "" if present is None else present.name
        cards.append(strand_card(study, strands, strand, size=size, scheme=scheme, among=among, present=name))
    return cards


def correction_of(study: Study, doubtful: Doubtful, names: Sequence[str]) -> CorrectNames | None:
    """Return the edit that gives doubtful parts other names; None where all of them keep theirs.

    Args:
        study: The study.
        doubtful: Of its clusters.
        names: Of the first parts, as they were shown; blank ones keep their name, and so do those behind.
    """
    labelling = study.labelling
    assert labelling is not None
    of_strand = doubtful.strands.clusters
    wrong = [
        (int(strand), name)
        for strand, name in zip(doubtful.order, names, strict=False)
        if name.strip() and not _has_name(labelling, int(of_strand[strand]), name)
    ]
    groups, rows = _rows_of(doubtful, np.array([strand for strand, _name in wrong], np.int64), labelling)
    if not len(rows):
        return None
    return CorrectNames(
        rows,
        groups,
        labelling.members[rows],
        [name for _strand, name in wrong],
        [shown_rows(doubtful.strands, strand) for strand, _name in wrong],
    )


def _has_name(labelling: Labelling, cluster_id: int, name: str) -> bool:
    known = labelling.clusters.get(cluster_id)
    return known is not None and known.name.casefold() == " ".join(name.split()).casefold()


def _rows_of(
    doubtful: Doubtful, wanted: NDArray[np.int64], labelling: Labelling
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the place in ``wanted`` of each comment of some strands, and its row.

    Comments that have been put elsewhere since the strands were found are where a person wants them.
    """
    strands = doubtful.strands
    places = np.full(len(strands.clusters) + 1, -1, np.int32)
    places[wanted] = np.arange(len(wanted))
    homes = np.append(strands.clusters, -1)
    rows = np.flatnonzero((places[strands.ids] >= 0) & (homes[strands.ids] == labelling.members))
    return places[strands.ids[rows]], rows
