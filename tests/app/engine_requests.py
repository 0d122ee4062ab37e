"""Small jobs for the engine's process, in a module that it can import too."""

import time
from dataclasses import dataclass
from pathlib import Path

from verbatlas.engine.stages import Stage, StageReport
from verbatlas.errors import Problem, UserError


@dataclass(frozen=True)
class CountUp:
    """Count, and report every number."""

    to: int

    def run(self, report: StageReport, folder: Path, tell: object = None) -> int:
        for number in range(self.to + 1):
            report(Stage.EMBED, number, self.to)
            time.sleep(0.001)
        return self.to


@dataclass(frozen=True)
class Fail:
    """Meet a problem that a person can mend."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        raise UserError(Problem.MODEL_MISSING, model="minilm")


@dataclass(frozen=True)
class Raise:
    """Meet a bug."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        raise RuntimeError("never expected")


@dataclass(frozen=True)
class Sleep:
    """Say something once and then listen no more."""

    def run(self, report: StageReport, folder: Path, tell: object = None) -> None:
        report(Stage.EMBED, 0, 1)
        time.sleep(600)
