"""Encoders before the real server that lose no time with pauses."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from fault_proxy import FaultProxy
from model_server import ModelServer
from verbatlas.encoders import Encoder
from verbatlas.encoders.server.encoder import ServerEncoder
from verbatlas.encoders.server.patience import Patience

PATIENCE = Patience(pauses=(0.05, 0.1, 0.2, 0.4), seconds=60)

MakeEncoder = Callable[..., ServerEncoder]


@pytest.fixture
def server_encoder(proxy: FaultProxy, model_server: ModelServer) -> MakeEncoder:
    """Makes encoders whose requests go through the proxy to the real server."""

    def make(**settings: object) -> ServerEncoder:
        given = {"key": model_server.key, "patience": PATIENCE, **settings}
        return ServerEncoder(proxy.address, model_server.model, **given)

    return make


@pytest.fixture(scope="session")
def local_vectors(minilm: Encoder) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """What the same model makes of texts here."""
    return lambda texts: minilm.encode(texts).vectors
