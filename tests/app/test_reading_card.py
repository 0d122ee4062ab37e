"""One comment with all that its row says, and the way from one to the next."""

from pathlib import Path

import numpy as np
import pytest

from verbatlas.analysis import Description
from verbatlas.app.documents.listing import listing_of
from verbatlas.app.reading_card import comment_of, neighbour_in_cluster
from verbatlas.app.session import Session
from verbatlas.study import Cluster, Labelling, ReplaceClustering, Settings, Study
from verbatlas.tables import TableFormat, from_columns


def labelling(members: list[int]) -> Labelling:
    clusters = {id_: Cluster(id_, f"cluster {id_}") for id_ in set(members) if id_ >= 0}
    return Labelling(np.array(members, np.int32), np.ones(len(members), np.float32), clusters, 9)


def test_a_comment_comes_with_its_cluster_and_the_other_columns(mapped: Session) -> None:
    assert mapped.study is not None
    comment = comment_of(mapped.study, 0)
    assert comment.text == "快递太慢了，等了一个星期"
    assert comment.others == (("id", "1000"), ("date", "2026-03-01"), ("stars", "1"))
    assert comment.is_in_cluster
    assert comment.cluster
    assert "%" in comment.strength


@pytest.mark.parametrize(
    ("cluster", "document", "by", "expected"),
    [
        (0, None, 1, 0),
        (0, 0, 1, 2),
        (0, 5, 1, 0),
        (0, 0, -1, 5),
        (None, 1, 1, 3),
        (None, None, 1, None),
        (0, 3, 1, 5),
        (0, 3, -1, 2),
        (7, 3, 1, 3),
        (None, 4, 1, 4),
    ],
)
def test_the_next_comment_is_the_next_of_its_cluster_and_round_again(
    cluster: int | None, document: int | None, by: int, expected: int | None
) -> None:
    members = labelling([0, 1, 0, 1, -1, 0])
    assert neighbour_in_cluster(members, cluster=cluster, document=document, by=by) == expected


def test_a_comment_that_was_left_out_says_so(tmp_path: Path) -> None:
    table = from_columns(["comment"], [["late again", "late again", "ok"]], TableFormat())
    with Study.create(tmp_path / "s.verbatlas", table=table, text_columns=(0,), settings=Settings()) as study:
        ids, stand_ins = np.array([0, -1, -1], np.int32), np.array([0, 0, -1], np.int32)
        described = {0: Description((), "Parcels", (0,))}
        study.do(ReplaceClustering(ids, np.full(3, 0.9, np.float32), described, stand_ins=stand_ins))
        first, repeat, short = (comment_of(study, row) for row in range(3))
        listing = listing_of(study)
    assert (first.cluster, first.is_in_cluster) == ("Parcels", True)
    assert (repeat.cluster, repeat.is_in_cluster) == ("Parcels, like row 1, which it repeats", True)
    assert repeat.strength == first.strength
    assert (short.cluster, short.is_in_cluster) == ("Left out: very short", False)
    assert [cluster and cluster.name for cluster in map(listing.cluster_of, range(3))] == ["Parcels", "Parcels", None]
