"""The model manager's requests, through a real engine and a hub on this computer."""

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from waiting import end_by_going_offline, until_end, until_progress

from verbatlas.encoders.hub.installed import Origin, list_installed
from verbatlas.encoders.hub.network import Network
from verbatlas.engine.client import Engine
from verbatlas.engine.messages import Cancelled, Failed, Finished, Progress
from verbatlas.engine.model_requests import (
    CheckModelRequest,
    DownloadModelRequest,
    ListModelsRequest,
    RemoveModelRequest,
)
from verbatlas.engine.stages import Stage
from verbatlas.errors import Problem
from verbatlas.shared_settings import change_shared

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "encoders" / "hub"))

from stand_in_hub import StandInHub, running_hub

_MODEL = "owner/tiny"
_FILES = {"config.json": b"{}", "tokenizer.json": b"{}" * 500, "model.safetensors": os.urandom(300_000)}


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    """A hub with one model; depends on nothing that the engine has started already."""
    monkeypatch.setenv("VERBATLAS_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    for name in ("HF_HUB_OFFLINE", "VERBATLAS_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    with running_hub() as hub:
        hub.add(_MODEL, _FILES)
        yield hub


@pytest.fixture
def network(hub: StandInHub) -> Network:
    return Network(endpoint=hub.endpoint)


def names() -> list[str]:
    return [model.name for model in list_installed() if model.origin is not Origin.PACKAGED]


def test_a_model_is_brought_listed_checked_and_removed(hub: StandInHub, network: Network, engine: Engine) -> None:
    said = until_end(engine, engine.submit(DownloadModelRequest(_MODEL, network)))
    total = sum(map(len, _FILES.values()))
    assert isinstance(said[-1], Finished), said[-1]
    assert [one.done for one in said if isinstance(one, Progress) and one.stage is Stage.DOWNLOAD][-1] == total

    listed = until_end(engine, engine.submit(ListModelsRequest()))[-1]
    assert isinstance(listed, Finished)
    assert [model.name for model in listed.result] == ["minilm", "use-multilingual", _MODEL]

    checked = until_end(engine, engine.submit(CheckModelRequest(_MODEL)))
    assert isinstance(checked[-1], Finished)
    assert [(one.n_checked, one.wrong) for one in checked[-1].result] == [(3, ())]
    assert Stage.CHECK in {one.stage for one in checked if isinstance(one, Progress)}

    removed = until_end(engine, engine.submit(RemoveModelRequest(_MODEL)))[-1]
    assert isinstance(removed, Finished)
    assert names() == []


def test_a_download_is_paused_by_cancelling_and_goes_on_from_there(
    hub: StandInHub, network: Network, engine: Engine
) -> None:
    held = "/lfs/" + hashlib.sha256(_FILES["model.safetensors"]).hexdigest()
    hub.trouble(held, "hold", after=200_000)
    ticket = engine.submit(DownloadModelRequest(_MODEL, network))
    until_progress(engine, ticket)
    assert hub.held.wait(60)
    engine.cancel(ticket)

    assert until_end(engine, ticket)[-1] == Cancelled(ticket)
    assert names() == []
    hub.released.set()
    hub.seen.clear()
    said = until_end(engine, engine.submit(DownloadModelRequest(_MODEL, network)))

    assert isinstance(said[-1], Finished), said[-1]
    assert names() == [_MODEL]
    (resumed,) = hub.requests(held)
    start = int(resumed.headers["range"].removeprefix("bytes=").rstrip("-"))
    assert 0 < start <= 200_000
    first = next(one for one in said if isinstance(one, Progress) and one.stage is Stage.DOWNLOAD)
    assert first.done >= start  # so that the speed is that of what comes


def test_the_offline_switch_ends_a_running_download_which_goes_on_from_there_later(
    hub: StandInHub, own_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary_root: Path
) -> None:
    monkeypatch.setenv("VERBATLAS_CONFIG_DIR", str(tmp_path / "config"))
    with running_hub(host=own_address) as outside, Engine() as engine:
        outside.add(_MODEL, _FILES)
        held = "/lfs/" + hashlib.sha256(_FILES["model.safetensors"]).hexdigest()
        outside.trouble(held, "hold", after=200_000)
        ticket = engine.submit(DownloadModelRequest(_MODEL, Network(endpoint=outside.endpoint)))
        until_progress(engine, ticket)
        assert outside.held.wait(60)

        end_by_going_offline(engine, ticket, host=own_address)

        assert names() == []
        outside.released.set()
        outside.seen.clear()
        again = until_end(engine, engine.submit(DownloadModelRequest(_MODEL)))[-1]
        assert isinstance(again, Failed)
        assert again.error is not None
        assert again.error.problem is Problem.OFFLINE
        assert outside.seen == []
        change_shared(is_offline=False)
        said = until_end(engine, engine.submit(DownloadModelRequest(_MODEL, Network(endpoint=outside.endpoint))))
        assert isinstance(said[-1], Finished), said[-1]
        (resumed,) = outside.requests(held)
        assert 0 < int(resumed.headers["range"].removeprefix("bytes=").rstrip("-")) <= 200_000


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (DownloadModelRequest("lexical", Network()), Problem.MODEL_HAS_NO_FILES),
        (DownloadModelRequest("no such model", Network()), Problem.ENCODER_UNKNOWN),
        (DownloadModelRequest("bge-m3", Network(offline=True)), Problem.OFFLINE),
        (RemoveModelRequest("minilm"), Problem.MODEL_NOT_OURS),
        (CheckModelRequest("bge-m3"), Problem.MODEL_NOT_INSTALLED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_in_the_way_comes_back_as_a_sentence(
    request_: object, problem: Problem, hub: StandInHub, engine: Engine
) -> None:
    ended = until_end(engine, engine.submit(request_))[-1]

    assert isinstance(ended, Failed)
    assert ended.error is not None
    assert ended.error.problem is problem


def test_the_network_of_a_request_is_that_of_the_environment_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://hf-mirror.com")

    assert DownloadModelRequest("bge-m3").network.endpoint == "https://hf-mirror.com"
