"""What is selected: clusters, one comment, a set of comments; the same in the list, on the map and in the panel."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The one selection of the window.

    Attributes:
        clusters_changed: Other clusters are selected: their ids, the current one first.
        document_changed: Another comment is selected (its row, or None).
        chosen_changed: Other comments are chosen for something to be done with them; bool, shape (n_documents,).
    """

    clusters_changed = Signal(object)
    document_changed = Signal(object)
    chosen_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clusters: tuple[int, ...] = ()
        self.document: int | None = None
        self.chosen = np.zeros(0, np.bool_)

    @property
    def cluster(self) -> int | None:
        """The current one of the selected clusters."""
        return self.clusters[0] if self.clusters else None

    def select_cluster(self, cluster: int | None) -> None:
        """Select one cluster, or none."""
        self.select_clusters(() if cluster is None else (cluster,))

    def select_clusters(self, clusters: Sequence[int]) -> None:
        """Select clusters, the first of which is the current one."""
        if tuple(clusters) != self.clusters:
            self.clusters = tuple(clusters)
            self.clusters_changed.emit(self.clusters)

    def select_document(self, document: int | None) -> None:
        """Select a comment, or none."""
        if document != self.document:
            self.document = document
            self.document_changed.emit(document)

    def choose(self, chosen: NDArray[np.bool_]) -> None:
        """Choose comments, the only ones then: bool, shape (n_documents,), read-only from now on."""
        if not np.array_equal(chosen, self.chosen):
            chosen.setflags(write=False)
            self.chosen = chosen
            self.chosen_changed.emit(chosen)

    def clear(self) -> None:
        """Select nothing."""
        self.select_document(None)
        self.select_cluster(None)
        self.choose(np.zeros(len(self.chosen), np.bool_))
