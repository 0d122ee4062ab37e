"""The stages of the main job, and how a job says how far it has come in each."""

from enum import StrEnum
from typing import Protocol

from verbatlas.progress import Report


class Stage(StrEnum):
    """One step of a job: those of the main job in the order in which a person sees them, then others."""

    LEAVE_OUT = "leave_out"  # which texts are very short or repeat others
    PREPARE = "prepare"  # load the encoder's model
    EMBED = "embed"  # documents become vectors
    WORDING = "wording"  # how the documents are put, which counts beside what they mean
    NEIGHBOURS = "neighbours"  # who is close to whom
    ARRANGE = "arrange"  # the map
    CLUSTER = "cluster"
    NAME = "name"  # key words, names and typical documents
    WAIT = "wait"  # for a server, counted in tries; it comes and goes within PREPARE and EMBED
    DOWNLOAD = "download"  # a model comes from the hub, counted in bytes
    CHECK = "check"  # a model's files are compared with what was downloaded, counted in bytes


# Those of every run; leaving out is one only where it was asked for, the wording where it counts.
MAIN_JOB = (Stage.PREPARE, Stage.EMBED, Stage.NEIGHBOURS, Stage.ARRANGE, Stage.CLUSTER, Stage.NAME)


class StageReport(Protocol):
    """Tells how far a job has come; calling it is the job's cancel point."""

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Report that ``done`` of ``total`` units of ``stage`` are finished.

        Raises:
            Cancelled: The result is no longer wanted; let it pass.
        """


def no_stage_report(stage: Stage, done: int, total: int) -> None:
    """Report to nobody and never cancel."""


def begin(report: StageReport, stage: Stage, total: int) -> Report:
    """Announce ``stage`` and return the plain reporter that the ground floors take for it.

    Args:
        report: Where the job reports to.
        stage: The stage that begins now.
        total: Its expected number of units; the stage's own reports overrule it.

    Raises:
        Cancelled: The job is no longer wanted.
    """
    report(stage, 0, total)

    def report_stage(done: int, total: int) -> None:
        report(stage, done, total)

    return report_stage
