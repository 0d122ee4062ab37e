"""What the engine's tests share: modules that the engine's process can import too, and a running engine."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from verbatlas.engine.client import Engine

# The engine's process inherits the module path, and so finds sample_requests.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def temporary_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own where the system's temporary folder would be."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def engine(temporary_root: Path) -> Iterator[Engine]:
    """A running engine."""
    with Engine() as engine:
        yield engine
