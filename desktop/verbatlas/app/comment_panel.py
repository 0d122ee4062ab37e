"""What stands beside the map: the selected comment, else the selected cluster, else how to select one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from verbatlas.app.card.cluster_card import ClusterCard
from verbatlas.app.card.cluster_view import ClusterView
from verbatlas.app.comment_view import CommentView
from verbatlas.app.reading_card import Comment
from verbatlas.app.words_label import words_label
from verbatlas.words import gettext as _


class CommentPanel(QScrollArea):
    """Show one of three pages.

    Attributes:
        comment: The page of a comment.
        cluster: The page of a cluster.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comment_panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Selected comment"))
        self.comment = CommentView()
        self.cluster = ClusterView()
        hint = _("Click a point on the map to read its comment, or a cluster to see what is typical of it.")
        self._hint = words_label("secondary", text=hint)
        self._pages = (self._hint, self.comment, self.cluster)
        page = QWidget()
        page.setObjectName("comment_page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.comment, 1)
        column.addWidget(self.cluster, 1)
        self.setWidget(page)
        self.show_hint()

    @property
    def text(self) -> str:
        """The comment that is shown; empty when there is none."""
        return "" if self.comment.isHidden() else self.comment.text

    def show_hint(self) -> None:
        """Say how to select something."""
        self._show(self._hint)

    def show_comment(self, comment: Comment, *, colour: QColor) -> None:
        """Show ``comment`` with its cluster's ``colour``."""
        self.comment.show_comment(comment, colour=colour)
        self._show(self.comment)

    def show_cluster(self, card: ClusterCard, *, colour: QColor) -> None:
        """Show a cluster in its ``colour``."""
        self.cluster.show_cluster(card, colour=colour)
        self._show(self.cluster)

    def _show(self, page: QWidget) -> None:
        """Show ``page``; the keyboard stays in the panel if it was there."""
        focus = self.focusWidget()
        had_keyboard = focus is not None and focus.hasFocus() and self.isAncestorOf(focus)
        for each in self._pages:
            each.setVisible(each is page)
        if had_keyboard and not page.isAncestorOf(focus):
            if isinstance(page, CommentView | ClusterView):
                page.take_keyboard()
            else:
                page.setFocus()
        self.verticalScrollBar().setValue(0)
