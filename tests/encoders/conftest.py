"""One converted model for all tests of this floor, in a cache of their own."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from verbatlas import encoders
from verbatlas.encoders import Encoder

sys.path.insert(0, str(Path(__file__).parent))  # where the tests find encoder_reports


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(cache))


@pytest.fixture(scope="session")
def minilm(cache: Path) -> Iterator[Encoder]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERBATLAS_CACHE_DIR", str(cache))
        # Exact, so that nothing depends on what this processor can do.
        encoder = encoders.load("minilm", seed=7, precision=encoders.Precision.EXACT)
        encoder.prepare()
    yield encoder
