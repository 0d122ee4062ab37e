"""Nothing leaves this computer unless it was asked for, with real sockets and real processes."""

import functools
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from verbatlas import network_guard
from verbatlas.shared_settings import CONFIG_VARIABLE, change_shared

_HERE = Path(__file__).parent
_START = """
import multiprocessing, os, socket, ssl, sys, threading, time
from guard_child import OUTSIDE, leave_note, try_outside
from verbatlas import network_guard
from verbatlas.errors import UserError
from verbatlas.shared_settings import change_shared

def outcome(what):
    try:
        what()
    except (OSError, UserError) as error:
        return type(error).__name__
    return "passed"

def main():
    network_guard.install()
    network_guard.install()
"""
_END = """
if __name__ == "__main__":
    main()
"""


def run(body: str, *words: str, **environment: str) -> list[str]:
    """Run a program with the wall up and return what it prints."""
    program = _START + "".join(f"    {line}\n" for line in body.strip().splitlines()) + _END
    script = Path(words[0]) / "program.py"
    script.write_text(program, encoding="utf-8")
    environment = {CONFIG_VARIABLE: words[0]} | environment
    finished = subprocess.run(
        [sys.executable, str(script), *words],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(_HERE), os.environ.get("PYTHONPATH", "")])} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.split()


def test_every_way_out_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    said = run(
        """
print(try_outside())
print(outcome(lambda: socket.create_connection((OUTSIDE, 80), timeout=5)))
print(outcome(lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::1", 80))))
print(outcome(lambda: socket.socket().connect_ex((OUTSIDE, 80))))
print(outcome(lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", (OUTSIDE, 53))))
print(outcome(lambda: socket.socket(type=socket.SOCK_DGRAM).sendmsg([b"x"], [], 0, (OUTSIDE, 53))))
print(outcome(lambda: socket.getaddrinfo("example.com", 443)))
print(outcome(lambda: socket.gethostbyname("example.com")))
print(outcome(lambda: socket.create_connection(("example.com", 443), timeout=5)))
""",
        str(tmp_path),
    )

    assert said == ["NetworkRefused"] * 9


@pytest.mark.parametrize("module", ["urllib", "httpx2"])
def test_no_library_gets_round_it(module: str, tmp_path: Path) -> None:
    ask = {
        "urllib": "urllib.request.urlopen('http://example.com/', timeout=5)",
        "httpx2": "httpx2.Client(trust_env=False).get('https://192.0.2.1/', timeout=5)",
    }[module]

    (said,) = run(
        f"""
import httpx2, urllib.request
try:
    {ask}
except Exception as error:
    while error is not None and not isinstance(error, network_guard.NetworkRefused):
        error = error.__cause__ or error.__context__ or getattr(error, "reason", None)
    print(error.host)
""",
        str(tmp_path),
    )

    assert said in {"example.com", "192.0.2.1"}


def test_what_stays_on_this_computer_passes(tmp_path: Path) -> None:
    said = run(
        """
server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]
for name in ("127.0.0.1", "localhost", "::ffff:127.0.0.1"):
    print(outcome(lambda: socket.create_connection((name, port), timeout=5).close()))
one, other = socket.socketpair()
one.sendall(b"x")
print(other.recv(1).decode())
""",
        str(tmp_path),
    )

    assert said == ["passed", "passed", "passed", "x"]


def test_a_way_is_open_for_its_host_only_and_only_for_as_long_as_it_was_asked_for(
    own_address: str, tmp_path: Path
) -> None:
    said = run(
        f"""
server = socket.create_server(("{own_address}", 0))
address = server.getsockname()
print(try_outside(address))
with network_guard.opened(["{own_address}"]) as opening:
    print(try_outside(address))
    print(try_outside())
    with network_guard.opened(["{own_address}"]):
        pass
    print(try_outside(address))
    change_shared(is_offline=True)
    print(try_outside(address))
    change_shared(is_offline=False)
print(try_outside(address))
with network_guard.opened([]) as opening:
    opening.also("{own_address}")
    print(try_outside(address))
opening.also("{own_address}")
print(try_outside(address))
""",
        str(tmp_path),
    )

    closed, passed = "NetworkRefused", "connected"
    assert said == [closed, passed, closed, passed, closed, closed, passed, closed]


def test_a_host_is_opened_by_name_and_reached_at_what_its_name_means(own_address: str, tmp_path: Path) -> None:
    said = run(
        f"""
look_up = socket.getaddrinfo.__wrapped__
def know_one_name(host, *arguments, **options):
    sys.audit("socket.getaddrinfo", host, *arguments)
    return look_up("{own_address}" if host == "hub.test" else host, *arguments, **options)
socket.getaddrinfo = network_guard._noting(know_one_name)
server = socket.create_server(("{own_address}", 0))
address = ("hub.test", server.getsockname()[1])
print(outcome(lambda: socket.create_connection(address, timeout=5).close()))
with network_guard.opened(["HUB.test."]):
    print(outcome(lambda: socket.create_connection(address, timeout=5).close()))
    print(outcome(lambda: socket.create_connection(("other.test", 80), timeout=5).close()))
print(outcome(lambda: socket.create_connection(server.getsockname(), timeout=5).close()))
""",
        str(tmp_path),
    )

    assert said == ["NetworkRefused", "passed", "NetworkRefused", "NetworkRefused"]


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_processes_that_a_guarded_one_starts_are_guarded_too(method: str, tmp_path: Path) -> None:
    if method == "fork" and sys.platform == "win32":
        pytest.skip("Windows cannot fork")
    note = tmp_path / "note"

    run(
        f"""
process = multiprocessing.get_context("{method}").Process(target=leave_note, args=(sys.argv[2],))
process.start()
process.join()
""",
        str(tmp_path),
        str(note),
    )

    assert note.read_text(encoding="utf-8") == "NetworkRefused"


@pytest.mark.parametrize("variable", ["VERBATLAS_OFFLINE", "HF_HUB_OFFLINE"])
def test_offline_no_way_is_opened_but_to_this_computer(variable: str, tmp_path: Path) -> None:
    said = run(
        """
def ask(host):
    with network_guard.opened([host]):
        pass
print(outcome(lambda: ask("huggingface.co")))
print(outcome(lambda: ask("localhost")))
""",
        str(tmp_path),
        **{variable: "1"},
    )

    assert said == ["UserError", "passed"]


def test_the_switch_breaks_off_what_is_connected_already_and_nothing_on_this_computer(
    own_address: str, tmp_path: Path
) -> None:
    # The far ends are in this process, where nothing breaks them off: what the program finds is done to its own ends.
    with socket.create_server((own_address, 0)) as server, ThreadPoolExecutor(1) as pool:

        def read_both_to_the_end() -> list[bytes]:
            with server.accept()[0] as first, server.accept()[0] as second:
                return [b"".join(iter(functools.partial(one.recv, 100), b"")) for one in (first, second)]

        reading = pool.submit(read_both_to_the_end)
        said = run(
            f"""
def connected(address):
    return socket.create_connection(address, timeout=30)
server = socket.create_server(("127.0.0.1", 0))
near = connected(server.getsockname())
far = server.accept()[0]
with network_guard.opened(["{own_address}"]):
    busy, idle = (connected(("{own_address}", {server.getsockname()[1]})) for _ in range(2))
    idle.sendall(b"before")
    change_shared(is_offline=True)
    began = time.monotonic()
    print(busy.recv(1) == b"", idle.recv(1) == b"", time.monotonic() - began < 2)
    print(outcome(lambda: idle.sendall(b"after")))
near.sendall(b"x")
print(far.recv(1).decode())
""",
            str(tmp_path),
        )

    assert said == ["True", "True", "True", "BrokenPipeError", "x"]
    assert reading.result() == [b"", b"before"]


def test_a_process_hears_of_the_switch_that_another_one_turns(own_address: str, tmp_path: Path) -> None:
    with socket.create_server((own_address, 0)) as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv(CONFIG_VARIABLE, str(tmp_path))
        over = threading.Event()

        def turn_when_connected() -> None:
            with server.accept()[0] as connection:
                connection.recv(1)
                change_shared(is_offline=True)
                over.wait(30)

        turned = threading.Thread(target=turn_when_connected)
        turned.start()
        said = run(
            f"""
with network_guard.opened(["{own_address}"]):
    connection = socket.create_connection(("{own_address}", {server.getsockname()[1]}), timeout=30)
    connection.sendall(b"x")
    print(connection.recv(1) == b"")
    print(outcome(network_guard.stop_if_offline))
print(outcome(network_guard.stop_if_offline))
""",
            str(tmp_path),
        )
        over.set()
        turned.join()

    assert said == ["True", "UserError", "passed"]


def test_an_encrypted_connection_is_broken_off_too(own_address: str, certificate: Path, tmp_path: Path) -> None:
    said = run(
        f"""
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("{certificate}")
server = socket.create_server(("{own_address}", 0))
def serve():
    with context.wrap_socket(server.accept()[0], server_side=True) as far:
        print(far.recv(9).decode(), flush=True)
        time.sleep(5)
threading.Thread(target=serve, daemon=True).start()
trusting = ssl.create_default_context(cafile="{certificate.with_name("public.pem")}")
trusting.check_hostname = False
with network_guard.opened(["{own_address}"]):
    plain = socket.create_connection(server.getsockname(), timeout=30)
    secure = trusting.wrap_socket(plain)
    secure.sendall(b"secret")
    change_shared(is_offline=True)
    began = time.monotonic()
    print(outcome(lambda: secure.recv(1)), time.monotonic() - began < 2)
""",
        str(tmp_path),
    )

    assert said[0] == "secret"
    assert said[1] in {"passed", "SSLEOFError"}
    assert said[2] == "True"


def test_what_fails_because_of_the_switch_says_so(own_address: str, tmp_path: Path) -> None:
    said = run(
        f"""
def ask(error):
    with network_guard.opened(["{own_address}"]):
        change_shared(is_offline=True)
        raise error
for error in (ConnectionResetError(), ValueError()):
    change_shared(is_offline=False)
    try:
        ask(error)
    except Exception as told:
        print(told.problem)
with network_guard.opened(["127.0.0.1"]):
    network_guard.stop_if_offline()
""",
        str(tmp_path),
    )

    assert said == ["went_offline", "went_offline"]


def test_one_process_can_be_allowed_the_network_although_the_switch_says_no(tmp_path: Path) -> None:
    said = run(
        """
change_shared(is_offline=True)
print(network_guard.is_offline())
network_guard.ignore_switch()
print(network_guard.is_offline())
os.environ["VERBATLAS_OFFLINE"] = "1"
print(network_guard.is_offline())
""",
        str(tmp_path),
    )

    assert said == ["True", "False", "True"]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("127.8.9.1", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False),
        ("localhost.example.com", False),
        ("model.localhost", True),
        ("Model.LocalHost.", True),
        ("notlocalhost", False),
        ("0.0.0.0", True),
        ("::", True),
        ("[::]", True),
        ("fe80::1%eth0", False),
        ("huggingface.co", False),
    ],
)
def test_which_hosts_are_this_computer(host: str, expected: bool) -> None:
    assert network_guard.is_this_computer(host) is expected


def test_importing_the_package_alone_changes_nothing() -> None:
    environment = {name: value for name, value in os.environ.items() if name != network_guard.VARIABLE}
    program = "import socket, verbatlas; print(hasattr(socket.getaddrinfo, '__wrapped__'))"

    finished = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )

    assert finished.stdout.split() == ["False"]
