"""What is worth showing of one cluster before it gets a name: how large it is, its words, typical comments."""

from dataclasses import dataclass
from itertools import chain, zip_longest

from verbatlas.amounts import share_in_words
from verbatlas.app.preview_model import shortened
from verbatlas.study import Labelling, Study
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_MOST_TYPICAL = 5
_LONGEST = 600  # characters of a typical comment


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The cluster that is most like another one.

    Attributes:
        id: Its id.
        name: Its name.
        similarity: The cosine of the two middles.
    """

    id: int
    name: str
    similarity: float


@dataclass(frozen=True, slots=True)
class ClusterCard:
    """One cluster, ready to be shown.

    Attributes:
        id: Its id.
        name: Its name.
        size: How many comments it has, those of the clusters under it included, and what share of all that is, in
            words.
        keywords: Its most telling words.
        typical: Rows of its most typical comments, or of those under it, with their beginnings.
        note: What a person wrote about it.
        borderline: Rows of the comments that are closest to belonging elsewhere, with their beginnings.
        cohesion: The mean cosine of its comments to its middle; None while that is not known.
        nearest: The cluster that is most like it; None while that is not known, or where there is none.
        locked: Whether it refuses changes.
    """

    id: int
    name: str
    size: str
    keywords: tuple[str, ...]
    typical: tuple[tuple[int, str], ...]
    note: str = ""
    borderline: tuple[tuple[int, str], ...] = ()
    cohesion: float | None = None
    nearest: Neighbour | None = None
    locked: bool = False


def card_of(study: Study, cluster_id: int) -> ClusterCard:
    """Return what is worth showing of a cluster of ``study``."""
    labelling = study.labelling
    assert labelling is not None
    cluster = labelling.clusters[cluster_id]
    sizes = labelling.sizes()
    count = sum(sizes[id_] for id_ in with_children(labelling, cluster_id))
    comments = ngettext("{count} comment", "{count} comments", count).format(count=f"{count:,}")
    share = _("{share} of all").format(share=share_in_words(count, labelling.n_counted))
    return ClusterCard(
        id=cluster_id,
        name=cluster.name,
        size=f"{comments}  ·  {share}",
        keywords=cluster.keywords,
        typical=comments_in_short(study, _typical(labelling, cluster_id)[:_MOST_TYPICAL]),
        note=cluster.note,
        locked=cluster.locked,
    )


def comments_in_short(study: Study, rows: "list[int] | tuple[int, ...]") -> tuple[tuple[int, str], ...]:
    """Return comments as they are shown in lists: their rows, and their beginnings on one line."""
    return tuple((row, shortened(study.documents[row], longest=_LONGEST)) for row in rows)


def with_children(labelling: Labelling, cluster_id: int) -> tuple[int, ...]:
    """Return a cluster and those that stand under it, the largest first."""
    sizes = labelling.sizes()
    under = [id_ for id_, cluster in labelling.clusters.items() if cluster.parent == cluster_id]
    return tuple(sorted((cluster_id, *under), key=lambda id_: (-sizes[id_], id_)))


def _typical(labelling: Labelling, cluster_id: int) -> list[int]:
    """Return the rows of the typical comments of a cluster, and by turns of those under it."""
    still = [
        # Those that have been moved elsewhere since are typical of it no more.
        [row for row in labelling.clusters[id_].typical if labelling.members[row] == id_]
        for id_ in with_children(labelling, cluster_id)
    ]
    return [row for row in chain.from_iterable(zip_longest(*still)) if row is not None]
