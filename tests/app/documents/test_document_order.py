"""Every column has an order of its own."""

from collections.abc import Callable

import numpy as np
import pytest

from verbatlas.app.documents.document_order import order_by
from verbatlas.app.documents.listing import CLUSTER, COMMENT, ROW, STRENGTH, Listing

OTHER = 4


def ordered(listing: Listing, column: int, *, descending: bool = False) -> list[str]:
    return [listing.cell(row, column) for row in order_by(listing, column, descending=descending)]


def test_numbers_are_ordered_as_numbers_and_empty_cells_come_last_both_ways(
    make_listing: Callable[..., Listing],
) -> None:
    listing = make_listing(["a"] * 5, price=["$9.50", "", "1,200", "-3", None])
    assert ordered(listing, OTHER) == ["-3", "$9.50", "1,200", "", ""]
    assert ordered(listing, OTHER, descending=True) == ["1,200", "$9.50", "-3", "", ""]


def test_dates_are_ordered_as_dates(make_listing: Callable[..., Listing]) -> None:
    listing = make_listing(["a"] * 3, day=["9.12.2025", "31.1.2026", "1.2.2025"])
    assert ordered(listing, OTHER) == ["1.2.2025", "9.12.2025", "31.1.2026"]


def test_other_cells_are_ordered_as_texts(make_listing: Callable[..., Listing]) -> None:
    listing = make_listing(["a"] * 4, city=["北京", "berlin", "Aachen", ""])
    assert ordered(listing, OTHER) == ["Aachen", "berlin", "北京", ""]


@pytest.mark.parametrize("descending", [False, True])
def test_equal_rows_keep_the_order_of_the_file(make_listing: Callable[..., Listing], descending: bool) -> None:
    listing = make_listing(["a"] * 40, stars=["5"] * 40)
    for column in (COMMENT, OTHER):
        assert order_by(listing, column, descending=descending).tolist() == list(range(40))


def test_clusters_are_ordered_by_name_and_comments_without_one_come_last(listing: Listing) -> None:
    members = listing.labelling.members[order_by(listing, CLUSTER)]  # type: ignore[union-attr]
    assert members.tolist() == [2] * 3 + [0] * 3 + [3] * 3 + [-1] * 3


def test_strength_counts_only_inside_a_cluster(listing: Listing) -> None:
    rows = order_by(listing, STRENGTH)
    assert rows[:2].tolist() == [10, 9]
    assert set(rows[-3:].tolist()) == {3, 7, 11}


def test_rows_can_be_turned_round_and_every_row_is_there(listing: Listing) -> None:
    assert order_by(listing, ROW, descending=True).tolist() == list(range(11, -1, -1))
    assert order_by(listing, COMMENT).tolist() == list(range(11, -1, -1))
    for column in range(listing.n_columns):
        assert np.array_equal(np.sort(order_by(listing, column)), np.arange(12))


def test_without_clusters_the_order_is_the_file_s(listing: Listing) -> None:
    bare = Listing(listing.table, listing.documents, listing.others, listing.labels, None)
    assert order_by(bare, CLUSTER).tolist() == list(range(12))
