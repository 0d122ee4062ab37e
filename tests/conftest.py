"""What every floor's tests share."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # where the tests find model_server and fault_proxy

import model_server as model_server_process
from fault_proxy import FaultProxy

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
# What one test has encoded must not make another quick, nor fill the developer's own cache.
os.environ["VERBATLAS_CACHE_BYTES"] = "0"
# Nor does it count what the developer has set, such as to stay offline; a test that sets something has its own folder.
os.environ["VERBATLAS_CONFIG_DIR"] = str(Path(tempfile.gettempdir()) / f"verbatlas-tests-{os.getpid()}")

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The developers' data set beside the checkout; tests that need it skip where it is absent."""
    if not _SHARED.is_dir():
        pytest.skip(f"the developers' data set is not at {_SHARED}")
    return _SHARED


@pytest.fixture
def own_address() -> str:
    """An address of this computer that is not its loopback: what is sent there stays here."""
    for addresses in psutil.net_if_addrs().values():
        for one in addresses:
            if one.family == socket.AF_INET and not one.address.startswith(("127.", "169.254.")):
                return one.address
    pytest.skip("this computer has no address but its loopback")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for this computer that nobody has signed."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate with")
    path = tmp_path_factory.mktemp("certificate") / "own.pem"
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    words += ["-days", "2", "-subj", "/CN=hub", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    subprocess.run([*words, "-keyout", path, "-out", path.with_name("public.pem")], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + path.with_name("public.pem").read_bytes())
    return path


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
