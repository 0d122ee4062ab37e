"""The reporter of a job in the engine: few messages, and the point at which a cancelled job stops."""

import time
from collections.abc import Callable

from verbatlas.engine.stages import Stage, StageReport
from verbatlas.progress import Cancelled

PAUSE = 0.05  # seconds between two messages of one stage: more often than this nobody can read


class ThrottledReport:
    """Pass reports on when the visible numbers moved, at most one in 50 ms.

    The first report of a stage and the one that completes it always pass.
    """

    def __init__(
        self,
        send: StageReport,
        is_cancelled: Callable[[], bool],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._send = send
        self._is_cancelled = is_cancelled
        self._clock = clock
        self._last: tuple[Stage, int, int] | None = None
        self._next_time = 0.0

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Report ``done`` of ``total`` units of ``stage``.

        Raises:
            Cancelled: The job is no longer wanted.
        """
        if self._is_cancelled():
            raise Cancelled
        seen = (stage, done, total)
        if seen == self._last:
            return
        now = self._clock()
        is_new_stage = self._last is None or self._last[0] is not stage
        is_complete = 0 < total <= done
        if is_new_stage or is_complete or now >= self._next_time:
            self._send(stage, done, total)
            self._last = seen
            self._next_time = now + PAUSE
