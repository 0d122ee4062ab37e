"""What the actions of the window do with the panels of the desk."""

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton

from verbatlas.app.selection import Selection

if TYPE_CHECKING:  # they bring the map along; the first page does not need it
    from verbatlas.app.desk import Desk
    from verbatlas.app.desk_view import DeskView
    from verbatlas.app.doubts.second_look import SecondLook
    from verbatlas.app.review.review import Review


class DeskDeeds(QObject):
    """One short method for each; all do nothing before there is a desk.

    Args:
        selection: What the deeds are about.
        parent: Owns this.
    """

    def __init__(self, selection: Selection, parent: QObject) -> None:
        super().__init__(parent)
        self._selection = selection
        self._desk: Desk | None = None
        self._view: DeskView | None = None
        self._review: Review | None = None
        self._second_look: SecondLook | None = None

    def use(self, desk: "Desk", *, view: "DeskView", review: "Review", second_look: "SecondLook") -> None:
        """Let them do what they are for, now that the desk is there."""
        self._desk, self._view, self._review, self._second_look = desk, view, review, second_look

    def alike(self) -> None:
        """Select the comments that are most like the selected ones, or like the one that is read."""
        chosen, row = np.flatnonzero(self._selection.chosen), self._selection.document
        rows = chosen if len(chosen) else np.array([] if row is None else [row], np.int64)
        if self._view is not None:
            self._view.finding.select_alike(rows)

    def split(self) -> None:
        """Look for parts of the selected cluster, or for clusters in what is in none."""
        if self._view is not None and self._selection.cluster is not None:
            self._view.splitting.begin(self._selection.cluster)

    def learn(self) -> None:
        """Offer to move what belongs elsewhere by all that was named."""
        if self._view is not None:
            self._view.learning.ask()

    def review(self) -> None:
        """Go through the clusters one by one."""
        if self._desk is not None and self._review is not None:
            self._desk.show_panel("review")
            self._desk.review_pages.show_clusters()
            self._review.begin()

    def second_look(self) -> None:
        """Look over the parts of all named clusters whose name is doubtful."""
        if self._desk is not None and self._second_look is not None:
            self._desk.show_panel("review")
            self._second_look.begin()

    def show_noise(self) -> None:
        """Show where the comments in no cluster would go, and let the keyboard say how sure it must be."""
        if self._desk is not None:
            self._desk.show_panel("noise")
            self._desk.noise.slider.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def assign_noise(self) -> None:
        """Put the sure ones of the comments in no cluster into their clusters."""
        if self._desk is not None:
            self._press_when_seen(self._desk.noise.assign)

    def assign_all_noise(self) -> None:
        """Put all comments in no cluster into their likeliest clusters."""
        if self._desk is not None:
            self._press_when_seen(self._desk.noise.assign_all)

    def find_in_noise(self) -> None:
        """Look for new clusters among the comments in no cluster."""
        if self._desk is not None:
            self._desk.noise.find_clusters.click()

    def select_noise(self) -> None:
        """Select the comments in no cluster."""
        if self._desk is not None:
            self._desk.noise.select_all.click()

    def _press_when_seen(self, button: QPushButton) -> None:
        """Press a button of the tray; if it is not seen what it would do, show that instead."""
        assert self._desk is not None
        if self._desk.noise.is_seen and button.isEnabled():
            button.click()
        else:
            self.show_noise()
