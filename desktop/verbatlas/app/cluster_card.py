"""What is worth showing of one cluster before it gets a name: how large it is, its words, typical comments."""

from dataclasses import dataclass

from verbatlas.app.amounts import share_in_words
from verbatlas.app.preview_model import shortened
from verbatlas.study import Study
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_MOST_TYPICAL = 5
_LONGEST = 160  # characters of a typical comment


@dataclass(frozen=True, slots=True)
class ClusterCard:
    """One cluster, ready to be shown.

    Attributes:
        name: Its name.
        size: How many comments it has and what share of all that is, in words.
        keywords: Its most telling words.
        typical: Rows of its most typical comments, with their beginnings.
    """

    name: str
    size: str
    keywords: str
    typical: tuple[tuple[int, str], ...]


def card_of(study: Study, cluster_id: int) -> ClusterCard:
    """Return what is worth showing of a cluster of ``study``."""
    labelling = study.labelling
    assert labelling is not None
    cluster = labelling.clusters[cluster_id]
    count = labelling.sizes()[cluster_id]
    comments = ngettext("{count} comment", "{count} comments", count).format(count=f"{count:,}")
    share = _("{share} of all").format(share=share_in_words(count, len(labelling.members)))
    # Those that have been moved elsewhere since are typical of it no more.
    still = [row for row in cluster.typical if labelling.members[row] == cluster_id]
    typical = tuple((row, shortened(study.documents[row], longest=_LONGEST)) for row in still[:_MOST_TYPICAL])
    return ClusterCard(cluster.name, f"{comments}  ·  {share}", _(", ").join(cluster.keywords), typical)
