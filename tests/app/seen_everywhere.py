"""Where a person sees what the study says: list, map, table, history, exported file."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from every_way import by_key, labelling_of, step, walk
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.clusters.cluster_model import ID_ROLE, ROW_ROLE
from verbatlas.app.documents.listing import CLUSTER
from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.main_window import MainWindow
from verbatlas.app.map.palette import cluster_colour, noise_colour
from verbatlas.sentences import edit_sentence
from verbatlas.study import NOISE, Cluster, Labelling


@dataclass(frozen=True)
class Moment:
    """What the study was before an edit."""

    labelling: Labelling
    n_edits: int

    @classmethod
    def of(cls, window: MainWindow) -> "Moment":
        return cls(labelling_of(window), n_edits(window))


def n_edits(window: MainWindow) -> int:
    return sum(not entry.is_undone for entry in window.session.study.history)


def see_one_edit(qtbot: QtBot, window: MainWindow, before: Moment, folder: Path) -> Labelling:
    """See that one edit has been made since, everywhere; take it back with Ctrl+Z, and see that everywhere.

    Returns:
        What the edit had made.
    """
    qtbot.waitUntil(lambda: n_edits(window) > before.n_edits, timeout=LONG)
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    after = labelling_of(window)
    assert n_edits(window) == before.n_edits + 1
    assert not is_same(after, before.labelling)
    see_the_same_everywhere(qtbot, window, folder / "after.csv")
    step(qtbot, window, "undo", by_key)
    assert is_same(labelling_of(window), before.labelling)
    see_the_same_everywhere(qtbot, window, folder / "undone.csv")
    return after


def is_same(one: Labelling, other: Labelling) -> bool:
    """Whether all that a person can edit is the same in both."""
    arrays = ((one.members, other.members), (one.by_hand, other.by_hand), (one.strengths, other.strengths))
    return dict(one.clusters) == dict(other.clusters) and all(np.array_equal(*pair) for pair in arrays)


def see_the_same_everywhere(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """See that list, map, table, history and file say what the study says."""
    see_the_list(window)
    see_the_map(qtbot, window)
    see_the_table(window)
    see_the_history(window)
    see_the_file(qtbot, window, path)


def see_the_list(window: MainWindow) -> None:
    labelling = labelling_of(window)
    sizes = labelling.sizes()
    shown = {index.data(ID_ROLE): index for index in walk(window.desk.clusters.view.model())}
    assert set(shown) == {*labelling.clusters, *([NOISE] if labelling.n_noise else [])}
    for id_, cluster in labelling.clusters.items():
        under = [other for other, one in labelling.clusters.items() if one.parent == id_]
        index, size = shown[id_], sum(sizes[one] for one in (id_, *under))
        assert index.data() == cluster.name
        assert index.parent().data(ID_ROLE) == cluster.parent
        assert index.data(ROW_ROLE).colour == cluster.colour
        facts = index.data(Qt.ItemDataRole.ToolTipRole).splitlines()
        assert facts[:2] == [cluster.name, f"{size} comment{'' if size == 1 else 's'}"]
        assert ("Locked" in facts) == cluster.locked
        assert ("You wrote a note" in facts) == bool(cluster.note)
        assert ("Named by you" in facts) == cluster.named_by_hand
        assert any("put here by you" in fact for fact in facts) == labelling.by_hand[labelling.members == id_].any()


def see_the_map(qtbot: QtBot, window: MainWindow) -> None:
    """See what the pointer is told over each comment, and that the names on the map are those of the clusters."""
    view, labelling = window.desk.map, labelling_of(window)
    qtbot.waitUntil(lambda: view.canvas.points is not None, timeout=LONG)
    n_hovered = 0
    for row, member in enumerate(labelling.members.tolist()):
        move_to(view.canvas, view.place_of(row))
        QApplication.processEvents()
        if view.hovered == row:  # another comment may lie in the same place
            n_hovered += 1
            name, colour = hovered(view)
            assert (name, colour) == _name_and_colour(labelling.clusters.get(member), window)
    assert n_hovered > len(labelling.members) / 2
    QApplication.sendEvent(view.canvas, QEvent(QEvent.Type.Leave))
    names = {id_: cluster.name for id_, cluster in labelling.clusters.items()}

    def are_true() -> bool:
        view.canvas.grab()  # names find their places when they are drawn
        labels = view.canvas.overlay.labels
        return all(names.get(one.cluster, "").startswith(one.text.rstrip("…")) for one in labels)

    qtbot.waitUntil(are_true, timeout=LONG)


def move_to(canvas: QWidget, place: QPointF) -> None:
    """Move the pointer; sent, for where it rests already Qt would see no movement."""
    button, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    where = canvas.mapToGlobal(place)
    QApplication.sendEvent(canvas, QMouseEvent(QEvent.Type.MouseMove, place, where, button, button, keys))


def hovered(view: QWidget) -> tuple[str, str]:
    """Return the name of the cluster on the card at the pointer, and its colour."""
    card = view.findChild(QFrame, "hover_card")
    assert card.isVisible()
    words = next(label.text() for label in card.findChildren(QLabel) if "●" in label.text())
    return words.split("<b>")[1].removesuffix("</b>"), words.split("color:")[1][:7]


def see_the_table(window: MainWindow) -> None:
    labelling, model = labelling_of(window), window.desk.documents.model
    names = {id_: cluster.name for id_, cluster in labelling.clusters.items()}
    shown = [model.index(model.place_of(row), CLUSTER).data() for row in range(len(labelling.members))]
    assert shown == [names.get(id_, "No cluster") for id_ in labelling.members.tolist()]


def see_the_history(window: MainWindow) -> None:
    """See every edit in its words, the latest first, and the mark at the last one that is not undone."""
    model, history = window.desk.history.view.model(), window.session.study.history
    lines = [model.index(row, 0).data() for row in range(model.rowCount())]
    words = [*(edit_sentence(entry) for entry in reversed(history)), "The table as it was read"]
    n_undone = sum(entry.is_undone for entry in history)
    marks = ["○"] * n_undone + ["●"] + ["✓"] * (len(history) - n_undone)
    assert lines == [f"{mark}  {said}" for mark, said in zip(marks, words, strict=True)]


def see_the_file(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Export, and read what was written."""
    labelling = labelling_of(window)
    with qtbot.waitSignal(window.session.exported, timeout=LONG):
        window.session.export(ExportChoice(path, guard_formulas=True))
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(labelling.members)
    for row, member, by_hand in zip(rows, labelling.members.tolist(), labelling.by_hand.tolist(), strict=True):
        cluster = labelling.clusters.get(member)
        group = None if cluster is None or cluster.parent is None else labelling.clusters[cluster.parent]
        assert row["cluster_id"] == str(member)
        assert row["cluster"] == ("" if cluster is None else cluster.name)
        assert row["cluster_group"] == ("" if group is None else group.name)
        assert row["moved_by_hand"] == ("yes" if by_hand else "")


def _name_and_colour(cluster: Cluster | None, window: MainWindow) -> tuple[str, str]:
    name = "No cluster" if cluster is None else cluster.name
    colour = noise_colour("light") if cluster is None else cluster_colour(cluster.colour, "light")
    return name.replace("&", "&amp;").replace("<", "&lt;"), "#{:02x}{:02x}{:02x}".format(*colour)
