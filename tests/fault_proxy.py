"""A proxy on loopback before the real server that goes wrong as it is told, the way networks and servers do."""

import base64
import contextlib
import http.client
import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

import numpy as np

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request for vectors.

    Attributes:
        status: Answer with it instead of asking the real server; 0 to ask it.
        words: What the answer then says.
        headers: What the answer then has besides.
        stall: Seconds before anything is answered.
        cut: Close the connection: before the answer, or in the middle of it.
        change: What to make of the real server's answer.
        body: Send this instead of the real server's answer.
    """

    status: int = 0
    words: str = "the fault that was asked for"
    headers: Mapping[str, str] = field(default_factory=dict)
    stall: float = 0.0
    cut: str = ""
    change: Callable[[Answer], Answer] | None = None
    body: bytes = b""


def of_vectors(change: Callable[[list[float]], list[Any]]) -> Callable[[Answer], Answer]:
    """Return what changes every vector of an answer; they go as numbers then."""

    def changed(answer: Answer) -> Answer:
        rows = []
        for row in answer["data"]:
            vector = np.frombuffer(base64.b64decode(row["embedding"]), "<f4")
            rows.append({**row, "embedding": change(vector.tolist())})
        return {**answer, "data": rows}

    return changed


class FaultProxy:
    """Passes requests on to a real server, but for the faults.

    Attributes:
        faults: The next requests for vectors meet them, one each.
        rule: Asked with every request for vectors that meets no fault; None to let it pass.
        sent: The texts of every request for vectors, in the order in which they came.
        most_at_once: How many requests for vectors were unanswered at the same time, at most.
        aliases: What the real server calls its models, by what they are called here.
        key: Sent to the real server whatever key has come; blank for that.
    """

    def __init__(self, upstream: str, *, host: str = "127.0.0.1") -> None:
        self.faults: deque[Fault] = deque()
        self.rule: Callable[[Answer], Fault | None] = lambda request: None
        self.sent: list[list[str]] = []
        self.most_at_once = 0
        self.aliases: dict[str, str] = {}
        self.key = ""
        self._n_unanswered = 0
        self._upstream = urlsplit(upstream)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self._host = host
        self._port = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.kill()

    @property
    def address(self) -> str:
        """Where it listens, with the real server's path."""
        return f"http://{self._host}:{self._port}{self._upstream.path}"

    def start(self) -> None:
        """Listen; at the same port as before, if it did before."""
        proxy = self

        class Handler(_Handler):
            def setup(self) -> None:
                super().setup()
                self.proxy = proxy
                with proxy._lock:
                    proxy._open.add(self.connection)

            def finish(self) -> None:
                super().finish()
                with proxy._lock:
                    proxy._open.discard(self.connection)

        self._server = _Server((self._host, self._port), Handler)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def kill(self) -> None:
        """Cut all connections and listen no more, as a server that is killed."""
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._server = None
        with self._lock:
            for connection in self._open:
                _shut(connection)

    def fault_of(self, request: Answer) -> Fault:
        """Return what goes wrong with this request for vectors."""
        with self._lock:
            self.sent.append(request["input"])
            self._n_unanswered += 1
            self.most_at_once = max(self.most_at_once, self._n_unanswered)
            if self.faults:
                return self.faults.popleft()
        return self.rule(request) or Fault()

    def answering(self) -> None:
        """Count one request less that is unanswered: its answer is about to be sent."""
        with self._lock:
            self._n_unanswered -= 1

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Return what the real server answers."""
        headers = dict(headers) | ({"authorization": f"Bearer {self.key}"} if self.key else {})
        for alias, real in self.aliases.items():
            body = body.replace(json.dumps(alias).encode(), json.dumps(real).encode())
        upstream = http.client.HTTPConnection(self._upstream.hostname or "", self._upstream.port, timeout=120)
        try:
            upstream.request(method, path, body or None, headers)
            answer = upstream.getresponse()
            found = answer.read()
            for alias, real in self.aliases.items():
                found = found.replace(json.dumps(real).encode(), json.dumps(alias).encode())
            return answer.status, found
        finally:
            upstream.close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: connections are cut on purpose."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: FaultProxy

    def do_GET(self) -> None:
        self._answer(*self.proxy.ask("GET", self.path, b"", self._headers()))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        fault = self.proxy.fault_of(json.loads(body))
        try:
            time.sleep(fault.stall)
            asks = not fault.status and fault.cut != "before"
            status, answer = self.proxy.ask("POST", self.path, body, self._headers()) if asks else (0, b"")
            if asks and fault.change is not None:
                answer = json.dumps(fault.change(json.loads(answer))).encode()
            answer = fault.body or answer
        finally:
            self.proxy.answering()
        if fault.cut == "before":
            _shut(self.connection)
            return
        if fault.status:
            self._answer(fault.status, json.dumps({"error": {"message": fault.words}}).encode(), fault.headers)
            return
        if fault.cut == "middle":
            self._answer(status, answer[: len(answer) // 2], {"content-length": str(len(answer))})
            _shut(self.connection)
            return
        self._answer(status, answer)

    def _headers(self) -> dict[str, str]:
        kept = ("authorization", "content-type")
        return {name: value for name in kept if (value := self.headers.get(name)) is not None}

    def _answer(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"content-type": "application/json", "content-length": str(len(body))}.items():
            if name not in (headers or {}):
                self.send_header(name, value)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may be closed already
        connection.shutdown(socket.SHUT_RDWR)
