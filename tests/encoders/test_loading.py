"""Every encoder is loaded by the one string that names it, and what is not here is said so before any work."""

import json
import shutil
from pathlib import Path

import pytest

from verbatlas.encoders import Precision, load
from verbatlas.encoders.lexical import LexicalEncoder
from verbatlas.encoders.local.encoder import LocalEncoder
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.encoders.server.encoder import ServerEncoder
from verbatlas.errors import Problem, UserError


@pytest.fixture(autouse=True)
def no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


def test_the_encoders_that_are_always_there() -> None:
    assert isinstance(load("lexical", seed=7), LexicalEncoder)
    minilm = load("minilm", seed=7)
    assert isinstance(minilm, LocalEncoder)
    assert minilm.name == "minilm"
    assert load("sentence-transformers/all-MiniLM-L6-v2", seed=7).name == "minilm"


def test_a_server_is_asked_nothing_before_it_is_needed() -> None:
    encoder = load("http://127.0.0.1:9/v1#bge-m3", seed=7)
    assert isinstance(encoder, ServerEncoder)
    assert encoder.name == "http://127.0.0.1:9/v1#bge-m3"


def test_a_folder_is_a_model_by_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    encoder = load(str(folder), seed=7, precision=Precision.EXACT)
    assert encoder.name == str(folder)
    with pytest.raises(UserError) as refused:
        encoder.prepare()
    assert refused.value.problem is Problem.MODEL_REFUSED


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("bge-m3", Problem.MODEL_NOT_INSTALLED),
        ("owner/name", Problem.MODEL_NOT_INSTALLED),
        ("/nowhere/at/all", Problem.FILE_MISSING),
        ("word2vec", Problem.ENCODER_UNKNOWN),
    ],
)
def test_what_is_not_here_is_said(name: str, problem: Problem) -> None:
    with pytest.raises(UserError) as refused:
        load(name, seed=7)
    assert refused.value.problem is problem


def test_auto_is_no_encoder_before_the_documents_are_known() -> None:
    with pytest.raises(ValueError, match="auto"):
        load("auto", seed=7)


def test_a_folder_gets_the_instruction_of_its_family_unless_its_own_files_say_another(tmp_path: Path) -> None:
    folder = tmp_path / "multilingual-e5-small"
    shutil.copytree(find_model(MINILM_PACKAGE), folder)
    assert load(str(folder), seed=7).encode(["late"]).identity.prompt == "query: "

    own = {"prompts": {"clustering": "cluster: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(own))
    assert load(str(folder), seed=7).encode(["late"]).identity.prompt == "cluster: "
