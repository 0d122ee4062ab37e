"""What happens where kept vectors are shown: they are measured, limited and forgotten."""

from PySide6.QtCore import QObject, Signal

from verbatlas.app.background import Background, Task
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.models.kept_vectors import KeptVectors
from verbatlas.encoders.places import cache_bytes, cache_bytes_of_environment
from verbatlas.encoders.vector_cache import vector_cache
from verbatlas.errors import UserError
from verbatlas.problem_words import sentence


class StorageKeeper(QObject):
    """Look after the vectors that are kept.

    Attributes:
        bug: Something failed that is our mistake: the exception.

    Args:
        background: Looks at the disk.
        own: What the person prefers.
        parent: The owner.
    """

    bug = Signal(object)

    def __init__(self, background: Background, own: LivePreferences, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._own = own
        self._page: KeptVectors | None = None
        own.shared_changed.connect(self._look)

    def show_in(self, page: KeptVectors) -> None:
        """Keep ``page`` up to date, and do what is asked for in it."""
        self._page = page
        page.clear_asked.connect(self._clear)
        page.limit_asked.connect(self._limit)
        self._look()

    def let_go(self) -> None:
        """Show nothing any more: the page is gone."""
        self._page = None

    def _look(self) -> None:
        if self._page is not None:
            self._begin(Task(lambda _task: _size()))

    def _clear(self) -> None:
        if self._page is not None:
            self._page.clear.setEnabled(False)
        self._begin(Task(_clear))

    def _limit(self, n_bytes: int) -> None:
        """Keep no more than that, in this window and all others, and forget at once what is too much."""
        assert self._page is not None
        try:
            self._own.limit_cache(n_bytes)
        except UserError as error:
            self._page.show_problem(sentence(error))
            return
        self._page.show_problem("")
        self._begin(Task(_shrink))

    def _begin(self, task: Task) -> None:
        task.finished.connect(self._show)
        task.failed.connect(self.bug)
        self._background.add(task)

    def _show(self, n_bytes: int) -> None:
        if self._page is not None:
            self._page.show_amount(n_bytes, cache_bytes(), is_fixed=cache_bytes_of_environment() is not None)


def _size() -> int:
    with vector_cache() as cache:
        return cache.size()


def _clear(task: Task) -> int:
    with vector_cache() as cache:
        return cache.clear(report=task.report)


def _shrink(task: Task) -> int:
    with vector_cache() as cache:
        return cache.shrink(report=task.report)
