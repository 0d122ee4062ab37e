"""The packages that bring models say where their files are, without being imported."""

import sys
from pathlib import Path

import pytest

from verbatlas.encoders.packages import PACKAGES, UNIVERSAL_PACKAGE, ModelPackage

BY_NAME = pytest.mark.parametrize("package", PACKAGES, ids=[package.name for package in PACKAGES])


@BY_NAME
def test_every_file_that_is_used_is_there(package: ModelPackage) -> None:
    folder = package.folder()
    assert folder is not None
    assert [name for name in package.digests if not (folder / name).is_file()] == []
    assert package.large == max(package.digests, key=lambda name: (folder / name).stat().st_size)


@BY_NAME
def test_the_installed_version_is_the_one_that_was_looked_at(package: ModelPackage) -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'"{package.distribution}=={package.version()}"' in project


def test_a_package_that_is_not_installed_has_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, UNIVERSAL_PACKAGE.module, None)  # Python's way to say: not to be found
    assert UNIVERSAL_PACKAGE.folder() is None
