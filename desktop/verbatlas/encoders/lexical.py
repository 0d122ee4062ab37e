"""The lexical encoder: no model at all, only which characters stand next to each other."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from verbatlas.encoders.axes import N_PASSES, principal_axes
from verbatlas.encoders.batching import READ_CHARACTERS, cut_documents
from verbatlas.encoders.grams import Vocabulary, blocks, learn_vocabulary, strongest, weigh
from verbatlas.encoders.names import LEXICAL
from verbatlas.encoders.protocol import Encoded, EncoderIdentity
from verbatlas.progress import Report, no_report

N_DIMENSIONS = 256
# Learning from more text than this changes little but takes minutes: larger tables are learnt from an even sample.
_LEARNT_CHARACTERS = 2_000_000
_LARGEST_VOCABULARY = 100_000
# Among many documents, a sequence that only one of them has says nothing about its neighbours.
_MANY_DOCUMENTS = 2_000
_NOTHING = 1e-6  # the length of a vector that is zero but for rounding
_REVISION = "2"

_Part = TypeVar("_Part")


class LexicalEncoder:
    """Encodes by TF-IDF of character n-grams, reduced by a truncated singular value decomposition (LSA).

    Deerwester et al. 1990, Indexing by latent semantic analysis. It learns from the documents it encodes, so vectors of
    two tables must never be compared; the identity's ``fitted_on`` keeps them apart.
    """

    name = LEXICAL
    learns = True

    def __init__(self, *, seed: int) -> None:
        self._seed = seed

    def prepare(self, *, report: Report = no_report) -> None:
        """Need nothing: there is no model to load."""
        report(1, 1)

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one vector per document: float32, shape (n_documents, n_dimensions), rows of unit length.

        There are as many dimensions as the documents have directions, at most 256; and one more where some document
        shares no sequence with any other. Such documents have the same vector, at a right angle to all others.

        Raises:
            Cancelled: The reporter no longer wants the vectors.
        """
        identity = self._identity(documents)
        if not documents:
            return Encoded(np.zeros((0, 1), dtype=np.float32), identity, np.zeros(0, np.bool_))
        vectors, is_zero = _encode(documents, documents, n_dimensions=N_DIMENSIONS, seed=self._seed, report=report)
        if is_zero.any():
            vectors = np.hstack([vectors, is_zero.astype(np.float32)])
        return Encoded(vectors, identity, cut_documents(documents))

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return what :meth:`encode` does: vectors in a space of the queries' own.

        To compare queries with documents, learn from the documents: :meth:`encode_more`.

        Raises:
            Cancelled: The reporter no longer wants the vectors.
        """
        return self.encode(queries, report=report)

    def encode_more(self, texts: Sequence[str], *, learnt_from: Sequence[str], report: Report = no_report) -> Encoded:
        """Return the vectors of ``texts`` among those that :meth:`encode` gave ``learnt_from``: unit rows.

        Only the learning is done again, which takes as long for a million documents as for some ten thousand. A text
        that shares nothing with the documents is a row of zeros.

        Raises:
            Cancelled: The reporter no longer wants the vectors.
        """
        identity = self._identity(learnt_from)
        if not learnt_from or not texts:
            return Encoded(np.zeros((len(texts), 1), np.float32), identity, np.zeros(len(texts), np.bool_))
        vectors, _is_zero = _encode(learnt_from, texts, n_dimensions=N_DIMENSIONS, seed=self._seed, report=report)
        return Encoded(vectors, identity, cut_documents(texts))

    def _identity(self, documents: Sequence[str]) -> EncoderIdentity:
        return EncoderIdentity(
            model="lexical",
            revision=f"{_REVISION}, seed {self._seed}",
            pooling="none",
            prompt="",
            precision="fp32",
            fitted_on=_digest(documents),
        )


def wording(
    documents: Sequence[str], *, n_dimensions: int, n_grams: int, seed: int, report: Report = no_report
) -> tuple[NDArray[np.float32], scipy.sparse.csr_matrix]:
    """Return where documents lie along the strongest axes of their wording, and the wording itself.

    Args:
        documents: At least one text.
        n_dimensions: How many axes at most.
        n_grams: How many sequences of characters of one document at most, those that weigh most.
        seed: Where the search for the axes begins.
        report: Told how many documents of all are done.

    Returns:
        The axes: float32, shape (n_documents, at most ``n_dimensions``), as the lexical encoder learns them. And how
        much each sequence weighs: float32, shape (n_documents, n_sequences). Rows of both are of unit length, or zero
        where a document shares nothing with any other.

    Raises:
        Cancelled: The reporter no longer wants the axes.
    """
    kept: list[scipy.sparse.csr_matrix] = []

    def keep(weights: scipy.sparse.csr_matrix) -> None:
        kept.append(strongest(weights, most=n_grams))

    axes = _encode(documents, documents, n_dimensions=n_dimensions, seed=seed, report=report, weighed=keep)[0]
    return axes, scipy.sparse.vstack(kept, format="csr")


def _ignored(_weights: scipy.sparse.csr_matrix) -> None: ...


def _encode(
    learnt_from: Sequence[str],
    documents: Sequence[str],
    *,
    n_dimensions: int,
    seed: int,
    report: Report,
    weighed: Callable[[scipy.sparse.csr_matrix], None] = _ignored,
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return unit rows along the axes of ``learnt_from``, and which are zero: shape (n_documents, 1).

    ``weighed`` is given the weights of the documents' sequences, some documents at a time, in their order.
    """
    learnt, every = list(blocks(_sample(learnt_from))), list(blocks(documents))
    # Learn the vocabulary, weigh, find the axes, project.
    work = _Work(report, n_documents=len(learnt_from), n_parts=(2 + N_PASSES) * len(learnt) + len(every))
    n_learnt = sum(map(len, learnt))
    vocabulary = learn_vocabulary(
        work.through(learnt), min_documents=2 if n_learnt >= _MANY_DOCUMENTS else 1, size=_LARGEST_VOCABULARY
    )
    weights = [weigh(part, vocabulary) for part in work.through(learnt)]
    axes = principal_axes(
        lambda: work.through(weights),
        n_rows=n_learnt,
        n_columns=len(vocabulary.codes),
        n_axes=n_dimensions,
        seed=seed,
    )
    return _project(work.through(every), vocabulary, axes, n_documents=len(documents), weighed=weighed)


class _Work:
    """Tells the progress of several passes over parts as a number of documents."""

    def __init__(self, report: Report, *, n_documents: int, n_parts: int) -> None:
        self._report = report
        self._n_documents, self._n_parts, self._done = n_documents, n_parts, 0

    def through(self, parts: Iterable[_Part]) -> Iterator[_Part]:
        for part in parts:
            self._report(self._n_documents * self._done // self._n_parts, self._n_documents)
            yield part
            self._done += 1
        self._report(self._n_documents * self._done // self._n_parts, self._n_documents)


def _sample(documents: Sequence[str]) -> Sequence[str]:
    """Return evenly spaced documents of about as much text as is learnt from; all of them where that is enough."""
    characters = sum(min(len(document), READ_CHARACTERS) for document in documents)
    return documents[:: max(1, round(characters / _LEARNT_CHARACTERS))]


def _project(
    parts: Iterable[Sequence[str]],
    vocabulary: Vocabulary,
    axes: NDArray[np.float32],
    *,
    n_documents: int,
    weighed: Callable[[scipy.sparse.csr_matrix], None],
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return unit rows, and which documents have no direction along the axes: those are rows of zeros."""
    vectors = np.empty((n_documents, axes.shape[1]), dtype=np.float32)
    zero = np.empty((n_documents, 1), dtype=np.bool_)
    start = 0
    for part in parts:
        rows = slice(start, start + len(part))
        weights = weigh(part, vocabulary)
        weighed(weights)
        projected = weights @ axes
        lengths = np.linalg.norm(projected, axis=1, keepdims=True)
        zero[rows] = lengths <= _NOTHING
        vectors[rows] = np.where(zero[rows], 0, projected / np.maximum(lengths, _NOTHING))
        start += len(part)
    return vectors, zero


def _digest(documents: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for document in documents:
        encoded = document.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little"))
        digest.update(encoded)
    return digest.hexdigest()
