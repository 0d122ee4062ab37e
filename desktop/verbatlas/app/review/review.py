"""Going through the clusters: which is shown, what accepting does, and where it goes on."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from verbatlas.analysis.strands import Strands
from verbatlas.app.advice.advice import Advice
from verbatlas.app.card.cluster_card import card_of
from verbatlas.app.map.palette import cluster_colour
from verbatlas.app.review.part_cards import ClusterParts, answer_of, part_cards
from verbatlas.app.review.review_order import ReviewState
from verbatlas.app.review.review_panel import ReviewPanel
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session
from verbatlas.app.theme import scheme_of
from verbatlas.study import Labelling, named_by_hand


class Review(QObject):
    """Keep the panel at the selected cluster, and select the next one.

    Attributes:
        merge_asked: The person wants to put the cluster into another one.
        split_asked: The person wants to split it.
    """

    merge_asked = Signal()
    split_asked = Signal()

    def __init__(self, panel: ReviewPanel, *, session: Session, selection: Selection, advice: Advice) -> None:
        super().__init__(panel)
        self._panel = panel
        self._session = session
        self._selection = selection
        self._advice = advice
        self._strands: Strands | None = None
        self._parts: ClusterParts | None = None
        self._asked_for: Labelling | None = None
        panel.accepted.connect(self._on_accepted)
        panel.next_asked.connect(self._on_next)
        panel.previous_asked.connect(self._on_previous)
        panel.merge_asked.connect(self.merge_asked)
        panel.split_asked.connect(self.split_asked)
        panel.document_chosen.connect(selection.select_document)
        panel.many_asked.connect(self._on_many)
        panel.opened.connect(self.show)
        panel.parts.more_asked.connect(self._show_more)
        selection.clusters_changed.connect(self.show)
        session.labelling_changed.connect(self.show)
        session.study_changed.connect(self._on_study)
        session.job_ended.connect(self._on_job_ended)
        advice.strands_found.connect(self._on_strands)
        self.show()

    def begin(self) -> None:
        """Select the largest cluster that is left, and take the keyboard."""
        labelling = self._labelling
        if labelling is not None:
            self._select(ReviewState.of(labelling).first())
            self._panel.name.setFocus()

    def show(self) -> None:
        """Show the selected cluster, once the panel is seen."""
        if not self._panel.is_seen:
            return
        self._parts = None
        study, labelling, cluster = self._session.study, self._labelling, self._selection.cluster
        if study is None or labelling is None:
            self._panel.show_cluster(None, ReviewState((), frozenset()), colour=QColor())
            return
        state = ReviewState.of(labelling)
        if cluster not in state.order:
            self._panel.show_cluster(None, state, colour=QColor())
            return
        scheme = scheme_of(self._panel.palette())
        colour = QColor(*cluster_colour(labelling.clusters[cluster].colour, scheme))
        self._panel.show_cluster(card_of(study, cluster), state, colour=colour)
        others = [id_ for id_ in named_by_hand(labelling).values() if id_ != cluster]
        self._panel.know_names([labelling.clusters[id_].name for id_ in others])
        parts = None if self._strands is None else ClusterParts.of(cluster, self._strands, labelling.members)
        self._parts = parts if parts is not None and parts.found else None
        if self._parts is None:
            self._panel.show_parts([], total=0)
            self._ask()
            return
        self._panel.show_parts(part_cards(study, self._parts, scheme=scheme), total=len(self._parts.found))

    def _show_more(self) -> None:
        """Show the next parts under those that are there."""
        study, parts, shown = self._session.study, self._parts, self._panel.parts
        if study is None or parts is None:
            return
        cards = part_cards(study, parts, scheme=scheme_of(self._panel.palette()), first=len(shown.parts))
        shown.add_parts(cards, total=len(parts.found))

    def _ask(self) -> None:
        """Ask for the parts of all clusters, once for where the comments are now, while the panel is looked at."""
        labelling, study = self._labelling, self._session.study
        if labelling is None or study is None or not self._panel.is_seen or self._session.is_busy:
            return
        if study.has_arrangement and (self._asked_for is None or self._asked_for.members is not labelling.members):
            self._asked_for = labelling
            self._advice.find_strands(fineness="many" if self._panel.many.isChecked() else "few")

    def _on_strands(self, strands: Strands) -> None:
        self._strands = strands
        self.show()

    def _on_study(self) -> None:
        self._strands = self._asked_for = None
        self.show()

    def _on_many(self) -> None:
        """Find the parts again, more or fewer of them; what is shown stays until they are known."""
        self._asked_for = None
        self._ask()

    def _on_job_ended(self) -> None:
        """Ask again for what the job has pushed aside."""
        if self._strands is None:
            self._asked_for = None
        self._ask()

    @property
    def _labelling(self) -> Labelling | None:
        return None if self._session.study is None else self._session.study.labelling

    def _on_accepted(self, name: str) -> None:
        """Keep the name, as it was found or as it was typed; from now on it is the person's own."""
        labelling, cluster = self._labelling, self._selection.cluster
        if labelling is None or cluster is None or cluster not in labelling.clusters:
            return
        known = labelling.clusters[cluster]
        names, place = self._panel.parts.names, " ".join(name.split()).casefold()
        joins = named_by_hand(labelling).get(place, cluster) != cluster
        if place and (joins or any(part.strip() for part in names)):
            following = ReviewState.of(labelling).after(cluster)
            assert self._session.study is not None
            self._session.edit(answer_of(self._session.study, cluster, self._parts, name=name, names=names))
            self._select(following)
            return
        if (known.name == name.strip() and known.named_by_hand) or self._session.rename(cluster, name):
            self._on_next()

    def _on_next(self) -> None:
        if (labelling := self._labelling) is not None:
            self._select(ReviewState.of(labelling).after(self._selection.cluster))

    def _on_previous(self) -> None:
        if (labelling := self._labelling) is not None:
            self._select(ReviewState.of(labelling).before(self._selection.cluster))

    def _select(self, cluster: int | None) -> None:
        self._selection.select_document(None)
        self._selection.select_cluster(cluster)
