import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from sample_requests import Count, Describe, GoOutside, ImportOpenvino
from waiting import LONG, on_posix, until_end, until_progress

from verbatlas.engine.client import Engine
from verbatlas.engine.messages import Finished
from verbatlas.engine.process import ensure_streams

_HERE = Path(__file__).parent

_PROGRAM = """
import sys
from verbatlas.engine.client import Engine
from sample_requests import AnswerLate, Describe, HoldTheInterpreter
from waiting import until_end, until_progress

def main():
    engine = Engine()
    engine.start()
    print(until_end(engine, engine.submit(Describe()))[-1].result["pid"], flush=True)
    {then}

if __name__ == "__main__":
    print("main runs", flush=True)
    main()
"""


def start_program(root: Path, then: str, *, as_module: bool = False) -> subprocess.Popen[str]:
    """Start a program of its own that starts an engine and prints the number of the engine's process."""
    (root / "program.py").write_text(_PROGRAM.format(then=then))
    environment = {
        **os.environ,
        "TMPDIR": str(root / "temporary"),
        "PYTHONPATH": os.pathsep.join([str(_HERE), str(root)]),
    }
    (root / "temporary").mkdir()
    words = ["-m", "program"] if as_module else [str(root / "program.py")]
    return subprocess.Popen(
        [sys.executable, *words],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def engine_of(program: subprocess.Popen[str]) -> psutil.Process:
    assert program.stdout is not None
    assert program.stdout.readline() == "main runs\n"
    return psutil.Process(int(program.stdout.readline()))


def is_gone(process: psutil.Process) -> bool:
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


@on_posix
@pytest.mark.parametrize(
    "then",
    [
        "input()",
        "until_progress(engine, engine.submit(AnswerLate(300))); print('busy', flush=True); input()",
        "until_progress(engine, engine.submit(HoldTheInterpreter(2))); print('busy', flush=True); input()",
    ],
    ids=["idle", "at work", "at work in a native library"],
)
def test_an_engine_whose_program_is_killed_ends_itself_and_leaves_nothing(tmp_path: Path, then: str) -> None:
    program = start_program(tmp_path, then)
    engine = engine_of(program)
    if "busy" in then:
        assert program.stdout is not None
        assert program.stdout.readline() == "busy\n"
    program.kill()
    program.communicate()
    assert is_gone(engine)
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize("as_module", [False, True], ids=["as a script", "with python -m"])
@pytest.mark.parametrize(
    "then", ["pass", "until_progress(engine, engine.submit(AnswerLate(300)))"], ids=["idle", "at work"]
)
def test_a_program_that_forgets_to_close_leaves_nothing_and_runs_its_main_once(
    tmp_path: Path, then: str, as_module: bool
) -> None:
    program = start_program(tmp_path, then, as_module=as_module)
    engine = engine_of(program)
    out, err = program.communicate(timeout=LONG)
    assert (program.returncode, out, err) == (0, "", "")
    assert is_gone(engine)
    assert not list((tmp_path / "temporary").iterdir())


@on_posix
def test_the_window_goes_first(engine: Engine) -> None:
    assert until_end(engine, engine.submit(Describe()))[-1].result["niceness"] == os.nice(0) + 5


@on_posix
def test_ctrl_c_in_a_terminal_does_not_end_the_running_job(engine: Engine) -> None:
    process_id = until_end(engine, engine.submit(Describe()))[-1].result["pid"]
    ticket = engine.submit(Count(total=50, pause=0.01))
    until_progress(engine, ticket)
    os.kill(process_id, signal.SIGINT)
    assert until_end(engine, ticket)[-1] == Finished(ticket, 50)


def test_the_engine_knows_neither_qt_nor_the_window(engine: Engine) -> None:
    modules = until_end(engine, engine.submit(Describe()))[-1].result["modules"]
    assert not [name for name in modules if name.startswith(("PySide6", "pyqtgraph", "verbatlas.app"))]


def test_importing_openvino_reports_to_nobody(engine: Engine) -> None:
    ticket = engine.submit(ImportOpenvino())
    assert until_end(engine, ticket)[-1] == Finished(ticket, [])


def test_nothing_leaves_the_computer_from_a_job(engine: Engine) -> None:
    ticket = engine.submit(GoOutside())
    assert until_end(engine, ticket)[-1] == Finished(ticket, "NetworkRefused")


def test_a_library_may_print_in_a_program_that_has_no_console(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    ensure_streams()
    for stream in (sys.stdout, sys.stderr):
        stream.write("a warning")
        stream.close()
