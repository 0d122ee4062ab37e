import errno
import signal
from pathlib import Path

import pytest
from waiting import on_posix

from verbatlas.engine import failures
from verbatlas.errors import Problem, UserError


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        RuntimeError("std::bad_alloc"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes"),
        RuntimeError("CUDA out of memory."),
    ],
)
def test_every_library_s_word_for_no_memory_is_understood(error: Exception) -> None:
    failed = failures.of_exception(1, error)
    assert failed.error is not None
    assert failed.error.problem is Problem.OUT_OF_MEMORY


@pytest.mark.parametrize("error", [ValueError("odd"), RuntimeError("odd"), OSError(errno.EIO, "odd"), SystemExit(1)])
def test_everything_else_is_a_bug_with_a_traceback(error: BaseException) -> None:
    try:
        raise error
    except BaseException as raised:
        failed = failures.of_exception(7, raised)
    assert (failed.ticket, failed.error) == (7, None)
    assert "Traceback" in failed.detail
    assert type(error).__name__ in failed.detail


def test_a_problem_for_people_stays_the_same_problem() -> None:
    error = UserError(Problem.MODEL_MISSING, model="minilm")
    assert failures.of_exception(1, error).error is error


def death_problem(*, exit_code: int | None, oom_kills: int) -> Problem | None:
    failed = failures.of_death(1, exit_code=exit_code, oom_kills=oom_kills, crash_log="")
    return None if failed.error is None else failed.error.problem


@on_posix
def test_the_kernel_s_choice_for_lack_of_memory_is_told_from_any_other_end() -> None:
    assert death_problem(exit_code=-9, oom_kills=1) is Problem.OUT_OF_MEMORY
    assert death_problem(exit_code=-9, oom_kills=0) is Problem.ENGINE_DIED
    assert death_problem(exit_code=-signal.SIGSEGV, oom_kills=1) is Problem.ENGINE_DIED
    assert death_problem(exit_code=1, oom_kills=0) is Problem.ENGINE_DIED
    assert death_problem(exit_code=None, oom_kills=0) is Problem.ENGINE_DIED


@on_posix
@pytest.mark.parametrize(
    ("exit_code", "words"), [(-11, "signal SIGSEGV"), (-250, "signal 250"), (3, "exit code 3"), (None, "None")]
)
def test_the_detail_says_how_the_process_ended_and_what_it_could_still_write(exit_code: int | None, words: str) -> None:
    failed = failures.of_death(1, exit_code=exit_code, oom_kills=0, crash_log="Fatal Python error")
    assert words in failed.detail
    assert "Fatal Python error" in failed.detail


def test_the_kernel_s_count_is_read_and_missing_elsewhere(tmp_path: Path) -> None:
    statistics = tmp_path / "vmstat"
    statistics.write_text("nr_free_pages 12\noom_kill 3\nswap_ra 0\n")
    assert failures.count_oom_kills(statistics) == 3
    statistics.write_text("nr_free_pages 12\n")
    assert failures.count_oom_kills(statistics) == 0
    assert failures.count_oom_kills(tmp_path / "missing") == 0
    assert failures.count_oom_kills() >= 0
