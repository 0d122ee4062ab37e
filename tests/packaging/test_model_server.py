"""The environment of the tests' model server lies outside the checkout, one for every set of versions."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.setenv("VERBATLAS_TESTS_CACHE", str(tmp_path / "cache"))
    return importlib.import_module("model_server")


def project(root: Path, requirements: str) -> Path:
    (root / "packaging").mkdir(parents=True)
    (root / "packaging" / "model_server.txt").write_text(requirements)
    return root


def test_other_versions_are_another_environment_and_another_checkout_is_not(set_up: ModuleType, tmp_path: Path) -> None:
    first = project(tmp_path / "a", "infinity_emb==1")

    assert set_up.folder(first) == set_up.folder(project(tmp_path / "b", "infinity_emb==1"))
    assert set_up.folder(first) != set_up.folder(project(tmp_path / "c", "infinity_emb==2"))
    assert set_up.folder(first).parent == tmp_path / "cache"


def test_it_is_installed_once_and_put_in_place_whole(
    set_up: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(tmp_path / "project", "")
    made: list[Path] = []

    def install(folder: Path, requirements: Path) -> None:
        made.append(requirements)
        folder.mkdir()

    monkeypatch.setattr(set_up, "_install", install)
    monkeypatch.setattr(set_up, "_TOO_NEW", (4, 0))

    python = set_up.ready(root)
    assert set_up.ready(root) == python
    assert python.is_relative_to(set_up.folder(root))
    assert made == [root / "packaging" / "model_server.txt"]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [set_up.folder(root).name]


def test_where_it_cannot_run_nothing_is_installed(
    set_up: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "_TOO_NEW", (3, 0))

    assert set_up.ready(tmp_path) is None
    assert "left out" in capsys.readouterr().out
