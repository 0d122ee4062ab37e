"""A model arrives whole or not at all, whatever the network, the hub and the disk do on the way."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from small_proxy import running_proxy
from stand_in_hub import StandInHub, commit_of, running_hub

from verbatlas.encoders.hub.download import download
from verbatlas.encoders.hub.installed import list_installed
from verbatlas.encoders.hub.network import Network
from verbatlas.encoders.hub.places import begun_folder
from verbatlas.encoders.hub.record import read_record
from verbatlas.encoders.hub.session import Patience
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled

_MODEL = "owner/tiny-zh"
_NEEDED = {
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
    "modules.json",
    "1_Pooling/config.json",
    "sentence_bert_config.json",
    "model.safetensors",
}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def installed_names() -> list[str]:
    return [model.name for model in list_installed() if model.origin != "packaged"]


def refused(
    network: Network, patience: Patience, *, hub_id: str = _MODEL, free: int = 10**12
) -> tuple[Problem, dict[str, object]]:
    """Download in vain; say why, and make sure that nothing half is taken for a model."""
    with pytest.raises(UserError) as caught:
        download(hub_id, network=network, patience=patience, free=lambda _: free)
    assert installed_names() == []
    return caught.value.problem, caught.value.values


def test_only_what_is_used_arrives_and_every_file_is_recorded(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)

    brought = download(_MODEL, network=network, patience=patience)

    found = files_in(brought.folder)
    assert set(found) == _NEEDED | {"verbatlas-model.json"}
    assert {name: found[name] for name in _NEEDED} == {name: model_files[name] for name in _NEEDED}
    assert read_record(brought.folder) == brought.record
    assert brought.record.revision == commit_of(_MODEL)
    assert brought.record.endpoint == hub.endpoint
    assert {file.name: file.sha256 for file in brought.record.files} == {
        name: hashlib.sha256(model_files[name]).hexdigest() for name in _NEEDED
    }
    (model,) = [model for model in list_installed() if model.name == _MODEL]
    assert (model.folder, model.revision) == (brought.folder, commit_of(_MODEL))
    assert not begun_folder(_MODEL).exists()
    assert not hub.requests("agent")  # nobody is told who is asking
    assert "torch" not in hub.seen[0].headers["user-agent"]


def test_progress_tells_the_bytes_of_all_files_and_ends_with_all(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    heard: list[tuple[int, int]] = []

    download(_MODEL, network=network, patience=patience, report=lambda done, total: heard.append((done, total)))

    total = sum(len(model_files[name]) for name in _NEEDED)
    assert heard[-1] == (total, total)
    assert {whole for _, whole in heard} <= {0, total}


def test_what_is_there_is_not_fetched_again_and_a_newer_version_takes_its_place(
    hub: StandInHub,
    network: Network,
    patience: Patience,
    model_files: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hub.add(_MODEL, model_files)
    first = download(_MODEL, network=network, patience=patience)
    hub.seen.clear()

    again = download(_MODEL, network=network, patience=patience)

    assert again == first
    assert not hub.requests("/resolve/")
    monkeypatch.setattr("stand_in_hub.commit_of", lambda hub_id, revision="main": "b" * 40)
    hub.add(_MODEL, model_files | {"model.safetensors": b"newer weights"})
    newer = download(_MODEL, network=network, patience=patience)
    assert newer.folder == first.folder
    assert newer.record.revision == "b" * 40
    assert (newer.folder / "model.safetensors").read_bytes() == b"newer weights"


_DOWNLOAD = "import sys; from verbatlas import cli; sys.exit(cli.main(sys.argv[1:]))"


def start_download(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _DOWNLOAD, "models", "download", *words],
        env=os.environ | {"VERBATLAS_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_download_that_is_killed_goes_on_from_the_bytes_that_are_there(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    size, arrived = len(model_files["model.safetensors"]), 400_000
    hub.trouble("/lfs/" + hashlib.sha256(model_files["model.safetensors"]).hexdigest(), "hold", after=arrived)
    process = start_download(_MODEL, "--mirror", hub.endpoint)
    assert hub.held.wait(60)
    (part,) = _wait_for_part(arrived)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert installed_names() == []
    hub.seen.clear()

    brought = download(_MODEL, network=network, patience=patience)

    assert (brought.folder / "model.safetensors").read_bytes() == model_files["model.safetensors"]
    (last,) = [one for one in hub.requests("/lfs/") if "range" in one.headers]
    assert last.headers["range"] == f"bytes={arrived}-"
    assert last.n_sent == size - arrived
    assert hub.sent("/lfs/") == size - arrived  # nothing else was fetched again
    assert not part.exists()


def _wait_for_part(size: int) -> list[Path]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = [path for path in begun_folder(_MODEL).glob("model*.part") if path.stat().st_size == size]
        if found:
            return found
        time.sleep(0.01)
    return []


def test_a_download_is_stopped_while_the_hub_says_nothing_and_keeps_what_arrived(
    hub: StandInHub, network: Network, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    hub.trouble("/lfs/" + hashlib.sha256(model_files["model.safetensors"]).hexdigest(), "hold", after=300_000)
    reports_after_the_wish = []

    def report(done: int, total: int) -> None:
        if hub.held.is_set() and done >= 300_000:
            reports_after_the_wish.append(done)
            raise Cancelled

    patient = Patience(connect=20.0, read=20.0)  # a hang that would last
    with pytest.raises(Cancelled):
        download(_MODEL, network=network, patience=patient, report=report)

    assert len(reports_after_the_wish) == 1
    assert "hub" in {thread.name for thread in threading.enumerate()}  # it hangs still: nobody has waited for it
    assert installed_names() == []
    assert _wait_for_part(300_000)
    hub.released.set()
    brought = download(_MODEL, network=network, patience=patient)
    assert (brought.folder / "model.safetensors").read_bytes() == model_files["model.safetensors"]


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("cut", {"after": 100_000}),
        ("cut", {"after": 0}),
        ("hold", {"after": 50_000}),  # until the client has waited long enough
        ("status", {"status": 500}),
        ("status", {"status": 503, "headers": {"Retry-After": "0"}}),
        ("status", {"status": 429}),
    ],
    ids=["cut in the middle", "cut at once", "silence", "500", "503 with a wish", "429"],
)
def test_passing_trouble_is_got_over(
    kind: str,
    details: dict[str, object],
    hub: StandInHub,
    network: Network,
    model_files: dict[str, bytes],
) -> None:
    hub.add(_MODEL, model_files)
    hub.trouble("/lfs/", kind, times=2, **details)
    hub.trouble("/api/", "status", status=502)

    quick = Patience(connect=1.0, read=0.3, tries=4, pause=0.01)
    brought = download(_MODEL, network=network, patience=quick)

    assert (brought.folder / "model.safetensors").read_bytes() == model_files["model.safetensors"]


def test_a_hub_that_sends_only_whole_files_is_understood(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    weights = "/lfs/" + hashlib.sha256(model_files["model.safetensors"]).hexdigest()
    hub.trouble(weights, "cut", after=100_000)
    hub.trouble(weights, "whole")
    heard: list[int] = []

    brought = download(_MODEL, network=network, patience=patience, report=lambda done, total: heard.append(done))

    assert (brought.folder / "model.safetensors").read_bytes() == model_files["model.safetensors"]
    assert heard[-1] == sum(len(model_files[name]) for name in _NEEDED)


@pytest.mark.parametrize("name", ["model.safetensors", "vocab.txt"])
def test_a_file_that_is_changed_on_the_way_is_thrown_away(
    name: str, hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    where = "/lfs/" + hashlib.sha256(model_files[name]).hexdigest() if name == "model.safetensors" else f"/{name}"
    hub.trouble(where, "wrong", times=99)

    problem, values = refused(network, patience)

    assert problem is Problem.MODEL_CHANGED_ON_WAY
    assert values["file"] == name
    assert not list(begun_folder(_MODEL).rglob(f"{name}*"))


def test_bytes_that_a_dying_computer_left_wrong_are_fetched_again(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    digest = hashlib.sha256(model_files["model.safetensors"]).hexdigest()
    begun = begun_folder(_MODEL)
    begun.mkdir(parents=True)
    (begun / f"model.safetensors.{digest[:16]}.part").write_bytes(bytes(200_000))

    brought = download(_MODEL, network=network, patience=patience)

    assert (brought.folder / "model.safetensors").read_bytes() == model_files["model.safetensors"]


def test_what_another_version_left_behind_goes(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    begun = begun_folder(_MODEL)
    begun.mkdir(parents=True)
    (begun / "model.safetensors.0123456789abcdef.part").write_bytes(b"old")
    (begun / "extra.bin").write_bytes(b"old")

    brought = download(_MODEL, network=network, patience=patience)

    assert set(files_in(brought.folder)) == _NEEDED | {"verbatlas-model.json"}


def test_a_disk_without_room_is_told_before_the_weights(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)

    problem, values = refused(network, patience, free=12_000_000)

    assert problem is Problem.DISK_TOO_SMALL
    assert (values["needed"], values["free"]) == (51, 12)
    assert not hub.requests("/lfs/")


def test_a_disk_that_fills_up_on_the_way_is_told_and_what_arrived_is_kept(
    hub: StandInHub,
    network: Network,
    patience: Patience,
    model_files: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=512k", "none", str(small)]
    mounted = subprocess.run(words, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("only root may make a small disk")
    try:
        monkeypatch.setenv("VERBATLAS_MODELS_DIR", str(small))
        hub.add(_MODEL, model_files)

        problem, _ = refused(network, patience)

        assert problem is Problem.DISK_FULL
        (part,) = begun_folder(_MODEL).glob("model.safetensors*.part")
        assert model_files["model.safetensors"].startswith(part.read_bytes())
        assert part.stat().st_size > 300_000
    finally:
        subprocess.run(["umount", small], check=True)


@pytest.mark.parametrize(
    ("status", "headers", "problem"),
    [
        (401, {"X-Error-Code": "GatedRepo"}, Problem.MODEL_GATED),
        (403, {}, Problem.MODEL_GATED),
        (404, {}, Problem.MODEL_UNKNOWN_TO_HUB),
        (404, {"X-Error-Code": "RepoNotFound"}, Problem.MODEL_UNKNOWN_TO_HUB),
        (500, {}, Problem.HUB_FAILING),
        (503, {}, Problem.HUB_FAILING),
        (429, {}, Problem.HUB_FAILING),
    ],
)
def test_a_refusal_of_the_hub_has_its_sentence(
    status: int,
    headers: dict[str, str],
    problem: Problem,
    hub: StandInHub,
    network: Network,
    patience: Patience,
    model_files: dict[str, bytes],
) -> None:
    hub.add(_MODEL, model_files)
    hub.trouble("/api/", "status", times=99, status=status, headers=headers)

    found, values = refused(network, patience)

    assert found is problem
    assert values["host"] == "127.0.0.1"
    assert len(hub.requests("/api/")) == (patience.tries if problem is Problem.HUB_FAILING else 1)


def test_a_mirror_without_the_model_says_so(hub: StandInHub, network: Network, patience: Patience) -> None:
    assert refused(network, patience) == (
        Problem.MODEL_UNKNOWN_TO_HUB,
        {"model": _MODEL, "host": "127.0.0.1"},
    )


def test_a_gated_model_tells_what_to_do(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files, is_gated=True)

    assert refused(network, patience)[0] is Problem.MODEL_GATED


def test_a_hub_that_is_not_there_is_told(patience: Patience) -> None:
    assert refused(Network(endpoint="http://127.0.0.1:9"), patience)[0] is Problem.HUB_UNREACHABLE


def test_a_model_without_safetensors_is_taken_from_the_hubs_own_converter(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    weights = model_files.pop("model.safetensors")
    hub.add(_MODEL, model_files)
    hub.propose(_MODEL, 3, {"model.safetensors": b"older"})
    hub.propose(_MODEL, 8, {"model.safetensors": weights, "config.json": b'{"auto_map": {"AutoModel": "x"}}'})
    hub.propose(_MODEL, 9, {"model.safetensors": b"somebody's own"}, author="somebody")

    brought = download(_MODEL, network=network, patience=patience)

    assert brought.record.pull_request == 8
    assert brought.record.revision == commit_of(_MODEL)
    assert (brought.folder / "model.safetensors").read_bytes() == weights
    assert (brought.folder / "config.json").read_bytes() == model_files["config.json"]  # the makers' own


def test_a_proposal_of_somebody_else_is_not_taken(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    weights = model_files.pop("model.safetensors")
    hub.add(_MODEL, model_files)
    hub.propose(_MODEL, 9, {"model.safetensors": weights}, author="somebody")

    assert refused(network, patience)[0] is Problem.MODEL_WITHOUT_SAFETENSORS
    assert not hub.requests("/resolve/")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("config.json", b'{"auto_map": {"AutoModel": "modeling_code.Model"}}', Problem.MODEL_NEEDS_CODE),
        ("tokenizer_config.json", b'{"auto_map": {"AutoTokenizer": ["code.T", null]}}', Problem.MODEL_NEEDS_CODE),
        ("modules.json", b'[{"idx": 0, "path": "", "type": "custom_st.Transformer"}]', Problem.MODEL_NEEDS_CODE),
        ("config.json", b"<html>Log in</html>", Problem.MODEL_NOT_FOR_TEXT),
    ],
    ids=["model", "tokeniser", "modules", "no settings"],
)
def test_a_model_that_needs_code_is_refused_before_its_weights_are_fetched(
    name: str,
    content: bytes,
    problem: Problem,
    hub: StandInHub,
    network: Network,
    patience: Patience,
    model_files: dict[str, bytes],
) -> None:
    hub.add(_MODEL, model_files | {name: content})

    assert refused(network, patience)[0] is problem
    assert not hub.requests("model.safetensors")
    assert not begun_folder(_MODEL).exists()


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json"])
def test_what_is_no_model_for_texts_is_refused(
    name: str, hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    del model_files[name]
    hub.add(_MODEL, model_files)

    assert refused(network, patience) == (Problem.MODEL_NOT_FOR_TEXT, {"model": _MODEL, "file": name})


def test_weights_in_parts_arrive_with_their_index(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    del model_files["model.safetensors"]
    parts = {f"model-0000{number}-of-00002.safetensors": bytes([number]) * 1000 for number in (1, 2)}
    index = b'{"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}'
    hub.add(_MODEL, model_files | parts | {"model.safetensors.index.json": index})

    brought = download(_MODEL, network=network, patience=patience)

    assert set(parts) <= set(files_in(brought.folder))
    assert installed_names() == [_MODEL]


def test_a_simple_mirror_that_lists_no_digests_is_asked_file_by_file(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    hub.says_digests = False

    brought = download(_MODEL, network=network, patience=patience)

    assert (brought.folder / "model.safetensors").read_bytes() == model_files["model.safetensors"]
    assert len(hub.requests("/resolve/", method="HEAD")) == len(_NEEDED)


@pytest.mark.parametrize("password", ["", "open sesame"])
def test_everything_goes_through_the_proxy(
    password: str, hub: StandInHub, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    with running_proxy(password=password.replace(" ", "")) as proxy:
        download(_MODEL, network=Network(endpoint=hub.endpoint, proxy=proxy.address), patience=patience)

        assert len(proxy.passed) == len(hub.seen)


def test_a_proxy_that_refuses_or_is_not_there_is_named(
    hub: StandInHub, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    with running_proxy(password="secret") as proxy:
        network = Network(endpoint=hub.endpoint, proxy=proxy.bare_address)
        assert refused(network, patience)[0] is Problem.PROXY_FAILING
    assert refused(Network(endpoint=hub.endpoint, proxy="http://127.0.0.1:9"), patience) == (
        Problem.PROXY_FAILING,
        {"host": "127.0.0.1"},
    )
    assert hub.seen == []


def test_a_hub_whose_certificate_is_not_trusted_is_sent_nothing(
    certificate: Path, patience: Patience, model_files: dict[str, bytes]
) -> None:
    with running_hub(certificate) as hub:
        hub.add(_MODEL, model_files)

        assert refused(Network(endpoint=hub.endpoint), patience)[0] is Problem.HUB_UNTRUSTED
        assert hub.seen == []


def test_a_company_that_looks_into_connections_is_trusted_by_its_certificate_and_tunnels_work(
    certificate: Path, patience: Patience, model_files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_name("public.pem")))
    with running_hub(certificate) as hub, running_proxy(password="secret") as proxy:
        hub.add(_MODEL, model_files)

        brought = download(_MODEL, network=Network(endpoint=hub.endpoint, proxy=proxy.address), patience=patience)

        assert (brought.folder / "model.safetensors").read_bytes() == model_files["model.safetensors"]
        assert set(proxy.passed) == {f"127.0.0.1:{hub.port}", f"localhost:{hub.port}"}


def test_offline_nobody_is_asked(hub: StandInHub, patience: Patience) -> None:
    problem, values = refused(Network(endpoint=hub.endpoint, offline=True), patience)

    assert (problem, values) == (Problem.OFFLINE, {"host": "127.0.0.1"})
    assert hub.seen == []


def test_two_downloads_of_one_model_do_not_meet(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)
    hub.trouble("/lfs/" + hashlib.sha256(model_files["model.safetensors"]).hexdigest(), "hold", after=1_000)
    process = start_download(_MODEL, "--mirror", hub.endpoint)
    try:
        assert hub.held.wait(60)
        assert refused(network, patience)[0] is Problem.MODEL_BUSY
    finally:
        process.kill()
        process.communicate()


def test_a_key_for_the_hub_is_shown_to_no_mirror(
    hub: StandInHub,
    network: Network,
    patience: Patience,
    model_files: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    hub.add(_MODEL, model_files)

    download(_MODEL, network=network, patience=patience)

    assert not [one for one in hub.seen if "authorization" in one.headers]


def test_nothing_is_left_running(
    hub: StandInHub, network: Network, patience: Patience, model_files: dict[str, bytes]
) -> None:
    hub.add(_MODEL, model_files)

    download(_MODEL, network=network, patience=patience)

    assert not [thread for thread in threading.enumerate() if thread.name == "hub"]
