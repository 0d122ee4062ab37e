import importlib.util
import subprocess
import sys

import pytest

from verbatlas.engine import warmup
from verbatlas.engine.warmup import import_libraries, warm_up

_LOADED = """
import sys
from verbatlas.engine.process import forbid_telemetry
from verbatlas.engine.warmup import warm_up
forbid_telemetry()
assert "numba" not in sys.modules
warm_up(until=lambda: False)
from verbatlas.analysis import kernels
print(len(kernels.move_points.signatures), len(kernels.sparse_products.signatures), *sys.modules)
"""


def test_libraries_are_imported_and_a_missing_one_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    import_libraries(("no_such_library", "wave"), until=lambda: False)
    assert "wave" in sys.modules


def test_real_work_ends_the_importing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    answers = iter([False, True])
    import_libraries(("string", "wave"), until=lambda: next(answers))
    assert "wave" not in sys.modules


def test_every_library_on_the_list_is_installed() -> None:
    assert [name for name in warmup.LIBRARIES if importlib.util.find_spec(name) is None] == []


def test_real_work_ends_the_rehearsal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino_telemetry", None)
    asked: list[int] = []

    def is_there_work() -> bool:
        asked.append(1)
        return len(asked) > len(warmup.LIBRARIES)

    warm_up(until=is_there_work)
    assert len(asked) == len(warmup.LIBRARIES) + 1


def test_after_it_nothing_heavy_is_left_to_load_and_nothing_needless_is() -> None:
    out = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    assert out.stderr == ""
    moving, comparing, *modules = out.stdout.split()
    assert (moving, comparing) == ("1", "1")
    assert set(warmup.LIBRARIES) <= set(modules)
    assert not {"torch", "transformers", "PySide6"} & set(modules)
