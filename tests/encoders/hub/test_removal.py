"""What was downloaded can go; what is the analyst's own stays."""

from pathlib import Path

import pytest
from installed_models import write_hub_cache, write_model

from verbatlas.encoders.hub.download import locked
from verbatlas.encoders.hub.installed import Origin, list_installed
from verbatlas.encoders.hub.places import begun_folder, hub_cache, models_folder
from verbatlas.encoders.hub.record import ModelRecord, write_record
from verbatlas.encoders.hub.removal import remove
from verbatlas.encoders.reference import parse
from verbatlas.errors import Problem, UserError


@pytest.fixture
def two_copies(model_files: dict[str, bytes]) -> tuple[Path, Path]:
    ours = write_model(models_folder() / "BAAI--bge-m3", model_files)
    write_record(ours, ModelRecord("BAAI/bge-m3", "a" * 40, "", 0, ()))
    write_hub_cache(hub_cache(), "BAAI/bge-m3", "b" * 40, model_files)
    return ours, hub_cache() / "models--BAAI--bge-m3"


def refused(name: str) -> Problem:
    with pytest.raises(UserError) as caught:
        remove(parse(name))
    return caught.value.problem


def test_every_copy_that_was_downloaded_goes_and_nothing_of_it_is_left(two_copies: tuple[Path, Path]) -> None:
    removed = remove(parse("bge-m3"))

    assert [model.origin for model in removed] == [Origin.DOWNLOADED, Origin.HUB_CACHE]
    assert [model.name for model in list_installed()] == ["minilm", "use-multilingual"]
    assert not [path for path in two_copies if path.exists()]
    assert not list(hub_cache().iterdir())


def test_only_the_copy_that_was_asked_for_goes(two_copies: tuple[Path, Path]) -> None:
    remove(parse("BAAI/bge-m3"), origins=[Origin.DOWNLOADED])

    assert [path.exists() for path in two_copies] == [False, True]


def test_what_a_stopped_download_left_goes_too(model_files: dict[str, bytes]) -> None:
    begun = write_model(begun_folder("BAAI/bge-m3"), model_files)

    assert remove(parse("bge-m3")) == []
    assert not begun.exists()


def test_an_analysts_own_folder_is_never_touched(model_files: dict[str, bytes], tmp_path: Path) -> None:
    folder = write_model(tmp_path / "mine", model_files)
    write_record(folder, ModelRecord("BAAI/bge-m3", "a" * 40, "", 0, ()))

    assert refused(str(folder)) is Problem.MODEL_NOT_OURS
    assert refused("bge-m3") is Problem.MODEL_NOT_INSTALLED
    assert (folder / "model.safetensors").exists()


def test_what_comes_with_verbatlas_stays() -> None:
    assert refused("minilm") is Problem.MODEL_NOT_OURS
    assert refused("lexical") is Problem.MODEL_HAS_NO_FILES
    assert [model.name for model in list_installed()] == ["minilm", "use-multilingual"]


def test_a_model_that_is_being_downloaded_stays(two_copies: tuple[Path, Path]) -> None:
    with locked("BAAI/bge-m3"):
        assert refused("bge-m3") is Problem.MODEL_BUSY
    assert all(path.exists() for path in two_copies)
