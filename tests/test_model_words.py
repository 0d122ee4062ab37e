"""Models are described in words that help to choose one, in every language."""

import re
from collections.abc import Iterator

import pytest

from verbatlas import words
from verbatlas.encoders.catalogue import CATALOGUE, CatalogueModel, Languages, Speed, by_name
from verbatlas.encoders.hub.installed import Origin
from verbatlas.model_words import (
    conversion_sentence,
    languages_in_words,
    model_description,
    origin_in_words,
    speed_in_words,
)


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    words.use_language(request.param)
    yield request.param
    words.use_language("en")


@pytest.mark.parametrize("model", CATALOGUE, ids=lambda model: model.name)
def test_every_model_is_described_in_every_language(model: CatalogueModel, language: str) -> None:
    said = model_description(model)

    assert bool(re.search(r"[\u4e00-\u9fff]{4}", said)) == (language == "zh_CN")
    assert ("GB" in said or "MB" in said) == (not model.is_packaged)


def test_a_large_model_says_what_it_costs() -> None:
    model = by_name("bge-large-zh-v1.5")

    assert model is not None
    assert model_description(model) == (
        "Chinese, large: among the best clusters for Chinese comments, slow without a graphics card, 1.3 GB"
    )


def test_every_kind_has_words(language: str) -> None:
    assert len({origin_in_words(origin) for origin in Origin}) == len(Origin)
    assert len({languages_in_words(languages) for languages in Languages}) == len(Languages)
    assert len({speed_in_words(speed) for speed in Speed}) == len(Speed)
    assert "SFconvertbot" in conversion_sentence("SFconvertbot", 7)
