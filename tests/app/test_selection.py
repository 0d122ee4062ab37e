"""One selection for the whole window."""

from pytestqt.qtbot import QtBot

from verbatlas.app.selection import Selection


def test_a_selection_is_announced_once(qtbot: QtBot) -> None:
    selection = Selection()
    with qtbot.waitSignal(selection.clusters_changed) as changed:
        selection.select_cluster(3)
    assert changed.args == [(3,)]
    with qtbot.assertNotEmitted(selection.clusters_changed):
        selection.select_cluster(3)
    with qtbot.waitSignal(selection.document_changed):
        selection.select_document(0)


def test_the_first_of_several_clusters_is_the_current_one() -> None:
    selection = Selection()
    selection.select_clusters([5, 2])
    assert (selection.clusters, selection.cluster) == ((5, 2), 5)


def test_clearing_leaves_nothing_selected(qtbot: QtBot) -> None:
    selection = Selection()
    selection.select_cluster(3)
    selection.select_document(0)
    with qtbot.waitSignals([selection.clusters_changed, selection.document_changed]):
        selection.clear()
    assert (selection.cluster, selection.document) == (None, None)
