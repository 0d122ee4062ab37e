"""What the review shows of the parts of a cluster, found among its strands."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from verbatlas.analysis.strands import Strands
from verbatlas.app.clusters.cluster_rows import comments
from verbatlas.app.elsewhere import Place
from verbatlas.app.map.palette import cluster_colour
from verbatlas.app.preview_model import shortened
from verbatlas.app.review.part_list import PartCard
from verbatlas.app.review.part_votes import Votes, names_of
from verbatlas.study import NameParts, Study, named_by_hand

_MOST_PLACES = 5
AT_ONCE = 2  # parts: what is built in one turn of the event loop
_LONGEST = 600  # characters of a comment


@dataclass(frozen=True, slots=True, eq=False)
class ClusterParts:
    """The parts of one cluster, where its comments are now.

    Attributes:
        cluster_id: The cluster.
        strands: Of all clusters.
        found: Its own, in the order to read; none where other comments are in the cluster now.
        rows: int64, shape (n_comments,), rising: its comments; none where ``found`` is.
        places: int32, shape (n_comments,): the place of each one's part in ``found``.
        votes: Of each part, the places in ``found`` of the parts before it that have a vote in what it is, and how
            strong it is, the strongest first.
    """

    cluster_id: int
    strands: Strands
    found: tuple[int, ...]
    rows: NDArray[np.int64]
    places: NDArray[np.int32]
    votes: tuple[Votes, ...]

    @classmethod
    def of(cls, cluster_id: int, strands: Strands, members: NDArray[np.int32]) -> "ClusterParts":
        """Return the parts of a cluster; ``members``: int32, shape (n_documents,), the clusters now."""
        found = strands.inside(cluster_id, members)
        if not found:
            return cls(cluster_id, strands, (), np.zeros(0, np.int64), np.zeros(0, np.int32), ())
        rows, places = strands.rows_of(found, cluster_id, members)
        place_of = {strand: place for place, strand in enumerate(found)}
        own = list(found)
        votes = tuple(
            tuple((place_of[strand], vote) for strand, vote in zip(before, strong, strict=True) if strand >= 0)
            for before, strong in zip(strands.follows[own].tolist(), strands.votes[own].tolist(), strict=True)
        )
        return cls(cluster_id, strands, found, rows, places, votes)


def part_cards(study: Study, parts: ClusterParts, *, scheme: str, first: int = 0) -> list[PartCard]:
    """Return some parts, ready to be shown.

    Args:
        study: The study.
        parts: Of one of its clusters.
        scheme: Of colours, light or dark.
        first: How many have been shown already; a large cluster has thousands.
    """
    labelling = study.labelling
    assert labelling is not None
    strands, sizes = parts.strands, np.bincount(parts.places, minlength=len(parts.found))
    named = named_by_hand(labelling).values()
    cards = []
    for place, strand in list(enumerate(parts.found))[first : first + AT_ONCE]:
        size, votes = int(sizes[place]), parts.votes[place]
        cards.append(strand_card(study, strands, strand, size=size, scheme=scheme, among=named, votes=votes))
    return cards


def strand_card(
    study: Study,
    strands: Strands,
    strand: int,
    *,
    size: int,
    scheme: str,
    among: Collection[int],
    votes: Votes = (),
    present: str = "",
) -> PartCard:
    """Return one strand, ready to be shown.

    Args:
        study: The study.
        strands: Of its clusters.
        strand: Which.
        size: How many comments it has now.
        scheme: Of colours, light or dark.
        among: The clusters that may be offered instead of its own.
        votes: The parts before it that have a vote in what it is, as of ``ClusterParts``.
        present: Its name, where it is shown without its cluster.
    """
    labelling = study.labelling
    assert labelling is not None
    places = [
        Place(id_, labelling.clusters[id_].name, QColor(*cluster_colour(labelling.clusters[id_].colour, scheme)))
        for id_ in strands.likeliest(strand, labelling.members, among=among, n=_MOST_PLACES)
    ]
    texts = tuple((row, shortened(study.documents[row], longest=_LONGEST)) for row in shown_rows(strands, strand))
    return PartCard(comments(size), texts, tuple(places), votes, present)


def answer_of(study: Study, cluster_id: int, parts: ClusterParts | None, *, name: str, names: list[str]) -> NameParts:
    """Return the edit that calls a cluster ``name`` and its parts ``names``, blank ones like the cluster.

    Args:
        study: The study.
        cluster_id: The cluster.
        parts: Its parts; None where it is named as a whole.
        name: Its name.
        names: Of its first parts, as ``part_cards`` returned them; the others are what the parts before them say.
    """
    labelling = study.labelling
    assert labelling is not None
    if parts is None or not names:
        rows = np.flatnonzero(labelling.members == cluster_id)
        typical = [labelling.clusters[cluster_id].typical]
        return NameParts(cluster_id, name, rows, np.zeros(len(rows), np.int32), [""], typical)
    unanswered = [None] * (len(parts.found) - len(names))
    all_names = names_of([*names, *unanswered], parts.votes)
    typical = [shown_rows(parts.strands, strand) for strand in parts.found]
    return NameParts(cluster_id, name, parts.rows, parts.places, all_names, typical)


def shown_rows(strands: Strands, strand: int) -> tuple[int, ...]:
    """Return the rows that are shown of a strand."""
    return tuple(row for row in strands.shown[strand].tolist() if row >= 0)
