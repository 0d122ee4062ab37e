"""The set-up scripts are plain files beside each other, as ``python3 packaging/dev.py`` sees them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture(autouse=True)
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(_FOLDER))
    yield
    for name in ("dev", "environment", "model_server", "system_libraries"):
        sys.modules.pop(name, None)
