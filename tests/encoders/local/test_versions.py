import importlib.metadata

import pytest

from verbatlas.encoders.local.versions import version_of


def test_it_is_what_the_installed_package_says() -> None:
    assert version_of("tokenizers") == version_of("tokenizers") == importlib.metadata.version("tokenizers")


def test_what_is_not_installed_has_none() -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        version_of("no-such-library")
