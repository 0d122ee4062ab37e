"""Models of every family, brought from a hub as a person brings them, make the vectors that they should make.

The largest difference of any number of any vector to those of sentence-transformers on the published folder is below
2e-6: what OpenVINO makes of a model against PyTorch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from stand_in_hub import StandInHub
from tiny_models import TEXTS, bert, qwen3, xlm_roberta

from verbatlas import encoders
from verbatlas.encoders import Encoder, Precision
from verbatlas.encoders.catalogue import by_name
from verbatlas.encoders.hub.checking import check
from verbatlas.encoders.hub.download import download
from verbatlas.encoders.hub.installed import list_installed
from verbatlas.encoders.hub.network import Network
from verbatlas.encoders.hub.session import Patience
from verbatlas.encoders.local.description import describe

_LARGEST_DIFFERENCE = 2e-6
_SHORT = [text for text in TEXTS if text]
_LONG = "质量很好 very good. " * 40  # longer than each of them reads at once


@dataclass(frozen=True)
class Family:
    """A tiny model under the name of a real one, which has the prompts that are known of that one."""

    hub_id: str
    make: Callable[[Path], Path]
    pooling: str
    limit: int


_FAMILIES = [
    Family("BAAI/bge-large-zh-v1.5", lambda folder: bert(folder, limit=60), "cls", 60),
    Family("BAAI/bge-small-zh-v1.5", lambda folder: bert(folder, limit=60, dtype=torch.float16), "cls", 60),
    Family("thenlper/gte-base-zh", lambda folder: bert(folder, limit=60, shards=True), "cls", 60),
    Family("intfloat/multilingual-e5-small", lambda folder: bert(folder, limit=60, pooling="mean"), "mean", 60),
    Family("BAAI/bge-m3", xlm_roberta, "cls", 62),
    Family("Qwen/Qwen3-Embedding-0.6B", lambda folder: qwen3(folder, limit=250), "last", 250),
]


def _published(family: Family, folder: Path, hub: StandInHub) -> Path:
    folder.mkdir()
    family.make(folder)
    hub.add(
        family.hub_id,
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()},
    )
    return folder


def _vectors(theirs: SentenceTransformer, prompt: str) -> NDArray[np.float32]:
    vectors: NDArray[np.float32] = theirs.encode([prompt + text for text in _SHORT], prompt="")
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _loaded(name: str) -> Encoder:
    encoder = encoders.load(name, seed=7, precision=Precision.EXACT)
    encoder.prepare()
    return encoder


@pytest.mark.parametrize("family", _FAMILIES, ids=lambda family: family.hub_id)
def test_a_model_from_the_hub_is_the_model_of_the_folder(
    family: Family, hub: StandInHub, network: Network, patience: Patience, tmp_path: Path
) -> None:
    published = _published(family, tmp_path / "published", hub)
    offered = by_name(family.hub_id)
    assert offered is not None

    brought = download(family.hub_id, network=network, patience=patience)

    (installed,) = [model for model in list_installed() if model.hub_id == family.hub_id]
    assert (installed.name, installed.folder) == (offered.name, brought.folder)
    assert check([installed])[0].wrong == ()
    description = describe(brought.folder)
    assert (description.pooling, description.max_tokens) == (family.pooling, family.limit)
    assert description.pooling == offered.pooling
    ours, same = _loaded(offered.name), _loaded(str(published))
    documents = ours.encode([*_SHORT, _LONG]).vectors
    theirs = SentenceTransformer(
        str(published), device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32}
    )
    assert documents[:-1] == pytest.approx(_vectors(theirs, offered.document_prompt), abs=_LARGEST_DIFFERENCE)
    queries = ours.encode_queries(_SHORT).vectors
    assert queries == pytest.approx(_vectors(theirs, offered.query_prompt), abs=_LARGEST_DIFFERENCE)
    if not offered.document_prompt:  # a folder tells no prompts but those of its own files
        folder_s = same.encode([*_SHORT, _LONG]).vectors
        assert folder_s.tobytes() == documents.tobytes()
    assert np.linalg.norm(documents, axis=1) == pytest.approx(1, abs=1e-6)
