"""One short method for everything that a person can do to clusters and to the comments in them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QCursor
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from verbatlas.app.clusters.cluster_rows import comments
from verbatlas.app.map.palette import cluster_colour, noise_colour
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session
from verbatlas.app.theme import scheme_of
from verbatlas.app.type_ahead import Choice, TypeAhead
from verbatlas.study import (
    NOISE,
    Delete,
    Edit,
    Group,
    Labelling,
    Merge,
    Move,
    MoveToNew,
    Recolour,
    SetLocked,
    SetNote,
    Ungroup,
)
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

if TYPE_CHECKING:
    from verbatlas.app.desk import Desk

_NEW = "new"  # the answer that no cluster there is, but a new one, is meant


class ClusterCommands(QObject):
    """Turn a person's wishes about clusters into edits.

    Args:
        window: The parent of the dialogs.
        session: Makes the edits.
        selection: What the wishes are about.
        desk: The page with map and list; built when it is first needed.
    """

    def __init__(self, window: QWidget, *, session: Session, selection: Selection, desk: "Callable[[], Desk]") -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._selection = selection
        self._desk = desk

    def rename(self) -> None:
        """Edit the name of the selected cluster in its place."""
        if self._selection.cluster is not None:
            self._desk().edit_name(self._selection.cluster)

    def merge(self) -> None:
        """Merge the selected clusters into the current one, which keeps its name; ask for a second where one is."""
        labelling, clusters = self._labelling(), self._clusters()
        if labelling is None or not clusters:
            return
        if len(clusters) > 1:
            self._edit(Merge(clusters))
            return
        lead = _("Put into '{name}':").format(name=labelling.clusters[clusters[0]].name)
        others = self._choices(labelling, without=clusters)
        self._ask_cluster(
            others,
            title=_("Merge clusters"),
            lead=lead,
            then=lambda other: self._edit(Merge([*clusters, other])),
        )

    def merge_two(self, kept: int, other: int) -> None:
        """Put one cluster into another."""
        self._edit(Merge([kept, other]))

    def group(self) -> None:
        """Ask for a name and put the selected clusters under it."""
        labelling, clusters = self._labelling(), self._clusters()
        if labelling is not None and clusters:
            asked = ngettext(
                "Name of the group of {count} cluster:", "Name of the group of {count} clusters:", len(clusters)
            )
            self._ask_name(
                _("Group clusters"),
                asked.format(count=len(clusters)),
                lambda name: self._edit(Group(clusters, name)),
            )

    def ungroup(self) -> None:
        """Dissolve the selected group, or the one in which the selected cluster stands."""
        labelling, cluster = self._labelling(), self._selection.cluster
        if labelling is not None and cluster is not None and cluster in labelling.clusters:
            parent = labelling.clusters[cluster].parent
            self._edit(Ungroup(cluster if parent is None else parent))

    def drop(self, clusters: Sequence[int], target: int) -> None:
        """Ask what is to become of clusters that were dragged onto another."""
        labelling = self._labelling()
        if labelling is None or target not in labelling.clusters:
            return
        name = labelling.clusters[target].name.replace("&", "&&")
        is_group = any(cluster.parent == target for cluster in labelling.clusters.values())
        menu = QMenu(self._window)
        menu.setObjectName("drop_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Merge into '{name}'").format(name=name), lambda: self._edit(Merge([target, *clusters])))
        if is_group:
            put = _("Put under '{name}'").format(name=name)
            menu.addAction(put, lambda: self._edit(Group(clusters, parent=target)))
        else:
            menu.addAction(
                _("Make a group with '{name}'…").format(name=name), lambda: self._group_all([target, *clusters])
            )
        menu.addSeparator()
        menu.addAction(_("Cancel"))
        menu.popup(QCursor.pos())

    def recolour(self, cluster: int, slot: int) -> None:
        """Give a cluster another colour."""
        self._session.do(Recolour(cluster, slot))

    def note(self, cluster: int, note: str) -> None:
        """Keep what a person wrote about a cluster."""
        labelling = self._labelling()
        if labelling is not None and cluster in labelling.clusters and labelling.clusters[cluster].note != note.strip():
            self._session.do(SetNote(cluster, note))

    def toggle_lock(self) -> None:
        """Lock the selected clusters, or unlock them where all are locked."""
        labelling, clusters = self._labelling(), self._clusters()
        if labelling is not None and clusters:
            is_locked = all(labelling.clusters[id_].locked for id_ in clusters)
            self._edit(SetLocked(clusters, locked=not is_locked))

    def delete(self) -> None:
        """Remove the selected clusters."""
        if clusters := self._clusters():
            self._edit(Delete(clusters))

    def new_of_selection(self) -> None:
        """Ask for the name of a new cluster and make it of the selected comments."""
        rows = np.flatnonzero(self._selection.chosen)
        asked = ngettext(
            "Name of the cluster of {count} comment:", "Name of the cluster of {count} comments:", len(rows)
        )
        self._ask_name(
            _("New cluster"),
            asked.format(count=f"{len(rows):,}"),
            lambda name: self._edit_selection(MoveToNew(rows, name)),
        )

    def move_selection(self) -> None:
        """Ask where the selected comments go, the selected cluster first, and put them there."""
        labelling, rows = self._labelling(), np.flatnonzero(self._selection.chosen)
        if labelling is None or not len(rows):
            return
        lead = ngettext("Move {count} comment to:", "Move {count} comments to:", len(rows)).format(
            count=f"{len(rows):,}"
        )
        choices = [
            *self._choices(labelling, first=self._selection.clusters),
            Choice(_NEW, _("A new cluster…")),
            Choice(NOISE, _("No cluster"), colour=QColor(*noise_colour(self._scheme))),
        ]

        def move(target: object) -> None:
            if target == _NEW:
                self.new_of_selection()
            else:
                self._edit_selection(Move(rows, int(str(target))))

        self._ask_cluster(choices, title=_("Move comments"), lead=lead.format(count=f"{len(rows):,}"), then=move)

    def move_comment(self) -> None:
        """Ask where the comment that is read goes, and put it there."""
        if (row := self._selection.document) is not None:
            chosen = np.zeros(len(self._selection.chosen), np.bool_)
            chosen[row] = True
            self._selection.choose(chosen)
            self.move_selection()

    def take_selection_out(self) -> None:
        """Take the selected comments out of their clusters."""
        self._edit_selection(Move(np.flatnonzero(self._selection.chosen), NOISE))

    def _edit(self, edit: Edit) -> None:
        self._session.edit(edit)

    @property
    def _scheme(self) -> str:
        return scheme_of(self._window.palette())

    def _clusters(self) -> list[int]:
        return [id_ for id_ in self._selection.clusters if id_ != NOISE]

    def _labelling(self) -> Labelling | None:
        return None if self._session.study is None else self._session.study.labelling

    def _edit_selection(self, edit: Edit) -> None:
        self._edit(edit)
        self._selection.choose(np.zeros(len(self._selection.chosen), np.bool_))

    def _group_all(self, clusters: Sequence[int]) -> None:
        self._selection.select_clusters(clusters)
        self.group()

    def _choices(self, labelling: Labelling, *, without: Sequence[int] = (), first: Sequence[int] = ()) -> list[Choice]:
        """Return the clusters, the largest first, after those that come ``first``."""
        sizes = labelling.sizes()
        order = sorted(labelling.clusters, key=lambda id_: (id_ not in first, -sizes[id_], id_))
        return [
            Choice(
                id_,
                labelling.clusters[id_].name,
                comments(sizes[id_]),
                " ".join(labelling.clusters[id_].keywords),
                QColor(*cluster_colour(labelling.clusters[id_].colour, self._scheme)),
            )
            for id_ in order
            if id_ not in without
        ]

    def _ask_cluster(self, choices: Sequence[Choice], *, title: str, lead: str, then: "Callable[[int], None]") -> None:
        dialog = TypeAhead(choices, title=title, lead=lead, parent=self._window)
        dialog.chosen.connect(then)
        dialog.open()

    def _ask_name(self, title: str, asked: str, then: Callable[[str], None]) -> None:
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(asked)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(then)
        dialog.open()
