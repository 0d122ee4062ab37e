"""The card of the selected cluster, kept in step with the study: its words at once, its chart a little later."""

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from verbatlas.app.card.breakdown import breakdown_of
from verbatlas.app.card.cluster_card import ClusterCard, card_of
from verbatlas.app.comment_panel import CommentPanel
from verbatlas.app.map.colouring import BY_STRENGTH, Colouring
from verbatlas.app.map_colours import colour_choices, colouring_of
from verbatlas.app.session import Session

_QUESTION = "breakdown"


class CardLink(QObject):
    """Fill the panel's page of a cluster."""

    def __init__(self, panel: CommentPanel, *, session: Session) -> None:
        super().__init__(panel)
        self._panel = panel
        self._session = session
        self._cluster: int | None = None
        self._colour = QColor()
        self._known: dict[str, Colouring] = {}
        panel.cluster.breakdown.asked.connect(self._show_chart)
        session.answered.connect(self._on_answer)
        session.study_changed.connect(self._on_study)
        session.labelling_changed.connect(self._on_labelling)
        self._on_study()

    def show_cluster(self, cluster: int, *, colour: QColor) -> None:
        """Show a cluster of the open study in its ``colour``."""
        study = self._session.study
        assert study is not None
        self._cluster, self._colour = cluster, colour
        self._panel.show_cluster(self._card(card_of(study, cluster)), colour=colour)
        self._show_chart()

    def _card(self, card: ClusterCard) -> ClusterCard:
        return replace(card)

    def _on_study(self) -> None:
        self._known.clear()
        self._cluster = None
        study = self._session.study
        if study is not None:
            self._panel.cluster.breakdown.offer(colour_choices(study))

    def _on_labelling(self) -> None:
        self._known.pop(BY_STRENGTH, None)

    def _show_chart(self) -> None:
        """Show the chosen column, or ask what it holds."""
        study, key, cluster = self._session.study, self._panel.cluster.breakdown.key, self._cluster
        if study is None or study.labelling is None or cluster is None or cluster not in study.labelling.clusters:
            return
        if key in self._known:
            breakdown = breakdown_of(self._known[key], study.labelling, cluster)
            self._panel.cluster.breakdown.show_breakdown(breakdown, colour=self._colour)
        else:
            self._session.ask(_QUESTION, lambda: (key, study, colouring_of(study, key)))

    def _on_answer(self, name: str, answer: object) -> None:
        match name, answer:
            case "breakdown", (str() as key, study, Colouring() as colouring) if study is self._session.study:
                self._known[key] = colouring
                self._show_chart()
