"""The card of the selected cluster, kept in step with the study: its words at once, its chart a little later."""

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from verbatlas.app.advice.advice import Advice
from verbatlas.app.card.breakdown import breakdown_of
from verbatlas.app.card.cluster_card import ClusterCard, Neighbour, card_of, comments_in_short, with_children
from verbatlas.app.comment_panel import CommentPanel
from verbatlas.app.map.colouring import BY_STRENGTH, Colouring
from verbatlas.app.map_colours import colour_choices, colouring_of
from verbatlas.app.session import Session
from verbatlas.study import Study

_QUESTION = "breakdown"


class CardLink(QObject):
    """Fill the panel's page of a cluster."""

    def __init__(self, panel: CommentPanel, *, session: Session, advice: Advice) -> None:
        super().__init__(panel)
        self._panel = panel
        self._session = session
        self._advice = advice
        self._cluster: int | None = None
        self._colour = QColor()
        self._known: dict[str, Colouring] = {}
        panel.cluster.breakdown.asked.connect(self._show_chart)
        session.answered.connect(self._on_answer)
        session.study_changed.connect(self._on_study)
        session.labelling_changed.connect(self._on_labelling)
        advice.overview_changed.connect(self._on_overview)
        self._on_study()

    def show_cluster(self, cluster: int, *, colour: QColor) -> None:
        """Show a cluster of the open study in its ``colour``."""
        study = self._session.study
        assert study is not None
        self._cluster, self._colour = cluster, colour
        self._panel.show_cluster(self._with_insight(study, card_of(study, cluster)), colour=colour)
        self._show_chart()

    def _with_insight(self, study: Study, card: ClusterCard) -> ClusterCard:
        """Return the card with what a look over all clusters has told, if that has been done."""
        overview, labelling = self._advice.overview, study.labelling
        insight = None if overview is None else overview.insights.get(card.id)
        if insight is None or labelling is None:
            return card
        other = None if insight.nearest is None else labelling.clusters.get(insight.nearest)
        return replace(
            card,
            borderline=comments_in_short(study, insight.borderline),
            cohesion=insight.cohesion,
            nearest=None if other is None else Neighbour(other.id, other.name, insight.similarity),
        )

    def _on_overview(self) -> None:
        study, cluster = self._session.study, self._cluster
        labelling = None if study is None else study.labelling
        if study is None or labelling is None or cluster is None or cluster not in labelling.clusters:
            return
        if self._panel.cluster.isVisible():
            card = self._with_insight(study, card_of(study, cluster))
            self._panel.cluster.show_cluster(card, colour=self._colour)

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
            breakdown = breakdown_of(self._known[key], study.labelling, with_children(study.labelling, cluster))
            self._panel.cluster.breakdown.show_breakdown(breakdown, colour=self._colour)
        else:
            self._session.ask(_QUESTION, lambda: (key, study, colouring_of(study, key)))

    def _on_answer(self, name: str, answer: object) -> None:
        match name, answer:
            case "breakdown", (str() as key, study, Colouring() as colouring) if study is self._session.study:
                self._known[key] = colouring
                self._show_chart()
