"""A model is recognised by whatever a server or a folder calls it, and gets the instructions that it wants."""

import json
from pathlib import Path

import pytest

from verbatlas.encoders.family import first_known, known_model, known_prompts, names_in, plain_name
from verbatlas.encoders.hub.record import ModelRecord, write_record
from verbatlas.encoders.local.prompts import Prompts

E5 = Prompts(document="query: ", query="query: ")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("bge-m3", "bge-m3"),
        ("bge-m3:latest", "bge-m3"),
        ("BAAI/bge-m3", "bge-m3"),
        ("baai/BGE-M3:567m", "bge-m3"),
        ("/models/bge-m3", "bge-m3"),
        ("/models/bge-m3/", "bge-m3"),
        (r"D:\models\bge-m3", "bge-m3"),
        (
            "/root/.cache/huggingface/hub/models--BAAI--bge-m3/snapshots/5617a9f61b028005a4858fdac845db406aefb181",
            "bge-m3",
        ),
        ("/models/all-MiniLM-L6-v2", "minilm"),
        ("thenlper/gte-large-zh", "gte-large-zh"),
        ("qwen3-embedding:0.6b", "Qwen3-Embedding-0.6B"),
    ],
)
def test_a_model_is_known_by_the_names_that_servers_give_it(name: str, called: str) -> None:
    model = known_model(name)
    assert model is not None
    assert model.name == called


@pytest.mark.parametrize("name", ["", "default", "lexical", "auto", "text-embedding-3-small", "/models/", "bge-m3-ft"])
def test_other_names_mean_no_model_of_the_catalogue(name: str) -> None:
    assert known_model(name) is None


def test_the_first_name_that_means_something_counts() -> None:
    found = first_known(["embeddings", "/models/bge-m3", "multilingual-e5-small"])
    assert found is not None
    assert found.name == "bge-m3"
    assert first_known([]) is None


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("intfloat/multilingual-e5-base", E5),
        ("/models/multilingual-e5-small", E5),
        ("multilingual-e5-large:latest", E5),
        ("intfloat/e5-base-v2", E5),
        ("intfloat/multilingual-e5-large-instruct", Prompts()),
        ("bge-m3", Prompts(document="", query="")),
        ("sentence-transformers/all-MiniLM-L6-v2", Prompts(document="", query="")),
        ("somebody/else", Prompts()),
    ],
)
def test_instructions_are_those_of_the_family(name: str, prompts: Prompts) -> None:
    assert known_prompts([name]) == prompts


def test_search_queries_of_the_families_have_their_own() -> None:
    for name in ("Qwen/Qwen3-Embedding-4B", "qwen3-embedding:8b"):
        prompts = known_prompts([name])
        assert prompts.document == ""
        assert str(prompts.query).startswith("Instruct: ")
    for name in ("bge-large-zh", "/models/bge-small-zh-v1.5"):
        assert str(known_prompts([name]).query).startswith("为这个句子")


def test_a_folder_goes_by_its_record_then_its_configuration_then_its_own_name(tmp_path: Path) -> None:
    folder = tmp_path / "multilingual-e5-small"
    folder.mkdir()
    assert [plain_name(name) for name in names_in(folder)] == ["multilingual-e5-small"]

    (folder / "config.json").write_text(json.dumps({"_name_or_path": "intfloat/e5-base-v2"}))
    write_record(folder, ModelRecord("BAAI/bge-m3", "0" * 40, "https://huggingface.co", 0, ()))

    assert names_in(folder) == ("BAAI/bge-m3", "intfloat/e5-base-v2", str(folder))


@pytest.mark.parametrize("content", ["no json", "[]", '{"_name_or_path": 3}'])
def test_a_configuration_that_says_nothing_is_passed_over(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.json").write_text(content)
    assert names_in(tmp_path) == (str(tmp_path),)
