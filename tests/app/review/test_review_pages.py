"""Only the page that is looked at is told so."""

from pytestqt.qtbot import QtBot

from verbatlas.app.doubts.doubt_panel import DoubtPanel
from verbatlas.app.review.review_pages import ReviewPages
from verbatlas.app.review.review_panel import ReviewPanel


def test_a_page_is_seen_when_it_is_in_front_and_the_panel_is(qtbot: QtBot) -> None:
    clusters, doubts = ReviewPanel(), DoubtPanel()
    pages = ReviewPages(clusters, doubts)
    qtbot.addWidget(pages)
    assert (clusters.is_seen, doubts.is_seen) == (False, False)
    pages.set_seen(True)
    assert (clusters.is_seen, doubts.is_seen) == (True, False)
    pages.show_doubts()
    assert (clusters.is_seen, doubts.is_seen) == (False, True)
    pages.set_seen(False)
    assert (clusters.is_seen, doubts.is_seen) == (False, False)
    pages.show_clusters()
    with qtbot.waitSignal(clusters.opened):
        pages.set_seen(True)
