"""What a person reads of a cluster before giving it a name."""

import numpy as np

from verbatlas.app.card.cluster_card import card_of, with_children
from verbatlas.app.session import Session
from verbatlas.study import Group, Move, SetLocked, SetNote


def test_a_card_says_how_large_a_cluster_is_and_what_is_typical_of_it(mapped: Session) -> None:
    study = mapped.study
    assert study is not None
    assert study.labelling is not None
    cluster_id, cluster = next(iter(study.labelling.clusters.items()))
    card = card_of(study, cluster_id)
    count = study.labelling.sizes()[cluster_id]
    assert card.name == cluster.name
    assert card.size.startswith(f"{count} comment")
    assert "%" in card.size
    assert card.typical
    assert all(study.labelling.members[row] == cluster_id for row, _text in card.typical)
    assert all(study.documents[row].startswith(text.rstrip("…")[:10]) for row, text in card.typical)


def test_a_group_counts_the_comments_under_it_and_shows_the_note(mapped: Session) -> None:
    study = mapped.study
    assert study is not None
    first, second = list(study.labelling.clusters)[:2]
    study.do(Group([first, second], "Both"))
    parent = max(study.labelling.clusters)
    study.do(SetNote(parent, "看看"))
    sizes = study.labelling.sizes()
    card = card_of(study, parent)
    assert card.size.startswith(f"{sizes[first] + sizes[second]} comments")
    assert (card.id, card.note) == (parent, "看看")


def test_a_group_shows_what_is_typical_of_its_clusters_by_turns_the_largest_first(mapped: Session) -> None:
    study = mapped.study
    assert study is not None
    sizes = study.labelling.sizes()
    small, large = sorted(study.labelling.clusters, key=lambda id_: (sizes[id_], -id_))[-2:]
    study.do(Group([small, large], "Both"))
    clusters = study.labelling.clusters
    parent = max(clusters)

    assert with_children(study.labelling, parent) == (large, small, parent)
    found = [row for row, _text in card_of(study, parent).typical]
    assert found[::2] == list(clusters[large].typical[:3])
    assert found[1::2] == list(clusters[small].typical[:2])

    study.do(Move(np.array(found[:1]), small))
    assert found[0] not in [row for row, _text in card_of(study, parent).typical]


def test_a_card_tells_a_locked_cluster(mapped: Session) -> None:
    study = mapped.study
    assert study is not None
    cluster = next(iter(study.labelling.clusters))
    assert not card_of(study, cluster).locked
    study.do(SetLocked([cluster], locked=True))
    assert card_of(study, cluster).locked
