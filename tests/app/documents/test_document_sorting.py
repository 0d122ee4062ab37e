"""Only the last question is answered."""

import threading

from pytestqt.qtbot import QtBot

from verbatlas.app.background import Background, Task
from verbatlas.app.documents.document_sorting import DocumentSorting, Question
from verbatlas.app.documents.listing import COMMENT, ROW, Listing


def test_a_later_question_replaces_the_earlier_one(qtbot: QtBot, background: Background, listing: Listing) -> None:
    held = threading.Event()
    background.add(Task(lambda _task: held.wait(10)))  # neither question is answered before both are asked
    sorting = DocumentSorting(background)
    answers: list[list[int]] = []
    sorting.found.connect(lambda rows: answers.append(rows.tolist()))
    with qtbot.waitSignal(sorting.found):
        sorting.ask(Question(listing, ROW, descending=False))
        sorting.ask(Question(listing, COMMENT, descending=False))
        held.set()
    assert answers == [list(range(11, -1, -1))]
    assert not sorting.is_busy


def test_a_forgotten_question_is_not_answered(qtbot: QtBot, background: Background, listing: Listing) -> None:
    sorting = DocumentSorting(background)
    after = Task(lambda _task: None)
    with qtbot.assertNotEmitted(sorting.found), qtbot.waitSignal(after.finished):
        sorting.ask(Question(listing, ROW, descending=False))
        assert sorting.is_busy
        sorting.forget()
        background.add(after)
    assert not sorting.is_busy


def test_a_bug_ends_the_waiting_and_is_reported(qtbot: QtBot, background: Background, listing: Listing) -> None:
    sorting = DocumentSorting(background)
    with (
        qtbot.captureExceptions() as caught,
        qtbot.waitSignal(sorting.busy_changed, check_params_cb=lambda busy: not busy),
    ):
        sorting.ask(Question(listing, 99, descending=False))
    assert caught[0][0] is IndexError
