"""An encoder that remembers: each text is encoded once, in whichever study and run it comes again."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.batching import READ_CHARACTERS, batches_by_size, places_of
from verbatlas.encoders.cache_blocks import Space
from verbatlas.encoders.protocol import Encoded, Encoder, EncoderIdentity
from verbatlas.encoders.vector_cache import VectorCache
from verbatlas.progress import Report, no_report

# What is encoded in one go and then put on the disk: all that a killed job loses.
_TEXTS_AT_ONCE, _CHARACTERS_AT_ONCE = 2048, 250_000
_TEXTS_SOUGHT_AT_ONCE = 50_000  # about 0.1 s: the longest time between two reports
_AS_QUERIES = " as queries"  # behind the key of an identity: as a query, the same text has another vector


@runtime_checkable
class SignedEncoder(Protocol):
    """What an encoder can do besides: tell before its model is loaded what its vectors depend on."""

    def signature(self) -> str | None:
        """Return, in words, all that decides the identity: names and times of files, versions, settings.

        Equal signatures mean equal identities. None where that cannot be told without the model.
        """


Take = Callable[[Sequence[str], NDArray[np.float32], NDArray[np.bool_]], None]


@runtime_checkable
class HandingEncoder(Protocol):
    """What an encoder can do besides: hand out what is done before it has done all, since the rest may fail."""

    def handing_out(self, take: Take) -> AbstractContextManager[None]:
        """Hand what is encoded within it to ``take``, every few seconds, and what is left when encoding ends.

        ``take`` gets texts, their vectors (float32, shape (n_texts, n_dimensions)), and which texts were cut (bool,
        shape (n_texts,)); each text once, however encoding ends.
        """


class _Encode(Protocol):
    def __call__(self, documents: Sequence[str], /, *, report: Report) -> Encoded: ...


class CachedEncoder:
    """Looks texts up in a cache, has another encoder encode those that are not there, and keeps what that made.

    The last bits of a text's vector depend on the texts that a model encoded beside it, so a cached vector can differ
    in these from what the model would make now. But it is the same in every later run, whatever rows were added to the
    table, left out or put in another order, each of which changes the last bits of most vectors that a model makes
    anew: results are steadier for the cache.

    The model is loaded only for texts that are not there. Until then the identity is the one that an encoder of the
    same signature had when it was loaded last.

    Args:
        encoder: One that does not learn from its documents.
        cache: Open as long as this is used.
    """

    learns = False

    def __init__(self, encoder: Encoder, cache: VectorCache) -> None:
        self._encoder = encoder
        self._cache = cache
        self._is_prepared = False
        self._told: Encoded | None = None  # the identity, with no vectors, which yet have a length

    @property
    def name(self) -> str:
        """The name of the encoder behind it."""
        return self._encoder.name

    @property
    def is_prepared(self) -> bool:
        """Whether the encoder behind it was needed, and so was prepared."""
        return self._is_prepared

    def prepare(self, *, report: Report = no_report) -> None:
        """Load the model, whether it is needed or not.

        Raises:
            UserError: As the encoder behind it does.
            Cancelled: The reporter no longer wants it.
        """
        if self._is_prepared:
            return
        self._encoder.prepare(report=report)
        self._told = told = self._encoder.encode([])
        self._is_prepared = True
        signature = self._signature()
        if signature is not None and told.vectors.shape[1]:
            self._cache.remember(signature, Space(told.identity.key(), told.vectors.shape[1]))

    def prepare_for(
        self, texts: Sequence[str], *, as_queries: bool = False, report: Report = no_report
    ) -> NDArray[np.bool_]:
        """Load the model, unless the cache has all these texts.

        Args:
            texts: All that will be encoded.
            as_queries: Whether by :meth:`encode_queries`.
            report: Hears of the loading.

        Returns:
            Which texts the cache has: bool, shape (n_texts,).

        Raises:
            UserError: As the encoder behind it does.
            Cancelled: The reporter no longer wants it.
        """
        told = self._tell(report=report)
        held = self._held(texts, told, as_queries=as_queries, report=report)
        if held.all():
            report(1, 1)
            return held
        self.prepare(report=report)
        now = self._tell()
        return held if now.identity == told.identity else self._held(texts, now, as_queries=as_queries, report=report)

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one vector per document, as the encoder behind it makes or once made them.

        Raises:
            UserError: As the encoder behind it does.
            Cancelled: The reporter no longer wants the vectors; what was encoded stays in the cache, as it does when
                the encoder fails.
        """
        return self._through_cache(documents, self._encoder.encode, as_queries=False, report=report)

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one vector per search query, to be compared with those of :meth:`encode`.

        Raises:
            UserError: As the encoder behind it does.
            Cancelled: The reporter no longer wants the vectors.
        """
        return self._through_cache(queries, self._encoder.encode_queries, as_queries=True, report=report)

    def _through_cache(self, documents: Sequence[str], encode: _Encode, *, as_queries: bool, report: Report) -> Encoded:
        texts = list(dict.fromkeys(documents))

        def report_texts(done: int, total: int) -> None:
            report(len(documents) * done // max(1, total), len(documents))

        encoded = self._encode_each(texts, encode, as_queries=as_queries, report=report_texts)
        if encoded is None:  # now that the model is loaded, its identity is what it is
            encoded = self._encode_each(texts, encode, as_queries=as_queries, report=report_texts)
        assert encoded is not None
        if len(texts) == len(documents):  # they all differ, and are in order
            return encoded
        rows = places_of(documents, texts)
        return Encoded(encoded.vectors[rows], encoded.identity, encoded.cut[rows])

    def _encode_each(
        self, texts: Sequence[str], encode: _Encode, *, as_queries: bool, report: Report
    ) -> Encoded | None:
        """Return the vectors of texts that all differ; None where the encoder turns out to be another than foretold."""
        told = self._tell()
        if not texts:
            return told
        space = _space(told, as_queries=as_queries)
        found = self._cache.look_up(space, texts, report=lambda _done, _total: report(0, len(texts)))
        vectors, cut, missing = found.vectors, found.cut, np.flatnonzero(~found.found)
        if len(missing):
            self.prepare()
            if self._tell().identity != told.identity:
                return None
        done = len(texts) - len(missing)
        for part in _parts([texts[row] for row in missing.tolist()]):
            encoded = self._encode_and_keep(part, encode, space, report=_share(report, done, len(part), len(texts)))
            if not vectors.shape[1]:
                vectors = np.zeros((len(texts), encoded.vectors.shape[1]), np.float32)
            rows, missing = missing[: len(part)], missing[len(part) :]
            vectors[rows], cut[rows] = encoded.vectors, encoded.cut
            done += len(part)
        return Encoded(vectors, told.identity, cut)

    def _encode_and_keep(self, texts: Sequence[str], encode: _Encode, space: str, *, report: Report) -> Encoded:
        keep = partial(self._cache.keep, space)
        if isinstance(self._encoder, HandingEncoder):
            with self._encoder.handing_out(keep):
                return encode(texts, report=report)
        encoded = encode(texts, report=report)
        keep(texts, encoded.vectors, encoded.cut)
        return encoded

    def _held(self, texts: Sequence[str], told: Encoded, *, as_queries: bool, report: Report) -> NDArray[np.bool_]:
        space = _space(told, as_queries=as_queries)
        held: NDArray[np.bool_] = np.zeros(len(texts), np.bool_)
        for start in range(0, len(texts), _TEXTS_SOUGHT_AT_ONCE):
            report(0, 1)
            part = slice(start, start + _TEXTS_SOUGHT_AT_ONCE)
            held[part] = self._cache.holds(space, texts[part])
        return held

    def _tell(self, *, report: Report = no_report) -> Encoded:
        """Return the identity, with no vectors; the model is loaded only where it cannot be told otherwise."""
        if self._told is None:
            self._told = self._remembered()
        if self._told is None:
            self.prepare(report=report)
        assert self._told is not None
        return self._told

    def _remembered(self) -> Encoded | None:
        signature = self._signature()
        space = None if signature is None else self._cache.recall(signature)
        if space is None:
            return None
        with contextlib.suppress(ValueError):  # a key of another version of the program
            identity = EncoderIdentity.from_key(space.key)
            return Encoded(np.zeros((0, space.n_dimensions), np.float32), identity, np.zeros(0, np.bool_))
        return None

    def _signature(self) -> str | None:
        return self._encoder.signature() if isinstance(self._encoder, SignedEncoder) else None


def _space(told: Encoded, *, as_queries: bool) -> str:
    """Return what all vectors have in common that may be compared, and that texts have only one of."""
    return f"{told.identity.key()} {told.vectors.shape[1]}{_AS_QUERIES if as_queries else ''}"


def _parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return batches_by_size(texts, characters=_CHARACTERS_AT_ONCE, longest=READ_CHARACTERS, most=_TEXTS_AT_ONCE)


def _share(report: Report, start: int, size: int, n_texts: int) -> Report:
    """Return a reporter whose whole is ``size`` of ``n_texts`` texts, those from ``start``."""

    def report_share(done: int, total: int) -> None:
        report(start + size * done // max(1, total), n_texts)

    return report_share
