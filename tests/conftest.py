"""What every floor's tests share."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
# What one test has encoded must not make another quick, nor fill the developer's own cache.
os.environ["VERBATLAS_CACHE_BYTES"] = "0"

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The developers' data set beside the checkout; tests that need it skip where it is absent."""
    if not _SHARED.is_dir():
        pytest.skip(f"the developers' data set is not at {_SHARED}")
    return _SHARED
