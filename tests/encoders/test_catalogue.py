"""The catalogue offers what the mission names, and every fact that a person chooses by is there."""

import pytest

from verbatlas.encoders import LEXICAL, MINILM, UNIVERSAL
from verbatlas.encoders.catalogue import CATALOGUE, CatalogueModel, Languages, by_name

_WITH_FILES = [model for model in CATALOGUE if model.hub_id]


@pytest.mark.parametrize(
    "hub_id",
    [
        "BAAI/bge-large-zh-v1.5",
        "BAAI/bge-base-zh-v1.5",
        "BAAI/bge-small-zh-v1.5",
        "BAAI/bge-m3",
        "thenlper/gte-base-zh",
        "thenlper/gte-large-zh",
        "Qwen/Qwen3-Embedding-0.6B",
        "intfloat/multilingual-e5-small",
        "intfloat/multilingual-e5-base",
        "sentence-transformers/all-MiniLM-L6-v2",
    ],
)
def test_the_models_of_the_mission_are_offered_by_their_hub_id_and_their_name(hub_id: str) -> None:
    model = by_name(hub_id)

    assert model is not None
    assert by_name(model.name) is model
    assert by_name(hub_id.partition("/")[2].upper()) is model


@pytest.mark.parametrize("model", _WITH_FILES, ids=lambda model: model.name)
def test_what_a_model_costs_fits_its_size(model: CatalogueModel) -> None:
    # Weights of two or four bytes each, and tokens of at most 30 MB.
    assert 2 * model.n_parameters <= model.download_bytes <= 4 * model.n_parameters + 30_000_000
    assert model.n_dimensions in {384, 512, 768, 1024}
    assert model.max_tokens >= 256
    assert model.licence in {"MIT", "Apache-2.0"}
    assert model.pooling in {"mean", "cls", "last"}


def test_names_are_unique_whatever_their_case() -> None:
    names = [name.casefold() for model in CATALOGUE for name in {model.name, model.hub_id} if name]

    assert len(set(names)) == len(names)


def test_only_searches_carry_the_instruction_of_the_chinese_models_and_e5_has_one_for_both_sides() -> None:
    for model in CATALOGUE:
        if model.hub_id.startswith("BAAI/bge-") and model.languages is Languages.CHINESE:
            assert model.query_prompt == "为这个句子生成表示以用于检索相关文章："
            assert model.document_prompt == ""
        if "e5" in model.name:
            assert model.query_prompt == model.document_prompt == "query: "


def test_what_comes_with_verbatlas_is_marked_and_the_lexical_encoder_has_no_files() -> None:
    assert {model.name for model in CATALOGUE if model.is_packaged} == {MINILM, UNIVERSAL, LEXICAL}
    assert [model.name for model in CATALOGUE if not model.hub_id] == [UNIVERSAL, LEXICAL]
    assert [model.name for model in CATALOGUE if not model.n_parameters] == [LEXICAL]


def test_a_name_that_is_not_offered_is_none() -> None:
    assert by_name("gpt-9") is None
    assert by_name("") is None
