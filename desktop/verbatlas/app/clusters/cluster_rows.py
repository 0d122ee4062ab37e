"""What the list of clusters shows of each, found in a labelling: sizes, groups, and what a person did to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.study import NOISE, Labelling
from verbatlas.words import gettext as _
from verbatlas.words import ngettext


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """What the list shows of one cluster.

    Attributes:
        id: The cluster's id; -1 for what is in no cluster.
        name: Its name.
        size: How many documents it has, those of the clusters under it included.
        share: Its size against the largest, 0..1.
        colour: Its palette slot; None for what is in no cluster.
        named_by_hand: Whether a person typed the name.
        keywords: What it is about.
        locked: Whether it refuses changes.
        n_moved: How many of its documents a person has put there.
        has_note: Whether a person wrote something about it.
        children: The clusters under it, by falling size.
    """

    id: int
    name: str
    size: int
    share: float
    colour: int | None
    named_by_hand: bool = False
    keywords: tuple[str, ...] = ()
    locked: bool = False
    n_moved: int = 0
    has_note: bool = False
    children: "tuple[ClusterRow, ...]" = ()

    @property
    def is_edited(self) -> bool:
        """Whether a person has made it what it is, at least in part."""
        return self.named_by_hand or self.has_note or self.n_moved > 0


def rows_of(labelling: Labelling, within: NDArray[np.bool_] | None = None) -> tuple[ClusterRow, ...]:
    """Return the rows of a labelling: the largest first, groups with the clusters under them, noise last.

    Args:
        labelling: The labelling.
        within: Which documents count, bool, shape (n_documents,); None for all.
    """
    sizes, n_noise = _sizes(labelling, within)
    clusters = labelling.clusters
    placed = labelling.members[labelling.by_hand & (labelling.members >= 0)]
    moved = np.bincount(placed, minlength=labelling.next_id)
    whole = dict(sizes)
    for id_, cluster in clusters.items():
        if cluster.parent in whole:
            whole[cluster.parent] += sizes[id_]
    largest = max([*whole.values(), n_noise, 1])

    def row(id_: int, children: tuple[ClusterRow, ...] = ()) -> ClusterRow:
        cluster = clusters[id_]
        return ClusterRow(
            id=id_,
            name=cluster.name,
            size=whole[id_],
            share=whole[id_] / largest,
            colour=cluster.colour,
            named_by_hand=cluster.named_by_hand,
            keywords=cluster.keywords,
            locked=cluster.locked,
            n_moved=int(moved[id_]),
            has_note=bool(cluster.note),
            children=children,
        )

    under: dict[int, list[ClusterRow]] = {}
    for id_, cluster in clusters.items():
        if cluster.parent is not None:
            under.setdefault(cluster.parent, []).append(row(id_))
    rows = [row(id_, _by_size(under.get(id_, []))) for id_, cluster in clusters.items() if cluster.parent is None]
    noise = ClusterRow(NOISE, _("No cluster"), n_noise, n_noise / largest, None)
    return (*_by_size(rows), noise) if n_noise else _by_size(rows)


def _sizes(labelling: Labelling, within: NDArray[np.bool_] | None) -> tuple[dict[int, int], int]:
    if within is None:
        return labelling.sizes(), labelling.n_noise
    counts = np.bincount(labelling.members[within] + 1, minlength=labelling.next_id + 1)
    n_noise = int((labelling.in_none & within).sum())
    return {id_: int(counts[id_ + 1]) for id_ in labelling.clusters}, n_noise


def comments(count: int) -> str:
    """Return a number of comments in words."""
    return ngettext("{count} comment", "{count} comments", count).format(count=f"{count:,}")


def percent(cohesion: float) -> str:
    """Return how alike the comments inside a cluster are as a number of per cent."""
    return f"{cohesion:.0%}"


def alike_inside(cohesion: float) -> str:
    """Return how alike the comments inside a cluster are, in words."""
    return _("{cohesion} alike inside").format(cohesion=percent(cohesion))


def facts_in_words(row: ClusterRow, *, cohesion: float | None = None) -> list[str]:
    """Return what the list tells of a cluster by marks and numbers, in words.

    Args:
        row: The cluster.
        cohesion: How alike its comments are, as far as that is known: the mean cosine to its middle.
    """
    lines = [comments(row.size)]
    if row.children:
        lines.append(
            ngettext("a group of {count} cluster", "a group of {count} clusters", len(row.children)).format(
                count=len(row.children)
            )
        )
    if cohesion is not None:
        lines.append(alike_inside(cohesion))
    if row.keywords:
        lines.append(_(", ").join(row.keywords))
    if row.named_by_hand:
        lines.append(_("Named by you"))
    if row.n_moved:
        lines.append(_("{comments} put here by you").format(comments=comments(row.n_moved)))
    if row.has_note:
        lines.append(_("You wrote a note"))
    if row.locked:
        lines.append(_("Locked"))
    return lines


def _by_size(rows: list[ClusterRow]) -> tuple[ClusterRow, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.size, row.id)))
