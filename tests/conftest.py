"""What every floor's tests share."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # where the tests find model_server and fault_proxy

import model_server as model_server_process
from fault_proxy import FaultProxy

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


@pytest.fixture(scope="session")
def model_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[model_server_process.ModelServer]:
    """A real model server with all-MiniLM-L6-v2, one for all processes of a test run; starting it takes a while."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "model-server"
    folder.mkdir(exist_ok=True)
    with model_server_process.running(folder) as server:
        yield server


@pytest.fixture
def proxy(model_server: model_server_process.ModelServer) -> Iterator[FaultProxy]:
    """A proxy before it that goes wrong as it is told."""
    with FaultProxy(model_server.address) as proxy:
        yield proxy
