"""Progress and cancellation: reporting progress is the cancel point, so that it cannot be forgotten."""

from typing import Protocol


class Cancelled(Exception):  # noqa: N818 - the field's word for it, and not an error
    """Raised by a reporter when the analyst no longer wants the result."""


class Report(Protocol):
    """Tells how far one stage has come; every long loop calls it at every batch."""

    def __call__(self, done: int, total: int) -> None:
        """Report that ``done`` of ``total`` units are finished.

        Raises:
            Cancelled: The work is no longer wanted; let it pass.
        """


def no_report(done: int, total: int) -> None:
    """Report to nobody and never cancel."""
