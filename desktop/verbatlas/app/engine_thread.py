"""The thread that owns the engine: work performed here asks the engine's process and waits for its answers."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject

from verbatlas.app.background import Background, Task
from verbatlas.engine import Engine, Request
from verbatlas.engine.messages import Cancelled as CancelledMessage
from verbatlas.engine.messages import Failed, Finished, Progress, Told
from verbatlas.errors import UserError
from verbatlas.progress import Cancelled

_log = logging.getLogger(__name__)
_PATIENCE = 0.1  # seconds between two looks at whether the answer is still wanted


class EngineBug(Exception):  # noqa: N818 - what it is called where it is caught
    """A job failed in the engine for no reason that a person could mend; the message is its traceback."""


class EngineThread(Background):
    """Perform tasks that need the engine.

    Attributes:
        engine: Started by the thread, closed by ``close``.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = Engine()

    def run(self) -> None:
        """Start the engine's process, then perform tasks until closed."""
        try:
            self.engine.start()
        except (OSError, UserError):  # each task then says why it cannot go on
            _log.exception("The engine could not be started")
        super().run()

    def close(self) -> None:
        """End the engine, whatever it is doing, and wait for the thread."""
        self.engine.close()
        super().close()


def _ignore(part: object) -> None:
    """Leave aside a part of a result that comes as a whole too."""


def ask(engine: Engine, request: Request, task: Task, *, keep: Callable[[object], None] = _ignore) -> object:
    """Let the engine do ``request`` and return its result; progress goes to ``task``, parts of the result to ``keep``.

    Raises:
        UserError: The job failed in a way that a person can be told.
        EngineBug: It failed in another way.
        Cancelled: It is no longer wanted, and the engine has let go of it.
    """
    ticket = engine.submit(request)
    try:
        return _answer(engine, ticket, task, keep)
    except BaseException:
        engine.cancel(ticket)  # what keeps the parts may have failed, and nobody waits for the rest then
        raise


def _answer(engine: Engine, ticket: int, task: Task, keep: Callable[[object], None]) -> object:
    while True:
        if task.is_unwanted:
            engine.cancel(ticket)
        for message in engine.messages(_PATIENCE):
            match message:
                case _ if message.ticket != ticket:
                    continue
                case Progress(_, stage, done, total):
                    task.show(stage, done, total)
                case Told(_, part):
                    keep(part)
                case Finished(_, result):
                    return result
                case Failed(_, error, detail):
                    raise error or EngineBug(detail)
                case CancelledMessage():
                    raise Cancelled
