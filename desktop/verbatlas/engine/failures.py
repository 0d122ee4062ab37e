"""How a job failed: what a person can be told of an exception or of the death of the engine's process."""

import errno
import signal
import traceback
from pathlib import Path

from verbatlas.engine.messages import Failed
from verbatlas.errors import Problem, UserError

# Native libraries tell in these words, inside other exceptions, that an allocation failed.
_NO_MEMORY_WORDS = (
    "bad_alloc",
    "bad allocation",
    "out of memory",
    "can't allocate memory",
    "not enough memory",
)


def of_exception(ticket: int, error: BaseException) -> Failed:
    """Describe the exception that ended a job."""
    return Failed(ticket, error=_problem(error), detail="".join(traceback.format_exception(error)))


def of_death(ticket: int, *, exit_code: int | None, oom_kills: int, crash_log: str) -> Failed:
    """Describe the end of the process that ran a job.

    Args:
        ticket: The job.
        exit_code: As ``multiprocessing.Process.exitcode`` has it.
        oom_kills: How many processes the kernel has killed for their memory while the job ran.
        crash_log: What the process could still write about its crash.
    """
    was_killed_for_memory = exit_code == -9 and oom_kills > 0
    problem = Problem.OUT_OF_MEMORY if was_killed_for_memory else Problem.ENGINE_DIED
    detail = f"The engine's process ended with {_told_exit_code(exit_code)}.\n{crash_log}"
    return Failed(ticket, error=UserError(problem), detail=detail)


def count_oom_kills(statistics: Path = Path("/proc/vmstat")) -> int:
    """Return how many processes the Linux kernel has killed for their memory so far; 0 elsewhere."""
    try:
        lines = statistics.read_text("ascii").splitlines()
    except OSError:
        return 0
    counts = (line.split() for line in lines)
    return sum(int(count) for name, count in counts if name == "oom_kill")


def _problem(error: BaseException) -> UserError | None:
    if isinstance(error, UserError):
        return error
    if isinstance(error, MemoryError):
        return UserError(Problem.OUT_OF_MEMORY)
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return UserError(Problem.OUT_OF_MEMORY)
    if isinstance(error, RuntimeError) and any(words in str(error).lower() for words in _NO_MEMORY_WORDS):
        return UserError(Problem.OUT_OF_MEMORY)
    return None


def _told_exit_code(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"exit code {exit_code}"
    try:
        return f"signal {signal.Signals(-exit_code).name}"
    except ValueError:
        return f"signal {-exit_code}"
