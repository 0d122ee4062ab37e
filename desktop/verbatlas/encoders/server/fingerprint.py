"""A server's model, recognised by how it answers: names stay the same when somebody serves other weights."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.places import cache_folder

# Sent along with every request, so that every answer proves which model made it. Both languages: a model that knows
# only one of them reads the other as a row of unknown tokens, as other models do.
PROBE = "The parcel arrived late. 包裹到得很晚。"
_N_SIGNS = 32
# Batches, precisions of 16 bits and other processors change a vector by less; other weights by far more.
_SAME_MODEL = 0.98
_SAME_VECTORS = 0.9999
_MOST_REMEMBERED = 8


def fingerprint(vector: NDArray[np.float32]) -> str:
    """Return eight hexadecimal digits that rounding hardly ever changes.

    They are the signs of 32 sums over every 32nd dimension: a sum changes its sign only when it lies within the
    rounding errors of zero.

    Args:
        vector: The probe's, of unit length, shape (n_dimensions,).
    """
    bits = [vector[start::_N_SIGNS].sum(dtype=np.float64) > 0 for start in range(_N_SIGNS)]
    return f"{sum(bool(bit) << place for place, bit in enumerate(bits)):08x}"


def is_same_model(vector: NDArray[np.float32], reference: NDArray[np.float32]) -> bool:
    """Return whether one model can have made both vectors of the probe, both of unit length."""
    return vector.shape == reference.shape and float(vector @ reference) >= _SAME_MODEL


def remembered(vector: NDArray[np.float32], *, where: str) -> NDArray[np.float32]:
    """Return the vector that the same model gave the probe the first time on this computer, or else ``vector``.

    With it the fingerprint stays the same for good, even where rounding would change one of its signs.

    Args:
        vector: The probe's, of unit length, shape (n_dimensions,).
        where: Which server and model.
    """
    path = cache_folder() / "servers" / f"{hashlib.sha256(where.encode()).hexdigest()[:24]}.npy"
    known = _read(path)
    if known.shape[1:] != vector.shape:
        known = np.zeros((0, len(vector)), np.float32)
    for before in known:
        if float(before @ vector) >= _SAME_VECTORS:
            return np.asarray(before)
    with contextlib.suppress(OSError):  # no room or no right to write: the signs alone must do
        _write(path, np.concatenate([known, vector[None]])[-_MOST_REMEMBERED:])
    return vector


def _read(path: Path) -> NDArray[np.float32]:
    try:
        known = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return np.zeros((0, 0), np.float32)
    return known if known.dtype == np.float32 and known.ndim == 2 else np.zeros((0, 0), np.float32)


def _write(path: Path, known: NDArray[np.float32]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
        np.save(file, known)
    os.replace(file.name, path)  # noqa: PTH105 - as Path.replace
