"""The tray at work: asks where the comments belong, shows it on the map, and makes the edits."""

from PySide6.QtCore import QObject, Signal

from verbatlas.app.advice.advice import Advice
from verbatlas.app.map.map_view import MapView
from verbatlas.app.noise.noise_panel import NoisePanel
from verbatlas.app.noise.noise_plan import edit_of, n_assigned, preview_of
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session
from verbatlas.engine.corrections import Assigned
from verbatlas.errors import UserError
from verbatlas.problem_words import sentence
from verbatlas.study import Labelling


class NoiseTray(QObject):
    """Keep the panel in step with the study while it is seen.

    Attributes:
        find_asked: The person wants clusters to be found among the comments of no cluster.
    """

    find_asked = Signal()

    def __init__(
        self, panel: NoisePanel, map_view: MapView, *, session: Session, selection: Selection, advice: Advice
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._map = map_view
        self._session = session
        self._selection = selection
        self._advice = advice
        self._assigned: Assigned | None = None
        panel.opened.connect(self._on_opened)
        panel.closed.connect(lambda: map_view.preview(None))
        panel.moved.connect(self._show)
        panel.assign_asked.connect(lambda: self._assign(panel.least))
        panel.assign_all_asked.connect(lambda: self._assign(0.0))
        panel.find_asked.connect(self.find_asked)
        panel.select_asked.connect(self._select)
        advice.noise_placed.connect(self._on_placed)
        session.labelling_changed.connect(self._on_changed)
        session.study_changed.connect(self._on_changed)
        session.job_ended.connect(self._on_opened)

    @property
    def _labelling(self) -> Labelling | None:
        return None if self._session.study is None else self._session.study.labelling

    def _on_changed(self) -> None:
        self._assigned = None
        labelling = self._labelling
        if labelling is None:
            self._panel.show_noise(0, 0)
        else:
            self._panel.show_noise(labelling.n_noise, labelling.n_counted)
        self._map.preview(None)
        self._on_opened()

    def _on_opened(self) -> None:
        labelling = self._labelling
        if labelling is None or not self._panel.is_seen or not labelling.n_noise:
            return
        if self._assigned is not None:
            self._show()
        elif not self._session.is_busy:
            self._advice.place_noise()

    def _on_placed(self, placed: Assigned | UserError) -> None:
        if isinstance(placed, UserError):
            self._panel.show_problem(sentence(placed))
        else:
            self._assigned = placed
            self._show()

    def _show(self) -> None:
        labelling = self._labelling
        if self._assigned is None or labelling is None:
            return
        least = self._panel.least
        self._panel.show_placed(n_assigned(self._assigned, least), len(self._assigned.rows))
        if self._panel.is_seen:
            self._map.preview(preview_of(self._assigned, least, labelling))

    def _assign(self, least: float) -> None:
        if self._assigned is not None:
            self._session.edit(edit_of(self._assigned, least))

    def _select(self) -> None:
        if (labelling := self._labelling) is not None:
            self._selection.choose(labelling.in_none)
