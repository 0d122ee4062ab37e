"""Steps that bring a study file of an older version to the current one, each whole or not at all."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatlas.study.arrays import adopt_arrays, load_array, stage_arrays
from verbatlas.study.schema import VERSION
from verbatlas.study.storage import Storage


def bring_forward(storage: Storage) -> None:
    """Bring a study file to the current version; one that is there already stays as it is.

    Raises:
        UserError: The disk is full, or the file is damaged; it is as it was then.
    """
    with storage.reading() as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    for step in range(version, VERSION):
        _STEPS[step](storage)


def _remember_what_was_done_by_hand(storage: Storage) -> None:
    """From 1 to 2: documents know whether a person put them where they are."""
    n_documents = len(load_array(storage, "members"))
    arrays: dict[str, NDArray[Any]] = {"by_hand": np.zeros(n_documents, np.uint8)}
    generations = stage_arrays(storage, arrays)
    with storage.transaction() as connection:
        adopt_arrays(connection, arrays, generations)
        connection.execute("PRAGMA user_version = 2")


_STEPS: dict[int, Callable[[Storage], None]] = {1: _remember_what_was_done_by_hand}
