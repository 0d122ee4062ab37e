"""The order of all comments by a column: a pure function, to be run beside the window's thread."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from verbatlas import tables
from verbatlas.app.documents.listing import CLUSTER, COMMENT, N_OWN, ROW, STRENGTH, Listing
from verbatlas.app.documents.text_ranks import text_ranks
from verbatlas.study import Labelling

_ENOUGH = 0.9  # share of the filled cells that must be numbers or dates, as for the colours of the map
_SAMPLED = 500
_AT_ONCE = 8_192  # cells between two questions whether the answer is still wanted

GoOn = Callable[[], None]


def order_by(
    listing: Listing, column: int, *, descending: bool = False, go_on: GoOn = lambda: None
) -> NDArray[np.int64]:
    """Return all rows in the order of a column.

    Numbers are ordered as numbers, dates as dates, other texts by :func:`text_ranks`; clusters by their names. Rows
    that are equal keep the file's order, also when descending; rows without a value come last either way.

    Args:
        listing: The rows and columns.
        column: One of the listing's columns.
        descending: Whether the largest comes first.
        go_on: Called now and then; raises when the answer is no longer wanted.

    Returns:
        int64, shape (n_documents,).
    """
    places = _places(listing, column, go_on)
    go_on()
    return np.argsort(-places if descending else places, kind="stable")


def _places(listing: Listing, column: int, go_on: GoOn) -> NDArray[np.float64]:
    """Return a number per row that grows in the order of the column: float64, NaN where it has no value."""
    n = len(listing.documents)
    if column == ROW:
        return np.arange(n, dtype=np.float64)
    if column == COMMENT:
        return text_ranks(listing.documents, go_on=go_on)
    if column >= N_OWN:
        return _cell_places(listing.table.column(listing.others[column - N_OWN]), go_on)
    if listing.labelling is None:
        return np.full(n, np.nan)
    if column == STRENGTH:
        strengths = listing.labelling.strengths[listing.labelling.shown_rows]
        return np.where(listing.labelling.shown_members < 0, np.nan, strengths).astype(np.float64)
    assert column == CLUSTER
    return _cluster_places(listing.labelling)


def _cluster_places(labelling: Labelling) -> NDArray[np.float64]:
    by_id = np.full(labelling.next_id + 1, np.nan)  # the last one is for -1: no cluster
    by_id[list(labelling.clusters)] = text_ranks([cluster.name for cluster in labelling.clusters.values()])
    return by_id[labelling.shown_members]


def _cell_places(cells: Sequence[str | None], go_on: GoOn) -> NDArray[np.float64]:
    filled = [cell for cell in cells if cell and not cell.isspace()]
    sample = filled[:: max(1, len(filled) // _SAMPLED)]
    go_on()
    if _are_mostly_known(tables.as_numbers(sample)):
        return np.concatenate([tables.as_numbers(part) for part in _parts(cells, go_on)])
    if _are_mostly_known(_seconds(sample)):
        return _seconds(cells)  # in one piece: all of them decide whether months or days come first
    return text_ranks(cells, go_on=go_on)


def _parts(cells: Sequence[str | None], go_on: GoOn) -> Iterator[Sequence[str | None]]:
    for start in range(0, len(cells), _AT_ONCE):
        go_on()
        yield cells[start : start + _AT_ONCE]


def _seconds(cells: Sequence[str | None]) -> NDArray[np.float64]:
    dates = tables.as_dates(cells)
    return np.where(np.isnat(dates), np.nan, dates.astype(np.int64).astype(np.float64))


def _are_mostly_known(places: NDArray[np.float64]) -> bool:
    return len(places) > 0 and bool(np.isfinite(places).mean() >= _ENOUGH)
