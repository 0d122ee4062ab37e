"""The colour of every document as a place in a table: another style is another table, never a brush per point."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.app.map.oklch import Rgb, mix
from verbatlas.app.map.palette import background, cluster_colour, ink, noise_colour
from verbatlas.app.map.point_store import Level

NORMAL, SELECTED, CONTEXT = 0, 1, 2
NOISE_WEIGHT = 0.45
_DIMMED_WEIGHT, _DIMMED_MIX = 0.16, 0.72
_FOUND_WEIGHT, _FOUND_MIX = 0.45, 0.4  # of what was found in other clusters: it stands out from what was not
_CONTEXT_WEIGHT = 0.12
_SELECTED_WEIGHT = 2.5
_UNSELECTED_WEIGHT = 0.30

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, eq=False)
class PointColours:
    """What colour each document is drawn in.

    Attributes:
        codes: uint16, shape (n_documents,): each document's place in the table.
        flags: uint8, shape (n_documents,): NORMAL, SELECTED or CONTEXT (filtered out).
        table: float32, shape (3, n_codes, 4): red, green, blue (0..255) and weight, by flag and code.
    """

    codes: NDArray[np.uint16]
    flags: NDArray[np.uint8]
    table: NDArray[np.float32]
    _kept: dict[str, dict[int, tuple[Level, NDArray[Any]]]] = field(default_factory=dict, repr=False)

    def of(self, level: Level) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
        """Return codes and flags of the points of a level; kept for the next picture, by one thread."""
        return self._arranged("codes", self.codes, level), self._arranged("flags", self.flags, level)

    def _arranged(self, name: str, values: NDArray[Number], level: Level) -> NDArray[Number]:
        kept = self._kept.setdefault(name, {})
        if id(level) not in kept:
            kept[id(level)] = (level, level.arrange(values))  # the level too: its number must not be given away
        arranged: NDArray[Number] = kept[id(level)][1]
        return arranged

    def with_table(self, table: NDArray[np.float32]) -> "PointColours":
        """Return the same codes in other colours."""
        return PointColours(self.codes, self.flags, table, self._kept)

    def with_flags(self, flags: NDArray[np.uint8]) -> "PointColours":
        """Return the same colours with other documents selected or filtered out."""
        return replace(self, flags=flags, _kept={"codes": self._kept.setdefault("codes", {})})


def cluster_codes(members: NDArray[np.int32], clusters: Mapping[int, int]) -> tuple[NDArray[np.uint16], list[int]]:
    """Return each document's code, 0 for noise, and the cluster that each code from 1 on stands for.

    Args:
        members: int32, shape (n_documents,): cluster ids, -1 for noise.
        clusters: Palette slots by cluster id; a member of none of these counts as noise.
    """
    order = sorted(clusters)
    lookup = np.zeros(max(order, default=-1) + 2, np.uint16)
    lookup[order] = np.arange(1, len(order) + 1)
    safe = np.where((members >= 0) & (members < len(lookup) - 1), members, -1)
    return lookup[safe], order


def cluster_colours(
    order: list[int], clusters: Mapping[int, int], *, scheme: str, alone: Collection[int], among_found: bool = False
) -> NDArray[np.float32]:
    """Return red, green, blue (0..255) and weight by code: float32, shape (n_codes, 4).

    Args:
        order: The clusters of the codes from 1 on.
        clusters: Palette slots by cluster id.
        scheme: ``light`` or ``dark``.
        alone: The clusters that stand out; the others are dimmed. None stands out if there are none.
        among_found: Whether only some documents are wanted, such as a search has found: those of the other clusters
            are dimmed less, or they could not be told from the grey context.
    """
    weight, greyness = (_FOUND_WEIGHT, _FOUND_MIX) if among_found else (_DIMMED_WEIGHT, _DIMMED_MIX)
    colours = np.empty((len(order) + 1, 4), np.float32)
    colours[0] = (*noise_colour(scheme), NOISE_WEIGHT if not alone or -1 in alone else weight)
    for code, cluster in enumerate(order, start=1):
        colour = cluster_colour(clusters[cluster], scheme)
        is_dimmed = bool(alone) and cluster not in alone
        colours[code] = (*_dimmed(colour, scheme, greyness), weight) if is_dimmed else (*colour, 1.0)
    return colours


def colour_table(colours: NDArray[np.float32], *, scheme: str, has_selection: bool) -> NDArray[np.float32]:
    """Return the whole table of colours, by flag and code: float32, shape (3, n_codes, 4).

    Args:
        colours: By code; what documents look like that are neither selected nor filtered out.
        scheme: ``light`` or ``dark``.
        has_selection: Whether any document is selected; the others then step back.
    """
    table = np.repeat(colours[None], 3, axis=0)
    if has_selection:
        table[NORMAL, :, 3] *= _UNSELECTED_WEIGHT
    table[SELECTED, :, 3] = _SELECTED_WEIGHT
    table[SELECTED, :, :3] = 0.7 * table[SELECTED, :, :3] + 0.3 * np.asarray(ink(scheme), np.float32)
    table[CONTEXT, :, :3] = noise_colour(scheme)
    table[CONTEXT, :, 3] = _CONTEXT_WEIGHT
    return table


def _dimmed(colour: Rgb, scheme: str, greyness: float) -> Rgb:
    return mix(colour, mix(noise_colour(scheme), background(scheme), 0.35), greyness)
