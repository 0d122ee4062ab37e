"""Waiting for what an engine says."""

import os
import time
from collections.abc import Callable

import pytest

from verbatlas.engine.client import Engine
from verbatlas.engine.messages import Failed, Message, Progress, Told
from verbatlas.errors import Problem
from verbatlas.shared_settings import change_shared

LONG = 60.0  # seconds that nothing here comes near

on_posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals and the C library by PyDLL(None)")


def until_end(engine: Engine, ticket: int) -> list[Message]:
    """Return a ticket's messages, the last of which is its end."""
    return _until(engine, ticket, lambda message: not isinstance(message, Progress | Told))


def until_progress(engine: Engine, ticket: int) -> list[Message]:
    """Wait until a job reports: then it is running in the engine's process."""
    return _until(engine, ticket, lambda message: isinstance(message, Progress))


def end_by_going_offline(engine: Engine, ticket: int, *, host: str) -> None:
    """Turn the offline switch and see that a job which reaches ``host`` ends for that within two seconds."""
    change_shared(is_offline=True)
    began = time.monotonic()

    ended = until_end(engine, ticket)[-1]

    assert time.monotonic() - began < 2
    assert isinstance(ended, Failed)
    assert ended.error is not None
    assert (ended.error.problem, ended.error.values) == (Problem.WENT_OFFLINE, {"host": host})


def _until(engine: Engine, ticket: int, is_awaited: Callable[[Message], bool]) -> list[Message]:
    heard: list[Message] = []
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline:
        heard += [message for message in engine.messages(1.0) if message.ticket == ticket]
        if any(is_awaited(message) for message in heard):
            return heard
    raise AssertionError(f"waited in vain for ticket {ticket}; heard {heard}")
