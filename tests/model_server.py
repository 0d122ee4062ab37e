"""A real server for the tests: infinity-emb, which nobody here wrote, with all-MiniLM-L6-v2, on loopback."""

import contextlib
import os
import runpy
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from verbatlas.encoders.local.packaged import find_model

MODEL = "all-MiniLM-L6-v2"
KEY = "kept-from-everybody"
_ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS = 180  # of a busy machine that reads all of torch for the first time
_START = "import sys; from infinity_emb.cli import cli; sys.argv[0] = 'infinity_emb'; cli()"


@dataclass(frozen=True, slots=True)
class ModelServer:
    """A running server."""

    address: str
    key: str
    model: str


def python() -> Path:
    """Return the Python of the server's environment, as packaging/model_server.py makes it."""
    if told := os.environ.get("VERBATLAS_TEST_SERVER"):
        return Path(told)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(_ROOT / "packaging"))
        set_up = runpy.run_path(str(_ROOT / "packaging" / "model_server.py"))
    found = set_up["folder"](_ROOT) / "bin" / "python"
    if not found.exists():
        pytest.skip("the model server is not installed: packaging/dev.py test does that")
    return Path(found)


@contextlib.contextmanager
def running(log: Path) -> Iterator[ModelServer]:
    """Start the server, wait until it answers, and stop it in the end.

    Args:
        log: Where it writes what it has to say.
    """
    port = free_port()
    options = {
        "model-id": find_model(),
        "served-model-name": MODEL,
        "host": "127.0.0.1",
        "port": port,
        "url-prefix": "/v1",
        "api-key": KEY,
        "engine": "torch",
        "device": "cpu",
        "dtype": "float32",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "DO_NOT_TRACK": "1",
        "INFINITY_ANONYMOUS_USAGE_STATS": "0",
        "HF_HUB_OFFLINE": "1",
        # The processors are the tests' too, and threads that wait for each other are slow there.
        "OMP_NUM_THREADS": "1",
    }
    with log.open("wb") as file:
        process = subprocess.Popen(
            [str(python()), "-c", _START, "v2", "--no-bettertransformer", "--no-model-warmup", *words],
            stdout=file,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=log.parent,
        )
        try:
            _wait(process, port, log)
            yield ModelServer(f"http://127.0.0.1:{port}/v1", KEY, MODEL)
        finally:
            process.kill()
            process.wait()


def free_port() -> int:
    """Return a port of this computer where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline and process.poll() is None:
        try:
            opener.open(f"http://127.0.0.1:{port}/health", timeout=2).close()
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the model server did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}", pytrace=False)
