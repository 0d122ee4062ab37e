"""Where the vectors of texts lie in the vector cache: found by digest, for any number of texts at once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DIGEST_BYTES = 16
_ABSENT = -1


def digests_of(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Return one BLAKE2b digest per text: uint8, shape (n_texts, DIGEST_BYTES); any text has one."""
    digests = [
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest() for text in texts
    ]
    return np.frombuffer(b"".join(digests), np.uint8).reshape(len(digests), DIGEST_BYTES)


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where some texts lie; parallel arrays, shape (n_texts,).

    Attributes:
        blocks: int64, the number of the block; -1 for a text that is not there.
        slots: int64, the place in the block.
    """

    blocks: NDArray[np.int64]
    slots: NDArray[np.int64]

    @property
    def found(self) -> NDArray[np.bool_]:
        """Which texts are there: bool, shape (n_texts,)."""
        found: NDArray[np.bool_] = self.blocks != _ABSENT
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """Entries by rising key, the newer of two equal ones behind."""

    keys: NDArray[np.uint64]  # the first half of a digest
    rests: NDArray[np.uint64]  # the second
    blocks: NDArray[np.int64]
    slots: NDArray[np.int32]

    def then(self, newer: "_Run") -> "_Run":
        keys = np.concatenate([self.keys, newer.keys])
        order = np.argsort(keys, kind="stable")
        return _Run(
            keys[order],
            np.concatenate([self.rests, newer.rests])[order],
            np.concatenate([self.blocks, newer.blocks])[order],
            np.concatenate([self.slots, newer.slots])[order],
        )


class CacheIndex:
    """The digests of all texts whose vectors are kept for one encoder; 28 bytes of memory each.

    Sorted runs that are joined when they are of like size (O'Neil et al. 1996, The log-structured merge-tree): a job
    that keeps a million vectors in 500 parts sorts each some ten times, not 500 times. Should two texts share the first
    half of their digests (one pair in 10^19), only the newer is found, and the other encoded again.
    """

    def __init__(self) -> None:
        self.last_block = 0  # the newest one known here
        self._runs: list[_Run] = []

    def __len__(self) -> int:
        return sum(len(run.keys) for run in self._runs)

    def add(self, block: NDArray[np.int64], slots: NDArray[np.int64], digests: NDArray[np.uint8]) -> None:
        """Take in more entries, newer than all before: parallel arrays, blocks rising, digests as of digests_of."""
        if not len(block):
            return
        keys, rests = _halves(digests)
        order = np.argsort(keys, kind="stable")
        self._runs.append(_Run(keys[order], rests[order], block[order], slots[order].astype(np.int32)))
        self.last_block = int(block[-1])
        while len(self._runs) > 1 and len(self._runs[-2].keys) <= 2 * len(self._runs[-1].keys):
            newer = self._runs.pop()
            self._runs.append(self._runs.pop().then(newer))

    def find(self, digests: NDArray[np.uint8]) -> Places:
        """Return where the newest entry of every digest lies."""
        keys, rests = _halves(digests)
        blocks, slots = np.full(len(keys), _ABSENT, np.int64), np.zeros(len(keys), np.int64)
        for run in self._runs:
            place = np.maximum(np.searchsorted(run.keys, keys, side="right") - 1, 0)
            hit = (run.keys[place] == keys) & (run.rests[place] == rests)
            blocks[hit], slots[hit] = run.blocks[place[hit]], run.slots[place[hit]]
        return Places(blocks, slots)


def _halves(digests: NDArray[np.uint8]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    both = np.ascontiguousarray(digests).view("<u8").reshape(len(digests), 2)
    return both[:, 0].astype(np.uint64), both[:, 1].astype(np.uint64)
