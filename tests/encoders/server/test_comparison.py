"""A server that answers as the local copy passes; one that pools in another way is found out."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fault_proxy import Fault, FaultProxy
from verbatlas.encoders.server.comparison import TEXTS, Agreement, compare
from verbatlas.encoders.server.encoder import ServerEncoder

MakeEncoder = Callable[..., ServerEncoder]
Local = Callable[[Sequence[str]], NDArray[np.float32]]


def another_direction(answer: dict[str, Any]) -> dict[str, Any]:
    rows = [{**row, "embedding": [1.0 + place % 7 for place in range(384)]} for row in answer["data"]]
    return {**answer, "data": rows}


def test_the_same_model_agrees(server_encoder: MakeEncoder, local_vectors: Local) -> None:
    found = compare(server_encoder(), local_vectors(TEXTS))

    assert len(found.cosines) == len(TEXTS)
    assert found.lowest > 0.9999
    assert found.is_enough


def test_another_pooling_does_not(proxy: FaultProxy, server_encoder: MakeEncoder, local_vectors: Local) -> None:
    proxy.rule = lambda request: Fault(change=another_direction)

    found = compare(server_encoder(), local_vectors(TEXTS))

    assert found.lowest < 0.5
    assert not found.is_enough


def test_vectors_of_another_length_cannot_agree(server_encoder: MakeEncoder) -> None:
    found = compare(server_encoder(), np.ones((len(TEXTS), 1024), np.float32))

    assert found == Agreement(())
    assert found.lowest == 0
    assert not found.is_enough
