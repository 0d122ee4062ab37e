"""A changed bit is found in every kind of model that somebody has recorded anything of."""

from pathlib import Path

import pytest
from installed_models import USED, write_hub_cache, write_model

from verbatlas.encoders.hub.checking import CheckedModel, check
from verbatlas.encoders.hub.installed import list_installed
from verbatlas.encoders.hub.places import hub_cache, models_folder
from verbatlas.encoders.hub.record import FileRecord, ModelRecord, sha256_of, write_record
from verbatlas.progress import Cancelled


def checked(*, folders: tuple[Path, ...] = ()) -> CheckedModel:
    """Check the one model that does not come with Verbatlas."""
    (model,) = [model for model in list_installed(folders=folders) if model.origin != "packaged"]
    return check([model])[0]


def spoil(path: Path) -> None:
    content = path.resolve().read_bytes()
    path.resolve().write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


@pytest.fixture
def downloaded(model_files: dict[str, bytes]) -> Path:
    folder = write_model(models_folder() / "owner--model", model_files)
    files = tuple(
        FileRecord(name, len(model_files[name]), sha256_of(folder / name, read=lambda n: None)) for name in USED
    )
    write_record(folder, ModelRecord("owner/model", "a" * 40, "", 0, files))
    return folder


def test_a_model_that_is_as_it_was(downloaded: Path) -> None:
    assert (checked().n_checked, checked().wrong) == (len(USED), ())


@pytest.mark.parametrize("name", ["model.safetensors", "1_Pooling/config.json"])
def test_a_changed_bit_of_a_download_is_found(name: str, downloaded: Path) -> None:
    spoil(downloaded / name)

    assert checked().wrong == (name,)


@pytest.mark.parametrize("name", ["model.safetensors", "config.json"])
def test_a_changed_bit_in_the_cache_is_found_by_the_name_of_its_content(
    name: str, model_files: dict[str, bytes]
) -> None:
    snapshot = write_hub_cache(hub_cache(), "owner/model", "b" * 40, model_files)
    assert (checked().n_checked, checked().wrong) == (len(USED), ())

    spoil(snapshot / name)

    assert checked().wrong == (name,)


def test_of_an_analysts_own_folder_nothing_is_recorded(model_files: dict[str, bytes], tmp_path: Path) -> None:
    folder = write_model(tmp_path / "mine", model_files)

    assert (checked(folders=(folder,)).n_checked, checked(folders=(folder,)).wrong) == (0, ())


def test_the_packaged_model_is_what_its_package_says() -> None:
    minilm, universal = check(list_installed())

    assert (minilm.wrong, universal.wrong) == ((), ())
    assert (minilm.n_checked, universal.n_checked) == (6, 2)


def test_every_byte_is_told_and_checking_can_be_stopped(downloaded: Path) -> None:
    heard: list[tuple[int, int]] = []
    (model,) = [model for model in list_installed() if model.origin != "packaged"]

    def stop(done: int, total: int) -> None:
        raise Cancelled

    check([model], report=lambda done, total: heard.append((done, total)))

    total = sum(path.stat().st_size for path in (downloaded / name for name in USED))
    assert heard[0] == (0, total)
    assert heard[-1] == (total, total)
    with pytest.raises(Cancelled):
        check([model], report=stop)
