"""A stand-in for the hub on this computer: the real HTTP protocol, and every kind of trouble on request.

What it answers is what huggingface.co answers to huggingface_hub: ``/api/models/{id}`` with commit, files, sizes and
digests, ``/api/models/{id}/discussions``, and ``/{id}/resolve/{commit}/{file}``, which sends large files on to another
host by a redirect that tells size and digest in ``X-Linked-Size`` and ``X-Linked-Etag``. Ranges work.
"""

import hashlib
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from verbatlas.encoders.hub.plan import CONVERTER

_BLOCK = 16 * 1024


def commit_of(hub_id: str, revision: str = "main") -> str:
    return hashlib.sha1(f"{hub_id}@{revision}".encode()).hexdigest()


@dataclass
class Trouble:
    """Something that goes wrong with the requests whose path contains ``where``, ``times`` times."""

    where: str
    kind: str  # status, cut, wrong, hold, whole, empty
    times: int = 1
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    after: int = 0  # bytes of the body that still arrive


@dataclass
class Seen:
    """A request that arrived."""

    method: str
    path: str
    headers: dict[str, str]
    n_sent: int = 0


@dataclass
class Repository:
    """A model: its files by revision, and the pull requests that propose others."""

    files: dict[str, dict[str, bytes]]
    authors: dict[int, str] = field(default_factory=dict)
    is_gated: bool = False


class StandInHub:
    """Serves the models it is given, on 127.0.0.1; large files on ``localhost``, another host for a client.

    At another address of this computer it serves all files itself.
    """

    def __init__(self, certificate: Path | None = None, *, host: str = "127.0.0.1") -> None:
        self.models: dict[str, Repository] = {}
        self.troubles: list[Trouble] = []
        self.seen: list[Seen] = []
        self.says_digests = True
        self.held = threading.Event()  # a client waits for the rest of a body
        self.released = threading.Event()
        hub = self

        class Handler(_Handler):
            stand_in = hub

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        scheme = "http"
        if certificate is not None:
            scheme, context = "https", ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.endpoint = f"{scheme}://{host}:{self.port}"
        self.elsewhere = f"{scheme}://{'localhost' if host == '127.0.0.1' else host}:{self.port}"

    def add(self, hub_id: str, files: dict[str, bytes], *, is_gated: bool = False) -> None:
        self.models[hub_id] = Repository({"main": dict(files)}, is_gated=is_gated)

    def propose(self, hub_id: str, number: int, files: dict[str, bytes], *, author: str = CONVERTER) -> None:
        repository = self.models[hub_id]
        repository.files[f"refs/pr/{number}"] = repository.files["main"] | files
        repository.authors[number] = author

    def trouble(self, where: str, kind: str, **details: Any) -> None:
        self.troubles.append(Trouble(where, kind, **details))

    def requests(self, part: str, *, method: str = "GET") -> list[Seen]:
        return [one for one in self.seen if part in one.path and one.method == method]

    def sent(self, part: str) -> int:
        return sum(one.n_sent for one in self.requests(part))


@contextmanager
def running_hub(certificate: Path | None = None, *, host: str = "127.0.0.1") -> Iterator[StandInHub]:
    """Run a hub; with a file of a key and its certificate by HTTPS."""
    hub = StandInHub(certificate, host=host)
    thread = threading.Thread(target=hub.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        hub.released.set()
        hub.server.shutdown()
        hub.server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    stand_in: StandInHub
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body go out apart, and would wait for each other

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called above
        """Stay quiet."""

    def do_HEAD(self) -> None:
        self._serve()

    def do_GET(self) -> None:
        self._serve()

    def _serve(self) -> None:
        url = urlsplit(self.path)
        path, query = unquote(url.path), parse_qs(url.query)
        self.note = Seen(self.command, path, {name.lower(): value for name, value in self.headers.items()})
        self.stand_in.seen.append(self.note)
        self.trouble = self._next_trouble(path)
        if self.trouble is not None and self.trouble.kind == "status":
            self._answer(self.trouble.status, b"trouble", self.trouble.headers)
        elif path.startswith("/api/models/"):
            self._api(path.removeprefix("/api/models/"), query)
        elif path.startswith("/lfs/"):
            self._large(path.removeprefix("/lfs/"))
        elif "/resolve/" in path:
            hub_id, _, rest = path[1:].partition("/resolve/")
            self._file(hub_id, rest)
        else:
            self._answer(404, b"")

    def _next_trouble(self, path: str) -> Trouble | None:
        for trouble in self.stand_in.troubles:
            if trouble.where in path and trouble.times > 0:
                trouble.times -= 1
                return trouble
        return None

    def _api(self, rest: str, query: dict[str, list[str]]) -> None:
        hub_id = "/".join(rest.split("/")[:2])
        what = rest.removeprefix(hub_id).strip("/")
        repository = self.stand_in.models.get(hub_id)
        if repository is None:
            self._answer(401, b'{"error":"Invalid username or password."}', {"X-Error-Code": "RepoNotFound"})
        elif what == "discussions":
            self._discussions(hub_id, repository, query)
        else:
            revision = what.removeprefix("revision/") or "main"
            if revision in repository.files:
                self._json(self._info(hub_id, repository.files[revision], revision, blobs="blobs" in query))
            else:
                self._answer(404, b"{}", {"X-Error-Code": "RevisionNotFound"})

    def _info(self, hub_id: str, files: dict[str, bytes], revision: str, *, blobs: bool) -> dict[str, Any]:
        siblings: list[dict[str, Any]] = []
        for name, content in files.items():
            one: dict[str, Any] = {"rfilename": name}
            if blobs and self.stand_in.says_digests:
                one |= {"size": len(content), "blobId": git_digest(content)}
                if is_large(name):
                    sha256 = hashlib.sha256(content).hexdigest()
                    one["lfs"] = {"sha256": sha256, "size": len(content), "pointerSize": 134}
            siblings.append(one)
        sha = commit_of(hub_id, revision)
        return {"id": hub_id, "modelId": hub_id, "sha": sha, "private": False, "tags": [], "siblings": siblings}

    def _discussions(self, hub_id: str, repository: Repository, query: dict[str, list[str]]) -> None:
        wanted = query.get("author", [""])[0]
        found = [
            {
                "num": number,
                "title": "Adding `safetensors` variant of this model",
                "author": {"name": author},
                "repo": {"name": hub_id, "type": "model"},
                "status": "open",
                "isPullRequest": True,
                "createdAt": "2024-02-01T10:00:00.000Z",
            }
            for number, author in repository.authors.items()
            if wanted in {"", author}
        ]
        self._json({"discussions": found, "count": len(found), "start": 0})

    def _file(self, hub_id: str, rest: str) -> None:
        repository = self.stand_in.models.get(hub_id)
        if repository is None:
            return self._answer(404, b"", {"X-Error-Code": "RepoNotFound"})
        if repository.is_gated:
            return self._answer(401, b"", {"X-Error-Code": "GatedRepo"})
        for revision, files in repository.files.items():
            commit = commit_of(hub_id, revision)
            for known in (commit, revision):
                name = rest.removeprefix(f"{known}/")
                if name != rest and name in files:
                    return self._found(name, files[name], commit)
        return self._answer(404, b"", {"X-Error-Code": "EntryNotFound"})

    def _found(self, name: str, content: bytes, commit: str) -> None:
        headers = {"X-Repo-Commit": commit}
        if not is_large(name):
            return self._body(content, headers | {"ETag": f'"{git_digest(content)}"'})
        sha256 = hashlib.sha256(content).hexdigest()
        headers |= {"X-Linked-Etag": f'"{sha256}"', "X-Linked-Size": str(len(content))}
        # As the hub does: large files lie elsewhere, and another host has them.
        location = f"{self.stand_in.elsewhere}/lfs/{sha256}"
        return self._answer(302, b"", headers | {"Location": location})

    def _large(self, sha256: str) -> None:
        for repository in self.stand_in.models.values():
            for files in repository.files.values():
                for content in files.values():
                    if hashlib.sha256(content).hexdigest() == sha256:
                        return self._body(content, {"ETag": f'"{sha256}"'})
        return self._answer(404, b"")

    def _body(self, content: bytes, headers: dict[str, str]) -> None:
        kind = self.trouble.kind if self.trouble is not None else ""
        if kind == "wrong":
            content = content[:-1] + bytes([content[-1] ^ 1])
        start, status = 0, 200
        asked = self.headers.get("Range", "")
        if asked and kind != "whole":
            start, status = int(asked.removeprefix("bytes=").partition("-")[0]), 206
            if start >= len(content):
                return self._answer(416, b"", {"Content-Range": f"bytes */{len(content)}"})
            headers |= {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
        return self._send(status, content[start:], headers, kind)

    def _send(self, status: int, body: bytes, headers: dict[str, str], kind: str) -> None:
        self._head(status, len(body), headers)
        if self.command == "HEAD":
            return
        arrives = body[: self.trouble.after] if self.trouble is not None and kind in {"cut", "hold"} else body
        for begin in range(0, len(arrives), _BLOCK):
            self._write(arrives[begin : begin + _BLOCK])
        if kind == "hold":
            self.stand_in.held.set()
            self.stand_in.released.wait(30)
        if kind in {"cut", "hold"}:
            self.close_connection = True

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self._head(status, len(body), headers or {})
        if self.command != "HEAD":
            self._write(body)

    def _json(self, value: object) -> None:
        self._answer(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(length)}).items():
            self.send_header(name, value)
        self.end_headers()

    def _write(self, content: bytes) -> None:
        try:
            self.wfile.write(content)
            self.wfile.flush()
            self.note.n_sent += len(content)
        except OSError:  # the client went away, as some tests want
            self.close_connection = True


def is_large(name: str) -> bool:
    return name.endswith((".safetensors", ".bin", ".onnx", "tokenizer.json"))


def git_digest(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
