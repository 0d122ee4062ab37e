"""What the window asks of a server, asked in the engine's process."""

import pytest
from waiting import until_end

from model_server import ModelServer
from verbatlas.encoders.server.comparison import Agreement
from verbatlas.engine import server_requests
from verbatlas.engine.client import Engine
from verbatlas.engine.messages import Failed, Finished
from verbatlas.errors import Problem


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "server-cache"))


def test_a_server_is_tested_and_its_first_model_compared_with_the_copy_here(
    engine: Engine, model_server: ModelServer
) -> None:
    tried = server_requests.TestServerRequest(model_server.address, key=model_server.key)

    end = until_end(engine, engine.submit(tried))[-1]

    assert isinstance(end, Finished)
    assert end.result.check.models == (model_server.model,)
    assert end.result.check.n_dimensions == 384
    assert isinstance(end.result.agreement, Agreement)
    assert end.result.agreement.lowest > 0.999


def test_what_is_wrong_with_a_server_reaches_the_window_without_the_key(
    engine: Engine, model_server: ModelServer
) -> None:
    tried = server_requests.TestServerRequest(model_server.address, key="sk-secret")
    assert "sk-secret" not in repr(tried)

    end = until_end(engine, engine.submit(tried))[-1]

    assert isinstance(end, Failed)
    assert end.error is not None
    assert end.error.problem is Problem.SERVER_KEY
    assert "sk-secret" not in end.detail


def test_a_key_that_cannot_be_kept_is_told(temporary_root: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    with Engine() as engine:
        keep = server_requests.KeepServerKeyRequest("http://localhost:30000/v1", "sk-secret")
        end = until_end(engine, engine.submit(keep))[-1]

    assert isinstance(end, Failed)
    assert end.error is not None
    assert end.error.problem is Problem.KEY_NOT_KEPT
    assert "sk-secret" not in end.detail
