"""Long work in a process of its own: progress, cancel, and a crash that becomes a plain message."""

from verbatlas.engine.client import Engine
from verbatlas.engine.messages import Message, Request
from verbatlas.engine.stages import Stage, StageReport, no_stage_report
from verbatlas.engine.timing import Pace, Timing

__all__ = [
    "Engine",
    "Message",
    "Pace",
    "Request",
    "Stage",
    "StageReport",
    "Timing",
    "no_stage_report",
]
