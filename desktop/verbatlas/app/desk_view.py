"""What the desk shows of the study: each part redraws what a change concerns, and the selection is the same in all."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from verbatlas.app.desk import Desk
from verbatlas.app.map.palette import cluster_colour, noise_colour
from verbatlas.app.reading_card import comment_of
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session
from verbatlas.app.theme import scheme_of
from verbatlas.study import NOISE, Change


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

    def follow_colours(self) -> None:
        """Draw everything that has a cluster's colour anew."""
        self._show_map()
        self._on_document(self._selection.document)

    def _on_study(self) -> None:
        self._selection.clear()
        self._desk.controls.show_settings(self._session.wanted)
        self._show_map()

    def _on_labelling(self, change: Change) -> None:
        labelling = self._session.study.labelling if self._session.study is not None else None
        if labelling is None or self._selection.cluster not in labelling.clusters:
            self._selection.select_cluster(None)
        self._show_map()
        self._on_document(self._selection.document)
