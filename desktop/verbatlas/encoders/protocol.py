"""What every encoder is: documents in, unit vectors out, and an identity so that vectors are never mixed up."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from verbatlas.progress import Report, no_report


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """All that determines the vector of a text. Vectors may be mixed only when their identities are equal.

    Attributes:
        model: The model's name.
        revision: Which weights: a digest, or the version of the algorithm.
        pooling: How token vectors become one: ``mean``, ``cls``, …; ``none`` where there are no tokens.
        prompt: The instruction put before every document; blank for none.
        precision: The arithmetic, such as ``fp32``, and what ran it where that can change a vector.
        fitted_on: A digest of the documents, for encoders that learn from them; blank for others.
        reading: How texts are read that are longer than the model's input; blank for their beginnings only.
    """

    model: str
    revision: str
    pooling: str
    prompt: str
    precision: str
    fitted_on: str = ""
    reading: str = ""

    def key(self) -> str:
        """Return all fields as one line of text, for caches and files."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    def is_comparable(self, other: "EncoderIdentity") -> bool:
        """Return whether a query's vectors may be compared with the other's: in all but the precision they are equal.

        A study that moves to another computer is searched with the arithmetic that runs there. Vectors of one table
        are made by one identity all the same.
        """
        return replace(self, precision=other.precision) == other

    @classmethod
    def from_key(cls, key: str) -> "EncoderIdentity":
        """Return the identity whose :meth:`key` is ``key``.

        Raises:
            ValueError: It is no such text.
        """
        try:
            return cls(**json.loads(key))
        except TypeError as error:
            raise ValueError(f"not the key of an encoder's identity: {key!r}") from error


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """The vectors of some documents.

    Attributes:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length.
        identity: What made them.
        n_cut: How many documents are longer than the encoder reads; only their beginnings count.
    """

    vectors: NDArray[np.float32]
    identity: EncoderIdentity
    n_cut: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """What an encoder makes of documents.

    Attributes:
        vectors: float32, shape (n_documents, n_dimensions), rows of unit length.
        identity: What made them.
        cut: bool, shape (n_documents,): which documents are longer than the encoder reads.
    """

    vectors: NDArray[np.float32]
    identity: EncoderIdentity
    cut: NDArray[np.bool_]


@runtime_checkable
class LearningEncoder(Protocol):
    """What an encoder that learns from its documents can do besides: encode others in the same space."""

    def encode_more(self, texts: Sequence[str], *, learnt_from: Sequence[str], report: Report = no_report) -> Encoded:
        """Return the vectors of ``texts`` among those that ``encode`` gave ``learnt_from``; zero if they share nothing.

        The identity is that of the vectors of ``learnt_from``.

        Raises:
            Cancelled: The reporter no longer wants the vectors.
        """


class Encoder(Protocol):
    """Turns documents into vectors."""

    @property
    def name(self) -> str:
        """The name by which a person chooses the encoder."""

    @property
    def learns(self) -> bool:
        """Whether it learns from the documents that it encodes, and so must be given all of them at once."""

    def prepare(self, *, report: Report = no_report) -> None:
        """Do what is needed once before the first document, such as loading a model.

        Raises:
            UserError: MODEL_MISSING, MODEL_DAMAGED or MODEL_REFUSED.
            Cancelled: The reporter no longer wants it.
        """

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one unit vector per document; ``report`` counts documents, at every batch.

        Without documents it still tells its identity.

        Raises:
            UserError: MODEL_MISSING, MODEL_DAMAGED or MODEL_REFUSED, when :meth:`prepare` was not called.
            Cancelled: The reporter no longer wants the vectors.
        """

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        """Return one unit vector per search query, to be compared with those of :meth:`encode`, whose identity it has.

        Raises:
            UserError: MODEL_MISSING or MODEL_DAMAGED, when :meth:`prepare` was not called.
            Cancelled: The reporter no longer wants the vectors.
        """
