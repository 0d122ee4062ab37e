"""A person's problem survives the trip through the engine's pipe."""

import pickle

import pytest

from verbatlas.errors import Problem, UserError


@pytest.mark.parametrize("problem", Problem)
def test_a_problem_arrives_whole_on_the_other_side_of_a_pipe(problem: Problem) -> None:
    sent = UserError(problem, path="评论 文件.csv", line=3)

    arrived = pickle.loads(pickle.dumps(sent))

    assert isinstance(arrived, UserError)
    assert arrived.problem is problem
    assert arrived.values == {"path": "评论 文件.csv", "line": 3}
