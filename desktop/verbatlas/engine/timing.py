"""How fast a stage goes and how long it will still take, from its progress alone."""

import math
from dataclasses import dataclass

from verbatlas.engine.stages import Stage

_MEMORY = 8.0  # seconds after which a past speed counts for a third of the present one
_SETTLING = 0.5  # seconds of work before an estimate is worth showing


@dataclass(frozen=True, slots=True)
class Timing:
    """What a person wants to know of a running stage.

    Attributes:
        rate: Units per second; None before there is enough to tell.
        seconds_left: Until the stage is complete; None before there is enough to tell.
    """

    rate: float | None = None
    seconds_left: float | None = None


class Pace:
    """Estimate the speed of the running stage.

    The speed is the work done divided by the time it took, both forgotten exponentially: one slow batch does
    not make the time left jump, and an old speed does not count for long. All times are given by the caller,
    in seconds of any one clock, so that the same progress gives the same estimate.
    """

    def __init__(self) -> None:
        self._stage: Stage | None = None
        self._done = 0
        self._total = 0
        self._at = 0.0
        self._recent_work = 0.0
        self._recent_time = 0.0

    def update(self, stage: Stage, done: int, total: int, *, at: float) -> Timing:
        """Take in one report that arrived at time ``at`` and return the estimate after it."""
        if stage is not self._stage or done < self._done:
            self._recent_work = self._recent_time = 0.0
        else:
            elapsed = max(0.0, at - self._at)
            kept = math.exp(-elapsed / _MEMORY)
            self._recent_work = self._recent_work * kept + (done - self._done)
            self._recent_time = self._recent_time * kept + elapsed
        self._stage, self._done, self._total, self._at = stage, done, total, at
        return self.timing(at=at)

    def timing(self, *, at: float) -> Timing:
        """Return the estimate at time ``at``: between two reports the time left counts down."""
        rate = self._rate()
        if 0 < self._total <= self._done:
            return Timing(rate=rate, seconds_left=0.0)
        if rate is None or self._total <= 0:
            return Timing(rate=rate)
        left = (self._total - self._done) / rate - (at - self._at)
        return Timing(rate=rate, seconds_left=max(0.0, left))

    def _rate(self) -> float | None:
        if self._recent_time < _SETTLING or self._recent_work <= 0:
            return None
        return self._recent_work / self._recent_time
