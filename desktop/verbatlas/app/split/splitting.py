"""Splitting at work: asks the engine for parts, shows them on the map, and makes the edit."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from verbatlas.analysis.splitting import SplitMethod
from verbatlas.app.advice.advice import Advice
from verbatlas.app.map.map_view import MapView
from verbatlas.app.session import Session
from verbatlas.app.split.split_dialog import SplitDialog
from verbatlas.app.split.split_preview import lines_of, preview_of
from verbatlas.engine.corrections import Parts
from verbatlas.errors import UserError
from verbatlas.problem_words import sentence
from verbatlas.study import NOISE, FoundInNoise, Split
from verbatlas.words import gettext as _


class Splitting(QObject):
    """Let a person split a cluster, or find clusters among the comments of none."""

    def __init__(self, window: QWidget, map_view: MapView, *, session: Session, advice: Advice) -> None:
        super().__init__(window)
        self._window = window
        self._map = map_view
        self._session = session
        self._advice = advice
        self._dialog: SplitDialog | None = None
        self._cluster, self._name = NOISE, ""
        self._parts: Parts | None = None
        advice.parts_found.connect(self._on_found)
        session.labelling_changed.connect(self._close)
        session.study_changed.connect(self._close)

    def begin(self, cluster: int) -> None:
        """Ask how ``cluster`` is to be split; -1 for the comments of no cluster."""
        study = self._session.study
        if study is None or study.labelling is None or self._session.is_busy:
            return
        self._close()
        known = study.labelling.clusters.get(cluster)
        self._cluster = cluster
        self._name = _("No cluster") if known is None else known.name
        self._dialog = SplitDialog(self._name, self._window)
        self._dialog.parts_wanted.connect(self._on_wanted)
        self._dialog.accepted.connect(self._on_accepted)
        self._dialog.finished.connect(self._close)
        self._dialog.show_beside(self._map)
        self._dialog.ask()

    def _on_wanted(self, method: SplitMethod, n_parts: int | None) -> None:
        self._parts = None
        self._advice.find_parts(self._cluster, method=method, n_parts=n_parts)

    def _on_found(self, found: Parts | UserError) -> None:
        study = self._session.study
        if self._dialog is None or study is None:
            return
        if isinstance(found, UserError):
            self._dialog.show_problem(sentence(found))
        elif found.cluster_id == self._cluster:
            self._parts = found
            n_left = int((found.parts < 0).sum())
            self._dialog.show_parts(lines_of(found), n_left, fewest=1 if self._cluster == NOISE else 2)
            self._map.preview(preview_of(found, len(study.documents), self._name))

    def _on_accepted(self) -> None:
        parts = self._parts
        if parts is None:
            return
        if self._cluster == NOISE:
            self._session.edit(FoundInNoise.of(parts.rows, parts.parts, parts.strengths, parts.descriptions))
        else:
            self._session.edit(Split.of(parts.cluster_id, parts.rows, parts.parts, parts.descriptions))

    def _close(self) -> None:
        self._map.preview(None)
        if self._dialog is not None:
            dialog, self._dialog = self._dialog, None
            dialog.close()
            dialog.deleteLater()
