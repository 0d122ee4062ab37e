"""``verbatlas models`` as a person runs it, in English and in Chinese, against a hub on this computer."""

import hashlib
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from verbatlas import cli
from verbatlas.encoders.hub.installed import list_installed
from verbatlas.encoders.hub.record import FileRecord, ModelRecord, write_record
from verbatlas.models_command import run_models
from verbatlas.shared_settings import change_shared
from verbatlas.terminal import TerminalProgress

sys.path.insert(0, str(Path(__file__).resolve().parent / "encoders" / "hub"))

from stand_in_hub import StandInHub, running_hub

_MODEL = "owner/tiny"
_FILES = {"config.json": b"{}", "tokenizer.json": b"{}" * 500, "model.safetensors": os.urandom(50_000)}


@pytest.fixture
def hub() -> Iterator[StandInHub]:
    with running_hub() as hub:
        hub.add(_MODEL, _FILES)
        yield hub


class Shell:
    """Runs commands with folders of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, language: str = "en", **variables: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*words, language=language, **variables)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def start(self, *words: str, language: str = "en", **variables: str) -> subprocess.Popen[str]:
        hidden = ("HF_ENDPOINT", "HF_HUB_OFFLINE", "VERBATLAS_OFFLINE", "HTTP_PROXY", "http_proxy")
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        own = {"VERBATLAS_MODELS_DIR": str(self.folder / "models"), "HF_HUB_CACHE": str(self.folder / "hub")}
        return subprocess.Popen(
            [sys.executable, "-m", "verbatlas", "models", *words],
            env=environment | own | {"VERBATLAS_LANGUAGE": language, "PYTHONUTF8": "1"} | variables,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of the test's own for commands that run in this process."""
    monkeypatch.setenv("VERBATLAS_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("VERBATLAS_LANGUAGE", "en")
    for name in ("HF_ENDPOINT", "HF_HUB_OFFLINE", "VERBATLAS_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_a_model_is_downloaded_listed_checked_and_removed(shell: Shell, hub: StandInHub) -> None:
    brought = shell("download", _MODEL, "--mirror", hub.endpoint)
    folder = shell.folder / "models" / "owner--tiny"
    assert (brought.returncode, brought.stdout) == (0, f"{folder}\n"), brought.stderr
    assert (folder / "model.safetensors").read_bytes() == _FILES["model.safetensors"]

    listed = shell("list").stdout
    assert [line.split()[0] for line in listed.splitlines()[1:5]] == ["NAME", "minilm", "use-multilingual", _MODEL]
    assert "bge-large-zh-v1.5" in listed

    checked = shell("check")
    assert checked.returncode == 0
    assert f"{_MODEL} (downloaded): 3 files are as they were." in checked.stdout
    assert "use-multilingual (comes with Verbatlas): 2 files are as they were." in checked.stdout

    (folder / "config.json").write_bytes(b"[]")
    spoilt = shell("check", _MODEL)
    assert spoilt.returncode == 1
    assert "config.json" in spoilt.stdout

    removed = shell("remove", _MODEL)
    assert removed.returncode == 0
    assert str(folder) in removed.stdout
    assert not folder.exists()


def test_the_weights_of_the_hubs_converter_are_told(shell: Shell, hub: StandInHub) -> None:
    files = {name: content for name, content in _FILES.items() if name != "model.safetensors"}
    hub.add(_MODEL, files)
    hub.propose(_MODEL, 4, _FILES)

    brought = shell("download", _MODEL, HF_ENDPOINT=hub.endpoint)

    assert brought.returncode == 0, brought.stderr
    assert "converter SFconvertbot made of it (proposal 4)" in brought.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["download", "lexical"], "has no files of its own"),
        (["download", "bge-lage"], "No encoder is called 'bge-lage'. The nearest name is bge-"),
        (["download", "bge-m3", "--mirror", "hf-mirror"], "'hf-mirror' is not an address"),
        (
            ["download", "bge-m3", "--proxy", "http://127.0.0.1:9", "--mirror", "http://127.0.0.1:9"],
            "The proxy 127.0.0.1",
        ),
        (["remove", "minilm"], "which Verbatlas did not fill"),
        (["remove", "bge-m3"], "is not on this computer"),
        (["check", "bge-m3"], "verbatlas models download bge-m3"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    words: list[str], says: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["models", *words]) == 1

    last = capsys.readouterr().err.rstrip().splitlines()[-1]
    assert last.startswith("verbatlas: ")
    assert says in last


class Screen(io.StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_a_download_has_come(here: Path, hub: StandInHub) -> None:
    screen = Screen()

    assert run_models(["download", _MODEL, "--mirror", hub.endpoint], TerminalProgress(screen)) == 0

    assert screen.getvalue().splitlines()[-1].endswith("Download the model 100% 51.0 KB of 51.0 KB")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_keeps_what_has_arrived(shell: Shell, hub: StandInHub) -> None:
    hub.trouble("/lfs/" + hashlib.sha256(_FILES["model.safetensors"]).hexdigest(), "hold", after=20_000)
    process = shell.start("download", _MODEL, "--mirror", hub.endpoint)
    assert hub.held.wait(60)
    process.send_signal(signal.SIGINT)

    _, said = process.communicate(timeout=60)

    assert process.returncode == 130
    assert said.splitlines()[-1].startswith("verbatlas: stopped; what has arrived is kept")
    assert list((shell.folder / "models" / ".begun" / "owner--tiny").glob("model.safetensors.*.part"))


def test_the_list_has_dimensions_licences_and_the_encoder_without_a_model(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["models", "list"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line}
    assert lines["NAME"].split()[1:4] == ["DOWNLOAD", "DIMENSIONS", "LONGEST"]
    assert lines["minilm"].split()[3:5] == ["384", "Apache-2.0"]
    assert lines["use-multilingual"].split()[3:5] == ["512", "Apache-2.0"]
    assert lines["lexical"].split()[1:3] == ["-", "256"]
    assert lines["bge-m3"].split()[3] == "1,024"


def test_a_packaged_model_that_is_missing_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [model for model in list_installed() if model.name != "use-multilingual"]
    monkeypatch.setattr("verbatlas.models_command.list_installed", lambda: others)
    assert cli.main(["models", "list"]) == 0
    assert "use-multilingual comes with Verbatlas and is missing" in capsys.readouterr().out


def test_what_a_model_s_own_files_say_otherwise_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    minilm = next(model for model in list_installed() if model.name == "minilm")
    folder = here / "models" / "BAAI--bge-m3"
    shutil.copytree(minilm.folder, folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    records = [
        FileRecord(path.relative_to(folder).as_posix(), path.stat().st_size, sha256(path.read_bytes()).hexdigest())
        for path in files
    ]
    write_record(folder, ModelRecord("BAAI/bge-m3", "a" * 40, "https://huggingface.co", 0, tuple(records)))

    for words in (["models", "list"], ["models", "check", "bge-m3"]):
        assert cli.main(words) == 0
        said = capsys.readouterr().out
        assert "bge-m3 (downloaded): The model's own files say that its vectors have 384 dimensions, not 1024" in said
        assert "bge-m3 (downloaded): The model's own files say pooling mean, not cls; theirs is used." in said
    (comments := here / "in.csv").write_text("comment\n" + "the parcel came late\n" * 9, encoding="utf-8")
    assert cli.main(["label", str(comments), "-o", str(here / "out.csv"), "--encoder", "bge-m3"]) == 0
    assert "own files say that its vectors have 384 dimensions" in capsys.readouterr().err


def test_a_download_that_was_stopped_is_in_the_list(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun = here / "models" / ".begun" / "BAAI--bge-m3"
    begun.mkdir(parents=True)
    (begun / "model.safetensors.0123456789abcdef.part").write_bytes(bytes(120_000))

    assert cli.main(["models", "list"]) == 0
    assert "2.3 GB (120 KB here)" in capsys.readouterr().out


def test_offline_nobody_is_asked(shell: Shell, hub: StandInHub) -> None:
    finished = shell("download", _MODEL, "--mirror", hub.endpoint, VERBATLAS_OFFLINE="1")

    assert finished.returncode == 1
    assert "switched to work offline" in finished.stderr
    assert hub.seen == []


def test_the_switch_of_the_window_holds_here_and_one_command_can_be_allowed(
    shell: Shell, hub: StandInHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATLAS_CONFIG_DIR", str(tmp_path / "config"))
    change_shared(is_offline=True)

    finished = shell("download", _MODEL, "--mirror", hub.endpoint)

    assert finished.returncode == 1
    assert "switched to work offline" in finished.stderr
    assert "--allow-network" in finished.stderr
    assert hub.seen == []
    allowed = shell("download", _MODEL, "--mirror", hub.endpoint, "--allow-network")
    assert allowed.returncode == 0, allowed.stderr


def test_the_switch_ends_a_download_that_runs_and_keeps_what_has_arrived(
    shell: Shell, own_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATLAS_CONFIG_DIR", str(tmp_path / "config"))
    with running_hub(host=own_address) as hub:
        hub.add(_MODEL, _FILES)
        hub.trouble("/lfs/" + hashlib.sha256(_FILES["model.safetensors"]).hexdigest(), "hold", after=30_000)
        process = shell.start("download", _MODEL, "--mirror", hub.endpoint, NO_PROXY=own_address)
        assert hub.held.wait(60)
        change_shared(is_offline=True)
        _out, err = process.communicate(timeout=10)

    assert process.returncode == 1
    assert f"was switched to stay offline, so the connection to {own_address} was ended" in err
    assert "Traceback" not in err
    (part,) = (tmp_path / "models" / ".begun" / "owner--tiny").glob("*.part")
    assert part.stat().st_size == 30_000


@pytest.mark.parametrize("words", [[], ["fetch"], ["download"]])
def test_wrong_words_are_wrong_usage(words: list[str], here: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["models", *words])

    assert caught.value.code == 2


def test_the_table_is_chinese_for_chinese_readers_and_its_columns_stand_under_each_other(shell: Shell) -> None:
    lines = shell("list", language="zh_CN").stdout.splitlines()

    assert "中文" in next(line for line in lines if line.startswith("bge-large-zh-v1.5"))
    small, large = (next(line for line in lines if line.startswith(name)) for name in ("bge-m3", "gte-base-zh"))
    assert small.index("MIT") == large.index("MIT")
