"""Models of every family, as their files lie in a folder, against sentence-transformers itself."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from tiny_models import TEXTS, bert, qwen3, with_module, xlm_roberta

from verbatlas.encoders.local.conversion import MODEL_FILE, convert
from verbatlas.encoders.local.description import ModelDescription, describe
from verbatlas.encoders.local.inference import Inference, Model
from verbatlas.encoders.local.openvino_model import OpenvinoModel
from verbatlas.encoders.local.tokens import TextReader
from verbatlas.encoders.local.torch_model import TorchModel
from verbatlas.progress import no_report

_LARGEST_DIFFERENCE = 2e-6  # of any number of any vector: 4e-7 was seen


def _dense(folder: Path) -> Path:
    torch.manual_seed(5)
    weights = {"linear.weight": torch.randn(16, 32), "linear.bias": torch.randn(16)}
    config = {
        "in_features": 32,
        "out_features": 16,
        "bias": True,
        "activation_function": "torch.nn.modules.activation.Tanh",
    }
    return with_module(folder, "sentence_transformers.models.Dense", config, weights)


_FAMILIES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bge-zh": (lambda folder: bert(folder, limit=60), "cls"),
    "bge-zh in float16": (lambda folder: bert(folder, limit=60, dtype=torch.float16), "cls"),
    "e5 and MiniLM": (lambda folder: bert(folder, limit=60, pooling="mean"), "mean"),
    "gte in parts": (lambda folder: bert(folder, limit=60, pooling="mean", shards=True), "mean"),
    "max": (lambda folder: bert(folder, limit=60, pooling="max"), "max"),
    "weighted mean": (lambda folder: bert(folder, limit=60, pooling="weightedmean"), "weighted_mean"),
    "dense layer": (lambda folder: _dense(bert(folder, limit=60, pooling="mean_sqrt_len_tokens")), "mean_sqrt"),
    "bge-m3": (xlm_roberta, "cls"),
    "qwen3 filled up on the left": (qwen3, "last"),
    "qwen3 filled up on the right": (lambda folder: qwen3(folder, side="right"), "last"),
}
# Converting takes seconds: one of each architecture.
_CONVERTED = ("bge-zh in float16", "e5 and MiniLM", "bge-m3", "qwen3 filled up on the left")


def _described(name: str, folder: Path) -> ModelDescription:
    make, _pooling = _FAMILIES[name]
    return describe(make(folder))


def _vectors(description: ModelDescription, model: Model, *, prompt: str = "") -> NDArray[np.float32]:
    tokens = TextReader(description, prompt=prompt).read(TEXTS, begun=lambda: None)
    inference = Inference(model, tokens=100, n_dimensions=description.n_dimensions)
    return inference.vectors(tokens, report=no_report)


def _theirs(description: ModelDescription) -> SentenceTransformer:
    options = {"dtype": torch.float32}  # else they compute in what the file has
    return SentenceTransformer(str(description.folder), device="cpu", local_files_only=True, model_kwargs=options)


@pytest.mark.parametrize("name", _FAMILIES)
def test_vectors_are_those_of_sentence_transformers(name: str, tmp_path: Path) -> None:
    description = _described(name, tmp_path)
    ours = _vectors(description, TorchModel(description))
    theirs = _theirs(description).encode(TEXTS)
    assert description.pooling == _FAMILIES[name][1]
    assert ours == pytest.approx(theirs / np.linalg.norm(theirs, axis=1, keepdims=True), abs=_LARGEST_DIFFERENCE)


@pytest.mark.filterwarnings("ignore")  # of tracing, which the program does in a process where nobody hears them
@pytest.mark.parametrize("name", _CONVERTED)
def test_openvino_gives_the_same(name: str, tmp_path: Path) -> None:
    description = _described(name, tmp_path / "model")
    (tmp_path / "converted").mkdir()
    convert(description, tmp_path / "converted")
    converted = _vectors(description, OpenvinoModel(tmp_path / "converted" / MODEL_FILE))
    assert converted == pytest.approx(_theirs(description).encode(TEXTS), abs=_LARGEST_DIFFERENCE)


def test_a_query_has_the_prompt_of_the_models_files(tmp_path: Path) -> None:
    description = describe(qwen3(tmp_path, limit=250))
    query = description.prompts.query
    assert query is not None
    ours = _vectors(description, TorchModel(description), prompt=query)
    theirs = _theirs(description)
    assert ours == pytest.approx(theirs.encode_query(TEXTS), abs=_LARGEST_DIFFERENCE)
    assert np.abs(ours - theirs.encode_document(TEXTS)).max() > 0.01
