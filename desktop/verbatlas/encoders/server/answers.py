"""What a server answers, checked and made into vectors."""

import base64
import binascii

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.server.trouble import Kind, Trouble

_SHORTEST = 1e-6  # of a vector that points anywhere


def raw_vectors(answer: object, *, n_texts: int) -> NDArray[np.float32]:
    """Return the vectors in the order of the texts, of the length that they came with.

    Args:
        answer: The values of the answer's JSON.
        n_texts: How many texts were sent.

    Returns:
        float32, shape (n_texts, n_dimensions), finite, none of them zero.

    Raises:
        Trouble: The answer is something else (NOT_VECTORS), is not about every text once (WRONG_COUNT), or has a
            vector that is none (NOT_FINITE).
    """
    rows = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise Trouble(Kind.NOT_VECTORS, str(answer)[:2_000])
    places = [_place(row, position) for position, row in enumerate(rows)]
    if sorted(places) != list(range(n_texts)):
        raise Trouble(Kind.WRONG_COUNT, f"{len(set(places))} / {n_texts}")
    read: list[NDArray[np.float32] | None] = [None] * n_texts
    for place, row in zip(places, rows, strict=True):
        read[place] = _vector(row)
    vectors = [vector for vector in read if vector is not None]
    if len({len(vector) for vector in vectors}) > 1:
        raise Trouble(Kind.NOT_VECTORS, "/".join(str(len(vector)) for vector in vectors))
    stacked = np.stack(vectors)
    lengths = np.linalg.norm(stacked.astype(np.float64), axis=1)
    wrong = np.flatnonzero(~(np.isfinite(lengths) & (lengths > _SHORTEST)))
    if len(wrong):
        raise Trouble(Kind.NOT_FINITE, row=int(wrong[0]))
    return stacked


def answering_model(answer: object) -> str:
    """Return what the answer says that the model is called; blank where it says nothing."""
    name = answer.get("model") if isinstance(answer, dict) else None
    return name if isinstance(name, str) else ""


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``vectors`` divided by their lengths; the lengths are summed up in float64."""
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=-1, keepdims=True)
    divided: NDArray[np.float32] = (vectors / lengths).astype(np.float32)
    return divided


def _place(row: object, position: int) -> int:
    """Return which text a row is about: most servers number them, and then the order may be any."""
    index = row.get("index", position) if isinstance(row, dict) else position
    return index if isinstance(index, int) else -1


def _vector(row: object) -> NDArray[np.float32]:
    sent = row.get("embedding") if isinstance(row, dict) else None
    try:
        if isinstance(sent, str):
            vector = np.frombuffer(base64.b64decode(sent, validate=True), dtype="<f4").astype(np.float32)
        else:
            # An entry that is no number, as null for NaN, is told as one that is not finite.
            with np.errstate(over="ignore"):
                vector = np.array(sent, dtype=np.float32)
    except (TypeError, ValueError, OverflowError, binascii.Error):
        vector = np.zeros(0, np.float32)
    if vector.ndim != 1 or not len(vector):
        raise Trouble(Kind.NOT_VECTORS, str(row)[:2_000])
    return vector
