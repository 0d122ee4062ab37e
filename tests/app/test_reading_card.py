"""One comment with all that its row says, and the way from one to the next."""

import numpy as np
import pytest

from verbatlas.app.reading_card import comment_of, neighbour_in_cluster
from verbatlas.app.session import Session
from verbatlas.study import Cluster, Labelling


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
