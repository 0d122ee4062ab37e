"""The server encoder: documents go to an OpenAI-compatible server in batches, vectors come back checked."""

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.cached import Take
from verbatlas.encoders.family import first_known, known_prompts
from verbatlas.encoders.local.prompts import Prompts
from verbatlas.encoders.protocol import Encoded, EncoderIdentity
from verbatlas.encoders.server import hearing
from verbatlas.encoders.server.address import clean
from verbatlas.encoders.server.batches import Limits, batches
from verbatlas.encoders.server.connection import Server, connect
from verbatlas.encoders.server.conversation import Settled, settle
from verbatlas.encoders.server.keys import find_key
from verbatlas.encoders.server.lengths import sendable
from verbatlas.encoders.server.patience import PASSING, Flow, Patience, patiently
from verbatlas.encoders.server.sending import Arrived, Sending, send_all
from verbatlas.encoders.server.trouble import Kind, Trouble
from verbatlas.progress import Report, no_report

_SECONDS = 3.0  # between two times that vectors are handed out: what a killed job loses at most


@dataclass(frozen=True, slots=True)
class Served:
    """The model that a server answers with.

    Attributes:
        names: What the server calls it, the surest first.
        prompt: What is put before every document.
        identity: That of its vectors.
    """

    names: tuple[str, ...]
    prompt: str
    identity: EncoderIdentity


@dataclass(frozen=True, slots=True)
class _Ready:
    server: Server
    settled: Settled
    prompts: Prompts
    identity: EncoderIdentity
    limits: Limits
    flow: Flow


class ServerEncoder:
    """Encodes on a server that speaks the OpenAI protocol: SGLang, vLLM, Infinity, TEI, Ollama, OpenAI.

    Up to 16 requests run at a time, fewer while the server is slow. A request that meets a busy, restarting or
    unreachable server is tried again after pauses that are always the same. Every request carries a short probe, so
    that a server that has changed its model in between is found out at once.

    It signs nothing before it is prepared, as a model on this computer can (``cached.SignedEncoder``): behind the same
    address and name a server may run another model than yesterday. Only the probe's vector tells, which the revision of
    its identity, and so the vector cache, is bound to; asking for it is one short request.
    """

    learns = False

    def __init__(
        self,
        address: str,
        model: str = "",
        *,
        key: str | None = None,
        prompt: str | None = None,
        query_prompt: str | None = None,
        service: str = "",
        patience: Patience | None = None,
        waiting: Report = no_report,
    ) -> None:
        """Store what is needed; nothing is sent before :meth:`prepare`.

        Args:
            address: Such as ``http://localhost:30000/v1``.
            model: Its name at the server; blank for the first that the server lists.
            key: The API key; None for the one in the keyring or the environment.
            prompt: What the model wants before every document; None for what is known of the one that answers.
            query_prompt: What the model wants before every search query; None as for ``prompt``.
            service: A name that stands for the address in the identity; see ``Settled.identity``.
            patience: How long to put up with the server.
            waiting: Told which try of how many the work is waiting for, ten times a second while it waits; ``report``
                is silent meanwhile. It may raise Cancelled as ``report`` may.

        Raises:
            UserError: The address is none (SERVER_ADDRESS).
        """
        self._address = clean(address)
        self._model = model
        self._key = key
        self._told_prompts = Prompts(document=prompt, query=query_prompt)
        self._service = service
        self._patience = patience or Patience()
        self._waiting = waiting
        self._ready: _Ready | None = None
        self._take: Take = _leave

    @property
    def name(self) -> str:
        """The address with the model behind a ``#``, as in the settings."""
        return f"{self._address}#{self._model}" if self._model else self._address

    def prepare(self, *, report: Report = no_report) -> None:
        """Ask the server for its models and for the vector of a probe.

        Raises:
            UserError: What is wrong with the server: a Problem that begins with SERVER.
            Cancelled: The reporter no longer wants it.
        """
        self._prepared(report=report)

    def served(self, *, report: Report = no_report) -> Served:
        """Return which model answers, and how it is asked.

        Raises:
            UserError: As :meth:`prepare`.
            Cancelled: As :meth:`prepare`.
        """
        ready = self._prepared(report=report)
        return Served(ready.settled.names, ready.prompts.document or "", ready.identity)

    @contextlib.contextmanager
    def handing_out(self, take: Take) -> Iterator[None]:
        """Hand out what has come within it, as ``cached.HandingEncoder`` has it: a server may fail at any moment."""
        self._take = take
        try:
            yield
        finally:
            self._take = _leave

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one vector per document: float32, shape (n_documents, n_dimensions). Equal texts are sent once.

        A blank document is not sent: its vector is zero. A document that the server refuses for its length is cut
        until it is taken, and marked.

        Raises:
            UserError: What is wrong with the server or its answers: a Problem that begins with SERVER.
            Cancelled: The reporter no longer wants the vectors; requests on their way are given up.
        """
        prompt = self._prepared(report=no_report).prompts.document or ""
        return self._encode(documents, prompt=prompt, report=report)

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return the vectors of search queries, to be compared with those of :meth:`encode`, whose identity they have.

        Raises:
            UserError: As :meth:`encode`.
            Cancelled: As :meth:`encode`.
        """
        prompt = self._prepared(report=no_report).prompts.query or ""
        return self._encode(queries, prompt=prompt, report=report)

    def _encode(self, documents: Sequence[str], *, prompt: str, report: Report) -> Encoded:
        ready = self._prepared(report=no_report)
        texts = list(dict.fromkeys(document for document in documents if document.strip()))
        arrived = Arrived(len(texts) + 1, len(ready.settled.probe))  # the last is that of blank documents
        if texts:
            self._send(ready, texts, arrived, prompt=prompt, report=report, n_documents=len(documents))
        position = {text: row for row, text in enumerate(texts)}
        rows = np.fromiter((position.get(document, -1) for document in documents), np.int64, len(documents))
        return Encoded(arrived.vectors[rows], ready.identity, arrived.cut[rows])

    def _send(
        self, ready: _Ready, texts: list[str], arrived: Arrived, *, prompt: str, report: Report, n_documents: int
    ) -> None:
        longest = max(1, ready.limits.longest - len(prompt))
        arrived.cut[:-1] = [len(text) > longest for text in texts]
        sent = [prompt + sendable(text, longest=longest) for text in texts]
        sending: Sending | None = None
        handed_out_at = time.monotonic()

        def hand_out() -> None:
            nonlocal handed_out_at
            handed_out_at = time.monotonic()
            if len(new := arrived.new()):
                self._take([texts[place] for place in new.tolist()], arrived.vectors[new], arrived.cut[new])

        async def work() -> None:
            nonlocal sending
            async with connect(ready.server, seconds=self._patience.seconds) as connection:
                sending = Sending(
                    connection,
                    ready.settled,
                    address=self._address,
                    patience=self._patience,
                    flow=ready.flow,
                    limits=ready.limits,
                )
                await send_all(sending, sent, batches(sent, ready.limits), flow=ready.flow, arrived=arrived)

        def hear() -> None:
            if sending is not None and sending.waits_for_try:
                self._waiting(sending.waits_for_try, self._patience.n_tries)
            else:
                report(n_documents * arrived.n_done // len(texts), n_documents)
            if time.monotonic() - handed_out_at > _SECONDS:
                hand_out()

        try:
            hearing.run(work(), hear=hear)
        except Trouble as trouble:
            raise trouble.as_error(self._address) from None
        finally:
            hand_out()
        report(n_documents, n_documents)

    def _prepared(self, *, report: Report) -> _Ready:
        if self._ready is None:
            server = Server(self._address, find_key(self._address) if self._key is None else self._key)
            waits_for = 0

            def waits(number: int) -> None:
                nonlocal waits_for
                waits_for = number

            def hear() -> None:
                if waits_for:
                    self._waiting(waits_for, self._patience.n_tries)
                else:
                    report(0, 1)

            async def work() -> Settled:
                async with connect(server, seconds=self._patience.seconds) as connection:
                    return await patiently(
                        lambda: settle(connection, address=self._address, model=self._model),
                        patience=self._patience,
                        waits=waits,
                        passing=PASSING - {Kind.ABSENT},  # most likely nobody has started it yet
                    )

            try:
                settled = hearing.run(work(), hear=hear)
            except Trouble as trouble:
                raise trouble.as_error(self._address) from None
            prompts = self._told_prompts.or_else(known_prompts(settled.names))
            identity = settled.identity(server, prompt=prompts.document or "", service=self._service)
            known = first_known(settled.names)
            limits = Limits.of(settled.model.max_tokens, model_tokens=None if known is None else known.max_tokens)
            self._ready = _Ready(server, settled, prompts, identity, limits, Flow())
            report(1, 1)
        return self._ready


def _leave(texts: Sequence[str], vectors: NDArray[np.float32], cut: NDArray[np.bool_]) -> None:
    """Take nothing."""
