"""What is doubtful is shown with its present name, and only what was answered otherwise is corrected."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from verbatlas.analysis.reading_order import N_BEFORE
from verbatlas.analysis.strands import N_SHOWN, Strands
from verbatlas.app.doubts.doubt_cards import correction_of, doubt_cards
from verbatlas.app.review.part_cards import AT_ONCE
from verbatlas.app.session import Session
from verbatlas.engine.corrections import Doubtful
from verbatlas.study import Labelling, Move, SetLocked, Study


@pytest.fixture
def study(qtbot: QtBot, mapped: Session) -> Study:
    """All clusters named by hand."""
    assert mapped.study is not None
    for cluster in mapped.study.labelling.clusters:
        assert mapped.rename(cluster, f"Theme {cluster}")
    return mapped.study


def doubtful_of(labelling: Labelling) -> Doubtful:
    """The last comments of each cluster are a strand of their own, and doubtful."""
    clusters = sorted(labelling.clusters)
    ids = np.full(len(labelling.members), -1, np.int32)
    shown = np.full((len(clusters), N_SHOWN), -1, np.int64)
    for strand, cluster in enumerate(clusters):
        rows = np.flatnonzero(labelling.members == cluster)[-3:]
        ids[rows], shown[strand, : len(rows)] = strand, rows
    middles = np.eye(len(clusters), 8, dtype=np.float32)
    follows = np.full((len(clusters), N_BEFORE), -1, np.int32)
    votes = np.zeros((len(clusters), N_BEFORE), np.float32)
    strands = Strands(ids, np.array(clusters, np.int32), follows, votes, middles, shown)
    return Doubtful(strands, np.arange(len(clusters))[::-1].copy())


def test_a_card_has_its_present_name_and_none_of_a_locked_cluster_is_offered(study: Study) -> None:
    doubtful, (first, *_others, last) = doubtful_of(study.labelling), sorted(study.labelling.clusters)
    study.do(SetLocked([first], locked=True))
    card = doubt_cards(study, doubtful, scheme="light")[0]

    assert (card.present, card.votes, card.size) == (f"Theme {last}", (), "3 comments")
    assert [row for row, _text in card.comments] == np.flatnonzero(study.labelling.members == last)[-3:].tolist()
    assert not {first, last} & {place.cluster for place in card.places}
    assert len(doubt_cards(study, doubtful, scheme="light", first=1)) == AT_ONCE < len(doubtful.order)


def test_only_other_names_are_corrected(study: Study) -> None:
    doubtful, clusters = doubtful_of(study.labelling), sorted(study.labelling.clusters)
    own, rows = f" theme {clusters[-1]}", np.flatnonzero(study.labelling.members == clusters[-2])[-3:]
    assert correction_of(study, doubtful, [own, ""]) is None
    edit = correction_of(study, doubtful, [own, "Wet"])

    assert edit is not None
    assert edit.names == ["Wet"]
    assert edit.rows.tolist() == rows.tolist()
    assert list(edit.typical) == [tuple(rows.tolist())]
    study.do(edit)
    assert {study.labelling.clusters[id_].name for id_ in study.labelling.members[rows].tolist()} == {"Wet"}


def test_a_comment_that_a_person_has_moved_meanwhile_stays_there(study: Study) -> None:
    doubtful, clusters = doubtful_of(study.labelling), sorted(study.labelling.clusters)
    rows = np.flatnonzero(study.labelling.members == clusters[-1])[-3:]
    study.do(Move(rows[:1], clusters[0]))
    edit = correction_of(study, doubtful, ["Wet"])

    assert edit is not None
    study.do(edit)
    assert study.labelling.members[rows[0]] == clusters[0]
    assert doubt_cards(study, doubtful, scheme="light")[0].size == "0 comments"
    assert correction_of(study, doubtful, ["Dry"]) is None
