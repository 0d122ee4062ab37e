"""The vectors of the first rows, kept while an embedding is made: a job that was killed goes on after them."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.errors import UserError
from verbatlas.study.arrays import adopt_array, append_parts, new_generation, read_parts
from verbatlas.study.seals import forget_fact, read_facts, set_fact
from verbatlas.study.storage import Storage

_FACT = "begun_embedding"
_ARRAY = "embedding"


@dataclass(frozen=True, slots=True)
class _Begun:
    """How far it has come: rows and parts stored, what is needed to read them, and which rows were left out."""

    identity: str
    n_cut: int
    n_rows: int
    n_dimensions: int
    generation: int
    n_parts: int
    sieve: str = ""


def load_begun(storage: Storage) -> tuple[Embedding, str] | None:
    """Return the vectors stored so far, shape (n_rows_done, n_dimensions), and which rows they leave out.

    None where no embedding was begun, or where a failing disk has changed the vectors: they can be made again.

    Raises:
        UserError: STUDY_UNREADABLE, when the study itself is damaged.
    """
    with storage.reading() as connection:
        begun = _read(connection, storage.path)
        if begun is None:
            return None
        vectors = np.empty((begun.n_rows, begun.n_dimensions), np.float32)
        try:
            read_parts(connection, _ARRAY, begun.generation, vectors, storage.path)
        except UserError:
            return None
    return Embedding(vectors, EncoderIdentity.from_key(begun.identity), n_cut=begun.n_cut), begun.sieve


def store_next(
    connection: sqlite3.Connection,
    path: Path,
    start: int,
    embedding: Embedding,
    *,
    n_documents: int,
    sieve: str,
) -> bool:
    """Store the vectors of the next rows; those of the first row begin anew. Part of the caller's transaction.

    Returns:
        Whether all rows have their vectors now, which are then the study's embedding.

    Raises:
        ValueError: They are not the next ones, another encoder made them, or they leave out others.
    """
    vectors, identity = embedding.vectors, embedding.identity.key()
    begun = _read(connection, path) if start else None
    if begun is None:
        begun = _Begun(identity, 0, 0, vectors.shape[1], new_generation(connection, _ARRAY), 0, sieve)
    expected = (begun.n_rows, begun.identity, begun.n_dimensions, begun.sieve)
    if expected != (start, identity, vectors.shape[1], sieve):
        raise ValueError("these are not the next rows of the embedding that was begun")
    n_parts = append_parts(connection, _ARRAY, begun.generation, begun.n_parts, vectors)
    n_rows = start + len(vectors)
    if n_rows == n_documents:
        forget_begun(connection)
        adopt_array(connection, _ARRAY, begun.generation, dtype=vectors.dtype, shape=(n_rows, vectors.shape[1]))
        return True
    now = _Begun(identity, embedding.n_cut, n_rows, vectors.shape[1], begun.generation, n_parts, sieve)
    set_fact(connection, _FACT, json.dumps([getattr(now, name) for name in _Begun.__slots__]))
    return False


def forget_begun(connection: sqlite3.Connection) -> None:
    """Let go of what was begun; part of the caller's transaction."""
    forget_fact(connection, _FACT)


def _read(connection: sqlite3.Connection, path: Path) -> _Begun | None:
    found = read_facts(connection, path).get(_FACT)
    return None if found is None else _Begun(*json.loads(found))
