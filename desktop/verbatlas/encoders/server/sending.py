"""Batches of texts to vectors: tried again, divided and shortened until the server takes them, and always checked."""

import asyncio
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.server.answers import raw_vectors, unit
from verbatlas.encoders.server.batches import Limits
from verbatlas.encoders.server.connection import Connection
from verbatlas.encoders.server.conversation import Settled
from verbatlas.encoders.server.fingerprint import PROBE, is_same_model
from verbatlas.encoders.server.lengths import length_to_try
from verbatlas.encoders.server.patience import Flow, Patience, patiently
from verbatlas.encoders.server.trouble import Kind, Trouble
from verbatlas.errors import Problem, UserError

_TOLD_TRIES = 4  # as often the server's own numbers say how long a text may be; then halves do

Part = tuple[NDArray[np.float32], NDArray[np.bool_]]  # unit vectors, and which texts were cut


class Sending:
    """Asks one server for vectors over one connection."""

    def __init__(
        self,
        connection: Connection,
        settled: Settled,
        *,
        address: str,
        patience: Patience,
        flow: Flow,
        limits: Limits,
    ) -> None:
        self._connection = connection
        self._settled = settled
        self._address = address
        self._patience = patience
        self._flow = flow
        self._limits = limits
        self._waiting: dict[object, int] = {}

    @property
    def waits_for_try(self) -> int:
        """Which try is waited for, the highest of all requests; 0 while none has to be tried again."""
        return max(self._waiting.values(), default=0)

    async def vectors(self, texts: Sequence[str]) -> Part:
        """Return the vectors of ``texts``, which are not blank.

        Raises:
            UserError: Another model answers than before (SERVER_CHANGED).
            Trouble: With what is still wrong after the last try.
        """
        return (await self._halved(texts))[0]

    async def _halved(self, texts: Sequence[str]) -> tuple[Part, bool]:
        """Return the vectors of ``texts``, and whether the server took them in one request."""
        try:
            return (await self._whole(texts), np.zeros(len(texts), np.bool_)), True
        except Trouble as trouble:
            if trouble.kind is not Kind.REFUSED:
                raise
            words = trouble.words
        if len(texts) == 1:
            return await self._shortened(texts[0], words), False
        middle = len(texts) // 2
        halves = [await self._halved(half) for half in (texts[:middle], texts[middle:])]
        if all(is_whole for _part, is_whole in halves):  # so they were only too many
            self._limits.most = max(1, min(self._limits.most, middle))
        vectors, cut = zip(*(part for part, _is_whole in halves), strict=True)
        return (np.concatenate(vectors), np.concatenate(cut)), False

    async def _shortened(self, text: str, words: str) -> Part:
        """Return the vector of as much of ``text`` as the server takes."""
        for number in range(len(text)):
            text = text[: length_to_try(len(text), words if number < _TOLD_TRIES else "")]
            if not text.strip():
                break
            try:
                vectors = await self._whole([text])
            except Trouble as trouble:
                if trouble.kind is not Kind.REFUSED:
                    raise
                words = trouble.words
                continue
            self._limits.surely = min(self._limits.surely, len(text))
            return vectors, np.ones(1, np.bool_)
        raise Trouble(Kind.REFUSED, words)

    async def _whole(self, texts: Sequence[str]) -> NDArray[np.float32]:
        request = object()

        def waits(number: int) -> None:
            self._waiting.pop(request, None)
            if number:
                self._waiting[request] = number
                self._flow.failed()

        return await patiently(lambda: self._once(texts), patience=self._patience, waits=waits)

    async def _once(self, texts: Sequence[str]) -> NDArray[np.float32]:
        began = time.monotonic()
        settled = self._settled
        try:
            answer = await self._connection.embed([*texts, PROBE], model=settled.model.name, encoding=settled.encoding)
            vectors = unit(raw_vectors(answer, n_texts=len(texts) + 1))
        except Trouble as trouble:
            if trouble.kind is Kind.NOT_FOUND:  # it was there when the work began
                raise self._changed() from None
            trouble.text = "" if trouble.row is None else [*texts, PROBE][trouble.row]
            raise
        if vectors.shape[1] != len(settled.probe):
            raise UserError(
                Problem.SERVER_DIMENSION, url=self._address, before=len(settled.probe), now=vectors.shape[1]
            )
        if not is_same_model(vectors[-1], settled.probe):
            raise self._changed()
        self._flow.answered(time.monotonic() - began)
        return vectors[:-1]

    def _changed(self) -> UserError:
        return UserError(Problem.SERVER_CHANGED, url=self._address, model=self._settled.model.name)


async def send_all(
    sending: Sending, texts: Sequence[str], parts: Sequence[NDArray[np.int64]], *, flow: Flow, arrived: "Arrived"
) -> None:
    """Send the parts of ``texts``, as many at a time as ``flow`` allows, and put what comes back into ``arrived``.

    Raises:
        UserError: As :meth:`Sending.vectors`; what was on its way then is given up.
        Trouble: As :meth:`Sending.vectors`.
    """
    waiting = list(reversed(parts))
    active: dict[asyncio.Task[Part], NDArray[np.int64]] = {}
    try:
        while waiting or active:
            while waiting and len(active) < flow.allowed:
                part = waiting.pop()
                active[asyncio.create_task(sending.vectors([texts[place] for place in part]))] = part
            finished, _ = await asyncio.wait(active, return_when=asyncio.FIRST_COMPLETED)
            for task in finished:
                arrived.put(active.pop(task), task.result())
    finally:
        for task in active:
            task.cancel()
        await asyncio.gather(*active, return_exceptions=True)


class Arrived:
    """The vectors that have come back so far.

    Attributes:
        vectors: float32, shape (n_texts, n_dimensions); zero where none has come.
        cut: bool, shape (n_texts,): which texts the server did not take whole.
        n_done: How many have come.
    """

    def __init__(self, n_texts: int, n_dimensions: int) -> None:
        self.vectors: NDArray[np.float32] = np.zeros((n_texts, n_dimensions), np.float32)
        self.cut: NDArray[np.bool_] = np.zeros(n_texts, np.bool_)
        self.n_done = 0
        self._new: list[NDArray[np.int64]] = []

    def put(self, places: NDArray[np.int64], part: Part) -> None:
        """Put a part where it belongs."""
        vectors, cut = part
        self.vectors[places] = vectors
        self.cut[places] |= cut
        self.n_done += len(places)
        self._new.append(places)

    def new(self) -> NDArray[np.int64]:
        """Return the places of what has come since this was asked last."""
        new, self._new = self._new, []
        return np.concatenate(new) if new else np.zeros(0, np.int64)
