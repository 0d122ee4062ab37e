"""What the desk shows of the study: it redraws the parts that a change concerns, and keeps one selection everywhere."""

from PySide6.QtCore import QObject

from verbatlas.app.desk import Desk
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session


class DeskView(QObject):
    """Keep a desk in step with the session's study and the selection."""

    def __init__(self, desk: Desk, *, session: Session, selection: Selection) -> None:
        super().__init__(desk)
        self._desk = desk
        self._session = session
        self._selection = selection
        session.study_changed.connect(self._on_study)
        session.labelling_changed.connect(self._on_labelling)
        selection.cluster_changed.connect(self._on_cluster)
        selection.document_changed.connect(self._on_document)
        desk.clusters.cluster_selected.connect(selection.select_cluster)
        desk.map.document_clicked.connect(selection.select_document)
        self._on_study()
