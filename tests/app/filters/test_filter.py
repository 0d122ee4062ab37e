"""A filter lets the right comments pass and says in words what it asks for."""

from datetime import date

import numpy as np
import pytest

from verbatlas.app.filters.filter import (
    CategoryFilter,
    ClusterFilter,
    DateFilter,
    Filter,
    RangeFilter,
    combine,
    subject,
)
from verbatlas.study import Group, Study


@pytest.mark.parametrize(
    ("one", "rows", "words"),
    [
        (CategoryFilter(1, ("门店",)), [2, 8, 14, 20], "channel & shop: 门店"),
        (CategoryFilter(1, ("Web", "")), [1, 3, 4, 7, 9, 10, 13, 15, 16, 19, 21, 22], "channel & shop: Web, No value"),
        (RangeFilter(3, 3, 6), [2, 3, 4], "price: 3 to 6"),
        (RangeFilter(3, -1, 1234567.5), list(range(1, 24)), "price: -1 to 1,234,567.5"),
        (DateFilter(4, date(2026, 3, 3), date(2026, 3, 6)), [2, 4, 5], "date: 2026-03-03 to 2026-03-06"),
        (ClusterFilter((1,)), list(range(12, 20)), "Cluster: Slow delivery"),
        (ClusterFilter((0, -1)), [*range(12), *range(20, 24)], "Cluster: 电池发热, No cluster"),
        (ClusterFilter((9,)), [], "Cluster: –"),
    ],
)
def test_who_passes_and_what_it_is_called(study: Study, one: Filter, rows: list[int], words: str) -> None:
    passing = one.rows(study, study.labelling)

    assert (passing.dtype, passing.shape) == (np.bool_, (24,))
    assert np.flatnonzero(passing).tolist() == rows
    assert one.describe(study, study.labelling) == words


def test_many_and_long_values_are_said_in_short(study: Study) -> None:
    assert CategoryFilter(2, ("1", "2", "3", "4")).describe(study, None) == "stars: 1, 2 and 2 more"
    words = CategoryFilter(2, ("very " * 20,)).describe(study, None)
    assert words == "stars: very very very very ver…"


def test_what_stands_under_a_cluster_counts_with_it(study: Study) -> None:
    study.do(Group((0, 1), "All"))
    labelling = study.labelling
    assert labelling is not None
    (group,) = (id_ for id_, cluster in labelling.clusters.items() if cluster.name == "All")

    assert ClusterFilter((group,)).rows(study, labelling).sum() == 20


def test_before_there_are_clusters_none_of_their_comments_pass(study: Study) -> None:
    assert not ClusterFilter((0, -1)).rows(study, None).any()


def test_all_filters_must_be_passed(study: Study) -> None:
    both = (RangeFilter(3, 3, 6), CategoryFilter(1, ("门店",)))

    assert np.flatnonzero(combine(both, study, study.labelling)).tolist() == [2]
    assert combine((), study, study.labelling).all()


def test_one_filter_per_subject() -> None:
    assert [subject(one) for one in (CategoryFilter(1, ("a",)), RangeFilter(3, 1, 2), ClusterFilter((0,)))] == [
        1,
        3,
        None,
    ]
