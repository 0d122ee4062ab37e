"""What is selected: one cluster, one comment, a set of comments; the same in the list, on the map and in the panel."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The one selection of the window.

    Attributes:
        cluster_changed: Another cluster is selected (its id, or None).
        document_changed: Another comment is selected (its row, or None).
        chosen_changed: Other comments are chosen for something to be done with them; bool, shape (n_documents,).
    """

    cluster_changed = Signal(object)
    document_changed = Signal(object)
    chosen_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cluster: int | None = None
        self.document: int | None = None
        self.chosen = np.zeros(0, np.bool_)

    def select_cluster(self, cluster: int | None) -> None:
        """Select a cluster, or none."""
        if cluster != self.cluster:
            self.cluster = cluster
            self.cluster_changed.emit(cluster)

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
