"""The two pages of the review: the clusters one by one, and the second look at what is doubtful in them."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from verbatlas.app.doubts.doubt_panel import DoubtPanel
from verbatlas.app.review.review_panel import ReviewPanel


class ReviewPages(QStackedWidget):
    """Show one of the pages, and tell each whether it is seen."""

    def __init__(self, clusters: ReviewPanel, doubts: DoubtPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clusters = clusters
        self._doubts = doubts
        self._is_seen = False
        self.addWidget(clusters)
        self.addWidget(doubts)

    def set_seen(self, is_seen: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Note whether the panel that holds the pages is seen."""
        self._is_seen = is_seen
        self._tell()

    def show_clusters(self) -> None:
        """Show the clusters one by one."""
        self.setCurrentWidget(self._clusters)
        self._tell()

    def show_doubts(self) -> None:
        """Show the second look."""
        self.setCurrentWidget(self._doubts)
        self._tell()

    def _tell(self) -> None:
        for page in (self._clusters, self._doubts):
            page.set_seen(self._is_seen and page is self.currentWidget())
