"""What happens on the page of network and storage: kept vectors are measured and forgotten."""

from PySide6.QtCore import QObject, Signal

from verbatlas.app.background import Background, Task
from verbatlas.app.models.network_page import NetworkPage
from verbatlas.encoders.places import cache_bytes
from verbatlas.encoders.vector_cache import vector_cache


class StorageKeeper(QObject):
    """Look after the vectors that are kept.

    Attributes:
        bug: Something failed that is our mistake: the exception.

    Args:
        background: Looks at the disk.
        parent: The owner.
    """

    bug = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._page: NetworkPage | None = None

    def show_in(self, page: NetworkPage) -> None:
        """Keep ``page`` up to date, and do what is asked for in it."""
        self._page = page
        page.clear_asked.connect(self._clear)
        self._begin(Task(lambda _task: _size()))

    def let_go(self) -> None:
        """Show nothing any more: the page is gone."""
        self._page = None

    def _clear(self) -> None:
        if self._page is not None:
            self._page.clear.setEnabled(False)
        self._begin(Task(_clear))

    def _begin(self, task: Task) -> None:
        task.finished.connect(self._show)
        task.failed.connect(self.bug)
        self._background.add(task)

    def _show(self, n_bytes: int) -> None:
        if self._page is not None:
            self._page.show_kept(n_bytes, cache_bytes())


def _size() -> int:
    with vector_cache() as cache:
        return cache.size()


def _clear(task: Task) -> int:
    with vector_cache() as cache:
        cache.clear(report=task.report)
        return cache.size()
