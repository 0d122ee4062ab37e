"""Texts that nearly repeat earlier ones, found by MinHash sketches and proved by the share of what they have in common.

A text is the set of its shingles: all pieces of six bytes of its bare words, which are six Latin letters or two Chinese
characters. Two texts are near duplicates when at least 80 % of the shingles of both are in both: their resemblance
(Broder, "On the resemblance and containment of documents", 1997). Candidates come from sketches of 128 values by one
permutation (Li, Owen and Zhang, "One permutation hashing", 2012), empty places filled from ones that are drawn by lot
(Shrivastava, "Optimal densification for fast and accurate minwise hashing", 2017), cut into 18 bands of 7 (Leskovec,
Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3): a pair of resemblance 0.8 shares a band in 98 of 100
cases, one of 0.9 always. Every candidate is then compared shingle by shingle, so that no text is called a near
duplicate that is none.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.bare_text import bare, is_very_short
from verbatlas.progress import Report, no_report

LEAST_RESEMBLANCE = 0.8
_SHINGLE = 6  # bytes
_PLACES, _BANDS, _IN_BAND = 128, 18, 7
_EMPTY = np.uint32(2**32 - 1)
_STEP = 0x9E3779B1  # what a lent value is moved by, so that it differs from the lender's
_MOST_DRAWS = 2000  # a text of a single shingle needs 128 on average
_LEAST_ALIKE = 0.5  # of two sketches; further apart the shingles need not be compared
_LONGEST_READ = 100_000  # characters
_BYTES_AT_ONCE = 128 * 1024  # small enough for the processor's memory, and not to hold the interpreter for long
_PAIRS_AT_ONCE = 4096
_MOST_ROUNDS = 48
_SKETCHING, _BANDING = 0.6, 0.25  # shares of the whole time

Sketches = NDArray[np.uint16]
Number = TypeVar("Number", np.int64, np.uint64)


def near_duplicates(texts: Sequence[str], *, seed: int, report: Report = no_report) -> NDArray[np.int32]:
    """Return for every text the earlier one that it nearly repeats, or its own position.

    Texts are compared without case, punctuation and symbols. Very short ones are near duplicates of one another only
    where nothing else is different, very long ones by their first 100,000 characters. The one that is repeated repeats
    none itself: there are no chains along which texts could drift apart. Where very many texts are alike but not enough
    so, some repeats may not be found.

    Args:
        texts: Different ones, in any script; blank ones repeat nothing.
        seed: Decides what the sketches are made of.
        report: Told how many of ``texts`` are done.

    Returns:
        int32, shape (n_texts,); the same for the same texts and seed.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    n = len(texts)
    repeated = np.arange(n, dtype=np.int32)
    shorts: dict[bytes, int] = {}
    long: list[int] = []
    sketches = np.empty((n, _PLACES), np.uint16)
    for first, words in _portions(texts):
        report(int(_SKETCHING * first), n)
        bodies = []
        for position, body in enumerate(words, start=first):
            if is_very_short(body):
                repeated[position] = shorts.setdefault(body, position) if body else position
            else:
                long.append(position)
                bodies.append(body)
        if bodies:
            sketches[len(long) - len(bodies) : len(long)] = _sketches(bodies, seed)
    if len(long) > 1:
        where = np.array(long, np.int32)
        found = _Search([texts[position] for position in long], sketches[: len(long)], n, report).run()
        repeated[where] = where[found]
    report(n, n)
    return repeated


def resemblance(one: str, other: str) -> float:
    """Return the share of the shingles of two texts that are in both, 0..1; 0 where one has none."""
    first, second = bare(one), bare(other)
    if min(len(first), len(second)) < _SHINGLE:
        return 0.0
    return float(_resemblances([first], [second])[0])


def _portions(texts: Sequence[str]) -> Iterator[tuple[int, list[bytes]]]:
    """Yield bare texts, some at once, with the position of the first."""
    first, size, words = 0, 0, []
    for position, text in enumerate(texts):
        words.append(bare(text[:_LONGEST_READ]))
        size += len(words[-1])
        if size >= _BYTES_AT_ONCE:
            yield first, words
            first, size, words = position + 1, 0, []
    if words:
        yield first, words


def _shingles(bodies: Sequence[bytes]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the shingles of texts, each of six bytes or more, as numbers below 2**48, and whose each is."""
    lengths = np.array([len(body) for body in bodies], np.int64)
    data = np.frombuffer(b"".join(bodies), np.uint8).astype(np.uint64)
    pairs = data[:-1] | (data[1:] << np.uint64(8))
    whole = pairs[:-4] | (pairs[2:-2] << np.uint64(16)) | (pairs[4:] << np.uint64(32))
    counts = lengths - (_SHINGLE - 1)
    owners = np.repeat(np.arange(len(bodies)), counts)
    # A shingle never reaches over the end of its text: each text before it makes five places to jump over.
    return whole[np.arange(len(owners)) + owners * (_SHINGLE - 1)], owners


def _mixed(values: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    """Return hashes by the last steps of SplitMix64 (Steele, Lea and Flood, 2014)."""
    mixed = values + np.uint64((seed + 1) * 0x9E3779B97F4A7C15 % 2**64)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _sketches(bodies: Sequence[bytes], seed: int) -> Sketches:
    """Return one sketch per bare text: uint16, shape (n_texts, 128)."""
    shingles, owners = _shingles(bodies)
    hashes = _mixed(shingles, seed)
    places = (hashes >> np.uint64(57)).astype(np.int64) + owners * _PLACES
    least = np.full(len(bodies) * _PLACES, _EMPTY, np.uint32)
    np.minimum.at(least, places, (hashes >> np.uint64(24)).astype(np.uint32))
    return _filled(least.reshape(-1, _PLACES))


def _filled(least: NDArray[np.uint32]) -> Sketches:
    """Return sketches in which every empty place has what a place has that was drawn for it, again while that is empty.

    Every text draws the same places for the same one, which keeps the sketches comparable.
    """
    # Sixteen bits tell two values apart as well as all of them (Li and König, "b-bit minwise hashing", 2010).
    sketches = least.astype(np.uint16)
    texts, places = np.nonzero(least == _EMPTY)
    for draw in range(1, _MOST_DRAWS):
        if not len(texts):
            break
        drawn = _mixed((places + draw * _PLACES).astype(np.uint64), 0) % np.uint64(_PLACES)
        lent = least[texts, drawn.astype(np.int64)]
        is_there = lent != _EMPTY
        sketches[texts[is_there], places[is_there]] = (lent[is_there] + np.uint32(draw * _STEP % 2**32)).astype(
            np.uint16
        )
        texts, places = texts[~is_there], places[~is_there]
    return sketches


def _resemblances(ones: Sequence[bytes], others: Sequence[bytes]) -> NDArray[np.float64]:
    """Return the resemblance of each of ``ones`` to the one of ``others`` at the same place."""
    sides = [
        _each_once(shingles | (owners.astype(np.uint64) << np.uint64(48)))
        for shingles, owners in (_shingles(ones), _shingles(others))
    ]
    together = np.sort(np.concatenate(sides))
    shared = together[1:][together[1:] == together[:-1]]
    n_shared = np.bincount((shared >> np.uint64(48)).astype(np.int64), minlength=len(ones))
    n_all = np.bincount((together >> np.uint64(48)).astype(np.int64), minlength=len(ones)) - n_shared
    return n_shared / n_all


def _each_once(values: NDArray[Number]) -> NDArray[Number]:
    """Return the values rising and each once; several times as fast as numpy.unique, which hashes them."""
    rising = np.sort(values)
    once: NDArray[Number] = rising[np.concatenate([[True], rising[1:] != rising[:-1]])[: len(rising)]]
    return once


def _different(firsts: NDArray[np.int64], seconds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return pairs, each once and rising: int64, shape (n_pairs, 2)."""
    packed = _each_once((firsts << 32) | seconds)
    return np.stack([packed >> 32, packed & (2**32 - 1)], axis=1)


class _Search:
    """The search among texts that are not very short: which repeats which."""

    def __init__(self, texts: Sequence[str], sketches: Sketches, n_reported: int, report: Report) -> None:
        self._texts = texts
        self._sketches = sketches
        self._n_reported = n_reported
        self._report = report
        self._repeated = np.arange(len(texts))
        self._open = np.ones(len(texts), np.bool_)
        self._share = 0.0

    def run(self) -> NDArray[np.int64]:
        """Return the position of the text that each one repeats, or its own: int64, shape (n_texts,).

        In rounds: a text before which no other one that may be like it is left stands for itself, and those that are
        found to repeat it are done with.
        """
        buckets, members = self._buckets()
        for round_ in range(_MOST_ROUNDS):
            self._tell(_SKETCHING + _BANDING + (1 - _SKETCHING - _BANDING) * round_ / _MOST_ROUNDS)
            still = self._open[members]
            buckets, members = buckets[still], members[still]
            self._tell(self._share)  # each of these steps takes a while where there are many
            is_first = np.concatenate([[True], buckets[1:] != buckets[:-1]])[: len(buckets)]
            firsts = members[is_first][np.cumsum(is_first) - 1]
            self._tell(self._share)
            pairs = _different(firsts[~is_first], members[~is_first])
            if not len(pairs):
                break
            self._tell(self._share)
            is_later = np.zeros(len(self._texts), np.bool_)
            is_later[pairs[:, 1]] = True
            settled = ~is_later[pairs[:, 0]]
            self._open[pairs[settled, 0]] = False
            self._take(pairs[settled])
        return self._repeated

    def _buckets(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the texts that share a band with others, bucket by bucket, in each by rising position."""
        places = np.arange(_BANDS * _IN_BAND).reshape(
            _IN_BAND, _BANDS
        )  # those of a band lie apart: neighbours may lend
        weights = _mixed(np.arange(_IN_BAND, dtype=np.uint64), 0) | np.uint64(1)
        buckets, members, n_buckets = [], [], 0
        for band in range(_BANDS):
            self._tell(_SKETCHING + _BANDING * band / _BANDS)
            keys = np.zeros(len(self._texts), np.uint64)
            for place, weight in zip(places[:, band].tolist(), weights, strict=True):
                keys = _mixed(keys + (self._sketches[:, place].astype(np.uint64) + np.uint64(1)) * weight, 0)
            order = np.argsort(keys, kind="stable")
            is_same = keys[order[1:]] == keys[order[:-1]]
            shared = np.concatenate([is_same, [False]]) | np.concatenate([[False], is_same])
            numbers = np.cumsum(np.concatenate([[False], ~is_same]))[shared]
            buckets.append(numbers + n_buckets)
            members.append(order[shared])
            n_buckets += len(order)
        return np.concatenate(buckets), np.concatenate(members)

    def _take(self, pairs: NDArray[np.int64]) -> None:
        """Let the later text of every pair that is alike enough repeat the earlier one; the first of several."""
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            self._tell(self._share)
            some = pairs[start : start + _PAIRS_AT_ONCE]
            alike = (self._sketches[some[:, 0]] == self._sketches[some[:, 1]]).mean(axis=1)
            some = some[alike >= _LEAST_ALIKE]
            for part in self._by_size(some):
                sides = [[bare(self._texts[position][:_LONGEST_READ]) for position in side] for side in part.T.tolist()]
                found = part[_resemblances(*sides) >= LEAST_RESEMBLANCE]
                for earlier, later in found.tolist():
                    if self._open[later]:
                        self._open[later] = False
                        self._repeated[later] = earlier

    def _by_size(self, pairs: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        """Yield pairs, as many at once as have little text together."""
        lengths = [sum(len(self._texts[position]) for position in pair) for pair in pairs.tolist()]
        groups = np.cumsum(np.minimum(lengths, _LONGEST_READ)) // _BYTES_AT_ONCE
        yield from (part for part in np.split(pairs, np.flatnonzero(np.diff(groups)) + 1) if len(part))

    def _tell(self, share: float) -> None:
        self._share = share
        self._report(int(share * self._n_reported), self._n_reported)
