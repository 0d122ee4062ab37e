import pickle

import pytest

from verbatlas.engine.messages import Answer, Cancel, Cancelled, Failed, Finished, Progress, Start
from verbatlas.engine.stages import Stage
from verbatlas.errors import Problem, UserError


@pytest.mark.parametrize(
    "message",
    [
        Progress(1, Stage.EMBED, 3, 9),
        Finished(2, ("a", 1)),
        Failed(3, error=None, detail="traceback"),
        Cancelled(4),
        Start(5, b"request"),
        Cancel(6),
        Answer(7, b"message"),
    ],
)
def test_every_message_comes_out_of_the_pipe_as_it_went_in(message: object) -> None:
    assert pickle.loads(pickle.dumps(message)) == message


def test_a_problem_keeps_its_kind_and_values_on_the_way() -> None:
    failed = Failed(1, error=UserError(Problem.DISK_FULL, path="/tmp/x"), detail="")
    arrived = pickle.loads(pickle.dumps(failed))
    assert arrived.error.problem is Problem.DISK_FULL
    assert arrived.error.values == {"path": "/tmp/x"}
