"""The history is in the file, in order, in facts that words can be made of, and every point of it can be gone to."""

import numpy as np
import pytest

from verbatlas.study import Delete, Merge, Move, MoveToNew, Rename, Study, steps_beside


def test_edits_are_recorded_with_their_facts(study: Study) -> None:
    study.do(Rename(1, " 物流 "))
    study.do(Merge([1, 2]))
    study.undo()

    assert [(entry.kind, entry.facts, entry.is_undone) for entry in study.history] == [
        ("replace_clustering", {"count": 3}, False),
        ("rename", {"names": ["Name 1"], "name": "物流"}, False),
        ("merge", {"names": ["物流", "Name 2"]}, True),
    ]


def test_every_point_can_be_gone_to_also_after_a_restart(study: Study) -> None:
    states = [study.labelling]
    for edit in (Rename(0, "A"), Move(np.array([0]), 1), Merge([1, 2]), Delete([0])):
        study.do(edit)
        states.append(study.labelling)
    numbers = [entry.number for entry in study.history]
    study.close()

    with Study.open(study.path) as again:
        for position in (4, 0, 2, 1, 3):
            again.go_to(numbers[position])
            now, then = again.labelling, states[position]
            assert now is not None
            assert then is not None
            assert dict(now.clusters) == dict(then.clusters)
            np.testing.assert_array_equal(now.members, then.members)
            np.testing.assert_array_equal(now.by_hand, then.by_hand)
        again.go_to(0)
        assert again.labelling is None
        with pytest.raises(ValueError, match="no edit"):
            again.go_to(99)


def test_an_id_that_was_undone_is_not_given_away_again(study: Study) -> None:
    study.do(MoveToNew(np.array([0]), "First"))
    study.undo()
    study.do(MoveToNew(np.array([0]), "Second"))

    assert study.labelling is not None
    assert {id_: cluster.name for id_, cluster in study.labelling.clusters.items()}[4] == "Second"
    assert 3 not in study.labelling.clusters


def test_what_undo_and_redo_would_do_lies_beside_the_present(study: Study) -> None:
    for name in ("A", "B"):
        study.do(Rename(0, name))
    first, second, third = study.history
    assert steps_beside(study.history) == (third, None)
    study.undo()
    assert [entry.number for entry in steps_beside(study.history)] == [second.number, third.number]
    study.go_to(0)
    assert steps_beside(study.history)[0] is None
    assert steps_beside(study.history)[1].number == first.number
    assert steps_beside(()) == (None, None)
