"""Installed is what is whole, wherever it lies, and never what was begun."""

import os
from pathlib import Path

import pytest
from installed_models import USED, write_hub_cache, write_model

from verbatlas.encoders.hub.installed import Origin, begun_size, find_installed, is_whole, list_installed
from verbatlas.encoders.hub.places import begun_folder, hub_cache, models_folder
from verbatlas.encoders.hub.record import ModelRecord, write_record
from verbatlas.encoders.reference import parse
from verbatlas.errors import Problem, UserError


def downloaded(hub_id: str, files: dict[str, bytes]) -> Path:
    folder = write_model(models_folder() / hub_id.replace("/", "--"), files)
    write_record(folder, ModelRecord(hub_id, "a" * 40, "https://huggingface.co", 0, ()))
    return folder


def test_the_packaged_models_are_always_there() -> None:
    minilm, universal = list_installed()

    assert (minilm.name, minilm.origin, minilm.is_removable) == ("minilm", Origin.PACKAGED, False)
    assert minilm.size > 90_000_000
    assert find_installed(parse("minilm")) == minilm.folder
    assert (minilm.folder / "model.safetensors").is_file()
    assert (universal.name, universal.origin, universal.is_removable) == ("use-multilingual", Origin.PACKAGED, False)
    assert universal.size > 30_000_000
    assert (universal.folder / "weights.npz").is_file()


def test_models_are_found_in_every_place_and_told_apart(model_files: dict[str, bytes], tmp_path: Path) -> None:
    ours = downloaded("BAAI/bge-m3", model_files)
    cached = write_hub_cache(hub_cache(), "owner/other", "b" * 40, model_files)
    named = write_model(tmp_path / "my models" / "客服", model_files)

    found = list_installed(folders=[tmp_path / "my models"])

    assert [(one.name, one.origin, one.folder, one.revision) for one in found[2:]] == [
        ("bge-m3", Origin.DOWNLOADED, ours, "a" * 40),
        ("owner/other", Origin.HUB_CACHE, cached, "b" * 40),
        (str(named), Origin.NAMED_FOLDER, named, ""),
    ]
    assert [one.is_removable for one in found[2:]] == [True, True, False]
    used = sum(len(model_files[name]) for name in USED)
    assert found[3].size == used + 40  # and the note that says which revision is the main one
    assert found[4].size == used
    assert find_installed(parse("bge-m3")) == ours
    assert find_installed(parse("Owner/Other")) == cached
    assert find_installed(parse(str(named))) == named


def test_a_named_folder_may_be_a_model_itself(model_files: dict[str, bytes], tmp_path: Path) -> None:
    folder = write_model(tmp_path / "mine", model_files)

    assert [one.folder for one in list_installed(folders=[folder, folder])][2:] == [folder]


def test_our_own_copy_is_taken_before_the_one_that_others_share(model_files: dict[str, bytes]) -> None:
    write_hub_cache(hub_cache(), "BAAI/bge-m3", "b" * 40, model_files)
    ours = downloaded("BAAI/bge-m3", model_files)

    assert find_installed(parse("bge-m3")) == ours


def test_the_main_revision_is_taken_or_the_newest_that_is_whole(model_files: dict[str, bytes]) -> None:
    old = write_hub_cache(hub_cache(), "owner/other", "1" * 40, model_files, is_main=False)
    new = write_hub_cache(hub_cache(), "owner/other", "2" * 40, model_files, is_main=False)
    os.utime(old, (1_000, 1_000))
    assert find_installed(parse("owner/other")) == new

    main = write_hub_cache(hub_cache(), "owner/other", "3" * 40, model_files)
    os.utime(main, (500, 500))
    assert find_installed(parse("owner/other")) == main
    (main / "model.safetensors").unlink()
    assert find_installed(parse("owner/other")) == new


@pytest.mark.parametrize("name", USED[:2] + USED[3:])
def test_without_one_of_its_files_a_model_is_not_whole(
    name: str, model_files: dict[str, bytes], tmp_path: Path
) -> None:
    folder = write_model(tmp_path / "mine", model_files)
    assert is_whole(folder)

    (folder / name).unlink()

    assert not is_whole(folder)


def test_a_link_of_the_cache_that_leads_nowhere_is_no_file(model_files: dict[str, bytes]) -> None:
    snapshot = write_hub_cache(hub_cache(), "owner/other", "b" * 40, model_files)
    (snapshot / "model.safetensors").resolve().unlink()

    assert [one.name for one in list_installed()] == ["minilm", "use-multilingual"]


def test_weights_in_parts_are_whole_when_all_parts_are_there(model_files: dict[str, bytes], tmp_path: Path) -> None:
    folder = write_model(tmp_path / "mine", model_files)
    (folder / "model.safetensors").rename(folder / "model-1.safetensors")
    index = folder / "model.safetensors.index.json"
    index.write_text('{"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}', encoding="utf-8")
    assert not is_whole(folder)

    (folder / "model-2.safetensors").write_bytes(b"x")

    assert is_whole(folder)


def test_how_much_of_a_stopped_download_is_here(model_files: dict[str, bytes]) -> None:
    assert begun_size("BAAI/bge-m3") == 0

    write_model(begun_folder("BAAI/bge-m3"), model_files)

    assert begun_size("BAAI/bge-m3") == sum(len(model_files[name]) for name in USED)


def test_a_half_model_and_strange_folders_are_passed_over(model_files: dict[str, bytes]) -> None:
    write_model(models_folder() / ".begun" / "BAAI--bge-m3", model_files)
    write_model(models_folder() / "BAAI--bge-base-zh-v1.5", model_files)  # without the note of a finished download
    (hub_cache() / "models--x").mkdir(parents=True)
    (hub_cache() / "datasets--a--b" / "snapshots" / "c").mkdir(parents=True)
    (hub_cache() / "a file").write_text("x", encoding="utf-8")

    assert [one.name for one in list_installed()] == ["minilm", "use-multilingual"]


@pytest.mark.parametrize("name", ["bge-large-zh-v1.5", "owner/unknown"])
def test_what_is_not_installed_is_told_by_the_name_it_was_asked_by(name: str) -> None:
    with pytest.raises(UserError) as caught:
        find_installed(parse(name))

    assert (caught.value.problem, caught.value.values) == (Problem.MODEL_NOT_INSTALLED, {"model": name})


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        find_installed(parse(str(tmp_path / "no")))

    assert caught.value.problem is Problem.FILE_MISSING


@pytest.mark.parametrize("name", ["lexical", "auto", "http://localhost:1/v1"])
def test_an_encoder_without_files_has_no_folder(name: str) -> None:
    with pytest.raises(ValueError):
        find_installed(parse(name))
