"""Vectors as they lie in the vector cache: records that prove themselves, some hundred in a block."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.cache_index import DIGEST_BYTES

_BLOCK_BYTES = 256 * 1024
_CHECKSUM_BYTES = 4

# A structured array; numpy has no narrower type for it.
Records = NDArray[np.void]


class Damaged(Exception):  # noqa: N818 - what happened, as with Cancelled
    """What lies in the cache is not what was put there."""


@dataclass(frozen=True, slots=True)
class Space:
    """What makes vectors comparable.

    Attributes:
        key: All that decides the vector of a text: the key of an encoder's identity, and what else there is.
        n_dimensions: How long its vectors are.
    """

    key: str
    n_dimensions: int

    @property
    def record(self) -> np.dtype[np.void]:
        """How the vector of one text is stored; ``checksum`` is the CRC-32 of the key and of all that follows it."""
        return np.dtype(
            [
                ("checksum", "<u4"),
                ("cut", "u1"),
                ("unused", "u1", 3),
                ("digest", "u1", DIGEST_BYTES),
                ("vector", "<f4", self.n_dimensions),
            ]
        )

    @property
    def texts_per_block(self) -> int:
        """How many vectors make a block of a size that is quick to read, write and evict; at least one."""
        return max(1, _BLOCK_BYTES // self.record.itemsize)


def pack(space: Space, digests: NDArray[np.uint8], vectors: NDArray[np.float32], cut: NDArray[np.bool_]) -> Records:
    """Return the records of some texts, shape (n_texts,).

    Args:
        space: What the vectors belong to.
        digests: uint8, shape (n_texts, DIGEST_BYTES).
        vectors: float32, shape (n_texts, n_dimensions).
        cut: bool, shape (n_texts,).
    """
    records = np.zeros(len(digests), space.record)
    records["digest"], records["vector"], records["cut"] = digests, vectors, cut
    records["checksum"] = _checksums(space, records)
    return records


def are_whole(space: Space, records: Records, digests: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which records are those of the texts with these digests, just as they were packed for ``space``."""
    whole: NDArray[np.bool_] = (records["digest"] == digests).all(axis=1)
    whole &= records["checksum"] == _checksums(space, records)
    return whole


def _checksums(space: Space, records: Records) -> NDArray[np.uint32]:
    size, begun = space.record.itemsize, zlib.crc32(space.key.encode("utf-8", "surrogatepass"))
    data = np.ascontiguousarray(records).view(np.uint8).data
    return np.array(
        [zlib.crc32(data[end - size + _CHECKSUM_BYTES : end], begun) for end in range(size, len(data) + 1, size)],
        np.uint32,
    )
