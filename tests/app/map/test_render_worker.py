"""The thread does what was asked for last, survives what fails, and ends when it is told to."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from verbatlas.app.map.render_worker import Kind, RenderWorker
from verbatlas.app.map.renderer import Renderer


@pytest.fixture
def worker() -> Iterator[RenderWorker]:
    made = RenderWorker()
    yield made
    made.close()


def test_what_was_asked_for_in_between_is_never_done(worker: RenderWorker, qtbot: QtBot) -> None:
    done: list[tuple[Kind, object]] = []
    worker.done.connect(lambda kind, result: done.append((kind, result)))
    began, go_on = threading.Event(), threading.Event()

    def begin(_renderer: Renderer) -> object:
        began.set()
        return go_on.wait(10)

    worker.ask(Kind.DRAW, begin)
    assert began.wait(10)
    for number in range(20):
        worker.ask(Kind.DRAW, lambda _renderer, number=number: number)
    worker.ask(Kind.PLACE, lambda _renderer: "placed")
    go_on.set()

    qtbot.waitUntil(lambda: len(done) == 3)
    assert done == [(Kind.DRAW, True), (Kind.PLACE, "placed"), (Kind.DRAW, 19)]


def test_a_failure_is_logged_and_the_next_picture_is_drawn(
    worker: RenderWorker, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_renderer: Renderer) -> object:
        raise ValueError("no picture")

    worker.ask(Kind.DRAW, fail)
    qtbot.waitUntil(lambda: "no picture" in caplog.text)
    with qtbot.waitSignal(worker.done) as done:
        worker.ask(Kind.DRAW, lambda _renderer: "drawn")

    assert done.args == [Kind.DRAW, "drawn"]


def test_the_compiled_loops_arrive_and_are_used(worker: RenderWorker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(worker.compiled, timeout=120_000) as compiled:
        worker.ask(Kind.DRAW, lambda _renderer: None)
    with qtbot.waitSignal(worker.done, check_params_cb=lambda _kind, result: result is compiled.args[0]):
        worker.ask(Kind.DRAW, lambda renderer: renderer.kernels)


def test_closing_ends_the_thread_and_later_questions_are_not_heard(qtbot: QtBot) -> None:
    worker = RenderWorker()
    with qtbot.waitSignal(worker.done):
        worker.ask(Kind.DRAW, lambda _renderer: None)
    thread = worker._thread

    worker.close()
    worker.ask(Kind.DRAW, lambda _renderer: None)

    assert thread is not None
    assert not thread.is_alive()
