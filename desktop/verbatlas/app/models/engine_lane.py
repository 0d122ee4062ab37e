"""An engine of its own for what must not wait for a map, nor a map for it: downloads, and questions to servers."""

from typing import cast

from PySide6.QtCore import QObject, Signal

from verbatlas.app.background import Task
from verbatlas.app.engine_thread import EngineThread, ask
from verbatlas.engine import Request
from verbatlas.progress import Cancelled


class EngineLane(QObject):
    """Let an engine answer one request after the other; its process starts with the first.

    Attributes:
        progressed: How far a request has come: its name, the engine's Stage, done, total.
        answered: A request has its answer: its name, and the answer.
        failed: A request has none: its name, and the exception; Cancelled where it was stopped.
    """

    progressed = Signal(str, object, object, object)
    answered = Signal(str, object)
    failed = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: EngineThread | None = None
        self._tasks: dict[str, Task] = {}

    @property
    def running(self) -> frozenset[str]:
        """The names of the requests that have no answer yet."""
        return frozenset(self._tasks)

    def ask(self, name: str, request: Request) -> None:
        """Put a request at the end of the queue; an unanswered one of the same name goes on instead."""
        if name in self._tasks:
            return
        if self._thread is None:
            self._thread = EngineThread(self)
            self._thread.start()
        engine = self._thread.engine
        task = Task(lambda task: (name, ask(engine, request, task)))
        task.progress.connect(lambda stage, done, total: self.progressed.emit(name, stage, done, total))
        task.finished.connect(self._on_finished)
        task.failed.connect(lambda error: self._on_failed(name, error))
        task.cancelled.connect(lambda: self._on_failed(name, Cancelled()))
        self._tasks[name] = task
        self._thread.add(task)

    def stop(self, name: str) -> None:
        """Want no answer to the request of this name any more; what it has done stays done."""
        if name in self._tasks:
            self._tasks[name].cancel()

    def close(self) -> None:
        """Stop everything and end the process."""
        if self._thread is not None:
            self._thread.close()
            self._thread = None
        self._tasks = {}

    def _on_finished(self, answer: object) -> None:
        name, found = cast(tuple[str, object], answer)
        del self._tasks[name]
        self.answered.emit(name, found)

    def _on_failed(self, name: str, error: Exception) -> None:
        del self._tasks[name]
        self.failed.emit(name, error)
