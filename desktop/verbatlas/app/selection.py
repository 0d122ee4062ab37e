"""What is selected: one cluster, one comment, the same in the list, on the map and in the panel."""

from PySide6.QtCore import QObject, Signal


class Selection(QObject):
    """The one selection of the window.

    Attributes:
        cluster_changed: Another cluster is selected (its id, or None).
        document_changed: Another comment is selected (its row, or None).
    """

    cluster_changed = Signal(object)
    document_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cluster: int | None = None
        self.document: int | None = None

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

    def clear(self) -> None:
        """Select nothing."""
        self.select_document(None)
        self.select_cluster(None)
