"""What has been computed of a study so far, known without asking its file: a thread that reads it may hold it long."""

import json
from dataclasses import dataclass

from verbatlas.study.arrays import has_array
from verbatlas.study.seals import read_facts
from verbatlas.study.storage import Storage


@dataclass(frozen=True, slots=True)
class Computed:
    """What a study's file holds beside its table.

    Attributes:
        has_embedding: Whether the documents have vectors.
        has_arrangement: Whether they have a neighbour graph and a layout.
        identity: The key of what made the vectors; blank without any.
        n_cut: How many documents were longer than what made the vectors reads; 0 without any.
        sieve: Which rows the vectors leave out, as ``Settings.sieve`` has it; blank where only those without text.
    """

    has_embedding: bool
    has_arrangement: bool
    identity: str
    n_cut: int
    sieve: str

    @classmethod
    def of(cls, storage: Storage) -> "Computed":
        """Read it from an open file.

        Raises:
            UserError: The file is damaged.
        """
        with storage.reading() as connection:
            found = read_facts(connection, storage.path).get("embedding")
        # Before format 5 no rows could be left out.
        identity, n_cut, *sieve = ("", 0) if found is None else json.loads(found)
        return cls(has_array(storage, "embedding"), has_array(storage, "layout"), identity, n_cut, "".join(sieve))
