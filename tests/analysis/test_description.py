"""Descriptions of real clusters would be recognised by an analyst."""

from typing import Any

import numpy as np

from verbatlas.analysis import Clustering, cluster, describe
from verbatlas.analysis.clustering import strengths_of


def by_truth(data: Any) -> Clustering:
    _, ids = np.unique(data.truth, return_inverse=True)
    return Clustering(ids.astype(np.int32), strengths_of(data.vectors, ids.astype(np.int32)))


def test_names_of_banking_intents_say_what_they_are_about(banking: Any) -> None:
    kinds, ids = np.unique(banking.truth, return_inverse=True)
    described = describe(banking.documents, banking.vectors, by_truth(banking))
    for kind, word in {
        "atm_support": "atm",
        "change_pin": "pin",
        "lost_or_stolen_card": "lost",
        "age_limit": "age",
    }.items():
        assert word in described[int(np.flatnonzero(kinds == kind)[0])].name.lower()
    assert len({entry.name for entry in described.values()}) == 77
    assert ids.max() == 76


def test_typical_comments_belong_to_the_cluster_and_differ(banking: Any) -> None:
    clustering = cluster(banking.vectors, banking.graph, seed=7)
    for id_, entry in describe(banking.documents, banking.vectors, clustering).items():
        assert 1 <= len(entry.typical) <= 5
        assert (clustering.ids[list(entry.typical)] == id_).all()
        assert len({banking.documents[row] for row in entry.typical}) == len(entry.typical)


def test_chinese_clusters_get_chinese_names(chitchat: Any) -> None:
    clustering = cluster(chitchat.vectors, chitchat.graph, seed=7)
    named = [entry.name for entry in describe(chitchat.documents, chitchat.vectors, clustering).values()]

    assert sum(any("\u4e00" <= char <= "\u9fff" for char in name) for name in named) > 0.9 * len(named)
    assert len(set(named)) == len(named)
