"""The card follows the selection, and what is written on it is in the study."""

from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot
from window_steps import LONG, wait_until_idle

from verbatlas.app.card.breakdown import breakdown_of
from verbatlas.app.main_window import MainWindow
from verbatlas.app.map_colours import colouring_of
from verbatlas.study import Group


def test_note_colour_and_chart_of_the_selected_cluster(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, card = mapped_window, mapped_window.desk.comment.cluster
    study = window.session.study
    assert study is not None
    first, second, *_ = study.labelling.clusters
    window.selection.select_cluster(first)
    assert card.isVisible()

    card.note.setPlainText("两天后再看")
    window.selection.select_cluster(second)
    wait_until_idle(qtbot, lambda: window.session.is_busy)
    assert study.labelling.clusters[first].note == "两天后再看"
    assert card.note.toPlainText() == ""
    window.selection.select_cluster(first)
    assert card.note.toPlainText() == "两天后再看"

    card.recoloured.emit(first, 9)
    assert study.labelling.clusters[first].colour == 9

    choice = card.breakdown._choice
    choice.setCurrentIndex(choice.findText("stars"))

    def spoken() -> list[str]:
        return [bar.accessibleName() for bar in card.breakdown.findChildren(QProgressBar)]

    qtbot.waitUntil(lambda: any(words.startswith("3: ") for words in spoken()), timeout=LONG)


def test_the_chart_of_a_group_counts_the_comments_of_its_clusters(qtbot: QtBot, mapped_window: MainWindow) -> None:
    window, card = mapped_window, mapped_window.desk.comment.cluster
    study = window.session.study
    assert study is not None
    before, sizes = set(study.labelling.clusters), study.labelling.sizes()
    first, second, *_ = before
    window.session.do(Group([first, second], "Both"))
    (parent,) = set(study.labelling.clusters) - before
    card.breakdown._choice.setCurrentIndex(card.breakdown._choice.findText("stars"))
    window.selection.select_cluster(parent)
    assert card._typical.comments

    colouring = colouring_of(study, card.breakdown.key)
    assert colouring is not None
    together = breakdown_of(colouring, study.labelling, (first, second))
    expected = [f"{bar.label}: {bar.share:.0%}" for bar in together.bars]

    def spoken() -> list[str]:
        bars = [bar.accessibleName() for bar in card.breakdown.findChildren(QProgressBar)]
        return [" ".join(words.replace(",", " ").split()[:2]) for words in bars]

    assert sum(bar.count for bar in together.bars) == sizes[first] + sizes[second]
    qtbot.waitUntil(lambda: spoken() == expected, timeout=LONG)
