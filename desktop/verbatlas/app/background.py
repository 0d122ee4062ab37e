"""Work that would stop the window, done one piece after the other in a thread of its own."""

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from verbatlas.engine.stages import Stage
from verbatlas.errors import UserError
from verbatlas.progress import Cancelled

_log = logging.getLogger(__name__)
_REPORT_EVERY = 0.05  # seconds: more often than this nobody can read

Work = Callable[["Task"], object]


class Task(QObject):
    """One piece of work, which is handed its task to report to; it ends exactly once.

    Attributes:
        progress: How far it has come: the engine's stage, or None for work that has only one; done; total.
        finished: Its result.
        failed: The exception that ended it.
        cancelled: It was no longer wanted.
    """

    progress = Signal(object, object, object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._unwanted = threading.Event()
        self._stage: Stage | None = None
        self._next_report = 0.0

    def cancel(self) -> None:
        """Ask it to end at its next report; a result that comes before is thrown away."""
        self._unwanted.set()

    def report(self, done: int, total: int) -> None:
        """Report progress of work that has only one stage.

        Raises:
            Cancelled: It is no longer wanted.
        """
        self.stop_if_unwanted()
        self.show(None, done, total)

    def report_stage(self, stage: Stage, done: int, total: int) -> None:
        """Report progress of one of the engine's stages.

        Raises:
            Cancelled: It is no longer wanted.
        """
        self.stop_if_unwanted()
        self.show(stage, done, total)

    @property
    def is_unwanted(self) -> bool:
        """Whether it has been cancelled."""
        return self._unwanted.is_set()

    def stop_if_unwanted(self) -> None:
        """Pass if the work is still wanted.

        Raises:
            Cancelled: It is not.
        """
        if self.is_unwanted:
            raise Cancelled

    def show(self, stage: Stage | None, done: int, total: int) -> None:
        """Announce progress without asking whether the work is still wanted; not more often than can be read."""
        now = time.monotonic()
        if stage is self._stage and done < total and now < self._next_report:
            return
        self._stage, self._next_report = stage, now + _REPORT_EVERY
        self.progress.emit(stage, done, total)

    def perform(self) -> None:
        """Do the work in the calling thread and announce how it ended."""
        try:
            self.stop_if_unwanted()
            result = self._work(self)
            self.stop_if_unwanted()
        except Cancelled:
            self.cancelled.emit()
        except Exception as error:  # the thread must outlive a bug in one task; the window reports it
            if self.is_unwanted:  # what it worked on may be gone, such as a study that was closed
                self.cancelled.emit()
            else:
                if not isinstance(error, UserError):
                    _log.exception("A background task failed")
                self.failed.emit(error)
        else:
            self.finished.emit(result)


class Background(QThread):
    """A thread that performs tasks in the order in which they came."""

    _performed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A task, and all that its work holds, belongs to the window's thread: the last hold on it must be let go of
        # there, or timers and widgets would be destroyed by a thread that does not own them.
        self._done: deque[Task] = deque()
        self._performed.connect(self._let_go)
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._current: Task | None = None

    def add(self, task: Task) -> None:
        """Perform ``task`` when its turn comes."""
        self._tasks.put(task)

    def run(self) -> None:
        """Perform tasks until closed."""
        while (task := self._tasks.get()) is not None:
            self._current = task
            task.perform()
            self._current = None
            self._done.append(task)
            task = None
            self._performed.emit()

    def _let_go(self) -> None:
        """Hold no longer what has been performed."""
        self._done.clear()

    def close(self) -> None:
        """Cancel what is running, leave out what is waiting, and wait for the end."""
        while not self._tasks.empty():
            self._tasks.get_nowait()
        self._tasks.put(None)
        if (current := self._current) is not None:
            current.cancel()
        self.wait()
