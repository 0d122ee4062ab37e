"""An exception that nobody handled ends in the log and in the report, whichever thread it came from."""

import sys
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from verbatlas.app.bugs import BugNet


@pytest.fixture
def net(qtbot: QtBot) -> Iterator[BugNet]:
    hooks = sys.excepthook, threading.excepthook
    net = BugNet()
    net.install()
    yield net
    net.remove()
    sys.excepthook, threading.excepthook = hooks


def test_an_unhandled_exception_is_caught_with_its_traceback(
    qtbot: QtBot, net: BugNet, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise RuntimeError("never expected")
    except RuntimeError as error:
        with qtbot.waitSignal(net.caught) as caught:
            sys.excepthook(RuntimeError, error, error.__traceback__)
    assert "never expected" in caught.args[0]
    assert "test_bugs.py" in caught.args[0]
    assert "never expected" in caplog.text


def test_an_exception_in_another_thread_is_caught_too(qtbot: QtBot, net: BugNet) -> None:
    thread = threading.Thread(target=lambda: 1 / 0)
    with qtbot.waitSignal(net.caught) as caught:
        thread.start()
    thread.join()
    assert "ZeroDivisionError" in caught.args[0]


def test_interrupting_from_the_keyboard_is_no_bug(
    qtbot: QtBot, net: BugNet, capsys: pytest.CaptureFixture[str]
) -> None:
    with qtbot.assertNotEmitted(net.caught, wait=50):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "KeyboardInterrupt" in capsys.readouterr().err
