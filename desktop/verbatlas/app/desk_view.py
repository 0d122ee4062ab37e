"""What the desk shows of the study: each part redraws what a change concerns, and the selection is the same in all."""

from collections.abc import Collection, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QPalette

from verbatlas.app.advice.advice import Advice
from verbatlas.app.advice.learning import Learning
from verbatlas.app.card.card_link import CardLink
from verbatlas.app.desk import Desk
from verbatlas.app.elsewhere import Place
from verbatlas.app.finding import Finding
from verbatlas.app.map.gestures import Combine
from verbatlas.app.map.palette import cluster_colour, noise_colour
from verbatlas.app.map_colours import colour_choices
from verbatlas.app.noise.noise_tray import NoiseTray
from verbatlas.app.reading_card import comment_of
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session
from verbatlas.app.split.splitting import Splitting
from verbatlas.app.theme import scheme_of
from verbatlas.study import NOISE, Change, Labelling, Move

_MOST_PLACES = 5


class DeskView(QObject):
    """Keep a desk in step with the session's study and the selection."""

    def __init__(self, desk: Desk, *, session: Session, selection: Selection) -> None:
        super().__init__(desk)
        self._desk = desk
        self._session = session
        self._selection = selection
        self._scheme = ""
        self._is_drawn = False
        self.advice = Advice(session, self)
        self._card = CardLink(desk.comment, session=session, advice=self.advice)
        self.learning = Learning(desk.proposal, session=session, selection=selection, advice=self.advice)
        self.advice.overview_changed.connect(self._on_overview)
        desk.comment.comment.elsewhere.chosen.connect(self._on_place)
        self.splitting = Splitting(desk, desk.map, session=session, advice=self.advice)
        self.tray = NoiseTray(desk.noise, desk.map, session=session, selection=selection, advice=self.advice)
        self.tray.find_asked.connect(lambda: self.splitting.begin(NOISE))
        self.finding = Finding(desk.search, desk.filters, session=session, selection=selection)
        self.finding.shown_changed.connect(self._on_shown)
        for part in (desk.documents, desk.comment.comment):
            self.finding.marks_changed.connect(part.mark_found)
        session.study_changed.connect(self._on_study)
        session.labelling_changed.connect(self._on_labelling)
        selection.clusters_changed.connect(self._on_clusters)
        selection.document_changed.connect(self._on_document)
        desk.documents.rows_selected.connect(selection.choose)
        desk.documents.filter_asked.connect(desk.filters.ask_about)
        desk.documents.row_activated.connect(selection.select_document)
        selection.chosen_changed.connect(desk.documents.show_selected)
        desk.clusters.clusters_selected.connect(self._on_clusters_chosen)
        desk.map.document_clicked.connect(self._on_document_clicked)
        desk.map.menu_asked.connect(self._on_menu)
        desk.map.documents_chosen.connect(self._on_documents_chosen)
        desk.map.colouring_asked.connect(session.colour)
        session.coloured.connect(desk.map.colour_by)
        selection.chosen_changed.connect(desk.map.show_chosen)
        desk.comment.cluster.document_chosen.connect(selection.select_document)
        desk.comment.comment.cluster_asked.connect(self._on_cluster_of_comment_asked)
        self.follow_colours(desk.palette())
        self._on_study()

    def follow_colours(self, palette: QPalette) -> None:
        """Show map and comment in the colours of the theme that ``palette`` belongs to."""
        self._scheme = scheme_of(palette)
        self._desk.map.use_scheme(self._scheme)
        self._show_panel()

    @property
    def _labelling(self) -> Labelling | None:
        return None if self._session.study is None else self._session.study.labelling

    def _on_study(self) -> None:
        self._selection.clear()
        self._is_drawn = False
        self._desk.documents.show_study(self._session.study)
        self._desk.cluster_model.show_cohesions({})  # those of another study's clusters are no longer true
        self._desk.controls.show_settings(self._session.wanted)
        self._show_clusters()
        self._show_history()

    def _on_labelling(self, change: Change) -> None:
        labelling = self._labelling
        self._desk.documents.show_labelling(labelling)
        known = {} if labelling is None else labelling.clusters
        chosen = [id_ for id_ in self._selection.clusters if id_ in known or (id_ == NOISE and known)]
        if self._is_drawn and labelling is not None and not len(change.rows) and not _has_new_colour(change):
            self._desk.cluster_model.show_labelling(labelling, self.finding.shown)
            self._desk.map.set_names(_names(labelling))
        else:
            self._show_clusters()
        self._selection.select_clusters(chosen)
        self._desk.clusters.select_clusters(chosen)
        self._show_comments_of(chosen)
        self._show_panel()
        self._show_history()

    def _show_clusters(self) -> None:
        """Draw all clusters; the map keeps its view when only the clusters are new."""
        study, labelling = self._session.study, self._labelling
        self._desk.cluster_model.show_labelling(labelling, self.finding.shown)
        if study is None or labelling is None or study.layout is None:
            self._desk.show_map(is_there=False)
            self._is_drawn = False
            return
        names = _names(labelling)
        colours = {id_: cluster.colour for id_, cluster in labelling.clusters.items()}
        if self._is_drawn:
            self._desk.map.set_clusters(labelling.members, names=names, colours=colours, strengths=labelling.strengths)
        else:
            self._desk.map.set_points(
                study.layout,
                labelling.members,
                names=names,
                colours=colours,
                documents=study.documents,
                strengths=labelling.strengths,
            )
            self._selection.choose(np.zeros(len(study.documents), np.bool_))
            self._desk.map.offer_colours(colour_choices(study))
        self._desk.show_map(is_there=True)
        self._is_drawn = True

    def _on_shown(self, shown: NDArray[np.bool_] | None) -> None:
        if self._session.study is not None:
            self._desk.documents.show_only(shown)
        if self._is_drawn:
            self._desk.map.show_only(shown)
            self._desk.cluster_model.show_labelling(self._labelling, shown)

    def _show_history(self) -> None:
        study = self._session.study
        self._desk.history.show_history(() if study is None else study.history)

    def _on_clusters_chosen(self, clusters: tuple[int, ...]) -> None:
        """Select what was chosen in the list; the panel then shows the cluster and no single comment."""
        if clusters:
            self._selection.select_document(None)
        self._selection.select_clusters(clusters)

    def _on_cluster_of_comment_asked(self) -> None:
        labelling, row = self._labelling, self._selection.document
        if labelling is not None and row is not None:
            self._on_clusters_chosen((int(labelling.members[labelling.shown_row(row)]),))

    def _on_document_clicked(self, row: int | None) -> None:
        """Select what was clicked; a click on the ground selects nothing at all."""
        if row is None:
            self._selection.clear()
        else:
            self._selection.select_document(row)

    def _on_menu(self, row: int) -> None:
        """Select the cluster of the comment that a menu opens at, unless it is among those selected."""
        labelling = self._labelling
        if labelling is None:
            return
        cluster = int(labelling.members[labelling.shown_row(row)])
        if cluster not in self._selection.clusters:
            self._on_clusters_chosen((cluster,))

    def _on_documents_chosen(self, found: NDArray[np.bool_], combine: Combine) -> None:
        before = self._selection.chosen
        match combine:
            case Combine.ADD:
                self._selection.choose(before | found)
            case Combine.REMOVE:
                self._selection.choose(before & ~found)
            case Combine.REPLACE:
                self._selection.choose(found)

    def _on_clusters(self, clusters: tuple[int, ...]) -> None:
        self._desk.clusters.select_clusters(clusters)
        self._desk.map.highlight(self._with_children(clusters))
        self._show_comments_of(clusters)
        self._show_panel()

    def _show_comments_of(self, clusters: Sequence[int]) -> None:
        """Let the table know which comments are in the selected clusters."""
        labelling, documents = self._labelling, self._desk.documents
        if labelling is None or not clusters:
            documents.show_of_clusters(None)
        else:
            documents.show_of_clusters(partial(_comments_of, labelling, self._with_children(clusters)))

    def _with_children(self, clusters: Sequence[int]) -> set[int]:
        """Return the clusters and those that stand under them."""
        labelling = self._labelling
        known = {} if labelling is None else labelling.clusters
        return {*clusters, *(id_ for id_, cluster in known.items() if cluster.parent in clusters)}

    def _on_document(self, row: int | None) -> None:
        self._desk.map.select_document(row)
        self._desk.documents.select_row(row)
        self._show_panel()

    def _show_panel(self) -> None:
        study, labelling = self._session.study, self._labelling
        row, chosen = self._selection.document, self._selection.cluster
        if study is None or labelling is None:
            self._desk.comment.show_hint()
        elif row is not None:
            colour = self._colour_of(labelling, int(labelling.members[labelling.shown_row(row)]))
            self._desk.comment.show_comment(comment_of(study, row), colour=colour)
            self._desk.comment.comment.elsewhere.offer(self._places(labelling, row))
        elif chosen is not None and chosen in labelling.clusters:
            self._card.show_cluster(chosen, colour=self._colour_of(labelling, chosen))
        else:
            self._desk.comment.show_hint()

    def _places(self, labelling: Labelling, row: int) -> list[Place]:
        """Return the clusters that are likeliest for a comment besides its own; none before all are looked over."""
        study, overview = self._session.study, self.advice.overview
        if study is None or overview is None or study.is_read_only or study.embedding is None:
            return []
        vector = study.embedding.vectors[row : row + 1]
        likely = overview.centres.likeliest(vector, _MOST_PLACES + 1)[0].tolist() if vector.any() else []
        others = [id_ for id_ in likely if id_ in labelling.clusters and id_ != labelling.members[row]]
        return [
            Place(id_, labelling.clusters[id_].name, self._colour_of(labelling, id_)) for id_ in others[:_MOST_PLACES]
        ]

    def _on_place(self, cluster: int) -> None:
        if (row := self._selection.document) is not None:
            self._session.edit(Move(np.array([row], np.int64), cluster))

    def _on_overview(self) -> None:
        overview = self.advice.overview
        if overview is not None:
            cohesions = {id_: insight.cohesion for id_, insight in overview.insights.items()}
            self._desk.cluster_model.show_cohesions(cohesions)
        labelling, row = self._labelling, self._selection.document
        if labelling is not None and row is not None:
            self._desk.comment.comment.elsewhere.offer(self._places(labelling, row))

    def _colour_of(self, labelling: Labelling, cluster: int) -> QColor:
        known = labelling.clusters.get(cluster)
        return QColor(*(noise_colour(self._scheme) if known is None else cluster_colour(known.colour, self._scheme)))


def _names(labelling: Labelling) -> dict[int, str]:
    return {id_: cluster.name for id_, cluster in labelling.clusters.items()}


def _has_new_colour(change: Change) -> bool:
    """Return whether a cluster has another colour now."""
    return any(before and after and before.colour != after.colour for before, after in change.clusters.values())


def _comments_of(labelling: Labelling, clusters: Collection[int]) -> NDArray[np.bool_]:
    """Return which comments are in some clusters, -1 for those in none: bool, shape (n_documents,)."""
    is_wanted = np.zeros(labelling.next_id + 1, np.bool_)  # the last place is that of -1
    is_wanted[list(clusters)] = True
    found: NDArray[np.bool_] = is_wanted[labelling.shown_members]
    return found
