"""Reporters that remember, and that cancel."""

from verbatlas.progress import Cancelled


class Reports(list[tuple[int, int]]):
    """Remembers what it is told; cancels after ``cancel_after`` reports, if that is not None."""

    def __init__(self, *, cancel_after: int | None = None) -> None:
        super().__init__()
        self._cancel_after = cancel_after

    def __call__(self, done: int, total: int) -> None:
        self.append((done, total))
        if len(self) == self._cancel_after:
            raise Cancelled
