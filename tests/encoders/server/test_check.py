"""The Test button before a real server, and the list of models."""

from typing import Any

import pytest

from fault_proxy import Fault, FaultProxy
from model_server import ModelServer, free_port
from verbatlas.encoders.server.check import check
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled


def longer(answer: dict[str, Any]) -> dict[str, Any]:
    rows = [{**row, "embedding": [3.0, 4.0]} for row in answer["data"]]
    return {**answer, "data": rows}


def test_a_server_that_works_is_described(model_server: ModelServer) -> None:
    found = check(f" {model_server.address}/ ", key=model_server.key)

    assert (found.address, found.model, found.models) == (model_server.address, model_server.model, (found.model,))
    assert found.n_dimensions == 384
    assert found.has_base64
    assert found.has_unit_length
    assert 0 < found.round_trip_ms < 60_000


def test_vectors_of_another_length_and_no_base64_are_told(proxy: FaultProxy, model_server: ModelServer) -> None:
    def rule(request: dict[str, Any]) -> Fault:
        return Fault(status=400) if request["encoding_format"] == "base64" else Fault(change=longer)

    proxy.rule = rule

    found = check(proxy.address, key=model_server.key)

    assert not found.has_base64
    assert not found.has_unit_length
    assert found.n_dimensions == 2


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(UserError) as raised:
        check(f"http://127.0.0.1:{free_port()}/v1", key="EMPTY")

    assert raised.value.problem is Problem.SERVER_ABSENT


def test_a_check_that_is_no_longer_wanted_ends(proxy: FaultProxy, model_server: ModelServer) -> None:
    proxy.rule = lambda request: Fault(stall=20)
    asked = 0

    def report(done: int, total: int) -> None:
        nonlocal asked
        asked += 1
        if asked > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        check(proxy.address, key=model_server.key, report=report)
    assert asked == 4
