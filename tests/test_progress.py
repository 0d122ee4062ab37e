"""The reporter that stands in where nobody listens."""

from verbatlas.progress import Cancelled, Report, no_report


def test_work_without_a_listener_is_never_cancelled() -> None:
    report: Report = no_report

    for done in range(3):
        report(done, 2)


def test_cancelling_is_not_mistaken_for_an_error_of_the_machine() -> None:
    assert not issubclass(Cancelled, (OSError, RuntimeError, ValueError))
