"""Progress of a part of the work as progress of the whole."""

from verbatlas.progress import Report


def share_of(report: Report, start: float, stop: float, *, whole: int) -> Report:
    """Return a reporter whose whole is a share of another's.

    Args:
        report: Hears of the whole.
        start: Where the share begins, 0..1.
        stop: Where it ends.
        whole: What the whole is counted in.
    """

    def report_share(done: int, total: int) -> None:
        report(int(whole * (start + (stop - start) * done / max(1, total))), whole)

    return report_share
