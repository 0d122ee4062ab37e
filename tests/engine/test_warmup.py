import importlib.util
import sys

import pytest

from verbatlas.engine import warmup
from verbatlas.engine.warmup import warm_up


def test_libraries_are_imported_and_a_missing_one_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    warm_up(until=lambda: False, libraries=("no_such_library", "wave"))
    assert "wave" in sys.modules


def test_real_work_ends_the_warming_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    answers = iter([False, True])
    warm_up(until=lambda: next(answers), libraries=("string", "wave"))
    assert "wave" not in sys.modules


def test_every_library_on_the_list_is_installed() -> None:
    assert [name for name in warmup.LIBRARIES if importlib.util.find_spec(name) is None] == []
