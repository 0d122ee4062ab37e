"""The shelf has what is offered and what is here, and what can be used at once comes first."""

from pathlib import Path

from verbatlas.app.models.shelf import shelf
from verbatlas.encoders.catalogue import CATALOGUE
from verbatlas.encoders.hub.installed import InstalledModel, Origin

HERE = InstalledModel("bge-m3", "BAAI/bge-m3", Path("/models/bge-m3"), 2_000, "abc", Origin.DOWNLOADED)
OTHER = InstalledModel("/mine", "", Path("/mine"), 10, "", Origin.NAMED_FOLDER)


def test_without_any_file_everything_is_offered_and_only_the_lexical_encoder_is_here() -> None:
    models = shelf(())
    assert {model.name for model in models} == {model.name for model in CATALOGUE}
    assert [model.name for model in models if model.is_here] == ["lexical"]
    assert models[0].name == "lexical"
    assert [model.name for model in models[1:] if not model.is_downloadable] == ["use-multilingual"]


def test_what_is_here_comes_first_whether_it_is_offered_or_not() -> None:
    models = shelf([HERE, OTHER])
    assert [model.name for model in models[:3]] == ["bge-m3", "lexical", "/mine"]
    assert models[0].installed is HERE
    assert not models[0].is_downloadable


def test_of_two_copies_the_one_that_would_be_taken_is_shown() -> None:
    copy = InstalledModel("bge-m3", "BAAI/bge-m3", Path("/cache/bge-m3"), 9, "old", Origin.HUB_CACHE)
    models = shelf([HERE, copy])
    assert [model.installed for model in models if model.name == "bge-m3"] == [HERE]


def test_a_model_that_was_looked_up_stands_last_until_it_is_here() -> None:
    wanted = shelf((), wanted=["owner/name", "bge-m3"])
    assert wanted[-1].name == "owner/name"
    assert wanted[-1].is_downloadable
    assert len(wanted) == len(CATALOGUE) + 1
