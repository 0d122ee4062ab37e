"""The environment is made again exactly when what it must hold has changed."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def environment() -> ModuleType:
    return importlib.import_module("environment")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "packaging").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "packaging" / "constraints.txt").write_text("numpy==2.4.6\n")
    return tmp_path


@pytest.mark.parametrize(
    ("version", "does"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False), ((2, 7), False)]
)
def test_pythons_that_the_program_runs_on_are_taken(
    environment: ModuleType, version: tuple[int, int], does: bool
) -> None:
    assert environment.supported(version) is does


@pytest.mark.parametrize("changed", ["pyproject.toml", "packaging/constraints.txt"])
def test_a_changed_dependency_changes_the_fingerprint(environment: ModuleType, project: Path, changed: str) -> None:
    before = environment.fingerprint(project)

    (project / changed).write_text("changed\n")

    assert environment.fingerprint(project) != before


def test_the_fingerprint_of_the_same_project_stays(environment: ModuleType, project: Path) -> None:
    assert environment.fingerprint(project) == environment.fingerprint(project)


def test_an_environment_that_is_ready_is_left_alone(environment: ModuleType, project: Path) -> None:
    python = environment.python_of(project / ".venv")
    python.parent.mkdir(parents=True)
    python.touch()
    (project / ".venv" / "ready-base").write_text(environment.fingerprint(project))

    assert environment.ready(project, extra=None) == python
