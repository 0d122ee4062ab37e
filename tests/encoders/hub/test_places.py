"""Models lie where the person says, or where every program of the kind looks."""

from pathlib import Path

import pytest

from verbatlas.encoders.hub.places import folder_name, hub_cache, hub_id_of, models_folder


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"VERBATLAS_MODELS_DIR": "/large/disk", "VERBATLAS_DATA_DIR": "/data"}, "/large/disk"),
        ({"VERBATLAS_DATA_DIR": "/data"}, "/data/models"),
    ],
)
def test_our_folder_of_models(variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VERBATLAS_MODELS_DIR")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert models_folder() == Path(expected)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"HF_HUB_CACHE": "/a", "HF_HOME": "/b"}, "/a"),
        ({"HUGGINGFACE_HUB_CACHE": "/c", "HF_HOME": "/b"}, "/c"),
        ({"HF_HOME": "$HERE/b", "HERE": "/x"}, "/x/b/hub"),
        ({"XDG_CACHE_HOME": "/cache"}, "/cache/huggingface/hub"),
        ({}, str(Path.home() / ".cache" / "huggingface" / "hub")),
    ],
)
def test_the_cache_of_the_hub(variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_HOME", "HF_HUB_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert hub_cache() == Path(expected)


def test_a_models_folder_tells_its_hub_id() -> None:
    assert folder_name("BAAI/bge-m3") == "BAAI--bge-m3"
    assert hub_id_of("BAAI--bge-m3") == "BAAI/bge-m3"
