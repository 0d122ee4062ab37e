"""A small real proxy on this computer: plain requests and CONNECT tunnels, with a password if wanted."""

import base64
import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


class SmallProxy:
    """Sends requests on and remembers where to."""

    def __init__(self, *, password: str = "") -> None:
        self.passed: list[str] = []
        self.password = password
        proxy = self

        class Handler(_Handler):
            own = proxy

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        user = f"analyst:{password}@" if password else ""
        self.address = f"http://{user}127.0.0.1:{self.server.server_address[1]}"
        self.bare_address = f"http://127.0.0.1:{self.server.server_address[1]}"


@contextmanager
def running_proxy(*, password: str = "") -> Iterator[SmallProxy]:
    proxy = SmallProxy(password=password)
    thread = threading.Thread(target=proxy.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.server.shutdown()
        proxy.server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    own: SmallProxy

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called above
        """Stay quiet."""

    def _may_pass(self) -> bool:
        expected = base64.b64encode(f"analyst:{self.own.password}".encode()).decode()
        if self.own.password and self.headers.get("Proxy-Authorization") != f"Basic {expected}":
            self.send_response(407)
            self.send_header("Proxy-Authenticate", "Basic")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return False
        self.own.passed.append(self.path)
        return True

    def do_CONNECT(self) -> None:
        if not self._may_pass():
            return
        host, _, port = self.path.partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as other:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_pump, args=(other, self.connection), daemon=True)
            back.start()
            _pump(self.connection, other)
            back.join(5)
        self.close_connection = True

    def do_HEAD(self) -> None:
        self._forward()

    def do_GET(self) -> None:
        self._forward()

    def _forward(self) -> None:
        if not self._may_pass():
            return
        url = urlsplit(self.path)
        assert url.hostname is not None
        onward = http.client.HTTPConnection(url.hostname, url.port, timeout=10)
        headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
        onward.request(self.command, f"{url.path}?{url.query}" if url.query else url.path, headers=headers)
        answer = onward.getresponse()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"date", "server", "connection"}:
                self.send_header(name, value)
        self.end_headers()
        while block := answer.read(64 * 1024):
            self.wfile.write(block)
        onward.close()
        self.close_connection = True


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while block := source.recv(64 * 1024):
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
