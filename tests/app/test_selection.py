"""One selection for the whole window."""

from pytestqt.qtbot import QtBot

from verbatlas.app.selection import Selection


def test_a_selection_is_announced_once(qtbot: QtBot) -> None:
    selection = Selection()
    with qtbot.waitSignal(selection.cluster_changed) as changed:
        selection.select_cluster(3)
    assert changed.args == [3]
    with qtbot.assertNotEmitted(selection.cluster_changed):
        selection.select_cluster(3)
    with qtbot.waitSignal(selection.document_changed):
        selection.select_document(0)


def test_clearing_leaves_nothing_selected(qtbot: QtBot) -> None:
    selection = Selection()
    selection.select_cluster(3)
    selection.select_document(0)
    with qtbot.waitSignals([selection.cluster_changed, selection.document_changed]):
        selection.clear()
    assert (selection.cluster, selection.document) == (None, None)
