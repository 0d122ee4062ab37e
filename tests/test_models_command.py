"""``verbatlas models`` as a person runs it, in English and in Chinese, against a hub on this computer."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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
        hidden = ("HF_ENDPOINT", "HF_HUB_OFFLINE", "VERBATLAS_OFFLINE", "HTTP_PROXY", "http_proxy")
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        own = {"VERBATLAS_MODELS_DIR": str(self.folder / "models"), "HF_HUB_CACHE": str(self.folder / "hub")}
        return subprocess.run(
            [sys.executable, "-m", "verbatlas", "models", *words],
            env=environment | own | {"VERBATLAS_LANGUAGE": language, "PYTHONUTF8": "1"} | variables,
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_a_model_is_downloaded_listed_checked_and_removed(shell: Shell, hub: StandInHub) -> None:
    brought = shell("download", _MODEL, "--mirror", hub.endpoint)
    folder = shell.folder / "models" / "owner--tiny"
    assert (brought.returncode, brought.stdout) == (0, f"{folder}\n"), brought.stderr
    assert (folder / "model.safetensors").read_bytes() == _FILES["model.safetensors"]

    listed = shell("list").stdout
    assert [line.split()[0] for line in listed.splitlines()[1:4]] == ["NAME", "minilm", _MODEL]
    assert "bge-large-zh-v1.5" in listed

    checked = shell("check")
    assert checked.returncode == 0
    assert f"{_MODEL} (downloaded): 3 files are as they were." in checked.stdout

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
def test_what_cannot_be_done_is_said_in_one_sentence(words: list[str], says: str, shell: Shell) -> None:
    finished = shell(*words)

    assert finished.returncode == 1
    last = finished.stderr.rstrip().splitlines()[-1]
    assert last.startswith("verbatlas: ")
    assert says in last
    assert "Traceback" not in finished.stderr


def test_a_download_that_was_stopped_is_in_the_list(shell: Shell) -> None:
    begun = shell.folder / "models" / ".begun" / "BAAI--bge-m3"
    begun.mkdir(parents=True)
    (begun / "model.safetensors.0123456789abcdef.part").write_bytes(bytes(120_000))

    assert "2.3 GB (120 KB here)" in shell("list").stdout


def test_offline_nobody_is_asked(shell: Shell, hub: StandInHub) -> None:
    finished = shell("download", _MODEL, "--mirror", hub.endpoint, VERBATLAS_OFFLINE="1")

    assert finished.returncode == 1
    assert "switched to work offline" in finished.stderr
    assert hub.seen == []


@pytest.mark.parametrize("words", [[], ["fetch"], ["download"]])
def test_wrong_words_are_wrong_usage(words: list[str], shell: Shell) -> None:
    assert shell(*words).returncode == 2


def test_the_table_is_chinese_for_chinese_readers_and_its_columns_stand_under_each_other(shell: Shell) -> None:
    lines = shell("list", language="zh_CN").stdout.splitlines()

    assert "中文" in next(line for line in lines if line.startswith("bge-large-zh-v1.5"))
    small, large = (next(line for line in lines if line.startswith(name)) for name in ("bge-m3", "gte-base-zh"))
    assert small.index("MIT") == large.index("MIT")
