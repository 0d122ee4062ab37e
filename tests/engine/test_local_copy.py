"""A server is compared with the copy of its model here, once, whatever name it gives the model."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fault_proxy import Fault, FaultProxy, of_vectors
from model_server import ModelServer
from verbatlas.encoders.hub.installed import InstalledModel, Origin
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.encoders.server.comparison import TEXTS
from verbatlas.encoders.server.encoder import ServerEncoder
from verbatlas.engine import local_copy
from verbatlas.engine.local_copy import agreement_with_copy, copy_of
from verbatlas.progress import Cancelled, no_report

INSTALLED = [
    InstalledModel(name, hub_id, Path(folder), 1, "", Origin.DOWNLOADED)
    for name, hub_id, folder in [
        ("minilm", "sentence-transformers/all-MiniLM-L6-v2", "/package"),
        ("bge-m3", "BAAI/bge-m3", "/models/BAAI--bge-m3"),
        ("somebody/tickets", "somebody/tickets", "/models/somebody--tickets"),
        ("/mine/My-Model", "", "/mine/My-Model"),
    ]
]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No models but those of the test, and nothing compared before; what is converted once serves all tests."""
    cache = tmp_path / "cache"
    cache.mkdir()
    converted = tmp_path_factory.getbasetemp() / "local-copy-cache"
    converted.mkdir(exist_ok=True)
    (cache / "servers").mkdir()
    for name in ("models", "ways", "compiled", "digests"):
        (converted / name).mkdir(exist_ok=True)
        (cache / name).symlink_to(converted / name)
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(cache))
    monkeypatch.setenv("VERBATLAS_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


@pytest.fixture
def server(proxy: FaultProxy, model_server: ModelServer) -> Callable[[], ServerEncoder]:
    """Makes encoders that name no model, as a person does who types an address only."""
    return lambda: ServerEncoder(proxy.address, key=model_server.key)


def compared_texts(proxy: FaultProxy) -> list[str]:
    """Return the texts that were sent to compare, without those sent beside them."""
    return [text for texts in proxy.sent for text in texts if any(text.endswith(known) for known in TEXTS)]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["all-MiniLM-L6-v2"], "minilm"),
        (["/models/all-MiniLM-L6-v2"], "minilm"),
        (["bge-m3:latest"], "bge-m3"),
        (["BAAI/BGE-M3"], "bge-m3"),
        (["embed", "/models/bge-m3"], "bge-m3"),
        (["tickets"], "somebody/tickets"),
        (["my-model:latest"], "/mine/My-Model"),
    ],
)
def test_the_copy_is_found_by_every_name_of_the_model(names: list[str], found: str) -> None:
    copy = copy_of(names, INSTALLED)
    assert copy is not None
    assert copy.name == found


@pytest.mark.parametrize("names", [[], ["default"], ["bge-large-zh-v1.5"], ["text-embedding-3-small"]])
def test_where_no_copy_is_none_is_found(names: list[str]) -> None:
    assert copy_of(names, INSTALLED) is None


@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "all-MiniLM-L6-v2:latest", "/models/all-MiniLM-L6-v2"])
def test_a_server_whose_model_nobody_named_is_compared_once(
    proxy: FaultProxy, model_server: ModelServer, server: Callable[[], ServerEncoder], name: str
) -> None:
    proxy.aliases[name] = model_server.model

    first = agreement_with_copy(server(), report=no_report)
    assert first is not None
    assert first.lowest > 0.999
    assert sorted(compared_texts(proxy)) == sorted(TEXTS)

    assert agreement_with_copy(server(), report=no_report) == first
    assert len(compared_texts(proxy)) == len(TEXTS), "it was compared again"

    assert agreement_with_copy(server(), is_asked=True, report=no_report) is not None
    assert len(compared_texts(proxy)) == 2 * len(TEXTS), "whoever asks wants to know how things are now"


def test_a_server_that_answers_otherwise_is_found_out_and_stays_so_until_it_is_mended(
    proxy: FaultProxy, server: Callable[[], ServerEncoder]
) -> None:
    proxy.rule = lambda request: Fault(change=of_vectors(lambda vector: vector[::-1]))
    for _ in range(2):
        found = agreement_with_copy(server(), report=no_report)
        assert found is not None
        assert not found.is_enough

    proxy.rule = lambda request: None
    mended = agreement_with_copy(server(), report=no_report)
    assert mended is not None
    assert mended.is_enough


def test_a_model_that_is_not_here_is_not_compared(
    proxy: FaultProxy, model_server: ModelServer, server: Callable[[], ServerEncoder]
) -> None:
    proxy.aliases["bge-m3:latest"] = model_server.model
    assert agreement_with_copy(server(), report=no_report) is None
    assert compared_texts(proxy) == []


def test_both_sides_get_the_instruction_of_a_model_outside_the_catalogue(
    proxy: FaultProxy, model_server: ModelServer, server: Callable[[], ServerEncoder], tmp_path: Path
) -> None:
    folder = tmp_path / "mine" / "e5-base-v2"
    shutil.copytree(find_model(MINILM_PACKAGE), folder)
    proxy.aliases["/srv/e5-base-v2"] = model_server.model

    found = agreement_with_copy(server(), folders=[folder.parent], report=no_report)

    assert found is not None
    assert found.lowest > 0.999
    assert sorted(compared_texts(proxy)) == sorted(f"query: {text}" for text in TEXTS)


def test_a_copy_that_cannot_be_run_does_not_keep_from_using_the_server(
    proxy: FaultProxy, model_server: ModelServer, server: Callable[[], ServerEncoder], tmp_path: Path
) -> None:
    folder = tmp_path / "mine" / "tickets"
    shutil.copytree(find_model(MINILM_PACKAGE), folder)
    (folder / "model.safetensors").write_bytes(b"no weights")
    proxy.aliases["tickets"] = model_server.model

    assert agreement_with_copy(server(), folders=[folder], report=no_report) is None
    assert server().encode(["late"]).vectors.shape == (1, 384)


def test_a_comparison_that_was_stopped_is_made_the_next_time(
    proxy: FaultProxy, server: Callable[[], ServerEncoder]
) -> None:
    encoder = server()
    encoder.prepare()

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        agreement_with_copy(encoder, report=stop)
    assert agreement_with_copy(encoder, report=no_report) is not None


def test_a_comparison_that_ended_the_process_is_tried_again_only_when_asked_for(
    proxy: FaultProxy, server: Callable[[], ServerEncoder], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As the process would leave it: the comparison began, and nothing came after.
    with monkeypatch.context() as patch:
        patch.setattr(local_copy.known_agreements, "forget", lambda key: None)
        patch.setattr(local_copy, "compare", lambda *given, **named: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            agreement_with_copy(server(), report=no_report)

    assert agreement_with_copy(server(), report=no_report) is None
    assert agreement_with_copy(server(), is_asked=True, report=no_report) is not None
    assert agreement_with_copy(server(), report=no_report) is not None
