"""A real server for the tests: infinity-emb, which nobody here wrote, with all-MiniLM-L6-v2, on loopback."""

import contextlib
import os
import runpy
import socket
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.packages import MINILM_PACKAGE

MODEL = "all-MiniLM-L6-v2"
KEY = "kept-from-everybody"
_ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS = 180  # of a busy machine that reads all of torch for the first time
_SERVE = Path(__file__).with_name("serve_model.py")


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
def running(folder: Path) -> Iterator[ModelServer]:
    """Start the server, or join the one that another test process has started, and wait until it answers.

    It ends by itself when the last test process that wants it has let it go.

    Args:
        folder: The same for all processes of one test run.
    """
    import fcntl  # noqa: PLC0415 - Windows has none, and no infinity-emb either

    interpreter = python()
    wanted, starting, place = folder / "wanted", folder / "starting", folder / "port"
    with wanted.open("ab") as held, starting.open("ab") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        fcntl.flock(held, fcntl.LOCK_SH)
        if not (place.exists() and _answers(int(place.read_text()))):
            port = free_port()
            _wait(_start(interpreter, port, wanted, log=folder / "log"), port, log=folder / "log")
            place.write_text(str(port))
        fcntl.flock(alone, fcntl.LOCK_UN)
        yield ModelServer(f"http://127.0.0.1:{place.read_text()}/v1", KEY, MODEL)


def _start(interpreter: Path, port: int, wanted: Path, *, log: Path) -> int:
    """Start the server and return its process id; it may outlive this process."""
    options = {
        "model-id": find_model(MINILM_PACKAGE),
        "served-model-name": MODEL,
        "host": "127.0.0.1",
        "port": port,
        "url-prefix": "/v1",
        "api-key": KEY,
        "engine": "torch",
        "device": "cpu",
        "dtype": "float32",
    }
    words = ["v2", "--no-bettertransformer", "--no-model-warmup"]
    words += [f"--{name}={value}" for name, value in options.items()]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "DO_NOT_TRACK": "1",
        "INFINITY_ANONYMOUS_USAGE_STATS": "0",
        "HF_HUB_OFFLINE": "1",
        # The processors are the tests' too, and threads that wait for each other are slow there.
        "OMP_NUM_THREADS": "1",
    }
    output = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    return os.posix_spawn(
        interpreter,
        [str(interpreter), str(_SERVE), str(wanted), *words],
        environment,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, log, output, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)],
    )


def free_port() -> int:
    """Return a port of this computer where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: int, port: int, *, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and os.waitpid(process, os.WNOHANG) == (0, 0):
        if _answers(port):
            return
        time.sleep(0.2)
    pytest.fail(f"the model server did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}", pytrace=False)


def _answers(port: int) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(f"http://127.0.0.1:{port}/health", timeout=2).close()
    except OSError:
        return False
    return True
