"""One file from the hub to the disk: from where it was left, as often as needed, and only if it is the right one."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from verbatlas.encoders.hub.plan import HubFile
from verbatlas.encoders.hub.session import Session, is_passing, pause_before
from verbatlas.encoders.hub.watch import Watch
from verbatlas.errors import Problem, UserError

if TYPE_CHECKING:
    import httpx2

_BLOCK = 1024 * 1024
_SHA256_DIGITS = 64
_RANGE_IMPOSSIBLE = 416
_PARTIAL = 206


class _Fingerprint:
    """The digest of a file as it grows, the way the hub counts it, and its SHA-256."""

    def __init__(self, file: HubFile) -> None:
        self._file = file
        self._is_git = len(file.digest) != _SHA256_DIGITS
        self.begin_again()

    def begin_again(self) -> None:
        """Forget all content."""
        self._sha256 = hashlib.sha256()
        # Not for safety but because git knows small files by nothing else.
        self._git = hashlib.sha1(f"blob {self._file.size}\0".encode("ascii"), usedforsecurity=False)
        self.size = 0

    def update(self, content: bytes) -> None:
        self.size += len(content)
        self._sha256.update(content)
        if self._is_git:
            self._git.update(content)

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()

    @property
    def is_right(self) -> bool:
        found = self._git.hexdigest() if self._is_git else self.sha256
        return self.size == self._file.size and found == self._file.digest


@dataclass(frozen=True, slots=True)
class Transfer:
    """What all files of one download share.

    Attributes:
        visit: The open way to the hub.
        watch: Who is told of every byte, and can stop it.
        hub_id: The model.
        folder: Where the files go; it is there.
    """

    visit: Session
    watch: Watch
    hub_id: str
    folder: Path

    def part(self, file: HubFile) -> Path:
        """Return where a file lies while it is fetched: one of another content is another one."""
        return self.folder / f"{file.name}.{file.digest[:16]}.part"

    def n_present(self, file: HubFile) -> int:
        """Return how many bytes of a file are there, whole or in part."""
        for path in (self.folder / file.name, self.part(file)):
            if path.is_file():
                return min(path.stat().st_size, file.size)
        return 0

    def fetch(self, file: HubFile) -> str:
        """Bring a file, or what is missing of it, and return its SHA-256.

        The bytes that are there are read again, so that it does not matter how they came to be there.

        Raises:
            UserError: It arrived otherwise than the hub has it (MODEL_CHANGED_ON_WAY).
            HfHubHTTPError: The hub refuses.
            TransportError: It does not answer.
            OSError: The disk refuses.
            Cancelled: It is no longer wanted.
        """
        whole, part = self.folder / file.name, self.part(file)
        part.parent.mkdir(parents=True, exist_ok=True)
        if whole.is_file():
            whole.replace(part)
        was_there = part.is_file()
        fingerprint = self._fill(file, part)
        if not fingerprint.is_right and was_there:  # what lay here may be what is wrong: once more from the beginning
            self._forget(part)
            fingerprint = self._fill(file, part)
        if not fingerprint.is_right:
            self._forget(part)
            host = self.visit.network.host
            raise UserError(Problem.MODEL_CHANGED_ON_WAY, model=self.hub_id, file=file.name, host=host)
        part.replace(whole)
        return fingerprint.sha256

    def _fill(self, file: HubFile, part: Path) -> _Fingerprint:
        """Fetch until the part has all bytes that the file should have, or no try brings any more of them."""
        patience = self.visit.patience
        with part.open("ab+", buffering=0) as target:
            fingerprint = self._read_again(file, target)
            tries, farthest = 0, fingerprint.size
            while fingerprint.size < file.size:
                trouble: Exception | None = None
                try:
                    self._receive(file, target, fingerprint)
                except Exception as error:
                    if not is_passing(error):
                        raise
                    trouble = error
                tries = 0 if fingerprint.size > farthest else tries + 1
                farthest = max(farthest, fingerprint.size)
                if tries >= patience.tries:
                    raise trouble or UserError(Problem.HUB_FAILING, host=self.visit.network.host, status=file.name)
                if fingerprint.size < file.size:
                    self.watch.wait(pause_before(max(tries, 1), patience, trouble))
            os.fsync(target.fileno())
            return fingerprint

    def _read_again(self, file: HubFile, target: BinaryIO) -> _Fingerprint:
        fingerprint = _Fingerprint(file)
        target.seek(0)
        while block := target.read(_BLOCK):
            self.watch.check()
            fingerprint.update(block)
        return fingerprint

    def _receive(self, file: HubFile, target: BinaryIO, fingerprint: _Fingerprint) -> None:
        """Append what the hub sends, from the byte that is missing on."""
        from huggingface_hub import hf_hub_url, hf_raise_for_status  # noqa: PLC0415 - heavy
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined] # noqa: PLC0415

        visit = self.visit
        url = hf_hub_url(self.hub_id, file.name, revision=file.revision, endpoint=visit.network.endpoint)
        headers = build_hf_headers(token=visit.api.token, library_name="verbatlas") | {"Accept-Encoding": "identity"}
        if fingerprint.size:
            headers["Range"] = f"bytes={fingerprint.size}-"
        with visit.client.stream("GET", url, headers=headers) as response:
            cannot_continue = response.status_code == _RANGE_IMPOSSIBLE
            if not cannot_continue:
                hf_raise_for_status(response)
            if fingerprint.size and not _continues(response, fingerprint.size):
                target.truncate(0)
                self.watch.advance(-fingerprint.size)
                fingerprint.begin_again()
            if not cannot_continue:
                self._append(response.iter_bytes(), file, target, fingerprint)

    def _append(self, contents: Iterator[bytes], file: HubFile, target: BinaryIO, fingerprint: _Fingerprint) -> None:
        for content in contents:
            self.watch.write(target, content)
            fingerprint.update(content)
            if fingerprint.size > file.size:  # never the right one, and perhaps without an end
                return

    def _forget(self, part: Path) -> None:
        size = part.stat().st_size
        part.unlink()
        self.watch.advance(-size)


def _continues(response: "httpx2.Response", start: int) -> bool:
    """Return whether the answer goes on from the byte that was asked for."""
    begins = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return response.status_code == _PARTIAL and begins == str(start)
