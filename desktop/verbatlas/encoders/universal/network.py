"""The network of the Universal Sentence Encoder for many languages, as its published weights describe it.

Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval (its convolutional model): pieces of
words become vectors, convolutions look at their neighbours, all is added up over the text, and a small dense network
makes one vector of the sum. Everything is a product of matrices, which numpy does as fast as a framework would.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.progress import Report, no_report

N_DIMENSIONS = 512
_N_BLOCKS = 17  # of the table of pieces: piece i is row i // 17 of block i % 17
# How many pieces each convolution looks at, and how many of these stand before the one that it is about.
_WIDTHS = ((2, 0), (3, 1), (5, 2))
_GAP = 2  # empty places between two texts, so that no convolution reaches from one into the next
_REACH = 4  # how many pieces away a piece still counts: two convolutions, two pieces each
_PIECES_AT_ONCE = 1024  # 10 MB of numbers, about what a processor's cache holds

_Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Convolution:
    """Two convolutions, what comes out of each added to what went in.

    Attributes:
        left: How many pieces before the one that it is about are looked at.
        layers: Of each the weights, float32, shape (width, n_channels, n_channels), and the biases, (n_channels,).
    """

    left: int
    layers: tuple[tuple[_Numbers, _Numbers], ...]

    def of(self, padded: _Numbers, inside: NDArray[np.bool_]) -> _Numbers:
        """Return what comes out for the pieces: float32, shape (n_pieces, n_channels).

        Args:
            padded: float32, shape (n_places, n_channels): pieces and empty places; is written over.
            inside: bool, shape (n_places,): which places are pieces.
        """
        first, last = _GAP, len(padded) - _GAP
        for weights, bias in self.layers:
            found = np.zeros_like(padded[first:last])
            for place, weight in enumerate(weights, start=-self.left):
                found += padded[first + place : last + place] @ weight
            np.maximum(found + bias, 0, out=found)
            found[~inside[first:last]] = 0
            padded[first:last] += found
        return padded[inside]


class Network:
    """From the numbers of pieces to one vector per text.

    Args:
        weights: The arrays of the published file.

    Raises:
        KeyError, ValueError: They are not what they should be.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        def of(name: str) -> _Numbers:
            return np.ascontiguousarray(weights[name], np.float32)

        def side_by_side(name: str) -> _Numbers:
            return np.hstack([of(f"{name}{width}") for width, _left in _WIDTHS])

        def layer(number: int, width: int) -> tuple[_Numbers, _Numbers]:
            bias = of(f"b{number}_{width}")
            return of(f"w{number}_{width}").reshape(width, -1, len(bias)), bias

        # One byte a number, as published: as float32 the table would take 260 MB.
        blocks = [weights[f"q{number}"] for number in range(1, _N_BLOCKS + 1)]
        self._table: NDArray[np.uint8] = np.stack(blocks, axis=1).reshape(-1, N_DIMENSIONS).astype(np.uint8, copy=False)
        self._scale, self._lowest = of("scale"), of("lo")
        self._projection, self._projection_bias = side_by_side("proj"), side_by_side("proj_b")
        self._projected_norm = side_by_side("ln_g"), side_by_side("ln_b")
        self._convolutions = [_Convolution(left, (layer(1, width), layer(2, width))) for width, left in _WIDTHS]
        self._norm = of("ln_g"), of("ln_b")
        self._sum, self._sum_bias = of("cnn_W"), of("cnn_b")
        self._dense = {name: of(name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
        self._least = float(weights["eps"])  # what keeps a division by zero away

    @property
    def n_bytes(self) -> int:
        """How much memory it takes, most of it the table of pieces."""
        return int(self._table.nbytes)

    def vectors(self, texts: Sequence[Sequence[int]], *, report: Report = no_report) -> NDArray[np.float32]:
        """Return one vector per text: float32, shape (n_texts, 512), rows of unit length.

        Args:
            texts: The numbers of each text's pieces, at least one.
            report: Told how many texts of all are done.

        Raises:
            Cancelled: The reporter no longer wants the vectors.
        """
        lengths = np.array([len(pieces) for pieces in texts], np.int64)
        sums = np.empty((len(texts), len(self._sum)), np.float32)
        stops = np.cumsum(lengths)
        start = 0
        while start < len(texts):
            report(start, len(texts))
            room = _PIECES_AT_ONCE + (stops[start - 1] if start else 0)
            stop = max(start + 1, int(np.searchsorted(stops, room, side="right")))
            if stop == start + 1:
                sums[start] = self._sum_of_long(np.asarray(texts[start]))
            else:
                pieces = np.concatenate([np.asarray(text) for text in texts[start:stop]])
                firsts = np.cumsum(lengths[start:stop]) - lengths[start:stop]
                sums[start:stop] = np.add.reduceat(self._features(pieces, lengths[start:stop]), firsts)
            start = stop
        report(len(texts), len(texts))
        return self._joined(sums, lengths.astype(np.float32)[:, None])

    def _sum_of_long(self, pieces: NDArray[np.int64]) -> _Numbers:
        """Return the sum over one text, in parts that overlap by what a piece can see: the same as over the whole."""
        total = np.zeros(len(self._sum), np.float32)
        for start in range(0, len(pieces), _PIECES_AT_ONCE):
            first = max(0, start - _REACH)
            part = pieces[first : start + _PIECES_AT_ONCE + _REACH]
            features = self._features(part, np.array([len(part)]))
            total += features[start - first :][:_PIECES_AT_ONCE].sum(axis=0)
        return total

    def _features(self, pieces: NDArray[np.int64], lengths: NDArray[np.int64]) -> _Numbers:
        """Return what each piece says among its neighbours: float32, shape (n_pieces, n_features).

        Args:
            pieces: int64, shape (n_pieces,): the texts' pieces, one text after the other.
            lengths: int64, shape (n_texts,): how many pieces each text has.
        """
        features = np.empty((len(pieces), len(self._sum)), np.float32)
        embedded, block = features[:, :N_DIMENSIONS], pieces % _N_BLOCKS
        np.multiply(self._table[pieces], self._scale[block, None], out=embedded)
        embedded += self._lowest[block, None]
        projected = embedded @ self._projection
        projected += self._projection_bias
        _normalise(projected, *self._projected_norm, least=self._least)
        inside = np.ones(len(pieces) + _GAP * (len(lengths) + 1), np.bool_)
        ends = np.concatenate([[0], np.cumsum(lengths + _GAP)])
        for place in range(_GAP):
            inside[ends + place] = False
        n_channels = projected.shape[1] // len(_WIDTHS)
        for number, convolution in enumerate(self._convolutions):
            own = slice(number * n_channels, (number + 1) * n_channels)
            padded = np.zeros((len(inside), n_channels), np.float32)
            padded[inside] = projected[:, own]
            features[:, N_DIMENSIONS:][:, own] = convolution.of(padded, inside)
        _normalise(features, *self._norm, least=self._least)
        return features

    def _joined(self, sums: _Numbers, lengths: _Numbers) -> _Numbers:
        """Return unit vectors of the sums over texts: what comes out of the dense network."""
        joined = (sums @ self._sum + lengths * self._sum_bias) / np.sqrt(lengths)
        dense = self._dense
        first = np.maximum(joined @ dense["d0"], 0)
        second = np.maximum(first @ dense["d1"] + joined @ dense["p1"], 0)
        third = np.maximum(second @ dense["d2"], 0)
        vectors: _Numbers = np.tanh(second @ dense["p3"] + third @ dense["d3"])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def _normalise(rows: _Numbers, gain: _Numbers, bias: _Numbers, *, least: float) -> None:
    """Bring every row to mean 0 and variance 1, then to the learnt ones (Ba et al. 2016, Layer Normalization)."""
    rows -= rows.mean(axis=1, keepdims=True)
    variances = np.einsum("ij,ij->i", rows, rows)[:, None] / rows.shape[1]
    rows /= np.sqrt(variances + np.float32(least))
    rows *= gain
    rows += bias
