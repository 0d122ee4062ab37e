"""What the tests of models as files share: a hub on this computer, folders of their own, and a tiny model."""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stand_in_hub import StandInHub, running_hub

from verbatlas.encoders.hub.network import Network
from verbatlas.encoders.hub.session import Patience

_VARIABLES = ("HF_ENDPOINT", "HF_HUB_OFFLINE", "VERBATLAS_OFFLINE", "HUGGINGFACE_HUB_CACHE", "HF_TOKEN")
_VARIABLES += ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the models nor the network settings of whoever runs the tests."""
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("VERBATLAS_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "huggingface"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "huggingface" / "hub"))


@pytest.fixture
def hub() -> Iterator[StandInHub]:
    with running_hub() as hub:
        yield hub


@pytest.fixture
def network(hub: StandInHub) -> Network:
    return Network(endpoint=hub.endpoint)


@pytest.fixture
def patience() -> Patience:
    """Little of it, so that trouble passes quickly."""
    return Patience(connect=2.0, read=2.0, tries=3, pause=0.01)


@pytest.fixture
def model_files() -> dict[str, bytes]:
    """The files of a model as its makers publish it: what is needed, and much that is not."""
    weights = random.Random(7).randbytes(600_000)
    return {
        ".gitattributes": b"*.safetensors filter=lfs\n",
        "README.md": b"# A model\n",
        "config.json": json.dumps({"model_type": "bert", "hidden_size": 8}).encode(),
        "tokenizer.json": json.dumps({"version": "1.0", "padding": "x" * 5_000}).encode(),
        "tokenizer_config.json": b"{}",
        "vocab.txt": "的\n了\n".encode(),
        "modules.json": json.dumps(
            [
                {"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
                {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                {"idx": 2, "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
            ]
        ).encode(),
        "1_Pooling/config.json": b'{"pooling_mode_cls_token": true}',
        "sentence_bert_config.json": b'{"max_seq_length": 512}',
        "model.safetensors": weights,
        "pytorch_model.bin": b"\x80\x02 not to be opened",
        "onnx/model.onnx": b"onnx",
        "modeling_code.py": b"raise SystemExit",
    }
